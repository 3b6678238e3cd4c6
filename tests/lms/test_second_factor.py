"""Who must have a second factor, and the acts that ask once more who is there."""

import json
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from certificates.models import Award, Certificate
from competencies import actions
from competencies.models import SendBack, SignOff
from lms.models import Access, Person
from lms.project.accounts.step_secrets import lock, unlock
from tests.factories import complete, line, supervise

SECRET = "JBSWY3DPEHPK3PXP"
SET_UP = "/accounts/2fa/"
SIGN_OFF = "/team/sign-off/"


@pytest.fixture(autouse=True)
def _strict(settings) -> None:
    settings.LMS_DOORS_ARE_STRICT = True
    settings.ACCOUNT_RATE_LIMITS = False


def with_app(person: Person) -> Person:
    TOTP.activate(person.user, SECRET)
    return person


def enter(person: Person, *, hours_ago: float = 0) -> Client:
    client = Client()
    client.force_login(person.user)
    session = client.session
    session["lms_signed_in_at"] -= hours_ago * 3600
    session["lms_seen_at"] = time.time()
    session.save()
    return client


def six_digits() -> str:
    counter = int(time.time()) // 30
    return format_hotp_value(hotp_value(SECRET, counter))


def prove_it(client: Client, address: str) -> object:
    """Type the app's number on the page that asks, and go on."""
    asks, _, goes_on = address.partition("?next=")
    assert asks == reverse("mfa_reauthenticate")
    told = {"code": six_digits(), "next": goes_on.replace("%2F", "/")}
    return client.post(asks, told)


MUST = {"sam", "ben", "dina", "tia", "ada", "olu", "abe", "root"}


def test_who_must_have_a_second_factor(cast):
    asked = set()
    for name, user in cast.items():
        client = Client()
        client.force_login(user)
        answer = client.get("/plan/")
        if answer.status_code == 302:
            assert answer.url == SET_UP
            asked.add(name)
    assert asked == MUST


@pytest.mark.parametrize(
    "address", ["/", "/team/", "/verify/", "/admin/", "/accounts/password/change/"]
)
def test_until_then_every_page_leads_to_the_set_up(sam, address):
    assert enter(sam).get(address).url == SET_UP


@pytest.mark.parametrize(
    "address",
    ["/healthz", "/accounts/logout/", SET_UP, "/accounts/2fa/totp/activate/"],
)
def test_the_set_up_and_the_way_out_stay_open(sam, address):
    assert enter(sam).get(address).status_code in {200, 503}


def test_the_set_up_says_why(sam):
    assert "One thing before you go on" in enter(sam).get(SET_UP).content.decode()


def test_nothing_is_done_by_a_post_before_the_set_up(sam, lena):
    complete(lena, "OB-01")
    item = line(lena, "OB-01")
    address = reverse("lms_competencies:sign_off_send_back", args=[item.pk])
    assert enter(sam).post(address, {"note": "When?"}).url == SET_UP
    assert not SendBack.objects.exists()


def test_with_an_app_or_a_passkey_all_opens(sam):
    assert enter(with_app(sam)).get("/team/").status_code == 200


def test_codes_for_a_lost_phone_are_no_second_factor(sam):
    RecoveryCodes.activate(sam.user)
    assert enter(sam).get("/team/").url == SET_UP


def test_a_new_tie_and_an_ended_access_bite_with_the_next_request(lena, dina, sam):
    as_lena, as_dina = enter(lena), enter(dina)
    assert as_lena.get("/plan/").status_code == 200
    supervise(lena, sam.staff_members.get())
    assert as_lena.get("/plan/").url == SET_UP
    assert as_dina.get("/plan/").url == SET_UP
    Access.objects.filter(person=dina).update(
        ends_on=timezone.localdate() - timezone.timedelta(days=1)
    )
    assert as_dina.get("/plan/").status_code == 200


def test_everyone_else_is_invited_and_not_pressed(lena):
    invitation = "Let this phone open Alongside"
    assert invitation in enter(lena).get("/").content.decode()
    assert invitation not in enter(with_app(lena)).get("/").content.decode()


def test_a_demonstration_asks_nobody(sam, lena, settings):
    settings.LMS_DOORS_ARE_STRICT = False
    client = enter(sam, hours_ago=2)
    [completion] = complete(lena, "OB-01")
    assert client.get("/team/").status_code == 200
    client.post(SIGN_OFF, chosen(completion))
    assert SignOff.objects.count() == 1


def test_the_first_factor_is_set_up_without_the_password_a_minute_after_signing_in(
    sam,
):
    address = reverse("mfa_activate_totp")
    assert enter(sam).get(address).status_code == 200
    later = enter(sam, hours_ago=0.2).get(address)
    assert later.url.startswith(reverse("account_reauthenticate"))


def test_a_second_one_always_asks_for_the_first(sam):
    with_app(sam)
    Authenticator.objects.update(created_at=timezone.now() - timezone.timedelta(days=1))
    answer = enter(sam).get(reverse("mfa_add_webauthn"))
    assert answer.url.startswith(reverse("mfa_reauthenticate"))


def chosen(*completions: object) -> dict:
    return {"sign": [f"{each.pk}:{actions.seen(each)}" for each in completions]}


def test_a_signature_within_the_hour_asks_nothing(sam, lena):
    [completion] = complete(lena, "OB-01")
    enter(with_app(sam), hours_ago=0.9).post(SIGN_OFF, chosen(completion))
    assert SignOff.objects.count() == 1


def test_later_a_ticked_batch_waits_for_the_step_up_and_then_goes_through(sam, lena):
    batch = complete(lena, "OB-01", "OB-02")
    client = enter(with_app(sam), hours_ago=1.1)
    assert client.get(SIGN_OFF).status_code == 200
    asked = client.post(SIGN_OFF, chosen(*batch))
    assert not SignOff.objects.exists()
    assert "lms_accepted" not in asked.cookies
    done = prove_it(client, asked.url)
    assert done.url == SIGN_OFF
    assert done.cookies["lms_accepted"].value == "%2Fteam%2Fsign-off%2F"
    assert SignOff.objects.count() == 2


def test_a_note_that_is_missing_is_asked_for_where_the_form_was(sam, lena):
    complete(lena, "OB-01")
    address = reverse(
        "lms_competencies:sign_off_send_back", args=[line(lena, "OB-01").pk]
    )
    client = enter(with_app(sam), hours_ago=2)
    page = prove_it(client, client.post(address, {"note": ""}).url)
    assert f'action="{address}"' in page.content.decode()


def test_whoever_proved_it_goes_on_under_a_new_key(sam, lena):
    client = enter(with_app(sam), hours_ago=2)
    before = client.session.session_key
    prove_it(client, client.post(SIGN_OFF, {"sign": "x"}).url)
    assert client.session.session_key != before
    assert not client.session.exists(before)
    assert client.get(SIGN_OFF).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_another_second_step_ends_the_other_sessions(lena):
    here, elsewhere = enter(lena), enter(lena)
    here.get(reverse("mfa_activate_totp"))
    secret = here.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    here.post(reverse("mfa_activate_totp"), {"code": code})
    assert Authenticator.objects.filter(user=lena.user).exists()
    assert here.get("/plan/").status_code == 200
    assert elsewhere.get("/plan/").status_code == 302


def test_a_wrong_number_signs_nothing(sam, lena):
    [completion] = complete(lena, "OB-01")
    client = enter(with_app(sam), hours_ago=2)
    asked = client.post(SIGN_OFF, chosen(completion))
    page = client.post(asked.url, {"code": "000000"})
    assert "That did not match" in page.content.decode()
    assert not SignOff.objects.exists()


def test_taking_a_signature_back_asks_too(sam, lena):
    [completion] = complete(lena, "OB-01")
    actions.sign(
        signer=sam,
        lines={completion.pk: actions.seen(completion)},
        at=timezone.now(),
    )
    address = reverse(
        "lms_competencies:sign_off_withdraw", args=[SignOff.objects.get().pk]
    )
    client = enter(with_app(sam), hours_ago=2)
    asked = client.post(address, {"reason": "It was the wrong day"})
    assert SignOff.objects.in_force().exists()
    prove_it(client, asked.url)
    assert not SignOff.objects.in_force().exists()


@pytest.fixture
def certificate(lena) -> Certificate:
    return Certificate.objects.create(
        person=lena, award=Award.objects.create(key="t", title="T", phase="orientation"),
        cycle="1", number="1", code="c0de", name="Lena", title="T", issuer="I", design="d",
        issued_on=timezone.localdate(), sha256="0",
    )  # fmt: skip


def test_sharing_asks_even_right_after_signing_in(lena, certificate):
    address = reverse("lms_certificates:certificate_detail", args=[certificate.pk])
    client = enter(with_app(lena))
    assert client.get(address).status_code == 200
    asked = client.post(address, {"discloses": "nobody"})
    certificate.refresh_from_db()
    assert certificate.discloses == "name"
    prove_it(client, asked.url)
    certificate.refresh_from_db()
    assert certificate.discloses == "nobody"


def test_what_was_proved_a_moment_ago_is_not_asked_again(lena, certificate):
    address = reverse("lms_certificates:certificate_detail", args=[certificate.pk])
    client = enter(with_app(lena))
    choice = {"discloses": "nobody"}
    prove_it(client, client.post(address, choice).url)
    assert client.post(address, choice).url == address


def test_who_comes_by_single_sign_on_alone_sets_something_up_first(lena, certificate):
    """Without a password allauth would let them pass: we do not."""
    lena.user.set_unusable_password()
    lena.user.save()
    address = reverse("lms_certificates:certificate_detail", args=[certificate.pk])
    client = enter(lena, hours_ago=2)
    answer = client.post(address, {"discloses": "nobody"}, follow=True)
    assert answer.redirect_chain == [(SET_UP, 302)]
    assert "Set up a passkey or an app here" in answer.content.decode()
    with_app(lena)
    asked = client.post(address, {"discloses": "nobody"})
    assert asked.url.startswith(reverse("mfa_reauthenticate"))


def test_the_passkey_is_offered_before_the_app_and_the_password(sam):
    with_app(sam)
    Authenticator.objects.create(
        user=sam.user, type=Authenticator.Type.WEBAUTHN, data={"name": "My passkey"}
    )
    asked = enter(sam, hours_ago=2).post(SIGN_OFF, {"sign": ["1:x"]})
    assert asked.url.startswith(reverse("mfa_reauthenticate_webauthn"))


def test_the_secrets_of_second_steps_lie_locked(sam):
    with_app(sam)
    RecoveryCodes.activate(sam.user)
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in kept
    app = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert TOTP(app).validate_code(six_digits())
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    assert codes.wrap().validate_code(codes.wrap().get_unused_codes()[0])


def test_a_change_of_the_sites_key_shuts_nobody_out(settings):
    locked = lock(SECRET)
    earlier, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    settings.SECRET_KEY_FALLBACKS = [earlier]
    assert unlock(locked) == SECRET
    settings.SECRET_KEY_FALLBACKS = []
    assert unlock(locked) not in {SECRET, "", locked, unlock(locked)}
