"""What may be said of a certificate, and to whom. No rows, no requests."""

import datetime
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("No longer valid")
    REVOKED = "revoked", _("Taken back")
    SUPERSEDED = "superseded", _("Replaced by a newer one")


class Disclosure(TextChoices):
    """Who a stranger learns the certificate belongs to, as its holder chose."""

    NAME = "name", _("My name")
    INITIALS = "initials", _("My initials")
    NOBODY = "nobody", _("No name")
    HIDDEN = "hidden", _("Nothing at all: the page knows no such certificate")


@dataclass(frozen=True)
class PublicFacts:
    """All that a stranger is told: what is not here is on no public page."""

    state: State
    title: str
    issuer: str
    issued_on: datetime.date
    expires_on: datetime.date | None
    name: str = ""
    took: list[str] = field(default_factory=list)

    def for_machines(self) -> dict[str, object]:
        told = {
            "state": self.state.value,
            "title": self.title,
            "issuer": self.issuer,
            "issued_on": self.issued_on.isoformat(),
            "expires_on": self.expires_on and self.expires_on.isoformat(),
        }
        if self.name:
            told["name"] = self.name
        if self.took:
            told["took"] = self.took
        return told


UNKNOWN_TO_MACHINES = {"state": "unknown"}


def initials(name: str) -> str:
    """ "Ana Lima da Cruz" is "A. L. D. C."."""
    return " ".join(f"{word[0].upper()}." for word in name.split())


def name_told(name: str, discloses: str, state: State) -> str:
    """A certificate that was replaced names nobody: its name may have been the
    mistake."""
    if state == State.SUPERSEDED or discloses in (
        Disclosure.NOBODY,
        Disclosure.HIDDEN,
    ):
        return ""
    return name if discloses == Disclosure.NAME else initials(name)


def stands(
    on: datetime.date,
    *,
    expires_on: datetime.date | None,
    is_revoked: bool,
    is_superseded: bool,
) -> State:
    """What is so that day. Taken back weighs more than replaced, and both more than
    a date that has passed; on its last day a certificate is still valid."""
    if is_revoked:
        return State.REVOKED
    if is_superseded:
        return State.SUPERSEDED
    if expires_on and expires_on < on:
        return State.EXPIRED
    return State.VALID
