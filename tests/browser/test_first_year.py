"""A supervisor runs a whole first year for one person, with the clock moved."""

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from competencies.models import PhaseCompletion, PlanItem
from lms.models import Person
from tests.conftest import TODAY
from tests.factories import complete, line

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable:
    """Move the clock: ``on(2027, 2, 10)``."""
    today, real = [TODAY], timezone.localdate

    def localdate(value: object = None, timezone: object = None) -> datetime.date:
        return real(value, timezone) if value else today[0]

    monkeypatch.setattr(timezone, "localdate", localdate)

    def move(*day: int) -> datetime.date:
        today[0] = datetime.date(*day)
        return today[0]

    return move


def codes_of(somebody: Person, phase: str) -> list[str]:
    lines = PlanItem.objects.filter(person=somebody, requirement__phase__key=phase)
    return list(lines.required().unsettled().values_list("topic__code", flat=True))


def finish_and_sign(
    visit: Callable, lena: Person, sam: Person, phase: str, day: datetime.date
) -> None:
    codes = codes_of(lena, phase)
    complete(lena, *codes, on=day)
    sign_all(visit, sam, len(codes))


def sign_all(visit: Callable, sam: Person, count: int) -> None:
    page = visit(sam, "/team/sign-off/")
    page.get_by_label("Select all").check()
    page.get_by_role("button", name=f"Sign {count}").click()
    expect(page.get_by_text("Nothing waits for your signature")).to_be_visible()


def fill_and_send(page: Page, values: dict[str, str], button: str) -> None:
    for label, value in values.items():
        page.get_by_label(label).first.fill(value)
    page.get_by_role("button", name=button).click()


def look_at_it_together(visit: Callable, lena: Person, sam: Person) -> None:
    plan = f"/plan/{lena.staff_members.get().pk}"
    page = visit(sam, f"{plan}/reviews/")
    told = {
        "When did you look at the plan?": "2026-11-06",
        "When will you look again?": "2026-12-18",
    }
    fill_and_send(page, told, "Note it")
    page = visit(lena, f"{plan}/reviews/")
    page.get_by_role("button", name="That's right").click()
    expect(page.get_by_text("Noted by Sam, confirmed by Lena")).to_be_visible()


def name_the_first_day(visit: Callable, lena: Person, sam: Person) -> None:
    address = f"/plan/{lena.staff_members.get().pk}/before-families/"
    page = visit(sam, address)
    fill_and_send(page, {"The first day": "2026-12-07"}, "We talked, this is the day")
    page = visit(lena, address)
    page.get_by_role("button", name="Yes, 7 Dec 2026").click()
    expect(page.get_by_role("heading", name="7 Dec")).to_be_visible()


def agree_on_a_date(visit: Callable, lena: Person, sam: Person) -> None:
    page = visit(sam, "/team/")
    expect(page.get_by_text("look at together").first).to_be_visible()
    page = visit(sam, f"/plan/items/{line(lena, 'M3-01').pk}/")
    told = {"Date you agreed on": "2027-03-12", "Reason": "After the move"}
    fill_and_send(page, told, "Save date")
    page = visit(lena, "/plan/")
    expect(page.get_by_text("aim for 12 Mar").first).to_be_visible()


def pause(visit: Callable, dina: Person, lena: Person) -> None:
    page = visit(dina, f"/staff/{lena.staff_members.get().pk}/pause/")
    fill_and_send(page, {"First day": "2027-02-15", "Last day": "2027-03-06"}, "Save")


def test_a_supervisor_runs_a_first_year(visit, on, lena, sam, dina):
    on(2026, 11, 6)
    look_at_it_together(visit, lena, sam)

    finish_and_sign(visit, lena, sam, "orientation", on(2026, 11, 27))
    name_the_first_day(visit, lena, sam)

    on(2027, 2, 10)
    agree_on_a_date(visit, lena, sam)
    before = line(lena, "M6-01").due_on
    pause(visit, dina, lena)
    assert line(lena, "M6-01").due_on == before + datetime.timedelta(days=20)
    assert line(lena, "M3-01").agreed_on == datetime.date(2027, 3, 12)
    finish_and_sign(visit, lena, sam, "three_months", on(2027, 3, 10))

    page = visit(sam, f"/plan/items/{line(lena, 'M6-03').pk}/")
    page.get_by_role("heading", name="Not needed?").click()
    card = page.locator("section", has=page.get_by_role("heading", name="Not needed?"))
    card.get_by_label("covered by earlier learning").check()
    card.get_by_label("Reason").fill("She taught it for years")
    card.get_by_role("button", name="Save").click()
    finish_and_sign(visit, lena, sam, "six_months", on(2027, 5, 20))

    finish_and_sign(visit, lena, sam, "first_year", on(2027, 10, 28))
    assert PhaseCompletion.objects.filter(person=lena).count() == 4

    mandated = line(lena, "OB-03")
    assert mandated.renew_on
    complete(lena, "OB-03", on=on(2027, 11, 8))
    sign_all(visit, sam, 1)
    page = visit(lena, f"/plan/items/{mandated.pk}/")
    for day in ("27 Nov 2026", "8 Nov 2027"):
        expect(page.get_by_text(day).first).to_be_visible()
    assert line(lena, "OB-03").renew_on > mandated.renew_on
    page = visit(lena, "/plan/")
    expect(page.get_by_text("The first year is behind you")).to_be_visible()
