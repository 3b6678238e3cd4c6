"""Brings lines up to date with the completions and signatures they follow from."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, Q

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
from competencies.rules import Offset, Progress, Taken, add, reached
from competencies.signals import phase_completed, plan_completed

FOLLOWING = ["progress", "completion", "completed_on", "renew_on"]
Key = tuple[int, int]


def refresh(items: Sequence[PlanItem]) -> list[PlanItem]:
    """Recompute what follows from completions; save and return the changed lines.

    Expects ``requirement`` and ``staff_member`` with its pauses at hand.
    """
    taken = _taken(items)
    changed = [item for item in items if apply_completions(item, taken)]
    PlanItem.objects.bulk_update(changed, FOLLOWING, batch_size=500)
    return changed


def apply_completions(
    item: PlanItem, taken: dict[Key, list[tuple[Taken, set[int]]]]
) -> bool:
    """Set what follows on one line; says whether anything changed.

    What somebody learns after they left is not for that agency to see.
    """
    before = (item.progress, item.completion_id, item.completed_on, item.renew_on)
    rows = taken.get((item.person_id, item.topic_id), [])
    result = reached(
        [
            _seen_by(item, row, signed_for)
            for row, signed_for in rows
            if item.staff_member.is_employed(row.on)
        ],
        item.portion,
        is_waived=item.waived_at is not None,
        is_on_paper=item.staff_member.is_history_on_paper,
        is_started=bool(item.started_on or item.introduced_on),
    )
    item.progress = result.progress
    item.completion_id = result.newest
    item.completed_on = result.completed_on
    item.renew_on = _renewal(item)
    after = (item.progress, item.completion_id, item.completed_on, item.renew_on)
    return before != after


def _seen_by(item: PlanItem, row: Taken, signed_for: set[int]) -> Taken:
    """A signature counts where it was given: another agency's waits to be accepted."""
    if not item.requirement.is_signed or item.staff_member_id in signed_for:
        return Taken(row.pk, row.on, row.portion, "signed")
    return row


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
) -> dict[Key, list[tuple[Taken, set[int]]]]:
    """Standing completions by person and topic, each with the staff members for whom
    it is signed. Two queries, however many people."""
    completions = Completion.objects.standing().filter(person__in=people)
    if topics is not None:
        completions = completions.filter(topic__in=topics)
    signed_for: dict[int, set[int]] = defaultdict(set)
    signatures = SignOff.objects.in_force().filter(completion__in=completions)
    for pk, staff_member in signatures.values_list("completion", "staff_member"):
        signed_for[pk].add(staff_member)
    sent_back = SendBack.objects.filter(completion=OuterRef("pk"))
    rows = completions.annotate(is_sent_back=Exists(sent_back)).values_list(
        "pk",
        "person_id",
        "topic_id",
        "portion",
        "record__completed_on",
        "is_sent_back",
    )
    found: dict[Key, list[tuple[Taken, set[int]]]] = defaultdict(list)
    for pk, person, topic, portion, on, is_back in rows:
        state = "sent back" if is_back else "waiting"
        found[person, topic].append((Taken(pk, on, portion, state), signed_for[pk]))
    return found


def _taken(items: Sequence[PlanItem]) -> dict[Key, list[tuple[Taken, set[int]]]]:
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
