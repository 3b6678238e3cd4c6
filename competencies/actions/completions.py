"""Completions: appended from modules, outside trainings and earlier learning."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from competencies.models import (
    Completion,
    PlanItem,
    SignOff,
    Topic,
    Training,
    TrainingRecord,
    TrainingTopic,
)
from competencies.rules import Precision
from competencies.signals import training_completed
from lms import audit
from lms.models import Person, StaffMember

from .evidence import Attachment, keep
from .histories import refuse_what_both_confirmed, void_confirmations
from .holding import hold
from .refreshing import lines_of, note_phases, refresh


@dataclass(frozen=True)
class TakenContent:
    """What was taken, kept as it was. ``content_hash`` is a SHA-256 in hex."""

    title: str
    objectives: Sequence[str]
    minutes: int
    content_hash: str


@dataclass(frozen=True)
class Told:
    """What somebody tells of a training they took."""

    title: str
    completed_on: datetime.date
    precision: str = Precision.DAY
    provider: str = ""
    hours: Decimal | None = None
    training: Training | None = None
    how: str = TrainingRecord.How.OUTSIDE
    attachments: Sequence[Attachment] = field(default_factory=tuple)


@transaction.atomic
def note_start(*, person: Person, training: Training, on: datetime.date) -> None:
    """The person began a training: its topics are in progress from now on."""
    hold([person.pk])
    topics = training.taught.values("topic")
    lines = [
        line
        for line in lines_of([person.pk], topics)
        if line.staff_member.is_employed(on)
    ]
    for line in lines:
        line.started_on = line.started_on or on
    PlanItem.objects.bulk_update(lines, ["started_on"])
    refresh(lines)


@transaction.atomic
def record_completion(
    *,
    person: Person,
    training: Training,
    on: datetime.date,
    at: datetime.datetime,
    content: TakenContent,
) -> TrainingRecord:
    """The person finished a training here. The same content counts once.

    Topics the training completes wait for a signature; those it only introduces read
    "Introduction read".
    """
    hold([person.pk])
    earlier = TrainingRecord.objects.filter(
        person=person, training=training, content_hash=content.content_hash
    )
    if known := earlier.first():
        return known
    record = TrainingRecord.objects.create(
        person=person,
        training=training,
        how=training.kind,
        title=content.title,
        provider=training.provider,
        completed_on=on,
        minutes=content.minutes,
        objectives=list(content.objectives),
        content_hash=content.content_hash,
        recorded_by=person,
        recorded_at=at,
    )
    taught = list(training.taught.all())
    done = [row for row in taught if row.effect == TrainingTopic.Effect.COMPLETES]
    _append(record, [(row.topic_id, row.portion) for row in done])
    _introduce(person, [row.topic_id for row in taught], on)
    _bring_up_to_date(person, [row.topic_id for row in taught], at)
    training_completed.send(sender=TrainingRecord, record=record, at=at)
    return record


@transaction.atomic
def record_outside_training(
    *,
    person: Person,
    topics: Iterable[tuple[Topic, str]],
    told: Told,
    recorded_by: Person,
    at: datetime.datetime,
) -> TrainingRecord:
    """Somebody tells of a training taken elsewhere; its topics wait for a signature.

    ``topics`` are pairs of topic and portion. What was sent back on those topics is
    withdrawn: this takes its place.
    """
    hold([person.pk])
    record = TrainingRecord.objects.create(
        person=person,
        training=told.training,
        how=told.how,
        title=told.title,
        provider=told.provider,
        completed_on=told.completed_on,
        precision=told.precision,
        hours=told.hours,
        recorded_by=recorded_by,
        recorded_at=at,
    )
    for attachment in told.attachments:
        keep(record, attachment)
    pairs = [(topic.pk, portion) for topic, portion in topics]
    keys = [topic for topic, _portion in pairs]
    _replace_what_was_sent_back(person, keys, at)
    _append(record, pairs)
    _bring_up_to_date(person, keys, at)
    audit.record(
        act="completion.recorded",
        actor=recorded_by,
        about=person,
        target=record,
        at=at,
    )
    training_completed.send(sender=TrainingRecord, record=record, at=at)
    return record


@transaction.atomic
def withdraw_completion(
    *, completion: Completion, by: Person, at: datetime.datetime
) -> None:
    """Take back what one recorded, as long as nobody has signed it."""
    hold([completion.person_id])
    refuse_what_both_confirmed(completion)
    standing = Completion.objects.standing().filter(pk=completion.pk)
    if SignOff.objects.in_force().filter(completion=completion).exists():
        raise ValidationError(
            _("This was signed in the meantime. Ask your supervisor to withdraw it.")
        )
    if standing.update(withdrawn_at=at):
        void_confirmations([completion.record.history_id], at)
        _bring_up_to_date(completion.person, [completion.topic_id], at)
        audit.record(
            act="completion.withdrawn",
            actor=by,
            about=completion.person,
            target=completion,
            at=at,
        )


def _append(record: TrainingRecord, pairs: Iterable[tuple[int, str]]) -> None:
    Completion.objects.bulk_create(
        Completion(
            person_id=record.person_id, topic_id=topic, portion=portion, record=record
        )
        for topic, portion in pairs
    )


def _introduce(person: Person, topics: list[int], on: datetime.date) -> None:
    employed = StaffMember.objects.employed(on)
    PlanItem.objects.filter(
        person=person, topic__in=topics, staff_member__in=employed
    ).update(introduced_on=Coalesce(F("introduced_on"), on))


def _replace_what_was_sent_back(
    person: Person, topics: list[int], at: datetime.datetime
) -> None:
    unsigned = Completion.objects.standing().exclude(
        sign_offs__in=SignOff.objects.in_force()
    )
    unsigned.filter(person=person, topic__in=topics, send_backs__isnull=False).update(
        withdrawn_at=at
    )


def _bring_up_to_date(person: Person, topics: list[int], at: datetime.datetime) -> None:
    lines = lines_of([person.pk], topics)
    # A seat that was booked or waited for has been taken.
    for line in lines:
        line.booked_on = line.waiting_since = None
    PlanItem.objects.bulk_update(lines, ["booked_on", "waiting_since"])
    refresh(lines)
    note_phases(plans={line.staff_plan_id for line in lines}, at=at)
