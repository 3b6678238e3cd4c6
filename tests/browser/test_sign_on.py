"""An agency's own sign-in, walked in a browser under our strict policy."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from lms.project.sign_on.models import SignOn
from tests.browser.conftest import NARROW, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
CLAIMS = {
    "sub": "lena-at-northside",
    "email": "lena@northside.test",
    "email_verified": True,
    "employee_number": "N-7",
}


@pytest.fixture
def northsides(own_sign_in, northside, lena, live_server) -> SignOn:
    lena.email = CLAIMS["email"]
    lena.save()
    lena.staff_members.update(employee_id=CLAIMS["employee_number"])
    return own_sign_in(northside, live_server.url)


@pytest.fixture
def page(chromium, live_server):
    context = chromium.new_context(viewport=NARROW, base_url=live_server.url)
    page = context.new_page()
    troubles = []
    page.on(
        "console",
        lambda message: (
            troubles.append(message.text) if "Security Policy" in message.text else None
        ),
    )
    yield page
    context.close()
    assert troubles == []


def answer_there(page: Page, claims: dict) -> None:
    page.get_by_label("Claims").fill(json.dumps(claims))
    page.get_by_role("button", name="Sign in").click()


def test_one_button_leads_to_the_agency_and_back(
    page, northsides, assert_accessible: Callable
):
    page.goto("/accounts/login/?next=/plan/")
    assert_accessible(page)
    page.get_by_role("link", name="Sign in with your agency").click()
    assert_accessible(page)
    page.get_by_role("button", name="Northside").click()
    answer_there(page, CLAIMS)
    page.wait_for_url("**/plan/")


def test_where_no_page_refreshes_itself_a_link_leads_on(
    page, northsides, assert_accessible
):
    def without_refresh(route: Route) -> None:
        answer = route.fetch()
        body = answer.text().replace('http-equiv="refresh"', 'name="nothing"')
        route.fulfill(response=answer, body=body)

    page.route("**/login/", without_refresh)
    page.goto(f"/accounts/oidc/{northsides.app.provider_id}/login/")
    assert_accessible(page)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="On to Northside").wait_for()
    assert_accessible(page)
    page.get_by_role("link", name="Go on").click()
    answer_there(page, CLAIMS)
    page.wait_for_url("/")


def test_somebody_signed_in_connects_their_agency(
    page, lena, northsides, assert_accessible
):
    sign_in(page, lena)
    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="See if it is connected").click()
    assert_accessible(page)
    page.get_by_role("button", name="Connect Northside").click()
    answer_there(page, {"sub": "lena"})
    page.get_by_label("Password").fill("a long enough password")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Northside is connected")).to_be_visible()
    assert_accessible(page)


def test_who_is_not_known_reads_what_to_do(page, northsides, assert_accessible):
    page.goto("/accounts/agency/")
    page.get_by_role("button", name="Northside").click()
    answer_there(page, {**CLAIMS, "employee_number": "N-8"})
    expect(page.get_by_text("Ask your director for an invitation")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("name", ["error", "cancelled"])
def test_coming_back_with_nothing_is_said_kindly(page, db, name, assert_accessible):
    page.goto(f"/accounts/3rdparty/login/{name}/")
    expect(page.get_by_role("link", name="Try again")).to_be_visible()
    assert_accessible(page)
