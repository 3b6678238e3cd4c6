"""From which template a plan starts, where there is none for the person's own roles."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from competencies import actions
from competencies.forms import NearestTemplateForm
from competencies.models import StaffPlan
from lms import policy
from lms.models import Person, staff_directed_by

from .access import PLAN, visible_plan


@login_required
@require_POST
def plan_start(request: HttpRequest, pk: int) -> HttpResponse:
    plan, _how = visible_plan(request, pk)
    if not _starts(request, plan):
        raise Http404
    form = NearestTemplateForm(request.POST, plan=plan)
    if form.is_valid():
        actions.start_plan_from(
            plan=plan,
            role=form.cleaned_data["role"],
            by=Person.of(request.user),
            at=timezone.now(),
        )
        messages.success(
            request,
            _("Done. The two of them adapt it: a topic that does not fit is waived."),
        )
    else:
        messages.error(request, _("Nothing was changed. Please choose from the list."))
    return redirect("lms:staff_detail", pk)


def _starts(request: HttpRequest, plan: StaffPlan) -> bool:
    """A director of the agency says it, also of their own plan."""
    directs = staff_directed_by(request.user).contains(plan.staff_member)
    part = policy.scopes(PLAN, "edit", {"director"}) if directs else set()
    return "nearest template" in part and plan.staff_member.is_employed()


def plan_to_start(request: HttpRequest, staff_pk: int) -> StaffPlan | None:
    """The plan, for whoever may say where it starts; None where the template has lines
    for the roles the person has today."""
    plans = StaffPlan.objects.visible_to(request.user).select_related(
        "version", "staff_member"
    )
    plan = plans.filter(staff_member=staff_pk).first()
    if plan is None or not _starts(request, plan):
        return None
    held = plan.staff_member.roles_held.current(timezone.localdate())
    has_lines_of_its_own = plan.version.roles().filter(pk__in=held.values("role"))
    return None if has_lines_of_its_own.exists() else plan
