"""An answer given while the network is away."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from content.models import ModuleProgress
from lms.models import SealedText
from tests.content.conftest import chapter, module  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)
AWAY = "The network is away."


@pytest.fixture
def page(visit, module, lena):  # noqa: F811
    yield visit(lena, reverse("lms_content:section", args=[module.pk, 2]))
    visit.troubles.remove("Failed to load resource: net::ERR_INTERNET_DISCONNECTED")


def count_posts(page) -> list:
    posts = []
    page.on(
        "request", lambda each: posts.append(each) if each.method == "POST" else None
    )
    return posts


def test_it_is_kept_in_the_page_and_sent_once(page, lena):
    page.get_by_label("Listen").check()
    page.route("**/*", lambda route: route.abort("internetdisconnected"))
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.get_by_text(AWAY)).to_be_visible()
    assert ModuleProgress.objects.get().answers == {}
    assert page.evaluate("Object.values(localStorage)") == []
    page.unroute("**/*")
    posts = count_posts(page)
    page.evaluate(
        "dispatchEvent(new Event('online')); dispatchEvent(new Event('online'))"
    )
    expect(page.get_by_text("It opens doors.")).to_be_visible()
    expect(page.get_by_text(AWAY)).to_have_count(0)
    assert ModuleProgress.objects.get().answers == {"one": [0]}
    assert len(posts) == 1


def test_a_reflection_waits_as_well(page, lena):
    field = page.get_by_label("What did you hear?")
    field.fill("A laugh.")
    page.route("**/*", lambda route: route.abort("internetdisconnected"))
    page.get_by_role("button", name="Keep it for me").click()
    expect(page.get_by_text(AWAY)).to_be_visible()
    expect(field).to_have_value("A laugh.")
    page.unroute("**/*")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_text(re.compile("Kept on"))).to_be_visible()
    assert SealedText.objects.count() == 1
