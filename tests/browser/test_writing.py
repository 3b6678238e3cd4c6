"""An editor writes, and kinder words are offered."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from playwright.sync_api import expect

from content.actions import let_tta_edit
from content.models import KeptWord, LearningIndexPage, WordChoice
from lms.actions import TTA_GROUP
from tests.content.conftest import chapter, item, module, section  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)
DESK = {"width": 1300, "height": 900}


@pytest.fixture
def page(visit, module, tia):  # noqa: F811
    WordChoice.objects.create(
        avoid="client", say="participant", why="People take part."
    )
    module.sections = [
        section("opening", item("text", "text", "<p>Ask the <b>client</b> first.</p>"))
    ]
    module.summary = "Every client counts."
    module.save()
    let_tta_edit(LearningIndexPage.objects.get())
    tia.user.groups.add(Group.objects.get(name=TTA_GROUP))
    return visit(tia, reverse("wagtailadmin_pages:edit", args=[module.pk]), DESK)


def test_a_word_is_changed_in_plain_and_in_rich_text(page):
    offers = page.locator(".writing li[data-field]")
    expect(offers).to_have_count(2)
    offers.first.get_by_role("button", name="Say “participant”").click()
    expect(page.get_by_role("textbox", name="Summary")).to_have_value(
        "Every participant counts."
    )
    expect(offers).to_have_count(1)
    offers.first.get_by_role("button", name="Say “participant”").click()
    expect(
        page.get_by_role("textbox").filter(has_text="Ask the participant first.")
    ).to_be_visible()
    expect(page.get_by_text("No word of the list stands here.")).to_be_visible()


def test_a_word_is_kept_with_a_reason(page):
    offer = page.locator(".writing li[data-field]").first
    offer.get_by_label("Or keep it, because").fill("It is a quotation.")
    offer.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text("“client”: It is a quotation.").first).to_be_visible()
    assert KeptWord.objects.get().reason == "It is a quotation."
