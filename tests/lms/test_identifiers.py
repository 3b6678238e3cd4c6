"""Texts are looked into for what tells who somebody is; the page asks, and no more."""

import datetime

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.identifiers import measure, sentences
from competencies.models import PlanItem
from lms.identifiers import Kind, look_for
from lms.models import AuditEntry, OutboxMessage
from tests.factories import line


def kinds(text: str, **known) -> list[str]:
    return [found.kind.value for found in look_for(text, **known)]


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("Write to luz@example.com.", Kind.EMAIL, "luz@example.com"),
        ("Text (978) 555-0134 first.", Kind.PHONE, "(978) 555-0134"),
        ("DOB 3/14/2019", Kind.BIRTH, "DOB 3/14/2019"),
        ("She lives at 14 Maple Street.", Kind.ADDRESS, "14 Maple Street"),
        ("Docket no. 19CP0231", Kind.CASE, "Docket no. 19CP0231"),
        ("I saw Jessica's baby.", Kind.NAME, "Jessica"),
        ("I saw Grace today.", Kind.NAME, "Grace"),
    ],
)
def test_each_kind_is_found_and_said(text, kind, told):
    [found] = look_for(text)
    assert (found.kind, found.text) == (kind, told)


@pytest.mark.parametrize(
    "text",
    [
        "Grace under pressure.",
        "May I sit in?",
        "A group in Lawrence.",
        "Call 988 or 1-800-792-5200.",
        "We met 45 minutes on 12/1/2026.",
        "St. Mary's Hospital",
        "",
    ],
)
def test_ordinary_words_places_helplines_and_visits_are_left_alone(text):
    assert look_for(text) == []


def test_a_staff_name_is_no_news_and_each_finding_is_said_once():
    text = "Jessica met Maria; Maria waved, and Jessica did."
    told = [found.text for found in look_for(text, known=["jessica"])]
    assert told == ["Maria"]


@given(st.text(max_size=300))
def test_any_text_is_looked_into_and_what_is_found_stands_in_it(text):
    for found in look_for(text):
        assert found.text in text


def test_the_labelled_sentences_are_many_and_the_check_does_well_on_them(capsys):
    rows = sentences()
    assert len(rows) >= 200
    assert {kind for found, _text in rows for kind in found} == set(Kind.values)
    figures = measure()
    assert "Recall" in capsys.readouterr().out
    assert figures["recall"] >= 0.9
    assert figures["false_alarms"] <= 0.06


# On a page


@pytest.fixture
def item(lena, sam) -> PlanItem:
    return line(lena, "OB-01")


def write(client, item: PlanItem, notes: str, **more):
    address = reverse("lms_competencies:item_words", args=[item.pk])
    return client.post(address, {"training_information": "", "notes": notes, **more})


@pytest.mark.django_db
def test_a_note_with_a_name_comes_back_with_what_was_found(client, lena, item):
    client.force_login(lena.user)
    page = write(client, item, "Talk about Jessica.")
    html = page.content.decode()
    assert page.status_code == 200
    assert "Could somebody be recognized" in html
    assert "<strong>Jessica</strong>" in html
    assert "Talk about Jessica." in html
    item.refresh_from_db()
    assert item.notes == ""


@pytest.mark.django_db
def test_it_is_saved_anyway_for_exactly_what_was_found(client, lena, item):
    client.force_login(lena.user)
    asked = write(client, item, "Talk about Jessica.")
    answer = asked.context["words_form"].anyway
    other = write(client, item, "Jessica and Maria.", save_anyway=answer)
    assert "<strong>Maria</strong>" in other.content.decode()
    entries, messages = AuditEntry.objects.count(), OutboxMessage.objects.count()
    saved = write(client, item, "Talk about Jessica.", save_anyway=answer)
    assert saved.status_code == 302
    item.refresh_from_db()
    assert item.notes == "Talk about Jessica."
    assert AuditEntry.objects.count() == entries
    assert OutboxMessage.objects.count() == messages


@pytest.mark.django_db
def test_a_note_about_staff_is_saved_at_once(client, lena, item):
    client.force_login(lena.user)
    assert write(client, item, "Sam shows Lena how.").status_code == 302


@pytest.mark.django_db
def test_training_information_may_name_who_teaches(client, lena, item):
    client.force_login(lena.user)
    address = reverse("lms_competencies:item_words", args=[item.pk])
    told = {"training_information": "With Jessica Hall, 978-555-0134", "notes": ""}
    assert client.post(address, told).status_code == 302


@pytest.mark.django_db
def test_an_error_is_said_before_anything_is_asked(client, lena, sam):
    client.force_login(sam.user)
    address = reverse(
        "lms_competencies:plan_review_add", args=[lena.staff_members.get().pk]
    )
    told = {"held_on": datetime.date(2027, 1, 1), "looked_at": "Jessica"}
    html = client.post(address, told).content.decode()
    assert "still to come" in html
    assert "Could somebody be recognized" not in html
    told["held_on"] = datetime.date(2026, 11, 2)
    asked = client.post(address, told).content.decode()
    assert "Could somebody be recognized" in asked
