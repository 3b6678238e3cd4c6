"""What an editor uploads never runs on the site's own origin."""

import io

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.documents.models import Document
from wagtail.images import get_image_model
from wagtail.models import Collection

from competencies.models import Training
from content.actions import load_starter_content
from lms.actions import TTA_GROUP
from tests.test_access import make_module

HTML = b"<script>fetch('/accounts/email/')</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
SECRET = "12 Elm Street"


@pytest.fixture(autouse=True)
def _uploads_go_to_an_empty_folder(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor(tia, starter_plan) -> Client:
    """Tia, signed in, with Wagtail's rights of the team."""
    load_starter_content()
    tia.user.groups.add(Group.objects.get(name=TTA_GROUP))
    return signed_in(tia.user)


@pytest.fixture
def reader(lena) -> Client:
    """Lena, signed in, with modules to read."""
    load_starter_content()
    return signed_in(lena.user)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def drawn(kind: str, **options) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(file, kind, **options)
    return file.getvalue()


def upload(editor: Client, where: str, name: str, content: bytes) -> None:
    told = {
        "title": "Upload",
        "collection": Collection.get_first_root_node().pk,
        "file": SimpleUploadedFile(name, content),
    }
    editor.post(reverse(where), told)


def upload_picture(editor: Client, name: str, content: bytes) -> None:
    upload(editor, "wagtailimages:add", name, content)


def test_only_real_pictures_and_documents_are_taken(editor):
    for name, content in [
        ("logo.svg", SVG),
        ("logo.png", SVG),
        ("logo.png", HTML),
        ("logo.html", drawn("PNG")),
    ]:
        upload_picture(editor, name, content)
    for name in ["page.html", "logo.svg", "page.xhtml", "run.js"]:
        upload(editor, "wagtaildocs:add", name, HTML)
    assert not get_image_model().objects.exists()
    assert not Document.objects.exists()
    upload(editor, "wagtaildocs:add", "paper.pdf", b"%PDF-1.7")
    assert Document.objects.exists()


def test_what_is_hidden_in_a_picture_stays_behind(editor):
    exif = Image.Exif()
    exif[0x010E] = SECRET
    exif[0x0112] = 6  # held upright
    upload_picture(editor, "photo.jpg", drawn("JPEG", exif=exif) + HTML)
    image = get_image_model().objects.get()
    assert (image.width, image.height) == (40, 60)
    for rendition in [image.file, image.get_rendition("width-30").file]:
        kept = rendition.open().read()
        assert SECRET.encode() not in kept
        assert HTML not in kept


def test_a_picture_cut_short_is_refused_with_a_sentence(editor):
    for kind in ["PNG", "JPEG", "GIF", "WEBP"]:
        whole = drawn(kind)
        file = SimpleUploadedFile(f"cut.{kind.lower()}", whole[: len(whole) * 2 // 3])
        told = {"title": "Cut", "collection": 1, "file": file}
        shown = editor.post(reverse("wagtailimages:add"), told)
        assert shown.context["form"].errors["file"]
    assert not get_image_model().objects.exists()


def test_other_pictures_become_png(editor):
    for kind in ["GIF", "WEBP", "PNG"]:
        upload_picture(editor, f"drawing.{kind.lower()}", drawn(kind))
    images = get_image_model().objects.all()
    assert [Image.open(image.file.open()).format for image in images] == ["PNG"] * 3


def test_a_picture_of_a_module_is_seen_by_those_who_are_signed_in(editor, lena):
    upload_picture(editor, "photo.jpg", drawn("JPEG"))
    image = get_image_model().objects.get()
    page = make_module(Training.objects.get(key="module-ob-08"))
    picture = {"image": image.pk, "alt": "A path", "caption": ""}
    content = [{"type": "picture", "value": picture}]
    page.sections = [{"type": "section", "value": {"title": "One", "content": content}}]
    page.save_revision().publish()
    reader = signed_in(lena.user)
    text = reader.get(reverse("lms_content:section", args=[page.pk, 1])).content
    address = text.decode().split('src="/media/')[1].split('"')[0]
    shown = reader.get(f"/media/{address}")
    assert shown.status_code == 200
    assert shown["Content-Type"] == "image/jpeg"
    assert Client().get(f"/media/{address}").status_code == 302


@pytest.mark.parametrize("name", ["page.html", "logo.svg", "page.pdf", "page"])
def test_nothing_but_pictures_has_an_address_among_the_uploads(reader, tmp_path, name):
    (tmp_path / name).write_bytes(HTML)
    assert reader.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize("path", ["", "../settings.py", "images/", "/etc/passwd.png"])
def test_no_folder_is_listed_and_none_is_left(reader, path):
    assert reader.get(f"/media/{path}").status_code == 404


def test_a_page_that_calls_itself_a_picture_is_only_ever_a_picture(reader, tmp_path):
    (tmp_path / "page.png").write_bytes(HTML)
    shown = reader.get("/media/page.png")
    assert shown["Content-Type"] == "image/png"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Content-Security-Policy"].startswith("sandbox;")


@pytest.mark.parametrize(
    ("name", "content"),
    [("page.html", HTML), ("logo.svg", SVG), ("paper.pdf", b"%PDF-1.7")],
)
def test_a_document_is_handed_out_to_keep_and_never_shown(reader, name, content):
    """Whatever got past the form, such as a file from before the list of kinds."""
    document = Document.objects.create(title="X", file=ContentFile(content, name))
    handed = reader.get(document.url)
    assert handed["Content-Disposition"].startswith("attachment")
    policy = handed["Content-Security-Policy"]
    assert policy == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert handed["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("number", ["1", "\N{ARABIC-INDIC DIGIT ONE}", "01"])
def test_documents_are_for_those_who_are_signed_in(reader, number):
    Document.objects.create(pk=1, title="X", file=ContentFile(b"%PDF-", "paper.pdf"))
    name = Document.objects.get().filename
    assert Client().get(f"/documents/{number}/{name}").status_code == 302
    assert reader.get(f"/documents/{number}/{name}").status_code == 200
