"""Check-ins and visions: sealed, shared on purpose, and gone when they should be.

None of it leaves a trace but what a reader opens: a line on the trail would tell that
somebody writes.
"""

import datetime
from collections.abc import Callable, Mapping

from django.db import transaction
from django.utils.timezone import localdate
from django.views.decorators.debug import sensitive_variables

from lms import vault
from lms.models import Person, SealedKind, SealedShare, SealedText
from supervision_logs.models import (
    VISION_FIELD,
    CheckInChoice,
    check_ins_of,
    vision_of,
)
from supervision_logs.rules import CheckIn, written, written_vision


def turn_on(*, person: Person) -> CheckInChoice:
    return CheckInChoice.objects.get_or_create(person=person)[0]


@transaction.atomic
def turn_off(*, person: Person) -> None:
    """Every check-in goes for good, its shares with it."""
    check_ins_of(person).delete()
    CheckInChoice.objects.filter(person=person).delete()


@sensitive_variables()
@transaction.atomic
def check_in(*, person: Person, told: CheckIn, key: str, on: datetime.date) -> None:
    """Seal one check-in. ``key`` is new for each page, so that sending a page twice
    keeps one."""
    vault.seal(
        written(told),
        person=person,
        kind=SealedKind.CHECK_IN,
        row=person,
        field=f"check-in {key}",
        on=on,
    )


@sensitive_variables()
@transaction.atomic
def save_vision(
    *, person: Person, answers: Mapping[str, str], on: datetime.date
) -> None:
    """Seal the vision anew, or let it go when nothing is left. Raises
    ``vault.TooLongError``."""
    vision_of(person).delete()
    if any(answers.values()):
        vault.seal(
            written_vision(answers),
            person=person,
            kind=SealedKind.VISION,
            row=person,
            field=VISION_FIELD,
            on=on,
        )


def share_check_in(
    *, sealed: SealedText, by: Person, reader: Person, days: int, on: datetime.date
) -> SealedShare:
    return vault.share(
        sealed,
        by=by,
        reader=reader,
        starts_on=on,
        ends_on=on + datetime.timedelta(days=days),
    )


def let_check_ins_go(at: datetime.datetime) -> int:
    """By what each person chose; returns how many, for nobody to be told."""
    count = 0
    for days in CheckInChoice.Kept:
        kept = CheckInChoice.objects.filter(kept_days=days)
        first = localdate(at) - datetime.timedelta(days=days)
        due = SealedText.objects.filter(
            kind=SealedKind.CHECK_IN,
            person__in=kept.values("person"),
            sealed_on__lt=first,
        )
        count += due.count()
        due.delete()
    return count


EXPIRING: dict[str, Callable[[datetime.datetime], int]] = {
    "check-ins": let_check_ins_go
}
