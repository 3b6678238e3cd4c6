import datetime
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.models import Person, PersonRecord, Reader, staff_directed_by

from .staff_plans import StaffPlan
from .together import TogetherQuerySet, staff_of_the_two


class FirstDayNamedQuerySet(TogetherQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """The two people's, and the director's: to them it is a date and no more."""
        return self.filter(
            Q(staff_member__in=staff_of_the_two(user))
            | Q(staff_member__in=staff_directed_by(user))
        )


class FirstDayNamed(PersonRecord):
    """One of the two names the first day on one's own with families, after their talk.

    Rows are appended. Without a day it reads: not yet.
    """

    staff_plan = models.ForeignKey(
        StaffPlan, on_delete=models.PROTECT, related_name="first_days_named"
    )
    first_day = models.DateField(_("first day on your own"), null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("named at"))

    objects = FirstDayNamedQuerySet.as_manager()

    class Meta:
        verbose_name = _("first day named")
        verbose_name_plural = _("first days named")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.person}, {self.first_day}"

    @property
    def is_own(self) -> bool:
        return self.by_id == self.person_id


def day_held(named: Iterable[FirstDayNamed]) -> datetime.date | None:
    """The day both named last, in the order they named it: it holds until both have
    named another, or both have said *not yet*."""
    latest: dict[bool, datetime.date | None] = {}
    held = None
    for each in named:
        latest[each.is_own] = each.first_day
        if len(latest) == len({True, False}) and latest[True] == latest[False]:
            held = each.first_day
    return held


class VisitsTogether(PersonRecord):
    """How many visits somebody went along on, noted by hand; only where the agency
    has set how many there should be."""

    staff_plan = models.OneToOneField(
        StaffPlan, on_delete=models.PROTECT, related_name="visits_together"
    )
    count = models.PositiveSmallIntegerField(_("visits together so far"))
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = TogetherQuerySet.as_manager()

    class Meta:
        verbose_name = _("visits together")
        verbose_name_plural = _("visits together")

    def __str__(self) -> str:
        return f"{self.person}, {self.count}"
