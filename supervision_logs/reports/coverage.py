"""What each week or month of some people has of the targets that are theirs."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from lms.models import StaffMember
from supervision_logs.hours import (
    Held,
    Missed,
    Period,
    Times,
    Work,
    cover,
    empty_in_a_row,
    periods_of,
    share_of,
)
from supervision_logs.models import Attendance, SessionVersion, Target

WEEKS = datetime.timedelta(weeks=7)
MONTHS = datetime.timedelta(days=120)
WORTH_A_WORD = 2


@dataclass(frozen=True)
class Coverage:
    """One person and one target."""

    staff_member: StaffMember
    target: Target
    periods: Sequence[Period]

    @cached_property
    def empty(self) -> int:
        return empty_in_a_row(self.periods)

    @property
    def is_worth_a_word(self) -> bool:
        """Whether two or more weeks in a row had no hour at all. Not said of a target
        with a purpose: there may have been an hour that was not split."""
        is_plain = self.target.per == Target.Per.WEEK and not self.target.purpose
        return is_plain and self.empty >= WORTH_A_WORD


def purpose_asked(staff_member: StaffMember, today: datetime.date) -> str:
    """The purpose a target asks of somebody's hour, so that it needs saying."""
    held = staff_member.roles_held.current(today).values("role")
    targets = Target.objects.in_force().exclude(purpose="")
    theirs = targets.filter(Q(role=None) | Q(role__in=held)).first()
    return theirs.purpose if theirs else ""


def coverage(
    staff: QuerySet[StaffMember], today: datetime.date
) -> dict[Target, list[Coverage]]:
    """For each target in force, those it is for, by name."""
    staff_members = list(
        staff.select_related("person", "agency")
        .prefetch_related("roles_held__role", "pauses")
        .order_by("person__full_name", "pk")
    )
    worked = _work(staff_members, today - MONTHS)
    found = {}
    for target in Target.objects.in_force().select_related("role"):
        theirs = [each for each in staff_members if _is_for(target, each, today)]
        rows = [_covered(target, each, worked[each.pk], today) for each in theirs]
        if rows:
            found[target] = rows
    return found


def _is_for(target: Target, staff_member: StaffMember, today: datetime.date) -> bool:
    if target.role is None:
        return True
    held = [held for held in staff_member.roles_held.all() if held.is_in_force(today)]
    return any(each.role_id == target.role_id for each in held)


def _covered(
    target: Target, staff_member: StaffMember, work: Work, today: datetime.date
) -> Coverage:
    first = today - (WEEKS if target.per == Target.Per.WEEK else MONTHS)
    starts_on = staff_member.agency.week_starts_on
    spans = periods_of(target.per, first, today, starts_on)
    return Coverage(staff_member, target, cover(target.aim, spans, work, today))


def _work(
    staff_members: Iterable[StaffMember], since: datetime.date
) -> dict[int, Work]:
    """What each of them had since then, in one look."""
    held, missed = defaultdict(list), defaultdict(list)
    rows = (
        Attendance.objects.current()
        .filter(staff_member__in=staff_members, version__held_on__gte=since)
        .select_related("version")
        .order_by()
    )
    for row in rows:
        if row.version.is_held:
            held[row.staff_member_id].append(held_by(row))
        elif row.version.not_held_because:
            reason = row.version.not_held_because
            missed[row.staff_member_id].append(Missed(row.version.held_on, reason))
    return {
        each.pk: Work(_times(each), each.fte, held[each.pk], missed[each.pk])
        for each in staff_members
    }


def held_by(row: Attendance) -> Held:
    """A session as one person was at it. Expects the version at hand."""
    version = row.version
    return Held(
        held_on=version.held_on,
        minutes=row.minutes,
        purposes={
            name: share_of(
                getattr(version, f"{name}_minutes"), row.minutes, version.minutes
            )
            for name in SessionVersion.PURPOSES
        },
        format=version.format,
        occasion=version.occasion,
        mode=version.mode,
    )


def _times(staff_member: StaffMember) -> Times:
    pauses = [(each.starts_on, each.ends_on) for each in staff_member.pauses.all()]
    return Times(staff_member.hired_on, staff_member.left_on, pauses)
