"""What a target asks for, and what each week or month has of it."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from .statements import month_of, next_month

A_DAY = datetime.timedelta(days=1)
A_WEEK = datetime.timedelta(days=7)
WEEKDAYS = 5
PAUSED_DAYS = 3


@dataclass(frozen=True)
class Aim:
    """So many minutes a week or month, of sessions of that kind; an empty word is any.

    ``is_pro_rated``: somebody at half time is asked for half.
    """

    minutes: int
    per: str = "week"
    format: str = ""
    occasion: str = ""
    mode: str = ""
    purpose: str = ""
    is_pro_rated: bool = False

    def needed(self, fte: Decimal) -> int:
        """Minutes asked of somebody with that share of full time, at least one."""
        if not self.is_pro_rated:
            return self.minutes
        share = (self.minutes * fte).quantize(Decimal(1), ROUND_HALF_UP)
        return max(int(share), 1)


@dataclass(frozen=True)
class Held:
    """A session somebody was at: own minutes, and how many of them for what."""

    held_on: datetime.date
    minutes: int
    purposes: Mapping[str, int] = field(default_factory=dict)
    format: str = "individual"
    occasion: str = "planned"
    mode: str = "in_person"


@dataclass(frozen=True)
class Missed:
    """A day on which an hour was not held for a reason on the agency's side."""

    on: datetime.date
    because: str


@dataclass(frozen=True)
class Times:
    """When somebody works: from–until, and the pauses, each from–until (None: open)."""

    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    pauses: Sequence[tuple[datetime.date, datetime.date | None]] = ()

    def works_on(self, day: datetime.date) -> bool:
        started = self.starts_on is None or self.starts_on <= day
        return started and (self.ends_on is None or day <= self.ends_on)

    def is_paused(self, day: datetime.date) -> bool:
        return any(
            starts_on <= day and (ends_on is None or day <= ends_on)
            for starts_on, ends_on in self.pauses
        )


@dataclass(frozen=True)
class Work:
    """One person's: when they work, how much of full time, and what was and was not
    held."""

    times: Times = Times()
    fte: Decimal = Decimal(1)
    sessions: Sequence[Held] = ()
    missed: Sequence[Missed] = ()


class State(StrEnum):
    MET = "met"
    PART = "part"
    EMPTY = "empty"
    AWAY = "away"
    CLOSED = "closed"
    PAUSED = "paused"
    RUNNING = "running"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Period:
    """A week or month of one person: what counts in it, and what was asked for."""

    starts_on: datetime.date
    ends_on: datetime.date
    counted: int
    needed: int
    state: State


def share_of(part: int, own: int, whole: int) -> int:
    """Of the minutes a session had for something, those of somebody who was there for
    ``own`` of its ``whole`` minutes; rounded down, so that no sum exceeds ``own``."""
    return part * own // whole if whole else 0


def counts(aim: Aim, held: Held) -> int:
    """How many of a session's own minutes an aim counts."""
    for name in ("format", "occasion", "mode"):
        asked = getattr(aim, name)
        if asked and asked != getattr(held, name):
            return 0
    if not aim.purpose:
        return held.minutes
    return min(held.purposes.get(aim.purpose, 0), held.minutes)


def periods_of(
    per: str, first: datetime.date, last: datetime.date, week_starts_on: int = 0
) -> list[tuple[datetime.date, datetime.date]]:
    """The weeks or months from the one ``first`` lies in to that of ``last``."""
    if per == "month":
        starts_on, following = month_of(first), next_month
    else:
        into = (first.weekday() - week_starts_on) % 7
        starts_on = first - datetime.timedelta(days=into)
        following = _week_after
    found = []
    while starts_on <= last:
        found.append((starts_on, following(starts_on) - A_DAY))
        starts_on = following(starts_on)
    return found


def _week_after(day: datetime.date) -> datetime.date:
    return day + A_WEEK


def cover(
    aim: Aim,
    spans: Iterable[tuple[datetime.date, datetime.date]],
    work: Work,
    today: datetime.date,
) -> list[Period]:
    """One ``Period`` for each span, in their order."""
    needed, found = aim.needed(work.fte), []
    for starts_on, ends_on in spans:
        counted = sum(
            counts(aim, each)
            for each in work.sessions
            if starts_on <= each.held_on <= ends_on
        )
        reasons = {
            each.because for each in work.missed if starts_on <= each.on <= ends_on
        }
        state = _state(counted, needed, reasons)
        if counted < needed:
            state = _kindly(state, starts_on, ends_on, work.times, today)
        found.append(Period(starts_on, ends_on, counted, needed, state))
    return found


def _state(counted: int, needed: int, reasons: set[str]) -> State:
    if counted >= needed:
        return State.MET
    if counted:
        return State.PART
    if "closed" in reasons:
        return State.CLOSED
    return State.AWAY if reasons & {"supervisor_away", "post_vacant"} else State.EMPTY


def _kindly(
    state: State,
    starts_on: datetime.date,
    ends_on: datetime.date,
    times: Times,
    today: datetime.date,
) -> State:
    """Nobody is asked for hours of a time they did not work: before and after, and in
    a week with three or more paused weekdays (or a month with as many of each five).
    Nor of one that is not over."""
    days = [starts_on + A_DAY * n for n in range((ends_on - starts_on).days + 1)]
    weekdays = [day for day in days if day.weekday() < WEEKDAYS]
    at_work = [day for day in weekdays if times.works_on(day)]
    if not at_work:
        return State.OUTSIDE
    paused = sum(times.is_paused(day) for day in at_work)
    absent = paused + len(weekdays) - len(at_work)
    if absent * WEEKDAYS >= PAUSED_DAYS * len(weekdays):
        return State.PAUSED if paused else State.OUTSIDE
    return State.RUNNING if ends_on >= today else state


def empty_in_a_row(periods: Iterable[Period]) -> int:
    """How many of the last periods that are over had nothing at all. Those that ask
    for nothing (paused, closed) neither count nor end the row."""
    count = 0
    for period in reversed(list(periods)):
        if period.state in {State.EMPTY, State.AWAY}:
            count += 1
        elif period.state in {State.MET, State.PART}:
            break
    return count
