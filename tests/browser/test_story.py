"""The main job, walked on a phone: from a new hire's plan to a certificate."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from competencies import actions
from competencies.models import (
    Competency,
    Completion,
    DevelopmentGoal,
    GoalStep,
    PlanReview,
    StaffPlan,
)
from competencies.rules import read_noted
from content.actions import load_starter_content
from content.models import ModulePage
from lms import imports, outbox
from lms.models import Import, Person
from lms.rules import columns_of
from lms.tables import Table
from tests.browser.conftest import NARROW
from tests.conftest import TODAY
from tests.factories import complete, employ, line, person, supervise

pytestmark = pytest.mark.django_db(transaction=True)
DONE_BEFORE = [f"OB-{number:02d}" for number in range(1, 13) if number != 8]


@pytest.fixture
def program(lena, sam, dina) -> None:
    load_starter_content()


def read_the_module(page: Page) -> None:
    page.get_by_role("link", name="Start").first.click()
    module = ModulePage.objects.get(training__key="module-ob-08")
    for number, section in enumerate(module.sections, 1):
        expect(
            page.get_by_text(f"{number}\xa0of\xa0{len(module.sections)}")
        ).to_be_visible()
        for block in section.value["content"]:
            if block.block_type == "check":
                answer(page, block)
        name = "Next" if number < len(module.sections) else "Finish"
        page.get_by_role("main").get_by_text(name, exact=True).click()


def answer(page: Page, block: object) -> None:
    form = page.locator(f"#check-{block.id}")
    for choice in block.value["choices"]:
        if choice["right"]:
            form.get_by_label(choice["text"], exact=True).check()
    form.get_by_role("button", name="Answer").click()
    expect(form.get_by_role("status")).to_be_visible()


def take_a_module(visit: Callable, lena: Person) -> None:
    page = visit(lena, "/plan/")
    page.get_by_role("link", name="Paths of Recovery").first.click()
    page.get_by_role("link", name=re.compile("Open.*Paths of Recovery")).click()
    read_the_module(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Done")
    assert line(lena, "OB-08").progress == "awaiting"


def upload_a_certificate(visit: Callable, lena: Person, folder: Path) -> None:
    page = visit(lena, f"/plan/items/{line(lena, 'OB-13').pk}/add/")
    page.get_by_label("What was it called?").fill("Safe sleep, at the hospital")
    page.get_by_label("When did you finish?").fill("2026-11-12")
    certificate = folder / "certificate.pdf"
    certificate.write_bytes(b"%PDF-1.7 a certificate")
    page.get_by_label("Certificate or note").set_input_files(certificate)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It waits for a signature now")).to_be_visible()


def sign_all_but_one(visit: Callable, sam: Person) -> None:
    page = visit(sam, "/team/sign-off/")
    expect(page.get_by_text("13 lines wait for your signature")).to_be_visible()
    row = page.locator("li.line", has_text="Language as Advocacy")
    row.get_by_text("Send back with a note").click()
    row.get_by_label("Note", exact=True).fill("Which day was it?")
    row.get_by_role("button", name="Send back", exact=True).click()
    expect(page.get_by_text("12 lines wait for your signature")).to_be_visible()
    sign_everything(page, 12)
    expect(page.get_by_text("Signed 12 lines")).to_be_visible()


def sign_everything(page: Page, count: int) -> None:
    page.get_by_label("Select all").check()
    page.get_by_role("button", name=f"Sign {count}").click()


def test_a_new_hire_learns_a_supervisor_signs_and_a_certificate_is_issued(
    visit, lena, sam, program, tmp_path
):
    complete(lena, *DONE_BEFORE)
    take_a_module(visit, lena)
    upload_a_certificate(visit, lena, tmp_path)
    sign_all_but_one(visit, sam)
    expect(visit(lena, "/").get_by_text("Which day was it?")).to_be_visible()
    assert outbox.drain() == 0

    complete(lena, "OB-01")
    page = visit(sam, "/team/sign-off/")
    sign_everything(page, 1)
    expect(page.get_by_text("Nothing waits for your signature")).to_be_visible()
    assert outbox.drain() == 1

    page = visit(lena, "/certificates/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename.endswith(".pdf")
    page.get_by_role("link", name="Foundations of Family Support").first.click()
    address = page.get_by_role("link", name="Open the public page").get_attribute(
        "href"
    )

    page = visit(None, address)
    expect(page.get_by_text("Valid", exact=True)).to_be_visible()
    expect(page.get_by_text("Lena")).to_be_visible()


def lists_of(dina: Person, lena: Person) -> list[Import]:
    """One to choose columns for, one to look at, one that is being brought in."""
    agency, at = lena.staff_members.get().agency, timezone.now()
    about = {"agency": agency, "by": dina, "at": at}
    record = ["lena@example.test", "Safe Sleep Basics, the long edition", "2026-11-03"]
    trainings = Table(["E-mail", "Course", "Finished"], [(2, record)])
    begun = imports.begin(
        kind="lms_competencies.trainings", table=trainings, file_name="relias-export.csv",
        columns={"person": 0, "title": 1, "completed_on": 2}, **about,
    )  # fmt: skip
    staff = [
        ["Noa Berg", "noa@example.test", "2026-11-16", "FRSS"],
        ["Mia Lund", "mia@example", "2026-02-30", "Astronaut"],
    ]
    table = Table(["Name", "E-mail", "Hired on", "Roles"], [*enumerate(staff, 2)])
    found = [begun]
    for name in ("staff-of-november.xlsx", "staff.csv"):
        columns = columns_of(table.header)
        kind = imports.STAFF.key
        job = imports.begin(
            kind=kind, table=table, columns=columns, file_name=name, **about
        )
        imports.look_at(job=job)
        found.append(job)
    imports.ask_to_apply(job=found[-1])
    return found


def already_here(sam: Person) -> Person:
    """Hank's folder is on paper; a line of it is entered."""
    hank, agency = person("hank"), sam.staff_members.get().agency
    staff_member = employ(hank, agency, "frss", is_history_on_paper=True)
    supervise(sam, staff_member)
    topic = line(hank, "OB-01").topic_id
    actions.enter_history(
        staff_member=staff_member, told={topic: read_noted("2021")}, by=hank,
        at=timezone.now(), today=timezone.localdate(),
    )  # fmt: skip
    return hank


def link_from_outside(dina: Person) -> str:
    complete(dina, "OB-01")
    actions.ask_outside(
        staff_member=dina.staff_members.get(), name="Uma Frost",
        email="uma@clinic.test", by=dina, at=timezone.now(),
    )  # fmt: skip
    return f"/sign/{dina.one_time_codes.get().draw()}/"


def test_earlier_trainings_are_entered_with_the_keyboard_alone(visit, sam):
    hank = already_here(sam)
    page = visit(hank, "/plan/")
    page.get_by_role("link", name="Go on entering").click()
    page.get_by_label(line(hank, "OB-01").topic.title, exact=True).focus()
    for text in ["3/14/2022", "about 2021", "p", "", "soon"]:
        page.keyboard.press("ControlOrMeta+A")
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    page.reload()
    expect(page.get_by_text("What you typed before is here again.")).to_be_visible()
    page.get_by_role("button", name="Save, and look at it").press("Enter")
    expect(page.get_by_text("no date we can read").last).to_be_visible()
    page.locator("input[aria-invalid=true]").fill("2020")
    page.get_by_role("button", name="Save, and look at it").press("Enter")
    expect(page.get_by_role("heading", name="4 lines")).to_be_visible()
    page.get_by_role("button", name="That’s right").press("Enter")
    page = visit(sam, "/team/sign-off/")
    page.get_by_role("link", name="Earlier trainings of Hank").click()
    page.get_by_role("button", name="That’s right").click()
    expect(page.get_by_text("Both of you have confirmed it.")).to_be_visible()


def test_a_note_and_a_signature_go_with_one_button(visit, lena, sam):
    complete(lena, "OB-01", "OB-02")
    page = visit(sam, "/team/sign-off/")
    page.get_by_label("Select all").check()
    row = page.locator("li.line", has_text=line(lena, "OB-02").topic.title)
    row.get_by_text("Accept in part").first.click()
    row.get_by_label("Still needs").fill("Working with this population")
    page.get_by_role("button", name="Sign 2").click()
    expect(page.get_by_text("Signed 1 line.")).to_be_visible()
    expect(page.get_by_text("Accepted in part: Lena reads")).to_be_visible()


def test_every_page_is_accessible_and_fits_a_narrow_phone(
    visit, lena, sam, dina, ada, tia, program, assert_accessible
):
    complete(lena, "OB-01", "OB-02")
    [signed] = Completion.objects.filter(topic__code="OB-01")
    actions.sign(
        signer=sam,
        lines={signed.pk: actions.seen(signed)},
        at=signed.record.recorded_at,
    )
    begun, looked_at, asked = lists_of(dina, lena)
    module = ModulePage.objects.get(training__key="module-ob-01")
    keep_a_reflection(visit, lena, module)
    staff = lena.staff_members.get().pk
    item = line(lena, "OB-02").pk
    line(lena, "M3-03").note_waiting(TODAY)
    goal = look_at_it_together(lena, sam)
    hank = already_here(sam)
    history = f"/plan/history/{hank.staff_members.get().pk}/"
    outside = link_from_outside(dina)
    pages = {
        hank: ["/plan/", history, f"{history}confirm/"],
        None: [
            outside,
            "/accounts/login/",
            "/accounts/agency/",
            "/accounts/password/reset/",
            "/verify/",
            "/way-back/",
        ],
        lena: [
            "/",
            "/plan/",
            f"/plan/items/{item}/",
            f"/plan/items/{item}/add/",
            f"/plan/items/{item}/evidence/{line(lena, 'OB-02').completion_id}/",
            "/plan/print/",
            f"/plan/{staff}/before-families/",
            f"/plan/{staff}/reviews/",
            f"/plan/{staff}/order/",
            f"/plan/{staff}/goals/",
            f"/plan/{staff}/goals/add/",
            f"/plan/goals/{goal.pk}/",
            f"/plan/{staff}/skills/",
            "/modules/",
            f"/modules/{module.pk}/",
            f"/modules/{module.pk}/2/",
            f"/modules/{module.pk}/{place_of_a_reflection(module)}/",
            f"/modules/{module.pk}/finish/",
            "/certificates/",
            "/roles/",
            "/call/",
            "/me/data/",
            "/me/data/delete/",
            "/me/opened/",
            "/me/name/",
            "/me/private-email/",
            "/me/moving/",
            "/plan/bring/",
            "/style-guide/",
            "/accounts/3rdparty/",
        ],
        ada: ["/security/"],
        tia: ["/", "/seats/"],
        sam: ["/", "/team/", "/team/sign-off/", f"/team/{staff}/"]
        + [f"/plan/{staff}/{page}/" for page in ["before-families", "reviews"]],
        dina: [
            "/staff/",
            "/staff/add/",
            f"/staff/{staff}/",
            f"/staff/{staff}/change/",
            f"/staff/{staff}/roles/",
            f"/staff/{staff}/supervisor/",
            f"/staff/{staff}/pause/",
            "/plan/",
            "/plan/outside/",
            "/preview-as/",
            "/preview-as/?roles=frss&hired_on=2026-11-02",
            "/staff/import/",
            f"/imports/{looked_at.pk}/",
            f"/imports/{asked.pk}/",
            "/trainings/import/",
            f"/trainings/import/{begun.pk}/columns/",
            f"/trainings/import/{begun.pk}/titles/",
            f"/staff/{staff}/leave/?last_day=2026-12-04",
            f"/staff/{staff}/reset/",
            "/staff/join/",
            "/people/same/?name=a",
            f"/people/same/{lena.pk}/{sam.pk}/",
        ],
    }
    for reader, addresses in pages.items():
        for address in addresses:
            assert_accessible(visit(reader, address, NARROW))


def look_at_it_together(lena: Person, sam: Person) -> DevelopmentGoal:
    """A day named, a review noted, a skill seen by both, a goal with a step."""
    plan, now, today = StaffPlan.objects.get(person=lena), timezone.now(), TODAY
    own = {"person": lena, "staff_member": plan.staff_member}
    actions.name_first_day(plan=plan, first_day=today, by=lena, at=now)
    PlanReview.objects.create(
        **own, staff_plan=plan, held_on=today, noted_by=lena, noted_at=now
    )
    for by in (lena, sam):
        together = actions.say_of_skills(
            plan=plan, supervisor=sam, by=by, is_wished=True, at=now
        )
    skill = Competency.objects.get(code="FC-03")
    for by, level in ((lena, 2), (sam, 3)):
        actions.rate_skills(together=together, levels={skill: level}, by=by, on=today)
    goal = DevelopmentGoal.objects.create(
        **own, staff_plan=plan, goal="Lead a group", noted_by=lena, noted_on=today
    )
    GoalStep.objects.create(**own, goal=goal, step="Watch one of Sam's groups")
    return goal


def place_of_a_reflection(module: ModulePage) -> int:
    return next(
        number
        for number, section in enumerate(module.sections, 1)
        if any(block.block_type == "reflection" for block in section.value["content"])
    )


def keep_a_reflection(visit: Callable, lena: Person, module: ModulePage) -> Page:
    page = visit(lena, f"/modules/{module.pk}/{place_of_a_reflection(module)}/", NARROW)
    page.locator("section.reflection textarea").fill("A word I would rather not hear.")
    page.get_by_role("button", name="Keep it for me").click()
    expect(page.get_by_text("Kept on")).to_be_visible()
    return page


def test_a_reflection_is_kept_looked_at_once_more_and_deleted(
    visit, lena, sam, program, assert_accessible, settings, tmp_path
):
    module = ModulePage.objects.get(training__key="module-ob-01")
    address = f"/modules/{module.pk}/{place_of_a_reflection(module)}/"
    page = visit(lena, address, NARROW)
    page.get_by_text("Who can read this?").click()
    expect(page.get_by_text("whoever runs the server")).to_be_visible()
    assert_accessible(page)
    keep_a_reflection(visit, lena, module)
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("A word I would rather not hear.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("button", name="Keep it for me")).to_be_visible()
    settings.LMS_VAULT_RING = tmp_path / "lost.json"
    page.reload()
    expect(page.get_by_text("Reflections cannot be opened right now")).to_be_visible()
    assert_accessible(page)


def test_a_supervisor_is_found_by_typing(visit, lena, sam, dina, ben):
    page = visit(dina, f"/staff/{lena.staff_members.get().pk}/supervisor/")
    page.get_by_label("Supervisor", exact=False).first.press_sequentially("be")
    page.get_by_role("button", name="Ben", exact=True).click()
    expect(page.get_by_label("Supervisor", exact=False).first).to_have_value("Ben")


def test_the_plan_works_without_javascript(chromium, live_server, lena, program):
    context = chromium.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(lena.user.email)
    page.get_by_label("Password").fill("a long enough password")
    page.get_by_role("button", name="Sign in").click()
    page.goto("/plan/")
    page.get_by_role("button", name=re.compile("Done.*Agency onboarding")).click()
    expect(page.get_by_text("noted by Lena")).to_be_visible()
    context.close()
