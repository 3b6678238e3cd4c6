from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.models import Person, PersonRecord, Reader

from .staff_plans import StaffPlan
from .together import TogetherQuerySet, staff_of_the_two
from .topics import Competency


class SkillsTogetherQuerySet(TogetherQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """The person's, and that one supervisor's while they supervise."""
        return self.filter(_between("", user))


class SkillsTogether(PersonRecord):
    """Whether somebody and one supervisor of theirs wish to look at skills together.

    Off until both have said yes; either takes their yes back at any time. A new
    supervisor begins anew and reads nothing of what was said with the one before.
    """

    staff_plan = models.ForeignKey(
        StaffPlan, on_delete=models.PROTECT, related_name="skills_together"
    )
    supervisor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    own_yes_at = models.DateTimeField(_("their own yes"), null=True)
    supervisor_yes_at = models.DateTimeField(_("the supervisor's yes"), null=True)

    objects = SkillsTogetherQuerySet.as_manager()

    class Meta:
        verbose_name = _("skills together")
        verbose_name_plural = _("skills together")
        constraints = [
            models.UniqueConstraint(
                fields=["staff_plan", "supervisor"], name="lms_skillstogether_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.supervisor}"

    @property
    def is_on(self) -> bool:
        return bool(self.own_yes_at and self.supervisor_yes_at)


class SkillRatingQuerySet(TogetherQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """While both wish it, the two of them alone."""
        return self.filter(
            _between("together__", user),
            together__own_yes_at__isnull=False,
            together__supervisor_yes_at__isnull=False,
            competency__is_skill=True,
        )


class SkillRating(PersonRecord):
    """How one of the two sees a skill that day.

    Only what is marked as a skill is ever rated: never lived experience, parenting,
    degrees or qualities.
    """

    class Level(models.IntegerChoices):
        NEW = 1, _("New")
        GROWING = 2, _("Growing")
        AT_EASE = 3, _("At ease")
        SHOWS = 4, _("Could show others")

    together = models.ForeignKey(
        SkillsTogether, on_delete=models.PROTECT, related_name="ratings"
    )
    competency = models.ForeignKey(
        Competency,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"is_skill": True},
    )
    is_own = models.BooleanField(_("as the person sees it"))
    level = models.PositiveSmallIntegerField(_("how it is"), choices=Level)
    rated_on = models.DateField(_("seen on"))

    objects = SkillRatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("skill rating")
        verbose_name_plural = _("skill ratings")
        ordering = ["rated_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["together", "competency", "is_own", "rated_on"],
                name="lms_skillrating_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=4),
                name="lms_skillrating_level_is_one_of_four",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.competency}"

    def clean(self) -> None:
        if not self.competency.is_skill:
            raise ValidationError({"competency": _("Only skills are ever rated.")})


def _between(path: str, user: Reader) -> Q:
    person = Person.of(user)
    theirs = {
        f"{path}supervisor": person,
        f"{path}staff_member__in": staff_of_the_two(user),
    }
    return Q(**{f"{path}person": person}) | Q(**theirs)
