from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.rules import Rule, Style, signers_of
from competencies.models import Topic, TrainingPlan

from .designs import Design


class Award(models.Model):
    """The rule that earns a certificate. ``phase`` is a key, stable across versions."""

    class By(models.TextChoices):
        PHASE = "phase", _("a phase of a plan, completed")
        PLAN = "plan", _("a whole plan, completed")
        TOPICS = "topics", _("topics, all of them completed")
        MEASURE = "measure", _("an amount of something that is counted")
        HAND = "hand", _("given by hand only")

    key = models.SlugField(_("key"), unique=True)
    title = models.CharField(
        _("title"),
        max_length=120,
        help_text=_(
            "Stands on the certificate for anyone to see. Name no role and no agency: "
            "a job title can disclose a health condition."
        ),
    )
    earned_by = models.CharField(
        _("earned by"), max_length=10, choices=By, default=By.PHASE
    )
    phase = models.SlugField(
        _("phase"),
        blank=True,
        help_text=_("The phase of the plan whose completion earns it."),
    )
    plan = models.ForeignKey(
        TrainingPlan,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("plan"),
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="+", verbose_name=_("topics")
    )
    measure = models.CharField(_("what is counted"), max_length=100, blank=True)
    at_least = models.DecimalField(
        _("at least"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    is_renewed = models.BooleanField(
        _("renewed"),
        default=False,
        help_text=_(
            "Whoever earns it again gets a new one with a new date. The earlier one "
            "stays as it was."
        ),
    )
    issuer = models.CharField(
        _("issuer"), max_length=120, blank=True, help_text=_("Empty: the program.")
    )
    signers = models.TextField(
        _("who signs"),
        blank=True,
        help_text=_(
            "One a line, two at most: a name, a comma, and what stands below it."
        ),
    )
    design = models.ForeignKey(
        Design,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("design"),
        help_text=_("Empty: the plain one, in English on Letter."),
    )
    valid_months = models.PositiveSmallIntegerField(
        _("valid for, in months"),
        null=True,
        blank=True,
        help_text=_("Empty: for good."),
    )
    is_active = models.BooleanField(_("awarded now"), default=True)

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(earned_by="phase") & ~Q(phase="")
                    | Q(earned_by="plan", plan__isnull=False)
                    | Q(earned_by="topics")
                    | Q(earned_by="measure", at_least__gt=0) & ~Q(measure="")
                    | Q(earned_by="hand")
                ),
                name="lms_award_names_what_earns_it",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def rule(self) -> Rule:
        """Costs a query where topics earn it."""
        by_topics = self.earned_by == self.By.TOPICS
        return Rule(
            earned_by=self.earned_by,
            phase=self.phase,
            plan=self.plan_id,
            topics=frozenset(self.topics.values_list("pk", flat=True))
            if by_topics
            else frozenset(),
            measure=self.measure,
            at_least=self.at_least,
            is_renewed=self.is_renewed,
            award=self.pk,
        )

    def style(self) -> Style:
        return self.design.style() if self.design else Style()

    @property
    def signatures(self) -> tuple[tuple[str, str], ...]:
        return signers_of(self.signers)


class AwardRun(models.Model):
    """An award given to many at once, in batches by the outbox.

    ``because`` is set where it is given by hand. Its counts are written in the
    transaction of each batch, so they are what was done. Who asked is on the trail.
    """

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="runs")
    asked_at = models.DateTimeField(_("asked for at"))
    because = models.CharField(_("reason"), max_length=300, blank=True)
    people = models.PositiveIntegerField(_("people"))
    looked_at = models.PositiveIntegerField(_("people looked at"), default=0)
    issued = models.PositiveIntegerField(_("issued"), default=0)
    refused = models.PositiveIntegerField(_("names that cannot be set"), default=0)

    class Meta:
        verbose_name = _("award given to many")
        verbose_name_plural = _("awards given to many")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.award}, {self.asked_at:%Y-%m-%d}"

    @property
    def is_finished(self) -> bool:
        return self.looked_at >= self.people

    @property
    def had_it(self) -> int:
        return self.looked_at - self.issued - self.refused
