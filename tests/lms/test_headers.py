"""What every answer tells the browser, and whose address is counted."""

import re

import pytest
from django.core.cache import cache
from django.templatetags.static import static
from django.test import Client, RequestFactory
from django.urls import reverse

from content.actions import load_starter_content
from lms.conf import conf
from tests.factories import person

NONCE = re.compile(r"script-src 'nonce-([\w-]{20,})'")
SCRIPT = re.compile(r"<script\b[^>]*>")
PASSWORD = "a long enough password"


@pytest.mark.parametrize(
    "address", ["/accounts/login/", "/verify/", "/nowhere/", "/plan/"]
)
def test_scripts_run_by_this_answers_nonce_alone(client, lena, address):
    client.force_login(lena.user)
    answer = client.get(address)
    policy = answer["Content-Security-Policy"]
    if answer.status_code == 302:
        return
    [nonce] = NONCE.findall(policy)
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    scripts = SCRIPT.findall(answer.content.decode())
    assert scripts
    assert all(f'nonce="{nonce}"' in each for each in scripts)
    assert nonce not in client.get(address)["Content-Security-Policy"]


def test_the_admin_gets_inline_scripts_and_nothing_from_elsewhere(client, root):
    client.force_login(root)
    policy = client.get("/admin/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'; script-src-attr 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy


def test_what_a_signed_in_person_reads_is_kept_nowhere(client, lena):
    client.force_login(lena.user)
    for address in ["/", "/plan/", "/verify/", "/nowhere/"]:
        assert "no-store" in client.get(address)["Cache-Control"]


def test_the_browser_is_told_to_be_careful(client, db):
    answer = client.get("/verify/")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "camera=()" in answer["Permissions-Policy"]


@pytest.mark.parametrize(
    "address",
    ["/", "/verify/", "/nowhere/", "/healthz", "/admin/", static("lms/alongside.js")],
)
@pytest.mark.parametrize(
    "odd",
    [{}, {"SECURE_SSL_REDIRECT": True}, {"ALLOWED_HOSTS": ["alongside.example"]}],
)
def test_nobody_elsewhere_can_frame_an_answer(client, root, settings, address, odd):
    """Also not one that is given before a view is reached."""
    for name, value in odd.items():
        setattr(settings, name, value)
    client.force_login(root)
    answer = client.get(address)
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("proxies", "told", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        (2, "10.9.9.9, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "nonsense", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "2001:db8::7", "2001:db8::7"),
    ],
)
def test_a_client_cannot_choose_the_address_it_is_counted_by(
    settings, proxies, told, address
):
    settings.LMS_TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": told})
    assert conf.client_address(request) == address


def test_behind_a_proxy_each_client_has_its_own_count(client, db, settings):
    cache.clear()
    settings.LMS_TRUSTED_PROXIES = 1
    settings.LMS_CERTIFICATES_VERIFICATIONS_A_MINUTE = 1
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    one, two = ({"X-Forwarded-For": f"203.0.113.{last}"} for last in (1, 2))
    reset = reverse("account_reset_password")

    def verify(headers: dict) -> int:
        return client.get("/verify/c0de/", headers=headers).status_code

    def ask(headers: dict) -> int:
        return client.post(
            reset, {"email": "x@example.test"}, headers=headers
        ).status_code

    assert [verify(one), verify(one), verify(two)] == [404, 429, 404]
    assert [ask(one), ask(one), ask(two)] == [302, 429, 302]


def test_too_many_tries_are_answered_in_our_words(client, db, settings):
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    told = {"login": "x@example.test", "password": "wrong"}
    client.post("/accounts/login/", told)
    answer = client.post("/accounts/login/", told)
    assert answer.status_code == 429
    assert "Please wait a minute" in answer.content.decode()


def page_without_what_always_differs(answer: object, email: str) -> str:
    text = answer.content.decode().replace(email, "somebody")
    return re.sub(r'(nonce|value)="[^"]*"', "", text)


@pytest.fixture
def known_and_unknown(db) -> list[str]:
    cache.clear()
    person("kim")
    return ["kim@example.test", "nobody@example.test"]


def test_the_sign_in_does_not_tell_who_has_an_account(known_and_unknown):
    pages = set()
    for email in known_and_unknown:
        told = {"login": email, "password": "not the right one"}
        answer = Client().post(reverse("account_login"), told)
        pages.add((answer.status_code, page_without_what_always_differs(answer, email)))
    assert len(pages) == 1


def test_the_reset_does_not_tell_either_and_mails_as_often(
    known_and_unknown, mailoutbox
):
    pages = set()
    for number, email in enumerate(known_and_unknown, 1):
        answer = Client().post(
            reverse("account_reset_password"), {"email": email}, follow=True
        )
        pages.add(page_without_what_always_differs(answer, email))
        assert [letter.to for letter in mailoutbox[number - 1 :]] == [[email]]
    assert len(pages) == 1


def test_after_five_tries_both_are_told_to_wait(known_and_unknown):
    pages = set()
    for email in known_and_unknown:
        told = {"login": email, "password": "not the right one"}
        for _ in range(5):
            Client().post(reverse("account_login"), told)
        answer = Client().post(reverse("account_login"), told)
        assert "Too many" in answer.content.decode()
        pages.add(page_without_what_always_differs(answer, email))
        cache.clear()
    assert len(pages) == 1


def test_tries_are_counted_however_much_else_is(known_and_unknown):
    """Else whoever guesses could push them out of the cache."""
    told = {"login": "kim@example.test", "password": "not the right one"}
    for _ in range(5):
        Client().post(reverse("account_login"), told)
    cache.set_many({f"something-else-{number}": 1 for number in range(500)})
    answer = Client().post(reverse("account_login"), told)
    assert "Too many" in answer.content.decode()


def test_the_preview_frame_of_the_editor_is_our_own(client, root, starter_plan):
    load_starter_content()
    client.force_login(root)
    policy = client.get("/admin/pages/")["Content-Security-Policy"]
    assert "frame-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
