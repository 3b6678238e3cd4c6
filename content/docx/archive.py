"""Looks into a Word file before anything opens it.

A .docx is a zip of XML parts and pictures. What comes out of ``sound_copy`` is a new
zip in a temporary file. It holds XML that was walked through once, without keeping it,
and pictures whose size is known: whoever reads it needs a bounded amount of memory. A
file that is no Word document, or is built to hurt, is refused with a sentence.
"""

import io
import re
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

from django.utils.translation import gettext as _
from PIL import Image

from .walking import MOST_XML_BYTES, Declares, TooLarge, Walker

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 1000
MOST_PICTURE_BYTES = 10 * 1024 * 1024
MOST_PICTURES = 60
MOST_PIXELS = 25_000_000
MOST_PIXELS_TOGETHER = 150_000_000

CHUNK = 64 * 1024
ENTRY = b"PK\x01\x02"  # begins each line of a zip's table of contents
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
LOCKED = 0x1
PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
WANTED = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|word/[\w./ -]+")
STRAYING = re.compile(r"^[/\\]|^[A-Za-z]:|\\|(^|/)\.\.(/|$)|\x00")
PICTURES = ("png", b"\x89PNG\r\n\x1a\n"), ("jpg", b"\xff\xd8\xff"), ("gif", b"GIF8")
DOCUMENT = "wordprocessingml.document.main+xml"
MACROS = re.compile(r"macroenabled|vbaproject", re.IGNORECASE)
# All that zipfile, Pillow and the XML parser raise for a file that is broken.
BROKEN = (
    ArithmeticError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    expat.ExpatError,
    zipfile.BadZipFile,
    zlib.error,
)


class NotReadable(Exception):  # noqa: N818  (no fault of ours)
    """Why a file cannot be taken; its text is a sentence to show."""


@dataclass(frozen=True)
class Sound:
    """A copy that may be opened, and how often its text holds what is worth a word."""

    file: IO[bytes]
    marks: Counter[str]


@contextmanager
def sound_copy(file: IO[bytes], size: int) -> Iterator[Sound]:
    """Copy what is needed of a file of that many bytes, or refuse it.

    Raises NotReadable with a sentence.
    """
    _refuse_by_its_bytes(file, size)
    with tempfile.NamedTemporaryFile() as copy:
        try:
            with (
                zipfile.ZipFile(file) as source,
                zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target,
            ):
                _refuse_by_its_parts(source.infolist())
                marks = _Copying(source, target).all_parts()
        except TooLarge:
            raise _too_large() from None
        except Declares:
            raise NotReadable(
                _("This file holds what no Word document needs. Save it once more.")
            ) from None
        except BROKEN as error:
            raise NotReadable(broken()) from error
        copy.seek(0)
        yield Sound(copy, marks)


def broken() -> str:
    return _("This file is damaged. Open it in Word, save it once more, and try again.")


def _too_large() -> NotReadable:
    return NotReadable(
        _("This file is too large once it is unpacked. Split it, or make it simpler.")
    )


def _refuse_by_its_bytes(file: IO[bytes], size: int) -> None:
    if not size:
        raise NotReadable(_("This file is empty. Choose the document once more."))
    if size > MOST_BYTES:
        raise NotReadable(
            _("This file is larger than 20 MB. Make its pictures smaller, or split it.")
        )
    file.seek(0)
    start = file.read(4)
    if start == OLD_OR_LOCKED:
        raise NotReadable(
            _(
                "This document has a password or is of an old kind. Save it as .docx "
                "without a password."
            )
        )
    if start != b"PK\x03\x04":
        raise _no_document()
    if _entries(file) > MOST_PARTS:
        raise _too_large()


def _no_document() -> NotReadable:
    return NotReadable(
        _("This is no Word document. Open it in your program and save it as .docx.")
    )


def _entries(file: IO[bytes]) -> int:
    """How many parts the zip lists at most; opening it would keep a row for each."""
    file.seek(0)
    found, end = 0, b""
    while chunk := file.read(1 << 20):
        found += (end + chunk).count(ENTRY)
        end = chunk[-len(ENTRY) + 1 :]
    file.seek(0)
    return found


def _refuse_by_its_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if any(MACROS.search(name) for name in names):
        raise macros()
    if any(STRAYING.search(part.orig_filename) for part in parts):
        raise NotReadable(
            _("This file names places outside itself, which no document does.")
        )
    if len(set(names)) < len(names):
        raise NotReadable(broken())
    if any(part.flag_bits & LOCKED for part in parts):
        raise NotReadable(_("This document has a password. Save it without one."))
    if any(part.compress_type not in PACKED for part in parts):
        raise NotReadable(broken())
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _too_large()


def macros() -> NotReadable:
    return NotReadable(
        _("This document holds macros. Save it as .docx, without them, and try again.")
    )


class _Copying:
    def __init__(self, source: zipfile.ZipFile, target: zipfile.ZipFile) -> None:
        self.source, self.target = source, target
        self.marks: Counter[str] = Counter()
        self.xml_bytes = self.nodes = self.pictures = self.pixels = 0

    def all_parts(self) -> Counter[str]:
        kinds = self._xml("[Content_Types].xml").content_types
        if any(MACROS.search(kind) for kind in kinds):
            raise macros()
        if not any(kind.endswith(DOCUMENT) for kind in kinds):
            raise _no_document()
        for part in self.source.infolist():
            name = part.filename
            if name == "[Content_Types].xml" or not WANTED.fullmatch(name):
                continue
            if name.endswith((".xml", ".rels")):
                self.marks += self._xml(name).marks
            else:
                self._picture(part)
        return self.marks

    def _xml(self, name: str) -> Walker:
        part = self.source.getinfo(name)
        self.xml_bytes += part.file_size
        if self.xml_bytes > MOST_XML_BYTES:
            raise _too_large()
        walker = Walker(name, nodes_before=self.nodes)
        with self.source.open(part) as content, self.target.open(name, "w") as copy:
            while chunk := content.read(CHUNK):
                walker.read(chunk)
                copy.write(chunk)
        walker.end()
        self.nodes = walker.nodes
        return walker

    def _picture(self, part: zipfile.ZipInfo) -> None:
        """Copy a picture that browsers show; fonts, films and the like stay behind."""
        with self.source.open(part) as content:
            start = content.read(8)
        if suffix_of(start) is None:
            return
        self.pictures += 1
        if part.file_size > MOST_PICTURE_BYTES or self.pictures > MOST_PICTURES:
            raise self._too_much_picture()
        content = self.source.read(part)
        self.pixels += self._pixels_of(content)
        if self.pixels > MOST_PIXELS_TOGETHER:
            raise self._too_much_picture()
        self.target.writestr(part.filename, content, zipfile.ZIP_STORED)

    def _pixels_of(self, content: bytes) -> int:
        """Width times height, from the first bytes: the picture is not drawn."""
        try:
            width, height = Image.open(io.BytesIO(content)).size
        except Image.DecompressionBombError:
            raise self._too_much_picture() from None
        except BROKEN:
            return 0  # left for the form that takes pictures, which says so
        if width * height > MOST_PIXELS:
            raise self._too_much_picture()
        return width * height

    def _too_much_picture(self) -> NotReadable:
        return NotReadable(
            _(
                "The pictures of this document are too large or too many (25 "
                "megapixels or 10 MB each, 60 in all). Make them smaller and try again."
            )
        )


def suffix_of(start: bytes) -> str | None:
    """The suffix of the kind of picture that begins so, of those that are shown."""
    return next((kind for kind, sign in PICTURES if start.startswith(sign)), None)
