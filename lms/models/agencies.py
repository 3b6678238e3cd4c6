import zoneinfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Agency(models.Model):
    """An employer: one that runs the program, or a partner of it."""

    class Kind(models.TextChoices):
        PROGRAM = "program", _("Runs the program")
        PARTNER = "partner", _("Partner (courts, child welfare …)")

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        SUNDAY = 6, _("Sunday")

    name = models.CharField(_("name"), max_length=200, unique=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind, default=Kind.PROGRAM
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="America/New_York"
    )
    week_starts_on = models.PositiveSmallIntegerField(
        _("week starts on"), choices=Weekday, default=Weekday.MONDAY
    )
    after_hours_phone = models.CharField(
        _("after-hours phone"),
        max_length=40,
        blank=True,
        help_text=_("Whom staff can reach in the evening and at weekends."),
    )
    after_hours_note = models.CharField(
        _("after-hours note"), max_length=200, blank=True
    )
    words_kept_months = models.PositiveSmallIntegerField(
        _("shared words stay, in months"),
        default=36,
        validators=[MaxValueValidator(240)],
        help_text=_(
            "Notes and training information on a plan go that long after a person "
            "has left."
        ),
    )
    visits_before_families = models.PositiveSmallIntegerField(
        _("visits together before meeting families alone"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
        help_text=_(
            "Empty: visits are not counted. It is something to talk about; nothing "
            "waits for it."
        ),
    )
    learning_hours = models.PositiveSmallIntegerField(
        _("hours a week kept free for learning"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(40)],
        help_text=_("In somebody's first weeks. Empty: the agency sets none."),
    )
    learning_weeks = models.PositiveSmallIntegerField(
        _("for how many weeks"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(52)],
    )

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(learning_hours__isnull=True, learning_weeks__isnull=True)
                | Q(learning_hours__isnull=False, learning_weeks__isnull=False),
                name="lms_agency_learning_time_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.time_zone not in zoneinfo.available_timezones():
            message = _("“%(zone)s” is not a time zone. Try “America/New_York”.")
            raise ValidationError({"time_zone": message % {"zone": self.time_zone}})
        if (self.learning_hours is None) != (self.learning_weeks is None):
            empty = "learning_hours" if self.learning_weeks else "learning_weeks"
            message = _("Say both: how many hours, and for how many weeks.")
            raise ValidationError({empty: message})
