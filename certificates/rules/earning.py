"""What earns a certificate, as values: no rows here."""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

ONCE = "once"
MOST_SIGNERS = 2


@dataclass(frozen=True)
class Rule:
    """What an award asks for; ``award`` is None while it is only being written."""

    earned_by: str
    phase: str = ""
    plan: int | None = None
    topics: frozenset[int] = frozenset()
    measure: str = ""
    at_least: Decimal | None = None
    is_renewed: bool = False
    award: int | None = None


@dataclass(frozen=True)
class Earned:
    """One person qualified on a day. ``cycle`` names what qualified: of the same
    person, award and cycle there is one certificate."""

    person: int
    cycle: str
    on: datetime.date
    took: Sequence[Mapping[str, str]] = field(default_factory=list)


def taken_anew(
    took: Iterable[Mapping[str, str]], before: Iterable[Mapping[str, str]]
) -> bool:
    """Whether everything was completed again, on a later day than the last time.

    A renewal asks for all of it: one refreshed topic of five is no new certificate.
    """
    days = {topic["code"]: topic["completed_on"] for topic in before}
    return all(topic["completed_on"] > days.get(topic["code"], "") for topic in took)


def rounds(amount: Decimal, at_least: Decimal) -> int:
    """How many times the amount was reached: 74 hours are 2 times 35."""
    return int(amount // at_least)


def signers_of(text: str) -> tuple[tuple[str, str], ...]:
    """ "Ana Lima, Program Lead" is a name and what stands below it."""
    lines = [line.partition(",") for line in text.splitlines() if line.strip()]
    return tuple((name.strip(), below.strip()) for name, _, below in lines)


def names_among(title: str, words: Iterable[str]) -> list[str]:
    """Those of the words that the title holds, whole and in either case."""
    return [
        word
        for word in dict.fromkeys(words)
        if word and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", title, re.IGNORECASE)
    ]
