"""The plan on paper: to print, and as a PDF to keep."""

import datetime
import io

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from competencies.actions import agree_on_date, waive
from competencies.models import PlanItem, StaffPlan
from competencies.views.access import standing
from competencies.views.paper import (
    LINES,
    CannotBeSet,
    PaperLine,
    paper_context,
    render_plan,
)
from lms.models import Person
from tests.competencies.test_sign_off import sign
from tests.factories import complete, line
from tests.lms.test_second_factor import enter, prove_it, with_app

PRINT = reverse("lms_competencies:my_plan_print")
PDF = reverse("lms_competencies:my_plan_pdf")
TITLE = "Competency-based training plan"


def drawn(person: Person) -> bytes:
    request = RequestFactory().get(PDF)
    request.user = person.user
    plan = StaffPlan.objects.get(person=person)
    how = standing(request, plan.staff_member)
    return render_plan(paper_context(request, plan, how))


def pages_of(content: bytes) -> list[str]:
    reader = PdfReader(io.BytesIO(content))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


@pytest.fixture
def filled(lena, sam) -> Person:
    """A signed line, one with words, one with a date of their own, one waived."""
    sign(sam, complete(lena, "OB-01", provider="Harbor College"))
    PlanItem.objects.filter(person=lena, topic__code="OB-02").update(
        notes="Ask Sam about the form", training_information="In May", priority=3
    )
    now = timezone.now()
    day = datetime.date(2027, 1, 15)
    agree_on_date(item=line(lena, "OB-04"), on=day, because="Seats", by=sam, at=now)
    waive(item=line(lena, "OB-05"), reads_as="earlier", because="x", by=sam, at=now)
    return lena


SHOWN = [
    "Training information", "Priority", "Notes / additional follow up",
    "Date completed", "Signature", "Language as Advocacy", "10 Nov 2026", "Sam, ",
    "Harbor College", "Ask Sam about the form", "In May", "Aim for 15 Jan 2027",
    "You agreed on 15 Jan 2027 (Sam). Seats", "Covered by earlier learning",
    "Recommended", "Didactic portion", "Within the First Year",
    "Aim for 2 Nov 2027: 12 months after 2 Nov 2026, your hire date.",
]  # fmt: skip


def test_the_print_view_is_the_form_with_why_beside_each_date(client, filled):
    client.force_login(filled.user)
    page = client.get(PRINT).content.decode()
    assert [text for text in SHOWN if text not in page] == []
    assert '<html lang="en' in page
    assert page.count("<caption>") == page.count("<thead>") == 4
    assert page.count('scope="col"') == 24
    assert page.count('scope="row"') == 38


def test_who_may_not_read_words_prints_none(client, filled, dina):
    client.force_login(dina.user)
    staff_member = filled.staff_members.get()
    address = reverse("lms_competencies:plan_print", args=[staff_member.pk])
    page = client.get(address).content.decode()
    for words in ("Ask Sam", "In May", "Seats"):
        assert words not in page
    assert "You agreed on 15 Jan 2027 (Sam)." in page
    assert "Harbor College" in page


def test_the_pdf_says_what_the_print_view_says_on_several_pages(filled):
    pages = pages_of(drawn(filled))
    whole = " ".join(pages)
    assert [text for text in SHOWN if text not in whole] == []
    assert len(pages) > 3


def test_every_page_is_headed_with_name_and_number(lena):
    pages = pages_of(drawn(lena))
    for number, page in enumerate(pages, 1):
        assert f"Lena · {TITLE}" in page
        assert f"Page {number} / {len(pages)}" in page


def test_a_table_that_goes_on_repeats_its_heads(lena):
    for page in pages_of(drawn(lena)):
        assert "Training information Priority Notes" in page


def test_it_has_a_title_a_language_and_its_fonts(lena):
    reader = PdfReader(io.BytesIO(drawn(lena)))
    assert reader.metadata.title == "Training plan: Lena"
    assert reader.root_object["/Lang"].startswith("en")
    fonts = [
        font.get_object()
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    ]
    used = [font for font in fonts if "Noto" in font["/BaseFont"]]
    assert used
    assert all("/FontFile2" in font["/FontDescriptor"] for font in used)


def test_the_language_of_the_pdf_is_the_reader_s(lena):
    with override("es"):
        reader = PdfReader(io.BytesIO(drawn(lena)))
    assert reader.root_object["/Lang"] == "es"


@pytest.mark.parametrize(
    "name",
    ["L", "Ng" + "uyễn" * 22, "Wolfeschlegel" * 6 + "steinhausen!", "Li " * 29 + "Lee"],
)
def test_a_name_of_one_character_and_one_of_ninety_head_every_page(lena, name):
    name = name[:90]
    Person.objects.filter(pk=lena.pk).update(full_name=name)
    lena.refresh_from_db()
    for page in pages_of(drawn(lena)):
        assert name in page


def test_long_notes_go_on_below_and_nothing_is_cut(lena):
    words = [f"word{number}" for number in range(500)]
    PlanItem.objects.filter(person=lena, topic__code="OB-02").update(
        notes=" ".join(words), training_information="x" * 2000
    )
    whole = " ".join(pages_of(drawn(lena)))
    assert all(word in whole for word in words)
    assert whole.count("x" * 20) >= 2000 // 34


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=3000))
def test_no_row_is_higher_than_a_page_and_no_character_goes(text):
    row = PaperLine("T", "", "", "", "", "", text, "", "")
    pieces = [piece["notes"] for piece in row.rows()]
    assert all(len(piece) <= LINES for piece in pieces)
    kept = "".join(line for piece in pieces for line in piece)
    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize("words", ["Ask 李", "नमस्ते", "🌱"])
def test_what_no_font_here_can_show_is_refused_with_a_sentence(lena, words):
    PlanItem.objects.filter(person=lena, topic__code="OB-02").update(notes=words)
    with pytest.raises(CannotBeSet, match="Open the print view"):
        drawn(lena)


def test_words_are_shown_as_they_were_written_and_fetch_nothing(lena):
    words = '<img src="file:///etc/passwd"> & <b>so</b>'
    PlanItem.objects.filter(person=lena, topic__code="OB-02").update(notes=words)
    content = drawn(lena)
    assert "<b>so</b>" in " ".join(pages_of(content))
    assert b"/Subtype /Image" not in content


def test_taking_the_file_asks_who_one_is(lena, settings):
    settings.LMS_DOORS_ARE_STRICT = True
    client = enter(with_app(lena))
    asked = client.get(PDF)
    assert asked.url.startswith(reverse("mfa_reauthenticate"))
    prove_it(client, asked.url)
    answer = client.get(PDF)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.getvalue().startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"]


def test_a_plan_that_cannot_be_shown_says_so_on_my_plan(lena):
    PlanItem.objects.filter(person=lena, topic__code="OB-02").update(notes="李")
    client = enter(lena)
    page = client.get(PDF, follow=True)
    assert page.redirect_chain[-1][0] == reverse("lms_competencies:my_plan")
    assert "Open the print view" in page.content.decode()


def test_without_a_plan_there_is_no_file(tia):
    client = Client()
    client.force_login(tia.user)
    assert client.get(PDF).status_code == 404
