"""What a list of staff is compared with: who is there, set by set."""

import datetime
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower

from lms.models import Access, Agency, Person, Role, StaffMember, SupervisionTie
from lms.rules import EMPLOYMENT, PERSON, Known, Line, Roster

AT_ONCE = 1000  # values in one condition: SQLite takes no more than some thousands


def _parts(values: Collection[Any]) -> Iterator[list[Any]]:
    rest = iter(values)
    while part := list(islice(rest, AT_ONCE)):
        yield part


def roster_for(agency: Agency, lines: Sequence[Line], today: datetime.date) -> Roster:
    """What those lines are compared with, and nothing of anybody else."""
    addresses = {line.address for line in lines} - {""}
    numbers = {line.employee_id for line in lines} - {""}
    supervisors = {line.supervisor for line in lines} - {""}
    roles = list(Role.objects.all())
    return Roster(
        known=[_known(each, today) for each in _staff(agency, numbers, addresses)],
        roles={
            name.casefold(): role.key
            for role in roles
            for name in (role.key, role.title, role.abbreviation)
            if name
        },
        titles={role.key: role.title for role in roles},
        taken=_taken(agency, addresses),
        supervisors=_supervisors(agency, supervisors, today),
    )


def _staff(
    agency: Agency, numbers: Collection[str], addresses: Collection[str]
) -> list[StaffMember]:
    here = (
        StaffMember.objects.filter(agency=agency)
        .annotate(address=Lower("person__email"))
        .select_related("person")
        .prefetch_related("roles_held__role", "supervision_ties")
    )
    sought = [Q(employee_id="", address="")]
    sought += [Q(employee_id__in=part) for part in _parts(numbers)]
    sought += [Q(address__in=part) for part in _parts(addresses)]
    found = {each.pk: each for condition in sought for each in here.filter(condition)}
    return list(found.values())


def _known(staff_member: StaffMember, today: datetime.date) -> Known:
    held = staff_member.roles_held.all()
    current = {
        each.role.key for each in held if each.ends_on is None or each.ends_on >= today
    }
    ties = (
        tie.supervisor_id
        for tie in staff_member.supervision_ties.all()
        if tie.scope == "plan" and tie.kind != "backup"
        if tie.starts_on <= today and (tie.ends_on is None or tie.ends_on >= today)
    )
    return Known(
        staff_member=staff_member.pk,
        person=staff_member.person_id,
        values={
            **{key: getattr(staff_member.person, key) for key in PERSON},
            **{key: getattr(staff_member, key) for key in EMPLOYMENT},
        },
        roles=frozenset(current),
        ended={
            each.role.key: each.ends_on
            for each in sorted(held, key=lambda each: each.ends_on or today)
            if each.role.key not in current
        },
        supervisor=next(ties, None),
    )


def _taken(agency: Agency, addresses: Collection[str]) -> frozenset[str]:
    strangers = Person.objects.annotate(address=Lower("email")).exclude(
        pk__in=StaffMember.objects.filter(agency=agency).values("person")
    )
    return frozenset(
        address
        for part in _parts(addresses)
        for address in strangers.filter(address__in=part).values_list(
            "address", flat=True
        )
    )


def _supervisors(
    agency: Agency, named: Collection[str], today: datetime.date
) -> dict[str, int]:
    """Who may be named as supervisor: who works here, supervises here, or directs."""
    employed = StaffMember.objects.filter(agency=agency).employed(today)
    directors = Access.objects.current(today).filter(kind="director", agency=agency)
    ties = SupervisionTie.objects.filter(staff_member__agency=agency)
    people = Person.objects.annotate(address=Lower("email")).filter(
        Q(pk__in=employed.values("person"))
        | Q(pk__in=directors.values("person"))
        | Q(pk__in=ties.values("supervisor"))
    )
    found = {}
    for part in _parts(named):
        addresses = [text.lower() for text in part]
        found |= people.filter(address__in=addresses).values_list("address", "pk")
        numbered = employed.filter(employee_id__in=part)
        found |= numbered.values_list("employee_id", "person")
    return found
