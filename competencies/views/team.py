"""My team: people by name, each with the next date; nobody is ranked."""

import datetime
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from competencies.models import SETTLED, Obligation, PlanItem, date_to_look_at
from competencies.rules import TO_DO, Progress
from lms.models import Person, StaffMember, staff_supervised_by

from .lines import Reasons
from .turns import dates_in_order, key_of, priority_of


@dataclass
class TeamMember:
    staff_member: StaffMember
    roles: str
    week: int | None
    counts: dict
    next_item: PlanItem | None
    why: str
    is_paused: bool


@login_required
def team(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    members = _members(staff_supervised_by(request.user), today)
    waiting = PlanItem.objects.awaiting_signature_by(Person.of(request.user)).count()
    context = {
        "members": members,
        "to_look_at": sum(member.counts["to_look_at"] for member in members),
        "waiting": waiting,
        "today": today,
    }
    return render(request, "lms_competencies/team.html", context)


def _members(staff: QuerySet[StaffMember], today: datetime.date) -> list[TeamMember]:
    staff_members = list(
        staff.select_related("person").prefetch_related("roles_held__role", "pauses")
    )
    keys = [each.pk for each in staff_members]
    counts = _counts(keys, today)
    next_items, reasons = _next_items(keys), Reasons()
    none = {"total": 0, "done": 0, "to_look_at": 0, "waiting": 0, "not_entered": 0}
    return [
        TeamMember(
            staff_member=each,
            roles=", ".join(each.role_titles(today)),
            week=_week(each, today),
            counts=counts.get(each.pk, none),
            next_item=next_items.get(each.pk),
            why=_why(next_items.get(each.pk), reasons),
            is_paused=any(
                pause.starts_on <= today
                and (pause.ends_on is None or pause.ends_on >= today)
                for pause in each.pauses.all()
            ),
        )
        for each in staff_members
    ]


def _why(item: PlanItem | None, reasons: Reasons) -> str:
    """Where the next date comes from; the reason for an agreed one stands on the line
    itself, which notes that it was opened."""
    if item is None:
        return ""
    if item.agreed_on is None:
        return reasons.why(item)
    return _("A date the two of you agreed on, noted by %(name)s.") % {
        "name": item.agreed_by
    }


def _week(staff_member: StaffMember, today: datetime.date) -> int | None:
    """The week of employment, told for the first year."""
    hired_on = staff_member.hired_on
    if hired_on is None or not 0 <= (today - hired_on).days < 366:  # noqa: PLR2004
        return None
    return (today - hired_on).days // 7 + 1


def _counts(keys: list[int], today: datetime.date) -> dict[int, dict]:
    required = Q(obligation=Obligation.REQUIRED)
    rows = (
        PlanItem.objects.filter(staff_member__in=keys)
        .values("staff_member")
        .annotate(
            total=Count("pk", filter=required),
            done=Count("pk", filter=required & SETTLED),
            to_look_at=Count("pk", filter=date_to_look_at(today)),
            waiting=Count("pk", filter=Q(progress=Progress.AWAITING)),
            not_entered=Count("pk", filter=Q(progress=Progress.NOT_ENTERED)),
        )
    )
    return {row["staff_member"]: row for row in rows}


def _next_items(keys: list[int]) -> dict[int, PlanItem]:
    """The open line that comes next, one for each person, as their own page has it."""
    items = (
        PlanItem.objects.required()
        .filter(staff_member__in=keys, progress__in=TO_DO, booked_on=None)
        .filter(Q(agreed_on__isnull=False) | Q(due_on__isnull=False))
        .select_related("topic", "requirement", "agreed_by")
    )
    dates = dates_in_order((item, item.date) for item in items)
    by_turn = sorted(
        items,
        key=lambda item: (
            dates[key_of(item)],
            priority_of(item),
            item.requirement.order,
        ),
    )
    found: dict[int, PlanItem] = {}
    for item in by_turn:
        found.setdefault(item.staff_member_id, item)
    return found
