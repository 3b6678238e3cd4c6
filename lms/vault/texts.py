"""Sealing, opening and sharing words."""

import contextlib
import datetime
from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from lms import audit
from lms.models import DataKey, Person, SealedShare, SealedText

from . import ring as key_ring
from .envelope import SealBrokenError, decrypt, encrypt, pad, unpad
from .keys import hold, unwrap


def _binding_of(sealed: SealedText) -> list[str]:
    return [
        SealedText._meta.label_lower,
        str(sealed.pk),
        str(sealed.person_id),
        str(sealed.key),
        sealed.kind,
        sealed.table,
        sealed.row,
        sealed.field,
    ]


@sensitive_variables()
@transaction.atomic
def seal(
    text: str,
    *,
    person: Person,
    kind: str,
    row: models.Model,
    field: str,
    on: datetime.date,
) -> SealedText:
    """Seal somebody's words in a field of a row that has its key.

    What they had sealed there goes, and its shares with it: a changed text is a new
    one, and was shown to nobody yet.
    """
    if row.pk is None:
        raise ValueError("The row that words are sealed in needs its key first.")
    data_key, key = hold(person, kind)
    SealedText.objects.filter(person=person).of(row, field).delete()
    sealed = SealedText(
        person=person,
        kind=kind,
        table=row._meta.label_lower,
        row=str(row.pk),
        field=field,
        key=data_key.pk,
        sealed_on=on,
    )
    sealed.ciphertext = encrypt(key, pad(text), _binding_of(sealed))
    sealed.save(force_insert=True)
    return sealed


@sensitive_variables()
def open_own(sealed: SealedText, *, by: Person) -> str:
    """An author's words for the author. Leaves no trace."""
    if sealed.person_id != by.pk:
        raise PermissionDenied
    return unseal(sealed)


@sensitive_variables()
def open_own_many(texts: Iterable[SealedText], *, by: Person) -> dict[UUID, str]:
    """Many of an author's own, by the id of each; what does not open is left out."""
    texts = list(texts)
    if any(sealed.person_id != by.pk for sealed in texts):
        raise PermissionDenied
    ring = key_ring.load()
    keys = {
        data_key.pk: unwrap(ring, data_key)
        for data_key in DataKey.objects.filter(pk__in={text.key for text in texts})
    }
    found = {}
    for sealed in texts:
        with contextlib.suppress(KeyError, SealBrokenError):
            found[sealed.pk] = _opened(sealed, keys[sealed.key])
    return found


@sensitive_variables()
@transaction.atomic
def open_shared(sealed: SealedText, *, by: Person, at: datetime.datetime) -> str:
    """Somebody else's words, while a share lasts; the trail says who opened them."""
    shares = SealedShare.objects.current(timezone.localdate(at))
    if not shares.filter(text=sealed, reader=by).select_for_update().exists():
        raise PermissionDenied
    audit.record(
        act="sealed.opened",
        actor=by,
        about=sealed.person,
        target=sealed,
        at=at,
        facts={"kind": sealed.kind},
    )
    return unseal(sealed)


def unseal(sealed: SealedText) -> str:
    """For this package alone: whoever calls it has asked who may read."""
    ring = key_ring.load()
    data_key = DataKey.objects.filter(pk=sealed.key).first()
    if data_key is None:
        raise SealBrokenError
    return _opened(sealed, unwrap(ring, data_key))


def _opened(sealed: SealedText, key: bytes) -> str:
    return unpad(decrypt(key, bytes(sealed.ciphertext), _binding_of(sealed)))


def share(
    sealed: SealedText,
    *,
    by: Person,
    reader: Person,
    starts_on: datetime.date,
    ends_on: datetime.date,
) -> SealedShare:
    """Show one text to one person, until a day. Delete the share to withdraw it.

    Neither leaves a trace, like all that an author does with their own words: a line on
    the trail would tell that there are some. The trail says who opened them.
    """
    if sealed.person_id != by.pk:
        raise PermissionDenied
    shared, _is_new = SealedShare.objects.update_or_create(
        text=sealed,
        reader=reader,
        defaults={"starts_on": starts_on, "ends_on": ends_on},
    )
    return shared


@sensitive_variables()
@transaction.atomic
def move(*, person: Person, to: Person) -> None:
    """Seal anew what belongs to a record that proved to be the same human's."""
    for sealed in SealedText.objects.filter(person=person).select_for_update():
        text = unseal(sealed)
        data_key, key = hold(to, sealed.kind)
        sealed.person, sealed.key = to, data_key.pk
        sealed.ciphertext = encrypt(key, pad(text), _binding_of(sealed))
        sealed.save(update_fields=["person", "key", "ciphertext"])
    SealedShare.objects.filter(reader=person).update(reader=to)
