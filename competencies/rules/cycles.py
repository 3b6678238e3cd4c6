"""When a topic falls due again: intervals, fixed days each year, retake orders, and
certificates that run out; refreshers that take turns.

Nothing is reset: a renewal is a later completion, and the next date follows from it.
"""

import calendar
import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from .dates import ONE_DAY, Offset, PauseDays, add, moved_by_pauses, out_of_pauses
from .explanations import RenewalWhy
from .histories import Precision


@dataclass(frozen=True)
class Yearly:
    """A fixed day each year; nobody owes it in their first ``spares_days``.

    29 February is 28 February where there is none.
    """

    month: int
    day: int
    spares_days: int = 0

    def in_year(self, year: int) -> datetime.date:
        last = calendar.monthrange(year, self.month)[1]
        return datetime.date(year, self.month, min(self.day, last))


@dataclass(frozen=True)
class Renewal:
    """How a topic is renewed: after ``every``, or on a fixed day, or not at all.

    Who completes it once the window of ``notice_days`` before the date is open has
    renewed it; an earlier completion starts its own cycle.
    """

    every: Offset | None = None
    yearly: Yearly | None = None
    notice_days: int = 60


@dataclass(frozen=True)
class RetakeOrder:
    """Everyone of these roles (empty: everyone) who completed a topic before
    ``starts_on`` takes it again, within ``within`` from then on."""

    starts_on: datetime.date
    within: Offset
    roles: frozenset[str] = frozenset()
    because: str = ""

    @property
    def due_on(self) -> datetime.date:
        """By when, where no pause is on the way."""
        return add(self.starts_on, self.within)

    def is_for(self, completed_on: datetime.date, roles: Collection[str]) -> bool:
        is_meant = not self.roles or bool(self.roles & set(roles))
        return is_meant and completed_on < self.starts_on


@dataclass(frozen=True)
class Employed:
    """What a renewal needs to know of an employment."""

    hired_on: datetime.date | None = None
    roles: frozenset[str] = frozenset()
    pauses: tuple[PauseDays, ...] = ()


def first_fixed_day(yearly: Yearly, since: datetime.date) -> datetime.date:
    """The first fixed day that lies at least the spared days after ``since``."""
    earliest = since + datetime.timedelta(days=yearly.spares_days)
    this_year = yearly.in_year(earliest.year)
    return this_year if this_year >= earliest else yearly.in_year(earliest.year + 1)


def next_fixed_day(
    yearly: Yearly,
    completed_on: datetime.date,
    hired_on: datetime.date | None,
    notice_days: int,
) -> datetime.date:
    """The first fixed day whose window opens after the completion, and that is not in
    the first days of somebody hired just before it."""
    earliest = completed_on + datetime.timedelta(days=notice_days) + ONE_DAY
    if hired_on is not None:
        spared = hired_on + datetime.timedelta(days=yearly.spares_days)
        earliest = max(earliest, spared)
    return first_fixed_day(Yearly(yearly.month, yearly.day), earliest)


def renew(
    completed_on: datetime.date,
    renewal: Renewal,
    *,
    employed: Employed,
    orders: Iterable[RetakeOrder] = (),
    valid_until: datetime.date | None = None,
    precision: str = Precision.DAY,
) -> RenewalWhy | None:
    """The earliest date by which what was completed falls due again, and why.

    None if never. The date waits while an open-ended pause holds it.
    """
    found = [
        *_by_the_plan(completed_on, renewal, employed),
        *(
            _by_order(completed_on, order, employed)
            for order in orders
            if order.is_for(completed_on, employed.roles)
        ),
    ]
    if valid_until is not None:
        found.append(_fixed("expiry", completed_on, valid_until, renewal, employed))
    why = min(found, key=lambda why: why.on or datetime.date.max, default=None)
    return why and replace(why, precision=precision)


def _by_the_plan(
    completed_on: datetime.date, renewal: Renewal, employed: Employed
) -> Iterator[RenewalWhy]:
    if every := renewal.every:
        day = add(completed_on, every)
        why = _fixed("interval", completed_on, day, renewal, employed)
        yield replace(why, offset=(every.count, every.unit))
    elif renewal.yearly:
        day = next_fixed_day(
            renewal.yearly, completed_on, employed.hired_on, renewal.notice_days
        )
        yield _fixed("yearly", completed_on, day, renewal, employed)


def _fixed(
    kind: str,
    completed_on: datetime.date,
    day: datetime.date,
    renewal: Renewal,
    employed: Employed,
) -> RenewalWhy:
    moved = out_of_pauses(day, employed.pauses)
    return RenewalWhy(
        kind,
        completed_on=completed_on,
        on=moved.on,
        opens_on=moved.on and moved.on - datetime.timedelta(days=renewal.notice_days),
        fixed_on=day if kind == "yearly" or moved.days else None,
        moved_days=moved.days,
        waits_for="" if moved.on else "return",
    )


def _by_order(
    completed_on: datetime.date, order: RetakeOrder, employed: Employed
) -> RenewalWhy:
    """An order begins a new date, so pauses on the way move it by their days."""
    begins = max(order.starts_on, employed.hired_on or order.starts_on)
    moved = moved_by_pauses(add(begins, order.within), begins, employed.pauses)
    return RenewalWhy(
        "retake",
        completed_on=completed_on,
        on=moved.on,
        opens_on=moved.on and begins,
        begins_on=begins,
        offset=(order.within.count, order.within.unit),
        because=order.because,
        moved_days=moved.days,
        waits_for="" if moved.on else "return",
    )


def turn_of(rotation: Sequence[int], taken: Iterable[int | None]) -> int | None:
    """Which of the refreshers that take turns comes next: A, then B, then C, then A.

    ``taken`` names what was taken each time, oldest first. Something else counts as
    the turn it was taken for.
    """
    if not rotation:
        return None
    place = 0
    for training in taken:
        if training in rotation:
            place = rotation.index(training)
        place += 1
    return rotation[place % len(rotation)]
