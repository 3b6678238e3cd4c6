"""People already here: what they learned before there was a record of it."""

from typing import Self

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lms.models import (
    Person,
    PersonRecord,
    PersonRecordQuerySet,
    StaffMember,
    staff_signed_for_by,
)

from .completions import Completion


class HistoryQuerySet(PersonRecordQuerySet):
    def open(self) -> Self:
        return self.filter(settled_at=None)

    def confirmed_by_the_person(self) -> Self:
        return self.filter(
            confirmations__is_own=True, confirmations__voided_at__isnull=True
        )

    def awaiting_the_supervisor(self, person: Person, on: object) -> Self:
        """What the person has confirmed and ``person`` may confirm that day; never
        one's own."""
        others = staff_signed_for_by(person, on)
        done = HistoryConfirmation.objects.filter(is_own=False, voided_at=None)
        return (
            self.open()
            .confirmed_by_the_person()
            .filter(staff_member__in=others.employed(on))
            .exclude(pk__in=done.values("history"))
        )

    def awaiting_the_person(self, person: Person, on: object) -> Self:
        """What whoever signs has confirmed, and the person has not."""
        looked = HistoryConfirmation.objects.filter(voided_at=None)
        return (
            self.open()
            .filter(
                person=person,
                staff_member__in=StaffMember.objects.employed(on),
                pk__in=looked.filter(is_own=False).values("history"),
            )
            .exclude(pk__in=looked.filter(is_own=True).values("history"))
        )


class History(PersonRecord):
    """What somebody learned before there was a record of it, entered in one go.

    Its records wait, together, until the person and whoever signs for them have both
    confirmed them; a settled one is opened again only to put something right.
    """

    opened_at = models.DateTimeField(_("opened at"))
    settled_at = models.DateTimeField(_("confirmed by both at"), null=True)

    objects = HistoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("earlier trainings")
        verbose_name_plural = _("earlier trainings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff_member"],
                condition=Q(settled_at=None),
                name="lms_history_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}"

    def completions(self) -> QuerySet[Completion]:
        """All that stands in it, as the two confirm it."""
        return (
            Completion.objects.standing()
            .filter(record__history=self)
            .select_related("topic", "record__recorded_by")
            .prefetch_related("record__evidence")
            .order_by("topic__code", "-record__completed_on", "pk")
        )


class HistoryConfirmation(PersonRecord):
    """One of the two says: that is right. Bound by its digest to what was shown; void
    as soon as something of it changes."""

    history = models.ForeignKey(
        History, on_delete=models.PROTECT, related_name="confirmations"
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_own = models.BooleanField(_("by the person"))
    at = models.DateTimeField(_("at"))
    digest = models.CharField(_("digest"), max_length=64)
    voided_at = models.DateTimeField(_("voided at"), null=True)

    class Meta:
        verbose_name = _("confirmation of earlier trainings")
        verbose_name_plural = _("confirmations of earlier trainings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["history", "is_own"],
                condition=Q(voided_at=None),
                name="lms_historyconfirmation_once_each",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by}, {self.at:%Y-%m-%d}"
