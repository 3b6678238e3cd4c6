"""What the frameworks do for us, tried on this site's settings: docs/asvs.md names it."""

import sys

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.templatetags.static import static
from django.test import Client
from django.urls import reverse

from lms.models import AuditEntry

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


@pytest.mark.parametrize(
    "new",
    [
        "elevenchars",
        "1qaz2wsx3edc",
        "password123456",
        "qwertyuiop2026",
        "northside-2026",
        "alongside2026!",
        "lena@example.test1",
    ],
)
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


def test_whoever_runs_the_site_ends_sessions(signed_in, lena, sam, capsys):
    other = Client()
    sign_in(other, sam)
    call_command("sign_out", lena.user.email.upper())
    assert signed_in.get("/").status_code == 302
    assert other.get("/").status_code == 200
    call_command("sign_out", "--everyone")
    assert other.get("/").status_code == 302
    with pytest.raises(CommandError, match="Nobody signs in with"):
        call_command("sign_out", "nobody@example.test")


def acts_of(person) -> list[str]:
    entries = AuditEntry.objects.filter(about=person, act__startswith="account.")
    return list(entries.order_by("pk").values_list("act", flat=True))


def test_sign_ins_and_refused_ones_are_on_the_trail(client, lena):
    sign_in(client, lena, password="not this one at all")
    sign_in(client, lena)
    assert acts_of(lena) == ["account.sign_in_refused", "account.signed_in"]
    sign_in(Client(), lena, login="nobody@example.test")
    assert acts_of(None) == ["account.sign_in_refused"]


def test_a_wrong_code_is_on_the_trail(client, lena):
    TOTP.activate(lena.user, "JBSWY3DPEHPK3PXP")
    sign_in(client, lena)
    client.post(reverse("mfa_authenticate"), {"code": "000000x"})
    client.post(reverse("mfa_authenticate"), {"code": "12345678"})
    assert acts_of(lena) == ["account.second_step_refused"] * 2


def test_a_line_break_forges_no_line_of_the_log(client, db, caplog):
    client.get("/nowhere/%0aERROR%20all%20is%20lost/")
    assert caplog.records
    assert all("\n" not in record.getMessage() for record in caplog.records)


def test_files_of_the_site_come_with_the_headers(client, settings):
    settings.SECURE_HSTS_SECONDS = 60
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get(static("lms/alongside.css"), secure=True)
    assert answer.status_code == 200
    assert answer["Strict-Transport-Security"].startswith("max-age=60")
    assert answer["X-Content-Type-Options"] == "nosniff"


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

    monkeypatch.setattr(sys.modules["certificates.views.verify"], "render", fail)
    client.raise_request_exception = False
    answer = client.get("/verify/")
    assert answer.status_code == 500
    assert b"zephyr" not in answer.content
    assert b"Something broke on our side" in answer.content
