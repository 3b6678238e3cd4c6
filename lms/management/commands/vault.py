import datetime
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lms import vault
from lms.conf import conf
from lms.models import Person

KEEP_IT = (
    "Copy {ring} to a safe place now, apart from the backups of the database: "
    "without it nothing that is sealed can ever be read again."
)
GONE = (
    "This destroys the keys of {whose}. Reflections, check-ins and visions, if there "
    "are any, can never be read again, from no backup of the database. Backups of the "
    "keys forget them within 35 days. Nobody can undo it."
)
SAMPLE = 500


class Command(BaseCommand):
    help = "Keeps the keys of sealed words: the key ring, and everyone's data keys."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        for act, told in [
            ("init", "Make the key ring, once, and the keys of everybody here."),
            ("prepare", "Make the keys that people lack."),
            ("rotate", "Add a key to the ring and wrap all data keys with it."),
            ("verify", "Try every data key, and a sample of the sealed texts."),
        ]:
            acts.add_parser(act, help=told)
        shred = acts.add_parser("shred", help="Destroy somebody's keys, for good.")
        whose = shred.add_mutually_exclusive_group(required=True)
        whose.add_argument("--person", help="work e-mail or number of the person")
        whose.add_argument("--everyone", action="store_true")
        backup = acts.add_parser("backup", help="Write the data keys, still wrapped.")
        backup.add_argument("--to", type=Path, required=True, metavar="FOLDER")
        restore = acts.add_parser("restore", help="Bring back the newest backup.")
        restore.add_argument("--from", type=Path, required=True, metavar="FOLDER")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, options["act"])(timezone.localdate(), options)
        except vault.VaultClosedError as closed:
            raise CommandError(str(closed)) from None

    def init(self, today: datetime.date, options: dict[str, Any]) -> None:
        try:
            vault.init(on=today)
        except FileExistsError:
            raise CommandError(
                f"There is a key ring at {conf.vault_ring} already. It stays as it is."
            ) from None
        self.stdout.write(f"The key ring is {conf.vault_ring}.")
        self.stdout.write(KEEP_IT.format(ring=conf.vault_ring))
        self.prepare(today, options)

    def prepare(self, today: datetime.date, options: dict[str, Any]) -> None:
        count = vault.prepare_many(Person.objects.only("pk"))
        if fault := vault.fault():
            raise CommandError(fault)
        self.stdout.write(f"{count} data keys made.")

    def rotate(self, today: datetime.date, options: dict[str, Any]) -> None:
        count = vault.rotate(on=today)
        self.stdout.write(f"{count} data keys wrapped anew.")
        self.stdout.write(KEEP_IT.format(ring=conf.vault_ring))

    def verify(self, today: datetime.date, options: dict[str, Any]) -> None:
        faults = vault.verify(sample=SAMPLE)
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write("Every data key opens, and so do the texts that were tried.")

    def shred(self, today: datetime.date, options: dict[str, Any]) -> None:
        people, whose = Person.objects.all(), "everyone"
        if not options["everyone"]:
            person = self._person(options["person"])
            people, whose = [person], person.full_name
        self.stdout.write(GONE.format(whose=whose))
        self.stdout.write(f"Type “{whose}” to go on: ", ending="")
        if self._typed() != whose:
            raise CommandError("Nothing was destroyed.")
        for person in people:
            vault.shred(person=person, by=None, at=timezone.now())
        self.stdout.write("Destroyed.")

    def _person(self, told: str) -> Person:
        number = int(told) if told.isdecimal() else None
        found = Person.objects.filter(pk=number) | Person.objects.filter(
            email__iexact=told
        )
        if len(found) != 1:
            raise CommandError(f"“{told}” is the e-mail or number of no one person.")
        return found[0]

    def _typed(self) -> str:
        try:
            return input().strip()
        except EOFError:
            return ""

    def backup(self, today: datetime.date, options: dict[str, Any]) -> None:
        path = vault.back_up(folder=options["to"], on=today)
        self.stdout.write(f"The data keys, still wrapped, are in {path}.")

    def restore(self, today: datetime.date, options: dict[str, Any]) -> None:
        try:
            faults = vault.restore(folder=options["from"])
        except FileNotFoundError:
            raise CommandError(
                f"There is no backup of data keys in {options['from']}."
            ) from None
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write("The data keys are back; what was shredded stays gone.")
