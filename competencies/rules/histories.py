"""How exactly a day is known, of trainings from before there was a record of them."""

import calendar
import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.rules import NotUnderstood
from lms.rules import day as read_day

from .days import day as said_day
from .days import month

EARLIEST, LATEST = datetime.date(1950, 1, 1), datetime.date(2100, 1, 1)
ABOUT = re.compile(r"^(?:about|around|circa|ca\.?|c\.|~)\s*")
YEAR = re.compile(r"(?P<y>\d{4})", re.ASCII)
MONTH = re.compile(
    r"(?P<m>\d{1,2})/(?P<y>\d{4})|(?P<y2>\d{4})-(?P<m2>\d{1,2})"
    r"|(?P<name>[a-z]{3,9})\.? (?P<y3>\d{4})",
    re.ASCII,
)
NAMES = [name.lower() for name in (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)]  # fmt: skip
PAPER = {"p", "paper", "paper seen", "seen", "on paper"}


class Precision(TextChoices):
    """What is known of the day; empty is the day itself."""

    DAY = "", gettext_lazy("the day")
    MONTH = "month", gettext_lazy("the month")
    YEAR = "year", gettext_lazy("the year")
    PAPER = "paper", gettext_lazy("paper seen")


@dataclass(frozen=True)
class Noted:
    """A day as it was told. ``on`` is the last possible one: whatever runs out is
    counted from there, so that nobody's training is called old before it is."""

    on: datetime.date
    precision: str = Precision.DAY

    @property
    def first(self) -> datetime.date:
        """The first possible day."""
        return {
            Precision.MONTH: self.on.replace(day=1),
            Precision.YEAR: self.on.replace(month=1, day=1),
            Precision.PAPER: EARLIEST,
        }.get(Precision(self.precision), self.on)

    def is_ahead(self, today: datetime.date) -> bool:
        return self.first > today

    def by(self, today: datetime.date) -> "Noted":
        """As it stands in a record made today: no last possible day lies ahead."""
        return Noted(min(self.on, today), self.precision)

    @property
    def mark(self) -> str:
        """What makes two of them the same, whenever each was written down."""
        return {
            Precision.MONTH: f"{self.on:%Y-%m}",
            Precision.YEAR: f"{self.on:%Y}",
            Precision.PAPER: "paper",
        }.get(Precision(self.precision), self.on.isoformat())

    def said(self, today: datetime.date | None = None) -> str:
        if self.precision == Precision.PAPER:
            return _("paper seen")
        if self.precision == Precision.YEAR:
            return _("about %(date)s") % {"date": self.on.year}
        if self.precision == Precision.MONTH:
            return _("about %(date)s") % {"date": month(self.on)}
        return said_day(self.on, today)


def each_time(noted: Iterable[Noted]) -> list[Noted]:
    """The times something was completed, the oldest first; of one day once, known as
    exactly as somebody knew it."""
    exactness = {precision: at for at, precision in enumerate(Precision.values)}
    known: dict[datetime.date, Noted] = {}
    for each in sorted(noted, key=lambda each: (each.on, exactness[each.precision])):
        known.setdefault(each.on, each)
    return list(known.values())


def topics_noted(kept: Iterable[Mapping[str, str]]) -> list[tuple[str, Noted]]:
    """Titles and days as a completed phase, and what it earned, keep them."""
    return [
        (
            each["title"],
            Noted(datetime.date.fromisoformat(each["completed_on"]), each["precision"]),
        )
        for each in kept
    ]


def read_noted(text: str, *, is_day_first: bool = False) -> Noted:
    """Read a day, "about 2021", "3/2021", "March 2021" or "paper seen"."""
    told = " ".join(text.casefold().split())
    if told in PAPER or told == _("paper seen").casefold():
        return Noted(datetime.date.max, Precision.PAPER)
    told = ABOUT.sub("", told)
    if match := YEAR.fullmatch(told):
        return _noted(text, int(match["y"]))
    if match := MONTH.fullmatch(told):
        year = int(match["y"] or match["y2"] or match["y3"])
        return _noted(text, year, _month_of(match))
    return Noted(read_day(told, is_day_first=is_day_first))


def _month_of(match: re.Match[str]) -> int:
    if name := match["name"]:
        found = (at for at, each in enumerate(NAMES, 1) if each.startswith(name))
        return next(found, 0)
    return int(match["m"] or match["m2"])


def _noted(text: str, year: int, in_month: int | None = None) -> Noted:
    if in_month is not None and not 1 <= in_month <= 12:  # noqa: PLR2004  (months)
        raise NotUnderstood(
            _("“%(text)s” is no month. Write it like March 2021.") % {"text": text[:30]}
        )
    if not EARLIEST.year <= year < LATEST.year:
        raise NotUnderstood(_("Please check the year of “%(text)s”.") % {"text": text})
    if in_month is None:
        return Noted(datetime.date(year, 12, 31), Precision.YEAR)
    last = calendar.monthrange(year, in_month)[1]
    return Noted(datetime.date(year, in_month, last), Precision.MONTH)
