"""What a phone and a scanner hand over, and what of it may stay."""

import hashlib
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin
from pillow_heif import register_heif_opener

from competencies.actions import Attachment
from competencies.forms import attachment_from

register_heif_opener()
SECRET = b"12 Elm Street"


def drawn(kind: str, mode: str = "RGB", size: tuple = (40, 30), **options) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size).save(file, kind, **options)
    return file.getvalue()


def kept(content: bytes, name: str = "photo.jpg") -> Attachment:
    return attachment_from(SimpleUploadedFile(name, content))


def where_it_was_taken() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    return exif


def with_text() -> PngImagePlugin.PngInfo:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", SECRET.decode())
    return text


@pytest.mark.parametrize(
    "content",
    [
        drawn("JPEG", exif=where_it_was_taken()),
        drawn("JPEG", comment=SECRET),
        drawn("JPEG", xmp=b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"),
        drawn("JPEG") + SECRET,
        drawn("PNG", exif=where_it_was_taken()),
        drawn("PNG", pnginfo=with_text()),
        drawn("PNG") + SECRET,
        drawn("HEIF", exif=where_it_was_taken()),
        drawn("HEIF", xmp=SECRET),
    ],
    ids=[
        "a photo's place",
        "a photo's comment",
        "a photo's description",
        "after the end of a photo",
        "a scan's place",
        "a scan's text",
        "after the end of a scan",
        "a phone photo's place",
        "a phone photo's description",
    ],
)
def test_what_is_hidden_in_a_picture_stays_behind(content):
    assert SECRET in content
    picture = kept(content)
    assert SECRET not in picture.content
    assert not Image.open(io.BytesIO(picture.content)).getexif()
    assert picture.sha256 == hashlib.sha256(picture.content).hexdigest()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_scan_of_any_depth_is_taken(mode):
    picture = kept(drawn("PNG", mode), "scan.png")
    assert Image.open(io.BytesIO(picture.content)).size == (40, 30)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_photo_of_any_colours_is_taken(mode):
    assert Image.open(io.BytesIO(kept(drawn("JPEG", mode)).content)).mode == "RGB"


def test_a_phones_photo_with_a_second_picture_inside_is_taken():
    """Many phones put a preview or a depth map behind the photo (format MPO)."""
    content = drawn(
        "MPO", save_all=True, append_images=[Image.new("RGB", (40, 30), "white")]
    )
    assert kept(content).content_type == "image/jpeg"


def test_a_photo_is_turned_the_way_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6  # held upright
    picture = kept(drawn("JPEG", exif=exif))
    assert Image.open(io.BytesIO(picture.content)).size == (30, 40)


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [
        ("My certificate.JPEG", "My certificate.jpg"),
        ("certificate.pdf.exe", "certificate.pdf.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        (".htaccess", ".htaccess.jpg"),
        ("x" * 200 + ".jpg", "x" * 80 + ".jpg"),
    ],
)
def test_the_name_says_what_the_file_is(name, kept_as):
    assert kept(drawn("JPEG"), name).name == kept_as


@pytest.mark.parametrize(
    "content",
    [
        drawn("GIF"),
        drawn("TIFF"),
        drawn("JPEG")[:200],
        drawn("PNG")[:60],
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"  %PDF-1.7",
        b"\x00",
    ],
)
def test_anything_else_is_refused_kindly(content):
    with pytest.raises(ValidationError, match="This kind of file is not taken"):
        kept(content)


def test_a_picture_that_unpacks_into_gigabytes_is_refused_before_it_does():
    with pytest.raises(ValidationError, match="too many pixels"):
        kept(drawn("PNG", "1", (10_000, 6_000)))
