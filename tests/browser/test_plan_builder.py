"""The plan builder in the admin, by somebody who uses no mouse."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from playwright.sync_api import Page, expect

from competencies import actions
from competencies.models import PlanVersion
from lms.actions import TTA_GROUP, let_tta_into_the_admin
from lms.models import Person
from tests.browser.conftest import NARROW
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db(transaction=True)
DESK = {"width": 1400, "height": 900}
BUILDER = "/admin/alongside_plans/"


@pytest.fixture
def editor(tia, starter_plan) -> Person:
    let_tta_into_the_admin(person=tia, on=TODAY)
    Group.objects.get(name=TTA_GROUP).permissions.add(
        *Permission.objects.filter(codename__in=["access_admin", "change_planversion"])
    )
    return tia


@pytest.fixture
def draft(editor) -> PlanVersion:
    first = PlanVersion.objects.newest()
    return actions.copy_version(version=first, by=editor, at=timezone.now())


def press(page: Page, role: str, name: str) -> None:
    """Reach it with the keyboard and press it."""
    control = page.get_by_role(role, name=name, exact=True)
    control.focus()
    page.keyboard.press("Enter")


def type_into(page: Page, label: str, text: str) -> None:
    page.get_by_label(label, exact=False).first.focus()
    page.keyboard.type(text)


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.innerText.replace(/\\s+/g, ' ')")


def test_a_draft_is_built_and_published_with_the_keyboard_alone(
    visit, editor, lena, sam, assert_accessible
):
    page = visit(editor, BUILDER, DESK)
    press(page, "button", "Copy into a draft version 1")
    expect(page.get_by_text("Nothing differs")).to_be_visible()
    move_a_topic_down(page)
    add_a_topic(page, assert_accessible)
    look_at_the_preview(page)
    assert_accessible(page)
    publish(page, assert_accessible)
    assert not PlanVersion.objects.drafts().exists()
    move_everyone_and_undo_it(page, assert_accessible)


def move_a_topic_down(page: Page) -> None:
    """The focus stays on the button, also where the page is a new one."""
    press(page, "button", "Down Language as Advocacy")
    expect(page.get_by_text("another order")).to_be_visible()
    assert focused(page) == "Down Language as Advocacy"
    page.keyboard.press("Enter")
    moved = page.locator(".builder__topic h3").nth(2)
    expect(moved).to_have_text("Language as Advocacy")


def add_a_topic(page: Page, assert_accessible: Callable) -> None:
    press(page, "link", "Add a topic Within the First Year")
    type_into(page, "Or a new topic", "Grief and loss")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="For whom, and by when")).to_be_visible()
    assert_accessible(page)
    within = page.get_by_label("Within", exact=True).first
    within.focus()
    page.keyboard.type("0")
    press(page, "button", "Save")
    expect(page.get_by_text("Choose 1 to 120 months.")).to_be_visible()
    assert_accessible(page)
    within.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("9")
    press(page, "button", "Save")
    expect(page.get_by_text("Required for everyone, within 9 months")).to_be_visible()


def look_at_the_preview(page: Page) -> None:
    page.get_by_label("Family Recovery Support Specialist").focus()
    page.keyboard.press("Space")
    page.get_by_label("Hired on").focus()
    page.keyboard.type("11022026")
    press(page, "button", "Show the plan")
    preview = page.get_by_role("region", name="What somebody would get")
    expect(preview.get_by_text("Grief and loss")).to_be_visible()
    expect(preview.get_by_text("Aim for 2 Aug 2027: 9 months after")).to_be_visible()


def publish(page: Page, assert_accessible: Callable) -> None:
    press(page, "link", "Look at what changes, and publish")
    expect(page.get_by_text("1 topic added, another order.")).to_be_visible()
    expect(page.get_by_text("2 people: the plan changes for 2")).to_be_visible()
    assert_accessible(page)
    press(page, "button", "Publish version 2")
    expect(page.get_by_text("Version 2 is published.")).to_be_visible()


def move_everyone_and_undo_it(page: Page, assert_accessible: Callable) -> None:
    page.get_by_label("Everyone who follows another version").focus()
    page.keyboard.press("Space")
    press(page, "button", "Look at what it comes to")
    press(page, "button", "Let them follow version 2")
    expect(page.get_by_text("2 plans follow it now.")).to_be_visible()
    assert_accessible(page)
    press(page, "button", "Undo this move")
    expect(page.get_by_text("All of them follow the version")).to_be_visible()


def test_the_checklist_is_built_with_the_keyboard_alone(
    visit, editor, draft, assert_accessible
):
    page = visit(editor, f"{BUILDER}{draft.pk}/", DESK)
    press(page, "link", "Add to the checklist")
    type_into(page, "What to do, or whom to get to know", "Find the keys")
    assert_accessible(page)
    press(page, "button", "Add it")
    press(page, "button", "Up Find the keys")
    expect(page).to_have_url(re.compile(r"moved=entry\d+-up"))
    up = page.get_by_role("button", name="Up Find the keys", exact=True)
    expect(up).to_be_focused()
    press(page, "link", "Change Find the keys")
    page.get_by_label("A hint").focus()
    page.keyboard.type("Ask at the desk.")
    press(page, "button", "Save")
    expect(page.get_by_text("Ask at the desk.")).to_be_visible()
    assert_accessible(page)
    press(page, "link", "Take out Find the keys")
    press(page, "button", "Take it out")
    expect(page.get_by_text("Nothing differs")).to_be_visible()


def test_people_are_asked_again_with_the_keyboard_alone(
    visit, editor, lena, assert_accessible
):
    page = visit(editor, BUILDER, DESK)
    press(page, "link", "Ask people to take something again")
    press(page, "link", "Ask people to take something again")
    page.get_by_label("Language as Advocacy").focus()
    page.keyboard.press("Space")
    page.get_by_label("From which day?").focus()
    page.keyboard.type("01012027")
    assert_accessible(page)
    press(page, "button", "Look at how many that is")
    expect(page.get_by_text("so nobody is asked.")).to_be_visible()
    assert_accessible(page)
    press(page, "button", "Ask them")
    expect(page.get_by_text("Completed before 1 Jan 2027")).to_be_visible()
    assert_accessible(page)
    press(page, "link", "Call it off Language as Advocacy")
    press(page, "button", "Call it off")
    expect(page.get_by_text("It is called off.")).to_be_visible()


def test_a_topic_is_dragged_to_another_place(visit, editor, draft):
    page = visit(editor, f"{BUILDER}{draft.pk}/", DESK)
    one = draft.requirements.get(topic__code="OB-01")
    other = draft.requirements.get(topic__code="OB-03")
    page.drag_and_drop(
        f"#topic-{one.pk}", f"#topic-{other.pk}", source_position={"x": 20, "y": 20}
    )
    expect(page.get_by_text("another order")).to_be_visible()
    expect(page.locator(".builder__topic h3").nth(1)).to_have_text(one.topic.title)


def test_the_preview_follows_what_is_chosen(visit, editor, draft):
    page = visit(editor, f"{BUILDER}{draft.pk}/", DESK)
    page.get_by_label("Family Recovery Support Specialist").check()
    page.get_by_label("Hired on").fill("2026-11-02")
    page.get_by_label("Hired on").blur()
    preview = page.get_by_role("region", name="What somebody would get")
    expect(preview.get_by_text("Recovery Coach Academy")).to_be_visible()


def test_the_builder_works_without_javascript(chromium, live_server, editor):
    context = chromium.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(editor.user.email)
    page.get_by_label("Password").fill("a long enough password")
    page.get_by_role("button", name="Sign in").click()
    page.goto(BUILDER)
    page.get_by_role("button", name="Copy into a draft version 1").click()
    page.get_by_role("button", name="Down Language as Advocacy").click()
    expect(page.locator(".builder__topic h3").nth(1)).to_have_text(
        "Language as Advocacy"
    )
    context.close()


def test_every_page_fits_a_narrow_phone(visit, editor, lena, draft, assert_accessible):
    one, phase = draft.requirements.first(), draft.phases.first()
    first = PlanVersion.objects.newest()
    for address in [
        "",
        f"{draft.pk}/?roles=frss&hired_on=2026-11-02",
        f"{first.pk}/",
        f"{draft.pk}/publish/",
        f"{draft.pk}/discard/",
        f"{draft.pk}/topics/add/",
        f"{draft.pk}/phases/add/",
        f"topics/{one.pk}/",
        f"topics/{one.pk}/remove/",
        f"phases/{phase.pk}/",
        f"{first.pk}/moves/?whom=everyone",
    ]:
        assert_accessible(visit(editor, BUILDER + address, NARROW))
