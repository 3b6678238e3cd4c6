"""People already here: entered in one go, confirmed once by both, then complete."""

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from competencies.models import (
    Completion,
    History,
    HistoryConfirmation,
    PlanItem,
    TrainingRecord,
)
from competencies.rules import Noted
from competencies.signals import training_completed
from lms import audit
from lms.actions import end_history_on_paper
from lms.models import Person, StaffMember

from .holding import hold
from .refreshing import lines_of, note_phases, refresh
from .sign_off import seen


def history_of(staff_member: StaffMember, at: datetime.datetime) -> History:
    """The open history of an employment, begun if need be."""
    history, _created = History.objects.open().get_or_create(
        staff_member=staff_member,
        settled_at=None,
        defaults={"person_id": staff_member.person_id, "opened_at": at},
    )
    return history


def history_seen(history: History) -> str:
    """A digest of all that stands in it; whoever confirms sends back what they saw."""
    facts = sorted(seen(completion) for completion in history.completions())
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


@transaction.atomic
def enter_history(
    *,
    staff_member: StaffMember,
    told: Mapping[int, Noted | None],
    by: Person,
    at: datetime.datetime,
    today: datetime.date,
) -> int:
    """Write down when each topic was learned, by its key; None takes a day back.

    What is told again unchanged stays as it is. A change makes both confirmations
    void. Says how many lines changed.
    """
    hold([staff_member.person_id])
    history = history_of(staff_member, at)
    known = {
        completion.topic_id: completion
        for completion in reversed(history.completions())
    }
    changed = {
        topic: noted
        for topic, noted in told.items()
        if _mark(known.get(topic)) != (noted and noted.mark)
    }
    if not changed:
        return 0
    gone = [known[topic].pk for topic in changed if topic in known]
    Completion.objects.filter(pk__in=gone).update(withdrawn_at=at)
    records = _append(history, changed, by, at, today)
    void_confirmations([history.pk], at)
    _bring_up_to_date(history, list(changed), at)
    audit.record(
        act="history.entered",
        actor=by,
        about=history.person,
        target=history,
        at=at,
        facts={"lines": len(changed)},
    )
    for record in records:
        training_completed.send(sender=TrainingRecord, record=record, at=at)
    return len(changed)


def _mark(completion: Completion | None) -> str | None:
    return completion and completion.record.noted.mark


def _append(
    history: History,
    told: Mapping[int, Noted | None],
    by: Person,
    at: datetime.datetime,
    today: datetime.date,
) -> list[TrainingRecord]:
    """One record and completion for each, in the portion that the plan asks for."""
    lines = PlanItem.objects.filter(
        staff_member=history.staff_member_id, topic__in=told
    ).select_related("topic")
    days = [(line, noted.by(today)) for line in lines if (noted := told[line.topic_id])]
    records = TrainingRecord.objects.bulk_create(
        TrainingRecord(
            person_id=history.person_id,
            history=history,
            how=TrainingRecord.How.BEFORE,
            title=line.topic.title,
            completed_on=noted.on,
            precision=noted.precision,
            recorded_by=by,
            recorded_at=at,
        )
        for line, noted in days
    )
    Completion.objects.bulk_create(
        Completion(
            person_id=history.person_id,
            topic_id=line.topic_id,
            portion=line.portion,
            record=record,
        )
        for (line, _noted), record in zip(days, records, strict=True)
    )
    return records


def refuse_what_both_confirmed(completion: Completion) -> None:
    history = completion.record.history
    if history and history.settled_at:
        raise ValidationError(
            _("Both of you have confirmed this. Open the earlier trainings again.")
        )


def void_confirmations(histories: Sequence[int], at: datetime.datetime) -> None:
    HistoryConfirmation.objects.filter(
        history__in=histories, history__settled_at=None, voided_at=None
    ).update(voided_at=at)


@transaction.atomic
def confirm_history(
    *,
    staff_member: StaffMember,
    by: Person,
    seen_digest: str,
    at: datetime.datetime,
) -> bool:
    """Say that all of it is right, as it was shown; the second of the two settles it.

    False when it is not what was shown any more. There is no signature for each line.
    """
    hold([staff_member.person_id])
    history = history_of(staff_member, at)
    if seen_digest != history_seen(history):
        return False
    stale = history.confirmations.filter(voided_at=None).exclude(digest=seen_digest)
    stale.update(voided_at=at)
    HistoryConfirmation.objects.get_or_create(
        history=history,
        is_own=by.pk == history.person_id,
        voided_at=None,
        defaults={
            "person_id": history.person_id,
            "staff_member": staff_member,
            "by": by,
            "at": at,
            "digest": seen_digest,
        },
    )
    audit.record(
        act="history.confirmed", actor=by, about=history.person, target=history, at=at
    )
    standing = history.confirmations.filter(voided_at=None)
    if standing.count() == len({True, False}):
        _settle(history, by, at)
    return True


def _settle(history: History, by: Person, at: datetime.datetime) -> None:
    history.settled_at = at
    history.save(update_fields=["settled_at"])
    _bring_up_to_date(history, _topics(history), at)
    end_history_on_paper(staff_member=history.staff_member, by=by, at=at)


@transaction.atomic
def reopen_history(*, history: History, by: Person, at: datetime.datetime) -> None:
    """Something's off: all of it waits for the two once more."""
    hold([history.person_id])
    history.settled_at = None
    history.save(update_fields=["settled_at"])
    void_confirmations([history.pk], at)
    _bring_up_to_date(history, _topics(history), at)
    audit.record(
        act="history.reopened", actor=by, about=history.person, target=history, at=at
    )


def _topics(history: History) -> list[int]:
    return list(history.completions().values_list("topic", flat=True))


def _bring_up_to_date(
    history: History, topics: Sequence[int], at: datetime.datetime
) -> None:
    lines = lines_of([history.person_id], topics)
    refresh(lines)
    note_phases(plans={line.staff_plan_id for line in lines}, at=at)
