"""Our hour, and asking for time."""

import datetime

from django.urls import reverse
from django.utils import timezone

from lms.models import AuditEntry
from supervision_logs import actions
from supervision_logs.models import (
    AgendaItem,
    FollowUp,
    SessionVersion,
    StandingHour,
    TimeAsked,
)
from tests.conftest import TODAY
from tests.factories import complete, supervise

from .conftest import address, page, signed_in

CALL = address("who_to_call")


def test_both_write_on_one_agenda_and_self_care_is_always_on_it(pair, lena, sam):
    assert "looking after yourself" in page(signed_in(sam), "our_hour", *pair)
    signed_in(lena).post(address("agenda_add", *pair), {"agenda-text": "Boundaries"})
    assert "Boundaries" in page(signed_in(sam), "our_hour", *pair)
    signed_in(sam).post(address("agenda_settle", AgendaItem.objects.get().pk))
    assert AgendaItem.objects.get().talked_about_on == TODAY
    assert "Boundaries" not in page(signed_in(lena), "our_hour", *pair)


def test_what_was_typed_is_not_lost_where_it_does_not_fit(pair, lena):
    answer = signed_in(lena).post(
        address("agenda_add", *pair), {"agenda-text": "x" * 301}
    )
    assert "x" * 301 in answer.content.decode()


def test_follow_ups_have_an_owner_and_a_day(pair, lena, sam):
    told = {"follow-text": "Bring the form", "follow-owner": sam.pk}
    told["follow-due_on"] = "2026-12-01"
    signed_in(lena).post(address("follow_up_add", *pair), told)
    row = FollowUp.objects.get()
    assert (row.owner, row.due_on) == (sam, datetime.date(2026, 12, 1))
    assert "by 1 Dec" in page(signed_in(sam), "our_hour", *pair)
    signed_in(sam).post(address("follow_up_done", row.pk))
    assert FollowUp.objects.open().count() == 0


def test_nobody_else_can_own_a_follow_up(pair, lena, dina):
    told = {"follow-text": "x", "follow-owner": dina.pk}
    signed_in(lena).post(address("follow_up_add", *pair), told)
    assert not FollowUp.objects.exists()


def test_another_standing_hour_ends_the_one_before(pair, lena, sam):
    client = signed_in(sam)
    told = {"weekday": "1", "begins_at": "10:00", "minutes": "60", "mode": "video"}
    client.post(address("standing_hour", *pair), told)
    StandingHour.objects.update(starts_on=TODAY - datetime.timedelta(days=30))
    client.post(address("standing_hour", *pair), {**told, "weekday": "3"})
    before, now = StandingHour.objects.order_by("pk")
    assert (before.ends_on, now.starts_on) == (datetime.date(2026, 11, 23), TODAY)
    assert "Next: Thu 26 Nov, 10:00" in page(signed_in(lena), "our_hour", *pair)
    client.post(address("standing_hour", *pair), {"none": "1"})
    assert not StandingHour.objects.current().exists()


def test_lines_to_sign_stand_side_by_side_and_are_signed_from_there(pair, lena, sam):
    [completion] = complete(lena, "OB-01")
    answer = signed_in(sam).get(address("our_hour", *pair))
    [(item, seen)] = answer.context["to_sign"]
    signed_in(sam).post(
        reverse("lms_competencies:sign_off"), {"sign": f"{completion.pk}:{seen}"}
    )
    item.refresh_from_db()
    assert item.progress == "complete"


def test_the_person_sees_which_lines_wait(pair, lena):
    [completion] = complete(lena, "OB-01")
    read = page(signed_in(lena), "our_hour", *pair)
    assert str(completion.topic) in read
    assert "Sign what is chosen" not in read


def test_a_stand_in_has_an_hour_of_their_own_and_reads_nothing_of_the_other(
    pair, lena, sam, ben
):
    signed_in(lena).post(address("agenda_add", *pair), {"agenda-text": "Boundaries"})
    own = [pair[0], ben.pk]
    assert "Boundaries" not in page(signed_in(ben), "our_hour", *own)
    assert signed_in(ben).get(address("our_hour", *pair)).status_code == 404


def test_a_new_supervisor_begins_anew(pair, lena, sam, ben):
    signed_in(lena).post(address("agenda_add", *pair), {"agenda-text": "Boundaries"})
    sam.supervises.update(ends_on=TODAY - datetime.timedelta(days=1))
    supervise(ben, lena.staff_members.get(), scope="reflective", starts_on=TODAY)
    assert signed_in(sam).get(address("our_hour", *pair)).status_code == 404
    assert "Boundaries" not in page(signed_in(ben), "our_hour", pair[0], ben.pk)
    assert "Boundaries" in page(signed_in(lena), "our_hour", *pair)


def test_the_other_reading_it_is_told(pair, lena, sam):
    page(signed_in(sam), "our_hour", *pair)
    page(signed_in(lena), "our_hour", *pair)
    opened = AuditEntry.objects.get(act="our_hour.opened")
    assert (opened.actor, opened.about) == (sam, lena)


def test_asking_for_time_reaches_the_supervisor_once_and_says_nothing(lena, sam, ben):
    client = signed_in(lena)
    assert "Not for emergencies" in client.get(CALL).content.decode()
    for _tap in range(3):
        client.post(address("ask_for_time"))
    assert TimeAsked.objects.count() == 1
    assert "Ask for time" not in client.get(CALL).content.decode()
    for somebody in (sam, ben):
        read = signed_in(somebody).get("/").content.decode()
        assert "Would like time this week" in read
    assert "would like time this week" in page(signed_in(sam), "supervision")


def test_once_they_met_nobody_waits_any_more(lena, sam, pair):
    signed_in(lena).post(address("ask_for_time"))
    client = signed_in(lena)
    told = {"held_on": TODAY.isoformat(), "mode": "phone", "occasion": "on_demand"}
    client.post(address("session_log", *pair), {**told, "minutes": "20"})
    version = SessionVersion.objects.get()
    assert (version.minutes, version.occasion) == (20, "on_demand")
    assert not TimeAsked.objects.waiting(timezone.now()).exists()


def test_one_tap_after_a_call_logs_it(lena, sam):
    read = signed_in(lena).get(CALL).content.decode()
    for minutes in (10, 20, 40):
        assert f'name="minutes" value="{minutes}"' in read


def test_a_wish_for_time_is_over_after_a_week(lena, sam):
    later = timezone.now() + datetime.timedelta(days=8)
    actions.ask_for_time(staff_member=lena.staff_members.get(), at=timezone.now())
    assert not TimeAsked.objects.waiting(later).exists()


def test_without_a_supervisor_the_wish_says_what_to_do(olu):
    answer = signed_in(olu).post(address("ask_for_time"), follow=True)
    assert "Ask your director" in answer.content.decode()
    assert not TimeAsked.objects.exists()
