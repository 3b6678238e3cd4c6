"""An agency's own sign-in opens Alongside for people on its roster, and no one else.

Every test walks the whole code flow with a real OpenID provider.
"""

import datetime
import io
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from lms import audit
from lms.models import Access, AuditEntry, Person
from lms.project.accounts.models import User
from lms.project.sign_on import rules
from lms.project.sign_on.models import SignOn
from tests.factories import employ
from tests.identity_provider import IdentityProvider

PASSWORD = "a long enough password"
TOTP_SECRET = "JBSWY3DPEHPK3PXP"


def run(act, agency=None, **options) -> str:
    arguments = [
        f"--{name.replace('_', '-')}={value}" for name, value in options.items()
    ]
    if agency is not None:
        arguments.append(f"--agency={agency}")
    out = io.StringIO()
    call_command("sign_on", act, *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def northsides(own_sign_in, northside) -> SignOn:
    return own_sign_in(northside)


@pytest.fixture
def lena(lena) -> Person:
    """On the roster with an address and a number."""
    lena.email = "lena@northside.test"
    lena.save()
    lena.staff_members.update(employee_id="N-7")
    return lena


def claims(**others) -> dict:
    return {
        "sub": "lena-at-northside",
        "email": "lena@northside.test",
        "email_verified": True,
        "employee_number": "N-7",
        **others,
    }


@pytest.fixture
def walk(client, identity_provider):
    """From our button to the provider and back: the answer to the way back."""

    def there_and_back(sign_on: SignOn, told: dict | None, **form):
        return client.get(come_back(client, identity_provider, sign_on, told, **form))

    return there_and_back


def leave(client: Client, sign_on: SignOn, **form) -> str:
    """Press our button: the provider's address we are taken to."""
    button = reverse("openid_connect_login", args=[sign_on.app.provider_id])
    return client.post(button, form).context["address"]


def come_back(
    client: Client,
    provider: IdentityProvider,
    sign_on: SignOn,
    told: dict | None,
    **form,
) -> str:
    return provider.sign_in(leave(client, sign_on, **form), told)


def signed_in(client: Client) -> User | None:
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()


def assert_refused(client: Client, answer, reason: str) -> None:
    assert answer.status_code == 403
    assert "Ask your director for an invitation" in answer.content.decode()
    assert signed_in(client) is None
    assert AuditEntry.objects.filter(act="sign_on.refused").get().facts == {
        "reason": reason
    }


def test_a_first_sign_in_links_whom_the_roster_names_twice(
    client, walk, lena, northsides
):
    answer = walk(northsides, claims())
    assert answer.url == "/"
    assert signed_in(client) == lena.user
    link = SocialAccount.objects.get()
    assert (link.user, link.uid) == (lena.user, "lena-at-northside")
    assert AuditEntry.objects.filter(act="sign_on.connected", about=lena).exists()


def test_nothing_that_the_provider_tells_is_kept(client, walk, lena, northsides):
    walk(northsides, claims(name="Lena of Northside"))
    walk(northsides, claims(name="Lena of Northside"))
    assert SocialAccount.objects.get().extra_data == {}
    assert not SocialToken.objects.exists()
    assert "Northside" not in str(dict(client.session))


def test_who_is_linked_signs_in_whatever_else_the_provider_says(
    client, walk, lena, northsides
):
    walk(northsides, claims())
    client.logout()
    walk(northsides, {"sub": "lena-at-northside"})
    assert signed_in(client) == lena.user


def test_an_address_is_the_same_however_it_is_written(client, walk, lena, northsides):
    walk(northsides, claims(email="Lena@Northside.TEST"))
    assert signed_in(client) == lena.user


def test_an_agency_names_the_claim_that_holds_the_number(
    client, walk, lena, northsides
):
    SignOn.objects.update(number_claim="name")
    walk(northsides, claims(employee_number="", name="N-7"))
    assert signed_in(client) == lena.user


@pytest.mark.parametrize(
    ("others", "reason"),
    [
        ({"employee_number": "N-8"}, "unknown"),
        ({"employee_number": ""}, "unknown"),
        ({"employee_number": None}, "unknown"),
        ({"email": "somebody@northside.test"}, "unknown"),
        ({"email": ""}, "unverified"),
        ({"email_verified": False}, "unverified"),
        ({"email_verified": "true"}, "unverified"),
    ],
)
def test_half_a_match_opens_nothing(client, walk, lena, northsides, others, reason):
    answer = walk(northsides, claims(**others))
    assert_refused(client, answer, reason)
    assert not SocialAccount.objects.exists()


def test_nobody_is_found_by_what_the_roster_does_not_say(
    client, walk, lena, northsides
):
    lena.staff_members.update(employee_id="")
    assert_refused(client, walk(northsides, claims(employee_number="")), "unknown")
    lena.staff_members.update(employee_id="N-7")
    Person.objects.update(email="")
    walk(northsides, claims(email=""))
    assert signed_in(client) is None


def test_who_is_on_the_roster_of_another_agency_is_refused(
    client, walk, lena, eastside, own_sign_in
):
    assert_refused(client, walk(own_sign_in(eastside), claims()), "unknown")


def test_who_has_left_is_not_found(client, walk, lena, northsides):
    lena.staff_members.update(left_on=datetime.date(2026, 11, 23))
    assert_refused(client, walk(northsides, claims()), "unknown")


def test_who_leaves_can_no_longer_sign_in_there(client, walk, lena, northsides):
    walk(northsides, claims())
    client.logout()
    lena.staff_members.update(left_on=datetime.date(2026, 11, 24))
    walk(northsides, claims())
    assert signed_in(client) == lena.user  # the last day is a day at work
    client.logout()
    lena.staff_members.update(left_on=datetime.date(2026, 11, 23))
    assert_refused(client, walk(northsides, claims()), "left")


@pytest.mark.parametrize("account", ["none", "closed"])
def test_a_provider_makes_no_accounts_and_opens_no_closed_ones(
    client, walk, lena, northsides, account
):
    if account == "none":
        Person.objects.filter(pk=lena.pk).update(user=None)
    else:
        User.objects.filter(pk=lena.user.pk).update(is_active=False)
    before = User.objects.count()
    assert_refused(client, walk(northsides, claims()), "uninvited")
    assert User.objects.count() == before
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("more", ["work", "tta", "director"])
def test_one_agency_does_not_open_by_itself_what_another_gave(
    client, walk, lena, northsides, eastside, more
):
    if more == "work":
        employ(lena, eastside, "frss")
    else:
        agency = eastside if more == "director" else None
        since = datetime.date(2026, 1, 1)
        Access.objects.create(person=lena, kind=more, agency=agency, starts_on=since)
    assert_refused(client, walk(northsides, claims()), "elsewhere")
    client.force_login(lena.user)
    assert "Northside is connected." in connect(client, walk, northsides, claims())


def test_a_director_is_found_at_their_own_agency(client, walk, dina, northsides):
    Person.objects.filter(pk=dina.pk).update(email="dina@northside.test")
    dina.staff_members.update(employee_id="N-1")
    told = claims(sub="d", email="dina@northside.test", employee_number="N-1")
    walk(northsides, told)
    assert signed_in(client) == dina.user


def test_a_second_account_there_is_not_linked_by_its_claims(
    client, walk, lena, northsides
):
    walk(northsides, claims())
    client.logout()
    assert_refused(client, walk(northsides, claims(sub="another")), "linked")
    assert SocialAccount.objects.count() == 1


def test_the_second_factor_is_asked_for_all_the_same(client, walk, lena, northsides):
    totp.TOTP.activate(lena.user, TOTP_SECRET)
    for _visit in range(2):
        answer = walk(northsides, claims())
        assert answer.url == reverse("mfa_authenticate")
        assert signed_in(client) is None
        assert client.get("/plan/").status_code == 302
    now = next(totp.yield_hotp_counters_from_time())
    code = totp.format_hotp_value(totp.hotp_value(TOTP_SECRET, now))
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert signed_in(client) == lena.user


def connect(client: Client, walk, sign_on: SignOn, told: dict) -> str:
    """Connect, and prove once more who it is; the page that says how it went."""
    answer = walk(sign_on, told)
    if answer.url == reverse("account_reauthenticate"):
        answer = client.post(answer.url, {"password": PASSWORD})
    assert answer.url == reverse("socialaccount_connections")
    return client.get(answer.url).content.decode()


def test_somebody_signed_in_connects_and_disconnects(client, walk, lena, northsides):
    client.force_login(lena.user)
    page = connect(client, walk, northsides, {"sub": "l"})
    assert "Northside is connected." in page
    client.logout()
    walk(northsides, {"sub": "l"})
    assert signed_in(client) == lena.user

    link = SocialAccount.objects.get()
    connections = reverse("socialaccount_connections")
    answer = client.post(connections, {"account": link.pk})
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert SocialAccount.objects.exists()
    client.post(answer.url, {"password": PASSWORD, "next": connections})
    assert not SocialAccount.objects.exists()
    acts = AuditEntry.objects.filter(about=lena, act__startswith="sign_on.")
    assert list(acts.values_list("act", flat=True)) == [
        "sign_on.connected",
        "sign_on.disconnected",
    ]


def test_what_was_told_waits_in_no_session_for_the_proof(
    client, walk, lena, northsides
):
    client.force_login(lena.user)
    answer = walk(northsides, claims())
    assert answer.url == reverse("account_reauthenticate")
    waiting = client.session["account_reauthentication_state"]["state"]
    assert "token" not in waiting
    assert waiting["account"]["extra_data"] == {}


def test_only_ones_own_agency_is_offered(
    client, lena, northsides, eastside, own_sign_in
):
    eastsides = own_sign_in(eastside)
    client.force_login(lena.user)
    page = client.get(reverse("socialaccount_connections")).content.decode()
    assert "Connect Northside" in page
    assert "Eastside" not in page
    button = reverse("openid_connect_login", args=[eastsides.app.provider_id])
    assert client.post(button).status_code == 404


def test_who_leaves_meanwhile_is_not_connected(
    client, lena, northsides, identity_provider
):
    client.force_login(lena.user)
    back = come_back(client, identity_provider, northsides, claims())
    lena.staff_members.update(left_on=datetime.date(2026, 11, 23))
    client.get(back)
    page = client.get(reverse("socialaccount_connections")).content.decode()
    assert "You do not work at Northside now" in page
    assert not SocialAccount.objects.exists()


def test_a_colleagues_sign_in_is_not_connected(client, walk, lena, sam, northsides):
    client.force_login(sam.user)
    assert "belongs to a colleague" in connect(client, walk, northsides, claims())
    assert not SocialAccount.objects.exists()


def test_a_second_sign_in_is_not_connected_beside_the_first(
    client, walk, lena, northsides
):
    client.force_login(lena.user)
    connect(client, walk, northsides, {"sub": "l"})
    page = connect(client, walk, northsides, {"sub": "other"})
    assert "Disconnect that first" in page
    assert SocialAccount.objects.count() == 1


def test_a_sign_in_that_is_somebody_elses_stays_theirs(
    client, walk, lena, sam, northsides
):
    client.force_login(lena.user)
    connect(client, walk, northsides, {"sub": "l"})
    client.force_login(sam.user)
    assert "somebody else’s" in connect(client, walk, northsides, {"sub": "l"})
    assert SocialAccount.objects.get().user == lena.user


def test_the_only_way_in_is_not_taken_away(client, walk, lena, northsides):
    lena.user.set_unusable_password()
    lena.user.save()
    walk(northsides, claims())
    link = {"account": SocialAccount.objects.get().pk}
    answer = client.post(reverse("socialaccount_connections"), link)
    assert "This is your only way to sign in" in answer.content.decode()
    assert SocialAccount.objects.exists()


def test_the_request_carries_a_state_and_a_challenge(client, lena, northsides):
    asked = parse_qs(urlsplit(leave(client, northsides)).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["state"][0]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}


def test_a_link_to_our_button_cannot_change_what_we_ask_for(client, northsides):
    button = reverse("openid_connect_login", args=[northsides.app.provider_id])
    told = (
        "auth_params=redirect_uri%3Dhttps%3A%2F%2Felsewhere.test&scope=offline_access"
    )
    answer = client.post(f"{button}?{told}&process=redirect")
    assert "elsewhere.test" not in answer.context["address"]
    assert "offline_access" not in answer.context["address"]


def test_a_tampered_state_is_refused(client, lena, northsides, identity_provider):
    back = come_back(client, identity_provider, northsides, claims())
    state = parse_qs(urlsplit(back).query)["state"][0]
    answer = client.get(back.replace(state, "0" * len(state)))
    assert answer.status_code == 401
    assert signed_in(client) is None


def test_a_code_is_of_no_use_in_another_browser(lena, northsides, identity_provider):
    back = come_back(Client(), identity_provider, northsides, claims())
    thief = Client()
    assert thief.get(back).status_code == 401
    assert signed_in(thief) is None


def test_the_way_back_is_walked_once(client, lena, northsides, identity_provider):
    back = come_back(client, identity_provider, northsides, claims())
    client.get(back)
    client.logout()
    assert client.get(back).status_code == 401
    assert signed_in(client) is None


def test_declining_there_brings_one_back_with_a_kind_word(client, walk, northsides):
    answer = walk(northsides, None)
    assert answer.url == reverse("socialaccount_login_cancelled")
    assert "That is all right" in client.get(answer.url).content.decode()


@pytest.mark.parametrize("name", ["openid_connect_login", "openid_connect_callback"])
@pytest.mark.parametrize("provider", ["unknown", "openid_connect", "agency-0"])
def test_an_unknown_provider_is_not_found(client, northsides, name, provider):
    address = reverse(name, args=[provider])
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


@pytest.mark.parametrize(
    ("wished", "reached"),
    [
        ("/plan/", "/plan/"),
        ("https://elsewhere.test/", "/"),
        ("//elsewhere.test/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_one_ends_where_one_wished_but_never_elsewhere(
    walk, lena, northsides, wished, reached
):
    assert walk(northsides, claims(), next=wished).url == reached


def test_looking_at_a_button_starts_nothing(client, lena, northsides):
    button = reverse("openid_connect_login", args=[northsides.app.provider_id])
    assert "Sign in at Northside" in client.get(button).content.decode()
    assert "socialaccount_states" not in client.session


def test_a_button_needs_our_own_form(northsides):
    button = reverse("openid_connect_login", args=[northsides.app.provider_id])
    assert Client(enforce_csrf_checks=True).post(button).status_code == 403


def test_a_silent_provider_is_told_kindly(client, northsides, identity_provider):
    back = come_back(client, identity_provider, northsides, claims())
    SocialApp.objects.update(settings={"server_url": "http://127.0.0.1:9"})
    button = reverse("openid_connect_login", args=[northsides.app.provider_id])
    for answer in (client.post(button), client.get(back)):
        assert answer.status_code == 401
        assert "That did not work" in answer.content.decode()


def test_the_door_shows_agencies_only_where_there_are_some(
    client, northside, own_sign_in
):
    login = reverse("account_login")
    assert "Sign in with your agency" not in client.get(login).content.decode()
    assert "No agency" in client.get(reverse("sign_on_choose")).content.decode()
    own_sign_in(northside)
    assert "Sign in with your agency" in client.get(login).content.decode()
    assert "Northside" in client.get(reverse("sign_on_choose")).content.decode()


def test_no_other_page_of_allauths_signs_anybody_up(client, northsides):
    signup = client.get(reverse("socialaccount_signup"))
    assert signup.url == reverse("account_login")
    assert not SocialAccount.objects.exists()


def test_the_administrator_sees_what_there_is(northsides, eastside, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://alongside.test/"
    told = run("list")
    assert "Eastside: no sign-in of its own." in told
    assert f"Northside: {northsides.app.settings['server_url']}" in told
    assert (
        f"https://alongside.test/accounts/oidc/agency-{eastside.pk}/login/callback/"
        in told
    )
    assert northsides.app.secret not in told


def test_a_secret_is_renewed_without_anybody_connecting_again(
    client, walk, lena, northsides, monkeypatch
):
    walk(northsides, claims())
    secret = northsides.app.secret
    SocialApp.objects.update(secret="run out")
    client.logout()
    assert walk(northsides, claims()).status_code == 401
    monkeypatch.setenv("SIGN_ON_SECRET", secret)
    run("secret", northsides.agency)
    walk(northsides, claims())
    assert signed_in(client) == lena.user


def test_removing_it_says_whom_it_touches_and_ends_every_link(
    client, walk, lena, northsides, northside
):
    lena.user.set_unusable_password()
    lena.user.save()
    walk(northsides, claims())
    told = run("remove", northside)
    assert "Connected at Northside: 1." in told
    assert lena.user.email in told
    assert SocialAccount.objects.exists()
    call_command("sign_on", "remove", f"--agency={northside}", "--yes")
    assert not SocialAccount.objects.exists()
    assert not SocialApp.objects.exists()
    assert AuditEntry.objects.filter(act="sign_on.disconnected", about=lena).exists()
    audit.seal()
    assert audit.verify() == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"agency": "Westside"}, "There are: Eastside, Northside"),
        ({"server_url": "http://login.test"}, "begins with https://"),
        ({"server_url": "http://127.0.0.1:9"}, "No provider answers there"),
        ({"client_id": "taken"}, "one of its own"),
    ],
)
def test_what_cannot_work_is_refused_with_a_sentence(
    northside, eastside, identity_provider, monkeypatch, changed, sentence
):
    SocialApp.objects.create(provider="openid_connect", client_id="taken", name="x")
    monkeypatch.setenv("SIGN_ON_SECRET", "s")
    whole = {"server_url": identity_provider.address, "client_id": "c"}
    told = {"agency": "Northside", **whole, **changed}
    with pytest.raises(CommandError, match=sentence):
        run("add", **told)


def test_a_provider_must_call_itself_what_it_is_called(
    northside, identity_provider, monkeypatch
):
    monkeypatch.setenv("SIGN_ON_SECRET", "s")
    other = identity_provider.address.replace("127.0.0.1", "localhost")
    with pytest.raises(CommandError, match="calls itself “http://127"):
        run("add", northside, server_url=other, client_id="c")


def test_an_agency_has_one_sign_in_at_most_and_none_to_renew(northsides, eastside):
    with pytest.raises(CommandError, match="Remove it first"):
        run("add", northsides.agency, server_url="https://x.test", client_id="c")
    with pytest.raises(CommandError, match="no sign-in of its own"):
        run("secret", eastside)


def test_a_secret_stands_in_no_command_line(northside, identity_provider, monkeypatch):
    monkeypatch.delenv("SIGN_ON_SECRET", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(CommandError, match="SIGN_ON_SECRET"):
        run("add", northside, server_url=identity_provider.address, client_id="c")
    with pytest.raises(CommandError, match="unrecognized arguments"):
        run("secret", northside, secret="s")


def test_user_info_of_somebody_else_is_not_used():
    token = {"sub": "lena"}
    assert rules.is_about_one_account({"id_token": token})
    assert rules.is_about_one_account({"id_token": token, "userinfo": {"sub": "lena"}})
    assert not rules.is_about_one_account(
        {"id_token": token, "userinfo": {"sub": "sam"}}
    )
    assert not rules.is_about_one_account({"userinfo": {"sub": "lena"}})


def test_claims_are_read_from_both_parts_of_the_answer():
    token = {"email": "a@x.test", "email_verified": True}
    told = rules.told({"id_token": token, "userinfo": {"n": " 7 "}}, "n")
    assert told == rules.Told(verified_email="a@x.test", number="7")


def test_one_part_does_not_verify_the_address_of_the_other():
    parts = {"id_token": {"email": "b@x.test"}, "userinfo": {"email_verified": True}}
    assert rules.told(parts, "n").verified_email == ""
