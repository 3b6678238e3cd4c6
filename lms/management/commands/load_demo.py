from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lms import outbox
from lms.registry import demo_data


class Command(BaseCommand):
    help = "Fills a demonstration program with believable people and their records."

    def handle(self, *args: Any, **options: Any) -> None:
        if not getattr(settings, "LMS_IS_DEMO", False):
            raise CommandError(
                "Demo people exist only with demo settings. Set "
                "DJANGO_SETTINGS_MODULE=lms.project.settings.demo to look around."
            )
        for data_set in demo_data():
            for sentence in data_set.load():
                self.stdout.write(f"{data_set.label}: {sentence}")
        outbox.drain()
