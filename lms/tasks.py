from celery import shared_task

from . import audit, outbox


@shared_task
def work_outbox() -> int:
    return outbox.drain()


@shared_task
def seal_trail() -> int:
    return audit.seal()
