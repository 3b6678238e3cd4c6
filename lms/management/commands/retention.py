from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lms import actions


class Command(BaseCommand):
    help = "Says what has been kept long enough; with --apply, lets it go."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--apply", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        is_trial = not options["apply"]
        for sentence in actions.apply_retention(at=timezone.now(), is_trial=is_trial):
            self.stdout.write(sentence)
