"""Word files, read: documents of four programs, and files that are made to hurt."""

import io
import struct
import tracemalloc
import zipfile
import zlib

import docx as python_docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from content.docx import (
    MOST_BYTES,
    Kind,
    NotReadable,
    Picture,
    Text,
    read_word_file,
)

from .word_files import (
    SAMPLES,
    part,
    picture,
    plain,
    read,
    sample,
    saved,
    why_not,
    with_body,
    with_parts,
    with_picture,
)

MB = 1024 * 1024
TYPES = "[Content_Types].xml"
LOADED = "word/document.xml"


def html_of(document) -> str:
    return "".join(
        part.html
        for section in document.sections
        for part in section.parts
        if isinstance(part, Text)
    )


def pictures_of(document) -> list[Picture]:
    parts = [part for section in document.sections for part in section.parts]
    return [part for part in parts if isinstance(part, Picture)]


def told(document, kind: Kind) -> list[tuple[str, str]]:
    return [(n.section, n.about) for n in document.notes if n.kind == kind]


@pytest.mark.parametrize("program", SAMPLES)
def test_a_document_of_another_program_becomes_sections(program):
    document = read(sample(program))
    assert document.title == "Walking beside a family"
    titles = [section.title for section in document.sections]
    assert titles == ["The first call", "What to bring", "What to write"]
    html = html_of(document)
    assert "Say <b>who you are</b>, <i>why</i> you call" in html
    assert '<a href="https://www.example.org/next">what comes next</a>' in html
    assert '<a href="mailto:office@example.org">office</a>' in html
    assert "like to be called<ul><li>by name</li>" in html
    assert "<ol><li>A charged phone</li>" in html
    assert "What you agreed" in html
    assert "<p><b>A small thing</b></p>" in html
    assert html.index("saw.[1]") < html.index("<p>[1] Not what you think of it.</p>")
    assert len(pictures_of(document)) == 2
    assert told(document, Kind.LINK) == [("What to bring", "form")]
    assert [where for where, _words in told(document, Kind.QUOTATION)] == [
        "What to bring"
    ]
    assert told(document, Kind.TABLE)
    assert told(document, Kind.FOOTNOTE) == [("What to write", "1")]


@pytest.mark.parametrize("program", ["libreoffice", "pandoc"])
def test_words_for_a_picture_come_along_and_are_asked_for_elsewhere(program):
    document = read(sample(program))
    said = [each.alt for each in pictures_of(document)]
    assert said == ["A door stands open, light falls out", ""]
    assert told(document, Kind.ALT) == [("What to bring", "")]


@pytest.mark.parametrize("program", ["libreoffice", "pandoc"])
def test_a_table_with_a_header_names_what_each_cell_is(program):
    item = "<li><b>Same day</b>: What to write: What you saw; Where: The log</li>"
    assert item in html_of(read(sample(program)))


def test_a_picture_that_is_only_linked_is_told_and_not_fetched():
    document = read(sample("libreoffice-from-html"))
    assert len(told(document, Kind.PICTURE_LINKED)) == 2
    assert pictures_of(document) == []


def test_a_document_of_python_docx_comes_over():
    document = python_docx.Document()
    document.add_heading("Small steps", 0)
    document.add_heading("Listening", 1)
    document.add_paragraph("First", style="List Number")
    document.add_paragraph("Then", style="List Number")
    document.add_paragraph("She said it.", style="Intense Quote")
    document.add_paragraph("She said more.", style="Intense Quote")
    document.add_picture(io.BytesIO(picture()))
    document.add_paragraph("At the door", style="Caption")
    read_again = read(saved(document))
    assert read_again.title == "Small steps"
    (section,) = read_again.sections
    listed, quoted, shown = section.parts
    assert listed.html == "<ol><li>First</li><li>Then</li></ol>"
    assert quoted.html == "<p>She said it.</p><p>She said more.</p>"
    assert (shown.suffix, shown.alt, shown.caption) == ("png", "", "At the door")
    assert told(read_again, Kind.QUOTATION) == [
        ("Listening", "She said it. She said more.")
    ]


@pytest.mark.parametrize(
    "alt", ["Picture 3", "image1.png", "A cup\n\nDescription automatically generated"]
)
def test_what_a_program_wrote_by_itself_does_not_say_what_a_picture_shows(alt):
    document = read(with_picture(picture(), alt))
    assert pictures_of(document)[0].alt == ""
    assert told(document, Kind.ALT) == [("Seen", "")]


def test_where_no_headings_are_bold_lines_begin_the_sections():
    document = python_docx.Document()
    for heading in ("Before", "After"):
        document.add_paragraph().add_run(heading).bold = True
        document.add_paragraph("Words about it.")
    found = read(saved(document))
    assert [section.title for section in found.sections] == ["Before", "After"]
    assert len(told(found, Kind.BOLD_HEADINGS)) == 1


def test_a_document_without_any_heading_is_one_section_and_says_so():
    found = read(plain("One.", "Two."))
    assert [section.title for section in found.sections] == ["To begin with"]
    assert len(told(found, Kind.NO_HEADINGS)) == 1


def test_headings_without_text_of_their_own_are_kept_or_told():
    document = python_docx.Document()
    for title, level in [("Safety", 1), ("At the door", 2), ("Rest", 1)]:
        document.add_heading(title, level)
        if level == 2:
            document.add_paragraph("Words.")
    found = read(saved(document))
    assert [section.title for section in found.sections] == ["Safety: At the door"]
    assert told(found, Kind.EMPTY_HEADING) == [("", "Safety")]
    assert told(found, Kind.LAST_HEADING) == [("", "Rest")]


def test_a_long_section_is_told():
    document = python_docx.Document()
    document.add_heading("Long", 1)
    document.add_paragraph("word " * 301)
    found = read(saved(document))
    assert told(found, Kind.LONG) == [("Long", "")]
    assert found.minutes == 2


def test_a_table_of_one_column_only_frames_its_words():
    document = python_docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "Framed."
    assert html_of(read(saved(document))) == "<p>Framed.</p>"


def test_a_picture_in_a_table_stands_below_it():
    document = python_docx.Document()
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text = "Left"
    cells[1].paragraphs[0].add_run().add_picture(io.BytesIO(picture()), Pt(20))
    found = read(saved(document))
    assert len(pictures_of(found)) == 1
    assert len(told(found, Kind.MOVED_PICTURE)) == 1


@pytest.mark.parametrize(
    ("xml", "kind"),
    [
        ("<w:ins><w:r><w:t>New</w:t></w:r></w:ins>", Kind.TRACKED),
        ("<w:r><w:t>Old</w:t><w:commentReference w:id='0'/></w:r>", Kind.COMMENT),
        ("<w:r><w:t>x</w:t></w:r><m:oMath xmlns:m='urn:m'/>", Kind.EQUATION),
        ("<w:r><w:rPr><w:strike/></w:rPr><w:t>not</w:t></w:r>", Kind.STRUCK),
        ("<w:r><w:t>x</w:t><c:chart xmlns:c='urn:c'/></w:r>", Kind.DRAWING),
    ],
)
def test_what_a_module_does_not_hold_is_told(xml, kind):
    document = read(with_body(f"<w:p>{xml}</w:p>"))
    assert len(told(document, kind)) == 1


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "\\\\x"],
)
def test_a_link_that_is_no_address_of_the_web_becomes_words(address):
    document = python_docx.Document()
    paragraph = document.add_paragraph()
    number = document.part.relate_to(
        address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    xml = (
        f"<w:hyperlink {NAMES} r:id='{number}'><w:r><w:t>here</w:t></w:r></w:hyperlink>"
    )
    paragraph._p.append(python_docx.oxml.parse_xml(xml))
    found = read(saved(document))
    assert html_of(found) == "<p>here</p>"
    assert len(told(found, Kind.LINK)) == 1


NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


@settings(max_examples=20)
@given(st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=60))
def test_no_words_become_markup(words):
    document = python_docx.Document()
    document.add_paragraph("x" + words)
    html = html_of(read(saved(document)))
    inside = html.removeprefix("<p>").removesuffix("</p>")
    assert "<" not in inside.replace("<br/>", "")


def test_a_style_map_inside_the_file_is_not_obeyed():
    content = with_parts(
        plain("Hello"), {"word/x.xml": b"<x/>", "mammoth/style-map": b"p => script"}
    )
    assert html_of(read(content)) == "<p>Hello</p>"


# What is refused, and what it costs.


def bomb_of_pixels(width: int, height: int) -> bytes:
    """A PNG that says to be that large and is a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")


def bomb_of_zeros() -> bytes:
    return with_parts(plain(), {"word/media/image1.png": b"\0" * (70 * MB)})


def declared(text: bytes) -> bytes:
    return with_parts(
        plain(), {LOADED: b'<?xml version="1.0"?><!DOCTYPE x [%s]><x>&a;</x>' % text}
    )


def many_laughs() -> bytes:
    lines = b'<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (97 + n, b"&%c;" % (96 + n) * 10) for n in range(1, 10)
    )
    return declared(lines)


def with_kind(old: bytes, new: bytes) -> bytes:
    content = plain()
    return with_parts(content, {TYPES: part(content, TYPES).replace(old, new)})


def locked() -> bytes:
    """A zip whose parts say that they have a password."""
    content = bytearray(plain())
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(sign)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(sign, at + 4)
    return bytes(content)


def many_parts() -> bytes:
    return with_parts(plain(), {f"word/{n}.xml": b"<x/>" for n in range(1100)})


def large_picture() -> bytes:
    content = picture() + b"\0" * (11 * MB)
    return with_parts(plain(), {"word/media/image1.png": content})


def with_media(content: bytes) -> bytes:
    return with_parts(plain(), {"word/media/image1.png": content})


MACRO_MAIN = b"application/vnd.ms-word.document.macroEnabled.main+xml"
MAIN = (
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
)
SHEET = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
HOSTILE = {
    "nothing at all": (lambda: b"", "empty"),
    "a text": (lambda: b"Hello", "no Word document"),
    "an old document": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password"),
    "a page of the web": (lambda: b"<html>", "no Word document"),
    "a workbook": (lambda: with_kind(MAIN, SHEET), "no Word document"),
    "a zip with something else": (lambda: zipped({"a.txt": b"a"}), "damaged"),
    "half a file": (lambda: plain()[:4000], "damaged"),
    "a zip bomb": (bomb_of_zeros, "too large once it is unpacked"),
    "a thousand parts": (many_parts, "too large once it is unpacked"),
    "nested laughter": (many_laughs, "no Word document needs"),
    "an entity from a file": (
        lambda: declared(b'<!ENTITY a SYSTEM "file:///etc/passwd">'),
        "no Word document needs",
    ),
    "a path out": (
        lambda: with_parts(plain(), {"word/../../evil.xml": b"<x/>"}),
        "outside itself",
    ),
    "a path from the root": (
        lambda: with_parts(plain(), {"/etc/passwd": b"x"}),
        "outside itself",
    ),
    "a path of Windows": (
        lambda: with_parts(plain(), {"C:\\evil.xml": b"<x/>"}),
        "outside itself",
    ),
    "macros": (
        lambda: with_parts(plain(), {"word/vbaProject.bin": b"x"}),
        "holds macros",
    ),
    "macros by its kind": (lambda: with_kind(MAIN, MACRO_MAIN), "holds macros"),
    "a password": (locked, "password"),
    "a strange packing": (
        lambda: with_parts(plain(), {}, packing=zipfile.ZIP_LZMA),
        "damaged",
    ),
    "a picture of 11 MB": (large_picture, "pictures of this document"),
    "a picture of 100 megapixels": (
        lambda: with_media(bomb_of_pixels(10_000, 10_000)),
        "pictures of this document",
    ),
    "a picture of a billion pixels": (
        lambda: with_media(bomb_of_pixels(40_000, 40_000)),
        "pictures of this document",
    ),
    "many empty paragraphs": (
        lambda: with_body("<w:p/>" * 200_000),
        "too large once it is unpacked",
    ),
    "a tag of many attributes": (
        lambda: with_body(
            "<w:p" + "".join(map(" a{}=''".format, range(200_000))) + "/>"
        ),
        "too large once it is unpacked",
    ),
    "a well without end": (
        lambda: with_body("<w:p>" * 500 + "</w:p>" * 500),
        "too large once it is unpacked",
    ),
    "a text without end": (
        lambda: with_body("<w:p><w:r><w:t>" + "a\n" * 20_000 + "</w:t></w:r></w:p>"),
        "too large once it is unpacked",
    ),
    "comments without end": (
        lambda: with_body("<!---->" * 200_000),
        "too large once it is unpacked",
    ),
    "nothing but headings": (lambda: plain(""), "nothing to read"),
}


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_document_or_made_to_hurt_is_refused_cheaply(name):
    make, sentence = HOSTILE[name]
    content = make()
    tracemalloc.start()
    try:
        assert sentence in why_not(content)
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 48 * MB


def test_a_file_that_is_too_large_is_not_even_opened():
    class Untouched(io.BytesIO):
        def read(self, *args):
            raise AssertionError

    with pytest.raises(NotReadable, match="20 MB"):
        read_word_file(Untouched(), MOST_BYTES + 1)


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data):
    content = bytearray(sample("pandoc"))
    for _n in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    why_not(bytes(content))


def test_a_part_that_claims_to_be_small_is_not_believed():
    """The table of contents says 100 bytes, the part unpacks to many megabytes."""
    content = bytearray(with_media(b"\0" * (30 * MB)))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 100)
    tracemalloc.start()
    why_not(bytes(content))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 48 * MB
