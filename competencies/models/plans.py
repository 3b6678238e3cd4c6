import datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from competencies.rules import Audience, Offset
from lms.models import Role

from .topics import Portion, Topic


class Obligation(models.TextChoices):
    REQUIRED = "required", _("required")
    RECOMMENDED = "recommended", _("recommended")


class Firmness(models.TextChoices):
    """Most dates are aims: only a deadline can be late (plan guide, p. 102)."""

    AIM = "aim", _("aim")
    DEADLINE = "deadline", _("deadline")


class Unit(models.TextChoices):
    DAYS = "days", _("days")
    MONTHS = "months", _("months")


class TrainingPlan(models.Model):
    """The template a program's staff plans are made from."""

    key = models.SlugField(_("key"), unique=True)
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        verbose_name = _("training plan")
        verbose_name_plural = _("training plans")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class PlanVersionQuerySet(models.QuerySet):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def drafts(self) -> Self:
        return self.filter(published_at=None)

    def newest(self) -> "PlanVersion | None":
        return self.published().order_by("-published_at", "-number").first()


class FrozenError(ValidationError):
    """Somebody tried to change a published version."""

    def __init__(self) -> None:
        super().__init__(
            _("This version is published, so it stays as it is. Copy it into a draft.")
        )


class PlanVersion(models.Model):
    """One state of a plan. A published version is frozen."""

    plan = models.ForeignKey(
        TrainingPlan, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan version")
        verbose_name_plural = _("plan versions")
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="lms_planversion_one_per_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.published_at is None

    def publish(self, at: datetime.datetime) -> bool:
        """Freeze it from now on; says whether it was still a draft."""
        draft = PlanVersion.objects.drafts().filter(pk=self.pk)
        is_first = bool(draft.update(published_at=at))
        self.refresh_from_db(fields=["published_at"])
        return is_first

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if not self.is_draft:
            raise FrozenError
        return super().delete(*args, **kwargs)


class PartOfVersion(models.Model):
    """Base for the rows a version is made of: they change with a draft alone."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_if_frozen()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_if_frozen()
        return super().delete(*args, **kwargs)

    def version_of(self) -> models.QuerySet[PlanVersion]:
        return PlanVersion.objects.filter(pk=self.version_id)

    def _refuse_if_frozen(self) -> None:
        if self.version_of().published().exists():
            raise FrozenError


class Phase(PartOfVersion):
    """A stretch of the plan. Its key is the same in every version."""

    version = models.ForeignKey(
        PlanVersion, on_delete=models.CASCADE, related_name="phases"
    )
    key = models.SlugField(_("key"))
    title = models.CharField(_("title"), max_length=200)
    short_title = models.CharField(_("short title"), max_length=60)
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"], name="lms_phase_one_per_key"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Requirement(PartOfVersion):
    """A topic in a phase of a version; a topic stands once per version.

    ``note`` says why it stands there as it does, where the sources conflict.
    """

    version = models.ForeignKey(
        PlanVersion, on_delete=models.CASCADE, related_name="requirements"
    )
    phase = models.ForeignKey(
        Phase, on_delete=models.CASCADE, related_name="requirements"
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, related_name="requirements"
    )
    order = models.PositiveSmallIntegerField(_("order"))
    firmness = models.CharField(
        _("firmness"), max_length=20, choices=Firmness, default=Firmness.AIM
    )
    renewal_count = models.PositiveSmallIntegerField(
        _("renewed every"), null=True, blank=True
    )
    renewal_unit = models.CharField(
        _("unit"), max_length=10, choices=Unit, default=Unit.MONTHS
    )
    renewal_notice_days = models.PositiveSmallIntegerField(
        _("renewal opens, days before"), default=60
    )
    is_signed = models.BooleanField(_("signed by the supervisor"), default=True)
    is_before_families = models.BooleanField(
        _("part of “before you meet families”"), default=False
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering = ["version", "phase__order", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "topic"], name="lms_requirement_once_per_version"
            ),
            models.CheckConstraint(
                condition=Q(renewal_count__isnull=True) | Q(renewal_count__gt=0),
                name="lms_requirement_renewal_takes_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic}"


class RequirementAudience(PartOfVersion):
    """For whom a requirement holds, how firmly, how much, and by when.

    The offset counts from the hire date, or from the day the role was taken up if
    that is later. Where a deadline has an earlier aim, the second offset is the aim.
    """

    requirement = models.ForeignKey(
        Requirement, on_delete=models.CASCADE, related_name="audiences"
    )
    role = models.ForeignKey(
        Role,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("role"),
        help_text=_("Empty: everyone."),
    )
    obligation = models.CharField(_("obligation"), max_length=20, choices=Obligation)
    portion = models.CharField(
        _("portion"),
        max_length=20,
        choices=Portion,
        default=Portion.WHOLE,
        blank=True,
    )
    offset_count = models.PositiveSmallIntegerField(_("within"))
    offset_unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    aim_count = models.PositiveSmallIntegerField(_("aim"), null=True, blank=True)
    aim_unit = models.CharField(
        _("unit of the aim"), max_length=10, choices=Unit, default=Unit.MONTHS
    )

    class Meta:
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.role or _('everyone')}: {self.get_obligation_display()}"

    def version_of(self) -> models.QuerySet[PlanVersion]:
        return PlanVersion.objects.filter(requirements=self.requirement_id)

    def as_rule(self) -> Audience:
        return Audience(
            role=self.role.key if self.role else None,
            obligation=self.obligation,
            portion=self.portion,
            offset=Offset(self.offset_count, self.offset_unit),
            aim=Offset(self.aim_count, self.aim_unit) if self.aim_count else None,
        )


class ChecklistEntry(PartOfVersion):
    """An onboarding activity, or a kind of local contact to make. No due date."""

    class Kind(models.TextChoices):
        ACTIVITY = "activity", _("Onboarding activity")
        RESOURCE = "resource", _("Local resource to get to know")

    version = models.ForeignKey(
        PlanVersion, on_delete=models.CASCADE, related_name="checklist"
    )
    key = models.SlugField(_("key"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    hint = models.CharField(_("hint"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("checklist entry")
        verbose_name_plural = _("checklist entries")
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"], name="lms_checklistentry_one_per_key"
            ),
        ]

    def __str__(self) -> str:
        return self.title
