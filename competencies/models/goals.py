from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.models import Person, PersonRecord

from .staff_plans import StaffPlan
from .together import TogetherQuerySet


class DevelopmentGoalQuerySet(TogetherQuerySet):
    def open(self) -> Self:
        return self.filter(settled_on=None)


class DevelopmentGoal(PersonRecord):
    """What somebody wants to grow in once the first year's plan is done, in words of
    the two people's own.

    The questions are those of the SMARTIE worksheet (guide, p. 53): specific,
    measurable, achievable, relevant, time-bound, inclusive, equitable.
    """

    class Settled(models.TextChoices):
        REACHED = "reached", _("reached")
        LET_GO = "let_go", _("let go")

    staff_plan = models.ForeignKey(
        StaffPlan, on_delete=models.PROTECT, related_name="goals"
    )
    goal = models.CharField(_("goal"), max_length=300)
    specific = models.TextField(_("specific"), max_length=1000, blank=True)
    measurable = models.TextField(_("measurable"), max_length=1000, blank=True)
    achievable = models.TextField(_("achievable"), max_length=1000, blank=True)
    relevant = models.TextField(_("relevant"), max_length=1000, blank=True)
    aim_on = models.DateField(_("time-bound"), null=True, blank=True)
    inclusive = models.TextField(_("inclusive"), max_length=1000, blank=True)
    equitable = models.TextField(_("equitable"), max_length=1000, blank=True)
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    noted_on = models.DateField(_("noted on"))
    settled_as = models.CharField(
        _("what became of it"), max_length=10, blank=True, choices=Settled
    )
    settled_on = models.DateField(_("since"), null=True)

    objects = DevelopmentGoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("development goal")
        verbose_name_plural = _("development goals")
        ordering = ["-noted_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_as="", settled_on__isnull=True)
                | ~Q(settled_as="") & Q(settled_on__isnull=False),
                name="lms_developmentgoal_settled_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.goal


class GoalStep(PersonRecord):
    """One step toward a goal."""

    goal = models.ForeignKey(
        DevelopmentGoal, on_delete=models.CASCADE, related_name="steps"
    )
    step = models.CharField(_("step"), max_length=300)
    done_on = models.DateField(_("done on"), null=True)

    objects = TogetherQuerySet.as_manager()

    class Meta:
        verbose_name = _("step toward a goal")
        verbose_name_plural = _("steps toward goals")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.step
