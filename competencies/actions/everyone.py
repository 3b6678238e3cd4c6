"""Brings everybody's plans up to date in the background, a batch a message."""

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from competencies.models import PlanSync
from lms import audit, outbox
from lms.models import OutboxMessage, Person, StaffMember

from .syncing import sync_plans

SYNC = "lms_competencies.sync_plans"
TOGETHER = 500


@transaction.atomic
def sync_everyone(*, by: Person | None, at: datetime.datetime) -> PlanSync:
    """Ask for it after a change for all, such as a version of a plan; returns the run,
    on which the progress can be read.

    ``by`` is who made the change; it goes into the trail.
    """
    run = PlanSync.objects.create(asked_at=at, people=_employed(at, after=0).count())
    _ask_for(run)
    audit.record(act="plans.sync_asked", actor=by, about=None, target=run, at=at)
    return run


def _employed(at: datetime.datetime, *, after: int) -> QuerySet[StaffMember]:
    """Whom it is for: a plan of somebody who left stays as it was."""
    employed = StaffMember.objects.employed(timezone.localdate(at))
    return employed.filter(pk__gt=after).order_by("pk")


def _ask_for(run: PlanSync) -> None:
    outbox.enqueue(
        kind=SYNC,
        key=f"{run.pk}:{run.last}",
        payload={"sync": run.pk, "after": run.last},
    )


def sync_from_outbox(payload: Mapping[str, int], at: datetime.datetime) -> None:
    """Sync one batch, note how far it came, and ask for the next."""
    waiting = PlanSync.objects.select_for_update().filter(finished_at=None)
    run = waiting.filter(pk=payload["sync"], last=payload["after"]).first()
    if run is None:  # another message has done it
        return
    batch = list(_employed(at, after=run.last)[:TOGETHER])
    done = sync_plans(staff_members=batch, at=at)
    run.counts = dict(Counter(run.counts) + Counter(asdict(done)))
    run.people_done += len(batch)
    if batch:
        run.last = batch[-1].pk
    if len(batch) < TOGETHER:
        run.finished_at = at
    else:
        _ask_for(run)
    run.save(update_fields=["counts", "people_done", "last", "finished_at"])


def has_stopped(run: PlanSync) -> bool:
    """Whether the worker has given up on the batch that comes next."""
    asked = OutboxMessage.objects.filter(kind=SYNC, key=f"{run.pk}:{run.last}")
    return run.finished_at is None and asked.exclude(given_up_at=None).exists()
