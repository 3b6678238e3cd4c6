"""The trail: what happened, for good.

``record`` and ``record_many`` write at once, inside the caller's transaction. The
database refuses to change or delete a row (``arm`` puts the triggers in place after
every migration: SQLite drops them when it rebuilds a table). ``seal`` chains new rows
by hash; ``verify`` says where the chain no longer fits the rows.
"""

import datetime
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db import connection, models, transaction

from .models import AuditEntry, AuditSeal, Person

GUARDED = [AuditEntry, AuditSeal]

TRIGGERS = {
    "sqlite": """
        CREATE TRIGGER IF NOT EXISTS {table}_no_{act} BEFORE {act} ON {table}
        BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END
    """,
    "postgresql": """
        CREATE OR REPLACE FUNCTION lms_refuse() RETURNS trigger AS $$
        BEGIN RAISE EXCEPTION 'the trail is append-only'; END $$ LANGUAGE plpgsql;
        CREATE OR REPLACE TRIGGER {table}_no_{act} BEFORE {act} ON {table}
        FOR EACH ROW EXECUTE FUNCTION lms_refuse()
    """,
}
DROP = {
    "sqlite": "DROP TRIGGER IF EXISTS {table}_no_{act}",
    "postgresql": "DROP TRIGGER IF EXISTS {table}_no_{act} ON {table}",
}


def _run(statements: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        for model in GUARDED:
            for act in ("update", "delete"):
                cursor.execute(
                    statements[connection.vendor].format(
                        table=model._meta.db_table, act=act
                    )
                )


def arm() -> None:
    _run(TRIGGERS)


def disarm() -> None:
    """Let the tables be emptied: for flushing a test database, nothing else."""
    _run(DROP)


def entry(
    *,
    act: str,
    actor: Person | None,
    about: Person | None,
    at: datetime.datetime,
    target: models.Model | None = None,
    facts: dict[str, Any] | None = None,
) -> AuditEntry:
    return AuditEntry(
        at=at,
        act=act,
        actor=actor,
        about=about,
        target=f"{target._meta.label_lower}:{target.pk}" if target else "",
        facts=facts or {},
    )


def record(**what: Any) -> None:
    """Write one row; takes what ``entry`` takes."""
    entry(**what).save()


def record_many(entries: Iterable[AuditEntry]) -> None:
    AuditEntry.objects.bulk_create(entries)


def _digest(previous: str, row: AuditEntry) -> str:
    told = {
        "pk": row.pk,
        "at": row.at.astimezone(datetime.UTC).isoformat(),
        "act": row.act,
        "actor": row.actor_id,
        "about": row.about_id,
        "target": row.target,
        "facts": row.facts,
    }
    text = previous + json.dumps(told, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def seal() -> int:
    """Chain every row that is not chained yet; returns how many.

    Rows are chained in the order in which they are found, not by number: a lower
    number may be committed after a higher one.
    """
    last = AuditSeal.objects.select_for_update().order_by("-pk").first()
    previous = last.digest if last else ""
    seals = []
    sealed = AuditSeal.objects.values("entry_id")
    for row in AuditEntry.objects.exclude(pk__in=sealed).order_by("pk"):
        previous = _digest(previous, row)
        seals.append(
            AuditSeal(entry_id=row.pk, segment=f"{row.at:%Y-%m}", digest=previous)
        )
    AuditSeal.objects.bulk_create(seals, batch_size=500)
    return len(seals)


def verify() -> list[str]:
    """A sentence for everything that does not fit; empty when the trail is whole."""
    faults, previous = [], ""
    rows = AuditEntry.objects.in_bulk()
    for link in AuditSeal.objects.order_by("pk"):
        row = rows.get(link.entry_id)
        if row is None:
            faults.append(f"Entry {link.entry_id} was sealed and is gone.")
        elif _digest(previous, row) != link.digest:
            faults.append(f"Entry {link.entry_id} is not what was sealed.")
        previous = link.digest
    return faults
