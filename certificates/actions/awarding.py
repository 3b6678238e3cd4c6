"""Gives an award to many at once, in batches that each either happen or do not.

A batch is one message of the outbox and one transaction with its counts: a worker that
dies leaves it to the next, and two runs at once find each other's certificates.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from certificates.models import Award, AwardRun, earned, not_yet_issued
from certificates.rules import Earned
from lms import audit, outbox
from lms.models import Person

from .issuing import issue_certificate

RUN = "lms_certificates.run"
BATCH = 25  # about two seconds of drawing, far from the outbox's lease of sixty


@transaction.atomic
def give_to_all_who_earned(
    *, award: Award, by: Person, at: datetime.datetime
) -> AwardRun:
    """Ask for a certificate for everybody who has earned one and has none yet."""
    rule = award.rule()
    waiting = not_yet_issued(rule, earned(rule, timezone.localdate(at)))
    people = sorted({each.person for each in waiting})
    return _begin(award, people, by, at, because="")


@transaction.atomic
def give_by_hand(
    *,
    award: Award,
    people: Iterable[Person],
    because: str,
    by: Person,
    at: datetime.datetime,
) -> AwardRun:
    """Ask for a certificate for each of those people, for a reason that the holder
    reads where others read what it took."""
    chosen = sorted({person.pk for person in people})
    return _begin(award, chosen, by, at, because)


def _begin(
    award: Award, people: list[int], by: Person, at: datetime.datetime, because: str
) -> AwardRun:
    run = AwardRun.objects.create(
        award=award, asked_at=at, because=because, people=len(people)
    )
    for start in range(0, len(people), BATCH):
        outbox.enqueue(
            kind=RUN,
            key=f"{run.pk}:{start}",
            payload={"run": run.pk, "people": people[start : start + BATCH]},
        )
    audit.record(
        act="award.given",
        actor=by,
        about=None,
        target=run,
        at=at,
        facts={"people": len(people)},
    )
    return run


def run_from_outbox(payload: Mapping[str, Any], at: datetime.datetime) -> None:
    run = AwardRun.objects.select_related("award").get(pk=payload["run"])
    people = [Person.numbered(pk).pk for pk in payload["people"]]
    issued = refused = 0
    for each in _to_issue(run, sorted(set(people)), timezone.localdate(at)):
        certificate = issue_certificate(award=run.award, what=each, at=at, run=run)
        issued += certificate is not None and certificate.run_id == run.pk
        refused += certificate is None
    AwardRun.objects.filter(pk=run.pk).update(
        looked_at=F("looked_at") + len(people),
        issued=F("issued") + issued,
        refused=F("refused") + refused,
    )


def _to_issue(run: AwardRun, people: list[int], on: datetime.date) -> list[Earned]:
    """In the order of the people: two batches then hold them in the same order."""
    if run.because:
        told = {"code": "", "title": run.because, "precision": ""}
        took = [{**told, "completed_on": run.asked_at.date().isoformat()}]
        cycle = f"by-hand:{run.pk}" if run.award.is_renewed else "by-hand"
        return [Earned(person, cycle, on, took) for person in people]
    rule = run.award.rule()
    waiting = not_yet_issued(rule, earned(rule, on, people))
    return sorted(waiting, key=lambda each: each.person)
