from celery import shared_task
from django.utils import timezone

from . import actions, audit, outbox


@shared_task
def work_outbox() -> int:
    return outbox.drain()


@shared_task
def seal_trail() -> int:
    return audit.seal()


@shared_task
def inspect_trail() -> int:
    """Check the chain, so that no page has to; returns how much does not fit."""
    return len(audit.inspect())


@shared_task
def carry_out_deletions() -> int:
    return actions.enqueue_due_deletions(at=timezone.now())


@shared_task
def apply_retention() -> list[str]:
    return actions.apply_retention(at=timezone.now())


@shared_task
def end_due_histories() -> int:
    return actions.end_due_histories(at=timezone.now())
