"""Makes plans and keeps them what they would be if worked out from scratch."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from competencies.models import (
    CARRIES_SOMETHING,
    ChecklistEntry,
    ChecklistItem,
    PlanItem,
    PlanVersion,
    Requirement,
    StaffPlan,
)
from competencies.rules import Employed, reached
from lms.models import StaffMember

from .employments import holds_of, pauses_of
from .refreshing import Cycles, Followed, Learning, Noted, follow, note_phases, taken_by
from .rows import Row, defaults, insert, raw, stored, update
from .wanted import PLANNED, Facts, Rules, Wanted, as_text, not_granted, same_text

TOGETHER = 500
WHOSE = ("person_id", "staff_member_id", "staff_plan_id", "topic_id")
FOLLOWING = (
    *("progress", "completion_id", "completed_on", "precision"),
    *("renew_on", "renew_because"),
)
NOTED = ("waived_at", "started_on", "introduced_on")
READ = ("staff_member_id", "topic_id", "pk", *PLANNED, *FOLLOWING, *NOTED)
REQUIREMENT, PORTION, FIRMNESS, ENDS = (
    READ.index(name) for name in ("requirement_id", "portion", "firmness", NOTED[0])
)
TEXTS = {(*PLANNED, *FOLLOWING).index(name) for name in ("because", "renew_because")}


@dataclass
class Synced:
    """What a sync did."""

    plans: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0


@dataclass
class _Person:
    """A staff member of the batch with what their plan follows from."""

    staff_member: StaffMember
    plan: int
    employed: Employed
    wanted: list[Wanted]


def sync_plans(
    *, staff_members: Iterable[StaffMember], at: datetime.datetime
) -> Synced:
    """Make each plan what the rules say today; idempotent, whatever the order.

    Never drops a line that carries a completion, words, an agreed date or a waiver.
    Works in transactions of some hundred people, each with the same number of
    queries however many they are.
    """
    result = Synced()
    newest = PlanVersion.objects.newest()
    if newest is None:
        return result
    keys = iter(sorted(_keys(staff_members)))
    rules, cycles = Rules(), Cycles.of()
    while some := list(islice(keys, TOGETHER)):
        with transaction.atomic():
            _sync_batch(some, newest, rules, cycles, at, result)
        rules.forget_some()
    return result


def _keys(staff_members: Iterable[StaffMember]) -> set[int]:
    if isinstance(staff_members, QuerySet):
        return set(staff_members.values_list("pk", flat=True))
    return {staff.pk for staff in staff_members}


def _sync_batch(
    keys: Sequence[int],
    newest: PlanVersion,
    rules: Rules,
    cycles: Cycles,
    at: datetime.datetime,
    result: Synced,
) -> None:
    staff_members = list(StaffMember.objects.select_for_update().filter(pk__in=keys))
    result.plans += _make_missing_plans(staff_members, newest, at)
    existing = _existing(keys)
    taken = taken_by({staff.person_id for staff in staff_members})
    work = _Comparison(Learning(taken, cycles))
    for person in _people(staff_members, rules, timezone.localdate(at)):
        work.compare(person, existing.pop(person.staff_member.pk, {}))
    work.keep_what_carries_something(rules)
    result.added += len(work.new)
    result.changed += len(work.changed)
    result.removed += len(work.gone)
    _save(work)
    note_phases(plans=work.with_completions, at=at)


def _make_missing_plans(
    staff_members: Sequence[StaffMember], newest: PlanVersion, at: datetime.datetime
) -> int:
    have = StaffPlan.objects.filter(staff_member__in=staff_members)
    planned = set(have.values_list("staff_member", flat=True))
    missing = [staff for staff in staff_members if staff.pk not in planned]
    if not missing:
        return 0
    plans = StaffPlan.objects.bulk_create(
        StaffPlan(
            person_id=staff.person_id, staff_member=staff, version=newest, made_at=at
        )
        for staff in missing
    )
    entries = list(ChecklistEntry.objects.filter(version=newest).values_list("pk"))
    names = ("person_id", "staff_member_id", "staff_plan_id", "entry_id")
    rest, values = defaults(ChecklistItem, names)
    insert(
        ChecklistItem,
        names + rest,
        (
            (plan.person_id, plan.staff_member_id, plan.pk, *entry, *values)
            for plan in plans
            for entry in entries
        ),
    )
    return len(plans)


def _people(
    staff_members: Sequence[StaffMember], rules: Rules, on: datetime.date
) -> Iterator[_Person]:
    """Plans, roles and pauses of the whole batch, in four reads."""
    plans = {
        staff: (plan, version)
        for staff, plan, version in StaffPlan.objects.filter(
            staff_member__in=staff_members
        ).values_list("staff_member", "pk", "version")
    }
    rules.read({version for _plan, version in plans.values()})
    holds, pauses = holds_of(staff_members, on), pauses_of(staff_members)
    for staff in staff_members:
        plan, version = plans[staff.pk]
        facts = Facts(
            version,
            staff.hired_on,
            holds[staff.pk],
            pauses[staff.pk],
            staff.is_history_on_paper,
        )
        roles = frozenset(each.role for each in facts.holds if not each.is_example)
        employed = Employed(staff.hired_on, roles, facts.pauses)
        yield _Person(staff, plan, employed, rules.wanted(facts))


def _existing(keys: Sequence[int]) -> dict[int, dict[int, Row]]:
    """The lines that are there, by staff member and topic."""
    found: dict[int, dict[int, Row]] = {}
    lines = PlanItem.objects.filter(staff_member__in=keys).values_list(*READ)
    for row in raw(lines):
        found.setdefault(row[0], {})[row[1]] = row
    return found


class _Comparison:
    """Sorts the lines of a batch into what is new, changed and gone."""

    def __init__(self, learning: Learning) -> None:
        self.learning = learning
        self.new: list[Row] = []
        self.changed: list[Row] = []
        self.gone: list[int] = []
        self.with_completions: set[int] = set()
        self.not_wanted: list[tuple[_Person, Row]] = []

    def compare(self, person: _Person, existing: dict[int, Row]) -> None:
        staff = person.staff_member
        untouched = _untouched(Noted(), staff.is_history_on_paper)
        for wanted in person.wanted:
            topic = wanted.requirement.topic_id
            row = existing.pop(topic, None)
            if row is not None:
                self._compare_line(person, row, wanted.requirement, wanted.planned)
                continue
            following = untouched
            if not self.learning.is_untouched(staff.person_id, topic):
                following = stored(
                    self._follow(person, wanted.requirement, wanted.planned, Noted())
                )
            whose = (staff.person_id, staff.pk, person.plan, topic)
            self.new.append(whose + wanted.stored + following)
        self.not_wanted += [(person, row) for row in existing.values()]

    def _compare_line(
        self, person: _Person, row: Row, requirement: Requirement, planned: Row
    ) -> None:
        staff, noted = person.staff_member, row[ENDS:]
        noted = Noted(
            noted[0] is not None, noted[1] is not None or noted[2] is not None
        )
        if self.learning.is_untouched(staff.person_id, row[1]):
            following = _untouched(noted, staff.is_history_on_paper)
        else:
            following = self._follow(person, requirement, planned, noted)
        should_be = planned + following
        if not _is_the_same(row, should_be):
            self.changed.append((*stored(should_be), row[2]))

    def _follow(
        self, person: _Person, requirement: Requirement, planned: Row, noted: Noted
    ) -> Row:
        portion = planned[PLANNED.index("portion")]
        followed = follow(
            self.learning,
            person.staff_member,
            requirement,
            portion,
            noted,
            person.employed,
        )
        if followed.completed_on:
            self.with_completions.add(person.plan)
        return _as_row(followed)

    def keep_what_carries_something(self, rules: Rules) -> None:
        """Of the lines nothing in force grants any more, the others go."""
        keys = [row[2] for _person, row in self.not_wanted]
        if not keys:
            return
        carrying = PlanItem.objects.filter(CARRIES_SOMETHING, pk__in=keys)
        kept = set(carrying.values_list("pk", flat=True))
        self.gone = [key for key in keys if key not in kept]
        rules.read_requirements(row[REQUIREMENT] for _person, row in self.not_wanted)
        for person, row in self.not_wanted:
            if row[2] in kept:
                requirement = rules.requirements[row[REQUIREMENT]]
                planned = not_granted(requirement.pk, row[PORTION], row[FIRMNESS])
                self._compare_line(person, row, requirement, planned)


@lru_cache(maxsize=64)
def _untouched(noted: Noted, is_on_paper: bool) -> Row:  # noqa: FBT001  (a key)
    """What follows for a line on whose topic nothing was completed."""
    result = reached(
        (), "", is_waived=noted.is_waived, is_on_paper=is_on_paper,
        is_started=noted.is_started,
    )  # fmt: skip
    return _as_row(Followed(result.progress))


def _as_row(followed: Followed) -> Row:
    return (
        followed.progress.value,
        followed.completion,
        followed.completed_on,
        followed.precision,
        followed.renew_on,
        as_text(followed.renew_because),
    )


def _is_the_same(row: Row, should_be: Row) -> bool:
    """Compared as the database gives it; explanations apart from their spelling."""
    now = row[REQUIREMENT:ENDS]
    if now == should_be:
        return True
    spelled = list(now)
    for place in TEXTS:
        spelled[place] = same_text(spelled[place])
    return tuple(spelled) == should_be


def _save(work: _Comparison) -> None:
    names = (*WHOSE, *PLANNED, *FOLLOWING)
    rest, values = defaults(PlanItem, names)
    insert(PlanItem, names + rest, (row + values for row in work.new))
    update(PlanItem, (*PLANNED, *FOLLOWING), work.changed)
    PlanItem.objects.filter(pk__in=work.gone).delete()
