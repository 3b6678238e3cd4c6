import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.models import (
    Person,
    PersonRecord,
    PersonRecordQuerySet,
    Reader,
    in_force,
    staff_supervised_by,
)

from .pairs import PairRecord, PairRecordQuerySet
from .sessions import SessionVersion


class StandingHourQuerySet(PairRecordQuerySet):
    def current(self, on: datetime.date | None = None) -> Self:
        return self.filter(in_force(on or timezone.localdate()))


class StandingHour(PairRecord):
    """The day and time at which two people meet each week, from–until.

    Another time is a new row: what was agreed earlier explains earlier weeks.
    """

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    LONGEST = 480

    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday)
    begins_at = models.TimeField(_("time"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    mode = models.CharField(
        _("how you meet"),
        max_length=20,
        choices=SessionVersion.Mode,
        default=SessionVersion.Mode.IN_PERSON,
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = StandingHourQuerySet.as_manager()

    class Meta:
        verbose_name = _("standing hour")
        verbose_name_plural = _("standing hours")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff_member", "supervisor"],
                condition=Q(ends_on=None),
                name="lms_standinghour_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=480),
                name="lms_standinghour_takes_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.begins_at:%H:%M}"


class AgendaItemQuerySet(PairRecordQuerySet):
    def open(self) -> Self:
        return self.filter(talked_about_on=None)


class AgendaItem(PairRecord):
    """Something one of the two wants to talk about."""

    text = models.CharField(_("I want to talk about"), max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    noted_on = models.DateField(_("noted on"))
    talked_about_on = models.DateField(_("talked about on"), null=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of an agenda")
        verbose_name_plural = _("lines of agendas")
        ordering = ["noted_on", "pk"]

    def __str__(self) -> str:
        return self.text


class FollowUpQuerySet(PairRecordQuerySet):
    def open(self) -> Self:
        return self.filter(done_on=None)


class FollowUp(PairRecord):
    """What one of the two will do, and by when."""

    text = models.CharField(_("what"), max_length=300)
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    due_on = models.DateField(_("by"), null=True, blank=True)
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    noted_on = models.DateField(_("noted on"))
    done_on = models.DateField(_("done on"), null=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text


class TimeAskedQuerySet(PersonRecordQuerySet):
    LASTS = datetime.timedelta(days=7)

    def visible_to(self, user: Reader) -> Self:
        """One's own, and those of whose plan one supervises, also as a stand-in."""
        reader = Person.of(user)
        if reader is None:
            return self.none()
        return self.filter(
            Q(person=reader) | Q(staff_member__in=staff_supervised_by(user))
        )

    def waiting(self, at: datetime.datetime) -> Self:
        """Keep those of the last seven days that nobody has answered."""
        return self.filter(settled_at=None, asked_at__gt=at - self.LASTS)


class TimeAsked(PersonRecord):
    """Somebody would like time this week. No words, and no emergency."""

    asked_at = models.DateTimeField(_("asked at"))
    settled_at = models.DateTimeField(_("settled at"), null=True)

    objects = TimeAskedQuerySet.as_manager()

    class Meta:
        verbose_name = _("wish for time")
        verbose_name_plural = _("wishes for time")
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return f"{self.person}"
