from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from competencies import actions
from competencies.models import ChecklistItem, StaffPlan
from lms.models import Person

from .access import Standing, note_opening, standing, visible_plan
from .histories import history_card
from .lines import next_step, phases_of
from .signers import who_signs
from .together import together_of


def own_plan(request: HttpRequest) -> StaffPlan | None:
    """The plan of where they work today; of where they worked last, if nowhere."""
    plans = StaffPlan.objects.filter(person=Person.of(request.user)).select_related(
        "person", "staff_member__agency", "staff_member__person"
    )
    today = timezone.localdate()
    return max(
        plans,
        key=lambda plan: (
            plan.staff_member.is_employed(today),
            plan.pk,
        ),
        default=None,
    )


@login_required
def my_plan(request: HttpRequest) -> HttpResponse:
    plan = own_plan(request)
    if plan is None:
        return render(request, "lms_competencies/no_plan.html")
    return _plan_page(request, plan, standing(request, plan.staff_member))


@login_required
def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    plan, how = visible_plan(request, pk)
    if how.is_own:
        return redirect("lms_competencies:my_plan")
    return _plan_page(request, plan, how)


def _plan_page(request: HttpRequest, plan: StaffPlan, how: Standing) -> HttpResponse:
    note_opening(request, how, plan, "plan")
    today = timezone.localdate()
    phases = phases_of(request, plan, today)
    checklist = plan.checklist.select_related("entry", "noted_by")
    now = next((part for part in phases if part.state == "now"), None)
    context = {
        "plan": plan,
        "staff_member": plan.staff_member,
        "how": how,
        "phases": phases,
        "now": now,
        "next_step": next_step(phases),
        "together": together_of(request, plan, how, phases, checklist, today),
        "checklist": checklist,
        "signing": who_signs(request, plan.staff_member, how, today),
        "history": history_card(request, plan, how),
        "today": today,
    }
    return render(request, "lms_competencies/plan.html", context)


@login_required
@require_POST
def checklist_note(request: HttpRequest, pk: int) -> HttpResponse:
    items = ChecklistItem.objects.visible_to(request.user).select_related(
        "staff_member"
    )
    item = get_object_or_404(items, pk=pk)
    how = standing(request, item.staff_member)
    if not how.edits:
        raise Http404
    done_on = timezone.localdate() if "done" in request.POST else None
    actions.note_checklist(item=item, done_on=done_on, by=Person.of(request.user))
    page = "my_plan" if how.is_own else "plan_detail"
    pks = [] if how.is_own else [item.staff_member_id]
    response = redirect(f"lms_competencies:{page}", *pks)
    response["Location"] += "#checklist"
    return response
