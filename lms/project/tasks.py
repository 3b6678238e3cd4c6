from celery import shared_task
from django.core.cache import cache

from lms.conf import conf


@shared_task
def leave_heartbeat() -> None:
    """Say that a worker is alive; ``/healthz`` looks for it."""
    cache.set(conf.heartbeat_key, "alive", timeout=90)
