import os
from typing import Any

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.project.settings.demo")

app = Celery("alongside")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def say_that_a_worker_is_here(**kwargs: Any) -> None:
    """At once, and then with every beat: ``/healthz`` listens for it."""
    app.send_task("lms.project.tasks.leave_heartbeat")
