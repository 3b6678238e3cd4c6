"""Leaving and moving on a narrow phone: what people see before, on and after the day."""

import datetime

import pytest
from django.utils import timezone

from competencies import actions as engine
from lms import actions
from lms.models import OneTimeCode, Person, StaffMember
from tests.browser.conftest import NARROW
from tests.factories import complete, employ, supervise

pytestmark = pytest.mark.django_db(transaction=True)


def leave(somebody: Person, by: Person, last_day: datetime.date) -> StaffMember:
    staff_member = somebody.staff_members.get()
    actions.note_last_day(
        staff_member=staff_member, last_day=last_day, accesses=[], by=by,
        at=timezone.now(),
    )  # fmt: skip
    return staff_member


def test_pages_of_leaving_are_accessible_and_fit(
    visit, lena, sam, dina, tia, assert_accessible
):
    now, staff_member = timezone.now(), lena.staff_members.get()
    complete(lena, "OB-01")
    actions.ask_for_name(person=lena, name="Lena Berg", at=now)
    reset = actions.ask_for_reset(
        staff_member=staff_member, because="She called.", by=dina, at=now
    )
    here = leave(sam, dina, datetime.date(2026, 12, 4))
    leave(lena, dina, datetime.date(2026, 11, 23))
    for person, address in [
        (sam, "/"),
        (lena, "/"),
        (lena, "/plan/"),
        (dina, "/"),
        (dina, "/staff/"),
        (dina, f"/staff/{here.pk}/leave/"),
        (tia, "/"),
        (tia, f"/resets/{reset.pk}/"),
    ]:
        assert_accessible(visit(person, address, NARROW))
    page = visit(dina, f"/staff/{here.pk}/leave/", NARROW)
    page.get_by_role("button", name="Make a code").click()
    assert_accessible(page)


def test_pages_of_moving_are_accessible_and_fit(
    visit, lena, sam, olu, dina, eastside, assert_accessible
):
    [completion] = complete(lena, "OB-01")
    lines = {completion.pk: engine.seen(completion)}
    engine.sign(signer=sam, lines=lines, at=timezone.now())
    there = employ(lena, eastside, "frss")
    supervise(olu, there)
    assert_accessible(visit(lena, "/", NARROW))
    page = visit(lena, "/plan/bring/", NARROW)
    assert_accessible(page)
    page.get_by_role("button", name="Bring it").click()
    page = visit(olu, f"/team/{there.pk}/transcript/", NARROW)
    assert_accessible(page)
    page.get_by_label("Select all").check()
    page.get_by_role("button", name="Sign 1").click()
    assert_accessible(page)


def test_pages_behind_links_are_accessible_and_fit(visit, lena, assert_accessible):
    now = timezone.now()
    until = now + datetime.timedelta(days=1)
    for purpose, address in [
        ("private_email", "/way-back/{}/"),
        ("new_factor", "/accounts/new-factor/{}/"),
    ]:
        code = OneTimeCode.objects.create(
            person=lena, purpose=purpose, made_at=now, expires_at=until
        )
        assert_accessible(visit(None, address.format(code.draw()), NARROW))
