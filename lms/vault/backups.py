"""Data keys, kept apart from the database dump: still wrapped, for 35 days.

A dump without its keys opens nothing. A restore brings the newest file back, so that a
key that was shredded stays gone, however old the dump is.
"""

import base64
import datetime
import json
import uuid
from pathlib import Path
from typing import Any

from django.db import transaction

from lms.models import DataKey, Person, SealedText, ShreddedKey

from .keys import KEPT, open_ring, opens

NAME = "data-keys-{}.json"


def export_data_keys() -> dict[str, Any]:
    """All data keys, wrapped, and the ids of those that must stay gone."""
    return {
        "keys": [
            {
                "id": str(key.pk),
                "person": key.person_id,
                "kind": key.kind,
                "wrapping_key": key.wrapping_key,
                "wrapped": base64.b64encode(bytes(key.wrapped)).decode(),
            }
            for key in DataKey.objects.iterator()
        ],
        "shredded": recall_shredded(),
    }


def recall_shredded() -> list[dict[str, str]]:
    """The keys that must stay gone, whatever is restored."""
    return [
        {"id": str(key.pk), "on": key.shredded_on.isoformat()}
        for key in ShreddedKey.objects.iterator()
    ]


@transaction.atomic
def keep_shredded(told: list[dict[str, str]]) -> list[str]:
    """Destroy once more what a restored database brought back; says how many."""
    ShreddedKey.objects.bulk_create(
        [ShreddedKey(pk=row["id"], shredded_on=row["on"]) for row in told],
        ignore_conflicts=True,
    )
    gone = ShreddedKey.objects.values("pk")
    SealedText.objects.filter(key__in=gone).delete()
    count, _tables = DataKey.objects.filter(pk__in=gone).delete()
    return [f"Keys destroyed again, as they had been: {count}."] if count else []


@transaction.atomic
def import_data_keys(told: dict[str, Any]) -> list[str]:
    """Bring keys back into a database restored without them; a sentence for each that
    stays out. What was shredded since the dump was made goes again."""
    ring = open_ring()
    keep_shredded(told["shredded"])
    shredded = set(ShreddedKey.objects.values_list("pk", flat=True))
    people = set(Person.objects.values_list("pk", flat=True))
    fit, faults = [], []
    for row in told["keys"]:
        key = _key(row)
        if key.pk in shredded:
            continue
        if key.person_id not in people:
            faults.append(f"Data key {key.pk}: person {key.person_id} is not here.")
        elif not opens(ring, key):
            faults.append(f"Data key {key.pk} does not open with this key ring.")
        else:
            fit.append(key)
    DataKey.objects.bulk_create(
        fit,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["wrapping_key", "wrapped"],
    )
    return faults


def _key(row: dict[str, Any]) -> DataKey:
    return DataKey(
        pk=uuid.UUID(row["id"]),
        person_id=row["person"],
        kind=row["kind"],
        wrapping_key=row["wrapping_key"],
        wrapped=base64.b64decode(row["wrapped"]),
    )


def back_up(*, folder: Path, on: datetime.date) -> Path:
    """Write today's file, and remove those older than 35 days."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / NAME.format(on.isoformat())
    beside = path.with_suffix(".partial")
    beside.touch(mode=0o600)
    beside.write_text(json.dumps(export_data_keys(), indent=1))
    beside.replace(path)
    oldest = NAME.format((on - KEPT).isoformat())
    for old in folder.glob(NAME.format("*")):
        if old.name < oldest:
            old.unlink()
    return path


def newest(folder: Path) -> Path | None:
    return max(folder.glob(NAME.format("*")), default=None)


def restore(*, folder: Path) -> list[str]:
    """Import the newest file of the folder; raises FileNotFoundError without one."""
    path = newest(folder)
    if path is None:
        raise FileNotFoundError(folder)
    return import_data_keys(json.loads(path.read_text()))
