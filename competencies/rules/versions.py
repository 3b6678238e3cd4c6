"""What differs between two versions of a plan, as data."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from .cycles import Yearly
from .dates import Offset, add
from .obligations import Audience

SOME_DAY = datetime.date(2001, 1, 1)  # to compare days with months


@dataclass(frozen=True)
class Part:
    """A requirement as far as a reader of the plan can tell it from another."""

    code: str
    title: str
    phase: str
    audiences: frozenset[Audience]
    firmness: str = "aim"
    renewal: Offset | None = None
    renewal_notice_days: int = 0
    yearly: Yearly | None = None
    is_first_yearly: bool = False
    is_signed: bool = True
    is_before_families: bool = False
    turns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outline:
    """A version in plan order. Phases and checklist are pairs of key and title; hints
    are pairs of an entry's key and what helps with it."""

    phases: tuple[tuple[str, str], ...] = ()
    parts: tuple[Part, ...] = ()
    checklist: tuple[tuple[str, str], ...] = ()
    hints: tuple[tuple[str, str], ...] = ()

    def place_of(self, phase: str) -> int:
        return [key for key, _title in self.phases].index(phase)

    def title_of(self, phase: str) -> str:
        return dict(self.phases)[phase]

    def words_of(self, entry: str) -> tuple[str, str]:
        """What stands on the checklist: the title, and what helps."""
        return dict(self.checklist)[entry], dict(self.hints).get(entry, "")


class Kind(StrEnum):
    """In what a topic differs. Earlier and later are meant for whoever has least time;
    ``DATES`` is said when only other people's dates differ."""

    ADDED = "added"
    REMOVED = "removed"
    EARLIER = "earlier"
    LATER = "later"
    PHASE = "phase"
    ASKED = "asked"
    DATES = "dates"
    FIRMNESS = "firmness"
    RENEWAL = "renewal"
    SIGNED = "signed"
    FAMILIES = "families"
    TURNS = "turns"


@dataclass(frozen=True)
class TopicChange:
    """One topic, as it was and as it will be; None where it does not stand."""

    before: Part | None
    after: Part | None
    kinds: frozenset[Kind]

    @property
    def code(self) -> str:
        return self.part.code

    @property
    def part(self) -> Part:
        return self.after or self.before


@dataclass(frozen=True)
class Diff:
    before: Outline
    after: Outline
    topics: tuple[TopicChange, ...]
    phases_added: tuple[str, ...] = ()
    phases_removed: tuple[str, ...] = ()
    phases_changed: tuple[str, ...] = ()
    checklist_added: tuple[str, ...] = ()
    checklist_removed: tuple[str, ...] = ()
    checklist_changed: tuple[str, ...] = ()
    is_checklist_reordered: bool = False
    is_reordered: bool = False

    def __bool__(self) -> bool:
        return self.before != self.after

    @property
    def is_checklist_changed(self) -> bool:
        return self.is_checklist_reordered or any(
            [self.checklist_added, self.checklist_removed, self.checklist_changed]
        )

    def count(self, kind: Kind) -> int:
        return sum(kind in change.kinds for change in self.topics)


def diff(before: Outline, after: Outline) -> Diff:
    """What one finds different in ``after``, in its order; then what is gone."""
    old = {part.code: part for part in before.parts}
    new = {part.code: part for part in after.parts}
    changes = [
        TopicChange(old.get(code), new.get(code), kinds)
        for code in [*new, *(code for code in old if code not in new)]
        if (kinds := frozenset(_kinds(before, after, old.get(code), new.get(code))))
    ]
    old_phases, new_phases = dict(before.phases), dict(after.phases)
    old_list, new_list = dict(before.checklist), dict(after.checklist)
    return Diff(
        before,
        after,
        tuple(changes),
        phases_added=_titles(new_phases, old_phases),
        phases_removed=_titles(old_phases, new_phases),
        phases_changed=tuple(
            title
            for key, title in new_phases.items()
            if old_phases.get(key, title) != title
        ),
        checklist_added=_titles(new_list, old_list),
        checklist_removed=_titles(old_list, new_list),
        checklist_changed=tuple(
            title
            for key, title in new_list.items()
            if key in old_list and before.words_of(key) != after.words_of(key)
        ),
        is_checklist_reordered=_is_reordered(list(old_list), list(new_list)),
        is_reordered=_is_reordered(list(old), list(new))
        or _is_reordered(list(old_phases), list(new_phases)),
    )


def _titles(these: dict[str, str], others: dict[str, str]) -> tuple[str, ...]:
    return tuple(title for key, title in these.items() if key not in others)


def _is_reordered(old: list[str], new: list[str]) -> bool:
    """Whether what stands in both stands in another order."""
    return [key for key in old if key in new] != [key for key in new if key in old]


def _kinds(
    before: Outline, after: Outline, old: Part | None, new: Part | None
) -> Iterator[Kind]:
    if old is None or new is None:
        yield Kind.ADDED if old is None else Kind.REMOVED
        return
    if old.phase != new.phase:
        yield Kind.PHASE
    yield from _time_kinds(before, after, old, new)
    if {_whom(row) for row in old.audiences} != {_whom(row) for row in new.audiences}:
        yield Kind.ASKED
    yield from (kind for kind, told in COMPARED.items() if told(old) != told(new))


def _time_kinds(
    before: Outline, after: Outline, old: Part, new: Part
) -> Iterator[Kind]:
    first, then = _soonest(old), _soonest(new)
    if first is None or then is None or first == then:
        first, then = before.place_of(old.phase), after.place_of(new.phase)
        if old.phase == new.phase:
            then = first
    if first != then:
        yield Kind.EARLIER if then < first else Kind.LATER
    elif _when(old) != _when(new):
        yield Kind.DATES


def _soonest(part: Part) -> datetime.date | None:
    """When the first of those it is required of should have taken it."""
    required = [row for row in part.audiences if row.obligation == "required"]
    return min((add(SOME_DAY, row.offset) for row in required), default=None)


def _whom(row: Audience) -> tuple[str | None, str, str]:
    return row.role, row.obligation, row.portion


def _whom_and_when(part: Part) -> frozenset[Audience]:
    """The rows whose dates matter: what is recommended has none."""
    return frozenset(row for row in part.audiences if row.obligation == "required")


def _when(part: Part) -> tuple:
    return _whom_and_when(part), part.is_first_yearly and part.yearly


def _renewal(part: Part) -> tuple | None:
    cycle = part.renewal or part.yearly
    return (cycle, part.renewal_notice_days) if cycle else None


COMPARED: dict[Kind, Callable[[Part], object]] = {
    Kind.FIRMNESS: attrgetter("firmness"),
    Kind.RENEWAL: _renewal,
    Kind.SIGNED: attrgetter("is_signed"),
    Kind.FAMILIES: attrgetter("is_before_families"),
    Kind.TURNS: attrgetter("turns"),
}
