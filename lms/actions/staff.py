"""Who works where, as what, supervised by whom."""

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lms import audit, outbox, vault
from lms.models import (
    Access,
    Agency,
    Pause,
    Person,
    Role,
    RoleHeld,
    StaffMember,
    SupervisionTie,
)
from lms.signals import staff_changed

from .names import change_name

TTA_GROUP = "TTA team"


def tell(
    *, act: str, staff_member: StaffMember, by: Person | None, at: datetime.datetime
) -> None:
    audit.record(
        act=act, actor=by, about=staff_member.person, target=staff_member, at=at
    )
    staff_changed.send(sender=StaffMember, staff_members=[staff_member], at=at)


@transaction.atomic
def add_staff_member(  # noqa: PLR0913  (what a form of a new colleague holds)
    *,
    person: Person,
    agency: Agency,
    hired_on: datetime.date | None,
    roles: Iterable[Role],
    by: Person | None,
    at: datetime.datetime,
    employee_id: str = "",
    fte: Decimal = Decimal(1),
    is_history_on_paper: bool = False,
) -> StaffMember:
    """Employ a person at an agency: a new staff member, with roles and a plan."""
    if person.pk is None:
        person.save()
    vault.prepare(person)
    staff_member = StaffMember(
        person=person,
        agency=agency,
        hired_on=hired_on,
        employee_id=employee_id,
        fte=fte,
        is_history_on_paper=is_history_on_paper,
        learning_from=at if _worked_elsewhere(person, agency) else None,
    )
    staff_member.time_history(timezone.localdate(at))
    staff_member.save()
    RoleHeld.objects.bulk_create(
        RoleHeld(staff_member=staff_member, role=role) for role in roles
    )
    tell(act="staff.added", staff_member=staff_member, by=by, at=at)
    return staff_member


def _worked_elsewhere(person: Person, agency: Agency) -> bool:
    return person.staff_members.exclude(agency=agency).exists()


@transaction.atomic
def change_staff_member(
    *,
    staff_member: StaffMember,
    changes: Mapping[str, Any],
    person_changes: Mapping[str, Any],
    by: Person,
    at: datetime.datetime,
) -> None:
    """Change a person's name and reach, and the dates and share of the employment."""
    person = Person.objects.get(pk=staff_member.person_id)
    reach = dict(person_changes)
    full_name = reach.pop("full_name", person.full_name)
    if full_name != person.full_name:
        change_name(person=person, name=full_name, by=by, at=at)
    for name, value in reach.items():
        setattr(person, name, value)
    person.save(update_fields=list(reach))
    for name, value in changes.items():
        setattr(staff_member, name, value)
    staff_member.time_history(timezone.localdate(at))
    staff_member.save(update_fields=[*changes, "history_until"])
    tell(act="staff.changed", staff_member=staff_member, by=by, at=at)


@transaction.atomic
def end_history_on_paper(
    *, staff_member: StaffMember, by: Person | None, at: datetime.datetime
) -> None:
    """What is on paper has been entered, or the time for it is over: dates count."""
    staff_member.is_history_on_paper, staff_member.history_until = False, None
    staff_member.save(update_fields=["is_history_on_paper", "history_until"])
    tell(act="staff.history_ended", staff_member=staff_member, by=by, at=at)


def end_due_histories(*, at: datetime.datetime) -> int:
    """Let dates count for everybody whose 90 days are over; says for how many."""
    over = StaffMember.objects.filter(
        is_history_on_paper=True, history_until__lt=timezone.localdate(at)
    )
    due = list(over.select_related("person"))
    for staff_member in due:
        end_history_on_paper(staff_member=staff_member, by=None, at=at)
    return len(due)


@transaction.atomic
def take_up_role(
    *,
    staff_member: StaffMember,
    role: Role,
    starts_on: datetime.date | None,
    by: Person | None,
    at: datetime.datetime,
) -> RoleHeld:
    held = RoleHeld.objects.create(
        staff_member=staff_member, role=role, starts_on=starts_on
    )
    tell(act="staff.role_taken_up", staff_member=staff_member, by=by, at=at)
    return held


@transaction.atomic
def end_role(
    *, held: RoleHeld, ends_on: datetime.date, by: Person, at: datetime.datetime
) -> None:
    held.ends_on = ends_on
    held.save(update_fields=["ends_on"])
    tell(act="staff.role_ended", staff_member=held.staff_member, by=by, at=at)


@transaction.atomic
def tie_supervisor(  # noqa: PLR0913  (who, for whom, for what, from–until)
    *,
    staff_member: StaffMember,
    supervisor: Person,
    scope: str,
    kind: str,
    starts_on: datetime.date,
    ends_on: datetime.date | None,
    by: Person | None,
    at: datetime.datetime,
) -> SupervisionTie:
    """Say who supervises; a new main supervisor ends the earlier one's tie."""
    if kind != SupervisionTie.Kind.BACKUP:
        earlier = (
            SupervisionTie.objects.filter(staff_member=staff_member, scope=scope)
            .filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
            .exclude(kind=SupervisionTie.Kind.BACKUP)
        )
        eve = starts_on - datetime.timedelta(days=1)
        earlier.filter(starts_on__lt=starts_on).update(ends_on=eve)
        earlier.filter(starts_on__gte=starts_on).delete()
    tie = SupervisionTie.objects.create(
        staff_member=staff_member,
        supervisor=supervisor,
        scope=scope,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    tell(act="staff.supervisor_tied", staff_member=staff_member, by=by, at=at)
    return tie


@transaction.atomic
def end_tie(
    *, tie: SupervisionTie, ends_on: datetime.date, by: Person, at: datetime.datetime
) -> None:
    """The supervision ends with that day; one that had not begun goes."""
    if tie.starts_on > ends_on:
        tie.delete()
    elif tie.ends_on is None or tie.ends_on > ends_on:
        tie.ends_on = ends_on
        tie.save(update_fields=["ends_on"])
    tell(act="staff.supervisor_ended", staff_member=tie.staff_member, by=by, at=at)


@transaction.atomic
def save_pause(*, pause: Pause, by: Person | None, at: datetime.datetime) -> Pause:
    """Add or change a pause; dates move with it."""
    pause.save()
    tell(act="staff.pause_saved", staff_member=pause.staff_member, by=by, at=at)
    return pause


@transaction.atomic
def remove_pause(*, pause: Pause, by: Person, at: datetime.datetime) -> None:
    staff_member = pause.staff_member
    pause.delete()
    tell(act="staff.pause_removed", staff_member=staff_member, by=by, at=at)


@transaction.atomic
def grant_access(
    *,
    person: Person,
    kind: str,
    agency: Agency | None,
    starts_on: datetime.date,
    by: Person | None,
    at: datetime.datetime,
) -> Access:
    """Let a person do more than being staff. TTA also edits in the Wagtail admin."""
    vault.prepare(person)
    access = Access.objects.create(
        person=person, kind=kind, agency=agency, starts_on=starts_on
    )
    let_tta_into_the_admin(person=person, on=timezone.localdate(at))
    audit.record(act=f"access.{kind}_granted", actor=by, about=person, at=at)
    return access


@transaction.atomic
def end_access(
    *, access: Access, ends_on: datetime.date, by: Person | None, at: datetime.datetime
) -> None:
    """The access ends with that day; one that had not begun goes."""
    if access.starts_on > ends_on:
        access.delete()
    elif access.ends_on is None or access.ends_on > ends_on:
        access.ends_on = ends_on
        access.save(update_fields=["ends_on"])
    let_tta_into_the_admin(person=access.person, on=timezone.localdate(at))
    audit.record(
        act=f"access.{access.kind}_ended", actor=by, about=access.person, at=at
    )


def let_tta_into_the_admin(*, person: Person, on: datetime.date) -> None:
    """Put the person's account into the group that edits, or take it out.

    Out as soon as no access of theirs is left that holds or will; on the days between,
    the site looks at the access itself.
    """
    if person.user is None:
        return
    group, _created = Group.objects.get_or_create(name=TTA_GROUP)
    accesses = person.accesses.filter(kind=Access.Kind.TTA)
    if accesses.exclude(ends_on__lt=on).exists():
        person.user.groups.add(group)
    else:
        person.user.groups.remove(group)


@transaction.atomic
def invite(*, person: Person, by: Person, at: datetime.datetime) -> None:
    """Ask the site to give the person an account and mail them the way in."""
    outbox.enqueue(
        kind="lms.invite",
        key=f"{person.pk}:{at.isoformat()}",
        payload={"person": person.pk},
    )
    audit.record(act="person.invited", actor=by, about=person, at=at)
