"""Live trainings: seats, the waiting list, calendars, and who was there."""

import datetime
from email.message import Message

import icalendar
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from competencies.models import Completion, Training, TrainingRecord, TrainingTopic
from content import actions
from content.actions import There
from content.models import LiveTraining, Registration
from lms import outbox
from lms.models import AuditEntry, OutboxMessage, Person
from tests.factories import line

from .conftest import signed_in

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def now() -> datetime.datetime:
    return timezone.now()


@pytest.fixture
def live(tia, starter_plan, now) -> LiveTraining:
    """Three hours in two weeks, two seats, completes Group Peer Support."""
    training = Training.objects.create(
        key="gps-live", title="Group Peer Support, day one", kind="live"
    )
    topic = Training.objects.get(key="module-ob-01").taught.first().topic
    TrainingTopic.objects.create(training=training, topic=topic, effect="completes")
    starts = now.replace(microsecond=0) + datetime.timedelta(days=14)
    return LiveTraining.objects.create(
        training=training,
        host=tia,
        starts_at=starts,
        ends_at=starts + 3 * HOUR,
        place="Room 4",
        capacity=2,
    )


def seat(live: LiveTraining, person: Person, at: datetime.datetime) -> Registration:
    return actions.register(
        live=live, person=person, display_name=str(person), by=person, at=at
    )


def hold_it(live: LiveTraining, now: datetime.datetime) -> None:
    live.starts_at, live.ends_at = now - 4 * HOUR, now - HOUR
    live.save()


def entry_in(letter: mail.EmailMultiAlternatives) -> tuple[str, icalendar.Event]:
    [part] = [
        part
        for part in letter.message().walk()
        if isinstance(part, Message) and part.get_content_type() == "text/calendar"
    ]
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    assert str(calendar["method"]) == part.get_param("method")
    [event] = calendar.walk("VEVENT")
    return str(calendar["method"]), event


def post(person: Person, name: str, live: LiveTraining, **told: object):
    address = reverse(f"lms_content:{name}", args=[live.pk])
    return signed_in(person).post(address, told, follow=True)


def test_a_seat_is_two_taps_and_comes_into_the_calendar(live, lena):
    told = post(lena, "live_register", live, display_name="Lena")
    assert "The seat is booked" in told.content.decode()
    assert line(lena, "OB-01").booked_on == live.local_day
    outbox.drain()
    [letter] = mail.outbox
    assert letter.to == ["lena@example.test"]
    method, event = entry_in(letter)
    assert method == "REQUEST"
    assert event["uid"] == f"{live.uid}@alongside"
    assert event.decoded("dtstart") == live.starts_at
    assert event["location"] == "Room 4"
    assert [str(event["attendee"])] == ["mailto:lena@example.test"]


def test_who_comes_too_late_waits_and_moves_up(live, lena, sam, ben, now):
    first, _second = seat(live, lena, now), seat(live, sam, now)
    third = seat(live, ben, now)
    assert third.state == "waiting"
    assert line(ben, "OB-01").waiting_since
    actions.give_up(registration=first, by=lena, at=now)
    third.refresh_from_db()
    assert third.has_seat
    assert line(ben, "OB-01").booked_on == live.local_day
    assert line(lena, "OB-01").booked_on is None
    outbox.drain()
    methods = sorted((letter.to[0], entry_in(letter)[0]) for letter in mail.outbox)
    assert methods == [
        ("ben@example.test", "REQUEST"),
        ("lena@example.test", "CANCEL"),
        ("sam@example.test", "REQUEST"),
    ]


def test_registering_twice_takes_one_seat(live, lena, now):
    seat(live, lena, now)
    seat(live, lena, now)
    assert live.registrations.count() == 1


def test_a_seat_given_up_can_be_taken_again(live, lena, now):
    actions.give_up(registration=seat(live, lena, now), by=lena, at=now)
    assert seat(live, lena, now + HOUR).has_seat
    outbox.drain()
    assert [entry_in(letter)[0] for letter in mail.outbox][-1] == "REQUEST"


def test_nobody_registers_once_it_has_begun(live, lena, now):
    hold_it(live, now)
    assert post(lena, "live_register", live, display_name="L").status_code == 404 or (
        not live.registrations.exists()
    )


def test_a_supervisor_takes_a_seat_for_one_of_theirs_and_for_nobody_else(
    live, lena, sam, olu
):
    theirs, others = lena.staff_members.get(), olu.staff_members.get()
    post(sam, "live_register_colleague", live, colleague=others.pk)
    assert not live.registrations.exists()
    post(sam, "live_register_colleague", live, colleague=theirs.pk)
    registration = live.registrations.get()
    assert (registration.person, registration.registered_by) == (lena, sam)


def test_the_host_alone_sees_who_comes_by_the_names_they_chose(
    live, lena, sam, dina, tia, now
):
    actions.register(
        live=live, person=lena, display_name="L. from the coast", by=lena, at=now
    )
    address = reverse("lms_content:live_roster", args=[live.pk])
    for person in (lena, sam, dina):
        assert signed_in(person).get(address).status_code == 404
    shown = signed_in(tia).get(address).content.decode()
    assert "L. from the coast" in shown
    assert "Northside" not in shown


def test_a_partner_sees_and_takes_what_is_open_to_partners(live, pat):
    address = reverse("lms_content:live_detail", args=[live.pk])
    assert signed_in(pat).get(address).status_code == 404
    live.is_open_to_partners = True
    live.save()
    assert signed_in(pat).get(address).status_code == 200
    post(pat, "live_register", live, display_name="Pat")
    assert live.registrations.get().has_seat


def test_another_time_reaches_the_calendars_with_a_higher_number(live, lena, tia, now):
    seat(live, lena, now)
    outbox.drain()
    live.starts_at += HOUR
    live.save()
    actions.tell_of_change(live=live, by=tia, at=now + HOUR)
    outbox.drain()
    events = [entry_in(letter)[1] for letter in mail.outbox]
    assert [int(event["sequence"]) for event in events] == [0, 1]
    assert events[0]["uid"] == events[1]["uid"]
    assert events[1].decoded("dtstart") == live.starts_at


def test_cancelling_says_whom_it_touches_and_clears_calendars(live, lena, tia, now):
    seat(live, lena, now)
    outbox.drain()
    client = signed_in(tia)
    address = reverse("lms_content:live_cancel", args=[live.pk])
    assert "1 person has a seat" in client.get(address).content.decode()
    client.post(address)
    outbox.drain()
    assert entry_in(mail.outbox[-1])[0] == "CANCEL"
    assert line(lena, "OB-01").booked_on is None


def test_the_day_before_one_reminder_is_sent_and_none_to_who_gave_up(
    live, lena, sam, now
):
    seat(live, lena, now)
    actions.give_up(registration=seat(live, sam, now), by=sam, at=now)
    waiting = OutboxMessage.objects.filter(due_at__gt=now + datetime.timedelta(days=12))
    assert waiting.count() == 2
    for message in waiting:
        actions.write_from_outbox(message.payload, now)
    assert [letter.subject for letter in mail.outbox] == [
        "Tomorrow: Group Peer Support, day one"
    ]


def test_who_was_there_long_enough_has_completed_it(live, lena, sam, tia, now):
    long, short = seat(live, lena, now), seat(live, sam, now)
    hold_it(live, now)
    there = {long.pk: There("present"), short.pk: There("left_early", 60)}
    actions.note_attendance(live=live, there=there, by=tia, at=now)
    record = TrainingRecord.objects.get(person=lena)
    assert (record.minutes, record.how, record.recorded_by) == (180, "live", tia)
    assert line(lena, "OB-01").progress == "awaiting"
    assert not Completion.objects.filter(person=sam).exists()


def test_a_correction_is_one_more_line_on_the_trail(live, lena, tia, now):
    one = seat(live, lena, now)
    hold_it(live, now)
    for told in (There("absent"), There("late", 180), There("late", 180)):
        actions.note_attendance(live=live, there={one.pk: told}, by=tia, at=now)
    noted = AuditEntry.objects.filter(act="live.attendance_noted").order_by("pk")
    assert [each.facts["is"] for each in noted] == ["absent", "late"]
    assert TrainingRecord.objects.filter(person=lena).count() == 1


def noted_from(tia: Person, live: LiveTraining, text: str) -> str:
    file = SimpleUploadedFile("there.csv", text.encode())
    return post(tia, "live_attendance", live, file=file).content.decode()


def test_attendance_comes_from_the_list_of_a_meeting(live, lena, sam, tia, now):
    seat(live, lena, now), seat(live, sam, now)
    hold_it(live, now)
    text = "Name (Original Name),Total Duration (Minutes)\nlena,170\nLena,30\nSam,20\n"
    assert "Noted for 2 people" in noted_from(tia, live, text)
    found = {each.display_name: each for each in live.registrations.all()}
    assert (found["Lena"].attendance, found["Lena"].minutes) == ("present", 180)
    assert (found["Sam"].attendance, found["Sam"].minutes) == ("late", 20)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Name,Minutes\nSomebody,20\n", "Somebody (2)"),
        ("Name,Minutes\nLena,²\n", "Lena (2)"),
        ("Who,When\nLena,20\n", "a column “Name” and a column “Minutes”"),
    ],
)
def test_a_list_that_does_not_fit_notes_nothing_and_says_why(
    live, lena, tia, now, text, said
):
    seat(live, lena, now)
    hold_it(live, now)
    assert said in noted_from(tia, live, text)
    assert live.registrations.get().attendance == ""


def test_the_host_notes_on_the_page_who_was_there(live, lena, tia, now):
    one = seat(live, lena, now)
    hold_it(live, now)
    told = {
        "form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": one.pk,
        "form-0-attendance": "late", "form-0-minutes": "",
    }  # fmt: skip
    shown = post(tia, "live_attendance", live, **told)
    assert "For how many minutes were they there?" in shown.content.decode()
    post(tia, "live_attendance", live, **told | {"form-0-minutes": 180})
    assert TrainingRecord.objects.filter(person=lena).exists()


def test_materials_are_for_whoever_had_a_seat_afterwards(live, lena, sam, now):
    seat(live, lena, now)
    live.materials = "Slides: https://slides.example.org/gps"
    live.save()
    address = reverse("lms_content:live_detail", args=[live.pk])
    assert "Slides" not in signed_in(lena).get(address).content.decode()
    hold_it(live, now)
    assert "Slides" in signed_in(lena).get(address).content.decode()
    assert "Slides" not in signed_in(sam).get(address).content.decode()


def test_the_list_costs_no_query_more_for_more_trainings(
    live, lena, now, assert_queries_do_not_grow
):
    client = signed_in(lena)

    def add() -> None:
        for _n in range(5):
            LiveTraining.objects.create(
                training=live.training,
                host=live.host,
                starts_at=live.starts_at,
                ends_at=live.ends_at,
            )

    assert_queries_do_not_grow(
        lambda: client.get(reverse("lms_content:live_list")), add
    )


def test_the_training_team_schedules_in_the_admin(live, tia, client: Client):
    tia.user.is_superuser = True
    tia.user.save()
    client.force_login(tia.user)
    edit = client.get(reverse("lms_live_trainings:edit", args=[live.pk]))
    assert edit.status_code == 200
    assert "Registration" not in edit.content.decode()
