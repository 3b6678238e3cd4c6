"""The trail: what happened, for good.

``record`` and ``record_many`` write at once, inside the caller's transaction. The
database refuses to change a row, and to delete one of the last twelve months (``arm``
puts the triggers in place after every migration: SQLite drops them when it rebuilds a
table). ``seal`` chains new rows by hash; ``verify`` says where the chain no longer fits
the rows. ``expire`` lets whole months go from the beginning of the chain and leaves the
hash of its last link in an entry of its own, from which ``verify`` goes on.

``opened`` is for every page that shows somebody's words to another.
"""

import datetime
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.db import connection, models, transaction
from django.utils import timezone

from .models import AuditEntry, AuditSeal, Person

FOUND_KEY = "lms-trail-found"
EXPIRED = "trail.expired"

TRIGGERS = {
    "sqlite": """
        CREATE TRIGGER IF NOT EXISTS {table}_no_{act} BEFORE {act} ON {table}
        WHEN {when}
        BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END
    """,
    "postgresql": """
        CREATE OR REPLACE FUNCTION lms_refuse() RETURNS trigger AS $$
        BEGIN RAISE EXCEPTION 'the trail is append-only'; END $$ LANGUAGE plpgsql;
        CREATE OR REPLACE TRIGGER {table}_no_{act} BEFORE {act} ON {table}
        FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION lms_refuse()
    """,
}
OLDEST_MONTH = {
    "sqlite": "strftime('%Y-%m', 'now', 'start of month', '-1 year')",
    "postgresql": "to_char(now() AT TIME ZONE 'UTC' - interval '1 year', 'YYYY-MM')",
}
MONTH_OF = {
    "sqlite": {
        AuditEntry: "substr(OLD.at, 1, 7)",
        AuditSeal: "OLD.segment",
    },
    "postgresql": {
        AuditEntry: "to_char(OLD.at AT TIME ZONE 'UTC', 'YYYY-MM')",
        AuditSeal: "OLD.segment",
    },
}
DROP = {
    "sqlite": "DROP TRIGGER IF EXISTS {table}_no_{act}",
    "postgresql": "DROP TRIGGER IF EXISTS {table}_no_{act} ON {table}",
}


def _run(statements: dict[str, str]) -> None:
    """For both tables: no change ever, no deletion of what is younger than a year."""
    vendor = connection.vendor
    with connection.cursor() as cursor:
        for model, month in MONTH_OF[vendor].items():
            is_young = f"{month} >= {OLDEST_MONTH[vendor]}"
            for act, when in {"update": "true", "delete": is_young}.items():
                cursor.execute(
                    statements[vendor].format(
                        table=model._meta.db_table, act=act, when=when
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


def opened(
    *,
    what: str,
    reader: Person,
    about: Person,
    target: models.Model,
    at: datetime.datetime,
) -> None:
    """Somebody was shown another's words: one row a page, none for one's own."""
    if reader != about:
        record(act=f"{what}.opened", actor=reader, about=about, target=target, at=at)


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
    previous = last.digest if last else _head()
    seals = []
    sealed = AuditSeal.objects.values("entry_id")
    for row in AuditEntry.objects.exclude(pk__in=sealed).order_by("pk"):
        previous = _digest(previous, row)
        month = _month(row.at)
        seals.append(AuditSeal(entry_id=row.pk, segment=month, digest=previous))
    AuditSeal.objects.bulk_create(seals, batch_size=500)
    return len(seals)


def verify() -> list[str]:
    """A sentence for everything that does not fit; empty when the trail is whole."""
    faults, previous = [], _head()
    rows = AuditEntry.objects.in_bulk()
    for link in AuditSeal.objects.order_by("pk"):
        row = rows.get(link.entry_id)
        if row is None:
            faults.append(f"Entry {link.entry_id} was sealed and is gone.")
        elif _digest(previous, row) != link.digest:
            faults.append(f"Entry {link.entry_id} is not what was sealed.")
        previous = link.digest
    return faults


def _head() -> str:
    """The link before the first: the last one of what has expired, or none."""
    last = AuditEntry.objects.filter(act=EXPIRED).order_by("-pk").first()
    return last.facts["digest"] if last else ""


def _month(at: datetime.datetime) -> str:
    return f"{at.astimezone(datetime.UTC):%Y-%m}"


@transaction.atomic
def expire(*, at: datetime.datetime) -> int:
    """Let go of the months that ended twelve months ago; returns how many entries.

    Only from the beginning of the chain: an entry that was written late, behind
    younger ones, goes when these do. What is not sealed yet stays.
    """
    this_month = at.astimezone(datetime.UTC).replace(day=1)
    kept_from = _month(this_month.replace(year=this_month.year - 1))
    seals = AuditSeal.objects.select_for_update().order_by("pk")
    first_kept = seals.filter(segment__gte=kept_from).first()
    old = seals.filter(pk__lt=first_kept.pk) if first_kept else seals
    last = old.last()
    if last is None:
        return 0
    entries, _rows = AuditEntry.objects.filter(pk__in=old.values("entry_id")).delete()
    AuditSeal.objects.filter(pk__lte=last.pk).delete()
    facts = {"digest": last.digest, "until": last.segment, "entries": entries}
    record(act=EXPIRED, actor=None, about=None, at=at, facts=facts)
    seal()
    return entries


def inspect() -> list[str]:
    """Verify, and leave what was found where the administrator's page reads it."""
    found = verify()
    cache.set(FOUND_KEY, {"at": timezone.now(), "faults": found}, timeout=None)
    return found
