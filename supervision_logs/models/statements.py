from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.models import Person, Reader, StaffMember, agencies_directed_by

from .pairs import PairRecord, PairRecordQuerySet


class MonthlyConfirmationQuerySet(PairRecordQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """Both sides', also after the tie has ended, and the director's."""
        reader = Person.of(user)
        if reader is None:
            return self.none()
        directed = agencies_directed_by(reader, timezone.localdate())
        staff = StaffMember.objects.filter(agency__in=directed)
        return self.filter(
            Q(person=reader) | Q(supervisor=reader) | Q(staff_member__in=staff)
        )


class MonthlyConfirmation(PairRecord):
    """One of the two said "that's right" to a month, as it stood.

    ``versions`` are the sessions and versions that were shown, ``digest`` binds their
    facts. Whatever is amended later is another statement, and asks both anew; this row
    stays.
    """

    month = models.DateField(_("month"))
    is_own = models.BooleanField(_("by the person supervised"))
    at = models.DateTimeField(_("confirmed at"))
    versions = models.JSONField(_("sessions and versions"))
    minutes = models.PositiveIntegerField(_("minutes in all"))
    digest = models.CharField(_("digest"), max_length=64)

    objects = MonthlyConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation of a month")
        verbose_name_plural = _("confirmations of months")
        ordering = ["month", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff_member", "supervisor", "month", "is_own", "digest"],
                name="lms_monthlyconfirmation_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by}, {self.month:%Y-%m}"

    @property
    def by(self) -> Person:
        return self.person if self.is_own else self.supervisor
