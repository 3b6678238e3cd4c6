"""Words stay with the people they belong to, whatever page shows the line."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from competencies import actions
from competencies.models import Completion, PlanItem, SignOff
from lms.models import AuditEntry, Person, SupervisionTie
from tests.factories import complete, employ, line, supervise

CANARY = "a-canary-sings"
READ_WORDS = {"lena", "sam", "ben"}


def pages_about(lena: Person) -> list[str]:
    staff_pk, item_pk = lena.staff_members.first().pk, line(lena, "OB-01").pk
    return [
        reverse("lms:home"),
        reverse("lms:staff_list"),
        reverse("lms:staff_detail", args=[staff_pk]),
        reverse("lms_competencies:my_plan"),
        reverse("lms_competencies:my_plan_print"),
        reverse("lms_competencies:team"),
        reverse("lms_competencies:sign_off"),
        reverse("lms_competencies:plan_detail", args=[staff_pk]),
        reverse("lms_competencies:plan_print", args=[staff_pk]),
        reverse("lms_competencies:item_detail", args=[item_pk]),
    ]


def texts(cast: dict, lena: Person) -> dict[str, str]:
    """All that each of the cast can read of those pages."""
    found = {}
    for who, user in cast.items():
        client = Client()
        client.force_login(user)
        pages = [client.get(address) for address in pages_about(lena)]
        found[who] = "".join(page.content.decode() for page in pages)
    return found


def note(lena: Person, sam: Person, at: datetime.datetime) -> None:
    item = line(lena, "OB-01")
    item.notes = CANARY
    item.save()


def tell_where(lena: Person, sam: Person, at: datetime.datetime) -> None:
    item = line(lena, "OB-01")
    item.training_information = CANARY
    item.save()


def agree(lena: Person, sam: Person, at: datetime.datetime) -> None:
    actions.agree_on_date(
        item=line(lena, "OB-01"), on=at.date(), because=CANARY, by=sam, at=at
    )


def waive(lena: Person, sam: Person, at: datetime.datetime) -> None:
    actions.waive(
        item=line(lena, "OB-01"), reads_as="role", because=CANARY, by=sam, at=at
    )


def send_back(lena: Person, sam: Person, at: datetime.datetime) -> None:
    complete(lena, "OB-01")
    actions.send_back(item=line(lena, "OB-01"), by=sam, note=CANARY, at=at)


def withdraw_the_signature(lena: Person, sam: Person, at: datetime.datetime) -> None:
    complete(lena, "OB-01")
    lines = {row.pk: actions.seen(row) for row in Completion.objects.all()}
    actions.sign(signer=sam, lines=lines, at=at)
    actions.withdraw_sign_off(sign_off=SignOff.objects.get(), because=CANARY, at=at)


WORDS = [note, tell_where, agree, waive, send_back, withdraw_the_signature]


@pytest.mark.parametrize("write", WORDS, ids=lambda write: write.__name__)
def test_words_on_a_line_reach_the_two_people_and_a_stand_in(cast, at, write):
    lena, sam = cast["lena"].lms_person, cast["sam"].lms_person
    write(lena, sam, at)
    readers = {who for who, text in texts(cast, lena).items() if CANARY in text}
    assert readers == READ_WORDS
    facts = [str(entry.facts) for entry in AuditEntry.objects.all()]
    assert CANARY not in "".join(facts)


@pytest.mark.parametrize(
    "write", [send_back, withdraw_the_signature], ids=lambda write: write.__name__
)
def test_words_of_one_agency_do_not_reach_a_supervisor_at_another(
    client, lena, sam, olu, eastside, at, write
):
    write(lena, sam, at)
    there = employ(lena, eastside, "frss")
    supervise(olu, there)
    client.force_login(olu.user)
    item = PlanItem.objects.get(staff_member=there, topic__code="OB-01")
    for address in [
        reverse("lms_competencies:plan_detail", args=[there.pk]),
        reverse("lms_competencies:item_detail", args=[item.pk]),
        reverse("lms_competencies:sign_off"),
    ]:
        page = client.get(address)
        assert page.status_code == 200
        assert CANARY not in page.content.decode()


@pytest.mark.parametrize("scope", ["reflective", "clinical", "administrative"])
def test_supervising_something_else_opens_no_plan(client, lena, olu, scope):
    staff_member = lena.staff_members.get()
    supervise(olu, staff_member, scope)
    note(lena, olu, timezone.now())
    client.force_login(olu.user)
    statuses = [client.get(address).status_code for address in pages_about(lena)[-3:]]
    assert statuses == [404] * 3
    team = client.get(reverse("lms_competencies:team")).content.decode()
    assert "Lena" not in team


def test_a_former_supervisor_reads_nothing_any_more(client, lena, sam):
    client.force_login(sam.user)
    SupervisionTie.objects.update(ends_on=datetime.date(2026, 11, 23))
    statuses = [client.get(address).status_code for address in pages_about(lena)[-3:]]
    assert statuses == [404] * 3


def test_a_supervisor_still_to_come_reads_nothing_yet(client, lena, olu):
    supervise(olu, lena.staff_members.get(), starts_on=datetime.date(2026, 11, 25))
    client.force_login(olu.user)
    statuses = [client.get(address).status_code for address in pages_about(lena)[-3:]]
    assert statuses == [404] * 3
