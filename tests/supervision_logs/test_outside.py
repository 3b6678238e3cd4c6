"""A supervisor without an account confirms one session, by a link."""

import datetime
import re

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from lms import outbox
from lms.models import AuditEntry, OneTimeCode, Person
from supervision_logs import actions
from supervision_logs.models import Attendance, CreditGoal, CreditRule
from supervision_logs.models import OutsideConfirmation as Confirmation
from supervision_logs.reports import credit_of, statement_of
from tests.conftest import TODAY
from tests.factories import supervise

from .conftest import NOVEMBER, address, page, signed_in
from .test_log_sheet import taken

AS = {"confirmed_as": "Ivy Outside, LICSW 12345"}


@pytest.fixture
def ivy(lena):
    ivy = Person.objects.create(full_name="Ivy Outside", email="ivy@clinic.test")
    supervise(ivy, lena.staff_members.get(), scope="clinical", kind="outside")
    return ivy


@pytest.fixture
def session(meet, lena, ivy):
    return meet(given_by=ivy, by=lena, words={"summary": "About boundaries."})


def ask(lena, session) -> str:
    """Lena asks; the address in the letter."""
    answer = signed_in(lena).post(address("outside_ask", session.pk), follow=True)
    assert "on its way" in answer.content.decode()
    outbox.drain()
    letter = mail.outbox[-1]
    assert letter.to == ["ivy@clinic.test"]
    return re.search(r"/supervision/outside/[^/\s]+/", letter.body)[0]


def test_the_link_shows_one_sessions_day_and_minutes_and_no_words(session, lena):
    link = ask(lena, session)
    answer = Client().get(link)
    read = answer.content.decode()
    assert "Tue 24 Nov 2026" in read
    assert "60" in read
    assert "About boundaries." not in read
    assert answer["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer["Cache-Control"]


def test_it_confirms_once_and_both_sides_read_it(session, lena):
    link = ask(lena, session)
    assert "Thank you" in Client().post(link, AS).content.decode()
    confirmed = Confirmation.objects.get()
    assert (confirmed.version_number, confirmed.confirmed_as) == (1, AS["confirmed_as"])
    for again in (Client().post(link, AS), Client().get(link)):
        assert again.status_code == 404
        assert "This link is over" in again.content.decode()
    assert "LICSW 12345" in page(signed_in(lena), "session_detail", session.pk)
    acts = AuditEntry.objects.values_list("act", flat=True)
    assert {"supervision.outside_asked", "supervision.outside_confirmed"} <= set(acts)


def test_without_a_name_nothing_is_confirmed(session, lena):
    link = ask(lena, session)
    assert Client().post(link, {"confirmed_as": " "}).status_code == 200
    assert not Confirmation.objects.confirmed().exists()
    assert Client().get(link).status_code == 200


def test_what_is_said_anew_cannot_be_confirmed_by_the_earlier_link(session, lena, at):
    link = ask(lena, session)
    told = actions.Told(
        {"held_on": TODAY, "minutes": 90}, {lena.staff_members.get(): None}
    )
    actions.amend_session(session=session, expected=1, told=told, by=lena, at=at)
    assert Client().post(link, AS).status_code == 404
    assert not Confirmation.objects.confirmed().exists()
    assert Client().post(ask(lena, session), AS).status_code == 200
    assert Confirmation.objects.confirmed().get().version_number == 2


def test_a_newer_link_ends_the_one_before_and_days_end_it_too(session, lena):
    first, second = ask(lena, session), ask(lena, session)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    OneTimeCode.objects.update(
        expires_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    )
    assert Client().get(second).status_code == 404


def test_who_has_an_account_confirms_with_it_and_gets_no_link(meet, lena, sam, at):
    meet()
    attendance = Attendance.objects.get()
    with pytest.raises(ValidationError, match="has an account"):
        actions.ask_outside(attendance=attendance, by=lena, at=at)
    answer = signed_in(lena).post(
        address("outside_ask", attendance.version.session_id), follow=True
    )
    assert "has an account" in answer.content.decode()
    assert not OneTimeCode.objects.exists()


def test_nobody_confirms_their_own_by_an_address_of_theirs(session, lena, ivy, at):
    ivy.email = lena.user.email.upper()
    ivy.save()
    with pytest.raises(ValidationError, match="Ask your director"):
        actions.ask_outside(attendance=Attendance.objects.get(), by=lena, at=at)


def test_nobody_else_asks(session, lena, sam, dina):
    for somebody in (sam, dina):
        answer = signed_in(somebody).post(address("outside_ask", session.pk))
        assert answer.status_code == 404


def test_it_counts_as_the_supervisors_side(session, lena, ivy, at):
    rule = CreditRule.objects.get(key="icrc-peer-recovery")
    goal = CreditGoal.objects.create(person=lena, rule=rule, turned_on_at=at)
    Client().post(ask(lena, session), AS)
    assert credit_of(goal, TODAY)[0].counted == 0
    pair = {"staff_member": lena.staff_members.get(), "supervisor": ivy}
    seen = statement_of(**pair, month=NOVEMBER).statement.seen
    actions.confirm_statement(**pair, month=NOVEMBER, seen=seen, by=lena, at=at)
    assert credit_of(goal, TODAY)[0].counted == 60
    table = taken(signed_in(lena), "csv").content.decode()
    assert "from outside by Ivy Outside, LICSW 12345" in table


def test_links_are_not_tried_without_end(db):
    link = reverse("lms_supervision_logs:outside_confirm", args=["AAAAA-BBBBB"])
    answers = {Client().get(link).status_code for _try in range(125)}
    assert answers == {404, 429}
