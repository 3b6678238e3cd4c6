"""Trainings held on a day, and who comes."""

import datetime
import uuid
import zoneinfo
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from competencies.models import Training
from lms import policy
from lms.calendar import CalendarEvent
from lms.models import Person, PersonRecord, PersonRecordQuerySet, Reader


class LiveTrainingQuerySet(models.QuerySet):
    def visible_to(self, user: Reader) -> Self:
        """All, for who works here; a partner sees what is open to partners."""
        standing = policy.relations_to_program(user)
        if policy.scopes("live training", "view", standing):
            return self
        if policy.scopes("live training", "view", standing, "open to partners"):
            return self.filter(is_open_to_partners=True)
        return self.none()

    def upcoming(self, at: datetime.datetime) -> Self:
        return self.filter(ends_at__gt=at, cancelled_at=None).order_by("starts_at")

    def with_seats_taken(self) -> Self:
        taken = Count("registrations", Q(registrations__state="seat"))
        return self.annotate(seats_taken=taken)


class LiveTraining(models.Model):
    """A training on a day, in a place or online, with so many seats.

    ``sequence`` grows with every change that calendars have to know of.
    """

    # The admin counts what points at a person, and hosts are few.
    wagtail_reference_index_ignore = True

    training = models.ForeignKey(
        Training,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("training"),
        help_text=_("What taking part counts as; the training says which topics."),
    )
    host = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("host"),
        help_text=_("Sees who registered, and notes who was there. Nobody else does."),
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="America/New_York"
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    online_url = models.URLField(
        _("address online"),
        blank=True,
        help_text=_("Shown to whoever has a seat."),
    )
    note = models.TextField(_("good to know"), blank=True)
    capacity = models.PositiveSmallIntegerField(
        _("seats"), default=20, validators=[MinValueValidator(1)]
    )
    minutes_to_count = models.PositiveSmallIntegerField(
        _("minutes that count as taken part"),
        null=True,
        blank=True,
        help_text=_("Empty: all of it."),
    )
    materials = models.TextField(
        _("materials"),
        blank=True,
        help_text=_("Links and notes for afterwards, for whoever was there."),
    )
    is_open_to_partners = models.BooleanField(_("open to partners"), default=False)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, editable=False)

    objects = LiveTrainingQuerySet.as_manager()

    class Meta:
        verbose_name = _("live training")
        verbose_name_plural = _("live trainings")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="lms_livetraining_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.training}, {self.local_day.isoformat()}"

    def clean(self) -> None:
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("It ends before it starts.")})
        if self.time_zone not in zoneinfo.available_timezones():
            told = _("“%(zone)s” is not a time zone. Try “America/New_York”.")
            raise ValidationError({"time_zone": told % {"zone": self.time_zone}})

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def local_day(self) -> datetime.date:
        return self.starts_at.astimezone(self.zone).date()

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    def has_started(self, at: datetime.datetime) -> bool:
        return self.starts_at <= at

    def is_over(self, at: datetime.datetime) -> bool:
        return self.ends_at <= at

    def takes_registrations(self, at: datetime.datetime) -> bool:
        return self.cancelled_at is None and not self.has_started(at)

    def as_event(self) -> CalendarEvent:
        return CalendarEvent(
            uid=f"{self.uid}@alongside",
            sequence=self.sequence,
            title=self.training.title,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            time_zone=self.time_zone,
            place=self.place,
            url=self.online_url,
        )


class RegistrationQuerySet(PersonRecordQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """One's own, and for the host those of what they host."""
        host = "live_training__host__user"
        return self.filter(
            Q(person__user_id=user.pk, person__user__isnull=False)
            | Q(**{f"{host}_id": user.pk, f"{host}__isnull": False})
        )

    def with_a_seat(self) -> Self:
        return self.filter(state=Registration.State.SEAT)

    def waiting(self) -> Self:
        """Who waits for a seat, the longest first."""
        return self.filter(state=Registration.State.WAITING).order_by(
            "registered_at", "pk"
        )


class Registration(PersonRecord):
    """Somebody comes, waits for a seat, or gave it up; and afterwards, was there."""

    class State(models.TextChoices):
        SEAT = "seat", _("has a seat")
        WAITING = "waiting", _("waits for a seat")
        GIVEN_UP = "given_up", _("gave it up")

    class Attendance(models.TextChoices):
        PRESENT = "present", _("there")
        LATE = "late", _("came later")
        LEFT_EARLY = "left_early", _("left earlier")
        EXCUSED = "excused", _("could not come, said so")
        ABSENT = "absent", _("not there")

    live_training = models.ForeignKey(
        LiveTraining, on_delete=models.PROTECT, related_name="registrations"
    )
    display_name = models.CharField(
        _("name on the list"),
        max_length=60,
        help_text=_("The host sees this name and nothing else: no role, no agency."),
    )
    state = models.CharField(_("seat"), max_length=10, choices=State)
    registered_at = models.DateTimeField(_("registered"))
    registered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+"
    )
    attendance = models.CharField(
        _("attendance"), max_length=12, choices=Attendance, blank=True
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes there"), null=True, blank=True
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["display_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "live_training"], name="lms_registration_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.display_name}, {self.live_training}"

    @property
    def has_seat(self) -> bool:
        return self.state == self.State.SEAT

    def counts(self) -> bool:
        """Whether they were there long enough."""
        wanted = self.live_training.minutes_to_count or self.live_training.minutes
        there = {"present", "late", "left_early"}
        return self.attendance in there and (self.minutes or 0) >= wanted
