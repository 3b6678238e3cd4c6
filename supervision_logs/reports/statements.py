"""What the sessions of a month come to, for the two people who confirm them."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from lms.models import Person, StaffMember
from supervision_logs.hours import Line, Statement, next_month
from supervision_logs.models import (
    Attendance,
    AttendanceQuerySet,
    MonthlyConfirmation,
    SessionVersion,
)


def line_of(attendance: Attendance) -> Line:
    """Expects the version at hand."""
    version = attendance.version
    return Line(
        session=version.session_id,
        version=version.number,
        held_on=version.held_on,
        state=version.state,
        minutes=attendance.minutes,
        reflective=version.reflective_minutes,
        administrative=version.administrative_minutes,
        clinical=version.clinical_minutes,
        format=version.format,
        occasion=version.occasion,
        mode=version.mode,
    )


@dataclass
class PairStatement:
    """A month of one person with one supervisor, and who has confirmed it."""

    staff_member: StaffMember
    supervisor: Person
    month: datetime.date
    attendances: list[Attendance] = field(default_factory=list)
    confirmations: list[MonthlyConfirmation] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.statement = Statement(
            self.staff_member.pk,
            self.month,
            tuple(line_of(each) for each in self.attendances),
        )

    def confirmation(self, *, is_own: bool) -> MonthlyConfirmation | None:
        """That side's, of the month as it stands now."""
        for each in self.confirmations:
            if each.is_own == is_own and each.digest == self.statement.digest:
                return each
        return None

    @property
    def own(self) -> MonthlyConfirmation | None:
        return self.confirmation(is_own=True)

    @property
    def supervisors(self) -> MonthlyConfirmation | None:
        return self.confirmation(is_own=False)

    @property
    def waits_for_own(self) -> bool:
        return self.own is None

    @property
    def waits_for_supervisor(self) -> bool:
        return self.supervisors is None

    @property
    def has_changed_since(self) -> bool:
        """Whether somebody confirmed this month as it stood before."""
        return any(each.digest != self.statement.digest for each in self.confirmations)


def attested(month: datetime.date) -> Q:
    """The condition that an attendance is of that month and can be confirmed."""
    return Q(version__held_on__gte=month, version__held_on__lt=next_month(month)) & ~Q(
        version__origin=SessionVersion.Origin.IMPORTED
    )


def statements(
    attendances: AttendanceQuerySet, month: datetime.date
) -> list[PairStatement]:
    """Of those attendances, a statement for each pair, by name."""
    rows = (
        attendances.current()
        .filter(attested(month))
        .with_facts()
        .order_by("version__held_on", "version__session")
    )
    pairs: dict[tuple[int, int], list[Attendance]] = defaultdict(list)
    for row in rows:
        pairs[row.staff_member_id, row.version.session.given_by_id].append(row)
    staff = [staff_member for staff_member, _supervisor in pairs]
    confirmed = _confirmations(staff, month)
    found = [
        PairStatement(
            rows[0].staff_member,
            rows[0].version.session.given_by,
            month,
            rows,
            confirmed.get(key, []),
        )
        for key, rows in pairs.items()
    ]
    return sorted(
        found, key=lambda each: (str(each.attendances[0].person), str(each.supervisor))
    )


def _confirmations(
    staff: Iterable[int], month: datetime.date
) -> dict[tuple[int, int], list[MonthlyConfirmation]]:
    found = defaultdict(list)
    rows = MonthlyConfirmation.objects.filter(staff_member__in=staff, month=month)
    for row in rows.select_related("person", "supervisor"):
        found[row.staff_member_id, row.supervisor_id].append(row)
    return found


def statement_of(
    staff_member: StaffMember, supervisor: Person, month: datetime.date
) -> PairStatement:
    """One pair's month, also where nothing stands in it."""
    rows = Attendance.objects.between(staff_member, supervisor)
    found = statements(rows, month)
    return found[0] if found else PairStatement(staff_member, supervisor, month)


def lines_seen(
    staff_member: StaffMember, supervisor: Person, seen: dict[int, int]
) -> list[Line]:
    """The lines of a pair as somebody saw them, whatever became of them since."""
    rows = Attendance.objects.between(staff_member, supervisor)
    rows = rows.filter(version__session__in=seen).select_related("version")
    return [
        line_of(each)
        for each in rows
        if seen[each.version.session_id] == each.version.number
    ]


def months_of(attendances: AttendanceQuerySet) -> list[datetime.date]:
    """The months in which those attendances can be confirmed, oldest first."""
    days = (
        attendances.current()
        .exclude(version__origin=SessionVersion.Origin.IMPORTED)
        .dates("version__held_on", "month")
    )
    return list(days)
