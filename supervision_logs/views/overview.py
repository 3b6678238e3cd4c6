"""Supervision: one's own hours, those one gives, and one's own log for good."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Max, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lms.models import Person, StaffMember, SupervisionTie, ties_in_force
from supervision_logs.hours import month_before, month_of, next_on
from supervision_logs.models import Attendance, StandingHour, TimeAsked
from supervision_logs.reports import PairStatement, statements

from .months import attended_by, given_by, waits_for
from .sessions import roster_of

A_PAGE = 50


@dataclass(frozen=True)
class Meeting:
    """One pair, as a card shows it."""

    staff_member: StaffMember
    supervisor: Person
    next_on: datetime.date | None
    standing: StandingHour | None
    last_on: datetime.date | None
    asks_for_time: bool


@login_required
def supervision(request: HttpRequest) -> HttpResponse:
    reader, today = Person.of(request.user), timezone.localdate()
    ties = ties_in_force(today).select_related(
        "staff_member__person", "staff_member__agency", "supervisor"
    )
    own = ties.filter(staff_member__person=reader) if reader else ties.none()
    given = ties.filter(supervisor=reader) if reader else ties.none()
    context = {
        "own": _meetings(request, own, today),
        "given": _meetings(request, given, today),
        "leads": roster_of(reader).exists(),
        "waiting": _waiting(reader, month_before(month_of(today))),
        "last_month": month_before(month_of(today)),
    }
    return render(request, "lms_supervision_logs/supervision.html", context)


def _waiting(reader: Person | None, month: datetime.date) -> list[PairStatement]:
    """Statements of last month that wait for the reader."""
    if reader is None:
        return []
    rows = [
        *statements(attended_by(reader), month),
        *statements(given_by(reader), month),
    ]
    return [each for each in rows if waits_for(each, reader)]


def _meetings(
    request: HttpRequest, ties: Iterable[SupervisionTie], today: datetime.date
) -> list[Meeting]:
    """A card for each pair, however many ties it has, by name."""
    pairs = {(tie.staff_member_id, tie.supervisor_id): tie for tie in ties}
    staff = [staff_member for staff_member, _supervisor in pairs]
    hours = {
        (each.staff_member_id, each.supervisor_id): each
        for each in StandingHour.objects.current(today).filter(staff_member__in=staff)
    }
    asking = TimeAsked.objects.visible_to(request.user).waiting(timezone.now())
    asks = set(asking.values_list("staff_member", flat=True))
    last = _last_held(staff)
    found = [
        _meeting(tie, hours.get(key), last.get(key), today, asks=key[0] in asks)
        for key, tie in pairs.items()
    ]
    return sorted(found, key=lambda each: str(each.staff_member.person))


def _last_held(staff: list[int]) -> dict[tuple[int, int], datetime.date]:
    rows = (
        Attendance.objects.current()
        .held()
        .filter(staff_member__in=staff)
        .order_by()
        .values_list("staff_member", "version__session__given_by")
        .annotate(last=Max("version__held_on"))
    )
    return {(staff_member, giver): day for staff_member, giver, day in rows}


def _meeting(
    tie: SupervisionTie,
    standing: StandingHour | None,
    last_on: datetime.date | None,
    today: datetime.date,
    *,
    asks: bool,
) -> Meeting:
    following = next_on(standing.weekday, today) if standing else None
    return Meeting(tie.staff_member, tie.supervisor, following, standing, last_on, asks)


@login_required
def my_log(request: HttpRequest) -> HttpResponse:
    """All supervision one received, and all one gave: one's own for ever."""
    reader = Person.of(request.user)
    if reader is None:
        raise Http404
    is_given = request.GET.get("side") == "given"
    rows = given_by(reader) if is_given else attended_by(reader)
    rows = rows.current().with_facts()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "query": "side=given" if is_given else "",
        "is_given": is_given,
        "gives": given_by(reader).exists(),
        "minutes": rows.held().aggregate(sum=Sum("minutes"))["sum"] or 0,
        "reader": reader,
    }
    return render(request, "lms_supervision_logs/my_log.html", context)
