"""A list of an agency's staff: compared with who is there, then written set by set."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from lms import audit, vault
from lms.models import (
    Agency,
    AuditEntry,
    Import,
    ImportRow,
    Person,
    Role,
    RoleHeld,
    StaffMember,
    SupervisionTie,
)
from lms.registry import ImportKind
from lms.rules import (
    EMPLOYMENT,
    PERSON,
    Kind,
    Line,
    Roster,
    Verdict,
    judge,
    keys_of,
    person_named,
    read_line,
)
from lms.signals import staff_changed

from .rosters import roster_for

MAIN = ~Q(kind=SupervisionTie.Kind.BACKUP) & Q(scope=SupervisionTie.Scope.PLAN)
Hired = dict[int, StaffMember]


def look(job: Import, rows: Sequence[ImportRow]) -> None:
    today = timezone.localdate()
    lines = _lines(job, rows)
    roster = roster_for(job.agency, lines, today)
    for row, verdict in zip(rows, judge(lines, roster, today=today), strict=True):
        _note(row, verdict, roster)


def _lines(job: Import, rows: Iterable[ImportRow]) -> list[Line]:
    return [read_line(row.line, row.texts(job.columns)) for row in rows]


def _note(row: ImportRow, verdict: Verdict, roster: Roster) -> None:
    row.kind, row.label = verdict.kind, verdict.label[:254]
    row.sentences = verdict.sentences(roster.titles)


def apply(
    job: Import, rows: Sequence[ImportRow], at: datetime.datetime, *, is_last: bool
) -> None:
    """Look again at some lines and write what they say, with one signal for all.

    Whoever stands further down, in another batch, supervises when the list is gone
    through for the second time.
    """
    today = timezone.localdate(at)
    lines = _lines(job, rows)
    roster = roster_for(job.agency, lines, today)
    coming = frozenset() if is_last else _keys_in(job)
    verdicts = judge(lines, roster, today=today, coming=coming)
    for row, verdict in zip(rows, verdicts, strict=True):
        if verdict.kind == Kind.WRONG:
            _note(row, verdict, roster)
    fine = [each for each in verdicts if each.kind != Kind.WRONG]
    new = [each for each in fine if each.kind == Kind.NEW]
    staff = _employ(job.agency, new, today)
    staff |= _change([each for each in fine if each.kind == Kind.CHANGED], today)
    _take_up_roles(fine, staff)
    _tie_supervisors(job.agency, fine, staff, roster.supervisors, today)
    audit.record_many(_entries(job, fine, staff, at))
    if staff:
        staff_changed.send(sender=StaffMember, staff_members=[*staff.values()], at=at)


def _keys_in(job: Import) -> frozenset[str]:
    columns = {
        key: place
        for key, place in job.columns.items()
        if key in ("employee_id", "email")
    }
    rows = job.rows.exclude(kind=Kind.WRONG)
    return frozenset(
        key for row in rows for key in keys_of(read_line(row.line, row.texts(columns)))
    )


def _employ(agency: Agency, verdicts: Sequence[Verdict], today: datetime.date) -> Hired:
    people = Person.objects.bulk_create(
        Person(**_told(each.changes, PERSON)) for each in verdicts
    )
    vault.prepare_many(people)
    staff = [
        StaffMember(person=person, agency=agency, **_told(each.changes, EMPLOYMENT))
        for person, each in zip(people, verdicts, strict=True)
    ]
    for staff_member in staff:
        staff_member.time_history(today)
    StaffMember.objects.bulk_create(staff)
    return {
        each.line.number: staff_member
        for each, staff_member in zip(verdicts, staff, strict=True)
    }


def _told(changes: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any]:
    return {key: value for key, value in changes.items() if key in keys}


def _change(verdicts: Sequence[Verdict], today: datetime.date) -> Hired:
    locked = StaffMember.objects.select_related("person").select_for_update()
    staff = locked.in_bulk([each.known.staff_member for each in verdicts])
    changed: Hired = {}
    for each in verdicts:
        staff_member = changed[each.line.number] = staff[each.known.staff_member]
        for key, value in each.changes.items():
            row = staff_member.person if key in PERSON else staff_member
            setattr(row, key, value)
        staff_member.time_history(today)
    told = {key for each in verdicts for key in each.changes}
    _update(
        Person, [each.person for each in changed.values()], told.intersection(PERSON)
    )
    fields = told.intersection(EMPLOYMENT)
    if "is_history_on_paper" in fields:
        fields.add("history_until")
    _update(StaffMember, [*changed.values()], fields)
    return changed


def _update(model: Any, rows: Sequence[Any], fields: Collection[str]) -> None:
    if fields:
        model.objects.bulk_update(rows, sorted(fields), batch_size=500)


def _take_up_roles(verdicts: Iterable[Verdict], staff: Hired) -> None:
    roles = {role.key: role for role in Role.objects.all()}
    RoleHeld.objects.bulk_create(
        RoleHeld(
            staff_member=staff[each.line.number],
            role=roles[key],
            starts_on=each.line.values.get("roles_from"),
        )
        for each in verdicts
        for key in each.roles
    )


def _tie_supervisors(
    agency: Agency,
    verdicts: Sequence[Verdict],
    staff: Hired,
    supervisors: Mapping[str, int],
    today: datetime.date,
) -> None:
    """From today on; who supervised until now did so until yesterday."""
    people = dict(supervisors)
    for each in verdicts:
        person = each.known.person if each.known else staff[each.line.number].person_id
        people |= dict.fromkeys(keys_of(each.line), person)
    wanted = {
        staff[each.line.number].pk: person
        for each in verdicts
        if each.supervisor
        and (person := person_named(each.supervisor, people)) is not None
    }
    earlier = SupervisionTie.objects.filter(MAIN, staff_member__in=wanted).filter(
        Q(ends_on=None) | Q(ends_on__gte=today)
    )
    earlier.filter(starts_on__gte=today).delete()
    earlier.update(ends_on=today - datetime.timedelta(days=1))
    here = StaffMember.objects.filter(agency=agency).employed(today)
    colleagues = set(here.values_list("person", flat=True))
    kinds = SupervisionTie.Kind
    SupervisionTie.objects.bulk_create(
        SupervisionTie(
            staff_member_id=staff_member,
            supervisor_id=person,
            kind=kinds.MAIN if person in colleagues else kinds.OUTSIDE,
            starts_on=today,
        )
        for staff_member, person in wanted.items()
    )


def _entries(
    job: Import, verdicts: Iterable[Verdict], staff: Hired, at: datetime.datetime
) -> Iterator[AuditEntry]:
    for each in verdicts:
        if each.line.number in staff:
            staff_member = staff[each.line.number]
            yield audit.entry(
                act="staff.added" if each.known is None else "staff.changed",
                actor=job.by,
                about=staff_member.person,
                target=staff_member,
                at=at,
                facts={"import": job.pk},
            )


STAFF = ImportKind(
    key="lms.staff",
    label=gettext_lazy("Bring in a list"),
    look=look,
    apply=apply,
    start_url="lms:staff_import",
    afterwards=gettext_lazy(
        "New people get no account by this. When somebody should have one, open their "
        "page and choose “Send the invitation”."
    ),
    rounds=2,
)
