"""A month, confirmed by both in one look."""

import datetime
import re

import pytest
from django.test import Client

from lms.dashboard import unsettled
from lms.models import AuditEntry, Person
from supervision_logs import actions
from supervision_logs.models import MonthlyConfirmation, SessionVersion
from supervision_logs.reports import statement_of
from tests.conftest import TODAY
from tests.factories import employ, person, supervise

from .conftest import NOVEMBER, address, page, signed_in

OCTOBER = datetime.date(2026, 10, 1)


@pytest.fixture
def month(pair):
    return [*pair, 2026, 11]


def confirm(client: Client, month: list[int], seen: str):
    return client.post(
        address("statement_confirm", *month), {"seen": seen}, follow=True
    )


def seen_by(client: Client, month: list[int]) -> str:
    return re.search(r'name="seen" value="([^"]*)"', page(client, "statement", *month))[
        1
    ]


def test_both_confirm_with_one_tap_each_and_both_see_it(meet, month, lena, sam):
    meet(on=datetime.date(2026, 11, 12))
    meet(on=datetime.date(2026, 11, 10), minutes=45, by=lena)
    for somebody in (lena, sam):
        client = signed_in(somebody)
        answer = confirm(client, month, seen_by(client, month))
        assert "Confirmed." in answer.content.decode()
    assert {(c.by, c.minutes) for c in MonthlyConfirmation.objects.all()} == {
        (lena, 105),
        (sam, 105),
    }
    read = page(signed_in(lena), "statement", *month)
    assert "2 held, 105 min in all" in read
    assert "Sam confirmed it" in read
    assert "Lena confirmed it" in read
    assert "That&#x27;s right" not in read
    assert AuditEntry.objects.filter(act="supervision.month_confirmed").count() == 2


def test_many_taps_make_one_confirmation(meet, month, lena):
    meet()
    client = signed_in(lena)
    seen = seen_by(client, month)
    for _tap in range(5):
        confirm(client, month, seen)
    assert MonthlyConfirmation.objects.count() == 1
    assert AuditEntry.objects.filter(act="supervision.month_confirmed").count() == 1


def test_a_stale_look_confirms_nothing_and_shows_the_difference(
    meet, month, lena, sam, at
):
    session = meet()
    client = signed_in(lena)
    seen = seen_by(client, month)
    told = actions.Told(
        {"held_on": TODAY, "minutes": 30}, {lena.staff_members.get(): None}
    )
    actions.amend_session(session=session, expected=1, told=told, by=sam, at=at)
    meet(on=datetime.date(2026, 11, 17))
    answer = confirm(client, month, seen).content.decode()
    assert not MonthlyConfirmation.objects.exists()
    assert "Was: 24 Nov 2026, 60 min. Is now: 24 Nov 2026, 30 min" in answer
    assert "New: 17 Nov 2026, 60 min" in answer
    confirm(client, month, seen_by(client, month))
    assert MonthlyConfirmation.objects.get().minutes == 90


def test_what_is_amended_asks_both_anew_and_the_first_confirmation_stays(
    meet, month, pair, lena, sam, at
):
    session = meet()
    staff_member = lena.staff_members.get()
    client = signed_in(lena)
    confirm(client, month, seen_by(client, month))
    told = {"version": 1, "held_on": "2026-11-24", "minutes": "50"}
    told |= {"mode": "phone", "occasion": "planned"}
    answer = client.post(address("session_change", session.pk), told)
    assert "Choose the reason." in answer.content.decode()
    client.post(address("session_change", session.pk), {**told, "because": "slip"})
    assert session.versions.count() == 2
    statement = statement_of(staff_member, sam, NOVEMBER)
    assert statement.own is None
    assert statement.has_changed_since
    assert MonthlyConfirmation.objects.get().versions == [[session.pk, 1]]
    assert "It changed after somebody confirmed it." in page(
        client, "statement", *month
    )


def test_nobody_confirms_for_the_other(meet, month, lena, sam, cast):
    meet()
    seen = seen_by(signed_in(lena), month)
    for who in ("dina", "ben", "olu", "tia"):
        client = Client()
        client.force_login(cast[who])
        assert client.post(address("statement_confirm", *month)).status_code == 404
    confirm(signed_in(sam), month, seen)
    assert MonthlyConfirmation.objects.get().by == sam


def test_an_empty_month_cannot_be_confirmed(month, lena):
    confirm(signed_in(lena), month, "")
    assert not MonthlyConfirmation.objects.exists()


def test_what_is_imported_is_confirmed_by_nobody(meet, pair, lena):
    meet(on=datetime.date(2026, 3, 3))
    read = page(signed_in(lena), "statement", *pair, 2026, 3)
    assert "Nothing is logged in this month." in read
    assert "imported, not attested" in page(signed_in(lena), "my_log")


def team_of(sam: Person, northside, size: int) -> list[Person]:
    team = [person(f"frss{number}") for number in range(size)]
    for each in team:
        supervise(sam, employ(each, northside, "frss"), starts_on=OCTOBER)
    return team


def test_a_supervisor_of_four_confirms_a_month_in_eight_taps(meet, sam, northside):
    for each in team_of(sam, northside, 4):
        for day in (6, 13, 20, 27):
            meet(
                on=datetime.date(2026, 10, day),
                roster={each.staff_members.get(): None},
                because="paper",
            )
    client, taps = signed_in(sam), 2  # Supervision, and Look at it
    assert "4 months to look at" in page(client, "supervision")
    read = page(client, "month", 2026, 10)
    forms = re.findall(
        r'action="([^"]+confirm/)".*?name="seen" value="([^"]+)"', read, re.S
    )
    for action, seen in forms:
        client.post(action, {"seen": seen})
        taps += 1
    assert MonthlyConfirmation.objects.count() == 4
    assert taps <= 8
    assert "months to look at" not in page(client, "supervision")


def test_the_month_to_look_at_is_the_last_one_while_something_waits(
    meet, lena, sam, pair
):
    sam.supervises.update(starts_on=OCTOBER)
    client = signed_in(lena)
    answer = client.get(address("this_month"))
    assert answer.url == address("month", 2026, 11)
    meet(on=datetime.date(2026, 10, 6), because="paper")
    answer = client.get(address("this_month"))
    assert answer.url == address("month", 2026, 10)


@pytest.mark.parametrize("when", [(2026, 13), (2026, 0), (1999, 1), (2099, 1)])
def test_a_month_that_is_none_is_not_found(when, month, lena):
    client = signed_in(lena)
    assert client.get(address("month", *when)).status_code == 404
    assert client.get(address("statement", *month[:2], *when)).status_code == 404


def test_nonsense_in_the_address_changes_nothing(meet, month, lena):
    meet()
    read = page(signed_in(lena), "statement", *month, seen="'; drop")
    assert "What changed" not in read


def test_who_leaves_is_shown_every_hour_they_have_not_confirmed(
    meet, month, sam, lena, dina, rf
):
    meet()
    request = rf.get("/")
    request.user = sam.user
    [open_hours] = [
        each
        for each in unsettled(request, sam.staff_members.get())
        if "supervision" in each.what
    ]
    assert open_hours.what == (
        "November 2026: supervision of Lena with Sam waits to be confirmed"
    )
    confirm(signed_in(sam), month, seen_by(signed_in(sam), month))
    assert not [
        each
        for each in unsettled(request, sam.staff_members.get())
        if "supervision" in each.what
    ]


def test_who_has_left_still_confirms_what_they_gave(meet, month, sam, lena):
    meet(on=datetime.date(2026, 11, 17))
    yesterday = TODAY - datetime.timedelta(days=1)
    sam.supervises.update(ends_on=yesterday)
    client = signed_in(sam)
    assert client.get(address("our_hour", *month[:2])).status_code == 404
    confirm(client, month, seen_by(client, month))
    assert MonthlyConfirmation.objects.get().by == sam
    assert SessionVersion.objects.count() == 1


def test_pages_cost_the_same_however_many_sessions_and_people(
    meet, sam, lena, northside, pair, assert_queries_do_not_grow
):
    team_of(sam, northside, 1)
    meet()
    client, lenas = signed_in(sam), signed_in(lena)

    def more() -> None:
        for number in range(3):
            each = person(f"more{number}")
            supervise(sam, employ(each, northside, "frss"))
            for day in (3, 17, 24):
                meet(
                    on=datetime.date(2026, 11, day),
                    roster={each.staff_members.get(): None},
                    because="paper",
                )
                meet(on=datetime.date(2026, 11, day), because="paper")

    def load() -> None:
        for name, args in [
            ("supervision", []), ("month", [2026, 11]), ("statement", [*pair, 2026, 11]),
            ("our_hour", pair), ("group_log", []),
        ]:  # fmt: skip
            page(client, name, *args)
        page(client, "my_log", side="given")
        page(lenas, "my_log")

    assert_queries_do_not_grow(load, more)
