"""Brings lines up to date with the completions and signatures they follow from."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from competencies.models import (
    SETTLED,
    Completion,
    Obligation,
    PhaseCompletion,
    PlanItem,
    SendBack,
    SignOff,
    StaffPlan,
)
from competencies.rules import Offset, Precision, Progress, Taken, add, reached
from competencies.signals import phase_completed, plan_completed

FOLLOWING = ["progress", "completion", "completed_on", "precision", "renew_on"]
Key = tuple[int, int]


@dataclass(frozen=True)
class Known:
    """A standing completion, and at which employments it is signed, accepted in part
    or sent back."""

    taken: Taken
    noted_at: datetime.datetime
    signed_for: set[int]
    in_part_for: set[int]
    sent_back_for: set[int]
    precision: str


def refresh(items: Sequence[PlanItem]) -> list[PlanItem]:
    """Recompute what follows from completions; save and return the changed lines.

    Expects ``requirement`` and ``staff_member`` with its pauses at hand.
    """
    taken = _taken(items)
    changed = [item for item in items if apply_completions(item, taken)]
    PlanItem.objects.bulk_update(changed, FOLLOWING, batch_size=500)
    return changed


def apply_completions(item: PlanItem, taken: dict[Key, list[Known]]) -> bool:
    """Set what follows on one line; says whether anything changed."""
    before = _following(item)
    rows = taken.get((item.person_id, item.topic_id), [])
    result = reached(
        [_seen_by(item, row) for row in rows if _is_known_to(item, row)],
        item.portion,
        is_waived=item.waived_at is not None,
        is_on_paper=item.staff_member.is_history_on_paper,
        is_started=bool(item.started_on or item.introduced_on),
    )
    item.progress = result.progress
    item.completion_id = result.newest
    item.completed_on = result.completed_on
    item.precision = _precision(item, rows)
    item.renew_on = _renewal(item)
    return before != _following(item)


def _following(item: PlanItem) -> tuple:
    return (
        item.progress,
        item.completion_id,
        item.completed_on,
        item.precision,
        item.renew_on,
    )


def _precision(item: PlanItem, rows: Iterable[Known]) -> str:
    """How exactly the day it was completed is known; of several of that day, the most
    exact counts."""
    known = {row.precision for row in rows if row.taken.on == item.completed_on}
    return next((each for each in Precision.values if each in known), Precision.DAY)


def _is_known_to(item: PlanItem, row: Known) -> bool:
    """What was learned elsewhere counts once the person brings it, and what somebody
    learns after they left is not for that agency to see."""
    employment = item.staff_member
    if not employment.is_employed(row.taken.on):
        return False
    is_signed = item.staff_member_id in row.signed_for
    return is_signed or employment.knows_of(row.noted_at)


def _seen_by(item: PlanItem, row: Known) -> Taken:
    """A signature counts where it was given, and so does a line sent back: what comes
    from another agency waits to be accepted."""
    if not item.requirement.is_signed or item.staff_member_id in row.signed_for:
        return replace(row.taken, state="signed")
    if item.staff_member_id in row.in_part_for:
        return replace(row.taken, state="in part")
    if item.staff_member_id in row.sent_back_for:
        return replace(row.taken, state="sent back")
    return row.taken


def _renewal(item: PlanItem) -> datetime.date | None:
    """The renewal's date; one that falls into a pause moves to the day of return."""
    requirement = item.requirement
    if item.completed_on is None or not requirement.renewal_count:
        return None
    offset = Offset(requirement.renewal_count, requirement.renewal_unit)
    day = add(item.completed_on, offset)
    for pause in item.staff_member.pauses.all():
        if pause.starts_on <= day and pause.ends_on and pause.ends_on >= day:
            return pause.ends_on + datetime.timedelta(days=1)
    return day


def taken_by(
    people: Iterable[int], topics: Iterable[int] | None = None
) -> dict[Key, list[Known]]:
    """Standing completions by person and topic. Five queries, however many people."""
    completions = Completion.objects.standing().filter(person__in=people)
    if topics is not None:
        completions = completions.filter(topic__in=topics)
    in_force = SignOff.objects.in_force()
    signed_for = _employments(in_force.in_full(), completions)
    in_part_for = _employments(in_force.in_part(), completions)
    for pk, staff_member in _confirmed(completions):
        signed_for[pk].add(staff_member)
    sent_back_for = _employments(SendBack.objects.all(), completions)
    rows = completions.values_list(
        "pk",
        "person_id",
        "topic_id",
        "portion",
        "record__completed_on",
        "record__recorded_at",
        "record__precision",
    )
    found: dict[Key, list[Known]] = defaultdict(list)
    for pk, person, topic, portion, on, noted_at, precision in rows:
        taken = Taken(pk, on, portion, "waiting")
        marks = signed_for[pk], in_part_for[pk], sent_back_for[pk]
        found[person, topic].append(Known(taken, noted_at, *marks, precision))
    return found


def _confirmed(completions: QuerySet) -> QuerySet:
    """What two people confirmed at once, and at which employment."""
    settled = completions.filter(record__history__settled_at__isnull=False)
    return settled.values_list("pk", "record__history__staff_member")


def _employments(marks: QuerySet, completions: QuerySet) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for pk, staff_member in marks.filter(completion__in=completions).values_list(
        "completion", "staff_member"
    ):
        found[pk].add(staff_member)
    return found


def _taken(items: Sequence[PlanItem]) -> dict[Key, list[Known]]:
    return taken_by(
        {item.person_id for item in items}, {item.topic_id for item in items}
    )


def lines_of(people: Iterable[int], topics: Iterable[int]) -> list[PlanItem]:
    """The lines of those people's plans on those topics, ready for ``refresh``."""
    return list(
        PlanItem.objects.filter(person__in=people, topic__in=topics)
        .select_related("requirement", "staff_member")
        .prefetch_related("staff_member__pauses")
    )


def note_phases(*, plans: Iterable[int], at: datetime.datetime) -> None:
    """Record each phase of those plans that has become complete, once, and tell.

    A phase is complete when every required line is complete or waived and at least
    one is complete.
    """
    required = PlanItem.objects.filter(
        staff_plan__in=plans, obligation=Obligation.REQUIRED
    )
    open_lines = required.exclude(SETTLED).values("staff_plan", "requirement__phase")
    still_open = {tuple(row.values()) for row in open_lines}
    noted = PhaseCompletion.objects.filter(staff_plan__in=plans)
    already = set(noted.values_list("staff_plan", "phase"))
    phases: dict[Key, list[PlanItem]] = defaultdict(list)
    settled = required.filter(completed_on__isnull=False)
    for line in settled.select_related("requirement", "topic", "staff_plan"):
        phases[line.staff_plan_id, line.requirement.phase_id].append(line)
    for key, lines in phases.items():
        if key not in still_open and key not in already:
            _note_phase(lines, key[1], at)


def _note_phase(lines: list[PlanItem], phase: int, at: datetime.datetime) -> None:
    plan = lines[0].staff_plan
    lines.sort(key=lambda line: line.requirement.order)
    completion = PhaseCompletion.objects.create(
        person_id=plan.person_id,
        staff_member_id=plan.staff_member_id,
        staff_plan=plan,
        phase_id=phase,
        completed_on=max(line.completed_on for line in lines),
        topics=[
            {
                "code": line.topic.code,
                "title": line.topic.title,
                "completed_on": line.completed_on.isoformat(),
                "precision": line.precision,
            }
            for line in lines
        ],
    )
    phase_completed.send(sender=PhaseCompletion, completion=completion, at=at)
    if not _is_phase_left(plan):
        plan_completed.send(
            sender=StaffPlan, staff_plan=plan, on=completion.completed_on, at=at
        )


def _is_phase_left(plan: StaffPlan) -> bool:
    done = plan.phase_completions.values("phase")
    return (
        plan.items.required()
        .exclude(Q(requirement__phase__in=done) | Q(progress=Progress.WAIVED))
        .exists()
    )
