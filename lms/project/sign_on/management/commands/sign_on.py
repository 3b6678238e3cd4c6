import getpass
import os
import sys
from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlsplit

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone
from requests import RequestException

from lms.models import Agency
from lms.project.sign_on import actions
from lms.project.sign_on.models import SignOn

SECRET = "SIGN_ON_SECRET"  # noqa: S105  (where the secret is looked for)
WELL_KNOWN = "/.well-known/openid-configuration"
THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}


class Command(BaseCommand):
    help = (
        "Gives an agency a sign-in of its own (OpenID Connect), renews its secret, "
        "removes it, or lists them all. docs/single-sign-on.md tells the steps."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("list")
        add = acts.add_parser("add")
        add.add_argument("--server-url", required=True, help="The provider's issuer.")
        add.add_argument("--client-id", required=True)
        add.add_argument("--number-claim", default="employee_number")
        remove = acts.add_parser("remove")
        remove.add_argument("--yes", action="store_true", help="Really do it.")
        for act in (add, acts.add_parser("secret"), remove):
            act.add_argument("--agency", required=True, help="Its name.")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, options["act"])(options)

    def list(self, options: dict[str, Any]) -> None:
        sign_ons = {
            sign_on.agency_id: sign_on
            for sign_on in SignOn.objects.select_related("app")
        }
        for agency in Agency.objects.all():
            self.stdout.write(f"{agency}: {_told(sign_ons.get(agency.pk))}")
            self.stdout.write(f"  sends people back to {_address_to_return_to(agency)}")

    def add(self, options: dict[str, Any]) -> None:
        agency = _agency(options["agency"])
        if SignOn.objects.filter(agency=agency).exists():
            raise CommandError(f"{agency} has a sign-in already. Remove it first.")
        if SocialApp.objects.filter(client_id=options["client_id"]).exists():
            raise CommandError(
                "Another agency's sign-in has that client id. Register this site "
                "there under one of its own."
            )
        actions.add_sign_on(
            agency=agency,
            server_url=_checked(options["server_url"]),
            client_id=options["client_id"],
            secret=_secret(),
            number_claim=options["number_claim"],
            by=None,
            at=timezone.now(),
        )
        self.stdout.write(
            f"{agency} can sign in. Its provider sends people back to "
            f"{_address_to_return_to(agency)}"
        )

    def secret(self, options: dict[str, Any]) -> None:
        sign_on = _sign_on(options["agency"])
        actions.renew_secret(
            sign_on=sign_on, secret=_secret(), by=None, at=timezone.now()
        )
        self.stdout.write(f"The new secret of {sign_on} is in use.")

    def remove(self, options: dict[str, Any]) -> None:
        sign_on = _sign_on(options["agency"])
        links = sign_on.links()
        without_password = [
            link.user.email
            for link in links.select_related("user")
            if not link.user.has_usable_password()
        ]
        self.stdout.write(f"Connected at {sign_on}: {links.count()}.")
        if without_password:
            self.stdout.write(
                "These have no password yet, and must ask for one by e-mail on the "
                f"sign-in page: {', '.join(without_password)}."
            )
        if not options["yes"]:
            self.stdout.write("Nothing is changed. Add --yes to remove it.")
            return
        actions.remove_sign_on(sign_on=sign_on, by=None, at=timezone.now())
        self.stdout.write("It is removed; everybody signs in by e-mail.")


def _told(sign_on: SignOn | None) -> str:
    if sign_on is None:
        return "no sign-in of its own."
    app = sign_on.app
    return (
        f"{app.settings['server_url']} as {app.client_id}, employee number in "
        f"“{sign_on.number_claim}”, {sign_on.links().count()} connected."
    )


def _agency(name: str) -> Agency:
    agency = Agency.objects.filter(name=name).first()
    if agency is None:
        names = ", ".join(Agency.objects.values_list("name", flat=True))
        raise CommandError(f"No agency is called “{name}”. There are: {names}.")
    return agency


def _sign_on(name: str) -> SignOn:
    agency = _agency(name)
    sign_on = SignOn.objects.select_related("agency", "app").filter(agency=agency)
    if not sign_on:
        raise CommandError(f"{agency} has no sign-in of its own.")
    return sign_on.get()


def _secret() -> str:
    """From the environment or typed: what stands in a command line, others can see."""
    secret = os.environ.get(SECRET, "")
    if not secret and sys.stdin.isatty():
        secret = getpass.getpass("Client secret: ")
    if not secret:
        raise CommandError(
            f"Put the client secret in the environment as {SECRET}, or run this where "
            "it can be typed."
        )
    return secret


def _address_to_return_to(agency: Agency) -> str:
    path = reverse("openid_connect_callback", args=[actions.provider_id(agency)])
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def _checked(server_url: str) -> str:
    """The issuer, if it is one: what the provider says of itself must agree.

    The ID token's signature is not read, since it comes from the provider itself over
    TLS (OpenID Connect Core, 3.1.3.7): so TLS there must be.
    """
    issuer = server_url.removesuffix(WELL_KNOWN).rstrip("/")
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in THIS_MACHINE:
        raise CommandError("The provider's address begins with https://.")
    try:
        with get_adapter().get_requests_session() as session:
            answer = session.get(issuer + WELL_KNOWN)
            answer.raise_for_status()
            said = str(answer.json().get("issuer"))
    except RequestException as error:
        raise CommandError(f"No provider answers there: {error}") from error
    if said.rstrip("/") != issuer:
        raise CommandError(
            f"The provider there calls itself “{said}”. Use that as --server-url, if "
            "it is the agency's own."
        )
    return issuer
