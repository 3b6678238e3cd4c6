"""May this person do this?

``permissions.csv`` beside this file is the truth: one row for each thing that is
allowed, nothing listed means nothing allowed. Which *rows* exist for somebody is
decided by ``visible_to``; here it is decided what they may do with them, and whether
they read facts or words. A superuser flag adds nothing.

A row holds in a **state**: "any", or one that whoever asks must say is so, such as
"awaiting". What nobody asserts gives nothing.

The table is read strictly: a word that is not in the lists below, a cell left empty or
a row said twice is a fault, told by ``manage.py check`` and refused here.
"""

import csv
import datetime
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from .models import (
    Access,
    Person,
    Reader,
    StaffMember,
    accesses_in_force,
    agencies_directed_by,
    ties_in_force,
)

TABLE = Path(__file__).with_name("permissions.csv")

RELATIONS = {
    *("own", "director", "tta", "partner", "system administrator", "public"),
    *("supervisor:plan", "supervisor:reflective", "supervisor:clinical"),
    *("supervisor:administrative", "backup:plan", "supervisor of its record"),
    *("everyone signed in", "everyone of the agency", "author", "shared with"),
    *("signer", "gave it", "facilitator", "outside supervisor", "host", "invited"),
    *("token", "the site"),
}
ACTS = {
    *("view", "create", "edit", "delete", "export", "import", "sign", "send back"),
    *("withdraw", "confirm", "correct", "object", "publish", "comment", "register"),
    *("view roster", "mark attendance", "revoke", "verify", "invite", "reset", "run"),
    *("use", "open", "bring", "ask", "make", "merge", "accept in part"),
}
STATES = {
    *("any", "while dated", "invited by the person", "not signed", "signed"),
    *("awaiting", "awaiting while dated", "awaiting and no main supervisor"),
    *("no main supervisor",),
    *("talk held", "group", "attended", "not confirmed", "version", "one-time link"),
    *("turned on", "while the share lasts", "happened", "published", "draft"),
    *("published and open", "reviewed", "local add-on", "open", "open to partners"),
    *("started", "valid", "local terms", "own agency", "directors and partners"),
    *("chosen people with a reason and told", "as law allows", "token", "scopes"),
    *("own agency with a second person", "asked by another", "earned"),
    *("moving on", "learned at another agency", "leaver without a private e-mail"),
    *("on paper and with a mailbox", "both at own agency alone", "both known"),
    "noted by the other",
}
IN_THE_TABLE = {
    Access.Kind.TTA: "tta",
    Access.Kind.DIRECTOR: "director",
    Access.Kind.PARTNER: "partner",
    Access.Kind.ADMINISTRATOR: "system administrator",
}


@dataclass(frozen=True)
class Permission:
    resource: str
    act: str
    relation: str
    state: str
    scope: str


def faults(lines: Iterable[str]) -> Iterator[str]:
    """A sentence for everything in a table that cannot be right."""
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(csv.DictReader(lines), 2):
        if set(row) != set(Permission.__annotations__) or not all(row.values()):
            yield f"Line {number} does not hold five words: {list(row.values())}."
            continue
        for column, known in [
            ("relation", RELATIONS),
            ("act", ACTS),
            ("state", STATES),
        ]:
            if row[column] not in known:
                yield (
                    f"Line {number}: “{row[column]}” is no {column} that lms/policy.py "
                    "knows. Correct the word, or add it there."
                )
        key = astuple(Permission(**row))[:-1]
        if key in seen:
            yield f"Line {number} says again what line {seen[key]} says. Keep one."
        seen[key] = number


@cache
def permissions() -> tuple[Permission, ...]:
    text = TABLE.read_text(encoding="utf-8").splitlines()
    if found := list(faults(text)):
        raise ImproperlyConfigured(f"{TABLE.name}: {' '.join(found)}")
    return tuple(Permission(**row) for row in csv.DictReader(text))


def relations(
    user: Reader, about: Person | StaffMember, on: datetime.date | None = None
) -> frozenset[str]:
    """How somebody stands that day, in the words of the table: to a person, or to one
    employment of theirs, where what holds at another agency gives nothing."""
    reader, day = Person.of(user), on or timezone.localdate()
    if reader is None:
        return frozenset()
    if isinstance(about, Person):
        is_own = reader == about
        employments = StaffMember.objects.employed(day).filter(person=about)
    else:
        is_own = reader.pk == about.person_id
        employments = StaffMember.objects.filter(pk=about.pk)
    if is_own:
        return frozenset({"own"})
    ties = ties_in_force(day).filter(supervisor=reader, staff_member__in=employments)
    found = {
        f"{'backup' if kind == 'backup' else 'supervisor'}:{scope}"
        for kind, scope in ties.values_list("kind", "scope")
    }
    if employments.filter(agency__in=agencies_directed_by(reader, day)).exists():
        found.add("director")
    return frozenset(found)


def relations_to_program(user: Reader) -> frozenset[str]:
    """How somebody stands today to what is about nobody: modules, awards, staff pages.

    "Everyone signed in" works here or holds an access; a partner reads what is open
    to partners, and who has left reads nothing but their own records.
    """
    held = accesses(user)
    found = {"public", *(IN_THE_TABLE[kind] for kind in held)}
    if held - {Access.Kind.PARTNER} or _works_here(user):
        found.add("everyone signed in")
    return frozenset(found)


def scopes(
    resource: str, act: str, standing: frozenset[str], *states: str
) -> frozenset[str]:
    """What those relations give: ``{"facts", "words"}``; empty when nothing.

    ``states`` are those that whoever asks knows to be so.
    """
    return frozenset(
        part
        for permission in permissions()
        if permission.resource == resource
        and permission.act == act
        and permission.relation in standing
        and permission.state in {"any", *states}
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
        current = accesses_in_force(timezone.localdate()).filter(person=person)
        person._accesses = frozenset(current.values_list("kind", flat=True))
    return person._accesses


def supervises_someone(user: Reader) -> bool:
    """Whether somebody's plan waits on this person today, as supervisor or stand-in,
    kept for the rest of the request."""
    person = Person.of(user)
    if person is None:
        return False
    if not hasattr(person, "_supervises"):
        ties = ties_in_force(timezone.localdate()).filter(supervisor=person)
        person._supervises = ties.exists()
    return person._supervises


def _works_here(user: Reader) -> bool:
    person = Person.of(user)
    if person is None:
        return False
    if not hasattr(person, "_works_here"):
        person._works_here = person.staff_members.employed().exists()
    return person._works_here


def has_left(user: Reader) -> bool:
    """Whether no work and no access holds: the account is down to its own records."""
    known = Person.of(user) is not None
    return known and not _works_here(user) and not accesses(user)
