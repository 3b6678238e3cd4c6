import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from competencies import rules
from lms.models import Role

from .plans import PartOfVersion, PlanVersion, Requirement, Unit, validate_span
from .topics import Portion, Topic
from .trainings import Training


def made_here() -> str:
    """A key for what the training team made here, and no state pack has named."""
    return f"here-{secrets.token_hex(4)}"


class RetakeOrder(models.Model):
    """The training team asks for a topic to be taken again: from when, within what
    time, of which roles. It takes nothing away: what was completed stays completed.
    """

    key = models.SlugField(_("key"), unique=True)
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, related_name="retake_orders"
    )
    starts_on = models.DateField(_("from"))
    within_count = models.PositiveSmallIntegerField(_("within"))
    within_unit = models.CharField(
        _("unit"), max_length=10, choices=Unit, default=Unit.MONTHS
    )
    roles = models.ManyToManyField(
        Role,
        blank=True,
        related_name="+",
        verbose_name=_("roles"),
        help_text=_("None: everyone who has completed it before."),
    )
    because = models.CharField(_("what has changed"), max_length=300, blank=True)
    ordered_at = models.DateTimeField(_("ordered at"))

    class Meta:
        verbose_name = _("retake order")
        verbose_name_plural = _("retake orders")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(within_count__gt=0), name="lms_retakeorder_gives_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic}, {self.starts_on}"

    def clean(self) -> None:
        validate_span("within_count", self.within_count, self.within_unit)

    def as_rule(self) -> rules.RetakeOrder:
        """Expects ``roles`` at hand."""
        return rules.RetakeOrder(
            starts_on=self.starts_on,
            within=rules.Offset(self.within_count, self.within_unit),
            roles=frozenset(role.key for role in self.roles.all()),
            because=self.because,
        )


class TopicEquivalence(models.Model):
    """Who has completed all the parts has completed the topic."""

    key = models.SlugField(_("key"), unique=True)
    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="equivalences"
    )
    portion = models.CharField(
        _("portion"), max_length=20, choices=Portion, default=Portion.WHOLE, blank=True
    )
    parts = models.ManyToManyField(
        Topic,
        related_name="+",
        verbose_name=_("topics that together are worth it"),
    )
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("equivalence")
        verbose_name_plural = _("equivalences")
        ordering = ["topic__order", "pk"]

    def __str__(self) -> str:
        return f"{self.topic}"

    def as_rule(self) -> rules.Equivalence:
        """Expects ``parts`` at hand."""
        return rules.Equivalence(
            frozenset(part.pk for part in self.parts.all()), self.portion
        )


class RefresherTurn(PartOfVersion):
    """One of the trainings that take turns to renew a requirement: A, B, C, A …"""

    requirement = models.ForeignKey(
        Requirement, on_delete=models.CASCADE, related_name="turns"
    )
    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("refresher in turn")
        verbose_name_plural = _("refreshers in turn")
        ordering = ["requirement", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "training"],
                name="lms_refresherturn_once_per_requirement",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}: {self.training}"

    def version_of(self) -> models.QuerySet[PlanVersion]:
        return PlanVersion.objects.filter(requirements=self.requirement_id)
