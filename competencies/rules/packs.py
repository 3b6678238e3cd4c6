"""The sections of a state pack that the engine reads, and a plan of one as rules."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lms.rules import (
    Address,
    Day,
    Entry,
    Fields,
    Hours,
    Key,
    Keys,
    Path,
    Section,
    Several,
    Span,
    Text,
    Whole,
    YesNo,
)

from .cycles import Yearly
from .dates import Offset, is_day_of_a_year
from .obligations import Audience

KINDS = ("core", "lived", "formal", "quality")
PORTIONS = ("didactic", "full")
DAYS_IN_A_MONTH = 30

COMPETENCIES = Section(
    "competencies",
    Fields(
        {
            "code": Key(most=20),
            "role": Text(refers_to="roles"),
            "kind": Text(choices=KINDS, default="core"),
            "title": Text(is_needed=True),
            "description": Text(most=2000),
            "skill": YesNo(),
        }
    ),
    identity="code",
)

TOPICS = Section(
    "topics",
    Fields(
        {
            "code": Key(most=20),
            "title": Text(is_needed=True),
            "summary": Text(most=2000),
            "source": Text(most=300),
        }
    ),
    identity="code",
)


def _check_equivalences(equivalences: Sequence[Entry]) -> Iterator[tuple[Path, str]]:
    for number, each in enumerate(equivalences):
        if each["topic"] in each["parts"]:
            says = f"“{each['topic']}” cannot stand for itself."
            yield (number, "parts"), says


EQUIVALENCES = Section(
    "equivalences",
    Fields(
        {
            "key": Key(),
            "topic": Text(is_needed=True, refers_to="topics"),
            "portion": Text(choices=PORTIONS),
            "parts": Keys(of=Key(most=20, refers_to="topics"), least=1, is_needed=True),
            "source": Text(most=300),
        }
    ),
    check=_check_equivalences,
)

RETAKES = Section(
    "retakes",
    Fields(
        {
            "key": Key(),
            "topic": Text(is_needed=True, refers_to="topics"),
            "from": Day(is_needed=True),
            "within": Span(is_needed=True),
            "roles": Keys(of=Key(refers_to="roles")),
            "because": Text(most=300),
        }
    ),
)


def _check_trainings(trainings: Sequence[Entry]) -> Iterator[tuple[Path, str]]:
    for number, training in enumerate(trainings):
        if training["kind"] == "module" and "minutes" in training:
            says = "The minutes of a module stand on its page. Take this line away."
            yield (number, "minutes"), says
        taught = [
            (each["topic"], each.get("portion", "")) for each in training["topics"]
        ]
        for place in _repeated(taught):
            says = f"“{taught[place][0]}” stands twice in this training."
            yield (number, "topics", place), says


TRAININGS = Section(
    "trainings",
    Fields(
        {
            "key": Key(most=100),
            "kind": Text(is_needed=True, choices=("module", "live", "outside")),
            "title": Text(is_needed=True),
            "provider": Text(),
            "summary": Text(most=2000),
            "minutes": Whole(),
            "hours": Hours(),
            "sign_up_url": Address(),
            "offered": YesNo(default=True),
            "topics": Several(
                of=Fields(
                    {
                        "topic": Text(is_needed=True, refers_to="topics"),
                        "portion": Text(choices=PORTIONS),
                        "effect": Text(
                            choices=("introduces", "completes"), default="completes"
                        ),
                    }
                ),
                least=1,
                is_needed=True,
            ),
        }
    ),
    check=_check_trainings,
)


def _check_plans(plans: Sequence[Entry]) -> Iterator[tuple[Path, str]]:
    for number, plan in enumerate(plans):
        for place, says in _check_plan(plan):
            yield (number, *place), says


def _check_plan(plan: Entry) -> Iterator[tuple[Path, str]]:
    phases = [phase["key"] for phase in plan["phases"]]
    for part, keys in [
        ("phases", phases),
        ("requirements", [row["topic"] for row in plan["requirements"]]),
        ("checklist", [row["key"] for row in plan.get("checklist", [])]),
    ]:
        for place in _repeated(keys):
            says = f"“{keys[place]}” stands twice in this plan. Once is enough."
            yield (part, place), says
    for place, row in enumerate(plan["requirements"]):
        for path, says in _check_requirement(row, phases):
            yield ("requirements", place, *path), says


def _check_requirement(row: Entry, phases: Sequence[str]) -> Iterator[tuple[Path, str]]:
    if row["phase"] not in phases:
        says = f"“{row['phase']}” is none of its phases: {', '.join(phases)}."
        yield ("phase",), says
    if says := _wrong_about_fixed_day(row):
        yield (), says
    for number, audience in enumerate(row["audiences"]):
        if says := _wrong_about_aim(row, audience):
            yield ("audiences", number), says
    turns = [turn["training"] for turn in row.get("turns", [])]
    for number in _repeated(turns):
        yield ("turns", number), f"“{turns[number]}” has a turn already."


def _wrong_about_fixed_day(row: Entry) -> str:
    month, day = row.get("yearly_month"), row.get("yearly_day")
    if (month is None) != (day is None):
        return "A fixed day each year needs “yearly_month” and “yearly_day”."
    if month is None:
        if row.get("first_from") == "yearly":
            return "“first_from: yearly” needs “yearly_month” and “yearly_day”."
        return ""
    if not is_day_of_a_year(month, day):
        return "That month has no such day."
    if "renewal" in row:
        return "Write “renewal” or a fixed day each year, not both."
    return ""


def _wrong_about_aim(row: Entry, audience: Entry) -> str:
    if "aim" not in audience:
        return ""
    if row.get("firmness") != "deadline":
        return "“within” is the aim here. Add “firmness: deadline”, or drop “aim”."
    if _days(offset(audience["aim"])) > _days(offset(audience["within"])):
        return "The aim lies after the deadline. Write the earlier span as “aim”."
    return ""


def _days(span: Offset) -> int:
    return span.count * (DAYS_IN_A_MONTH if span.unit == "months" else 1)


def _repeated(keys: Sequence[Any]) -> Iterable[int]:
    return [place for place, key in enumerate(keys) if key in keys[:place]]


PLANS = Section(
    "plans",
    Fields(
        {
            "key": Key(),
            "title": Text(is_needed=True),
            "source": Text(most=300),
            "phases": Several(
                of=Fields(
                    {
                        "key": Key(),
                        "title": Text(is_needed=True),
                        "short_title": Text(is_needed=True, most=60),
                    }
                ),
                least=1,
                is_needed=True,
            ),
            "requirements": Several(
                of=Fields(
                    {
                        "topic": Text(is_needed=True, refers_to="topics"),
                        "phase": Text(is_needed=True),
                        "firmness": Text(choices=("aim", "deadline"), default="aim"),
                        "renewal": Span(),
                        "yearly_month": Whole(most=12),
                        "yearly_day": Whole(most=31),
                        "yearly_spares_days": Whole(default=90, least=0, most=365),
                        "first_from": Text(
                            choices=("offset", "yearly"), default="offset"
                        ),
                        "renewal_notice_days": Whole(default=60, least=0, most=180),
                        "signed": YesNo(default=True),
                        "before_families": YesNo(),
                        "note": Text(most=2000),
                        "audiences": Several(
                            of=Fields(
                                {
                                    "role": Text(refers_to="roles"),
                                    "obligation": Text(
                                        is_needed=True,
                                        choices=("required", "recommended"),
                                    ),
                                    "portion": Text(choices=PORTIONS),
                                    "within": Span(is_needed=True),
                                    "aim": Span(),
                                }
                            ),
                            least=1,
                            is_needed=True,
                        ),
                        "turns": Several(
                            of=Fields(
                                {
                                    "training": Text(
                                        is_needed=True, refers_to="trainings"
                                    )
                                }
                            )
                        ),
                    }
                ),
                least=1,
                is_needed=True,
            ),
            "checklist": Several(
                of=Fields(
                    {
                        "key": Key(),
                        "kind": Text(is_needed=True, choices=("activity", "resource")),
                        "title": Text(is_needed=True),
                        "hint": Text(most=300),
                    }
                )
            ),
        }
    ),
    check=_check_plans,
    inside={"phases": lambda plan: [phase["key"] for phase in plan["phases"]]},
)


@dataclass(frozen=True)
class Row:
    """One requirement of a plan, in plan order."""

    code: str
    title: str
    phase: str
    firmness: str
    audiences: tuple[Audience, ...]
    first_yearly: Yearly | None = None


def rows_of(plan: Entry, topics: Mapping[str, str]) -> list[Row]:
    """A plan's requirements as rules; ``topics`` maps codes to titles."""
    return [
        Row(
            code=row["topic"],
            title=topics[row["topic"]],
            phase=row["phase"],
            firmness=row.get("firmness", "aim"),
            audiences=tuple(_audience(each) for each in row["audiences"]),
            first_yearly=_first_yearly(row),
        )
        for row in plan["requirements"]
    ]


def _first_yearly(row: Entry) -> Yearly | None:
    if row.get("first_from") != "yearly":
        return None
    spared = row.get("yearly_spares_days", 90)
    return Yearly(row["yearly_month"], row["yearly_day"], spared)


def _audience(entry: Entry) -> Audience:
    return Audience(
        role=entry.get("role"),
        obligation=entry["obligation"],
        portion=entry.get("portion", ""),
        offset=offset(entry["within"]),
        aim=offset(entry["aim"]) if "aim" in entry else None,
    )


def offset(span: str) -> Offset:
    count, unit = span.split()
    return Offset(int(count), unit if unit.endswith("s") else f"{unit}s")


def span(count: int | None, unit: str) -> str:
    """The offset as a pack writes it; empty when there is none."""
    if not count:
        return ""
    return f"{count} {unit}" if count > 1 else f"1 {unit.removesuffix('s')}"
