"""A lost second step: two people, the password, and a link; then a new one."""

import datetime
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms import actions, outbox
from lms.models import AuditEntry, FactorReset
from tests.conftest import _grant

PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def lost_phone(lena):
    return Authenticator.objects.create(
        user=lena.user, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"}
    )


def ask(client, director, somebody) -> FactorReset:
    client.force_login(director.user)
    address = reverse("lms:staff_reset", args=[somebody.staff_members.get().pk])
    client.post(address, {"because": "She called me, I know her voice."})
    return FactorReset.objects.filter(person=somebody).first()


def settle(client, second, reset, act="confirm") -> int:
    client.force_login(second.user)
    address = reverse("lms:reset_settle", args=[reset.pk])
    return client.post(address, {act: ""}).status_code


def sign_in(client, somebody, password=PASSWORD) -> str | None:
    told = {"login": somebody.user.email, "password": password}
    client.post(reverse("account_login"), told)
    return client.session.get("_auth_user_id")


def link() -> str:
    return re.search(r"https?://[^/]+(/accounts/new-factor/\S+)", mail.outbox[-1].body)[
        1
    ]


@pytest.fixture
def confirmed(client, lena, dina, tia) -> FactorReset:
    reset = ask(client, dina, lena)
    settle(client, tia, reset)
    client.logout()
    outbox.drain()
    return reset


def test_with_password_and_link_one_comes_in_once_and_sets_up_a_new_one(
    client, lena, confirmed
):
    elsewhere = Client()
    elsewhere.force_login(lena.user)
    assert mail.outbox[-1].to == [lena.user.email]
    client.get(link())
    assert Authenticator.objects.exists()  # opening alone changes nothing
    answer = client.post(link())
    assert answer.url == "/accounts/login/?next=/accounts/2fa/"
    assert Authenticator.objects.exists()
    assert sign_in(client, lena) == str(lena.user.pk)
    assert not Authenticator.objects.exists()
    assert client.get("/plan/").status_code == 200
    assert elsewhere.get("/plan/").status_code == 302
    confirmed.refresh_from_db()
    assert confirmed.done_at
    assert Client().get(link()).status_code == 404


def test_the_password_alone_is_not_enough(client, lena, confirmed):
    assert sign_in(client, lena) is None
    assert Authenticator.objects.exists()


def test_the_link_alone_is_not_enough(client, lena, confirmed):
    client.post(link())
    assert sign_in(client, lena, "a wrong password") is None
    assert Authenticator.objects.exists()


def test_the_link_opens_nobody_elses_account(client, lena, sam, confirmed):
    Authenticator.objects.create(user=sam.user, type="totp", data={"secret": "x"})
    client.post(link())
    assert sign_in(client, sam) is None
    assert Authenticator.objects.count() == 2


def test_one_person_asking_removes_nothing(client, lena, dina):
    ask(client, dina, lena)
    outbox.drain()
    assert mail.outbox == []
    assert Authenticator.objects.exists()


def test_who_asked_is_not_the_second_person(client, lena, dina, northside):
    reset = ask(client, _grant(dina, "tta"), lena)
    assert settle(client, dina, reset) == 404


def test_who_it_is_about_is_not_the_second_person(client, lena, dina):
    reset = ask(client, dina, lena)
    assert settle(client, _grant(lena, "administrator"), reset) == 404


def test_nobody_asks_for_themselves(client, dina):
    client.force_login(dina.user)
    address = reverse("lms:staff_reset", args=[dina.staff_members.get().pk])
    assert client.post(address, {"because": "Mine"}).status_code == 404


def test_the_database_knows_that_it_takes_two(lena, dina, at):
    staff_member = lena.staff_members.get()
    own = {"person": lena, "staff_member": staff_member, "because": "x", "asked_at": at}
    for wrong in [
        {"asked_by": lena},
        {"asked_by": dina, "settled_by": dina},
        {"asked_by": dina, "settled_by": lena},
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            FactorReset.objects.create(**own, **wrong)


@pytest.mark.parametrize("second", ["tia", "ada"])
def test_the_team_and_the_administrator_may_be_the_second(client, cast, second):
    lena, dina = cast["lena"].lms_person, cast["dina"].lms_person
    reset = ask(client, dina, lena)
    client.force_login(cast[second])
    assert "A second person is asked for" in client.get("/").content.decode()
    assert settle(client, cast[second].lms_person, reset) == 302
    reset.refresh_from_db()
    assert reset.settled_by == cast[second].lms_person


def test_another_director_of_the_agency_may_be_the_second(client, lena, dina, ben):
    reset = ask(client, dina, lena)
    assert settle(client, ben, reset) == 404
    _grant(ben, "director", lena.staff_members.get().agency)
    assert settle(client, ben, reset) == 302


def test_a_director_elsewhere_is_not_asked(client, lena, dina, abe):
    assert settle(client, abe, ask(client, dina, lena)) == 404


def test_a_second_person_may_say_no(client, lena, dina, tia):
    reset = ask(client, dina, lena)
    settle(client, tia, reset, "decline")
    outbox.drain()
    assert mail.outbox == []
    assert settle(client, tia, reset) == 404


def test_after_a_week_it_is_asked_anew(client, lena, dina, tia):
    reset = ask(client, dina, lena)
    FactorReset.objects.update(asked_at=timezone.now() - datetime.timedelta(days=8))
    assert settle(client, tia, reset) == 404


def test_the_person_reads_who_did_it(client, lena, dina, confirmed):
    client.force_login(lena.user)
    page = client.get("/").content.decode()
    assert "Dina asked on" in page
    assert "Tia confirmed it" in page
    acts = AuditEntry.objects.filter(about=lena, act__startswith="factor.")
    assert list(acts.values_list("act", "actor__full_name")) == [
        ("factor.reset_asked", "Dina"),
        ("factor.reset_confirmed", "Tia"),
    ]


def test_a_letter_sent_twice_leaves_one_link(client, lena, confirmed):
    first = link()
    actions.make_reset_code(reset=confirmed, at=timezone.now())
    assert client.get(first).status_code == 404
