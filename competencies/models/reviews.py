from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lms.models import Person, PersonRecord, PersonRecordQuerySet

from .staff_plans import StaffPlan


class PlanReviewQuerySet(PersonRecordQuerySet):
    def unconfirmed(self) -> Self:
        return self.filter(confirmed_at=None)


class PlanReview(PersonRecord):
    """A day on which the two went over the plan, and when they will again.

    One of them notes it, the other confirms; confirmed, it stays as it is (plan guide,
    p. 86: agree how often to go over what one is learning).
    """

    staff_plan = models.ForeignKey(
        StaffPlan, on_delete=models.PROTECT, related_name="reviews"
    )
    held_on = models.DateField(_("when you looked at the plan"))
    looked_at = models.TextField(_("what you looked at"), max_length=2000, blank=True)
    next_on = models.DateField(_("next time"), null=True, blank=True)
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(_("noted at"))
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)

    objects = PlanReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan review")
        verbose_name_plural = _("plan reviews")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(next_on__gt=F("held_on")),
                name="lms_planreview_next_is_later",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                & ~Q(confirmed_by=F("noted_by")),
                name="lms_planreview_confirmed_by_the_other",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.held_on}"
