"""What a provider's answer says. Pure: no database, no request."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Told:
    """Whom the provider names; empty where it does not say, or did not verify."""

    verified_email: str
    number: str

    def is_address(self, email: str) -> bool:
        return bool(email) and email.casefold() == self.verified_email.casefold()


def is_about_one_account(answer: Mapping[str, Any]) -> bool:
    """Whether the ID token and the user info speak of the same account.

    OpenID Connect Core, 5.3.2: what does not match the token must not be used.
    """
    subject = answer.get("id_token", {}).get("sub")
    return bool(subject) and answer.get("userinfo", {}).get("sub", subject) == subject


def told(answer: Mapping[str, Any], number_claim: str) -> Told:
    """Read both parts of the answer, the ID token first. An address counts only as
    verified by the part that names it."""
    parts = [answer.get("id_token", {}), answer.get("userinfo", {})]
    verified = (part for part in parts if part.get("email_verified") is True)
    emails = (str(part["email"]) for part in verified if part.get("email"))
    numbers = (str(part[number_claim]) for part in parts if part.get(number_claim))
    return Told(verified_email=next(emails, ""), number=next(numbers, "").strip())
