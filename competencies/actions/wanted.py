"""What a plan should hold, worked out once for all with the same roles and dates."""

import datetime
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from competencies.models import Requirement
from competencies.rules import Audience, Hold, PauseDays, Planned, Why, plan_line

from .rows import Row, stored

PLANNED = (
    "requirement_id",
    "obligation",
    "portion",
    "firmness",
    "due_on",
    "aim_on",
    "because",
)


KEPT = 2000


def as_text(data: dict[str, Any]) -> str:
    return json.dumps(data, sort_keys=True)


@lru_cache(maxsize=8192)
def same_text(text: str) -> str:
    """An explanation as the database gives it, written as ``as_text`` writes it."""
    return as_text(json.loads(text))


NOTHING = as_text(Why(obligation="").as_data())


class Wanted(NamedTuple):
    """A line as it should be; ``planned`` are the columns of ``PLANNED``, and
    ``stored`` the same as the database's driver takes them."""

    requirement: Requirement
    planned: Row
    stored: Row


@dataclass(frozen=True)
class Facts:
    """All that a plan follows from, apart from what was completed."""

    version: int
    hired_on: datetime.date | None
    holds: tuple[Hold, ...]
    pauses: tuple[PauseDays, ...]
    is_on_paper: bool


class Rule(NamedTuple):
    """A requirement with its audience; ``alike`` is the same number for all of a
    version that come to the same dates."""

    requirement: Requirement
    audiences: tuple[Audience, ...]
    alike: int


@dataclass
class Rules:
    """The requirements of versions, read once; plans for the same facts are shared."""

    by_version: dict[int, list[Rule]] = field(default_factory=dict)
    requirements: dict[int, Requirement] = field(default_factory=dict)
    shared: dict[Facts, list[Wanted]] = field(default_factory=dict)

    def read(self, versions: Iterable[int]) -> None:
        """Have the requirements of these versions at hand."""
        missing = set(versions) - set(self.by_version)
        if not missing:
            return
        found: dict[int, list[Rule]] = defaultdict(list)
        alike: dict[tuple, int] = {}
        rows = Requirement.objects.filter(version__in=missing)
        for requirement in rows.prefetch_related("audiences__role"):
            audiences = tuple(each.as_rule() for each in requirement.audiences.all())
            key = (audiences, requirement.firmness, requirement.first_yearly)
            number = alike.setdefault(key, len(alike))
            found[requirement.version_id].append(Rule(requirement, audiences, number))
            self.requirements[requirement.pk] = requirement
        self.by_version |= {version: found[version] for version in missing}

    def read_requirements(self, keys: Iterable[int]) -> None:
        """Have these at hand too: lines kept from an earlier version follow theirs."""
        missing = set(keys) - set(self.requirements)
        if missing:
            self.requirements |= Requirement.objects.in_bulk(missing)

    def forget_some(self) -> None:
        """Keep what memory allows: thousands of people share some hundred plans."""
        if len(self.shared) > KEPT:
            self.shared.clear()

    def wanted(self, facts: Facts) -> list[Wanted]:
        if facts not in self.shared:
            self.shared[facts] = _work_out(self.by_version[facts.version], facts)
        return self.shared[facts]


def _work_out(rules: Sequence[Rule], facts: Facts) -> list[Wanted]:
    """Requirements that are alike share what is worked out, and its text."""
    known: dict[int, tuple[Row, Row] | None] = {}
    wanted: list[Wanted] = []
    for requirement, audiences, alike in rules:
        if alike not in known:
            line = plan_line(
                audiences,
                firmness=requirement.firmness,
                holds=facts.holds,
                hired_on=facts.hired_on,
                pauses=facts.pauses,
                yearly=requirement.first_yearly,
            )
            columns = line and _columns(line, requirement.firmness, facts)
            known[alike] = columns and (columns, stored(columns))
        if both := known[alike]:
            key = (requirement.pk,)
            wanted.append(Wanted(requirement, key + both[0], key + both[1]))
    return wanted


def _columns(planned: Planned, firmness: str, facts: Facts) -> Row:
    on_paper = facts.is_on_paper
    return (
        planned.obligation,
        planned.portion,
        firmness,
        None if on_paper else planned.due_on,
        None if on_paper else planned.aim_on,
        as_text(planned.why.as_data()),
    )


def not_granted(requirement: int, portion: str, firmness: str) -> Row:
    """The columns of a line that is kept though nothing in force grants its topic."""
    return (requirement, "", portion, firmness, None, None, NOTHING)
