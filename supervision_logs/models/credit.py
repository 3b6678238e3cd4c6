from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.models import Person, PersonRecord, PersonRecordQuerySet, Reader
from supervision_logs.hours import Rule

from .sessions import SessionVersion
from .targets import Target


class CreditRuleQuerySet(models.QuerySet):
    def newest(self) -> Self:
        """Keep the newest version of each rule."""
        newer = self.model.objects.filter(
            key=models.OuterRef("key"), version__gt=models.OuterRef("version")
        )
        return self.filter(~models.Exists(newer))


class CreditRule(models.Model):
    """What an outside body counts toward a credential, as it was on a day.

    From the state pack; what the pack says otherwise is a further version, and whoever
    follows the earlier one keeps its figures. ``minutes`` is empty where nobody has
    found the number yet: ``ask`` says where to ask.
    """

    key = models.SlugField(_("key"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    title = models.CharField(_("title"), max_length=150)
    body = models.CharField(_("who counts"), max_length=150)
    minutes = models.PositiveIntegerField(_("minutes"), null=True)
    format = models.CharField(
        _("format"), max_length=20, choices=SessionVersion.Format, blank=True
    )
    purpose = models.CharField(
        _("purpose"), max_length=20, choices=Target.Purpose, blank=True
    )
    within_months = models.PositiveSmallIntegerField(_("within months"), null=True)
    at_least_months = models.PositiveSmallIntegerField(
        _("over at least, in months"), null=True
    )
    is_majority_from_one = models.BooleanField(
        _("most of it from one supervisor"), default=False
    )
    other_providers = models.PositiveSmallIntegerField(
        _("other supervisors at most"), null=True
    )
    needs_both = models.BooleanField(_("confirmed by both"), default=False)
    also_needs = models.CharField(_("besides supervision"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300)
    last_checked = models.DateField(_("last checked"))
    ask = models.CharField(_("where to ask"), max_length=300, blank=True)

    objects = CreditRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit rule")
        verbose_name_plural = _("credit rules")
        ordering = ["title", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "version"], name="lms_creditrule_each_version_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def rule(self) -> Rule:
        names = Rule.__dataclass_fields__
        return Rule(**{name: getattr(self, name) for name in names})


class CreditGoalQuerySet(PersonRecordQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """One's own, and nobody else's: what somebody works toward is theirs."""
        reader = Person.of(user)
        return self.filter(person=reader) if reader else self.none()


class CreditGoal(PersonRecord):
    """Somebody counts their supervision toward a credential: off until turned on."""

    rule = models.ForeignKey(CreditRule, on_delete=models.PROTECT, related_name="+")
    turned_on_at = models.DateTimeField(_("turned on at"))

    objects = CreditGoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit goal")
        verbose_name_plural = _("credit goals")
        ordering = ["turned_on_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "rule"], name="lms_creditgoal_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}"
