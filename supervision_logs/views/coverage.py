"""People and weeks: what was held, what was not and why, as far as the agency goes."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.models import (
    Person,
    StaffMember,
    staff_directed_by,
    ties_in_force,
)
from supervision_logs.hours import State
from supervision_logs.reports import Coverage, coverage

WORDS = {
    State.MET: _("as wished"),
    State.PART: _("in part"),
    State.EMPTY: _("none"),
    State.AWAY: _("not held (supervisor away)"),
    State.CLOSED: _("agency closed"),
    State.PAUSED: _("paused"),
    State.RUNNING: _("not over yet"),
    State.OUTSIDE: _("not at work"),
}


@dataclass(frozen=True)
class Cell:
    """A period, with what its state is called."""

    period: object
    words: str


def covered_staff(request: HttpRequest) -> QuerySet[StaffMember]:
    """Oneself, those whose plan one supervises, and those of an agency one directs."""
    reader, today = Person.of(request.user), timezone.localdate()
    ties = ties_in_force(today).main().filter(supervisor=reader)
    directed = staff_directed_by(request.user)
    return StaffMember.objects.employed(today).filter(
        Q(person=reader)
        | Q(pk__in=ties.values("staff_member"))
        | Q(pk__in=directed.values("pk"))
    )


@login_required
def supervision_coverage(request: HttpRequest) -> HttpResponse:
    if Person.of(request.user) is None:
        raise Http404
    found = coverage(covered_staff(request), timezone.localdate())
    context = {
        "tables": [
            {
                "target": target,
                "heads": rows[0].periods[::-1],
                "rows": [(row, _cells(row)) for row in rows],
                "worth_a_word": sum(row.is_worth_a_word for row in rows),
            }
            for target, rows in found.items()
        ],
    }
    return render(request, "lms_supervision_logs/supervision_coverage.html", context)


def _cells(row: Coverage) -> list[Cell]:
    """Newest first: that is what a phone shows without scrolling."""
    return [Cell(each, WORDS[each.state]) for each in reversed(row.periods)]


def waiting_long(staff_member: StaffMember) -> int:
    """How many weeks in a row somebody had no hour at all; 0 where it is not worth a
    word."""
    staff = StaffMember.objects.filter(pk=staff_member.pk)
    rows = [each[0] for each in coverage(staff, timezone.localdate()).values() if each]
    return max((row.empty for row in rows if row.is_worth_a_word), default=0)
