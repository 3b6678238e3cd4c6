from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task
def remind() -> int:
    return actions.ask_for_reminders(on=timezone.localdate())
