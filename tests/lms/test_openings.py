"""Whoever opens another's words leaves a line that the other one can read."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from competencies import actions as plans
from competencies.models import PlanItem
from lms import audit
from lms.models import AuditEntry
from lms.privacy import openings_of, sentences_of
from tests.factories import line
from tests.test_access import ADDRESSES, addresses  # noqa: F401  (a fixture)

CANARY = "a heron in the reeds"


def opened_of(person) -> int:
    return AuditEntry.objects.filter(about=person, act__endswith=".opened").count()


@pytest.fixture
def canary(addresses, lena, sam):  # noqa: F811
    """Words in every place where the two people write some."""
    PlanItem.objects.filter(person=lena).update(
        notes=CANARY, training_information=CANARY, agreed_because=CANARY
    )
    item = line(lena, "OB-02")
    plans.send_back(item=item, by=sam, note=CANARY, at=timezone.now())
    return addresses


@pytest.mark.parametrize(
    ("who", "words_are_on"),
    [
        ("lena", {"my_plan", "my_plan_print", "item_detail", "plan_print", "home"}),
        ("sam", {"plan_detail", "plan_print", "item_detail"}),
        ("ben", {"plan_detail", "plan_print", "item_detail"}),
        ("dina", set()),
        ("tia", set()),
        ("olu", set()),
    ],
)
def test_no_page_shows_anothers_words_without_a_line(who, words_are_on, cast, canary):
    lena, shown = cast["lena"].lms_person, set()
    client = Client()
    client.force_login(cast[who])
    for name in ADDRESSES:
        before = opened_of(lena)
        answer = client.get(reverse(name, args=canary.get(name, [])))
        if answer.streaming:
            continue
        if CANARY in answer.content.decode():
            shown.add(name.partition(":")[2])
            assert opened_of(lena) == before + (who != "lena"), name
    assert shown == words_are_on


def test_what_was_sent_wrong_shows_the_words_again_and_is_noted_again(
    client, lena, sam
):
    item = line(lena, "OB-02")
    client.force_login(sam.user)
    client.post(reverse("lms_competencies:item_waive", args=[item.pk]))
    assert opened_of(lena) == 1


def test_one_reads_in_sentences_who_looked(client, lena, sam, canary):
    client.force_login(sam.user)
    for page in ("evidence_download", "item_detail", "plan_detail", "plan_print"):
        client.get(
            reverse(f"lms_competencies:{page}", args=canary[f"lms_competencies:{page}"])
        )
    assert [sentence for _at, sentence in sentences_of(openings_of(lena))] == [
        "Sam opened the print view of your plan",
        "Sam opened your plan",
        "Sam opened the line “Confidentiality, HIPAA, 42CFR” of your plan",
        "Sam opened your certificate or note “c.pdf”",
    ]
    client.force_login(lena.user)
    page = client.get(reverse("lms:opened")).content.decode()
    assert "Sam opened your certificate or note “c.pdf”" in page
    client.force_login(sam.user)
    page = client.get(reverse("lms:opened")).content.decode()
    assert "Nobody has opened anything of yours" in page


def opening(lena, sam, at, act="plan"):
    audit.opened(what=act, reader=sam, about=lena, target=lena, at=at)


def test_openings_within_an_hour_are_listed_once(lena, sam, ben, at):
    minutes = [0, 20, 70, 200, 201]
    for each in minutes:
        opening(lena, sam, at + datetime.timedelta(minutes=each))
    opening(lena, ben, at + datetime.timedelta(minutes=30))
    found = [
        (entry.actor, (entry.at - at).total_seconds() // 60)
        for entry in openings_of(lena)
    ]
    assert found == [(sam, 200), (ben, 30), (sam, 0)]


def test_what_no_app_explains_and_what_is_gone_still_reads(lena, sam, at):
    opening(lena, sam, at, act="letter")
    gone = PlanItem(pk=999_999)
    audit.opened(what="plan_item", reader=sam, about=lena, target=gone, at=at)
    assert {sentence for _at, sentence in sentences_of(openings_of(lena))} == {
        "Sam opened one of your records",
        "Sam opened the line “no longer here” of your plan",
    }


def test_the_page_costs_the_same_however_often_somebody_looked(
    client, lena, sam, at, assert_queries_do_not_grow
):
    def look_at(*codes):
        for code in codes:
            audit.opened(
                what="plan_item", reader=sam, about=lena, target=line(lena, code), at=at
            )

    look_at("OB-01")
    client.force_login(lena.user)
    assert_queries_do_not_grow(
        lambda: client.get(reverse("lms:opened")),
        lambda: look_at("OB-02", "OB-03", "OB-04", "OB-05"),
    )


def test_a_long_list_has_pages(client, lena, sam, at):
    for day in range(60):
        opening(lena, sam, at - datetime.timedelta(days=day))
    client.force_login(lena.user)
    page = client.get(reverse("lms:opened")).content.decode()
    assert "Page 1 of 2" in page
    page = client.get(reverse("lms:opened") + "?page=2").content.decode()
    assert page.count("Sam opened your plan") == 10


def test_a_plan_page_writes_one_line_however_many_lines_it_has(client, lena, sam):
    client.force_login(sam.user)
    staff_member = lena.staff_members.get()
    client.get(reverse("lms_competencies:plan_detail", args=[staff_member.pk]))
    assert opened_of(lena) == 1
