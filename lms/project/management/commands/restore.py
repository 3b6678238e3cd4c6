from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lms.project.backups import Backup, BackupError


class Command(BaseCommand):
    help = "Brings back what a backup holds, or leaves everything as it was."
    requires_system_checks: list = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("copy", type=Path, help="a folder that “backup” made")
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--keys", type=Path, help="the folder with its keys")
        which.add_argument(
            "--without-keys", action="store_true", help="sealed texts stay closed"
        )
        parser.add_argument(
            "--replace", action="store_true", help="also where there is a program"
        )
        parser.add_argument(
            "--no-input", action="store_true", help="with --replace: do not ask"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            copy = Backup.read(options["copy"], options["keys"])
            self._ask(copy.preview(), **options)
            for sentence in copy.restore(timezone.now()):
                self.stdout.write(sentence)
        except BackupError as error:
            raise CommandError(str(error)) from error

    def _ask(
        self, preview: list[str], *, replace: bool, no_input: bool, **options: Any
    ) -> None:
        for line in preview:
            self.stdout.write(line)
        if not preview or (replace and no_input):
            return
        if not replace:
            raise BackupError("Nothing was changed. If you are sure, add --replace.")
        if input("Type yes to go on: ").strip().lower() != "yes":
            raise BackupError("Nothing was changed.")
