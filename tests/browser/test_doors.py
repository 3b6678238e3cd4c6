"""The doors, with a real Chromium: passkeys, time-outs, and what pages may load."""

import re
import uuid
from collections.abc import Callable, Iterator
from importlib import import_module
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from competencies.models import SendBack, SignOff, Training
from content.actions import load_starter_content
from content.models import ModulePage
from lms.models import Person
from tests.browser.conftest import NARROW
from tests.factories import complete, line
from tests.test_access import make_module
from tests.tls import make_certificate, proxy_in_front_of

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "a long enough password"
SECRET = "JBSWY3DPEHPK3PXP"
HOUR = 3600


@pytest.fixture
def strict(settings) -> None:
    settings.LMS_DOORS_ARE_STRICT = True


def give_a_phone(page: Page) -> None:
    """An authenticator that touches itself, as a phone under a finger would."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def type_the_password(page: Page, person: Person) -> None:
    page.get_by_label("Email").fill(person.user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_a_passkey(page: Page) -> None:
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Add this phone or key").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes for a lost phone")


def let_time_pass(*, seen: float = 0, signed_in: float = 0) -> None:
    """Every session was last seen, and opened, so many seconds earlier."""
    store = import_module(django_settings.SESSION_ENGINE).SessionStore
    for row in Session.objects.all():
        session = store(row.session_key)
        if "lms_seen_at" in session:
            session["lms_seen_at"] -= seen
            session["lms_signed_in_at"] -= signed_in
            session.save()


@pytest.fixture
def sam_with_a_passkey(visit, sam, strict) -> Page:
    page = visit(None, "/accounts/login/")
    give_a_phone(page)
    type_the_password(page, sam)
    add_a_passkey(page)
    return page


def test_a_supervisor_sets_up_a_passkey_first_and_nothing_else_opens(
    visit, sam, strict
):
    page = visit(None, "/accounts/login/?next=/team/")
    give_a_phone(page)
    type_the_password(page, sam)
    expect(page.get_by_text("One thing before you go on")).to_be_visible()
    page.goto("/team/")
    expect(page.get_by_text("One thing before you go on")).to_be_visible()
    add_a_passkey(page)
    page.get_by_role("link", name="Go on to today").click()
    expect(page.get_by_role("heading", name="Hello Sam")).to_be_visible()


def test_a_trusted_phone_opens_again_by_passkey(sam_with_a_passkey, sam):
    page = sam_with_a_passkey
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/?next=/team/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("/team/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_phone_that_holds_no_passkey_is_told_in_a_sentence(visit, db):
    page = visit(None, "/accounts/login/")
    give_a_phone(page)
    trouble = page.get_by_text("That did not work this time.")
    expect(trouble).to_be_hidden()
    page.get_by_role("button", name="Use a passkey").click()
    expect(trouble).to_be_visible()


def test_one_touch_signs_a_batch_when_the_sign_in_is_long_ago(
    sam_with_a_passkey, sam, lena
):
    page = sam_with_a_passkey
    complete(lena, "OB-01", "OB-02", "OB-03")
    page.goto("/team/sign-off/")
    let_time_pass(signed_in=HOUR)
    page.get_by_label("Select all").check()
    page.get_by_role("button", name="Sign 3").click()
    expect(page.get_by_text("Is it still you?")).to_be_visible()
    assert not SignOff.objects.exists()
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_text("Signed 3 lines")).to_be_visible()
    assert SignOff.objects.count() == 3
    page.goto("/team/sign-off/")
    assert page.evaluate("sessionStorage.length") == 0


def test_a_typed_note_goes_through_the_step_up_and_comes_back_when_it_is_left(
    sam_with_a_passkey, sam, lena
):
    page = sam_with_a_passkey
    complete(lena, "OB-01")
    page.goto("/team/sign-off/")
    let_time_pass(signed_in=HOUR)
    page.get_by_text("Send back with a note").click()
    page.get_by_label("Note", exact=True).fill("Which day was it?")
    page.get_by_role("button", name="Send back", exact=True).click()
    page.get_by_role("link", name="Not now").click()
    page.goto("/team/sign-off/")
    expect(page.get_by_text("What you typed before is here again.")).to_be_visible()
    expect(page.get_by_label("Note", exact=True)).to_have_value("Which day was it?")
    page.get_by_role("button", name="Send back", exact=True).click()
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_text("Sent back to Lena with your note.")).to_be_visible()
    assert SendBack.objects.get().note == "Which day was it?"
    assert page.evaluate("sessionStorage.length") == 0


def notes_of(visit: Callable, lena: Person) -> Page:
    page = visit(lena, f"/plan/items/{line(lena, 'OB-02').pk}/")
    page.get_by_label("Notes / additional follow up").fill("Ask Sam about the binder")
    return page


def test_a_time_out_eats_no_typed_text(visit, lena, sam):
    page = notes_of(visit, lena)
    address = page.url
    let_time_pass(seen=31 * 60)
    page.get_by_role("button", name="Save notes").click()
    expect(page.get_by_text("What you typed comes back")).to_be_visible()
    type_the_password(page, lena)
    page.wait_for_url(address)
    notes = page.get_by_label("Notes / additional follow up")
    expect(page.get_by_text("What you typed before is here again.")).to_be_visible()
    expect(notes).to_have_value("Ask Sam about the binder")
    page.get_by_role("button", name="Save notes").click()
    expect(page.get_by_text("What you typed before")).to_have_count(0)
    assert line(lena, "OB-02").notes == "Ask Sam about the binder"
    assert page.evaluate("sessionStorage.length") == 0
    assert page.evaluate("localStorage.length") == 0


def test_keeping_one_reflection_loses_nothing_typed_in_the_other(visit, lena, sam):
    module = make_module(Training.objects.get(key="module-ob-08"))
    content = [
        {"type": "reflection", "id": str(uuid.uuid4()), "value": {"prompt": prompt}}
        for prompt in ("What helped?", "What did not?")
    ]
    module.sections = [{"type": "section", "value": {"title": "I", "content": content}}]
    module.save()
    page = visit(lena, f"/modules/{module.pk}/1/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_label("What helped?").fill("A walk")
    page.get_by_label("What did not?").fill("The forms")
    page.get_by_role("button", name="Keep it for me").first.click()
    expect(page.get_by_text("Kept on")).to_be_visible()
    expect(page.get_by_text("What you typed before is here again.")).to_be_visible()
    expect(page.get_by_label("What helped?")).to_have_value("A walk")
    expect(page.get_by_label("What did not?")).to_have_value("The forms")
    assert page.evaluate("sessionStorage.length") == 1


def test_what_was_typed_is_gone_after_signing_out(visit, lena, sam):
    page = notes_of(visit, lena)
    assert page.evaluate("sessionStorage.length") == 1
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0


def test_the_next_person_on_a_shared_phone_finds_nothing_typed(visit, lena, sam):
    page = notes_of(visit, lena)
    address = page.url
    let_time_pass(seen=31 * 60)
    page.get_by_role("button", name="Save notes").click()
    type_the_password(page, sam)
    page.wait_for_url(address)
    expect(page.get_by_label("Notes / additional follow up")).to_have_value("")
    assert page.evaluate("sessionStorage.length") == 0


def test_every_page_of_the_doors_is_accessible_and_breaks_no_policy(
    visit, lena, sam, strict, assert_accessible
):
    """``visit`` fails on a violation: Chromium calls it an error."""
    page = visit(lena, "/accounts/2fa/", NARROW)
    give_a_phone(page)
    assert_accessible(page)
    for address in ["/", "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/"]:
        assert_accessible(visit(lena, address, NARROW))
    page.get_by_role("button", name="Add this phone or key").click()
    page.wait_for_url(re.compile("recovery-codes"))
    TOTP.activate(lena.user, SECRET)
    key = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk
    again = "?next=/plan/"
    for address in [
        "/accounts/2fa/",
        "/accounts/2fa/webauthn/",
        f"/accounts/reauthenticate/{again}",
        f"/accounts/2fa/reauthenticate/{again}",
        f"/accounts/2fa/webauthn/reauthenticate/{again}",
    ]:
        assert_accessible(visit(lena, address, NARROW))
    page.get_by_role("button", name="Use your passkey").click()
    page.wait_for_url("/plan/")
    for address in [
        "/accounts/2fa/recovery-codes/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/webauthn/add/",
        f"/accounts/2fa/webauthn/keys/{key}/edit/",
        f"/accounts/2fa/webauthn/keys/{key}/remove/",
        "/accounts/sessions/",
        "/accounts/password/change/",
        "/accounts/email/",
        "/accounts/logout/",
    ]:
        assert_accessible(visit(lena, address, NARROW))
        assert page.url.endswith(address)
    page.get_by_role("button", name="Sign out").click()
    type_the_password(page, lena)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Use your passkey").click()
    page.wait_for_url("/")


def test_the_wagtail_admin_asks_nobody_else_for_anything(visit, root, starter_plan):
    """And breaks its own policy nowhere: ``visit`` watches both."""
    module = make_module(Training.objects.get(key="module-ob-08"))
    somebody = SimpleNamespace(pk="root", user=root)
    for address in [
        "",
        "pages/",
        f"pages/{module.get_parent().pk}/",
        f"pages/{module.pk}/edit/",
        f"pages/{module.pk}/history/",
        "images/",
        "images/add/",
        "documents/",
        "reports/site-history/",
        "users/",
        f"users/edit/{root.pk}/",
        "groups/",
        "account/",
        "sites/",
        "alongside_agencies/",
        "lms_roles/",
    ]:
        page = visit(somebody, f"/admin/{address}")
        expect(page.locator("h1, h2").first).to_be_attached()
        assert page.url.endswith(address), page.url


def test_the_preview_of_a_module_opens_in_the_editor(visit, root, starter_plan):
    load_starter_content()
    module = ModulePage.objects.first()
    somebody = SimpleNamespace(pk="root", user=root)
    desk = {"width": 1400, "height": 900}
    page = visit(somebody, f"/admin/pages/{module.pk}/edit/", desk)
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("iframe[title='Preview']").first
    expect(preview.locator("h1").first).to_contain_text(module.title)


@pytest.fixture
def over_https(chromium, live_server, settings, tmp_path) -> Iterator[Page]:
    """A page of the site as a proxy shows it to the world."""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME = "__Host-sessionid"
    settings.CSRF_COOKIE_NAME = "__Host-csrftoken"
    port = urlsplit(live_server.url).port
    with proxy_in_front_of(port, make_certificate(tmp_path)) as site:
        context = chromium.new_context(base_url=site, ignore_https_errors=True)
        yield context.new_page()
        context.close()


def test_over_https_every_cookie_is_bound_to_the_host_and_typed_text_still_goes(
    over_https, lena, sam
):
    page = over_https
    page.goto(f"/accounts/login/?next=/plan/items/{line(lena, 'OB-02').pk}/")
    type_the_password(page, lena)
    page.get_by_label("Notes / additional follow up").fill("Ask Sam about the binder")
    set_by = []
    page.on("response", lambda answer: set_by.append(answer.header_value("set-cookie")))
    page.get_by_role("button", name="Save notes").click()
    expect(page.get_by_text("What you typed before")).to_have_count(0)
    assert line(lena, "OB-02").notes == "Ask Sam about the binder"
    assert any("__Host-lms_accepted=" in each for each in set_by if each)
    assert page.evaluate("sessionStorage.length") == 0
    kept = page.context.cookies()
    assert {each["name"] for each in kept} == {"__Host-sessionid", "__Host-csrftoken"}
    assert all(each["secure"] for each in kept)
