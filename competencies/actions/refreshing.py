"""Brings lines up to date with the completions and signatures they follow from."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet

from competencies.models import (
    SETTLED,
    Completion,
    Obligation,
    PhaseCompletion,
    PlanItem,
    Requirement,
    RetakeOrder,
    SendBack,
    SignOff,
    StaffPlan,
    TopicEquivalence,
)
from competencies.rules import (
    Employed,
    Equivalence,
    Precision,
    Progress,
    Taken,
    by_equivalence,
    is_begun,
    reached,
    renew,
)
from competencies.rules import RetakeOrder as Order
from competencies.signals import lines_completed, phase_completed, plan_completed
from lms.models import StaffMember

from .employments import EMPLOYMENT, employed_as

FOLLOWING = [
    *("progress", "completion", "completed_on", "precision"),
    *("renew_on", "renew_because"),
]
Key = tuple[int, int]


@dataclass(frozen=True)
class Known:
    """A standing completion, and at which employments it is signed, accepted in part
    or sent back."""

    taken: Taken
    noted_at: datetime.datetime
    signed_for: frozenset[int]
    in_part_for: frozenset[int]
    sent_back_for: frozenset[int]


@dataclass(frozen=True)
class Cycles:
    """What makes a topic fall due again, and what stands for it, by topic."""

    orders: Mapping[int, list[Order]]
    equivalences: Mapping[int, list[Equivalence]]

    @classmethod
    def of(cls, topics: Collection[int] | None = None) -> "Cycles":
        """Of these topics, or of all. Four queries at most."""
        orders = RetakeOrder.objects.prefetch_related("roles")
        equivalences = TopicEquivalence.objects.prefetch_related("parts")
        if topics is not None:
            orders = orders.filter(topic__in=topics)
            equivalences = equivalences.filter(topic__in=topics)
        return cls(_by_topic(orders), _by_topic(equivalences))

    def parts_of(self, topics: Iterable[int]) -> set[int]:
        """The topics that are worth something for these."""
        return {
            part
            for topic in topics
            for each in self.equivalences.get(topic, ())
            for part in each.parts
        }


def _by_topic(rows: QuerySet) -> dict[int, list]:
    found: dict[int, list] = defaultdict(list)
    for row in rows:
        found[row.topic_id].append(row.as_rule())
    return found


class Noted(NamedTuple):
    """What a line says of itself, whatever was completed."""

    is_waived: bool = False
    is_started: bool = False


class Followed(NamedTuple):
    """What follows for a line: the values of ``FOLLOWING``."""

    progress: Progress
    completion: int | None = None
    completed_on: datetime.date | None = None
    precision: str = Precision.DAY
    renew_on: datetime.date | None = None
    renew_because: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Learning:
    """What people have completed, and the cycles of the topics."""

    taken: Mapping[Key, list[Known]]
    cycles: Cycles

    def is_untouched(self, person: int, topic: int) -> bool:
        """Whether nothing at all was completed that could count for this topic."""
        if (person, topic) in self.taken:
            return False
        parts = self.cycles.parts_of([topic])
        return not any((person, part) in self.taken for part in parts)


def refresh(items: Sequence[PlanItem]) -> list[PlanItem]:
    """Recompute what follows from completions, also on lines for whose topics these
    are worth something; save and return the changed lines.

    Expects ``requirement`` and ``staff_member`` with ``EMPLOYMENT`` at hand.
    """
    items = [*items, *_lines_that_follow(items)]
    topics = {item.topic_id for item in items}
    cycles = Cycles.of(topics)
    people = {item.person_id for item in items}
    learning = Learning(taken_by(people, topics | cycles.parts_of(topics)), cycles)
    changed = [item for item in items if _apply(item, learning)]
    PlanItem.objects.bulk_update(changed, FOLLOWING, batch_size=500)
    return changed


def _lines_that_follow(items: Sequence[PlanItem]) -> QuerySet[PlanItem]:
    topics = {item.topic_id for item in items}
    others = TopicEquivalence.objects.filter(parts__in=topics).values("topic")
    return (
        lines_on(others)
        .filter(person__in={item.person_id for item in items})
        .exclude(pk__in={item.pk for item in items})
    )


def _apply(item: PlanItem, learning: Learning) -> bool:
    """Set what follows on one line; says whether anything changed."""
    before = (
        item.progress,
        item.completion_id,
        item.completed_on,
        item.precision,
        item.renew_on,
        item.renew_because,
    )
    after = follow(
        learning,
        item.staff_member,
        item.requirement,
        item.portion,
        Noted(
            is_waived=item.waived_at is not None,
            is_started=bool(item.started_on or item.introduced_on),
        ),
        employed_as(item.staff_member),
    )
    item.progress, item.completion_id, item.completed_on = after[:3]
    item.precision, item.renew_on, item.renew_because = after[3:]
    return before != after


def follow(
    learning: Learning,
    staff_member: StaffMember,
    requirement: Requirement,
    portion: str,
    noted: Noted,
    employed: Employed,
) -> Followed:
    """What a line of somebody's plan comes to from what they have completed."""
    topic, cycles = requirement.topic_id, learning.cycles
    taken = {
        each: [
            _seen_at(staff_member, requirement, row)
            for row in learning.taken.get((staff_member.person_id, each), ())
            if _is_known_at(staff_member, row)
        ]
        for each in {topic, *cycles.parts_of([topic])}
    }
    equivalences = cycles.equivalences.get(topic, ())
    result = reached(
        taken[topic] + by_equivalence(equivalences, taken),
        portion,
        is_waived=noted.is_waived,
        is_on_paper=staff_member.is_history_on_paper,
        is_started=noted.is_started or is_begun(equivalences, taken),
    )
    if result.completed_on is None:
        return Followed(result.progress, result.newest)
    why = renew(
        result.completed_on,
        requirement.renewal,
        employed=employed,
        orders=cycles.orders.get(topic, ()),
        valid_until=result.valid_until,
        precision=result.precision,
    )
    return Followed(
        result.progress,
        result.newest,
        result.completed_on,
        result.precision,
        why and why.on,
        why.as_data() if why else {},
    )


def _is_known_at(employment: StaffMember, row: Known) -> bool:
    """What was learned elsewhere counts once the person brings it, and what somebody
    learns after they left is not for that agency to see."""
    if not employment.is_employed(row.taken.on):
        return False
    return employment.pk in row.signed_for or employment.knows_of(row.noted_at)


def _seen_at(employment: StaffMember, requirement: Requirement, row: Known) -> Taken:
    """A signature counts where it was given, and so does a line sent back: what comes
    from another agency waits to be accepted."""
    if not requirement.is_signed or employment.pk in row.signed_for:
        return replace(row.taken, state="signed")
    if employment.pk in row.in_part_for:
        return replace(row.taken, state="in part")
    if employment.pk in row.sent_back_for:
        return replace(row.taken, state="sent back")
    return row.taken


def taken_by(
    people: Iterable[int], topics: Iterable[int] | None = None
) -> dict[Key, list[Known]]:
    """Standing completions by person and topic. Five queries, however many people."""
    completions = Completion.objects.standing().filter(person__in=people)
    if topics is not None:
        completions = completions.filter(topic__in=topics)
    in_force = SignOff.objects.in_force()
    signed_for = _employments(in_force.in_full(), completions)
    for pk, staff_member in _confirmed(completions):
        signed_for[pk] |= {staff_member}
    in_part_for = _employments(in_force.in_part(), completions)
    sent_back_for = _employments(SendBack.objects.all(), completions)
    rows = completions.values_list(
        "pk",
        "person_id",
        "topic_id",
        "portion",
        "record__completed_on",
        "record__recorded_at",
        "record__expires_on",
        "record__precision",
    )
    found: dict[Key, list[Known]] = {}
    for pk, person, topic, portion, on, noted_at, *rest in rows:
        taken = Taken(pk, on, portion, "waiting", *rest)
        marks = signed_for[pk], in_part_for[pk], sent_back_for[pk]
        found.setdefault((person, topic), []).append(Known(taken, noted_at, *marks))
    return found


def _confirmed(completions: QuerySet) -> QuerySet:
    """What two people confirmed at once, and at which employment."""
    settled = completions.filter(record__history__settled_at__isnull=False)
    return settled.values_list("pk", "record__history__staff_member")


def _employments(marks: QuerySet, completions: QuerySet) -> dict[int, frozenset[int]]:
    found: dict[int, frozenset[int]] = defaultdict(frozenset)
    for pk, staff_member in marks.filter(completion__in=completions).values_list(
        "completion", "staff_member"
    ):
        found[pk] |= {staff_member}
    return found


def lines_of(people: Iterable[int], topics: Iterable[int]) -> list[PlanItem]:
    """The lines of those people's plans on those topics, ready for ``refresh``."""
    return list(lines_on(topics).filter(person__in=people))


def lines_on(topics: Iterable[int] | QuerySet) -> QuerySet[PlanItem]:
    lines = PlanItem.objects.filter(topic__in=topics)
    return lines.select_related("requirement", "staff_member").prefetch_related(
        *EMPLOYMENT
    )


def note_phases(*, plans: Iterable[int], at: datetime.datetime) -> None:
    """Record each phase of those plans that has become complete, once, and tell.

    A phase is complete when every required line is complete or waived and at least
    one is complete.
    """
    required = PlanItem.objects.filter(
        staff_plan__in=plans, obligation=Obligation.REQUIRED
    )
    open_lines = required.exclude(SETTLED).annotate(phase=F("requirement__phase"))
    still_open = set(open_lines.values_list("staff_plan", "phase").distinct())
    noted = PhaseCompletion.objects.filter(staff_plan__in=plans)
    already = set(noted.values_list("staff_plan", "phase"))
    phases: dict[Key, list[PlanItem]] = defaultdict(list)
    settled = required.filter(completed_on__isnull=False)
    for line in settled.select_related("requirement", "topic", "staff_plan"):
        phases[line.staff_plan_id, line.requirement.phase_id].append(line)
    for key, lines in phases.items():
        if key not in still_open and key not in already:
            _note_phase(lines, key[1], at)
    people = StaffPlan.objects.filter(pk__in=plans).values_list("person", flat=True)
    lines_completed.send(sender=PlanItem, people=list(people), at=at)


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
