"""What every import goes through: begun, looked at, applied, forgotten.

The uploaded file is not kept: its lines are rows in the database, and go when they are
applied. Seven days after the upload the rest goes too; that is asked for at the upload,
as a message of the outbox that is due then.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from lms import audit, outbox
from lms.models import Agency, Import, ImportRow, OutboxMessage, Person
from lms.registry import import_kinds
from lms.rules import Kind
from lms.tables import Table

TOGETHER = 2000
APPLY = "lms.import_apply"
FORGET = "lms.import_forget"
State = Import.State
OPEN = (State.READ, State.LOOKED_AT)


@transaction.atomic
def begin(  # noqa: PLR0913  (which list of whom, brought by whom, when)
    *,
    kind: str,
    agency: Agency,
    table: Table,
    columns: Mapping[str, int],
    file_name: str,
    by: Person,
    at: datetime.datetime,
) -> Import:
    """Take the lines of a list in, to be looked at."""
    job = Import.objects.create(
        kind=kind,
        agency=agency,
        by=by,
        file_name=file_name[-150:],
        header=table.header,
        columns=dict(columns),
        read_at=at,
    )
    ImportRow.objects.bulk_create(
        (ImportRow(job=job, line=line, cells=cells) for line, cells in table.rows),
        batch_size=1000,
    )
    outbox.enqueue(
        kind=FORGET,
        key=f"{job.pk}",
        payload={"import": job.pk},
        due_at=at + Import.KEPT,
    )
    return job


def choose_columns(
    *, job: Import, columns: Mapping[str, int], is_day_first: bool
) -> None:
    """Say where in a line each thing stands, as long as nothing is brought in."""
    job.columns, job.is_day_first = dict(columns), is_day_first
    Import.objects.filter(pk=job.pk, state__in=OPEN).update(
        columns=job.columns, is_day_first=is_day_first
    )


@transaction.atomic
def look_at(*, job: Import) -> None:
    """Say of every line what it comes to; nothing else is written."""
    if not Import.objects.select_for_update().filter(pk=job.pk, state__in=OPEN):
        return  # being brought in already
    rows = list(job.rows.all())
    import_kinds()[job.kind].look(job, rows)
    _save(rows)
    job.counts = _counts(rows)
    job.state = State.LOOKED_AT
    job.save(update_fields=["counts", "state"])


def _save(rows: Iterable[ImportRow]) -> None:
    """Write rows over themselves: far quicker than an update of thousands."""
    ImportRow.objects.bulk_create(
        rows,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["kind", "label", "sentences"],
    )


def _counts(rows: Iterable[ImportRow]) -> dict[str, int]:
    return {str(kind): number for kind, number in Counter(r.kind for r in rows).items()}


@transaction.atomic
def ask_to_apply(*, job: Import) -> bool:
    """Somebody said: bring it in. Says whether that was still to be said."""
    batches = _batches(job)
    rounds = import_kinds()[job.kind].rounds if batches > 1 else 1
    waiting = Import.objects.filter(pk=job.pk, state=State.LOOKED_AT)
    is_first = waiting.update(state=State.ASKED, batches=batches * rounds)
    if is_first:
        _ask_for(job, batch=0)
    return bool(is_first)


def _batches(job: Import) -> int:
    """How many batches one round has."""
    return max(1, -(-job.rows.count() // TOGETHER))


def _ask_for(job: Import, *, batch: int, again: str = "") -> None:
    outbox.enqueue(
        kind=APPLY,
        key=f"{job.pk}:{batch}:{again}",
        payload={"import": job.pk, "batch": batch},
    )


def apply_from_outbox(payload: Mapping[str, Any], at: datetime.datetime) -> None:
    """Bring in one batch, mark it as done, and ask for the next."""
    waiting = Import.objects.select_for_update().filter(state=State.ASKED)
    job = waiting.filter(pk=payload["import"], batches_done=payload["batch"]).first()
    if job is None:  # thrown away, or another message has done it
        return
    Agency.objects.select_for_update().get(pk=job.agency_id)  # one list at a time
    batches = _batches(job)
    first = job.batches_done % batches * TOGETHER
    rows = [
        row
        for row in job.rows.all()[first : first + TOGETHER]
        if row.kind in (Kind.NEW, Kind.CHANGED)
    ]
    kind = import_kinds()[job.kind]
    kind.apply(job, rows, at, is_last=job.batches_done + batches >= job.batches)
    _save(row for row in rows if row.kind == Kind.WRONG)
    job.batches_done += 1
    job.save(update_fields=["batches_done"])
    if job.batches_done < job.batches:
        _ask_for(job, batch=job.batches_done)
    else:
        _finish(job, at)


def _finish(job: Import, at: datetime.datetime) -> None:
    """Tell the trail, and let go of every line that needs no other look."""
    job.counts = _counts(job.rows.all())
    job.state, job.finished_at = State.FINISHED, at
    job.save(update_fields=["counts", "state", "finished_at"])
    job.rows.exclude(kind=Kind.WRONG).delete()
    audit.record(
        act="list.brought_in",
        actor=job.by,
        about=None,
        target=job,
        at=at,
        facts={"kind": job.kind, **job.counts},
    )


def has_stopped(job: Import) -> bool:
    """Whether the worker has given up, so that somebody must say: go on."""
    asked = OutboxMessage.objects.filter(
        kind=APPLY, key__startswith=f"{job.pk}:{job.batches_done}:", done_at=None
    )
    return (
        job.state == State.ASKED
        and not asked.filter(given_up_at=None).exists()
        and asked.exists()
    )


@transaction.atomic
def go_on(*, job: Import, at: datetime.datetime) -> None:
    """Ask once more for the batch at which an import stopped."""
    _ask_for(job, batch=job.batches_done, again=at.isoformat())


def discard(*, job: Import) -> bool:
    """Put a list away, as long as nobody has asked to bring it in."""
    _count, gone = Import.objects.filter(pk=job.pk, state__in=OPEN).delete()
    return bool(gone)


def forget_from_outbox(payload: Mapping[str, Any], at: datetime.datetime) -> None:
    Import.objects.filter(pk=payload["import"]).delete()
