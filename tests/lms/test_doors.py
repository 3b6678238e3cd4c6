"""No way in but one; and settings that say what they need."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from lms import outbox
from lms.actions import invite
from lms.models import Person
from lms.project.accounts.checks import refuse_demo_logins
from tests.factories import PersonFactory, UserFactory

ROOT = Path(__file__).parents[2]
PASSWORD = "a long enough password"


@pytest.fixture
def with_second_factor(lena):
    Authenticator.objects.create(
        user=lena.user,
        type=Authenticator.Type.TOTP,
        data={"secret": "JBSWY3DPEHPK3PXP"},
    )
    return lena.user


@pytest.mark.parametrize(
    "door",
    [
        "/admin/login/",
        "/_util/login/",
        "/learn/_util/login/",
        "/admin/password_reset/",
        "/accounts/login/",
    ],
)
def test_no_door_lets_a_password_alone_past_the_second_factor(
    client, with_second_factor, door
):
    told = {"username": with_second_factor.email, "login": with_second_factor.email}
    client.post(door, {**told, "email": with_second_factor.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_the_wagtail_admin_sends_strangers_to_our_sign_in(client, db):
    assert client.get("/admin/").url.startswith(reverse("account_login"))


def test_nobody_signs_up(client, db):
    told = {"email": "new@example.test", "password1": PASSWORD}
    client.post(reverse("account_signup"), told)
    assert not Person.objects.exists()
    assert "_auth_user_id" not in client.session


def test_an_invitation_is_mailed_once_and_opens_the_account(client, northside, dina):
    person = PersonFactory(full_name="Nia", user=None, email="nia@example.test")
    invite(person=person, by=dina, at=timezone.now())
    assert mail.outbox == []
    outbox.drain()
    outbox.drain()
    [letter] = mail.outbox
    assert letter.to == ["nia@example.test"]
    [link] = [line for line in letter.body.splitlines() if line.startswith("http")]
    form = client.get("/accounts/" + link.split("/accounts/")[1]).url
    chosen = {"password1": "walking by the river", "password2": "walking by the river"}
    client.post(form, chosen)
    person.refresh_from_db()
    assert person.user.check_password("walking by the river")


def start(**environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "lms.project.settings.production",
            "ALONGSIDE_VAR": os.environ["ALONGSIDE_VAR"],
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return f"{done.returncode} {done.stderr}"


WHOLE = {
    "SECRET_KEY": "x" * 60,
    "DJANGO_ALLOWED_HOSTS": "alongside.example",
    "BASE_URL": "https://alongside.example",
    "EMAIL_HOST": "mail.example",
}


@pytest.mark.parametrize("missing", WHOLE)
def test_production_says_which_setting_is_missing(missing):
    told = start(**{name: value for name, value in WHOLE.items() if name != missing})
    assert told.startswith("1")
    assert f"Set {missing}: " in told


def test_production_starts_with_all_of_them():
    assert start(**WHOLE).startswith("0")


def test_a_database_address_of_another_kind_is_refused_with_a_sentence():
    told = start(**WHOLE, DATABASE_URL="mysql://x")
    assert "DATABASE_URL begins with postgres://" in told


def test_a_real_site_refuses_to_serve_demo_logins(db, settings):
    refuse_demo_logins()
    UserFactory(email="supervisor@demo.test")
    with pytest.raises(ImproperlyConfigured, match="demo logins"):
        refuse_demo_logins()
    settings.LMS_IS_DEMO = True
    refuse_demo_logins()


def test_demo_people_are_made_only_with_demo_settings(starter_plan):
    with pytest.raises(CommandError, match="demo settings"):
        call_command("load_demo")
