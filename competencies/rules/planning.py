"""One line of a plan, worked out: obligation, portion, dates, and why."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .cycles import Yearly, first_fixed_day
from .dates import (
    Moved,
    Offset,
    PauseDays,
    add,
    anchored,
    moved_by_pauses,
    out_of_pauses,
)
from .explanations import Why
from .obligations import Audience, Grant, Hold, grant


@dataclass(frozen=True)
class Planned:
    """``obligation`` is empty when nothing in force grants the topic any more."""

    obligation: str
    portion: str
    due_on: datetime.date | None
    aim_on: datetime.date | None
    why: Why


@dataclass(frozen=True)
class _Candidate:
    audience: Audience
    anchor: datetime.date
    moved: Moved
    fixed_on: datetime.date | None = None

    @property
    def sort_key(self) -> tuple[bool, datetime.date, str]:
        return (
            self.moved.on is None,
            self.moved.on or self.anchor,
            self.audience.role or "",
        )


def plan_line(
    audiences: Iterable[Audience],
    *,
    firmness: str,
    holds: Sequence[Hold],
    hired_on: datetime.date | None,
    pauses: Sequence[PauseDays] = (),
    yearly: Yearly | None = None,
) -> Planned | None:
    """What one requirement comes to for one staff member; None if not for them.

    With ``yearly`` the date is a fixed day each year, in place of the audience's
    offset.
    """
    granted = grant(audiences, holds)
    if granted is None:
        return None
    roles = tuple(sorted({row[0].role or "" for row in granted.rows}))
    if granted.obligation == "recommended":
        why = Why(obligation="recommended", roles=roles)
        return Planned("recommended", granted.portion, None, None, why)
    first = _earliest(granted, hired_on, pauses, yearly)
    if first is None:
        why = Why(
            obligation="required",
            roles=roles,
            portion=granted.portion,
            firmness=firmness,
            waits_for="hire date",
            by_example=granted.by_example,
        )
        return Planned("required", granted.portion, None, None, why)
    if yearly is not None:
        return _planned_yearly(granted, first, roles, firmness, yearly)
    return _planned(granted, first, roles, firmness, hired_on, pauses)


def _earliest(
    granted: Grant,
    hired_on: datetime.date | None,
    pauses: Sequence[PauseDays],
    yearly: Yearly | None,
) -> _Candidate | None:
    candidates = []
    for audience, taken_up_on in granted.rows:
        anchor = anchored(hired_on, taken_up_on)
        if anchor is None:
            continue
        if yearly is not None:
            fixed_on = first_fixed_day(yearly, anchor)
            moved = out_of_pauses(fixed_on, pauses)
            candidates.append(_Candidate(audience, anchor, moved, fixed_on))
        else:
            moved = moved_by_pauses(add(anchor, audience.offset), anchor, pauses)
            candidates.append(_Candidate(audience, anchor, moved))
    return min(candidates, key=lambda each: each.sort_key, default=None)


def _planned_yearly(
    granted: Grant,
    first: _Candidate,
    roles: tuple[str, ...],
    firmness: str,
    yearly: Yearly,
) -> Planned:
    why = Why(
        obligation="required",
        roles=roles,
        portion=granted.portion,
        firmness=firmness,
        on=first.moved.on,
        anchor="yearly",
        anchor_on=first.anchor,
        fixed_on=first.fixed_on,
        spared_days=yearly.spares_days,
        moved_days=first.moved.days,
        waits_for="" if first.moved.on else "return",
        by_example=granted.by_example,
    )
    return Planned("required", granted.portion, first.moved.on, None, why)


def _planned(
    granted: Grant,
    first: _Candidate,
    roles: tuple[str, ...],
    firmness: str,
    hired_on: datetime.date | None,
    pauses: Sequence[PauseDays],
) -> Planned:
    aim = first.audience.aim
    aim_on = _moved_aim(aim, first.anchor, pauses)
    why = Why(
        obligation="required",
        roles=roles,
        portion=granted.portion,
        firmness=firmness,
        on=first.moved.on,
        anchor="hire" if first.anchor == hired_on else "role",
        anchor_on=first.anchor,
        offset=(first.audience.offset.count, first.audience.offset.unit),
        moved_days=first.moved.days,
        aim_on=aim_on,
        waits_for="" if first.moved.on else "return",
        by_example=granted.by_example,
    )
    return Planned("required", granted.portion, first.moved.on, aim_on, why)


def _moved_aim(
    aim: Offset | None, anchor: datetime.date, pauses: Sequence[PauseDays]
) -> datetime.date | None:
    if aim is None:
        return None
    return moved_by_pauses(add(anchor, aim), anchor, pauses).on
