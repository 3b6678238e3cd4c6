"""Training records brought in from elsewhere: many completions at once, none twice."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from competencies.models import Completion, PlanItem, TrainingRecord
from competencies.rules import Fact, folded
from competencies.signals import training_completed
from lms import audit
from lms.models import Person

from .holding import hold
from .refreshing import lines_of, note_phases, refresh


@dataclass(frozen=True)
class ImportedTraining:
    """A line of a list: who took what, when. ``person`` and ``topic`` are keys."""

    person: int
    topic: int
    portion: str
    title: str
    completed_on: datetime.date
    hours: Decimal | None = None
    expires_on: datetime.date | None = None

    @property
    def fact(self) -> Fact:
        return self.person, self.topic, self.completed_on, folded(self.title)


def recorded_facts(people: Iterable[int]) -> set[Fact]:
    """What those people's records hold already, also what was taken back since."""
    rows = Completion.objects.filter(person__in=people).values_list(
        "person", "topic", "record__completed_on", "record__title"
    )
    return {(person, topic, on, folded(title)) for person, topic, on, title in rows}


@transaction.atomic
def record_imported_trainings(
    *, told: Sequence[ImportedTraining], by: Person, at: datetime.datetime
) -> int:
    """Append a completion for each that is not here yet; says how many.

    They wait for a signature like any other.
    """
    people = {each.person for each in told}
    hold(people)
    known, new = recorded_facts(people), []
    for each in told:
        if each.fact not in known:
            known.add(each.fact)
            new.append(each)
    records = _append(new, by, at)
    _bring_up_to_date(new, at)
    audit.record_many(
        audit.entry(
            act="completion.recorded",
            actor=by,
            about=record.person,
            target=record,
            at=at,
        )
        for record in records
    )
    for record in records:
        training_completed.send(sender=TrainingRecord, record=record, at=at)
    return len(new)


def _append(
    new: Sequence[ImportedTraining], by: Person, at: datetime.datetime
) -> list[TrainingRecord]:
    people = Person.objects.in_bulk({each.person for each in new})
    records = TrainingRecord.objects.bulk_create(
        TrainingRecord(
            person=people[each.person],
            how=TrainingRecord.How.IMPORT,
            title=each.title,
            completed_on=each.completed_on,
            hours=each.hours,
            expires_on=each.expires_on,
            recorded_by=by,
            recorded_at=at,
        )
        for each in new
    )
    Completion.objects.bulk_create(
        Completion(
            person_id=each.person,
            topic_id=each.topic,
            portion=each.portion,
            record=record,
        )
        for each, record in zip(new, records, strict=True)
    )
    return records


def _bring_up_to_date(new: Sequence[ImportedTraining], at: datetime.datetime) -> None:
    newest: dict[int, dict[int, datetime.date]] = defaultdict(dict)
    for each in new:
        before = newest[each.topic].get(each.person, each.completed_on)
        newest[each.topic][each.person] = max(before, each.completed_on)
    lines = [line for topic, days in newest.items() for line in lines_of(days, [topic])]
    taken_seats = [
        line
        for line in lines
        if line.booked_on and line.booked_on <= newest[line.topic_id][line.person_id]
    ]
    for line in taken_seats:
        line.booked_on = None
    PlanItem.objects.bulk_update(taken_seats, ["booked_on"])
    refresh(lines)
    note_phases(plans={line.staff_plan_id for line in lines}, at=at)
