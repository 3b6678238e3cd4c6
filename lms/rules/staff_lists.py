"""What a list of staff says, line by line, and what it is compared with."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .cells import (
    Column,
    address,
    day,
    found_in,
    listed,
    name,
    number,
    understand,
    words,
    yes_or_no,
)

PERSON = ("full_name", "called", "email", "phone")
EMPLOYMENT = ("employee_id", "hired_on", "left_on", "fte", "is_history_on_paper")
COLUMNS = (
    Column("full_name", gettext_lazy("Full name"), name, ["name", "employee name"]),
    Column("called", gettext_lazy("Called"), words(60), ["preferred name"]),
    Column("email", gettext_lazy("Work e-mail"), address, ["email", "email address"]),
    Column("phone", gettext_lazy("Work phone"), words(40), ["phone", "phone number"]),
    Column(
        "employee_id",
        gettext_lazy("Employee number"),
        words(40),
        ["employee no", "number", "id"],
    ),
    Column("hired_on", gettext_lazy("Hired on"), day, ["hire date", "date of hire"]),
    Column("left_on", gettext_lazy("Left on"), day, ["last day", "termination date"]),
    Column("fte", gettext_lazy("Full-time share"), number(Decimal(1))),
    Column("roles", gettext_lazy("Roles"), listed, ["role", "job title"]),
    Column("roles_from", gettext_lazy("Role taken up on"), day, ["role start date"]),
    Column(
        "supervisor",
        gettext_lazy("Supervisor"),
        words(254),
        ["supervisor email", "supervisor number", "manager email"],
    ),
    Column(
        "is_history_on_paper",
        gettext_lazy("Earlier trainings are on paper"),
        yes_or_no,
        ["on paper"],
    ),
)
LABELS = {column.key: column.label for column in COLUMNS}


class Kind(TextChoices):
    NEW = "new", gettext_lazy("New")
    CHANGED = "changed", gettext_lazy("Changed")
    UNCHANGED = "unchanged", gettext_lazy("As it is")
    WRONG = "wrong", gettext_lazy("Needs another look")


@dataclass(frozen=True)
class Line:
    """A line as it was understood; what it leaves empty is missing from ``values``."""

    number: int
    values: Mapping[str, Any]
    reasons: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        return self.values.get("email", "").lower()

    @property
    def employee_id(self) -> str:
        return self.values.get("employee_id", "")

    @property
    def supervisor(self) -> str:
        return self.values.get("supervisor", "")


@dataclass(frozen=True)
class Known:
    """A staff member of the agency as they are now. ``roles`` are held today or ahead;
    ``ended`` says of former ones on which day."""

    staff_member: int
    person: int
    values: Mapping[str, Any]
    roles: frozenset[str] = frozenset()
    ended: Mapping[str, datetime.date] = field(default_factory=dict)
    supervisor: int | None = None

    def __str__(self) -> str:
        return self.values["full_name"]

    def has_left(self, on: datetime.date) -> bool:
        left_on = self.values["left_on"]
        return left_on is not None and left_on < on


@dataclass(frozen=True)
class Roster:
    """All that a list is compared with.

    ``roles`` finds a role's key by any of its names, in lower case, and ``titles`` its
    title by the key; ``taken`` are addresses of people who never worked here;
    ``supervisors`` finds a person who may be named as such, by number or by address in
    lower case.
    """

    known: Sequence[Known] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    taken: Collection[str] = frozenset()
    supervisors: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def by_number(self) -> dict[str, Known]:
        return {each.values["employee_id"]: each for each in self.known}

    @cached_property
    def by_address(self) -> dict[str, list[Known]]:
        found = defaultdict(list)
        for each in self.known:
            found[each.values["email"].lower()].append(each)
        return found

    @cached_property
    def without_a_key(self) -> set[str]:
        return {
            str(each).casefold()
            for each in self.known
            if not each.values["employee_id"] and not each.values["email"]
        }


@dataclass(frozen=True)
class Verdict:
    """What a line comes to. ``supervisor`` is named only where that changes."""

    line: Line
    kind: Kind
    known: Known | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    roles: tuple[str, ...] = ()
    supervisor: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        named = self.line.values.get("full_name") or self.known
        return str(named or self.line.employee_id or self.line.address)

    def sentences(self, titles: Mapping[str, str]) -> list[str]:
        """The reasons, or what would be new, for somebody to look at."""
        if self.kind == Kind.WRONG:
            return list(self.reasons)
        return list(self._news(titles))

    def _news(self, titles: Mapping[str, str]) -> Iterator[str]:
        for key, value in self.changes.items():
            before = self.known.values[key] if self.known else ""
            told = {"field": LABELS[key], "new": _shown(value), "old": _shown(before)}
            if before not in (None, ""):
                yield _("%(field)s: %(old)s → %(new)s") % told
            else:
                yield _("%(field)s: %(new)s") % told
        if self.roles:
            named = ", ".join(titles[key] for key in self.roles)
            yield _("Takes up: %(roles)s") % {"roles": named}
        if self.supervisor:
            yield _("Supervisor: %(name)s") % {"name": self.supervisor}


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return date_format(value) if isinstance(value, datetime.date) else str(value)


def columns_of(header: Sequence[str]) -> dict[str, int]:
    return found_in(header, COLUMNS)


def read_line(number: int, cells: Mapping[str, str]) -> Line:
    values, reasons = understand(cells, COLUMNS)
    return Line(number, values, tuple(reasons))


def keys_of(line: Line) -> set[str]:
    """By what others in the same list may name this person."""
    return {line.employee_id, line.address} - {""}
