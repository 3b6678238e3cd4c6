"""Names: the one on certificates changes with a trace, the one used at once."""

import datetime

from django.db import transaction

from lms import audit
from lms.models import NameChange, Person, StaffMember
from lms.signals import staff_changed


@transaction.atomic
def call_by(*, person: Person, called: str, at: datetime.datetime) -> None:
    """How colleagues say the name: the person alone decides, at once."""
    person.called = called
    person.save(update_fields=["called"])
    audit.record(act="person.called", actor=person, about=person, at=at)


@transaction.atomic
def ask_for_name(*, person: Person, name: str, at: datetime.datetime) -> NameChange:
    """Ask the director for another full name; asking again replaces the first."""
    NameChange.objects.filter(person=person).waiting().delete()
    audit.record(act="person.name_asked_for", actor=person, about=person, at=at)
    return NameChange.objects.create(
        person=person,
        earlier_name=person.full_name,
        new_name=name,
        asked_by=person,
        asked_at=at,
    )


@transaction.atomic
def settle_name(
    *, change: NameChange, is_made: bool, by: Person, at: datetime.datetime
) -> bool:
    """Make the change that was asked for, or leave the name; False when somebody
    else had dealt with it."""
    waiting = NameChange.objects.waiting().filter(pk=change.pk)
    if not waiting.update(settled_by=by, settled_at=at, is_made=is_made):
        return False
    if is_made:
        _rename(change.person, change.new_name, at)
    act = "person.name_changed" if is_made else "person.name_left"
    audit.record(act=act, actor=by, about=change.person, target=change, at=at)
    return True


@transaction.atomic
def change_name(
    *, person: Person, name: str, by: Person, at: datetime.datetime
) -> None:
    """Change a full name without being asked; what was asked for is settled too."""
    NameChange.objects.filter(person=person).waiting().update(
        settled_by=by, settled_at=at
    )
    change = NameChange.objects.create(
        person=person,
        earlier_name=person.full_name,
        new_name=name,
        asked_by=by,
        asked_at=at,
        settled_by=by,
        settled_at=at,
        is_made=True,
    )
    _rename(person, name, at)
    audit.record(
        act="person.name_changed", actor=by, about=person, target=change, at=at
    )


def _rename(person: Person, name: str, at: datetime.datetime) -> None:
    person.full_name = name
    person.save(update_fields=["full_name"])
    staff_changed.send(
        sender=StaffMember, staff_members=list(person.staff_members.all()), at=at
    )
