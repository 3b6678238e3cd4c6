from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms import audit


class Command(BaseCommand):
    help = "Seals the trail, or checks that nothing in it was changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["seal", "verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "seal":
            self.stdout.write(f"{audit.seal()} entries sealed.")
            return
        faults = audit.inspect()
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write("The trail is whole.")
