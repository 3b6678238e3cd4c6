"""How a certificate may look, as values, and which pictures it may bear.

A picture comes from whoever edits designs, and is drawn by a machine that reads files:
an SVG keeps shapes and nothing that refers to anything; a PNG is painted anew.
"""

import base64
import datetime
import hashlib
import io
import json
import re
from dataclasses import asdict, dataclass
from xml.etree import ElementTree as ET

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

LARGEST_PICTURE = 200 * 1024  # bytes
MOST_PIXELS = 2000 * 2000
SVG = "http://www.w3.org/2000/svg"
SHAPES = {
    *("svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse"),
    *("line", "polyline", "polygon", "linearGradient", "radialGradient", "stop"),
}


class Paper(TextChoices):
    LETTER = "letter", _("Letter")
    A4 = "a4", _("A4")


SIZES = {Paper.LETTER: (792, 612), Paper.A4: (842, 595)}  # points, landscape


class Language(TextChoices):
    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")
    PORTUGUESE = "pt", _("Portuguese")
    HAITIAN_CREOLE = "ht", _("Haitian Creole")
    CAPE_VERDEAN = "kea", _("Cape Verdean")
    VIETNAMESE = "vi", _("Vietnamese")


@dataclass(frozen=True)
class Wording:
    """The page's own few words. A design may say them otherwise."""

    has_completed: str
    valid_until: str
    is_it_real: str
    day: str
    months: str = ""

    def dated(self, on: datetime.date) -> str:
        month = self.months.split()[on.month - 1] if self.months else str(on.month)
        return self.day.format(day=on.day, month=month, year=on.year)


WORDINGS = {
    Language.ENGLISH: Wording(
        "has completed",
        "valid until",
        "Is it real? Scan the code, or open",
        "{day} {month} {year}",
        "January February March April May June July August September October "
        "November December",
    ),
    Language.SPANISH: Wording(
        "ha completado",
        "válido hasta el",
        "¿Es auténtico? Escanee el código o abra",
        "{day} de {month} de {year}",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre "
        "noviembre diciembre",
    ),
    Language.PORTUGUESE: Wording(
        "concluiu",
        "válido até",
        "É autêntico? Leia o código ou abra",
        "{day} de {month} de {year}",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro "
        "novembro dezembro",
    ),
    Language.HAITIAN_CREOLE: Wording(
        "fini",
        "valab jiska",
        "Èske li otantik? Eskane kòd la, oswa louvri",
        "{day} {month} {year}",
        "janvye fevriye mas avril me jen jiyè out septanm oktòb novanm desanm",
    ),
    Language.CAPE_VERDEAN: Wording(
        "konklui",
        "válidu ti",
        "É verdaderu? Lé kódigu, ó abri",
        "{day} di {month} di {year}",
        "Janeru Febreru Marsu Abril Maiu Junhu Julhu Agostu Setenbru Otubru "
        "Novenbru Dizenbru",
    ),
    Language.VIETNAMESE: Wording(
        "đã hoàn thành",
        "có giá trị đến",
        "Có thật không? Quét mã hoặc mở",
        "ngày {day} tháng {month} năm {year}",
    ),
}


@dataclass(frozen=True)
class Style:
    """All that a design decides. Pictures are whole, as ``data:`` addresses."""

    paper: str = Paper.LETTER
    language: str = Language.ENGLISH
    first_line: str = "#1f5a4e"
    second_line: str = "#c27b14"
    has_completed: str = ""
    logo: str = ""
    first_signature: str = ""
    second_signature: str = ""

    @property
    def size(self) -> tuple[int, int]:
        return SIZES[Paper(self.paper)]

    @property
    def wording(self) -> Wording:
        return WORDINGS[Language(self.language)]

    @property
    def says_completed(self) -> str:
        return self.has_completed or self.wording.has_completed

    def settings(self) -> dict[str, str]:
        return {name: str(value) for name, value in asdict(self).items()}

    def digest(self) -> str:
        """The same look has the same digest, whoever called it what."""
        told = json.dumps(self.settings(), sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()


class UnfitPicture(ValueError):  # noqa: N818  (says what happened)
    """A picture that cannot stand on a certificate; the message says why."""


def picture(content: bytes) -> str:
    """A logo or signature as a ``data:`` address. Raises ``UnfitPicture``."""
    if len(content) > LARGEST_PICTURE:
        raise UnfitPicture(_("This picture is larger than 200 KB."))
    if content.startswith(b"\x89PNG"):
        return _inline("image/png", _painted_anew(content))
    return _inline("image/svg+xml", _only_shapes(content))


def size_of(inline: str) -> tuple[float, float]:
    """Width and height of a picture that was taken, in its own measure."""
    kind, _sep, content = inline.partition(";base64,")
    drawn = base64.b64decode(content)
    if kind == "data:image/png":
        with Image.open(io.BytesIO(drawn), formats=["PNG"]) as image:
            return image.size
    return _size(ET.fromstring(drawn))  # noqa: S314  (shapes alone, see below)


def _size(root: ET.Element) -> tuple[float, float]:
    """As the drawing says, or that of its view. Raises ``UnfitPicture``."""
    told = [root.get("width", ""), root.get("height", "")]
    if not all(re.fullmatch(r"[\d.]+(px|pt|mm|cm|in)?", each) for each in told):
        told = root.get("viewBox", "").replace(",", " ").split()[2:]
    numbers = [float(re.match(r"[\d.]*", each)[0] or 0) for each in told]
    if len(numbers) != len(("width", "height")) or min(numbers) <= 0:
        raise UnfitPicture(_("This SVG says no size. Please export it with one."))
    return numbers[0], numbers[1]


def _inline(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _painted_anew(content: bytes) -> bytes:
    """The pixels alone: no text chunks, no profile, nothing behind the end."""
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise UnfitPicture(_("This picture has more than 4 million pixels."))
            pixels = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as broken:
        if isinstance(broken, UnfitPicture):
            raise
        raise UnfitPicture(_("This PNG is broken. Please export it again.")) from broken
    painted = io.BytesIO()
    pixels.save(painted, "PNG")
    return painted.getvalue()


def _only_shapes(content: bytes) -> bytes:
    """Refused rather than cleaned: what is left out could be half of the logo."""
    try:
        text = content.decode()
        if "<!" in text.replace("<!--", "") or "\0" in text:
            raise UnfitPicture(
                _("This SVG declares a document type. Please export it plain.")
            )
        root = ET.fromstring(text)  # noqa: S314  (no DTD is left to expand)
    except (ET.ParseError, UnicodeDecodeError) as broken:
        raise UnfitPicture(_("Please choose an SVG or a PNG.")) from broken
    if root.tag != f"{{{SVG}}}svg":
        raise UnfitPicture(_("Please choose an SVG or a PNG."))
    for element in root.iter():
        name = str(element.tag).removeprefix(f"{{{SVG}}}")
        if name not in SHAPES:
            told = _(
                "This SVG holds more than shapes (%(name)s). Please export it plain."
            )
            raise UnfitPicture(told % {"name": name.rpartition("}")[2]})
        for attribute, value in element.attrib.items():
            _refuse_reference(attribute.rpartition("}")[2].lower(), value)
    _size(root)
    ET.register_namespace("", SVG)
    return ET.tostring(root)


def _refuse_reference(attribute: str, value: str) -> None:
    outside = re.sub(r"url\(\s*#[\w-]+\s*\)", "", value)
    leads_away = attribute == "href" and not value.startswith("#")
    if (
        leads_away
        or attribute.startswith("on")
        or re.search(r"url\(|@import|javascript:|\\", outside, re.IGNORECASE)
    ):
        raise UnfitPicture(
            _("This SVG refers to something outside itself. Please export it plain.")
        )
