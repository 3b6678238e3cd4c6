"""Does a text tell who somebody is?

``look_for`` finds what likely names a participant: e-mail addresses, phone numbers,
dates of birth, street addresses, case numbers and first names. It is asked before a
text is saved, in the page (``lms.forms.AsksAboutIdentifiers``): it blocks nothing,
stores nothing and counts nothing. It errs both ways;
``benchmarks/identifiers.py`` says how often.

First names come from ``first_names.txt`` (common names of the United States census,
public domain). Names of staff are no news, and neither are ordinary words: a name that
is a word as well counts only in the middle of a sentence and with a capital, one that
is a town as well not after "in", "from" and the like.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .models import Person

NAMES = Path(__file__).with_name("first_names.txt")


class Kind(TextChoices):
    EMAIL = "email", _("an e-mail address")
    PHONE = "phone", _("a phone number")
    BIRTH = "birth", _("a date of birth")
    ADDRESS = "address", _("an address")
    CASE = "case", _("a case number")
    NAME = "name", _("a first name")


@dataclass(frozen=True)
class Found:
    kind: Kind
    text: str


MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
A_DATE = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}|"
    rf"{MONTHS}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?|"
    rf"\d{{1,2}}\s+{MONTHS}\.?(?:\s+\d{{4}})?)"
)
BORN = r"(?:\bd\.?o\.?b\b\.?|\bborn\b|\bbirth\s?day\b|\bdate of birth\b|\bbirth date\b)"
STREETS = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|"
    r"Boulevard|Blvd|Terrace|Ter|Circle|Cir|Way|Highway|Hwy|Parkway|Pkwy|Square|Sq)"
)
TOLL_FREE = r"(?:800|888|877|866|855|844|833)"
PATTERNS = [
    (Kind.EMAIL, re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (Kind.BIRTH, re.compile(rf"(?i){BORN}[^.!?\n]{{0,25}}?{A_DATE}")),
    (Kind.BIRTH, re.compile(rf"(?i){A_DATE}\s+(?:is|was)\s+\w+\s+birthday")),
    (
        Kind.PHONE,
        re.compile(
            rf"(?<![\w/-])(?:\+?1[ .-]?)?\(?(?!{TOLL_FREE})[2-9]\d{{2}}\)?[ .-]?"
            r"\d{3}[ .-]?\d{4}(?![\w/-])"
        ),
    ),
    (Kind.PHONE, re.compile(r"(?<![\w/.-])[2-9]\d{2}[.-]\d{4}(?![\w/-])")),
    (
        Kind.CASE,
        re.compile(
            r"(?i)\b(?:case|docket|file|mrn|record|client|member|participant|"
            r"masshealth|medicaid|51a|id)\s*(?:no\.?|nr\.?|number|id|#|:)*\s*(?:is\s+)?"
            r"#?\s?(?=[\w-]*\d{3})[A-Z]{0,4}-?\d[\w-]{3,}"
        ),
    ),
    (Kind.CASE, re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])")),
    (
        Kind.ADDRESS,
        re.compile(
            r"\b\d{1,5}[A-Za-z]?\s+(?:(?:[NSEW]\.?|North|South|East|West)\s+)?"
            rf"(?:[A-Z][\w'’-]*\s+|\d+(?:st|nd|rd|th)\s+){{1,3}}{STREETS}\b"
        ),
    ),
    (
        Kind.ADDRESS,
        re.compile(
            r"(?i)\b\d{1,5}\s+(?!(?:of|on|in|at|the|a|to)\b)[a-z'’-]+\s+"
            r"(?:street|avenue|road|boulevard)\b"
        ),
    ),
    (Kind.ADDRESS, re.compile(r"(?i)\bp\.?\s?o\.?\s?box\s+\d+")),
    (Kind.ADDRESS, re.compile(r"(?i)\b(?:apt|apartment|unit)\.?\s*#?\s?\d+\w?\b")),
    (Kind.ADDRESS, re.compile(r"\b(?:MA|CT|RI|NH|VT|ME|NY)\s+\d{5}\b")),
]
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
PLACES_FOLLOW = {
    *("in", "from", "near", "to", "at", "around", "outside", "of", "toward", "via"),
    *("downtown", "east", "west", "north", "south"),
}
PARTS_OF_TITLES = {
    *("agency", "ave", "center", "centre", "church", "clinic", "college", "county"),
    *("court", "day", "drive", "foundation", "hall", "health", "home", "hospital"),
    *("house", "institute", "library", "model", "park", "place", "program", "road"),
    *("scale", "school", "shelter", "square", "street", "university", "ymca", "ywca"),
}


@cache
def first_names() -> dict[str, str]:
    """Each name in lower case, with "" or what else it is: "word" or "place"."""
    found, also = {}, ""
    for line in NAMES.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            also = {"[names]": "", "[words]": "word", "[places]": "place"}[line]
        elif not line.startswith("#"):
            found |= dict.fromkeys(line.split(), also)
    return found


def words_of(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for text in texts for word in WORD.findall(text))


def staff_names() -> frozenset[str]:
    """Every part of the name of everybody with a record here, in lower case."""
    names = Person.objects.values_list("full_name", "called")
    return words_of(name for pair in names for name in pair)


def look_for(text: str, *, known: Iterable[str] = ()) -> list[Found]:
    """What likely tells who somebody is, in the order of the text, each once.

    ``known`` are names that need no question, in lower case: those of staff.
    """
    hits = list(_patterns_in(text))
    spans = [span for span, _found in hits]
    hits += [
        (span, found)
        for span, found in _names_in(text, frozenset(known))
        if not _overlaps(span, spans)
    ]
    once: dict[Found, None] = {}
    for _span, found in sorted(hits, key=lambda hit: hit[0]):
        once.setdefault(found)
    return list(once)


Span = tuple[int, int]


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _patterns_in(text: str) -> Iterator[tuple[Span, Found]]:
    taken: list[Span] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            if not _overlaps(match.span(), taken):
                taken.append(match.span())
                yield match.span(), Found(kind, match.group().strip())


def _names_in(text: str, known: frozenset[str]) -> Iterator[tuple[Span, Found]]:
    words = list(WORD.finditer(text))
    for number, match in enumerate(words):
        name = _without_s(match.group())
        also = first_names().get(name.casefold())
        if also is None or name.casefold() in known:
            continue
        if also and not name[0].isupper():
            continue
        if also == "word" and _begins_a_sentence(text, match.start()):
            continue
        if also == "place" and _is_a_place(words, number):
            continue
        if not _is_part_of_a_title(text, words, number):
            yield match.span(), Found(Kind.NAME, name)


def _without_s(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)


def _begins_a_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\"“'(-•*")
    return not before or before[-1] in ".!?:\n"


def _is_a_place(words: list[re.Match], number: int) -> bool:
    return number > 0 and words[number - 1].group().casefold() in PLACES_FOLLOW


def _is_part_of_a_title(text: str, words: list[re.Match], number: int) -> bool:
    """Of a hospital, a street or a model that bears a first name, or a saint."""
    if number and words[number - 1].group() in {"St", "Saint", "Santa", "San"}:
        return True
    end = words[number].end()
    for following in words[number + 1 : number + 4]:
        between = text[end : following.start()]
        if between.strip(" -&’'") or not following.group()[0].isupper():
            return False
        if _without_s(following.group()).casefold() in PARTS_OF_TITLES:
            return True
        end = following.end()
    return False
