"""What somebody's log counts toward a credential."""

import datetime

from lms.models import Person
from supervision_logs.hours import Credit, Recorded, credit
from supervision_logs.models import (
    Attendance,
    CreditGoal,
    MonthlyConfirmation,
    OutsideConfirmation,
    SessionVersion,
)

from .coverage import held_by


def credit_of(
    goal: CreditGoal, on: datetime.date
) -> tuple[Credit, dict[int, Attendance]]:
    """The count of a goal, and the attendances it is about, by their key."""
    rows = {each.pk: each for each in _attendances(goal.person)}
    both = _confirmed_by_both(goal.person)
    sessions = [
        Recorded(
            key=row.pk,
            held=held_by(row),
            provider=row.version.session.given_by_id,
            is_confirmed=(row.version.session_id, row.version.number) in both,
            is_imported=row.version.origin == SessionVersion.Origin.IMPORTED,
        )
        for row in rows.values()
    ]
    return credit(goal.rule.rule, sessions, on), rows


def _attendances(person: Person) -> list[Attendance]:
    own = Attendance.objects.filter(person=person)
    return list(own.current().held().with_facts())


def _confirmed_by_both(person: Person) -> set[tuple[int, int]]:
    """Sessions and versions that both sides have confirmed."""
    sides: dict[bool, set[tuple[int, int]]] = {True: set(), False: set()}
    for row in MonthlyConfirmation.objects.filter(person=person):
        sides[row.is_own].update(
            (session, version) for session, version in row.versions
        )
    outside = OutsideConfirmation.objects.filter(person=person).confirmed()
    sides[False].update(outside.values_list("session", "version_number"))
    return sides[True] & sides[False]
