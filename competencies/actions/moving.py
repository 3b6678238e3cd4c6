"""Lets staff plans follow another version, and go back while nobody acted on it."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from competencies.models import (
    ChecklistEntry,
    ChecklistItem,
    MovedPlan,
    Phase,
    PhaseCompletion,
    PlanMove,
    PlanVersion,
    StaffPlan,
)
from lms import audit, outbox
from lms.models import OutboxMessage, Person, StaffMember

from .holding import hold
from .syncing import sync_plans
from .untouched import acted_on, standings

MOVE = "lms_competencies.move_plans"
TOGETHER = 500
AT_ONCE = 20  # plans that are moved while the page waits


@transaction.atomic
def ask_to_move(
    *,
    plans: QuerySet[StaffPlan],
    version: PlanVersion,
    by: Person | None,
    at: datetime.datetime,
) -> PlanMove:
    """Let those plans follow that version: a few at once, many in the background."""
    if version.is_draft:
        raise ValidationError(_("A draft is followed by nobody. Publish it first."))
    found = list(plans.select_for_update(of=["self"]))
    if not found:
        raise ValidationError(_("There is nobody to move."))
    move = PlanMove.objects.create(version=version, asked_at=at, people=len(found))
    MovedPlan.objects.bulk_create(
        MovedPlan(
            move=move,
            person_id=plan.person_id,
            staff_member_id=plan.staff_member_id,
            staff_plan=plan,
            from_version_id=plan.version_id,
        )
        for plan in found
    )
    facts = {"number": version.number, "people": len(found)}
    _tell("plan_version.move_asked", move, by, at, facts)
    _begin(move, by, at)
    return move


@transaction.atomic
def ask_to_undo(*, move: PlanMove, by: Person | None, at: datetime.datetime) -> bool:
    """Let the plans of a finished move go back; says whether that was still to be
    said. A plan that somebody acted on since stays as it is."""
    ready = PlanMove.objects.filter(
        pk=move.pk, finished_at__isnull=False, undo_asked_at=None
    )
    if not ready.update(undo_asked_at=at):
        return False
    move.refresh_from_db()
    _tell("plan_version.undo_asked", move, by, at, {"people": move.people})
    _begin(move, by, at)
    return True


def _tell(
    act: str,
    move: PlanMove,
    by: Person | None,
    at: datetime.datetime,
    facts: dict[str, int],
) -> None:
    audit.record(act=act, actor=by, about=None, target=move, at=at, facts=facts)


def _begin(move: PlanMove, by: Person | None, at: datetime.datetime) -> None:
    if move.people <= AT_ONCE:
        _work(move, by, at)
    else:
        _ask_for(move, by, at)


def _ask_for(move: PlanMove, by: Person | None, at: datetime.datetime) -> None:
    outbox.enqueue(
        kind=MOVE,
        key=f"{move.pk}:{at.isoformat()}",
        payload={"move": move.pk, "by": by.pk if by else None},
    )


def move_from_outbox(payload: Mapping[str, Any], at: datetime.datetime) -> None:
    """Do one batch, and ask for the next."""
    move = PlanMove.objects.select_for_update().get(pk=payload["move"])
    by = Person.objects.filter(pk=payload["by"]).first()
    if not _work(move, by, at):
        _ask_for(move, by, at)


def _work(move: PlanMove, by: Person | None, at: datetime.datetime) -> bool:
    """Do one batch; says whether that was the last."""
    rows = move.plans.select_related("person", "from_version")
    if move.undo_asked_at is None:
        _move(list(rows.waiting()[:TOGETHER]), move.version, by, at)
        is_last, done = not rows.waiting().exists(), "finished_at"
    else:
        _undo(list(rows.to_undo()[:TOGETHER]), move.version, by, at)
        is_last, done = not rows.to_undo().exists(), "undone_at"
    if is_last:
        setattr(move, done, at)
        move.save(update_fields=[done])
    return is_last


@transaction.atomic
def go_on(*, move: PlanMove, by: Person | None, at: datetime.datetime) -> None:
    """Ask once more for a move that has stopped on its way."""
    _ask_for(move, by, at)


def has_stopped(move: PlanMove) -> bool:
    """Whether a move is not done and no work on it is waiting any more."""
    is_done = move.undone_at or (move.finished_at and not move.undo_asked_at)
    asked = OutboxMessage.objects.filter(
        kind=MOVE, key__startswith=f"{move.pk}:", done_at=None, given_up_at=None
    )
    return not is_done and not asked.exists()


def _move(
    rows: list[MovedPlan],
    version: PlanVersion,
    by: Person | None,
    at: datetime.datetime,
) -> None:
    plans = _held(rows)
    here = [
        row
        for row in rows
        if plans[row.staff_plan_id].version_id == row.from_version_id
    ]
    _follow([plans[row.staff_plan_id] for row in here], version, at)
    standing = standings([row.staff_plan_id for row in here])
    for row in rows:
        row.moved_at, row.standing = at, standing.get(row.staff_plan_id, "")
    MovedPlan.objects.bulk_update(rows, ["moved_at", "standing"], batch_size=200)
    _record("plan.moved", here, plans, by, at)


def _undo(
    rows: list[MovedPlan],
    version: PlanVersion,
    by: Person | None,
    at: datetime.datetime,
) -> None:
    plans, kept = _held(rows), acted_on(rows)
    back = [
        row
        for row in rows
        if plans[row.staff_plan_id].version_id == version.pk and row.pk not in kept
    ]
    for row in rows:
        row.is_kept = True
    for from_version in {
        row.from_version_id: row.from_version for row in back
    }.values():
        following = [row for row in back if row.from_version_id == from_version.pk]
        _follow([plans[row.staff_plan_id] for row in following], from_version, at)
        for row in following:
            row.is_kept, row.undone_at = False, at
    MovedPlan.objects.bulk_update(rows, ["is_kept", "undone_at"], batch_size=200)
    _record("plan.moved_back", back, plans, by, at)


def _held(rows: list[MovedPlan]) -> dict[int, StaffPlan]:
    """Their plans, while nobody else changes them."""
    hold([row.person_id for row in rows])
    return StaffPlan.objects.in_bulk([row.staff_plan_id for row in rows])


def _follow(
    plans: list[StaffPlan], version: PlanVersion, at: datetime.datetime
) -> None:
    keys = [plan.pk for plan in plans]
    StaffPlan.objects.filter(pk__in=keys).update(version=version)
    _carry_checklist(plans, version)
    _carry_phases(keys, version)
    staff = StaffMember.objects.filter(plan__in=keys)
    sync_plans(staff_members=list(staff), at=at)


def _carry_checklist(plans: list[StaffPlan], version: PlanVersion) -> None:
    """Entries by their keys: what is ticked off stays, also where it is gone."""
    entries = {
        entry.key: entry for entry in ChecklistEntry.objects.filter(version=version)
    }
    have: set[tuple[int, str]] = set()
    carried, gone = [], []
    items = ChecklistItem.objects.filter(staff_plan__in=plans)
    for item in items.select_related("entry"):
        have.add((item.staff_plan_id, item.entry.key))
        if item.entry.key in entries:
            item.entry = entries[item.entry.key]
            carried.append(item)
        elif item.done_on is None:
            gone.append(item.pk)
    ChecklistItem.objects.bulk_update(carried, ["entry"], batch_size=500)
    ChecklistItem.objects.filter(pk__in=gone).delete()
    ChecklistItem.objects.bulk_create(
        ChecklistItem(
            person_id=plan.person_id,
            staff_member_id=plan.staff_member_id,
            staff_plan=plan,
            entry=entry,
        )
        for plan in plans
        for entry in entries.values()
        if (plan.pk, entry.key) not in have
    )


def _carry_phases(plans: list[int], version: PlanVersion) -> None:
    """A phase that was complete stays so under the same key: it is told of once."""
    phases = {phase.key: phase for phase in Phase.objects.filter(version=version)}
    noted = PhaseCompletion.objects.filter(
        staff_plan__in=plans, phase__key__in=list(phases)
    )
    carried = list(noted.select_related("phase"))
    for completion in carried:
        completion.phase = phases[completion.phase.key]
    PhaseCompletion.objects.bulk_update(carried, ["phase"], batch_size=500)


def _record(
    act: str,
    rows: list[MovedPlan],
    plans: dict[int, StaffPlan],
    by: Person | None,
    at: datetime.datetime,
) -> None:
    """On everybody's own trail. ``plans`` were read before they followed."""
    audit.record_many(
        audit.entry(
            act=act,
            actor=by,
            about=row.person,
            target=plans[row.staff_plan_id],
            at=at,
            facts={"move": row.move_id},
        )
        for row in rows
    )
