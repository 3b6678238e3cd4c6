"""A director's own plan, signed by somebody from outside through a one-time link."""

import datetime
import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from competencies import actions
from competencies.models import SignOff
from lms import outbox
from lms.models import AuditEntry, OneTimeCode, Person, SupervisionTie
from tests.factories import complete, line

ASK = reverse("lms_competencies:outside_ask")
TOLD = {"name": "Uma Frost", "email": "uma@clinic.test"}
AS = "Uma Frost, LICSW 12345"


@pytest.fixture
def dina(dina) -> Person:
    """She directs Northside and nobody supervises her."""
    complete(dina, "OB-01", "OB-02")
    cache.clear()
    return dina


def ask(client, dina: Person) -> str:
    """The address that the letter holds."""
    client.force_login(dina.user)
    assert client.post(ASK, TOLD).status_code == 302
    outbox.drain()
    client.logout()
    letter = mail.outbox[-1]
    assert letter.to == ["uma@clinic.test"]
    return re.search(r"/sign/[A-Z0-9-]+/", letter.body)[0]


def chosen(dina: Person, *codes: str) -> list[str]:
    items = [line(dina, code) for code in codes]
    return [f"{i.completion_id}:{actions.seen(i.completion)}" for i in items]


def test_the_link_shows_the_waiting_lines_of_one_plan_and_signs_them_once(
    client, dina, lena, sam
):
    complete(lena, "OB-04")
    link = ask(client, dina)
    page = client.get(link)
    text = page.content.decode()
    assert line(dina, "OB-01").topic.title in text
    assert line(lena, "OB-04").topic.title not in text
    assert "Lena" not in text
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]
    told = {"sign": chosen(dina, "OB-01"), "signed_as": AS}
    assert "You signed 1 line of Dina" in client.post(link, told).content.decode()
    signature = SignOff.objects.get()
    assert signature.signer.full_name == "Uma Frost"
    assert (signature.capacity, signature.signed_as) == ("outside", AS)
    assert line(dina, "OB-01").progress == "complete"
    assert line(dina, "OB-02").progress == "awaiting"
    told = {"sign": chosen(dina, "OB-02"), "signed_as": AS}
    assert client.post(link, told).status_code == 404
    assert client.get(link).status_code == 404
    assert OneTimeCode.objects.get(purpose="outside").email == ""


def test_the_signature_binds_the_name_and_credential(client, dina):
    link = ask(client, dina)
    client.post(link, {"sign": chosen(dina, "OB-01"), "signed_as": AS})
    each = SignOff.objects.get()
    told = actions.signed_digest(each.completion, each.salt, signed_as=AS)
    assert each.digest == told
    assert told != actions.signed_digest(each.completion, each.salt, signed_as="X")


def test_it_stands_on_the_trail_who_asked_and_who_signed(client, dina):
    link = ask(client, dina)
    client.post(link, {"sign": chosen(dina, "OB-01"), "signed_as": AS})
    acts = {
        (entry.act, str(entry.actor)) for entry in AuditEntry.objects.filter(about=dina)
    }
    assert ("plan.outside_signature_asked", "Dina") in acts
    assert ("completion.signed", "Uma Frost") in acts


def test_without_a_name_or_a_line_nothing_is_signed_and_the_link_holds(client, dina):
    link = ask(client, dina)
    for told in [
        {"sign": chosen(dina, "OB-01"), "signed_as": " "},
        {"signed_as": AS},
        {"sign": ["1:" + "0" * 64], "signed_as": AS},
    ]:
        assert client.post(link, told).status_code == 200
    assert not SignOff.objects.exists()
    assert client.get(link).status_code == 200


def test_what_changed_after_it_was_shown_is_not_signed(client, dina):
    link = ask(client, dina)
    [value] = chosen(dina, "OB-01")
    line(dina, "OB-01").completion.record.__class__.objects.update(hours=9)
    page = client.post(link, {"sign": [value], "signed_as": AS}).content.decode()
    assert "Something changed after you opened this page" in page
    assert not SignOff.objects.exists()


def test_lines_of_others_cannot_be_signed_by_typing_their_number(
    client, dina, lena, sam
):
    complete(lena, "OB-04")
    link = ask(client, dina)
    told = {"sign": chosen(lena, "OB-04") + chosen(dina, "OB-01"), "signed_as": AS}
    client.post(link, told)
    assert line(lena, "OB-04").progress == "awaiting"
    assert line(dina, "OB-01").progress == "complete"


def test_it_is_over_after_seven_days_and_when_a_newer_one_is_sent(client, dina):
    first = ask(client, dina)
    second = ask(client, dina)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    OneTimeCode.objects.update(expires_at=timezone.now())
    assert client.get(second).status_code == 404


def test_it_is_over_with_the_supervision(client, dina):
    link = ask(client, dina)
    SupervisionTie.objects.from_outside().update(
        starts_on=datetime.date(2026, 1, 1), ends_on=datetime.date(2026, 11, 1)
    )
    assert client.get(link).status_code == 404


def test_the_certificates_of_these_lines_open_by_the_link_and_no_others(
    client, dina, lena, sam
):
    file = actions.Attachment("c.pdf", "application/pdf", b"%PDF-", "0")
    [own] = complete(dina, "OB-04", attachments=[file])
    [other] = complete(lena, "OB-04", attachments=[file])
    link = ask(client, dina)
    evidence = own.record.evidence.get().pk
    assert client.get(f"{link}evidence/{evidence}/").status_code == 200
    assert AuditEntry.objects.filter(act="evidence.opened", about=dina).exists()
    evidence = other.record.evidence.get().pk
    assert client.get(f"{link}evidence/{evidence}/").status_code == 404


def test_guessing_is_slowed_down(client, db):
    cache.clear()
    address = reverse("lms_competencies:outside_sign", args=["AAAAA"])
    answers = {client.get(address).status_code for _ in range(65)}
    assert answers == {404, 429}


@pytest.mark.parametrize("email", ["dina@example.test", "SAM@example.test"])
def test_nobody_with_an_account_signs_by_a_link(client, dina, sam, email):
    Person.objects.filter(pk=sam.pk).update(email="sam@example.test")
    client.force_login(dina.user)
    page = client.post(ASK, {**TOLD, "email": email}).content.decode()
    assert "somebody with an account here" in page
    assert not OneTimeCode.objects.filter(purpose="outside").exists()


def test_the_link_is_for_directors_whom_nobody_here_signs_for(client, dina, lena, sam):
    client.force_login(lena.user)
    page = client.get(ASK).content.decode()
    assert "You need no link" in page
    assert "Sam" in page
    client.post(ASK, TOLD)
    assert not OneTimeCode.objects.exists()
    client.force_login(dina.user)
    assert ASK in client.get(reverse("lms_competencies:my_plan")).content.decode()


def test_a_plan_says_when_its_supervisor_has_left(client, lena, sam, dina):
    complete(lena, "OB-01")
    sam.staff_members.update(left_on=datetime.date(2026, 11, 20))
    staff = lena.staff_members.get().pk
    print_view = reverse("lms_competencies:my_plan_print")
    client.force_login(lena.user)
    page = client.get(reverse("lms_competencies:my_plan")).content.decode()
    assert "Sam no longer supervises this plan" in page
    assert "Dina" in page
    assert "no supervisor named" in client.get(print_view).content.decode()
    client.force_login(dina.user)
    address = reverse("lms_competencies:plan_detail", args=[staff])
    assert "Sam no longer supervises" in client.get(address).content.decode()
    queue = client.get(reverse("lms_competencies:sign_off")).content.decode()
    assert "Nobody supervises them right now, so this waits for you." in queue
