from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from lms.actions import PackHasFaults
from lms.registry import starter_data


class Command(BaseCommand):
    help = "Loads the plan, modules and awards a program begins with. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        for data_set in starter_data():
            try:
                with transaction.atomic():
                    changes = data_set.load()
            except PackHasFaults as error:
                raise CommandError(f"{data_set.label}: {error}") from None
            said = changes or ["nothing to change"]
            for sentence in said:
                self.stdout.write(f"{data_set.label}: {sentence}")
