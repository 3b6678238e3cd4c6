"""Data keys: one for each person and class of text, all made together."""

import datetime
from collections.abc import Iterable
from itertools import pairwise

from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from lms import audit
from lms.models import DataKey, Person, SealedKind, SealedText, ShreddedKey

from . import ring as key_ring
from .envelope import new_key
from .ring import Ring, VaultClosedError

BATCH = 1000
SAMPLE = 3
KEPT = datetime.timedelta(days=35)


def binding_of(key: DataKey) -> list[str]:
    return [DataKey._meta.label_lower, str(key.pk), str(key.person_id), key.kind]


def unwrap(ring: Ring, key: DataKey) -> bytes:
    return ring.unwrap(bytes(key.wrapped), key.wrapping_key, binding_of(key))


def opens(ring: Ring, key: DataKey) -> bool:
    return ring.opens(bytes(key.wrapped), key.wrapping_key, binding_of(key))


@sensitive_variables()
def open_ring() -> Ring:
    """The ring, tried on this database's data keys: a wrong one is as good as none.

    Of the keys that each wrapping key wrapped, one of three must open.
    """
    ring = key_ring.load()
    wrapped_by = DataKey.objects.order_by().values_list("wrapping_key", flat=True)
    for wrapping_key in wrapped_by.distinct():
        sample = DataKey.objects.filter(wrapping_key=wrapping_key)[:SAMPLE]
        if not any(opens(ring, key) for key in sample):
            raise VaultClosedError("The key ring is not the one of this database.")
    return ring


def fault() -> str:
    """Why the vault is closed, in a sentence for the operator; empty when open."""
    try:
        open_ring()
    except VaultClosedError as closed:
        return str(closed)
    return ""


def init(*, on: datetime.date) -> None:
    """Make the ring. Raises FileExistsError where one is, and VaultClosedError where
    the database holds keys of another, which must be brought back instead."""
    if DataKey.objects.exists() and fault():
        raise VaultClosedError(
            "This database holds keys that another key ring wrapped. Bring that file "
            "back. If it is lost for good, so is what was sealed: then run "
            "“vault shred --everyone” first."
        )
    key_ring.make(on=on)


def prepare(person: Person) -> None:
    """Make the keys of somebody who joins, see ``prepare_many``."""
    prepare_many([person])


def prepare_many(people: Iterable[Person]) -> int:
    """Make the keys these people lack, of every class; returns how many.

    So that the existence of a key tells nothing. While the vault is closed none are
    made; they come with the next words that somebody without keys seals.
    """
    try:
        ring = open_ring()
    except VaultClosedError:
        return 0
    people = list(people)
    batches = (people[start : start + BATCH] for start in range(0, len(people), BATCH))
    return sum(_prepare(ring, batch) for batch in batches)


@sensitive_variables()
def _prepare(ring: Ring, people: list[Person]) -> int:
    held = set(
        DataKey.objects.filter(person__in=[person.pk for person in people])
        .order_by()
        .values_list("person", "kind")
    )
    fresh = [
        _wrapped(ring, DataKey(person_id=person.pk, kind=kind), new_key())
        for person in people
        for kind in SealedKind.values
        if (person.pk, kind) not in held
    ]
    return len(DataKey.objects.bulk_create(fresh))


def _wrapped(ring: Ring, key: DataKey, content: bytes) -> DataKey:
    key.wrapping_key = ring.newest.id
    key.wrapped = ring.wrap(content, binding_of(key))
    return key


def hold(person: Person, kind: str) -> tuple[DataKey, bytes]:
    """The key to seal with, held until the transaction ends: one seal at a time.

    Whoever lacks keys gets them at the same moment as everyone else who does, so that
    nobody can tell who was the first to write.
    """
    keys = DataKey.objects.filter(person=person, kind=kind).select_for_update()
    key = keys.first()
    if key is None:
        prepare_many(Person.objects.only("pk"))
        key = keys.first()
    ring = key_ring.load()
    if key is None:
        raise VaultClosedError(fault())
    return key, unwrap(ring, key)


def rotate(*, on: datetime.date) -> int:
    """Wrap every data key anew with a new key of the ring; returns how many.

    One that was interrupted is finished first, instead of another beginning. Keys of
    the ring that nothing needs, in the database or a backup that is kept, are dropped.
    """
    count = _rewrap(open_ring())
    if not count:
        count = _rewrap(key_ring.add_key(on=on))
    _drop_what_nothing_needs(on)
    return count


def _rewrap(ring: Ring) -> int:
    """In batches, each a transaction. What does not open is left as it is."""
    behind = DataKey.objects.exclude(wrapping_key=ring.newest.id)
    waiting = list(behind.values_list("pk", flat=True))
    return sum(
        _rewrap_batch(ring, waiting[start : start + BATCH])
        for start in range(0, len(waiting), BATCH)
    )


@transaction.atomic
def _rewrap_batch(ring: Ring, waiting: list) -> int:
    keys = DataKey.objects.filter(pk__in=waiting).select_for_update()
    fresh = [_wrapped(ring, key, unwrap(ring, key)) for key in keys if opens(ring, key)]
    DataKey.objects.bulk_update(fresh, ["wrapping_key", "wrapped"])
    return len(fresh)


def _drop_what_nothing_needs(on: datetime.date) -> None:
    keys = key_ring.load().keys
    used = set(
        DataKey.objects.order_by().values_list("wrapping_key", flat=True).distinct()
    )
    key_ring.drop_keys(
        {
            old.id
            for old, successor in pairwise(keys)
            if successor.made_on < on - KEPT and old.id not in used
        }
    )


@transaction.atomic
def shred(*, person: Person, by: Person | None, at: datetime.datetime) -> None:
    """Destroy a person's keys. What they sealed is unreadable for good, also in every
    backup of the database; here it is deleted too."""
    keys = DataKey.objects.filter(person=person)
    destroyed = list(keys.select_for_update().values_list("pk", flat=True))
    ShreddedKey.objects.bulk_create(
        ShreddedKey(pk=pk, shredded_on=timezone.localdate(at)) for pk in destroyed
    )
    SealedText.objects.filter(person=person).delete()
    keys.delete()
    audit.record(act="vault.shredded", actor=by, about=person, at=at)
