import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.models import (
    Person,
    PersonRecord,
    PersonRecordQuerySet,
    Reader,
    StaffMember,
    agencies_directed_by,
)

from .pairs import staff_met_by

A_DAY = 24 * 60


class SupervisionSessionQuerySet(models.QuerySet):
    def visible_to(self, user: Reader) -> Self:
        """Keep those one gave or attended, and those of staff one directs."""
        reader = Person.of(user)
        if reader is None:
            return self.none()
        attended = Attendance.objects.visible_to(user).values("version__session")
        return self.filter(Q(given_by=reader) | Q(pk__in=attended))


class SupervisionSession(models.Model):
    """A meeting of a supervisor with one person or several.

    What is said of it stands in its versions: appended, never edited. ``form_key`` is
    the form it was logged by, so that a second tap logs nothing.
    """

    wagtail_reference_index_ignore = True

    given_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("supervisor"),
    )
    form_key = models.UUIDField(
        _("logged by the form"), default=uuid.uuid4, unique=True, editable=False
    )
    version_number = models.PositiveIntegerField(_("newest version"), default=1)

    objects = SupervisionSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("supervision session")
        verbose_name_plural = _("supervision sessions")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.given_by}, {self.pk}"


class SessionVersion(models.Model):
    """What somebody said of a session, in numbers and choices; it never changes.

    Minutes are whole. The day is the one on the calendar of the two where they met, and
    a session that runs past midnight belongs to the day it began. Words stand with
    each person who was there, see ``Attendance``.
    """

    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        HELD = "held", _("Held")
        MOVED = "moved", _("Moved")
        NOT_HELD = "not_held", _("Not held")

    class Format(models.TextChoices):
        INDIVIDUAL = "individual", _("Individual")
        GROUP = "group", _("Group")

    class Occasion(models.TextChoices):
        PLANNED = "planned", _("Planned")
        ON_DEMAND = "on_demand", _("On demand")

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        VIDEO = "video", _("Video")
        PHONE = "phone", _("Phone")

    class NotHeld(models.TextChoices):
        """The agency's side alone: nobody says why a staff member was not there."""

        SUPERVISOR_AWAY = "supervisor_away", _("supervisor away")
        POST_VACANT = "post_vacant", _("post vacant")
        CLOSED = "closed", _("agency closed")

    class Origin(models.TextChoices):
        LOGGED = "logged", _("logged")
        LATE = "late", _("entered late")
        IMPORTED = "imported", _("imported, not attested")

    class Because(models.TextChoices):
        """Why it is entered late, or said anew."""

        PAPER = "paper", _("It was on paper first")
        AWAY = "away", _("One of us was away")
        FORGOTTEN = "forgotten", _("It was forgotten until now")
        SLIP = "slip", _("A date or number was mistyped")
        OTHERWISE = "otherwise", _("It went otherwise than noted")

    PURPOSES = ("reflective", "administrative", "clinical")
    PURPOSE_FIELDS = tuple(f"{name}_minutes" for name in PURPOSES)

    session = models.ForeignKey(
        SupervisionSession, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(
        _("what became of it"), max_length=10, choices=State, default=State.HELD
    )
    held_on = models.DateField(_("day"))
    time_zone = models.CharField(_("time zone"), max_length=64)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    reflective_minutes = models.PositiveSmallIntegerField(_("reflective"), default=0)
    administrative_minutes = models.PositiveSmallIntegerField(
        _("administrative"), default=0
    )
    clinical_minutes = models.PositiveSmallIntegerField(_("clinical"), default=0)
    format = models.CharField(
        _("format"), max_length=20, choices=Format, default=Format.INDIVIDUAL
    )
    occasion = models.CharField(
        _("occasion"), max_length=20, choices=Occasion, default=Occasion.PLANNED
    )
    mode = models.CharField(
        _("how you met"), max_length=20, choices=Mode, default=Mode.IN_PERSON
    )
    moved_to = models.DateField(_("moved to"), null=True, blank=True)
    not_held_because = models.CharField(
        _("on the agency's side"), max_length=20, choices=NotHeld, blank=True
    )
    origin = models.CharField(
        _("how it came here"), max_length=10, choices=Origin, default=Origin.LOGGED
    )
    because = models.CharField(_("reason"), max_length=20, choices=Because, blank=True)
    logged_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField(_("logged at"))

    class Meta:
        verbose_name = _("version of a session")
        verbose_name_plural = _("versions of sessions")
        ordering = ["session", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "number"], name="lms_sessionversion_once"
            ),
            models.CheckConstraint(
                condition=Q(state="held", minutes__gt=0, minutes__lte=A_DAY)
                | ~Q(state="held") & Q(minutes=0),
                name="lms_sessionversion_held_takes_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    reflective_minutes=0, administrative_minutes=0, clinical_minutes=0
                )
                | Q(
                    minutes=F("reflective_minutes")
                    + F("administrative_minutes")
                    + F("clinical_minutes")
                ),
                name="lms_sessionversion_purposes_add_up",
            ),
            models.CheckConstraint(
                condition=Q(state="moved", moved_to__isnull=False)
                | ~Q(state="moved") & Q(moved_to__isnull=True),
                name="lms_sessionversion_moved_to_a_day",
            ),
            models.CheckConstraint(
                condition=Q(not_held_because="") | Q(state="not_held"),
                name="lms_sessionversion_reason_when_not_held",
            ),
            models.CheckConstraint(
                condition=~Q(origin="late") | ~Q(because=""),
                name="lms_sessionversion_late_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on}, {self.minutes} min"

    @property
    def is_held(self) -> bool:
        return self.state == self.State.HELD

    @property
    def purposes(self) -> list[tuple[str, int]]:
        """The minutes of each purpose, where they were split."""
        split = [(name, getattr(self, f"{name}_minutes")) for name in self.PURPOSES]
        return [
            (str(self._meta.get_field(f"{name}_minutes").verbose_name), minutes)
            for name, minutes in split
            if minutes
        ]


class AttendanceQuerySet(PersonRecordQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """One's own, those of sessions one gave, those of staff one directs; which of
        them with words, policy decides."""
        reader = Person.of(user)
        if reader is None:
            return self.none()
        directed = agencies_directed_by(reader, timezone.localdate())
        return self.filter(
            Q(person=reader)
            | Q(version__session__given_by=reader)
            | Q(staff_member__agency__in=directed)
        )

    def current(self) -> Self:
        """Keep what the newest version of each session says."""
        return self.filter(version__number=F("version__session__version_number"))

    def held(self) -> Self:
        return self.filter(version__state=SessionVersion.State.HELD)

    def between(self, staff_member: StaffMember, supervisor: Person) -> Self:
        return self.filter(
            staff_member=staff_member, version__session__given_by=supervisor
        )

    def with_facts(self) -> Self:
        return self.select_related(
            "person",
            "staff_member__person",
            "staff_member__agency",
            "version__session__given_by",
            "version__logged_by",
        )


class Attendance(PersonRecord):
    """One person in one version of a session: their own minutes, and the words.

    In a group each has a copy of the words, so that they go with the person: nobody's
    deletion takes another's.
    """

    version = models.ForeignKey(
        SessionVersion, on_delete=models.PROTECT, related_name="attendances"
    )
    minutes = models.PositiveSmallIntegerField(_("own minutes"))
    summary = models.TextField(_("in general words"), max_length=1000, blank=True)
    themes = models.JSONField(_("themes"), default=list, blank=True)
    components = models.JSONField(
        _("components of reflective supervision"), default=list, blank=True
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance of supervision")
        verbose_name_plural = _("attendances of supervision")
        ordering = ["-version__held_on", "-version__session"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "person"], name="lms_attendance_once_a_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.version}"


class SessionRemarkQuerySet(PersonRecordQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """One's own, and those on sessions one gave to whom one supervises today; no
        director's."""
        reader = Person.of(user)
        if reader is None:
            return self.none()
        given = Q(session__given_by=reader, staff_member__in=staff_met_by(reader))
        return self.filter(Q(person=reader) | given)


class SessionRemark(PersonRecord):
    """What somebody attached to a session they attended, for good: that something is
    off, or their own side of it."""

    class Kind(models.TextChoices):
        OFF = "off", _("Something's off")
        SIDE = "side", _("My side")

    session = models.ForeignKey(
        SupervisionSession, on_delete=models.PROTECT, related_name="remarks"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    text = models.TextField(_("in your words"), max_length=2000)
    version_number = models.PositiveIntegerField(_("of version"))
    at = models.DateTimeField(_("at"))

    objects = SessionRemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark on a session")
        verbose_name_plural = _("remarks on sessions")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_kind_display()}"
