"""Who must take what: one plan that is the union of a person's roles."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from .dates import Offset

PORTIONS = {"": 0, "didactic": 1, "full": 2}


@dataclass(frozen=True)
class Audience:
    """For whom a requirement holds. ``role`` is a key, or None for everyone;
    ``obligation`` is "required" or "recommended"; ``aim`` comes before a deadline."""

    role: str | None
    obligation: str
    portion: str
    offset: Offset
    aim: Offset | None = None


@dataclass(frozen=True)
class Hold:
    """A role in force, and the day it was taken up (None: since the hire date).

    ``is_example``: not the person's own role, but one near it, whose template their
    plan starts from (guide, "Competency-Based Training Plans": Project Directors and
    administrative staff).
    """

    role: str
    taken_up_on: datetime.date | None = None
    is_example: bool = False


@dataclass(frozen=True)
class Grant:
    """What the rows in force come to. ``rows`` are those that granted it: each an
    audience with the day its role was taken up. ``by_example`` when no role of the
    person's own did."""

    obligation: str
    portion: str
    rows: tuple[tuple[Audience, datetime.date | None], ...]
    by_example: bool = False


def grant(audiences: Iterable[Audience], holds: Iterable[Hold]) -> Grant | None:
    """The winning obligation and portion, or None if nothing here is for them.

    Required if any row in force requires it; the fullest portion among those wins.
    """
    held: dict[str, list[Hold]] = {}
    for hold in holds:
        held.setdefault(hold.role, []).append(hold)
    rows = [
        (audience, hold)
        for audience in audiences
        for hold in (
            [Hold("everyone")] if audience.role is None else held.get(audience.role, [])
        )
    ]
    if not rows:
        return None
    required = [row for row in rows if row[0].obligation == "required"]
    winning = required or rows
    portion = max((row[0].portion for row in winning), key=PORTIONS.__getitem__)
    granted_by = [row for row in winning if row[0].portion == portion]
    return Grant(
        "required" if required else "recommended",
        portion,
        tuple((audience, hold.taken_up_on) for audience, hold in granted_by),
        by_example=all(hold.is_example for _audience, hold in granted_by),
    )
