"""The ready-made site. One host among many: nothing imports it."""

from .celery import app as celery_app

__all__ = ["celery_app"]
