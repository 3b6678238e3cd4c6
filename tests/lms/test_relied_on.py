"""What the frameworks do for us, tried on this site's settings: docs/asvs.md names it."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

PASSWORD = "a long enough password"
LONG = "walking by the river " * 6


@pytest.fixture
def signed_in(client, lena) -> Client:
    sign_in(client, lena)
    return client


def sign_in(client, person, **told: str):
    told = {"login": person.user.email, "password": PASSWORD, **told}
    return client.post(reverse("account_login"), told)


def change_password(client, new: str, old: str = PASSWORD) -> None:
    told = {"oldpassword": old, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), told)


def test_a_password_is_long_and_kept_as_typed(signed_in, lena):
    change_password(signed_in, LONG)
    lena.user.refresh_from_db()
    assert lena.user.check_password(LONG)
    assert not lena.user.check_password(LONG[:-1])
    assert not lena.user.check_password(LONG.upper())


@pytest.mark.parametrize("new", ["elevenchars", "1qaz2wsx3edc"])
def test_a_short_or_common_password_is_refused(signed_in, lena, new):
    change_password(signed_in, new)
    lena.user.refresh_from_db()
    assert lena.user.check_password(PASSWORD)


def test_a_new_password_needs_the_old_one(signed_in, lena):
    change_password(signed_in, LONG, old="something else")
    lena.user.refresh_from_db()
    assert lena.user.check_password(PASSWORD)


def test_signing_in_gives_a_new_session_and_signing_out_ends_it(client, lena):
    client.get(reverse("account_login"))
    client.session["something"] = "from before"
    before = client.session.session_key
    sign_in(client, lena)
    key = client.session.session_key
    assert key not in {None, before}
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(session_key=key).exists()


def test_an_account_that_is_closed_ends_its_sessions(signed_in, lena):
    assert signed_in.get("/").status_code == 200
    lena.user.is_active = False
    lena.user.save()
    assert signed_in.get("/").status_code == 302


def test_a_changed_password_ends_the_other_sessions(signed_in, lena):
    other = Client()
    sign_in(other, lena)
    change_password(signed_in, LONG)
    assert signed_in.get("/").status_code == 200
    assert other.get("/").status_code == 302


def test_a_form_from_elsewhere_is_refused(lena):
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client, lena).status_code == 403
    client.force_login(lena.user)
    assert client.post(reverse("account_logout")).status_code == 403


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/"])
def test_nobody_is_sent_elsewhere_after_signing_in(client, lena, address):
    assert sign_in(client, lena, next=address).url == "/"


def test_cookies_cannot_be_read_by_scripts(client, lena):
    cookie = sign_in(client, lena).cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_trace_gives_nothing_back(client, db):
    told = client.trace("/verify/", headers={"X-Secret": "zephyr"})
    assert b"zephyr" not in told.content


def test_an_error_tells_strangers_nothing(client, db, monkeypatch):
    def fail(*args: object) -> None:
        raise RuntimeError("zephyr")

    monkeypatch.setattr("certificates.views.render", fail)
    client.raise_request_exception = False
    answer = client.get("/verify/")
    assert answer.status_code == 500
    assert b"zephyr" not in answer.content
    assert b"Something broke on our side" in answer.content
