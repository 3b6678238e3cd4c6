"""What each line of a training record from elsewhere comes to."""

import datetime
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.rules import Column, Kind, day, number, understand, words

from .histories import Noted, read_noted

CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::[0-5]\d)?", re.ASCII)
Fact = tuple[int, int, str, str]


def hours(text: str) -> Decimal | None:
    """Hours as a number or as 1:30; none where the other system counts none."""
    if clock := CLOCK.fullmatch(text):
        text = f"{int(clock[1]) + int(clock[2]) / 60:.2f}"
    if not text.strip("0.,"):
        return None
    return number(Decimal(999))(text)


def training_columns(*, is_day_first: bool = False) -> tuple[Column, ...]:
    read_day = partial(day, is_day_first=is_day_first)
    return (
        Column(
            "person",
            gettext_lazy("E-mail or employee number"),
            words(254),
            ["email", "user email", "work e-mail", "employee id", "employee number"],
        ),
        Column(
            "title",
            gettext_lazy("Title of the training"),
            words(200),
            ["course", "course title", "course name", "module", "title", "training"],
        ),
        Column(
            "completed_on",
            gettext_lazy("Completed on"),
            partial(read_noted, is_day_first=is_day_first),
            ["completed", "completion date", "date completed", "completed date"],
        ),
        Column("hours", gettext_lazy("Hours"), hours, ["credit hours", "course hours"]),
        Column(
            "expires_on",
            gettext_lazy("Valid until"),
            read_day,
            ["expires", "expiration date", "expiry date", "expires on"],
        ),
    )


NEEDED = ("person", "title", "completed_on")


@dataclass(frozen=True)
class Entry:
    """A line as it was understood; what it leaves empty is missing from ``values``."""

    line: int
    values: Mapping[str, Any]
    reasons: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return self.values.get("title", "")


@dataclass(frozen=True)
class Meant:
    """The topic a title stands for, and how much of it."""

    topic: int
    portion: str
    name: str


@dataclass(frozen=True)
class Somebody:
    pk: int
    name: str


@dataclass(frozen=True)
class EntryVerdict:
    """What an entry comes to. A completion is never edited, so none is *changed*."""

    entry: Entry
    kind: Kind
    sentences: tuple[str, ...]
    person: Somebody | None = None
    meant: Meant | None = None

    @property
    def label(self) -> str:
        person = self.person.name if self.person else self.entry.values.get("person")
        return str(person or self.entry.title)


def read_entry(
    line: int, cells: Mapping[str, str], *, is_day_first: bool = False
) -> Entry:
    values, reasons = understand(cells, training_columns(is_day_first=is_day_first))
    return Entry(line, values, tuple(reasons))


def folded(title: str) -> str:
    """A title as it is compared: letters' case and spaces make no other training."""
    return " ".join(title.casefold().split())


def judge_entries(
    entries: Sequence[Entry],
    *,
    people: Mapping[str, Somebody],
    meanings: Mapping[str, Meant | None],
    recorded: Collection[Fact],
    today: datetime.date,
) -> list[EntryVerdict]:
    """What every entry comes to.

    ``people`` finds somebody by number or by address in lower case; ``meanings`` says
    of a folded title what it stands for, None where it is left out; ``recorded`` is
    what is here already.
    """
    seen, verdicts = set(recorded), []
    for entry in entries:
        verdict = _judged(entry, people, meanings, today)
        if verdict.kind == Kind.NEW:
            fact = fact_of(verdict)
            if fact in seen:
                verdict = _unchanged(entry, _("This is here already."), verdict.person)
            seen.add(fact)
        verdicts.append(verdict)
    return verdicts


def fact_of(verdict: EntryVerdict) -> Fact:
    """What makes a completion the same one: person, topic, date as told, and title."""
    values = verdict.entry.values
    return (
        verdict.person.pk,
        verdict.meant.topic,
        values["completed_on"].mark,
        folded(values["title"]),
    )


def _judged(
    entry: Entry,
    people: Mapping[str, Somebody],
    meanings: Mapping[str, Meant | None],
    today: datetime.date,
) -> EntryVerdict:
    title, text = folded(entry.title), entry.values.get("person", "")
    person = people.get(text, people.get(text.lower()))
    if title in meanings and meanings[title] is None:
        return _unchanged(entry, _("Left out, as chosen for this title."), person)
    if not entry.reasons and "completed_on" not in entry.values:
        return _unchanged(entry, _("Not finished yet: there is no date."), person)
    reasons = [*entry.reasons, *_faults(entry, today)]
    if title and title not in meanings:
        reasons.append(_("Nobody has said yet which topic this title stands for."))
    if person is None:
        reasons.append(
            _("Nobody who works here has the address or number “%(text)s”.")
            % {"text": text[:60]}
        )
    if reasons:
        return EntryVerdict(entry, Kind.WRONG, tuple(reasons), person)
    meant = meanings[title]
    told = {"topic": meant.name, "day": entry.values["completed_on"].said()}
    sentence = _("%(topic)s, completed %(day)s") % told
    return EntryVerdict(entry, Kind.NEW, (sentence,), person, meant)


def _faults(entry: Entry, today: datetime.date) -> list[str]:
    noted: Noted | None = entry.values.get("completed_on")
    until = entry.values.get("expires_on")
    faults = []
    if not entry.title:
        faults.append(_("There is no title of a training."))
    if noted and noted.is_ahead(today):
        faults.append(_("Completed on: that day is still to come."))
    if noted and until and until < noted.first:
        faults.append(_("Valid until: that lies before the day of completion."))
    return faults


def _unchanged(entry: Entry, sentence: str, person: Somebody | None) -> EntryVerdict:
    return EntryVerdict(entry, Kind.UNCHANGED, (sentence,), person)
