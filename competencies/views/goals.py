"""Goals after the first year, in the two people's own words."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from competencies import actions
from competencies.forms import DevelopmentGoalForm, GoalStepForm
from competencies.models import DevelopmentGoal, GoalStep, StaffPlan
from lms.models import Person

from .access import Two, note_opening, standing, two, visible_to_the_two

GROWTH = "skill ratings and goals"


def _plan(request: HttpRequest, pk: int) -> tuple[StaffPlan, Two]:
    return visible_to_the_two(request, pk, GROWTH, "words")


def _editing(both: Two) -> None:
    if "words" not in both.may(GROWTH, "edit"):
        raise Http404


def _visible_goal(request: HttpRequest, pk: int) -> tuple[DevelopmentGoal, Two]:
    goals = DevelopmentGoal.objects.visible_to(request.user).select_related(
        "person", "staff_member__person", "staff_plan__person"
    )
    goal = get_object_or_404(goals, pk=pk)
    both = two(request, goal.staff_member)
    if "words" not in both.may(GROWTH, "view"):
        raise Http404
    return goal, both


@login_required
def goals(request: HttpRequest, pk: int) -> HttpResponse:
    plan, both = _plan(request, pk)
    how = standing(request, plan.staff_member)
    note_opening(request, how, plan, "goals")
    found = DevelopmentGoal.objects.visible_to(request.user).filter(staff_plan=plan)
    found = list(found.prefetch_related("steps"))
    context = {
        "plan": plan,
        "staff_member": plan.staff_member,
        "is_own": how.is_own,
        "edits": bool(both.may(GROWTH, "edit")),
        "open_goals": [goal for goal in found if goal.settled_on is None],
        "settled_goals": [goal for goal in found if goal.settled_on],
    }
    return render(request, "lms_competencies/goals.html", context)


@login_required
def goal_add(request: HttpRequest, pk: int) -> HttpResponse:
    plan, both = _plan(request, pk)
    _editing(both)
    goal = DevelopmentGoal(
        person_id=plan.person_id,
        staff_member=plan.staff_member,
        staff_plan=plan,
        noted_by=Person.of(request.user),
        noted_on=timezone.localdate(),
    )
    form = DevelopmentGoalForm(request.POST or None, instance=goal)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. Now the first small step?"))
        return redirect("lms_competencies:goal_detail", goal.pk)
    context = {"staff_member": plan.staff_member, "form": form}
    return render(request, "lms_competencies/goal_add.html", context)


def _goal_page(
    request: HttpRequest, goal: DevelopmentGoal, both: Two, **bound: Any
) -> HttpResponse:
    how = standing(request, goal.staff_member)
    note_opening(request, how, goal, "goal")
    context = {
        "goal": goal,
        "staff_member": goal.staff_member,
        "is_own": how.is_own,
        "edits": bool(both.may(GROWTH, "edit")),
        "steps": goal.steps.all(),
        "form": DevelopmentGoalForm(instance=goal),
        "step_form": GoalStepForm(),
        **bound,
    }
    return render(request, "lms_competencies/goal_detail.html", context)


@login_required
def goal_detail(request: HttpRequest, pk: int) -> HttpResponse:
    goal, both = _visible_goal(request, pk)
    if request.method != "POST":
        return _goal_page(request, goal, both)
    _editing(both)
    form = DevelopmentGoalForm(request.POST, instance=goal)
    if not form.is_valid():
        return _goal_page(request, goal, both, form=form)
    goal.save(update_fields=list(form.cleaned_data))
    messages.success(request, _("Saved."))
    return redirect("lms_competencies:goal_detail", pk)


@login_required
@require_POST
def goal_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Reached, let go, or open again: whatever else is sent means open."""
    goal, both = _visible_goal(request, pk)
    _editing(both)
    told = request.POST.get("settled_as", "")
    settled_as = told if told in DevelopmentGoal.Settled.values else ""
    actions.settle_goal(goal=goal, settled_as=settled_as, on=timezone.localdate())
    messages.success(request, _("Noted."))
    return redirect("lms_competencies:goals", goal.staff_member_id)


@login_required
@require_POST
def goal_step_add(request: HttpRequest, pk: int) -> HttpResponse:
    goal, both = _visible_goal(request, pk)
    _editing(both)
    step = GoalStep(person_id=goal.person_id, staff_member=goal.staff_member, goal=goal)
    form = GoalStepForm(request.POST, instance=step)
    if not form.is_valid():
        return _goal_page(request, goal, both, step_form=form)
    form.save()
    return redirect("lms_competencies:goal_detail", pk)


@login_required
@require_POST
def goal_step_note(request: HttpRequest, pk: int) -> HttpResponse:
    steps = GoalStep.objects.visible_to(request.user).select_related("staff_member")
    step = get_object_or_404(steps, pk=pk)
    _editing(two(request, step.staff_member))
    done_on = timezone.localdate() if "done" in request.POST else None
    actions.note_step(step=step, done_on=done_on)
    return redirect("lms_competencies:goal_detail", step.goal_id)
