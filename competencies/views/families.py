"""Before somebody meets families on their own: a list, and a talk. Nothing waits."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from competencies import actions
from competencies.forms import FirstDayForm, VisitsForm
from competencies.models import (
    ChecklistItem,
    FirstDayNamed,
    StaffPlan,
    VisitsTogether,
    day_held,
)
from lms.models import Person

from .access import Two, visible_to_the_two
from .lines import PhasePart, PlanLine, phases_of

FAMILIES = "before you meet families"
NEW = datetime.timedelta(days=366)


@dataclass
class BeforeFamilies:
    """What is done and open of the list, and which day the two have named."""

    lines: list[PlanLine]
    checklist: list[ChecklistItem]
    visits: int
    visits_wanted: int | None
    named: list[FirstDayNamed]
    today: datetime.date

    @property
    def since(self) -> datetime.date | None:
        return day_held(self.named)

    @property
    def is_begun(self) -> bool:
        return self.since is not None and self.since <= self.today

    @property
    def latest_own(self) -> FirstDayNamed | None:
        return next((each for each in reversed(self.named) if each.is_own), None)

    @property
    def latest_other(self) -> FirstDayNamed | None:
        return next((each for each in reversed(self.named) if not each.is_own), None)

    @property
    def waiting(self) -> FirstDayNamed | None:
        """A day that one of them has named and the other has not taken up."""
        latest = self.named[-1] if self.named else None
        return latest if latest and latest.first_day != self.since else None

    @property
    def still_open(self) -> str:
        """One sentence; it asks nothing and stops nothing."""
        parts = [
            *self._open_topics(),
            *self._open_entries(),
            *self._open_visits(),
        ]
        if not parts:
            return _("Everything on this list is done. What is left is the talk.")
        told = get_text_list(parts, _("and"))
        return _("Still open: %(what)s. What that means, you two decide.") % {
            "what": told
        }

    def _open_topics(self) -> Iterable[str]:
        n = sum(not line.is_done for line in self.lines)
        if n:
            yield ngettext("%(n)d topic", "%(n)d topics", n) % {"n": n}

    def _open_entries(self) -> Iterable[str]:
        n = sum(item.done_on is None for item in self.checklist)
        if n:
            yield ngettext(
                "%(n)d entry of the checklist", "%(n)d entries of the checklist", n
            ) % {"n": n}

    def _open_visits(self) -> Iterable[str]:
        n = max((self.visits_wanted or 0) - self.visits, 0)
        if n:
            yield ngettext("%(n)d visit together", "%(n)d visits together", n) % {
                "n": n
            }


def before_families_of(
    request: HttpRequest,
    plan: StaffPlan,
    phases: Iterable[PhasePart],
    checklist: Iterable[ChecklistItem],
    today: datetime.date,
) -> BeforeFamilies:
    wanted = plan.staff_member.agency.visits_before_families
    named = FirstDayNamed.objects.visible_to(request.user).filter(staff_plan=plan)
    return BeforeFamilies(
        lines=[
            line
            for part in phases
            for line in part.required
            if line.item.requirement.is_before_families
        ],
        checklist=list(checklist),
        visits=_visits(request, plan) if wanted else 0,
        visits_wanted=wanted,
        named=list(named.select_related("by")),
        today=today,
    )


def _visits(request: HttpRequest, plan: StaffPlan) -> int:
    visits = VisitsTogether.objects.visible_to(request.user).filter(staff_plan=plan)
    return visits.values_list("count", flat=True).first() or 0


def is_time_for_it(before: BeforeFamilies, plan: StaffPlan) -> bool:
    """Whether the plan page speaks of it: in somebody's first year, or once a day has
    been named. Nobody who has met families for years is asked."""
    hired_on = plan.staff_member.hired_on
    is_new = hired_on is None or before.today - hired_on < NEW
    is_new = is_new and not plan.staff_member.is_history_on_paper
    return bool(before.named or (is_new and before.lines))


def _page(
    request: HttpRequest, plan: StaffPlan, both: Two, **bound: Any
) -> HttpResponse:
    today = timezone.localdate()
    phases = phases_of(request, plan, today)
    checklist = plan.checklist.select_related("entry")
    before = before_families_of(request, plan, phases, checklist, today)
    context = {
        "plan": plan,
        "staff_member": plan.staff_member,
        "is_own": "own" in both.relations,
        "names_day": "date" in both.may(FAMILIES, "confirm", "talk held"),
        "counts_visits": "visits" in both.may(FAMILIES, "edit"),
        "before": before,
        "day_form": FirstDayForm(hired_on=plan.staff_member.hired_on),
        "visits_form": VisitsForm(initial={"count": before.visits}),
        **bound,
    }
    return render(request, "lms_competencies/before_families.html", context)


@login_required
def before_families(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, *visible_to_the_two(request, pk, FAMILIES, "facts"))


@login_required
@require_POST
def first_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Naming the day says that the talk was held."""
    plan, both = visible_to_the_two(request, pk, FAMILIES, "facts")
    if "date" not in both.may(FAMILIES, "confirm", "talk held"):
        raise Http404
    form = FirstDayForm(request.POST, hired_on=plan.staff_member.hired_on)
    is_not_yet = "not_yet" in request.POST
    if not is_not_yet and not form.is_valid():
        return _page(request, plan, both, day_form=form)
    actions.name_first_day(
        plan=plan,
        first_day=None if is_not_yet else form.cleaned_data["first_day"],
        by=Person.of(request.user),
        at=timezone.now(),
    )
    messages.success(request, _("Noted. It holds once you have both named the same."))
    return redirect("lms_competencies:before_families", pk)


@login_required
@require_POST
def visits_together(request: HttpRequest, pk: int) -> HttpResponse:
    plan, both = visible_to_the_two(request, pk, FAMILIES, "facts")
    if "visits" not in both.may(FAMILIES, "edit"):
        raise Http404
    form = VisitsForm(request.POST)
    if not form.is_valid():
        return _page(request, plan, both, visits_form=form)
    actions.note_visits(
        plan=plan, count=form.cleaned_data["count"], by=Person.of(request.user)
    )
    messages.success(request, _("Noted."))
    return redirect("lms_competencies:before_families", pk)
