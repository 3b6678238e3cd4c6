"""May this person do this?

``permissions.csv`` beside this file is the truth: one row for each thing that is
allowed, nothing listed means nothing allowed. Which *rows* exist for somebody is
decided by ``visible_to``; here it is decided what they may do with them, and whether
they read facts or words. A superuser flag adds nothing.
"""

import csv
import datetime
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils import timezone

from .models import Access, Person, Reader, SupervisionTie

TABLE = Path(__file__).with_name("permissions.csv")


@dataclass(frozen=True)
class Permission:
    resource: str
    act: str
    relation: str
    state: str
    scope: str


@cache
def permissions() -> tuple[Permission, ...]:
    with TABLE.open(newline="") as lines:
        return tuple(Permission(**row) for row in csv.DictReader(lines))


def relations(
    user: Reader, about: Person, on: datetime.date | None = None
) -> frozenset[str]:
    """How somebody stands to a person that day, in the words of the table."""
    reader, day = Person.of(user), on or timezone.localdate()
    if reader is None:
        return frozenset()
    if reader == about:
        return frozenset({"own"})
    ties = SupervisionTie.objects.current(day).filter(
        supervisor=reader, staff_member__person=about
    )
    found = {
        f"{'backup' if kind == 'backup' else 'supervisor'}:{scope}"
        for kind, scope in ties.values_list("kind", "scope")
    }
    directed = Access.objects.current(day).filter(
        person=reader,
        kind=Access.Kind.DIRECTOR,
        agency__staff_members__person=about,
    )
    if directed.exists():
        found.add("director")
    return frozenset(found)


def scopes(
    resource: str, act: str, standing: frozenset[str], state: str = "any"
) -> frozenset[str]:
    """What those relations give: ``{"facts", "words"}``; empty when nothing."""
    return frozenset(
        part
        for permission in permissions()
        if permission.resource == resource
        and permission.act == act
        and permission.relation in standing
        and (permission.state in ("any", state) or state == "any")
        for part in permission.scope.split("+")
    )


def holds(user: Reader, kind: str) -> bool:
    """Whether somebody holds that access today, kept for the rest of the request."""
    return kind in accesses(user)


def accesses(user: Reader) -> frozenset[str]:
    person = Person.of(user)
    if person is None:
        return frozenset()
    if not hasattr(person, "_accesses"):
        current = Access.objects.current().filter(person=person)
        person._accesses = frozenset(current.values_list("kind", flat=True))
    return person._accesses


def supervises_someone(user: Reader) -> bool:
    """Whether somebody's plan waits on this person today, as supervisor or stand-in,
    kept for the rest of the request."""
    person = Person.of(user)
    if person is None:
        return False
    if not hasattr(person, "_supervises"):
        ties = SupervisionTie.objects.current().filter(supervisor=person)
        person._supervises = ties.exists()
    return person._supervises


def has_left(user: Reader) -> bool:
    """Whether somebody's work is over everywhere and no access holds: the account is
    down to their own records. Kept for the rest of the request."""
    person = Person.of(user)
    if person is None:
        return False
    if not hasattr(person, "_has_left"):
        staff = list(person.staff_members.all())
        person._has_left = (
            bool(staff)
            and all(each.has_ended() for each in staff)
            and not accesses(user)
        )
    return person._has_left
