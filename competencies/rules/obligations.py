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
    """A role in force, and the day it was taken up (None: since the hire date)."""

    role: str
    taken_up_on: datetime.date | None = None


@dataclass(frozen=True)
class Grant:
    """What the rows in force come to. ``rows`` are those that granted it: each an
    audience with the day its role was taken up."""

    obligation: str
    portion: str
    rows: tuple[tuple[Audience, datetime.date | None], ...]


def grant(audiences: Iterable[Audience], holds: Iterable[Hold]) -> Grant | None:
    """The winning obligation and portion, or None if nothing here is for them.

    Required if any row in force requires it; the fullest portion among those wins.
    """
    held: dict[str, list[Hold]] = {}
    for hold in holds:
        held.setdefault(hold.role, []).append(hold)
    rows = [
        (audience, hold.taken_up_on)
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
    return Grant(
        "required" if required else "recommended",
        portion,
        tuple(row for row in winning if row[0].portion == portion),
    )
