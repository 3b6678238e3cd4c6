"""Calendar arithmetic: offsets in months or days, moved by pauses."""

import calendar
import datetime
from collections.abc import Iterable
from dataclasses import dataclass

ONE_DAY = datetime.timedelta(days=1)
LEAP_YEAR = 2028
LONGEST = {"days": 3660, "months": 120}


@dataclass(frozen=True)
class Offset:
    """A number of calendar months or days; ``unit`` is "months" or "days"."""

    count: int
    unit: str

    @property
    def is_sensible(self) -> bool:
        """Ten years at most; nothing is due on the day it begins to count."""
        return 0 < self.count <= LONGEST.get(self.unit, 0)


def is_day_of_a_year(month: int, day: int) -> bool:
    """Whether some year has that day; 29 February counts."""
    is_month = 1 <= month <= len(calendar.month_name) - 1
    return is_month and 1 <= day <= calendar.monthrange(LEAP_YEAR, month)[1]


@dataclass(frozen=True, order=True)
class PauseDays:
    """A pause, both days counted; without an end it is still going on."""

    starts_on: datetime.date
    ends_on: datetime.date | None


@dataclass(frozen=True)
class Moved:
    """A date after pauses: ``on`` is None while an open-ended pause holds it."""

    on: datetime.date | None
    days: int


def add(day: datetime.date, offset: Offset) -> datetime.date:
    """The day that lies the offset later.

    Months keep the day of the month and clamp to the last one: 30 November and three
    months is 28 (or 29) February.
    """
    if offset.unit == "days":
        return day + datetime.timedelta(days=offset.count)
    months = day.month - 1 + offset.count
    year, month = day.year + months // 12, months % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, min(day.day, last))


def anchored(
    hired_on: datetime.date | None, taken_up_on: datetime.date | None
) -> datetime.date | None:
    """The day an offset counts from: the hire date, or the day the role was taken up
    if that is later. Nothing to count from before there is a hire date."""
    if hired_on is None or taken_up_on is None:
        return hired_on
    return max(hired_on, taken_up_on)


def merged(pauses: Iterable[PauseDays]) -> list[PauseDays]:
    """Pauses in order, with those that overlap or adjoin made one."""
    whole: list[PauseDays] = []
    for pause in sorted(pauses, key=lambda each: each.starts_on):
        last = whole[-1] if whole else None
        if last is None or (
            last.ends_on is not None and pause.starts_on > last.ends_on + ONE_DAY
        ):
            whole.append(pause)
        elif last.ends_on is not None and (
            pause.ends_on is None or pause.ends_on > last.ends_on
        ):
            whole[-1] = PauseDays(last.starts_on, pause.ends_on)
    return whole


def moved_by_pauses(
    day: datetime.date, anchor: datetime.date, pauses: Iterable[PauseDays]
) -> Moved:
    """The date after every pause on the way to it.

    A pause that ends on or after the anchor and starts on or before the moving date
    moves it by its days from the anchor on. While one is open-ended the date waits.
    """
    moving, total = day, 0
    for pause in merged(pauses):
        if pause.starts_on > moving:
            break
        if pause.ends_on is None:
            return Moved(None, total)
        if pause.ends_on < anchor:
            continue
        days = (pause.ends_on - max(pause.starts_on, anchor)).days + 1
        moving += datetime.timedelta(days=days)
        total += days
    return Moved(moving, total)


def out_of_pauses(day: datetime.date, pauses: Iterable[PauseDays]) -> Moved:
    """A fixed day as it is; one that falls into a pause moves to the day of return."""
    for pause in merged(pauses):
        if pause.starts_on <= day and pause.ends_on is None:
            return Moved(None, 0)
        if pause.ends_on is not None and pause.starts_on <= day <= pause.ends_on:
            back = pause.ends_on + ONE_DAY
            return Moved(back, (back - day).days)
    return Moved(day, 0)
