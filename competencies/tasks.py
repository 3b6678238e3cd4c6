from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task
def sync_everyone() -> int:
    """A role that ended yesterday ends its lines, though nobody touched anything;
    returns how many people there are to bring up to date."""
    return actions.sync_everyone(by=None, at=timezone.now()).people
