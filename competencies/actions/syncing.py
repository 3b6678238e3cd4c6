"""Makes plans and keeps them what they would be if worked out from scratch."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from competencies.models import (
    ChecklistEntry,
    ChecklistItem,
    PlanItem,
    PlanVersion,
    Requirement,
    StaffPlan,
)
from competencies.rules import Audience, Hold, PauseDays, Planned, Why, plan_line
from lms.models import StaffMember

from .refreshing import FOLLOWING, apply_completions, note_phases, taken_by

TOGETHER = 500
PLANNED = [
    "requirement",
    "obligation",
    "portion",
    "firmness",
    "due_on",
    "aim_on",
    "because",
]
NOT_GRANTED = Planned("", "", None, None, Why(obligation=""))
Lines = dict[int, PlanItem]


@dataclass
class Synced:
    """What a sync did."""

    plans: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0


@dataclass
class _Changes:
    new: list[PlanItem] = field(default_factory=list)
    changed: list[PlanItem] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)


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
    keys = iter(sorted({staff.pk for staff in staff_members}))
    while some := list(islice(keys, TOGETHER)):
        with transaction.atomic():
            _sync_batch(some, newest, at, result)
    return result


def _sync_batch(
    keys: Sequence[int], newest: PlanVersion, at: datetime.datetime, result: Synced
) -> None:
    locked = StaffMember.objects.select_for_update().filter(pk__in=keys)
    staff_members = list(locked.prefetch_related("roles_held__role", "pauses"))
    result.plans += _make_missing_plans(staff_members, newest, at)
    plans = {
        plan.staff_member_id: plan
        for plan in StaffPlan.objects.filter(staff_member__in=keys)
    }
    requirements = _requirements({plan.version_id for plan in plans.values()})
    existing: dict[int, Lines] = defaultdict(dict)
    for item in PlanItem.objects.filter(staff_member__in=keys):
        existing[item.staff_member_id][item.topic_id] = item
    taken = taken_by({staff.person_id for staff in staff_members})

    changes = _Changes()
    for staff in staff_members:
        plan = plans[staff.pk]
        wanted = _wanted(staff, requirements[plan.version_id], at)
        _compare(staff, plan, wanted, existing[staff.pk], taken, changes)
    _save(changes)
    result.added += len(changes.new)
    result.changed += len(changes.changed)
    result.removed += len(changes.gone)
    note_phases(plans=[plan.pk for plan in plans.values()], at=at)


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
    entries = list(ChecklistEntry.objects.filter(version=newest))
    _insert(
        [
            ChecklistItem(
                person_id=plan.person_id,
                staff_member_id=plan.staff_member_id,
                staff_plan=plan,
                entry=entry,
            )
            for plan in plans
            for entry in entries
        ]
    )
    return len(plans)


Rule = tuple[Requirement, list[Audience]]


def _requirements(versions: set[int]) -> dict[int, list[Rule]]:
    found: dict[int, list[Rule]] = defaultdict(list)
    rows = Requirement.objects.filter(version__in=versions)
    for requirement in rows.prefetch_related("audiences__role"):
        audiences = [audience.as_rule() for audience in requirement.audiences.all()]
        found[requirement.version_id].append((requirement, audiences))
    return found


def _wanted(
    staff: StaffMember, rules: list[Rule], at: datetime.datetime
) -> Iterator[tuple[Requirement, Planned]]:
    holds = holds_of(staff, timezone.localdate(at))
    pauses = [PauseDays(p.starts_on, p.ends_on) for p in staff.pauses.all()]
    for requirement, audiences in rules:
        planned = plan_line(
            audiences,
            firmness=requirement.firmness,
            holds=holds,
            hired_on=staff.hired_on,
            pauses=pauses,
        )
        if planned is not None:
            yield requirement, planned


def holds_of(staff: StaffMember, on: datetime.date) -> list[Hold]:
    """The roles in force on that day; one that is still to begin counts already, so
    that its dates can be seen ahead."""
    return [
        Hold(held.role.key, held.starts_on)
        for held in staff.roles_held.all()
        if held.ends_on is None or held.ends_on >= on
    ]


def _compare(
    staff: StaffMember,
    plan: StaffPlan,
    wanted: Iterable[tuple[Requirement, Planned]],
    existing: Lines,
    taken: dict,
    changes: _Changes,
) -> None:
    for requirement, planned in wanted:
        item = existing.pop(requirement.topic_id, None)
        line = item or PlanItem(
            person_id=staff.person_id, staff_plan=plan, topic_id=requirement.topic_id
        )
        differs = line.requirement_id != requirement.pk  # it follows another version
        line.staff_member, line.requirement = staff, requirement
        differs |= _apply_plan(line, planned, requirement.firmness)
        differs |= apply_completions(line, taken)
        if item is None:
            changes.new.append(line)
        elif differs:
            changes.changed.append(line)
    for line in existing.values():
        line.staff_member = staff
        if not _carries_something(line):
            changes.gone.append(line.pk)
        elif _apply_plan(line, NOT_GRANTED, line.firmness):
            changes.changed.append(line)


def _apply_plan(line: PlanItem, planned: Planned, firmness: str) -> bool:
    on_paper = line.staff_member.is_history_on_paper
    values = {
        "obligation": planned.obligation,
        "portion": planned.portion if planned.obligation else line.portion,
        "firmness": firmness,
        "due_on": None if on_paper else planned.due_on,
        "aim_on": None if on_paper else planned.aim_on,
        "because": planned.why.as_data(),
    }
    differs = any(getattr(line, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(line, name, value)
    return differs


def _carries_something(line: PlanItem) -> bool:
    return bool(
        line.completion_id
        or line.completed_on
        or line.agreed_on
        or line.waived_at
        or line.notes
        or line.training_information
        or line.introduced_on
        or line.booked_on
        or line.waiting_since
    )


def _save(changes: _Changes) -> None:
    _insert(changes.new)
    PlanItem.objects.bulk_update(changes.changed, PLANNED + FOLLOWING, batch_size=200)
    PlanItem.objects.filter(pk__in=changes.gone).delete()


def _insert(rows: Sequence[Model]) -> None:
    """Add rows nobody needs the keys of; the plans of a long list are half a million.

    ``bulk_create`` puts a third more time into each of their thirty columns.
    """
    if not rows:
        return
    meta, quoted = rows[0]._meta, connection.ops.quote_name
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    columns = ", ".join(quoted(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quoted(meta.db_table)} ({columns}) VALUES ({places})",  # noqa: S608  (names from the model)
            (
                [
                    field.get_db_prep_save(field.pre_save(row, add=True), connection)
                    for field in fields
                ]
                for row in rows
            ),
        )
