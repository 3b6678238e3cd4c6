"""A month, confirmed by both in one look: "that's right", once for each."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.models import Person
from lms.step_up import signing
from supervision_logs import actions
from supervision_logs.hours import (
    Difference,
    Line,
    differences,
    month_before,
    month_of,
    next_month,
    read,
)
from supervision_logs.models import Attendance, AttendanceQuerySet, SessionVersion
from supervision_logs.reports import (
    PairStatement,
    lines_seen,
    statement_of,
    statements,
)

from .access import STATEMENT, Pair, find_pair


def attended_by(person: Person | None) -> AttendanceQuerySet:
    return Attendance.objects.filter(person=person)


def given_by(person: Person | None) -> AttendanceQuerySet:
    return Attendance.objects.filter(version__session__given_by=person)


def waits_for(statement: PairStatement, person: Person | None) -> bool:
    """Whether that side has not confirmed the month as it stands."""
    is_own = statement.staff_member.person_id == person.pk
    return statement.confirmation(is_own=is_own) is None


def month_at(year: int, month: int) -> datetime.date:
    """The month an address names, or 404."""
    try:
        first = datetime.date(year, month, 1)
    except ValueError as error:
        raise Http404 from error
    if not 2000 <= year <= timezone.localdate().year + 1:  # noqa: PLR2004
        raise Http404
    return first


@login_required
def this_month(request: HttpRequest) -> HttpResponse:
    """The month to look at: the last one while something in it waits, else this one."""
    reader, this = Person.of(request.user), month_of(timezone.localdate())
    if reader is None:
        raise Http404
    last = month_before(this)
    rows = [
        *statements(attended_by(reader), last),
        *statements(given_by(reader), last),
    ]
    waits = any(waits_for(each, reader) for each in rows)
    month = last if waits else this
    return redirect("lms_supervision_logs:month", month.year, month.month)


@login_required
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Every statement one is part of, each to confirm with one tap."""
    reader, day = Person.of(request.user), month_at(year, month)
    if reader is None:
        raise Http404
    context = {
        "month": day,
        "before": month_before(day),
        "after": next_month(day),
        "is_over": next_month(day) <= timezone.localdate(),
        "own": statements(attended_by(reader), day),
        "given": statements(given_by(reader), day),
    }
    return render(request, "lms_supervision_logs/month.html", context)


def _pair(request: HttpRequest, key: tuple[int, int], act: str) -> Pair:
    pair = find_pair(request, *key)
    if "facts" not in pair.may(STATEMENT, act, "version"):
        raise Http404
    return pair


@login_required
def statement(
    request: HttpRequest, staff: int, supervisor: int, year: int, month: int
) -> HttpResponse:
    """One pair's month, line by line; ``seen`` in the address says what somebody saw
    of it before, and the page shows what has become different."""
    pair = _pair(request, (staff, supervisor), "view")
    day = month_at(year, month)
    found = statement_of(pair.staff_member, pair.supervisor, day)
    context = {
        "pair": pair,
        "month": day,
        "is_over": next_month(day) <= timezone.localdate(),
        "each": found,
        "confirms": "facts" in pair.may(STATEMENT, "confirm", "version"),
        "waits": waits_for(found, pair.reader),
        "changes": _changes(pair, found, request.GET.get("seen")),
    }
    return render(request, "lms_supervision_logs/statement.html", context)


def _changes(pair: Pair, found: PairStatement, seen: str | None) -> list[str]:
    """What is different from what was seen, in sentences."""
    if seen is None:
        return []
    try:
        then = read(seen)
    except ValueError:
        return []
    before = lines_seen(pair.staff_member, pair.supervisor, then)
    return list(_said(differences(before, found.statement.lines)))


def _said(changes: Iterable[Difference]) -> Iterable[str]:
    for each in changes:
        told = {"before": _line(each.before), "now": _line(each.now)}
        if each.before is None:
            yield _("New: %(now)s") % told
        elif each.now is None:
            yield _("No longer in this month: %(before)s") % told
        else:
            yield _("Was: %(before)s. Is now: %(now)s") % told


def _line(line: Line | None) -> str:
    if line is None:
        return ""
    state = SessionVersion.State(line.state)
    told = {"day": date_format(line.held_on, "j M Y"), "minutes": line.minutes}
    if state == SessionVersion.State.HELD:
        return _("%(day)s, %(minutes)d min") % told
    return f"{told['day']}, {state.label.lower()}"


@login_required
@require_POST
@signing
def statement_confirm(
    request: HttpRequest, staff: int, supervisor: int, year: int, month: int
) -> HttpResponse:
    pair = _pair(request, (staff, supervisor), "confirm")
    day, seen = month_at(year, month), request.POST.get("seen", "")
    is_confirmed = actions.confirm_statement(
        staff_member=pair.staff_member,
        supervisor=pair.supervisor,
        month=day,
        seen=seen,
        by=pair.reader,
        at=timezone.now(),
    )
    if is_confirmed:
        messages.success(request, _("Confirmed."))
        return redirect(_back(request, day))
    messages.warning(
        request, _("This month changed after you opened it. Please look once more.")
    )
    return redirect(_address(pair, day) + "?" + urlencode({"seen": seen}))


def _address(pair: Pair, day: datetime.date) -> str:
    key = [*pair.key, day.year, day.month]
    return reverse("lms_supervision_logs:statement", args=key)


def _back(request: HttpRequest, day: datetime.date) -> Any:
    return reverse("lms_supervision_logs:month", args=[day.year, day.month])
