"""A certificate as a PDF: one landscape page that one would frame.

Every picture is drawn here and handed over inline; ``lms.pdf`` sets the page. The same
face gives the same bytes.
"""

import base64
import datetime
import io
import unicodedata
from dataclasses import dataclass
from functools import cache

import segno
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from competencies.rules import Noted
from lms.pdf import cannot_be_set, font, fonts, set_page

REVISION = "two-lines-1"
NAME_WIDTH = 560  # points
NAME_SIZES = (46, 42, 38, 34, 30, 27)
TWO_LINES_BELOW = 30


@dataclass(frozen=True)
class Face:
    """What stands on the page. No role, no agency, no topics: the framed page could
    hang on any wall. ``what_it_took`` is a separate sheet, on the holder's wish."""

    name: str
    title: str | Promise
    issuer: str
    issued_on: datetime.date
    number: str
    verify_url: str
    expires_on: datetime.date | None = None
    signatures: tuple[tuple[str, str], ...] = ()
    what_it_took: tuple[tuple[str, Noted], ...] = ()
    language: str = "en"


class NameCannotBeSet(ValueError):  # noqa: N818  (says what happened)
    """A name holds characters that no font here can set rightly."""

    def __init__(self, name: str, characters: list[str]) -> None:
        self.characters = characters
        super().__init__(
            _(
                "The name “%(name)s” holds characters this certificate cannot set "
                "rightly yet (%(characters)s). Nothing was issued. Write the name in "
                "Latin letters on the person's page, and it will be."
            )
            % {"name": name, "characters": " ".join(characters)}
        )


def render_certificate(face: Face) -> bytes:
    """The finished PDF.

    Raises ``NameCannotBeSet`` rather than print boxes.
    """
    name = unicodedata.normalize("NFC", " ".join(face.name.split()))
    refuse_what_cannot_be_set(name)
    lines, size = fitted(name)
    html = render_to_string(
        "lms_certificates/pdf/certificate.html",
        {
            "face": face,
            "lines": lines,
            "size": size,
            "fonts": fonts(),
            "path": _inline(render_to_string("lms_certificates/pdf/path.svg")),
            "qr": _inline(_qr(face.verify_url)),
        },
    )
    return set_page(html, face.issued_on)


def refuse_what_cannot_be_set(name: str) -> None:
    missing = cannot_be_set(name)
    if missing or not name.strip():
        raise NameCannotBeSet(name, missing)


def fitted(name: str) -> tuple[list[str], int]:
    """The lines a name is set in, and their size in points: it is never cut."""
    for size in NAME_SIZES:
        if size <= TWO_LINES_BELOW and " " in name:
            break
        if _width(name, size) <= NAME_WIDTH:
            return [name], size
    lines = _balanced(name)
    for size in (*NAME_SIZES[2:], 24, 21, 18, 15, 12):
        if max(_width(line, size) for line in lines) <= NAME_WIDTH:
            return lines, size
    return lines, 10


def _balanced(name: str) -> list[str]:
    words = name.split(" ")
    splits = [
        [" ".join(words[:place]), " ".join(words[place:])]
        for place in range(1, len(words))
    ]
    return min(
        splits, key=lambda pair: abs(len(pair[0]) - len(pair[1])), default=[name]
    )


@cache
def _advances() -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    face = TTFont(font("serif"))
    return face.getBestCmap(), face["hmtx"].metrics, face["head"].unitsPerEm


def _width(text: str, size: float) -> float:
    glyphs, metrics, units = _advances()
    return sum(metrics[glyphs[ord(letter)]][0] for letter in text) * size / units


def _qr(address: str) -> str:
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", border=0, dark="#1f2a28", xmldecl=False, scale=4
    )
    return drawing.getvalue().decode()


def _inline(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
