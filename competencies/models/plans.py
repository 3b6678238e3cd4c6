import datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from competencies.rules import (
    LONGEST,
    Audience,
    Offset,
    Renewal,
    Yearly,
    is_day_of_a_year,
)
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


class FirstFrom(models.TextChoices):
    """What the date of a requirement is worked out from."""

    OFFSET = "offset", _("some time after the hire date, or after taking up the role")
    YEARLY = "yearly", _("the fixed day each year")


def validate_span(field: str, count: int | None, unit: str) -> None:
    """Refuse a time that is nothing, or longer than ten years."""
    if count is not None and not Offset(count, unit).is_sensible:
        told = _("Choose 1 to %(most)d %(unit)s.")
        most = {"most": LONGEST.get(unit, 0), "unit": Unit(unit).label}
        raise ValidationError({field: ValidationError(told, params=most)})


def is_sensible_span(count: str, unit: str) -> Q:
    """The same as a condition on a row."""
    lasts = [
        Q(**{unit: name, f"{count}__gt": 0, f"{count}__lte": most})
        for name, most in LONGEST.items()
    ]
    return lasts[0] | lasts[1]


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

    def roles(self) -> models.QuerySet[Role]:
        """Roles that some topic is asked of; what everyone takes is no role's own."""
        named = RequirementAudience.objects.filter(requirement__version=self)
        return Role.objects.filter(pk__in=named.exclude(role=None).values("role"))

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

    Renewed after an interval, or by a fixed day each year, or not at all. ``note`` says
    why it stands there as it does, where the sources conflict.
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
        _("renewal opens, days before"),
        default=60,
        validators=[MaxValueValidator(180)],
    )
    first_from = models.CharField(
        _("the first date is"),
        max_length=20,
        choices=FirstFrom,
        default=FirstFrom.OFFSET,
    )
    yearly_month = models.PositiveSmallIntegerField(
        _("month of the fixed day"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    yearly_day = models.PositiveSmallIntegerField(
        _("fixed day each year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
    )
    yearly_spares_days = models.PositiveSmallIntegerField(
        _("not due in the first days"),
        default=90,
        validators=[MaxValueValidator(365)],
        help_text=_("For people hired just before the fixed day."),
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
            models.CheckConstraint(
                condition=Q(renewal_count__isnull=True)
                | is_sensible_span("renewal_count", "renewal_unit"),
                name="lms_requirement_renewal_is_within_ten_years",
            ),
            models.CheckConstraint(
                condition=Q(yearly_month__isnull=True, yearly_day__isnull=True)
                | Q(
                    yearly_month__isnull=False,
                    yearly_month__range=(1, 12),
                    yearly_day__isnull=False,
                    yearly_day__range=(1, 31),
                ),
                name="lms_requirement_fixed_day_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(renewal_count__isnull=True) | Q(yearly_month__isnull=True),
                name="lms_requirement_renewed_one_way",
            ),
            models.CheckConstraint(
                condition=~Q(first_from=FirstFrom.YEARLY)
                | Q(yearly_month__isnull=False),
                name="lms_requirement_first_fixed_day_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic}"

    def clean(self) -> None:
        """Kind messages for what the constraints refuse, next to the field."""
        validate_span("renewal_count", self.renewal_count, self.renewal_unit)
        month, day = self.yearly_month, self.yearly_day
        if (month is None) != (day is None):
            missing = "yearly_day" if day is None else "yearly_month"
            told = _("A fixed day has a day and a month.")
            raise ValidationError({missing: told})
        if month is not None and not is_day_of_a_year(month, day):
            raise ValidationError({"yearly_day": _("That month has no such day.")})
        if month is not None and self.renewal_count:
            told = _("Choose one: renewed after some time, or by a fixed day.")
            raise ValidationError({"renewal_count": told})
        if month is None and self.first_from == FirstFrom.YEARLY:
            told = _("Say which day each year.")
            raise ValidationError({"yearly_month": told})

    @property
    def yearly(self) -> Yearly | None:
        if self.yearly_month is None or self.yearly_day is None:
            return None
        return Yearly(self.yearly_month, self.yearly_day, self.yearly_spares_days)

    @property
    def first_yearly(self) -> Yearly | None:
        """The fixed day, where the first date is that too."""
        return self.yearly if self.first_from == FirstFrom.YEARLY else None

    @property
    def renewal(self) -> Renewal:
        count = self.renewal_count
        return Renewal(
            every=Offset(count, self.renewal_unit) if count else None,
            yearly=self.yearly,
            notice_days=self.renewal_notice_days,
        )


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
        constraints = [
            models.CheckConstraint(
                condition=is_sensible_span("offset_count", "offset_unit"),
                name="lms_requirementaudience_offset_is_within_ten_years",
            ),
            models.CheckConstraint(
                condition=Q(aim_count__isnull=True)
                | is_sensible_span("aim_count", "aim_unit"),
                name="lms_requirementaudience_aim_is_within_ten_years",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role or _('everyone')}: {self.get_obligation_display()}"

    def version_of(self) -> models.QuerySet[PlanVersion]:
        return PlanVersion.objects.filter(requirements=self.requirement_id)

    def clean(self) -> None:
        validate_span("offset_count", self.offset_count, self.offset_unit)
        validate_span("aim_count", self.aim_count, self.aim_unit)

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
