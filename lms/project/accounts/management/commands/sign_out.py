from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q


class Command(BaseCommand):
    help = "End somebody's sessions, or everybody's: it bites on their next request."

    def add_arguments(self, parser: ArgumentParser) -> None:
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--everyone", action="store_true")
        whose.add_argument("address", nargs="?", help="the address they sign in with")

    def handle(self, **options: Any) -> None:
        address = options["address"]
        asked = Q() if options["everyone"] else Q(email__iexact=address)
        users = list(get_user_model()._default_manager.filter(asked))
        if not users and not options["everyone"]:
            raise CommandError(f"Nobody signs in with {address}. Nothing was changed.")
        for user in users:
            user.end_sessions()
        self.stdout.write(f"Signed out everywhere: {len(users)}.")
