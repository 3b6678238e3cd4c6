"""No way in but one; and settings that say what they need."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser, Group, Permission
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from django.utils.regex_helper import normalize

from content.actions import load_starter_content
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


def every_address(patterns: list, samples: dict, prefix: str = "/") -> Iterator[str]:
    """Each address the site answers, its blanks filled in."""
    for pattern in patterns:
        regex = pattern.pattern.regex.pattern.removeprefix("^")
        for template, names in normalize(regex):
            values = {name: samples.get(name, "1") for name in names}
            address = prefix + template % values
            if isinstance(pattern, URLPattern):
                yield address
            else:
                yield from every_address(pattern.url_patterns, samples, address)


@pytest.fixture
def addresses(with_second_factor, settings) -> list[str]:
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False
    user = with_second_factor
    email = EmailAddress.objects.get(user=user)
    samples = {
        "uidb36": user_pk_to_url_str(user),
        "key": default_token_generator.make_token(user),
    }
    found = list(every_address(get_resolver().url_patterns, samples))
    key = EmailConfirmationHMAC(email).key
    return [*found, reverse("account_confirm_email", args=[key])]


def everything_one_knows(user: AbstractBaseUser) -> dict[str, str]:
    names = ["login", "email", "username"]
    passwords = ["password", "password1", "password2", "oldpassword"]
    others = {"code": "000000", "credential": "{}", "action": "", "next": "/"}
    return {
        **dict.fromkeys(names, user.email),
        **dict.fromkeys(passwords, PASSWORD),
        **others,
    }


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_no_address_lets_a_password_or_a_token_past_the_second_factor(
    with_second_factor, addresses
):
    """Walks the whole URL conf as somebody who knows all but the second factor."""
    known = everything_one_knows(with_second_factor)
    assert {"/accounts/login/", "/admin/login/", "/learn/_util/login/"} < set(addresses)
    for address in addresses:
        client = Client()
        client.get(address)
        client.post(address, known, follow=True)
        assert not is_in(client), address


def test_no_address_lets_anyone_in_between_the_two_factors(
    with_second_factor, addresses
):
    known = everything_one_knows(with_second_factor)
    doors = re.compile("^/(?!admin/)|login|password|account")
    for address in filter(doors.search, addresses):
        client = Client()
        client.post("/accounts/login/", known)
        assert client.session["account_login"]
        client.get(address)
        client.post(address, known, follow=True)
        assert not is_in(client), address


def test_the_walk_would_notice_an_open_door(client, sam):
    client.post("/accounts/login/", everything_one_knows(sam.user))
    assert is_in(client)


def test_a_new_password_from_a_mailed_link_does_not_sign_in(client, with_second_factor):
    client.post(reverse("account_reset_password"), {"email": with_second_factor.email})
    [letter] = mail.outbox
    link = next(line for line in letter.body.splitlines() if "/accounts/" in line)
    form = client.get("/accounts/" + link.split("/accounts/")[1]).url
    chosen = {"password1": "walking by the river", "password2": "walking by the river"}
    client.post(form, chosen, follow=True)
    with_second_factor.refresh_from_db()
    assert with_second_factor.check_password("walking by the river")
    assert not is_in(client)


def test_with_a_second_factor_the_address_cannot_be_changed(client, with_second_factor):
    client.force_login(with_second_factor)
    page = reverse("account_email")
    answer = client.post(page, {"action_add": "", "email": "new@example.test"})
    assert "the address stays as it is" in answer.content.decode()
    assert not EmailAddress.objects.filter(email="new@example.test").exists()


def test_no_group_may_edit_accounts(starter_plan):
    load_starter_content()
    assert Group.objects.exists()
    given = Permission.objects.filter(content_type__app_label="lms_accounts")
    assert given.exists()
    assert not given.filter(group__isnull=False).exists()


def test_wagtail_offers_no_password_and_no_address_to_change(client, root):
    client.force_login(root)
    page = client.get(reverse("wagtailadmin_account")).content.decode()
    assert "Theme" in page
    assert "assword" not in page
    assert 'type="email"' not in page


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


def start(*command: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *(command or ("manage.py", "check"))],
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
    return f"{done.returncode} {done.stdout if command else done.stderr}"


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


SAFE = {
    "LMS_DOORS_ARE_STRICT": True,
    "LMS_IS_DEMO": False,
    "SESSION_COOKIE_NAME": "__Host-sessionid",
    "CSRF_COOKIE_NAME": "__Host-csrftoken",
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SESSION_COOKIE_DOMAIN": None,
    "SESSION_COOKIE_PATH": "/",
    "SESSION_COOKIE_HTTPONLY": True,
    "SECURE_HSTS_SECONDS": 31536000,
    "SECURE_SSL_REDIRECT": True,
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": None,
}


def test_production_is_strict_whatever_the_environment_says():
    program = (
        "from django.conf import settings\n"
        f"for name in {list(SAFE)}: print(name, getattr(settings, name, None))"
    )
    wish = dict.fromkeys(SAFE, "0") | {"DEBUG": "1", "LMS_IS_DEMO": "1"}
    told = start("-c", program, **WHOLE, **wish)
    said = "".join(f"{name} {value}\n" for name, value in SAFE.items())
    assert told == f"0 {said}"


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


def test_saml_says_what_it_needs():
    told = start(**WHOLE, SAML="1")
    assert "SAML needs python3-saml" in told
