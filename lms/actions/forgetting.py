"""Somebody wants their data gone: asked, taken back, done, and done again.

What goes stands in the privacy registry. A deletion leaves a tombstone, a file beside
the database: when an older backup is restored, ``reapply_deletions`` reads them.
"""

import datetime
import json
from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lms import audit, outbox, vault
from lms.conf import conf
from lms.models import DeletionRequest, Person
from lms.privacy import holdings

DELETE, TELL = "lms.delete", "lms.tell_of_deletion"


@transaction.atomic
def ask_for_deletion(*, person: Person, at: datetime.datetime) -> DeletionRequest:
    """One's own act. Asked twice, the first one counts."""
    request, is_new = DeletionRequest.objects.waiting().get_or_create(
        person=person, defaults={"asked_at": at}
    )
    if is_new:
        outbox.enqueue(kind=TELL, key=str(request.pk), payload={"request": request.pk})
        audit.record(act="data.deletion_asked", actor=person, about=person, at=at)
    return request


@transaction.atomic
def take_deletion_back(*, person: Person, at: datetime.datetime) -> bool:
    """False when nothing waits any more."""
    waiting = DeletionRequest.objects.waiting().filter(person=person)
    if not waiting.update(taken_back_at=at):
        return False
    audit.record(act="data.deletion_taken_back", actor=person, about=person, at=at)
    return True


@transaction.atomic
def enqueue_due_deletions(*, at: datetime.datetime) -> int:
    due = DeletionRequest.objects.due(at)
    for request in due:
        outbox.enqueue(
            kind=DELETE,
            key=f"{request.pk}:{at:%Y-%m-%d}",
            payload={"request": request.pk},
        )
    return len(due)


def delete_from_outbox(payload: Mapping[str, Any], at: datetime.datetime) -> None:
    asked = DeletionRequest.objects.due(at).filter(pk=payload["request"]).first()
    if asked:
        carry_out_deletion(asked=asked, at=at)


@transaction.atomic
def carry_out_deletion(*, asked: DeletionRequest, at: datetime.datetime) -> bool:
    """Let go of what the registry lets go; False when the request was taken back.

    The tombstone is written last: where something else goes wrong there is none, and
    the request can still be taken back.
    """
    if not DeletionRequest.objects.waiting().filter(pk=asked.pk).update(done_at=at):
        return False
    person = Person.objects.select_for_update().get(pk=asked.person_id)
    vault.shred(person=person, by=None, at=at)
    _forget(person)
    audit.record(act="data.deleted", actor=None, about=person, at=at)
    for each in Person.objects.filter(Q(pk=person.pk) | Q(merged_into=person)):
        _write_tombstone(str(each.uuid), at)
    return True


@transaction.atomic
def reapply_deletions(*, at: datetime.datetime) -> int:
    """After a restore: do again what the restored database does not know of."""
    done = 0
    for person_uuid, deleted_at in _tombstones():
        person = Person.objects.filter(uuid=person_uuid).first()
        if person is None or _is_known(person, deleted_at):
            continue
        asked, _is_new = DeletionRequest.objects.waiting().get_or_create(
            person=person, defaults={"asked_at": deleted_at}
        )
        done += carry_out_deletion(asked=asked, at=at)
    return done


def recall_deletions() -> list[tuple[str, datetime.datetime]]:
    """What a restore must not forget, also where it brings back older tombstones."""
    return _tombstones()


def remember_deletions(recalled: list[tuple[str, datetime.datetime]]) -> list[str]:
    known = _tombstones()
    for person_uuid, deleted_at in recalled:
        if (person_uuid, deleted_at) not in known:
            _write_tombstone(person_uuid, deleted_at)
    done = reapply_deletions(at=timezone.now())
    return [f"Deletions done again, as they had been: {done}."] if done else []


def _is_known(person: Person, deleted_at: datetime.datetime) -> bool:
    done = DeletionRequest.objects.filter(person=person, done_at__gte=deleted_at)
    return done.exists()


def _write_tombstone(person_uuid: str, at: datetime.datetime) -> None:
    """Whose and when, no words. One file each: two workers never write the same."""
    told = {"person": person_uuid, "deleted_at": at.isoformat()}
    conf.tombstones.save(f"{person_uuid}.json", ContentFile(json.dumps(told)))


def _tombstones() -> list[tuple[str, datetime.datetime]]:
    """Every deletion so far, the newest of each person."""
    newest: dict[str, datetime.datetime] = {}
    try:
        _folders, names = conf.tombstones.listdir("")
    except FileNotFoundError:
        return []
    for name in names:
        with conf.tombstones.open(name) as file:
            told = json.load(file)
        at = datetime.datetime.fromisoformat(told["deleted_at"])
        person = told["person"]
        newest[person] = max(at, newest.get(person, at))
    return list(newest.items())


def _forget(person: Person) -> None:
    """Rooms upstairs first: what they hold hangs from what the hub holds."""
    found = [
        (holding, list(holding.rows(person).values_list("pk", flat=True)))
        for holding in reversed(holdings())
    ]
    for holding, keys in found:
        rows = holding.model._default_manager.filter(pk__in=keys)
        if holding.fate.removes_the_row:
            rows.delete()
        else:
            for blanking in holding.blankings():
                blanking.apply(rows)
