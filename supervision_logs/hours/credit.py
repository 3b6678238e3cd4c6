"""What outside bodies count of supervision: every session says recorded, counts, and
why not. Counting never makes a minute vanish without a reason, nor one appear."""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .coverage import Held

PACE = datetime.timedelta(days=90)


class WhyNot(StrEnum):
    """Why a session does not count, or not all of it."""

    IMPORTED = "imported"
    UNCONFIRMED = "unconfirmed"
    FORMAT = "format"
    PURPOSE = "purpose"
    TOO_LONG_AGO = "too_long_ago"
    OTHER_PROVIDER = "other_provider"
    MAJORITY = "majority"


@dataclass(frozen=True)
class Rule:
    """A body's rule. ``minutes`` is None where the number is still to be asked for.

    ``within_months`` is the window that ends with the day of counting,
    ``at_least_months`` the shortest time it may take. ``other_providers``: how many
    beside the main one (None: any); ``is_majority_from_one``: all the others together
    stay below the main one.
    """

    minutes: int | None = None
    format: str = ""
    purpose: str = ""
    within_months: int | None = None
    at_least_months: int | None = None
    is_majority_from_one: bool = False
    other_providers: int | None = None
    needs_both: bool = False


@dataclass(frozen=True)
class Recorded:
    """A session as it stands in somebody's log."""

    key: int
    held: Held
    provider: int
    is_confirmed: bool = False
    is_imported: bool = False


@dataclass(frozen=True)
class Verdict:
    """What became of a session under a rule; ``why_not`` is None where all counts."""

    session: Recorded
    counts: int
    why_not: WhyNot | None = None

    @property
    def recorded(self) -> int:
        return self.session.held.minutes


@dataclass(frozen=True)
class Credit:
    """All verdicts, by day, and what they come to."""

    rule: Rule
    verdicts: Sequence[Verdict]
    on: datetime.date

    @property
    def recorded(self) -> int:
        return sum(each.recorded for each in self.verdicts)

    @property
    def counted(self) -> int:
        return sum(each.counts for each in self.verdicts)

    @property
    def left(self) -> int | None:
        if self.rule.minutes is None:
            return None
        return max(self.rule.minutes - self.counted, 0)

    @property
    def earliest_on(self) -> datetime.date | None:
        """The first day on which the shortest time is over."""
        days = [each.session.held.held_on for each in self.verdicts if each.counts]
        if not days or self.rule.at_least_months is None:
            return None
        return months_after(min(days), self.rule.at_least_months)

    @property
    def projected_on(self) -> datetime.date | None:
        """When it is reached at the pace of the last 90 days; None where nobody can
        say."""
        if self.left is None:
            return None
        ready = self._reached_on()
        if ready is None:
            return None
        return max(ready, self.earliest_on or ready)

    def _reached_on(self) -> datetime.date | None:
        if not self.left:
            return self.on
        lately = sum(
            each.counts
            for each in self.verdicts
            if each.session.held.held_on > self.on - PACE
        )
        if not lately:
            return None
        days = -(-self.left * PACE.days // lately)
        return self.on + datetime.timedelta(days=min(days, 36500))


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later (or earlier), or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = datetime.date(year, month + 1, 1)
    last = (first.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
    return min(
        first + datetime.timedelta(days=day.day - 1), last - datetime.timedelta(days=1)
    )


def credit(rule: Rule, sessions: Iterable[Recorded], on: datetime.date) -> Credit:
    """Count somebody's sessions under a rule, as of a day."""
    held = [each for each in sessions if each.held.held_on <= on]
    by_day = sorted(held, key=lambda each: (each.held.held_on, each.key))
    verdicts = [_alone(rule, each, on) for each in by_day]
    return Credit(rule, _among_providers(rule, verdicts), on)


def _alone(rule: Rule, session: Recorded, on: datetime.date) -> Verdict:
    """What a session counts, whatever the others are."""
    if why_not := _refused(rule, session, on):
        return Verdict(session, 0, why_not)
    if not rule.purpose:
        return Verdict(session, session.held.minutes)
    counts = min(session.held.purposes.get(rule.purpose, 0), session.held.minutes)
    is_all = counts == session.held.minutes
    return Verdict(session, counts, None if is_all else WhyNot.PURPOSE)


def _refused(rule: Rule, session: Recorded, on: datetime.date) -> WhyNot | None:
    if session.is_imported:
        return WhyNot.IMPORTED
    if rule.needs_both and not session.is_confirmed:
        return WhyNot.UNCONFIRMED
    if rule.format and session.held.format != rule.format:
        return WhyNot.FORMAT
    if rule.within_months is not None:
        first = months_after(on, -rule.within_months)
        if session.held.held_on <= first:
            return WhyNot.TOO_LONG_AGO
    return None


def _among_providers(rule: Rule, verdicts: list[Verdict]) -> list[Verdict]:
    """Keep the main provider's, then the others' as far as the rule lets them in."""
    sums = Counter()
    for each in verdicts:
        sums[each.session.provider] += each.counts
    ranked = sorted(sums, key=lambda provider: (-sums[provider], provider))
    allowed = set(ranked)
    if rule.other_providers is not None:
        allowed = set(ranked[: rule.other_providers + 1])
    room = sums[ranked[0]] - 1 if ranked else 0
    found = []
    for each in verdicts:
        if not each.counts or each.session.provider == ranked[0]:
            found.append(each)
        elif each.session.provider not in allowed:
            found.append(Verdict(each.session, 0, WhyNot.OTHER_PROVIDER))
        elif not rule.is_majority_from_one or each.counts <= room:
            room -= each.counts
            found.append(each)
        else:
            found.append(Verdict(each.session, max(room, 0), WhyNot.MAJORITY))
            room = 0
    return found
