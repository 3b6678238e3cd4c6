"""Word files for tests: those that programs made, and those made to hurt."""

import io
import zipfile
from pathlib import Path

import docx as python_docx
from PIL import Image

from content.docx import NotReadable, WordDocument, read_word_file

FOLDER = Path(__file__).parent / "word"
SAMPLES = ["abiword", "libreoffice", "pandoc"]
END = b"</w:body></w:document>"


def sample(name: str) -> bytes:
    return (FOLDER / f"{name}.docx").read_bytes()


def read(content: bytes) -> WordDocument:
    return read_word_file(io.BytesIO(content), len(content))


def why_not(content: bytes) -> str:
    """The sentence with which it is refused; empty where it is taken."""
    try:
        read(content)
    except NotReadable as reason:
        return str(reason)
    return ""


def saved(document) -> bytes:
    """What python-docx writes."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def plain(*paragraphs: str) -> bytes:
    document = python_docx.Document()
    for words in paragraphs or ["Words."]:
        document.add_paragraph(words)
    return saved(document)


def with_parts(content: bytes, changes: dict[str, bytes], **options) -> bytes:
    """The same file, with parts changed or added."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", options.get("packing", zipfile.ZIP_DEFLATED)) as new,
    ):
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return file.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def with_body(xml: str) -> bytes:
    """A document whose text is this XML."""
    content = plain()
    old = part(content, "word/document.xml")
    start = old.index(b"<w:body>") + len(b"<w:body>")
    return with_parts(content, {"word/document.xml": old[:start] + xml.encode() + END})


def picture(width: int = 40, height: int = 30, kind: str = "PNG", colour=31) -> bytes:
    file = io.BytesIO()
    Image.new("L", (width, height), colour).save(file, kind)
    return file.getvalue()


def with_picture(content: bytes, alt: str = "") -> bytes:
    document = python_docx.Document()
    document.add_heading("Seen", 1)
    shape = document.add_picture(io.BytesIO(content))
    shape._inline.docPr.set("descr", alt)
    return saved(document)
