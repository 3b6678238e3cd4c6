"""Who comes to a live training, and who was there.

Whatever changes a calendar asks the outbox for a letter in the same transaction; each
goes to one addressee.
"""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from competencies.actions import TakenContent, note_seat, record_completion
from content.models import LiveTraining, Registration
from lms import audit, outbox
from lms.calendar import CANCEL, REQUEST, invitation
from lms.conf import conf
from lms.emails import send_letter
from lms.models import Person

LETTER = "lms_content.live_letter"
REMINDER = datetime.timedelta(days=1)
State = Registration.State


@dataclass(frozen=True)
class There:
    """How somebody took part: one of ``Registration.Attendance``, and the minutes."""

    attendance: str
    minutes: int | None = None


def _held(live: LiveTraining) -> LiveTraining:
    """Seats are given away one after the other."""
    return LiveTraining.objects.select_for_update().get(pk=live.pk)


@transaction.atomic
def register(
    *,
    live: LiveTraining,
    person: Person,
    display_name: str,
    by: Person,
    at: datetime.datetime,
) -> Registration:
    """A seat, or the end of the waiting list; asking again changes only the name."""
    live = _held(live)
    if not live.takes_registrations(at):
        raise ValidationError(_("It has begun, or was cancelled: no more seats."))
    known = live.registrations.filter(person=person).first()
    if known and known.state != State.GIVEN_UP:
        known.display_name = display_name
        known.save(update_fields=["display_name"])
        return known
    taken = live.registrations.with_a_seat().count()
    registration = known or Registration(person=person, live_training=live)
    registration.display_name = display_name
    registration.state = State.SEAT if taken < live.capacity else State.WAITING
    registration.registered_at, registration.registered_by = at, by
    registration.save()
    _tell(registration, at)
    audit.record(
        act="live.registered", actor=by, about=person, target=registration, at=at
    )
    return registration


@transaction.atomic
def give_up(*, registration: Registration, by: Person, at: datetime.datetime) -> None:
    """Free the seat; whoever has waited longest moves up."""
    live = _held(registration.live_training)
    registration.refresh_from_db()
    if registration.state == State.GIVEN_UP or not live.takes_registrations(at):
        return
    had_seat, registration.state = registration.has_seat, State.GIVEN_UP
    registration.save(update_fields=["state"])
    note_seat(person=registration.person, training=live.training)
    if had_seat:
        _ask_for_letter(registration, CANCEL, at)
    _move_up(live, at)
    audit.record(
        act="live.given_up",
        actor=by,
        about=registration.person,
        target=registration,
        at=at,
    )


def _move_up(live: LiveTraining, at: datetime.datetime) -> None:
    free = live.capacity - live.registrations.with_a_seat().count()
    for registration in live.registrations.waiting()[: max(free, 0)]:
        registration.state = State.SEAT
        registration.save(update_fields=["state"])
        _tell(registration, at)


def _tell(registration: Registration, at: datetime.datetime) -> None:
    """The plan says booked or waiting; who has a seat gets it into the calendar, and a
    reminder the day before."""
    live = registration.live_training
    if not registration.has_seat:
        since = at.astimezone(live.zone).date()
        note_seat(
            person=registration.person, training=live.training, waiting_since=since
        )
        return
    note_seat(
        person=registration.person, training=live.training, booked_on=live.local_day
    )
    _ask_for_letter(registration, REQUEST, at)
    _ask_for_letter(registration, "", at, due_at=live.starts_at - REMINDER)


@transaction.atomic
def tell_of_change(
    *, live: LiveTraining, by: Person | None, at: datetime.datetime
) -> None:
    """Time, place or seats are others now: calendars follow, and freed seats go to
    whoever waits."""
    live = _held(live)
    live.sequence += 1
    live.save(update_fields=["sequence"])
    for registration in live.registrations.with_a_seat().select_related("person"):
        _tell(registration, at)
    _move_up(live, at)
    audit.record(act="live.changed", actor=by, about=None, target=live, at=at)


@transaction.atomic
def cancel(*, live: LiveTraining, by: Person, at: datetime.datetime) -> None:
    """It does not take place: everybody's calendar and plan are told."""
    live = _held(live)
    if live.cancelled_at or live.has_started(at):
        return
    live.cancelled_at, live.sequence = at, live.sequence + 1
    live.save(update_fields=["cancelled_at", "sequence"])
    coming = live.registrations.exclude(state=State.GIVEN_UP)
    for registration in coming.select_related("person"):
        note_seat(person=registration.person, training=live.training)
        _ask_for_letter(registration, CANCEL, at)
    audit.record(act="live.cancelled", actor=by, about=None, target=live, at=at)


@transaction.atomic
def note_attendance(
    *,
    live: LiveTraining,
    there: Mapping[int, There],
    by: Person,
    at: datetime.datetime,
) -> list[Registration]:
    """Note who was there, by the key of the registration; returns what changed.

    Who was there long enough has completed the training. A correction is one more line
    on the trail; a completion it no longer bears out stays until somebody withdraws it.
    """
    live = _held(live)
    if not live.has_started(at):
        raise ValidationError(_("It has not begun yet."))
    changed = []
    seats = live.registrations.with_a_seat().select_related("person")
    for registration in seats.filter(pk__in=there):
        told = there[registration.pk]
        minutes = told.minutes
        if told.attendance == Registration.Attendance.PRESENT and minutes is None:
            minutes = live.minutes
        before = registration.attendance, registration.minutes
        if before == (told.attendance, minutes):
            continue
        registration.attendance, registration.minutes = told.attendance, minutes
        registration.live_training = live
        registration.save(update_fields=["attendance", "minutes"])
        changed.append(registration)
        audit.record(
            act="live.attendance_noted",
            actor=by,
            about=registration.person,
            target=registration,
            at=at,
            facts={"was": before[0], "is": told.attendance, "minutes": minutes},
        )
        if registration.counts():
            _complete(registration, by, at)
    return changed


def _complete(registration: Registration, by: Person, at: datetime.datetime) -> None:
    live = registration.live_training
    told = f"{live.uid}:{live.training.key}"
    record_completion(
        person=registration.person,
        training=live.training,
        on=live.local_day,
        at=at,
        content=TakenContent(
            title=live.training.title,
            objectives=[],
            minutes=registration.minutes,
            content_hash=hashlib.sha256(told.encode()).hexdigest(),
        ),
        recorded_by=by,
    )


def _ask_for_letter(
    registration: Registration,
    method: str,
    at: datetime.datetime,
    due_at: datetime.datetime | None = None,
) -> None:
    """Without a method it is the reminder."""
    sequence = registration.live_training.sequence
    when = "" if method == "" else f":{at.isoformat()}"
    outbox.enqueue(
        kind=LETTER,
        key=f"{registration.pk}:{sequence}:{method}{when}",
        payload={
            "registration": registration.pk,
            "method": method,
            "sequence": sequence,
        },
        due_at=due_at,
    )


def write_from_outbox(payload: Mapping[str, Any], at: datetime.datetime) -> None:
    """Send the invitation, its withdrawal or the reminder, unless it is overtaken."""
    registrations = Registration.objects.select_related(
        "person__user", "live_training__training"
    )
    registration = registrations.filter(pk=payload["registration"]).first()
    if registration is None:
        return
    live, method = registration.live_training, payload["method"]
    is_overtaken = payload["sequence"] != live.sequence
    wants_seat = method != CANCEL
    if is_overtaken or (wants_seat and not registration.has_seat):
        return
    if live.has_started(at) or (method != CANCEL and live.cancelled_at):
        return
    person = registration.person
    address = person.user.email if person.user else person.email
    if not address:
        return
    entry = None
    if method:
        entry = invitation(
            live.as_event(), method=method, to=address, name=str(person), at=at
        )
    path = reverse("lms_content:live_detail", args=[live.pk])
    send_letter(
        to=address,
        template=f"lms_content/emails/live_{(method or 'reminder').lower()}",
        context={"person": person, "live": live, "link": conf.base_url + path},
        calendar=(method, entry) if entry else None,
    )
