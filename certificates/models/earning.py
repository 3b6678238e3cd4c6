"""Who has earned an award: one question to the database for each kind of rule."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import chain

from django.db.models import Exists, F, OuterRef, QuerySet

from certificates.rules import ONCE, Earned, Rule, rounds, taken_anew
from competencies.models import PhaseCompletion, PlanItem, StaffPlan
from competencies.rules import Progress
from lms.models import Person, StaffMember
from lms.registry import all_measures

from .awards import Award
from .certificates import Certificate

People = Iterable[int] | None


def earned(rule: Rule, on: datetime.date, people: People = None) -> list[Earned]:
    """All that was earned until that day, issued or not; of those people only, where
    they are given."""
    return FOUND_BY[rule.earned_by](rule, on, people)


def not_yet_issued(rule: Rule, found: Iterable[Earned]) -> list[Earned]:
    """Leave out what a certificate was issued for, also one that was taken back."""
    issued = Certificate.objects.filter(award=rule.award)
    known = set(issued.values_list("person", "cycle"))
    return [each for each in found if (each.person, each.cycle) not in known]


def _of(rows: QuerySet, people: People) -> QuerySet:
    return rows if people is None else rows.filter(person__in=people)


def earned_by(completion: PhaseCompletion) -> Earned:
    return Earned(
        person=completion.person_id,
        cycle=f"phase-completion:{completion.pk}",
        on=completion.completed_on,
        took=completion.topics,
    )


def _by_phase(rule: Rule, on: datetime.date, people: People) -> list[Earned]:
    completions = PhaseCompletion.objects.filter(phase__key=rule.phase)
    return [earned_by(completion) for completion in _of(completions, people)]


def _by_plan(rule: Rule, on: datetime.date, people: People) -> list[Earned]:
    """A plan is complete when none of its phases with required lines is left."""
    done = PhaseCompletion.objects.filter(
        staff_plan=OuterRef("staff_plan"), phase=OuterRef("requirement__phase")
    )
    left = (
        PlanItem.objects.required()
        .filter(~Exists(done), staff_plan=OuterRef("pk"))
        .exclude(progress=Progress.WAIVED)
    )
    begun = PhaseCompletion.objects.filter(staff_plan=OuterRef("pk"))
    plans = StaffPlan.objects.filter(
        Exists(begun), ~Exists(left), version__plan=rule.plan
    )
    return [
        _whole(plan, list(plan.phase_completions.all()))
        for plan in _of(plans, people).prefetch_related("phase_completions")
    ]


def _whole(plan: StaffPlan, phases: list[PhaseCompletion]) -> Earned:
    return Earned(
        person=plan.person_id,
        cycle=f"staff-plan:{plan.pk}",
        on=max(phase.completed_on for phase in phases),
        took=list(chain.from_iterable(phase.topics for phase in phases)),
    )


def _by_topics(rule: Rule, on: datetime.date, people: People) -> list[Earned]:
    lines = PlanItem.objects.filter(
        topic__in=rule.topics,
        progress=Progress.COMPLETE,
        completion__isnull=False,
        completed_on__lte=on,
    ).select_related("topic")
    latest: dict[int, dict[int, PlanItem]] = defaultdict(dict)
    for line in _of(lines, people).order_by(F("completed_on"), "pk"):
        latest[line.person_id][line.topic_id] = line
    before = _took_before(rule, latest)
    return [
        each
        for person, of_topic in latest.items()
        if len(of_topic) == len(rule.topics)
        for each in [_all_topics(rule, person, list(of_topic.values()))]
        if not rule.is_renewed or taken_anew(each.took, before.get(person, []))
    ]


def _took_before(rule: Rule, people: Iterable[int]) -> dict[int, list]:
    issued = Certificate.objects.filter(
        award=rule.award, person__in=list(people), superseded_at=None
    )
    return dict(issued.order_by("pk").values_list("person", "took"))


def _all_topics(rule: Rule, person: int, lines: list[PlanItem]) -> Earned:
    last = max(lines, key=lambda line: (line.completed_on, line.completion_id))
    lines.sort(key=lambda line: (line.topic.order, line.topic.code))
    return Earned(
        person=person,
        cycle=f"completion:{last.completion_id}" if rule.is_renewed else ONCE,
        on=last.completed_on,
        took=[
            {
                "code": line.topic.code,
                "title": line.topic.title,
                "completed_on": line.completed_on.isoformat(),
                "precision": line.precision,
            }
            for line in lines
        ],
    )


def _by_measure(rule: Rule, on: datetime.date, people: People) -> list[Earned]:
    """What no room counts here is never met; whoever has left earns no more."""
    measure = all_measures().get(rule.measure)
    if measure is None:
        return []
    working = StaffMember.objects.employed(on).values("person")
    asked = Person.objects.filter(pk__in=working)
    if people is not None:
        asked = asked.filter(pk__in=people)
    found = []
    for person, amount in measure.values(asked, on).items():
        times = rounds(amount, rule.at_least)
        if times:
            told = f"{amount.normalize():f} × {measure.label}"
            topic = {"code": rule.measure, "title": told}
            took = [{**topic, "completed_on": on.isoformat(), "precision": ""}]
            cycle = f"amount:{times}" if rule.is_renewed else ONCE
            found.append(Earned(person=person, cycle=cycle, on=on, took=took))
    return found


def _by_hand(rule: Rule, on: datetime.date, people: People) -> list[Earned]:
    return []


FOUND_BY: dict[str, Callable[[Rule, datetime.date, People], list[Earned]]] = {
    Award.By.PHASE: _by_phase,
    Award.By.PLAN: _by_plan,
    Award.By.TOPICS: _by_topics,
    Award.By.MEASURE: _by_measure,
    Award.By.HAND: _by_hand,
}
