"""What the text of a cell says: a day, a number, an address, or a reason why not."""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext as _

EARLIEST = datetime.date(1950, 1, 1)
LATEST = datetime.date(2100, 1, 1)

ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})", re.ASCII)
SLASHES = re.compile(r"(?P<one>\d{1,2})/(?P<two>\d{1,2})/(?P<y>\d{4})", re.ASCII)
NAMED = re.compile(
    r"(?:(?P<d>\d{1,2})\.? (?P<m>[a-z]{3,9})\.?|(?P<m2>[a-z]{3,9})\.? (?P<d2>\d{1,2}))"
    r",? (?P<y>\d{4})",
    re.ASCII,
)
TIME = re.compile(
    r"(,? |T)\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]\.?m\.?)?"
    r"( ?(Z|UTC|[+-]\d\d:?\d\d))?$",
    re.ASCII | re.IGNORECASE,
)
MONTHS = [
    "january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december",
]  # fmt: skip
YES, NO = ("yes", "y", "true", "1", "x"), ("no", "n", "false", "0")
FIGURE = re.compile(r"\d{1,6}([.,]\d{1,6})?", re.ASCII)


class NotUnderstood(ValueError):  # noqa: N818  (no fault of ours)
    """Why a cell cannot be taken; its text is a sentence to show."""


@dataclass(frozen=True)
class Column:
    """A column of a list: its name on the page, other names it goes by, and what
    reads a cell of it."""

    key: str
    label: str | Promise
    read: Callable[[str], Any]
    aliases: Sequence[str] = ()

    def names(self) -> set[str]:
        return {heading(name) for name in [self.key, str(self.label), *self.aliases]}


def heading(name: str) -> str:
    """A column's name with nothing left but letters and figures."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def found_in(header: Sequence[str], columns: Iterable[Column]) -> dict[str, int]:
    """Where each column stands in the header, by its key."""
    places = {heading(name): place for place, name in reversed([*enumerate(header)])}
    return {
        column.key: min(places[name] for name in column.names() & set(places))
        for column in columns
        if column.names() & set(places)
    }


def understand(
    cells: Mapping[str, str], columns: Iterable[Column]
) -> tuple[dict[str, Any], list[str]]:
    """What the cells of a line say, and a reason for each that says nothing clear.

    An empty cell says nothing: its key is missing from the answer.
    """
    values, reasons = {}, []
    for column in columns:
        text = cells.get(column.key, "")
        if not text:
            continue
        try:
            values[column.key] = column.read(plain(text))
        except NotUnderstood as reason:
            reasons.append(
                _("%(column)s: %(reason)s")
                % {"column": column.label, "reason": str(reason)}
            )
    return values, reasons


def plain(text: str) -> str:
    if text.startswith("="):
        raise NotUnderstood(_("This cell holds a formula. Write the value itself."))
    return " ".join(text.split())


def words(most: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > most:
            raise NotUnderstood(
                _("That is longer than %(most)d letters.") % {"most": most}
            )
        return text

    return read


def name(text: str) -> str:
    if not any(letter.isalpha() for letter in text):
        raise NotUnderstood(_("Write the name with letters."))
    return words(90)(text)


def address(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise NotUnderstood(
            _("“%(text)s” is no e-mail address.") % {"text": text[:60]}
        ) from error
    return words(254)(text)


def listed(text: str) -> tuple[str, ...]:
    """The parts of a cell that holds several, separated by comma or semicolon."""
    parts = (part.strip() for part in re.split("[,;]", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def yes_or_no(text: str) -> bool:
    if text.casefold() not in (*YES, *NO):
        raise NotUnderstood(_("Write yes or no, not “%(text)s”.") % {"text": text[:30]})
    return text.casefold() in YES


def number(most: Decimal) -> Callable[[str], Decimal]:
    """Reads figures with a point or a comma, above zero and not above ``most``."""

    def read(text: str) -> Decimal:
        if not FIGURE.fullmatch(text):
            raise NotUnderstood(
                _("“%(text)s” is no number. Write it like 0.5.") % {"text": text[:30]}
            )
        amount = Decimal(text.replace(",", ".")).quantize(Decimal("0.01"))
        if not 0 < amount <= most:
            raise NotUnderstood(
                _("“%(text)s” is not between 0 and %(most)s.")
                % {"text": text[:30], "most": most}
            )
        return amount

    return read


def day(text: str, *, is_day_first: bool = False) -> datetime.date:
    """A day; a time of day behind it is left out.

    Where figures with slashes could be read in two ways, ``is_day_first`` decides,
    and never the figures: a list is read in one way from top to bottom.
    """
    found = _parts(TIME.sub("", text).casefold(), is_day_first=is_day_first)
    if found is None:
        raise NotUnderstood(
            _("“%(text)s” is no date we can read. Write it like 2026-11-02.")
            % {"text": text[:30]}
        )
    try:
        read = datetime.date(*found)
    except ValueError as error:
        raise NotUnderstood(
            _("“%(text)s” is no day of the calendar. Write it like 2026-11-02.")
            % {"text": text[:30]}
        ) from error
    if not EARLIEST <= read < LATEST:
        raise NotUnderstood(_("Please check the year of “%(text)s”.") % {"text": text})
    return read


def _parts(text: str, *, is_day_first: bool) -> tuple[int, int, int] | None:
    if match := ISO.fullmatch(text):
        return int(match["y"]), int(match["m"]), int(match["d"])
    if match := SLASHES.fullmatch(text):
        one, two = int(match["one"]), int(match["two"])
        month, date = (two, one) if is_day_first else (one, two)
        return int(match["y"]), month, date
    if match := NAMED.fullmatch(text):
        spelt = match["m"] or match["m2"]
        month = next((at for at, m in enumerate(MONTHS, 1) if m.startswith(spelt)), 0)
        return int(match["y"]), month, int(match["d"] or match["d2"])
    return None
