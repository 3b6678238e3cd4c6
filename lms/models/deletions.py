import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .people import StaffMember
from .records import PersonRecord, PersonRecordQuerySet
from .visibility import Reader

WAIT = datetime.timedelta(days=14)


class DeletionRequestQuerySet(PersonRecordQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """One's own: nobody learns from it that somebody wants to go."""
        return self.filter(person__user_id=user.pk, person__user__isnull=False)

    def waiting(self) -> Self:
        return self.filter(taken_back_at=None, done_at=None)

    def due(self, at: datetime.datetime) -> Self:
        """Waiting for long enough, of people who work nowhere here any more."""
        employed = StaffMember.objects.employed(timezone.localdate(at))
        return (
            self.waiting()
            .filter(asked_at__lte=at - WAIT)
            .exclude(Exists(employed.filter(person=OuterRef("person"))))
        )


class DeletionRequest(PersonRecord):
    """Somebody asked that their data go. Can be taken back until it is done."""

    asked_at = models.DateTimeField(_("asked at"))
    taken_back_at = models.DateTimeField(_("taken back at"), null=True)
    done_at = models.DateTimeField(_("done at"), null=True)

    objects = DeletionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for deletion")
        verbose_name_plural = _("requests for deletion")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(taken_back_at=None, done_at=None),
                name="lms_deletionrequest_one_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.asked_at:%Y-%m-%d}"

    @property
    def earliest_at(self) -> datetime.datetime:
        return self.asked_at + WAIT
