from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lms.project.backups import Backup, BackupError, make_backup


class Command(BaseCommand):
    help = "Copies database, files and, apart, keys; or proves that a copy is whole."
    requires_system_checks: list = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", nargs="?", choices=["verify"])
        parser.add_argument("copy", nargs="?", type=Path, help="the copy to verify")
        parser.add_argument("--to", type=Path, help="where copies are kept")
        parser.add_argument(
            "--keys-to", type=Path, help="where keys are kept (the same, with -keys)"
        )
        parser.add_argument("--keys", type=Path, help="with verify: the copy's keys")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["act"] == "verify" and options["copy"]:
                copy = Backup.read(options["copy"], options["keys"])
                self.stdout.write(copy.verify())
            elif options["to"]:
                self._make(options["to"], options["keys_to"])
            else:
                raise BackupError("Say “backup --to FOLDER” or “backup verify FOLDER”.")
        except BackupError as error:
            raise CommandError(str(error)) from error

    def _make(self, to: Path, keys_to: Path | None) -> None:
        beside = to.with_name(f"{to.name}-keys")
        data, keys, sentences = make_backup(
            to=to, keys_to=keys_to or beside, at=timezone.now()
        )
        self.stdout.write(f"Data: {data}\nKeys: {keys}")
        self.stdout.write(
            "Both are confidential. Take the keys to another place than the data."
        )
        for sentence in sentences:
            self.stdout.write(sentence)
