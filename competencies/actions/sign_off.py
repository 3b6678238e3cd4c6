"""A supervisor's signature: on what was seen, once, by whoever may."""

import datetime
import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from competencies.models import (
    Completion,
    PlanItem,
    SendBack,
    SignOff,
    TrainingRecord,
)
from competencies.signals import signatures_gone
from lms import audit
from lms.models import (
    Person,
    StaffMember,
    SupervisionTie,
    staff_signed_for_by,
    ties_in_force,
)

from .holding import hold
from .refreshing import EMPLOYMENT, lines_on, note_phases, refresh


@dataclass
class Signing:
    """What became of each line: signed, already signed by somebody, or changed."""

    signed: list[PlanItem] = field(default_factory=list)
    already: list[tuple[str, str]] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


def seen(completion: Completion) -> str:
    """A digest of the facts as they stand; a form carries it to prove what was seen.

    Expects ``record`` with its evidence, and ``topic``, at hand.
    """
    return _hash(_facts(completion))


def signed_digest(
    completion: Completion, salt: str, still_needs: str = "", signed_as: str = ""
) -> str:
    """What a signature binds: texts go in as commitments, salted."""
    facts = _facts(completion)
    for name, text in [("still_needs", still_needs), ("signed_as", signed_as)]:
        if text:
            facts[name] = _hash([salt, text])
    for name in ("title", "provider"):
        facts[name] = _hash([salt, facts[name]])
    return _hash(facts)


def _facts(completion: Completion) -> dict[str, Any]:
    record = completion.record
    return {
        "person": completion.person_id,
        "topic": completion.topic.code,
        "portion": completion.portion,
        "completed_on": record.completed_on.isoformat(),
        "precision": record.precision,
        "title": record.title,
        "provider": record.provider,
        "hours": str(record.hours.normalize()) if record.hours is not None else "",
        "evidence": sorted(each.sha256 for each in record.evidence.all()),
    }


def _hash(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def sign(
    *,
    signer: Person,
    lines: Mapping[int, str],
    at: datetime.datetime,
    for_one: StaffMember | None = None,
    signed_as: str = "",
) -> Signing:
    """Sign many lines at once. ``lines`` maps completions to what was seen of them.

    What somebody else signed first, and what changed since it was shown, is left
    alone and told. ``for_one`` and ``signed_as`` come with a one-time link: it is for
    one plan, and whoever signs by it says with which name and credential.
    """
    result = Signing()
    staff = staff_signed_for_by(signer, timezone.localdate())
    if for_one:
        staff = staff.filter(pk=for_one.pk)
    asked = Completion.objects.filter(pk__in=lines, person__in=staff.values("person"))
    hold(asked.values("person"))
    items = _waiting_for(signer, at).filter(
        completion__in=lines, staff_member__in=staff
    )
    ready = [
        item for item in items if seen(item.completion) == lines[item.completion_id]
    ]
    found = {item.completion_id for item in items}
    result.changed = [str(item.topic) for item in items if item not in ready]
    result.already = _signed_meanwhile(set(lines) - found, staff)
    capacities = _capacities(signer, ready, at)
    if signed_as:
        capacities = dict.fromkeys(capacities, SignOff.Capacity.OUTSIDE.value)
    SignOff.objects.bulk_create(
        _signature(
            item, signer, capacities[item.staff_member_id], at, signed_as=signed_as
        )
        for item in ready
    )
    refresh(ready)
    audit.record_many(
        audit.entry(
            act="completion.signed",
            actor=signer,
            about=item.person,
            target=item.completion,
            at=at,
        )
        for item in ready
    )
    note_phases(plans={item.staff_plan_id for item in ready}, at=at)
    result.signed = ready
    return result


@transaction.atomic
def accept_in_part(
    *, item: PlanItem, by: Person, seen_digest: str, needs: str, at: datetime.datetime
) -> bool:
    """Accept what was done and say what is still needed: the line stays open and says
    it. False when it no longer waits, or is not what was shown.

    Words, so it comes from a supervisor or stand-in, never from a director.
    """
    hold([item.person_id])
    waiting = _waiting_for(by, at).returnable_by(by)
    current = waiting.filter(pk=item.pk, completion=item.completion_id).first()
    if current is None or seen(current.completion) != seen_digest:
        return False
    capacity = _capacities(by, [current], at)[current.staff_member_id]
    _signature(current, by, capacity, at, needs).save()
    refresh([current])
    audit.record(
        act="completion.accepted_in_part",
        actor=by,
        about=current.person,
        target=current.completion,
        at=at,
    )
    return True


@transaction.atomic
def send_back(*, item: PlanItem, by: Person, note: str, at: datetime.datetime) -> bool:
    """Send one line back with a note; False when it no longer waits for that.

    A note is words: it comes from a supervisor or stand-in, never from a director.
    """
    hold([item.person_id])
    waiting = _waiting_for(by, at).returnable_by(by)
    current = waiting.filter(pk=item.pk, completion=item.completion_id).first()
    if current is None:
        return False
    SendBack.objects.create(
        person_id=current.person_id,
        staff_member_id=current.staff_member_id,
        completion_id=current.completion_id,
        by=by,
        at=at,
        note=note,
    )
    refresh([current])
    audit.record(
        act="completion.sent_back",
        actor=by,
        about=current.person,
        target=current.completion,
        at=at,
    )
    return True


@transaction.atomic
def withdraw_sign_off(
    *, sign_off: SignOff, because: str, at: datetime.datetime
) -> bool:
    """Take one's own signature back, with a reason; False when it was gone already."""
    hold([sign_off.person_id])
    in_force = SignOff.objects.in_force().filter(pk=sign_off.pk)
    if not in_force.update(withdrawn_at=at, withdrawn_because=because):
        return False
    lines = lines_on([sign_off.completion.topic_id])
    refresh(list(lines.filter(staff_member=sign_off.staff_member_id)))
    audit.record(
        act="completion.signature_withdrawn",
        actor=sign_off.signer,
        about=sign_off.person,
        target=sign_off.completion,
        at=at,
    )
    signatures_gone.send(sender=SignOff, completions=[sign_off.completion], at=at)
    return True


def void_what_changed(record: TrainingRecord, at: datetime.datetime) -> int:
    """Make void what was signed of this record and is no longer what was signed."""
    in_force = SignOff.objects.in_force().filter(completion__record=record)
    rows = in_force.select_related("completion__record", "completion__topic")
    changed = [
        each
        for each in rows.prefetch_related("completion__record__evidence")
        if each.digest
        != signed_digest(each.completion, each.salt, each.still_needs, each.signed_as)
    ]
    void = SignOff.objects.filter(pk__in=[each.pk for each in changed])
    count = void.update(voided_at=at)
    completions = [each.completion for each in changed]
    signatures_gone.send(sender=SignOff, completions=completions, at=at)
    return count


def _waiting_for(signer: Person, at: datetime.datetime) -> QuerySet[PlanItem]:
    return (
        PlanItem.objects.awaiting_signature_by(signer)
        .select_related(
            "requirement", "staff_member", "person", "topic", "completion__record"
        )
        .select_related("completion__topic")
        .prefetch_related("completion__record__evidence", *EMPLOYMENT)
    )


def _signed_meanwhile(
    completions: set[int], staff: QuerySet[StaffMember]
) -> list[tuple[str, str]]:
    """Topic and signer, for staff one may sign for: numbers can be guessed."""
    signed = SignOff.objects.in_force().filter(
        completion__in=completions, staff_member__in=staff
    )
    return [
        (str(each.completion.topic), str(each.signer))
        for each in signed.select_related("completion__topic", "signer")
    ]


def _capacities(
    signer: Person, items: Sequence[PlanItem], at: datetime.datetime
) -> dict[int, str]:
    """As what the signer signs for each staff member."""
    capacities = {
        item.staff_member_id: SignOff.Capacity.DIRECTOR.value for item in items
    }
    ties = ties_in_force(timezone.localdate(at)).filter(
        supervisor=signer, scope="plan", staff_member__in=capacities
    )
    for staff_member, kind in ties.values_list("staff_member", "kind"):
        if kind != SupervisionTie.Kind.BACKUP:
            capacities[staff_member] = SignOff.Capacity.SUPERVISOR.value
        elif capacities[staff_member] == SignOff.Capacity.DIRECTOR:
            capacities[staff_member] = SignOff.Capacity.BACKUP.value
    return capacities


def _signature(
    item: PlanItem,
    signer: Person,
    capacity: str,
    at: datetime.datetime,
    still_needs: str = "",
    signed_as: str = "",
) -> SignOff:
    salt = secrets.token_hex(16)
    return SignOff(
        person_id=item.person_id,
        staff_member_id=item.staff_member_id,
        completion=item.completion,
        signer=signer,
        capacity=capacity,
        signed_at=at,
        salt=salt,
        still_needs=still_needs,
        signed_as=signed_as,
        digest=signed_digest(item.completion, salt, still_needs, signed_as),
    )
