"""Which day a session is of, which month, and what two people confirm."""

import datetime
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field

FRESH = datetime.timedelta(days=14)
BACK_ENTRY = datetime.timedelta(days=90)


def origin_of(held_on: datetime.date, today: datetime.date) -> str:
    """How a session that is logged today counts: "logged" in the two weeks after it,
    "late" (which needs a reason) up to 90 days, then "imported": kept, and confirmed
    by nobody."""
    ago = today - held_on
    if ago <= FRESH:
        return "logged"
    return "late" if ago <= BACK_ENTRY else "imported"


def month_of(day: datetime.date) -> datetime.date:
    """The first day of the month a day lies in."""
    return day.replace(day=1)


def next_month(month: datetime.date) -> datetime.date:
    return (month.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)


def month_before(month: datetime.date) -> datetime.date:
    return month_of(month.replace(day=1) - datetime.timedelta(days=1))


def next_on(weekday: int, day: datetime.date) -> datetime.date:
    """The first such weekday (Monday is 0) on that day or after it."""
    return day + datetime.timedelta(days=(weekday - day.weekday()) % 7)


def last_on(weekday: int, day: datetime.date) -> datetime.date:
    """The last such weekday on that day or before it."""
    return day - datetime.timedelta(days=(day.weekday() - weekday) % 7)


@dataclass(frozen=True)
class Line:
    """One session in a statement: the numbers of a version, with own minutes."""

    session: int
    version: int
    held_on: datetime.date
    state: str
    minutes: int
    reflective: int = 0
    administrative: int = 0
    clinical: int = 0
    format: str = "individual"
    occasion: str = "planned"
    mode: str = "in_person"


@dataclass(frozen=True)
class Statement:
    """What two people confirm of one month: lines by day, each with its version."""

    staff_member: int
    month: datetime.date
    lines: Sequence[Line] = field(default_factory=tuple)

    @property
    def minutes(self) -> int:
        return sum(line.minutes for line in self.lines)

    @property
    def held(self) -> int:
        return sum(line.state == "held" for line in self.lines)

    @property
    def seen(self) -> str:
        """Which versions are shown: a form carries it to prove what was looked at."""
        return written(self.versions)

    @property
    def versions(self) -> list[list[int]]:
        return sorted([line.session, line.version] for line in self.lines)

    @property
    def digest(self) -> str:
        """SHA-256 over the facts of all lines, in the order of their days."""
        told = {
            "staff_member": self.staff_member,
            "month": self.month.isoformat(),
            "lines": [
                {**asdict(line), "held_on": line.held_on.isoformat()}
                for line in sorted(self.lines, key=_by_day)
            ],
        }
        text = json.dumps(told, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def _by_day(line: Line) -> tuple[datetime.date, int]:
    return line.held_on, line.session


def written(versions: Iterable[Sequence[int]]) -> str:
    """Sessions and versions in one word: ``12.1-13.2``."""
    return "-".join(f"{session}.{version}" for session, version in versions)


def read(seen: str) -> dict[int, int]:
    """What ``written`` wrote: the version of each session. Raises ValueError."""
    pairs = [each.split(".") for each in seen.split("-")] if seen else []
    return {int(session): int(version) for session, version in pairs}


@dataclass(frozen=True)
class Difference:
    """What became of a session between two looks: ``before`` is None where it is new,
    ``now`` where it is no longer in this month."""

    before: Line | None
    now: Line | None


def differences(before: Iterable[Line], now: Iterable[Line]) -> list[Difference]:
    """By day; empty when both show the same."""
    then = {line.session: line for line in before}
    today = {line.session: line for line in now}
    found = [
        Difference(then.get(session), today.get(session))
        for session in then.keys() | today.keys()
        if then.get(session) != today.get(session)
    ]
    return sorted(found, key=lambda each: _by_day(each.now or each.before))
