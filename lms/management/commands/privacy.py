from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lms import actions


class Command(BaseCommand):
    help = "After a restore: deletes again what had been deleted since that backup."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["reapply"])

    def handle(self, *args: Any, **options: Any) -> None:
        done = actions.reapply_deletions(at=timezone.now())
        self.stdout.write(f"{done} deletions done again.")
