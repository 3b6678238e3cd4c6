"""What becomes of a certificate later: nothing is edited, everything is told."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from certificates.actions import (
    keep_certificate,
    note_doubts,
    reissue_certificate,
    revoke_certificate,
)
from certificates.models import Certificate, CertificateFile, Doubt
from certificates.rules import State
from competencies import actions as engine
from competencies.models import Completion, SignOff
from lms import outbox
from lms.actions import merge_people
from lms.models import AuditEntry
from tests.conftest import TODAY
from tests.factories import PersonFactory, complete

ORIENTATION = [f"OB-{number:02d}" for number in range(1, 14)]


def desk(client, tia, certificate, act="certificate", **told):
    client.force_login(tia.user)
    address = reverse(f"lms_certificates:desk_{act}", args=[certificate.number])
    if act == "certificate":
        return client.get(address)
    return client.post(address, told, follow=True)


def test_a_corrected_name_is_a_new_certificate_beside_the_old(issued, lena, tia, at):
    frozen = bytes(issued.file.content)
    Certificate.objects.update(discloses="initials", expires_on=TODAY)
    lena.full_name = "Lena Berg"
    lena.save()
    anew = reissue_certificate(certificate=issued, because="Misspelt", by=tia, at=at)
    issued.refresh_from_db()
    assert (issued.name, anew.name) == ("Lena", "Lena Berg")
    assert (issued.state(TODAY), anew.state(TODAY)) == (State.SUPERSEDED, State.VALID)
    assert bytes(CertificateFile.objects.get(certificate=issued).content) == frozen
    assert anew.expires_on == TODAY
    assert anew.discloses == "initials"
    assert anew.code != issued.code
    assert anew.history() == [anew, issued]


def test_the_holder_asks_for_it_with_the_name_as_it_is_now(client, issued, lena):
    client.force_login(lena.user)
    address = reverse("lms_certificates:certificate_correct", args=[issued.pk])
    client.post(address)
    assert Certificate.objects.count() == 1
    lena.full_name = "Lena Berg"
    lena.save()
    detail = reverse("lms_certificates:certificate_detail", args=[issued.pk])
    assert "Your name is now Lena Berg" in client.get(detail).content.decode()
    page = client.post(address, follow=True).content.decode()
    assert "The name was corrected" in page
    assert [each.name for each in Certificate.objects.standing()] == ["Lena Berg"]
    assert "You have a newer one" in client.get(detail).content.decode()


def test_a_name_that_cannot_be_set_leaves_the_earlier_one(client, issued, lena, tia):
    lena.full_name = "Лена 李"
    lena.save()
    page = desk(client, tia, issued, "reissue", **{"reissue-because": "Misspelt"})
    assert "Nothing was issued" in page.content.decode()
    assert Certificate.objects.get().is_standing


def test_one_taken_back_is_told_as_such_and_the_holder_reads_why(
    client, issued, lena, tia
):
    desk(client, tia, issued, "revoke", **{"revoke-because": "Given to the wrong one"})
    issued.refresh_from_db()
    assert issued.state(TODAY) == State.REVOKED
    assert issued.is_standing is False
    public = client.get(reverse("lms_certificates:verify", args=[issued.code]))
    assert "Taken back" in public.content.decode()
    assert "wrong one" not in public.content.decode()
    client.force_login(lena.user)
    own = reverse("lms_certificates:certificate_detail", args=[issued.pk])
    assert "Given to the wrong one" in client.get(own).content.decode()
    acts = set(AuditEntry.objects.values_list("act", flat=True))
    assert {"certificate.issued", "certificate.taken_back"} <= acts


def test_no_reason_no_change_and_what_was_typed_stays(client, issued, tia):
    page = desk(client, tia, issued, "revoke", **{"revoke-because": "  "})
    assert "This field is required" in page.content.decode()
    assert Certificate.objects.get().is_standing


@pytest.mark.parametrize("act", [revoke_certificate, reissue_certificate])
def test_what_is_taken_back_stays_so(issued, tia, at, act):
    revoke_certificate(certificate=issued, because="Mix-up", by=tia, at=at)
    with pytest.raises(ValidationError, match="meanwhile"):
        act(certificate=issued, because="Again", by=tia, at=at)
    assert Certificate.objects.get().revoked_because == "Mix-up"


def test_the_database_asks_for_reasons_too(issued, at):
    for changes in ({"revoked_at": at}, {"supersedes": issued}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Certificate.objects.update(**changes)


def test_the_desk_opens_by_number_lists_nobody_and_is_seen(client, issued, lena, tia):
    client.force_login(tia.user)
    page = client.get("/certificates/desk/").content.decode()
    assert issued.number not in page
    assert "Lena" not in page
    found = client.get("/certificates/desk/", {"number": f" {issued.number.lower()} "})
    assert "Lena" in client.get(found.url).content.decode()
    opening = AuditEntry.objects.get(act="certificate.opened")
    assert (opening.actor, opening.about) == (tia, lena)
    page = client.get("/certificates/desk/", {"number": "2026-0000-0000"})
    assert "No certificate has this number" in page.content.decode()


@pytest.fixture
def earned(lena, sam, starter_plan, at) -> Certificate:
    complete(lena, *ORIENTATION)
    lines = {row.pk: engine.seen(row) for row in Completion.objects.all()}
    engine.sign(signer=sam, lines=lines, at=at)
    outbox.drain()
    return Certificate.objects.get()


def take_back_a_signature(at: datetime.datetime) -> str:
    sign_off = SignOff.objects.select_related("completion__topic").first()
    engine.withdraw_sign_off(sign_off=sign_off, because="Wrong day", at=at)
    return sign_off.completion.topic.title


def test_a_signature_taken_back_is_told_to_the_team_and_the_holder(
    client, earned, lena, tia, at
):
    topic = take_back_a_signature(at)
    assert Doubt.objects.get().topic == topic
    assert earned.state(TODAY) == State.VALID
    client.force_login(tia.user)
    assert "1 certificate rests on" in client.get("/").content.decode()
    assert earned.number in client.get("/certificates/desk/").content.decode()
    client.force_login(lena.user)
    own = reverse("lms_certificates:certificate_detail", args=[earned.pk])
    assert "The training team will look at it" in client.get(own).content.decode()
    assert "rests on" not in client.get("/").content.decode()


def test_the_team_looks_and_it_stays(client, earned, tia, at):
    take_back_a_signature(at)
    desk(client, tia, earned, "keep", **{"keep-because": "Signed again on paper"})
    doubt = Doubt.objects.get()
    assert (doubt.settled_by, doubt.settled_because) == (tia, "Signed again on paper")
    assert earned.number not in client.get("/certificates/desk/").content.decode()


def test_the_same_doubt_is_noted_once(earned, tia, at):
    take_back_a_signature(at)
    completion = SignOff.objects.get(withdrawn_at__isnull=False).completion
    assert note_doubts(completions=[completion], at=at) == 0
    keep_certificate(certificate=earned, because="x", by=tia, at=at)
    assert note_doubts(completions=[completion], at=at) == 1


def test_what_two_records_hold_for_the_same_one_replaces(issued, lena, dina, at):
    twice = PersonFactory(full_name="Lena", user=None)
    other = Certificate.objects.get()
    other.pk, other.person, other.number, other.code = None, twice, "2", "2" * 32
    other.save()
    merge_people(stays=lena, goes=twice, by=dina, at=at)
    assert Certificate.objects.filter(person=lena).count() == 2
    assert Certificate.objects.standing().get() == issued
