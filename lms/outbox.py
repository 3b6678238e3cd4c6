"""Work that must happen, once.

An act and the work it causes are one transaction: the action calls ``enqueue``. The
work is done by a handler, which apps register with the hook
``register_lms_outbox_handlers`` (no argument, returns a list of ``Handler``). The
handler runs in one transaction with the mark that the message is done, so what it
writes to the database is written exactly once, whoever dies when. What it sends
elsewhere it may send again after a crash: give it a key the other side can recognise.

``drain`` has three callers: the Celery task, ``manage.py outbox work``, and tests.
Never a web request; on commit it only rings the bell.
"""

import datetime
import logging
import random
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from celery import current_app
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail import hooks

from .conf import conf
from .models import OutboxMessage

LEASE = datetime.timedelta(seconds=60)
MOST_ATTEMPTS = 8

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Handler:
    """``run(payload, at)`` does the work of one kind of message, in a transaction."""

    kind: str
    run: Callable[[dict[str, Any], datetime.datetime], None]


def enqueue(
    *,
    kind: str,
    key: str,
    payload: dict[str, Any],
    due_at: datetime.datetime | None = None,
) -> None:
    """Ask for work, in the caller's transaction. The same key asks only once."""
    message = OutboxMessage(
        kind=kind, key=key, payload=payload, due_at=due_at or timezone.now()
    )
    OutboxMessage.objects.bulk_create([message], ignore_conflicts=True)
    transaction.on_commit(_ring, robust=True)


def _ring() -> None:
    """Wake a worker. If none hears it, the next tick of the clock finds the work."""
    if not conf.runs_work_inline:
        current_app.send_task("lms.tasks.work_outbox", retry=False)


def handlers() -> dict[str, Handler]:
    return {
        handler.kind: handler
        for register in hooks.get_hooks("register_lms_outbox_handlers")
        for handler in register()
    }


def drain() -> int:
    """Do all the work that is due; returns how many messages were done."""
    known, done = handlers(), 0
    while message := _lease(list(known)):
        done += _work(message, known[message.kind])
    return done


def _lease(kinds: list[str]) -> OutboxMessage | None:
    """Take the oldest message that is due, by moving its due time ahead.

    Two workers may pick the same one; the update of only one of them finds the row
    as it was. A worker that dies leaves a message that falls due again.
    """
    while True:
        now = timezone.now()
        waiting = OutboxMessage.objects.filter(
            done_at=None, given_up_at=None, due_at__lte=now, kind__in=kinds
        )
        message = waiting.order_by("due_at", "pk").first()
        if message is None:
            return None
        lease = secrets.token_hex(16)
        taken = waiting.filter(pk=message.pk, lease=message.lease).update(
            lease=lease, due_at=now + LEASE, attempts=F("attempts") + 1
        )
        if taken:
            message.lease, message.attempts = lease, message.attempts + 1
            return message


def _work(message: OutboxMessage, handler: Handler) -> bool:
    mine = OutboxMessage.objects.filter(pk=message.pk, lease=message.lease)
    try:
        with transaction.atomic():
            if not mine.select_for_update().filter(done_at=None).exists():
                return False
            handler.run(message.payload, timezone.now())
            mine.update(done_at=timezone.now(), last_error="")
    except Exception as error:
        logger.exception("Outbox message %s was not done", message.pk)
        mine.update(**_after_a_failure(message.attempts, error))
        return False
    return True


def _after_a_failure(attempts: int, error: Exception) -> dict[str, Any]:
    now = timezone.now()
    changes: dict[str, Any] = {"last_error": f"{type(error).__name__}: {error}"[:500]}
    if attempts >= MOST_ATTEMPTS:
        return {**changes, "given_up_at": now}
    wait = 2**attempts * random.uniform(1, 1.5)  # noqa: S311  (jitter)
    return {**changes, "due_at": now + datetime.timedelta(seconds=wait)}
