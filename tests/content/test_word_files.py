"""A new module from a Word file, as the training team makes it in the admin."""

import io

import docx as python_docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Drawing
from wagtail.blocks import StructBlockValidationError
from wagtail.images import get_image_model
from wagtail.models import PageLogEntry

from competencies.models import Training
from content.actions import load_starter_content
from content.models import CurriculumPage, ModulePage
from lms.actions import let_tta_into_the_admin

from .conftest import signed_in
from .word_files import picture, plain, sample, saved, with_parts, with_picture

INDEX = "alongside_word:index"
Image = get_image_model()


@pytest.fixture
def writer(tia, at, starter_plan) -> Client:
    load_starter_content()
    let_tta_into_the_admin(person=tia, on=at.date())
    return signed_in(tia)


def bring_in(client: Client, content: bytes, name: str = "Small steps.docx"):
    told = {
        "chapter": CurriculumPage.objects.first().pk,
        "training": Training.objects.get(key="module-ob-01").pk,
        "document": SimpleUploadedFile(name, content),
    }
    return client.post(reverse(INDEX), told, follow=True)


def text_of(response) -> str:
    return response.content.decode()


def the_draft() -> ModulePage:
    entry = PageLogEntry.objects.get(action="lms_content.word_import")
    return ModulePage.objects.get(pk=entry.page_id)


def blocks_of(page: ModulePage) -> list:
    return [block for section in page.sections for block in section.value["content"]]


def test_a_word_file_becomes_a_draft_that_nobody_reads_yet(writer, lena, tia):
    response = bring_in(writer, sample("pandoc"))
    page = the_draft()
    assert (page.title, page.live, page.owner) == (
        "Walking beside a family",
        False,
        tia.user,
    )
    assert page.training.key == "module-ob-01"
    titles = [section.value["title"] for section in page.sections]
    assert titles == ["The first call", "What to bring", "What to write"]
    kinds = [block.block_type for block in blocks_of(page)]
    assert kinds == ["text", "text", "text", "picture", "picture", "text", "text"]
    reader = signed_in(lena)
    assert reader.get(reverse("lms_content:module", args=[page.pk])).status_code == 404
    assert "Walking beside a family" not in text_of(
        reader.get(reverse("lms_content:learn"))
    )
    assert response.redirect_chain[-1][0] == reverse(
        "alongside_word:report", args=[page.pk]
    )


def test_the_report_says_what_came_over_and_what_did_not(writer):
    page = text_of(bring_in(writer, sample("libreoffice")))
    assert "became 3 sections" in page
    assert "and 2 pictures" in page
    assert "A table became a list" in page
    assert "Record their consent before this is published" in page
    assert "nobody had asked" in page
    assert "A link that leads to no web page or mailbox became plain text" in page
    assert "Say what these pictures show" in page


def test_the_report_forgets_what_has_been_said_since(writer):
    bring_in(writer, with_picture(picture()))
    page, report = the_draft(), reverse("alongside_word:report", args=[the_draft().pk])
    assert "Say what these pictures show" in text_of(writer.get(report))
    page.sections[0].value["content"][0].value["alt"] = "A door"
    page.save_revision()
    assert "Say what these pictures show" not in text_of(writer.get(report))


def test_what_was_brought_in_before_is_listed(writer):
    bring_in(writer, plain("Words."), "Before dawn.docx")
    report = reverse("alongside_word:report", args=[the_draft().pk])
    assert f'<a href="{report}">Before dawn' in text_of(writer.get(reverse(INDEX)))


def test_the_name_of_the_file_is_the_title_where_the_document_has_none(writer):
    bring_in(writer, plain("Words."), "Before dawn.docx")
    assert the_draft().title == "Before dawn"


def test_a_picture_is_drawn_anew_and_taken_once(writer, tia):
    photo = Drawing.new("RGB", (40, 30), "teal")
    where = photo.getexif()
    where[0x010E] = "taken at 12 Hidden Street"
    file = io.BytesIO()
    photo.save(file, "JPEG", exif=where)
    content = with_picture(file.getvalue(), "A teal door")
    for _again in range(2):
        bring_in(writer, content)
    images = Image.objects.filter(title="A teal door")
    assert images.count() == 2  # one for each module
    image = images.first()
    assert image.uploaded_by_user == tia.user
    with image.file.open() as kept:
        assert b"Hidden Street" not in kept.read()


def test_a_picture_shown_twice_is_kept_once(writer):
    document = python_docx.Document()
    for _each in range(2):
        document.add_picture(io.BytesIO(picture()))
    bring_in(writer, saved(document))
    shown = [block for block in blocks_of(the_draft()) if block.block_type == "picture"]
    assert len(shown) == 2
    assert len({block.value["image"].pk for block in shown}) == 1


def test_a_picture_that_the_site_does_not_take_is_left_out_and_told(writer):
    content = with_picture(picture())
    bring_in(writer, with_parts(content, {"word/media/image1.png": picture()[:60]}))
    page = the_draft()
    report = text_of(writer.get(reverse("alongside_word:report", args=[page.pk])))
    assert "A picture could not be taken" in report
    assert "and 0 pictures" in report
    assert "Say what these pictures show" not in report
    assert blocks_of(page) == []


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.docx", b"", "This file is empty"),
        ("a.docx", b"Hello", "This is no Word document"),
        ("a.docm", None, "may hold macros"),
        ("a.doc", None, "old kind of file"),
        ("a.pdf", None, "cannot be taken apart"),
        ("a.odt", None, "Only .docx files can be taken"),
    ],
)
def test_what_cannot_be_taken_is_said_next_to_the_field(
    writer, name, content, sentence
):
    before = ModulePage.objects.count()
    page = text_of(bring_in(writer, plain() if content is None else content, name))
    assert "Nothing was brought in" in page
    field = page[page.index('name="document"') - 3000 : page.index("Make a draft")]
    assert sentence in field
    assert ModulePage.objects.count() == before


def test_what_was_chosen_is_kept_when_the_file_is_refused(writer):
    page = text_of(bring_in(writer, b"Hello"))
    chapter = CurriculumPage.objects.first()
    assert f'<option value="{chapter.pk}" selected>' in page


def test_a_form_without_a_file_asks_for_one(writer):
    assert "This field is required" in text_of(
        writer.post(reverse(INDEX), {"chapter": ""})
    )


def test_only_those_who_edit_see_the_report(writer, dina):
    bring_in(writer, plain())
    report = reverse("alongside_word:report", args=[the_draft().pk])
    assert signed_in(dina).get(report).status_code != 200
    assert writer.get(report).status_code == 200


def test_a_module_that_came_another_way_has_no_report(writer):
    other = ModulePage.objects.live().first()
    report = reverse("alongside_word:report", args=[other.pk])
    assert writer.get(report).status_code == 404


def publish_many(client: Client, *pages, **told):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return client.post(f"{address}?{chosen}", told, follow=True)


@pytest.mark.parametrize("with_its_chapter", [False, True])
def test_publishing_many_waits_for_words_of_pictures(writer, with_its_chapter):
    bring_in(writer, with_picture(picture()))
    page = the_draft()
    if with_its_chapter:
        parent = page.get_parent()
        publish_many(writer, parent, include_descendants="on")
    else:
        publish_many(writer, page)
    page.refresh_from_db()
    assert not page.live


def test_publishing_many_goes_on_where_pictures_have_words(writer):
    bring_in(writer, with_picture(picture(), "A door"))
    page = the_draft()
    publish_many(writer, page)
    page.refresh_from_db()
    assert page.live


def test_the_editor_publishes_no_picture_without_words(writer):
    """Wagtail's own form asks, because the block does."""
    bring_in(writer, with_picture(picture()))
    block = blocks_of(the_draft())[0]
    with pytest.raises(StructBlockValidationError):
        block.block.clean(block.value)
