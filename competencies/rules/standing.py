"""How one line of a plan stands, today."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .histories import Precision
from .obligations import PORTIONS


class Progress(TextChoices):
    """What the completions and sign-offs come to, whatever the day."""

    NOT_ENTERED = "not_entered", _("Not entered yet")
    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    AWAITING = "awaiting", _("Awaiting sign-off")
    SENT_BACK = "sent_back", _("Sent back with a note")
    IN_PART = "in_part", _("Accepted in part")
    COMPLETE = "complete", _("Complete")
    WAIVED = "waived", _("Waived")


# Still to be done by the person: what waits for a signature is not.
TO_DO = frozenset(
    {
        Progress.NOT_STARTED,
        Progress.IN_PROGRESS,
        Progress.SENT_BACK,
        Progress.IN_PART,
    }
)


class Status(TextChoices):
    """What the screen says, on a day."""

    NOT_ENTERED = "not_entered", _("Not entered yet")
    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    INTRODUCED = "introduced", _("Introduction read. Next: the training itself")
    BOOKED = "booked", _("Booked")
    WAITING = "waiting", _("Waiting for a seat")
    AWAITING = "awaiting", _("Awaiting sign-off")
    SENT_BACK = "sent_back", _("Sent back with a note")
    IN_PART = "in_part", _("Accepted in part")
    COMPLETE = "complete", _("Complete")
    TIME_TO_RENEW = "time_to_renew", _("Time to renew")
    WAIVED = "waived", _("Waived")
    NOT_REQUIRED = "not_required", _("Not required")


AHEAD_OF_READING = {Progress.NOT_ENTERED, Progress.IN_PART}


@dataclass(frozen=True)
class Line:
    """What is known of a line; ``renewal_opens_on`` is set once it is complete."""

    progress: Progress
    is_wanted: bool = True
    booked_on: datetime.date | None = None
    waiting_since: datetime.date | None = None
    introduced_on: datetime.date | None = None
    renewal_opens_on: datetime.date | None = None


@dataclass(frozen=True)
class Taken:
    """A completion as it stands: ``state`` is "signed", "waiting", "sent back", or "in
    part" when it was accepted but something is still needed.

    Where no signature is asked for, it counts as signed.
    """

    pk: int
    on: datetime.date
    portion: str
    state: str
    valid_until: datetime.date | None = None
    precision: str = Precision.DAY


@dataclass(frozen=True)
class Reached:
    """What the completions of a topic come to. ``newest`` is shown on the line;
    ``completed_on`` is the newest that counts, also while a renewal waits, known as
    exactly as the most exact of that day."""

    progress: Progress
    newest: int | None = None
    completed_on: datetime.date | None = None
    valid_until: datetime.date | None = None
    precision: str = Precision.DAY


def reached(
    taken: Iterable[Taken],
    wanted: str,
    *,
    is_waived: bool = False,
    is_on_paper: bool = False,
    is_started: bool = False,
) -> Reached:
    """The progress of a line from all completions of its topic."""
    enough = sorted(
        (each for each in taken if covers(each.portion, wanted)),
        key=lambda each: (each.on, each.pk),
    )
    signed = [each for each in enough if each.state == "signed"]
    if not enough:
        return Reached(_before_any(is_waived, is_on_paper, is_started))
    # What was accepted in part says how a line stands only while nothing else does.
    newest = next((each for each in reversed(enough) if each.state != "in part"), None)
    newest = newest or enough[-1]
    progress = {
        "signed": Progress.COMPLETE,
        "waiting": Progress.AWAITING,
        "sent back": Progress.SENT_BACK,
        "in part": Progress.IN_PART,
    }[newest.state]
    if not signed:
        return Reached(progress, newest.pk)
    last = signed[-1]
    of_that_day = {each.precision for each in signed if each.on == last.on}
    precision = next(each for each in Precision.values if each in of_that_day)
    return Reached(progress, newest.pk, last.on, last.valid_until, precision)


def _before_any(is_waived: bool, is_on_paper: bool, is_started: bool) -> Progress:  # noqa: FBT001
    if is_waived:
        return Progress.WAIVED
    if is_on_paper:
        return Progress.NOT_ENTERED
    return Progress.IN_PROGRESS if is_started else Progress.NOT_STARTED


def covers(done: str, wanted: str) -> bool:
    """Whether a portion taken is enough: full covers didactic."""
    return PORTIONS[done] >= PORTIONS[wanted]


def status_of(line: Line, on: datetime.date) -> Status:  # noqa: PLR0911 (a table)
    match line.progress:
        case Progress.WAIVED | Progress.AWAITING | Progress.SENT_BACK:
            return Status(line.progress.value)
        case Progress.COMPLETE:
            opens_on = line.renewal_opens_on
            if opens_on is None or on < opens_on:
                return Status.COMPLETE
            return _reserved(line) or Status.TIME_TO_RENEW
    if reserved := _reserved(line):
        return reserved
    if not line.is_wanted:
        return Status.NOT_REQUIRED
    if line.introduced_on and line.progress not in AHEAD_OF_READING:
        return Status.INTRODUCED
    return Status(line.progress.value)


def _reserved(line: Line) -> Status | None:
    if line.booked_on:
        return Status.BOOKED
    if line.waiting_since:
        return Status.WAITING
    return None
