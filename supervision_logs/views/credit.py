"""What counts toward a credential: seen only by the person who turned it on."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lms import policy
from lms.models import Person
from supervision_logs.hours import WhyNot
from supervision_logs.models import CreditGoal, CreditRule
from supervision_logs.reports import credit_of

CREDIT = "credit goal and total"
WHY_NOT = {
    WhyNot.IMPORTED: gettext_lazy("imported, and attested by nobody"),
    WhyNot.UNCONFIRMED: gettext_lazy("not confirmed by both of you yet"),
    WhyNot.FORMAT: gettext_lazy("another format than this asks for"),
    WhyNot.PURPOSE: gettext_lazy("only the minutes noted for that purpose count"),
    WhyNot.TOO_LONG_AGO: gettext_lazy("before the window this looks at"),
    WhyNot.OTHER_PROVIDER: gettext_lazy("from one supervisor too many"),
    WhyNot.MAJORITY: gettext_lazy("more than half has to come from one supervisor"),
}


def _person(request: HttpRequest, act: str, *states: str) -> Person:
    person = Person.of(request.user)
    own = frozenset({"own"} if person else ())
    if not policy.scopes(CREDIT, act, own, *states):
        raise Http404
    return person


@login_required
def credit_goals(request: HttpRequest) -> HttpResponse:
    person, today = _person(request, "edit"), timezone.localdate()
    goals = CreditGoal.objects.visible_to(request.user).select_related("person", "rule")
    on = [(goal, credit_of(goal, today)[0]) for goal in goals]
    followed = {goal.rule.key for goal, _count in on}
    context = {
        "person": person,
        "on": on,
        "off": CreditRule.objects.newest().exclude(key__in=followed),
    }
    return render(request, "lms_supervision_logs/credit_goals.html", context)


@login_required
@require_POST
def credit_turn_on(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(request, "edit")
    rule = get_object_or_404(CreditRule.objects.newest(), pk=pk)
    CreditGoal.objects.get_or_create(
        person=person, rule=rule, defaults={"turned_on_at": timezone.now()}
    )
    messages.success(request, _("Turned on. Nobody but you sees it."))
    return redirect("lms_supervision_logs:credit_goals")


def _goal(request: HttpRequest, pk: int) -> CreditGoal:
    goals = CreditGoal.objects.visible_to(request.user).select_related("person", "rule")
    return get_object_or_404(goals, pk=pk)


@login_required
@require_POST
def credit_turn_off(request: HttpRequest, pk: int) -> HttpResponse:
    _person(request, "edit")
    _goal(request, pk).delete()
    messages.success(request, _("Turned off. Your log is as it was."))
    return redirect("lms_supervision_logs:credit_goals")


@login_required
def credit_goal(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet of one goal: every session, what counts of it, and why not."""
    _person(request, "view", "turned on")
    goal, today = _goal(request, pk), timezone.localdate()
    count, rows = credit_of(goal, today)
    context = {
        "goal": goal,
        "rule": goal.rule,
        "count": count,
        "lines": [
            (rows[each.session.key], each, WHY_NOT.get(each.why_not, ""))
            for each in count.verdicts
        ],
        "today": today,
    }
    return render(request, "lms_supervision_logs/credit_goal.html", context)
