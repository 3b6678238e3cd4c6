"""Employments as the rules see them: roles, pauses, and the day of hire."""

import datetime
from collections import defaultdict
from collections.abc import Collection

from competencies.models import StaffPlan
from competencies.rules import Employed, Hold, PauseDays
from lms.models import Pause, RoleHeld, StaffMember

EMPLOYMENT = ("staff_member__pauses", "staff_member__roles_held__role")


def employed_as(staff_member: StaffMember) -> Employed:
    """One employment; expects ``EMPLOYMENT`` at hand."""
    return Employed(
        staff_member.hired_on,
        frozenset(held.role.key for held in staff_member.roles_held.all()),
        tuple(PauseDays(p.starts_on, p.ends_on) for p in staff_member.pauses.all()),
    )


def holds_of(
    staff_members: Collection[StaffMember], on: datetime.date
) -> dict[int, tuple[Hold, ...]]:
    """The roles in force on that day, and the one whose template a plan starts from.

    A role that is still to begin counts already, so that its dates can be seen ahead.
    Two queries, however many people.
    """
    held: dict[int, tuple[Hold, ...]] = defaultdict(tuple)
    rows = RoleHeld.objects.filter(staff_member__in=staff_members).exclude(
        ends_on__lt=on
    )
    columns = ("staff_member", "role__key", "starts_on")
    for staff, role, starts_on in rows.order_by("role__key", "pk").values_list(
        *columns
    ):
        held[staff] += (Hold(role, starts_on),)
    plans = StaffPlan.objects.filter(staff_member__in=staff_members)
    started = plans.exclude(starts_from=None)
    for staff, role in started.values_list("staff_member", "starts_from__key"):
        held[staff] += (Hold(role, is_example=True),)
    return held


def pauses_of(
    staff_members: Collection[StaffMember],
) -> dict[int, tuple[PauseDays, ...]]:
    """Their pauses, the earliest first. One query, however many people."""
    pauses: dict[int, tuple[PauseDays, ...]] = defaultdict(tuple)
    rows = Pause.objects.filter(staff_member__in=staff_members).order_by("starts_on")
    for staff, first, last in rows.values_list("staff_member", "starts_on", "ends_on"):
        pauses[staff] += (PauseDays(first, last),)
    return pauses
