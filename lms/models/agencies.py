import zoneinfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
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

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.time_zone not in zoneinfo.available_timezones():
            message = _("“%(zone)s” is not a time zone. Try “America/New_York”.")
            raise ValidationError({"time_zone": message % {"zone": self.time_zone}})
