"""A month of supervision, run by two people: one at a desk, one on a phone."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lms.models import Person
from supervision_logs.models import MonthlyConfirmation, SessionVersion
from tests.browser.conftest import NARROW
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db(transaction=True)
DESK = {"width": 1280, "height": 800}


def hour(lena: Person, sam: Person) -> str:
    return f"/supervision/{lena.staff_members.get().pk}/{sam.pk}/"


def open_hour(page: Page, other: str) -> None:
    page.get_by_role("link", name=re.compile(f"Our hour.*{other}")).click()


def agree_beforehand(visit: Callable, lena: Person, sam: Person) -> None:
    desk = visit(sam, "/supervision/", DESK)
    open_hour(desk, "Lena")
    desk.get_by_role("link", name="Agree on one").click()
    desk.get_by_label("Day").select_option("Tuesday")
    desk.get_by_label("Time").fill("10:00")
    desk.get_by_role("button", name="Agree on this").click()
    phone = visit(lena, hour(lena, sam))
    expect(phone.get_by_text("Next: Tue 24 Nov, 10:00")).to_be_visible()
    phone.get_by_label("I want to talk about").fill("Saying no kindly")
    phone.get_by_role("button", name="Add", exact=True).click()
    desk.reload()
    expect(desk.get_by_text("Saying no kindly", exact=True)).to_be_visible()


def log_three(visit: Callable, lena: Person, sam: Person) -> None:
    """The usual hour with two taps, another by the form, one that was not held."""
    phone = visit(lena, "/supervision/")
    open_hour(phone, "Sam")
    phone.get_by_role("button", name="We met: log it").click()
    expect(phone.get_by_text("24 Nov is logged.")).to_be_visible()
    desk = visit(sam, hour(lena, sam), DESK)
    desk.get_by_role("link", name="Log something else").click()
    desk.get_by_label("Day").fill("2026-11-17")
    desk.get_by_label("Minutes", exact=True).fill("45")
    desk.get_by_text("More, if you like").click()
    desk.get_by_label("Boundaries").check()
    desk.get_by_role("button", name="Log it").click()
    desk.get_by_role("link", name="Moved or not held").click()
    desk.get_by_label("Which day it would have been").fill("2026-11-10")
    desk.get_by_label("supervisor away").check()
    desk.get_by_role("button", name="Note it").click()
    expect(desk.get_by_text("Not held (supervisor away)")).to_be_visible()
    assert SessionVersion.objects.count() == 3


def confirm_both(visit: Callable, lena: Person, sam: Person) -> None:
    """Lena corrects what Sam has confirmed already; then both confirm what stands."""
    month = f"{hour(lena, sam)}2026/11/"
    desk = visit(sam, month, DESK)
    desk.get_by_role("button", name="That's right").click()
    phone = visit(lena, month)
    phone.get_by_role("link", name=re.compile("Tue 17 Nov 2026")).click()
    phone.get_by_role("link", name="Correct it").click()
    phone.get_by_label("Minutes", exact=True).fill("50")
    phone.get_by_role("button", name="Save as it was").click()
    expect(phone.get_by_role("alert")).to_contain_text("Choose the reason.")
    phone.get_by_label("Why later").select_option(label="A date or number was mistyped")
    phone.get_by_role("button", name="Save as it was").click()
    for page in (visit(lena, month), visit(sam, month, DESK)):
        expect(
            page.get_by_text("It changed after somebody confirmed it.")
        ).to_be_visible()
        page.get_by_role("button", name="That's right").click()
    assert sorted(row.minutes for row in MonthlyConfirmation.objects.all()) == [
        105,
        110,
        110,
    ]


def print_the_log(visit: Callable, lena: Person) -> None:
    phone = visit(lena, "/supervision/log/")
    expect(phone.get_by_text("110 min held in all")).to_be_visible()
    phone.get_by_role("link", name="Print or keep").click()
    phone.get_by_label("Themes, as general content").check()
    with phone.expect_download() as download:
        phone.get_by_role("button", name="Table (CSV)").click()
    text = download.value.path().read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert sum(int(row["Minutes"]) for row in rows) == 110
    assert {row["Confirmed"] for row in rows} == {"by both"}
    phone.get_by_role("button", name="Page to print").click()
    expect(phone.get_by_text("2 sessions in 2 weeks, 110 min in all")).to_be_visible()


def test_two_people_run_a_month(visit, lena, sam, dina):
    sam.supervises.update(starts_on="2026-10-01")
    agree_beforehand(visit, lena, sam)
    log_three(visit, lena, sam)
    confirm_both(visit, lena, sam)
    print_the_log(visit, lena)


def test_every_page_of_it_fits_a_narrow_phone_and_every_reader(
    visit, lena, sam, dina, assert_accessible
):
    pair = hour(lena, sam)
    phone = visit(lena, pair, NARROW)
    phone.get_by_role("button", name="We met: log it").click()
    session = SessionVersion.objects.get().session_id
    paths = [
        *("/supervision/", pair, f"{pair}log/", f"{pair}not-held/", f"{pair}when/"),
        *(f"{pair}2026/11/", "/supervision/month/2026/11/", "/supervision/weeks/"),
        *(f"/supervision/sessions/{session}/", "/supervision/log/"),
        *(f"/supervision/sessions/{session}/change/", "/supervision/log/sheet/"),
        *(f"/supervision/sessions/{session}/reflection/", "/supervision/credit/"),
        "/call/",
    ]
    for path in paths:
        assert_accessible(visit(lena, path, NARROW))
    for path in ("/supervision/group/", "/supervision/", "/supervision/weeks/"):
        assert_accessible(visit(sam, path, NARROW))
    assert_accessible(visit(dina, "/supervision/weeks/", NARROW))
    assert SessionVersion.objects.get().held_on == TODAY


def test_it_works_without_a_script(chromium, live_server, lena, sam):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(lena.user.email)
    page.get_by_label("Password").fill("a long enough password")
    page.get_by_role("button", name="Sign in").click()
    page.goto(hour(lena, sam))
    page.get_by_role("button", name="We met: log it").click()
    assert SessionVersion.objects.get().minutes == 60
    context.close()
