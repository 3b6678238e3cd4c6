"""Training records brought in from elsewhere: many completions at once, none twice."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from competencies.models import Completion, History, PlanItem, TrainingRecord
from competencies.rules import Fact, Noted, folded
from competencies.signals import training_completed
from lms import audit
from lms.models import Person, StaffMember

from .histories import void_confirmations
from .holding import hold
from .refreshing import lines_of, note_phases, refresh


@dataclass(frozen=True)
class ImportedTraining:
    """A line of a list: who took what, when. ``person`` and ``topic`` are keys."""

    person: int
    topic: int
    portion: str
    title: str
    noted: Noted
    hours: Decimal | None = None
    expires_on: datetime.date | None = None

    @property
    def fact(self) -> Fact:
        return self.person, self.topic, self.noted.mark, folded(self.title)


def recorded_facts(people: Iterable[int]) -> set[Fact]:
    """What those people's records hold already, also what was taken back since."""
    rows = Completion.objects.filter(person__in=people).values_list(
        "person",
        "topic",
        "record__completed_on",
        "record__precision",
        "record__title",
    )
    return {
        (person, topic, Noted(on, precision).mark, folded(title))
        for person, topic, on, precision, title in rows
    }


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
    histories = _open_histories(people, at)
    records = TrainingRecord.objects.bulk_create(
        TrainingRecord(
            person=people[each.person],
            how=TrainingRecord.How.IMPORT,
            title=each.title,
            completed_on=each.noted.on,
            precision=each.noted.precision,
            history=histories.get(each.person),
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


def _open_histories(people: Iterable[int], at: datetime.datetime) -> dict[int, History]:
    """Of people who were here before: what comes in is theirs to confirm, with the
    rest, at once. What was confirmed before it came is confirmed anew."""
    on_paper = StaffMember.objects.employed(timezone.localdate(at)).filter(
        person__in=people, is_history_on_paper=True
    )
    known = set(History.objects.open().values_list("staff_member", flat=True))
    History.objects.bulk_create(
        History(person_id=each.person_id, staff_member=each, opened_at=at)
        for each in on_paper
        if each.pk not in known
    )
    rows = History.objects.open().filter(
        person__in=people, staff_member__in=StaffMember.objects.employed()
    )
    found = {history.person_id: history for history in rows}
    void_confirmations([history.pk for history in found.values()], at)
    return found


def _bring_up_to_date(new: Sequence[ImportedTraining], at: datetime.datetime) -> None:
    newest: dict[int, dict[int, datetime.date]] = defaultdict(dict)
    for each in new:
        before = newest[each.topic].get(each.person, each.noted.on)
        newest[each.topic][each.person] = max(before, each.noted.on)
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
