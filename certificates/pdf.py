"""A certificate as a PDF: one landscape page that one would frame.

Every picture is drawn here and handed over inline; ``lms.pdf`` sets the page. The same
face gives the same bytes.
"""

import base64
import datetime
import io
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

import segno
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from certificates.rules import Style, size_of
from competencies.rules import Noted
from lms.pdf import cannot_be_set, font, fonts, set_page

REVISION = "two-lines-2"
MARGINS = 232  # points beside a name, both sides together
LOGO = (380, 68)  # pixels of a page with 96 to the inch
SIGNATURE = (240, 46)
NAME_SIZES = (46, 42, 38, 34, 30, 27)
TWO_LINES_BELOW = 30
ABOVE_ONE_LINE, ABOVE_TWO_LINES = 40, 20  # points
TITLE_SIZES = (24, 18)
MISSING = ".notdef"


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


PLAIN = Style()


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


def render_certificate(face: Face, style: Style = PLAIN) -> bytes:
    """The finished PDF, in the look of a design.

    Raises ``NameCannotBeSet`` rather than print boxes.
    """
    name = unicodedata.normalize("NFC", " ".join(face.name.split()))
    refuse_what_cannot_be_set(name)
    width, height = style.size
    lines, size = fitted(name, width - MARGINS)
    html = render_to_string(
        "lms_certificates/pdf/certificate.html",
        {
            "face": face,
            "style": style,
            "page": _measured(width, height),
            "issued_on": style.wording.dated(face.issued_on),
            "expires_on": face.expires_on and style.wording.dated(face.expires_on),
            "logo": _fitting(style.logo, LOGO),
            "signatures": _signatures(face, style),
            "lines": lines,
            "above": ABOVE_ONE_LINE if len(lines) == 1 else ABOVE_TWO_LINES,
            "title_size": _title_size(str(face.title), width - MARGINS),
            "size": size,
            "fonts": fonts(),
            "path": _path(style),
            "qr": _inline(_qr(face.verify_url)),
        },
    )
    return set_page(html, face.issued_on)


def _measured(width: int, height: int) -> dict[str, int]:
    """Where things stand, in points from the upper left; pictures want pixels."""
    return {
        "width": width,
        "height": height,
        "wide": round(width * 4 / 3),
        "high": round(height * 4 / 3),
        "art_height": height + 60,  # or the picture is shrunk by its own leading
        "signed": height - 214,
        "foot": height - 126,
        "foot_width": width - MARGINS,
        "body_width": width - MARGINS,
        "body_height": height - 336,
    }


def _signatures(face: Face, style: Style) -> list[tuple[str, str, dict | None]]:
    """Name, what stands below it, and the picture above it, where there is one."""
    pictures = (style.first_signature, style.second_signature)
    return [
        (name, below, _fitting(picture, SIGNATURE))
        for (name, below), picture in zip(face.signatures, pictures, strict=False)
    ]


@lru_cache(maxsize=64)
def _fitting(picture: str, room: tuple[int, int]) -> dict | None:
    """A picture as large as fits the room, in pixels, never stretched."""
    if not picture:
        return None
    width, height = size_of(picture)
    scale = min(room[0] / width, room[1] / height)
    measured = {"width": round(width * scale), "height": round(height * scale)}
    return {"address": picture, **measured}


@lru_cache(maxsize=32)
def _path(style: Style) -> str:
    width, height = style.size
    around = {"style": style, "page": _measured(width, height)}
    lower = {"inside": height - 26, "across": width - 52, "down": height - 52}
    return _inline(render_to_string("lms_certificates/pdf/path.svg", around | lower))


def refuse_what_cannot_be_set(name: str) -> None:
    missing = cannot_be_set(name)
    if missing or not name.strip():
        raise NameCannotBeSet(name, missing)


def fitted(name: str, room: float) -> tuple[list[str], int]:
    """The lines a name is set in, and their size in points: it is never cut."""
    for size in NAME_SIZES:
        if size <= TWO_LINES_BELOW and " " in name:
            break
        if _width(name, size) <= room:
            return [name], size
    lines = _balanced(name)
    for size in (*NAME_SIZES[2:], 24, 21, 18, 15, 12):
        if max(_width(line, size) for line in lines) <= room:
            return lines, size
    return lines, 10


def _title_size(title: str, room: float) -> int:
    """A title that would not fit one line is set smaller, on as many as it takes."""
    large, small = TITLE_SIZES
    return large if _width(title, large) <= room else small


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
    return (
        sum(metrics[glyphs.get(ord(letter), MISSING)][0] for letter in text)
        * size
        / units
    )


def _qr(address: str) -> str:
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", border=0, dark="#1f2a28", xmldecl=False, scale=4
    )
    return drawing.getvalue().decode()


def _inline(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
