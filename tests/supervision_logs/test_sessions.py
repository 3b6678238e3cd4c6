"""Logging a session: by either of two, once, and never edited away."""

import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from lms.models import AuditEntry
from supervision_logs import actions
from supervision_logs.models import (
    Attendance,
    SessionRemark,
    SessionVersion,
    SupervisionSession,
    Theme,
)
from tests.conftest import TODAY
from tests.factories import employ, person, supervise

from .conftest import address, page, signed_in

SAID = {
    "held_on": "2026-11-23",
    "minutes": "45",
    "mode": "video",
    "occasion": "planned",
}


def send(client, name, *args, **told):
    return client.post(address(name, *args), {**SAID, **told}, follow=True)


@pytest.mark.parametrize("who", ["lena", "sam"])
def test_either_of_two_logs_it_and_both_read_it(who, pair, lena, sam, cast):
    writer, reader = (lena, sam) if who == "lena" else (sam, lena)
    send(signed_in(writer), "session_log", *pair, summary="What came easily.")
    version = SessionVersion.objects.get()
    assert (version.minutes, version.mode) == (45, "video")
    assert (version.time_zone, version.origin) == ("America/New_York", "logged")
    assert version.logged_by == writer
    read = page(signed_in(reader), "session_detail", version.session_id)
    assert "What came easily." in read
    assert f"by {writer}" in read


def test_the_usual_hour_is_two_taps(pair, lena, sam, at):
    values = {"weekday": 0, "begins_at": datetime.time(10), "minutes": 60}
    actions.set_standing_hour(
        staff_member=lena.staff_members.get(), supervisor=sam, values=values,
        on=datetime.date(2026, 11, 2),
    )  # fmt: skip
    client = signed_in(sam)
    answer = client.get(address("our_hour", *pair))
    usual = answer.context["usual"]
    told = {
        "form_key": usual.form_key, "held_on": usual.held_on,
        "minutes": usual.minutes, "mode": usual.mode, "occasion": "planned",
    }  # fmt: skip
    client.post(address("session_log", *pair), told)
    version = SessionVersion.objects.get()
    assert version.held_on == datetime.date(2026, 11, 23)
    assert (version.minutes, version.format) == (60, "individual")
    assert "23 Nov is logged." in page(client, "our_hour", *pair)


def test_a_second_tap_logs_nothing(pair, sam):
    client, key = signed_in(sam), str(uuid.uuid4())
    for _tap in range(3):
        send(client, "session_log", *pair, form_key=key)
    assert SupervisionSession.objects.count() == SessionVersion.objects.count() == 1


def test_parts_by_purpose_add_up_to_the_session(pair, sam):
    client = signed_in(sam)
    answer = send(client, "session_log", *pair, reflective_minutes="30")
    assert "The parts come to 30 minutes, the session to 45." in answer.content.decode()
    parts = {"reflective_minutes": "30", "administrative_minutes": "15"}
    send(client, "session_log", *pair, **parts)
    assert SessionVersion.objects.get().purposes == [
        ("reflective", 30),
        ("administrative", 15),
    ]


def test_the_database_holds_what_is_true_of_minutes(meet):
    for wrong in (
        {"minutes": 0},
        {"minutes": 60, "clinical_minutes": 20},
        {"minutes": 60, "state": "not_held"},
        {"minutes": 0, "state": "moved"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            meet(**wrong)


def test_a_day_to_come_or_without_a_tie_is_not_logged(pair, sam):
    client = signed_in(sam)
    for day, said in [("2026-11-25", "still to come"), ("2026-10-30", "not noted")]:
        answer = send(client, "session_log", *pair, held_on=day)
        assert said in answer.content.decode()
    assert not SupervisionSession.objects.exists()


def test_back_entry_needs_a_reason_up_to_90_days(pair, lena, sam):
    lena.staff_members.get().supervision_ties.update(starts_on="2026-01-01")
    client = signed_in(sam)
    answer = send(client, "session_log", *pair, held_on="2026-09-01")
    assert "Choose the reason." in answer.content.decode()
    send(client, "session_log", *pair, held_on="2026-09-01", because="paper")
    assert SessionVersion.objects.get().origin == "late"
    send(client, "session_log", *pair, held_on="2026-03-02")
    assert SessionVersion.objects.filter(origin="imported").count() == 1


def test_a_late_session_without_a_reason_is_refused_by_the_action(meet):
    with pytest.raises(ValidationError):
        meet(on=TODAY - datetime.timedelta(days=30))


def test_nobody_supervises_themselves(meet, sam):
    with pytest.raises(ValidationError):
        meet(roster={sam.staff_members.get(): None})


def test_what_is_said_anew_is_a_further_version_and_the_earlier_stays(meet, lena):
    session = meet(words={"summary": "First."})
    client = signed_in(lena)
    told = {"version": 1, "summary": "Then.", "themes": ["Boundaries"]}
    send(client, "session_change", session.pk, **told)
    first, second = session.versions.order_by("number")
    assert (first.minutes, second.minutes) == (60, 45)
    assert [each.summary for each in Attendance.objects.order_by("pk")] == [
        "First.",
        "Then.",
    ]
    assert Attendance.objects.current().get().themes == ["Boundaries"]
    read = page(client, "session_detail", session.pk)
    assert "Version 1, by Sam" in read
    assert "Version 2, by Lena" in read
    assert AuditEntry.objects.filter(act="supervision.amended").count() == 1


def test_who_changes_what_somebody_changed_meanwhile_is_told(meet, lena, sam):
    session = meet()
    send(signed_in(lena), "session_change", session.pk, version=1)
    answer = send(signed_in(sam), "session_change", session.pk, version=1, minutes="50")
    assert "Somebody changed this session" in answer.content.decode()
    assert "2026-11-23, 45 min" in answer.content.decode()
    assert session.versions.count() == 2


def test_themes_come_from_a_list_the_training_team_keeps(pair, sam):
    assert Theme.objects.filter(kind="component").count() == 5
    Theme.objects.filter(key="boundaries").update(is_offered=False)
    client = signed_in(sam)
    read = page(client, "session_log", *pair)
    assert "Boundaries" not in read
    assert "Parallel process" in read
    answer = send(client, "session_log", *pair, themes=["Made up"])
    assert not SupervisionSession.objects.exists()
    assert answer.status_code == 200


def test_what_somebody_adds_stays_and_the_director_reads_no_words(
    meet, lena, sam, dina
):
    session = meet(words={"summary": "About boundaries."})
    client = signed_in(lena)
    client.post(
        address("session_remark", session.pk),
        {"kind": "off", "text": "It was shorter."},
    )
    assert SessionRemark.objects.get().version_number == 1
    assert "It was shorter." in page(signed_in(sam), "session_detail", session.pk)
    read = page(signed_in(dina), "session_detail", session.pk)
    assert "60 min" in read
    assert "About boundaries." not in read
    assert "It was shorter." not in read


def test_who_no_longer_supervises_reads_no_words(meet, lena, sam):
    session = meet(words={"summary": "About boundaries."})
    yesterday = TODAY - datetime.timedelta(days=1)
    sam.supervises.update(ends_on=yesterday)
    read = page(signed_in(sam), "session_detail", session.pk)
    assert "60 min" in read
    assert "About boundaries." not in read
    assert signed_in(sam).get(address("session_change", session.pk)).status_code == 404


def test_opening_words_is_told_to_the_person(meet, lena, sam):
    session = meet(words={"summary": "x"})
    page(signed_in(lena), "session_detail", session.pk)
    assert not AuditEntry.objects.filter(act="supervision_session.opened").exists()
    page(signed_in(sam), "session_detail", session.pk)
    opened = AuditEntry.objects.get(act="supervision_session.opened")
    assert (opened.actor, opened.about) == (sam, lena)


@pytest.fixture
def nia(northside, sam):
    nia = person("nia")
    supervise(sam, employ(nia, northside, "frss"))
    return nia


def test_a_group_has_everybodys_own_minutes(nia, lena, sam):
    [lenas, nias] = [each.staff_members.get() for each in (lena, nia)]
    told = {
        f"with_{lenas.pk}": "on",
        f"with_{nias.pk}": "on",
        f"minutes_{nias.pk}": "20",
    }
    send(signed_in(sam), "group_log", **told)
    own = {each.person: each.minutes for each in Attendance.objects.all()}
    assert own == {lena: 45, nia: 20}
    assert SessionVersion.objects.get().format == "group"


def test_in_a_group_nobody_but_the_supervisor_sees_who_else_was_there(
    meet, nia, lena, sam
):
    roster = {each.staff_members.get(): None for each in (lena, nia)}
    session = meet(roster=roster, format="group")
    assert "Nia" not in page(signed_in(lena), "session_detail", session.pk)
    assert "Nia" in page(signed_in(sam), "session_detail", session.pk)
    assert signed_in(lena).get(address("session_change", session.pk)).status_code == 404


def test_a_group_is_corrected_by_who_gave_it(meet, nia, lena, sam):
    lenas, nias = (each.staff_members.get() for each in (lena, nia))
    session = meet(roster={lenas: None, nias: 20}, format="group")
    told = {"version": 1, f"with_{lenas.pk}": "on", f"minutes_{lenas.pk}": "30"}
    send(signed_in(sam), "session_change", session.pk, **told)
    assert [(a.person, a.minutes) for a in Attendance.objects.current()] == [(lena, 30)]
    assert Attendance.objects.filter(person=nia).exists()


def test_own_minutes_are_no_longer_than_the_session(nia, sam, lena):
    staff = lena.staff_members.get().pk
    told = {f"with_{staff}": "on", f"minutes_{staff}": "90"}
    answer = send(signed_in(sam), "group_log", **told)
    assert "longer than the session" in answer.content.decode()
    answer = send(signed_in(sam), "group_log")
    assert "Tick who was there." in answer.content.decode()


def test_an_hour_is_moved_or_not_held_and_the_reason_is_the_agencys(pair, sam, lena):
    client = signed_in(sam)
    told = {"held_on": "2026-11-26", "moved_to": "2026-11-27"}
    client.post(address("session_not_held", *pair), told)
    told = {"held_on": "2026-11-17", "not_held_because": "supervisor_away"}
    client.post(address("session_not_held", *pair), told)
    assert {(v.state, v.minutes) for v in SessionVersion.objects.all()} == {
        ("moved", 0),
        ("not_held", 0),
    }
    read = page(signed_in(lena), "our_hour", *pair)
    assert "Moved to Fri 27 Nov" in read
    assert "Not held (supervisor away)" in read


def test_both_a_new_day_and_a_reason_are_one_too_many(pair, sam):
    told = {"held_on": "2026-11-17", "moved_to": "2026-11-18"}
    told |= {"not_held_because": "closed"}
    answer = signed_in(sam).post(address("session_not_held", *pair), told)
    assert "Choose one" in answer.content.decode()


@pytest.mark.parametrize(
    ("day", "zone"),
    [
        (datetime.date(2026, 3, 8), "America/New_York"),  # 23 hours long
        (datetime.date(2026, 11, 1), "America/New_York"),  # 25 hours long
        (datetime.date(2026, 11, 22), "Pacific/Kiritimati"),
    ],
)
def test_an_hour_is_sixty_minutes_on_every_day_and_in_every_zone(
    day, zone, meet, northside
):
    northside.time_zone = zone
    northside.save()
    session = meet(on=day, because="paper")
    version = session.versions.get()
    assert (version.held_on, version.minutes, version.time_zone) == (day, 60, zone)
