from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count, Q

from lms import outbox
from lms.models import OutboxMessage


class Command(BaseCommand):
    help = "Does the work that waits in the outbox, or says what waits there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["work", "status"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "work":
            self.stdout.write(f"{outbox.drain()} done.")
            return
        is_open = Q(done_at=None, given_up_at=None)
        counts = OutboxMessage.objects.aggregate(
            waiting=Count("pk", filter=is_open),
            given_up=Count("pk", filter=Q(given_up_at__isnull=False)),
            done=Count("pk", filter=Q(done_at__isnull=False)),
        )
        self.stdout.write(
            "{waiting} waiting, {given_up} given up, {done} done.".format(**counts)
        )
