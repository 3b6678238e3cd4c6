"""The order of a plan's lines, as the two people set it; it works without a script."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from competencies import actions
from competencies.rules import Progress

from .access import visible_item, visible_plan
from .lines import phases_of

DONE = {Progress.COMPLETE, Progress.WAIVED}


@login_required
def plan_order(request: HttpRequest, pk: int) -> HttpResponse:
    plan, how = visible_plan(request, pk)
    if not how.edits_order:
        raise Http404
    phases = phases_of(request, plan, timezone.localdate())
    parts = [
        (part.phase, [line for line in lines if line.item.progress not in DONE])
        for part in phases
        for lines in (part.required, part.offered)
    ]
    context = {
        "plan": plan,
        "staff_member": plan.staff_member,
        "how": how,
        "parts": [(phase, lines) for phase, lines in parts if len(lines) > 1],
        "is_set": plan.items.exclude(priority=None).exists(),
    }
    return render(request, "lms_competencies/plan_order.html", context)


@login_required
@require_POST
def item_move(request: HttpRequest, pk: int) -> HttpResponse:
    item, how = visible_item(request, pk)
    if not how.edits_order:
        raise Http404
    actions.move_line(item=item, by_places=1 if "down" in request.POST else -1)
    response = redirect("lms_competencies:plan_order", item.staff_member_id)
    response["Location"] += f"#line-{item.pk}"
    return response


@login_required
@require_POST
def plan_order_forget(request: HttpRequest, pk: int) -> HttpResponse:
    plan, how = visible_plan(request, pk)
    if not how.edits_order:
        raise Http404
    actions.forget_order(plan=plan)
    messages.success(request, _("The lines stand in the order of the plan again."))
    return redirect("lms_competencies:plan_order", pk)
