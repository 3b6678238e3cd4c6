import datetime
from typing import Any

from competencies.models import Completion, PhaseCompletion, StaffPlan
from lms.models import Person, StaffMember

from .actions import (
    ask_for_earned_certificates,
    ask_for_newly_earned,
    let_go_of_twice,
    note_doubts,
    try_refused_again,
)
from .models import Award, Refusal


def ask_on_phase_completed(
    *, completion: PhaseCompletion, at: datetime.datetime, **kwargs: Any
) -> None:
    ask_for_earned_certificates(completion=completion, at=at)


def ask_on_plan_completed(
    *, staff_plan: StaffPlan, at: datetime.datetime, **kwargs: Any
) -> None:
    awards = Award.objects.filter(is_active=True, earned_by=Award.By.PLAN)
    ask_for_newly_earned(
        awards=awards.filter(plan=staff_plan.version.plan),
        people=[staff_plan.person_id],
        at=at,
    )


def ask_on_lines_completed(
    *, people: list[int], at: datetime.datetime, **kwargs: Any
) -> None:
    awards = Award.objects.filter(is_active=True, earned_by=Award.By.TOPICS)
    ask_for_newly_earned(awards=awards, people=people, at=at)


def ask_on_measure_changed(
    *, key: str, people: list[Person], at: datetime.datetime, **kwargs: Any
) -> None:
    awards = Award.objects.filter(is_active=True, earned_by=Award.By.MEASURE)
    ask_for_newly_earned(
        awards=awards.filter(measure=key),
        people=[person.pk for person in people],
        at=at,
    )


def doubt_on_signatures_gone(
    *, completions: list[Completion], at: datetime.datetime, **kwargs: Any
) -> None:
    note_doubts(completions=completions, at=at)


def try_again_on_staff_changed(
    *, staff_members: list[StaffMember], at: datetime.datetime, **kwargs: Any
) -> None:
    """A name may have been corrected."""
    people = [staff_member.person_id for staff_member in staff_members]
    refused = Refusal.objects.filter(person__in=people)
    for person in Person.objects.filter(pk__in=refused.values("person")):
        try_refused_again(person=person, at=at)


def let_go_on_person_merging(
    *, stays: Person, goes: Person, at: datetime.datetime, **kwargs: Any
) -> None:
    let_go_of_twice(stays=stays, goes=goes, at=at)
