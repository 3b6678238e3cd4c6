from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from lms.registry import starter_data


class Command(BaseCommand):
    help = "Loads the plan, modules and awards a program begins with. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        for data_set in starter_data():
            with transaction.atomic():
                changes = data_set.load()
            said = changes or ["nothing to change"]
            for sentence in said:
                self.stdout.write(f"{data_set.label}: {sentence}")
