"""Skills, looked at by both if both wish; nobody else reads it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from competencies import actions
from competencies.forms import SkillsForm
from competencies.models import Competency, SkillRating, SkillsTogether, StaffPlan
from lms.models import Person, StaffMember, ties_in_force

from .access import Two, note_opening, standing, visible_to_the_two
from .goals import GROWTH
from .growth import pictures_of


def supervisor_of(request: HttpRequest, plan: StaffPlan, both: Two) -> Person | None:
    """The one of the two who supervises: whoever reads it, or whoever does today."""
    if "own" not in both.relations:
        return Person.of(request.user)
    ties = ties_in_force(timezone.localdate()).main().filter(scope="plan")
    tie = ties.filter(staff_member=plan.staff_member).select_related("supervisor")
    return next((each.supervisor for each in tie.order_by("kind", "pk")), None)


def skills_asked_of(staff_member: StaffMember) -> QuerySet[Competency]:
    """The skills in the descriptions of the roles held today."""
    today = timezone.localdate()
    held = [
        each.role_id
        for each in staff_member.roles_held.all()
        if each.is_in_force(today)
    ]
    skills = Competency.objects.filter(is_skill=True)
    return skills.filter(Q(role__in=held) | Q(role=None)).select_related("role")


def _together(
    request: HttpRequest, plan: StaffPlan, supervisor: Person | None
) -> SkillsTogether | None:
    found = SkillsTogether.objects.visible_to(request.user)
    return found.filter(staff_plan=plan, supervisor=supervisor).first()


def _page(
    request: HttpRequest, plan: StaffPlan, both: Two, **bound: Any
) -> HttpResponse:
    how = standing(request, plan.staff_member)
    supervisor = supervisor_of(request, plan, both)
    together = _together(request, plan, supervisor)
    is_on = bool(together and together.is_on)
    if is_on:
        note_opening(request, how, plan, "skills")
    ratings = SkillRating.objects.visible_to(request.user).filter(together=together)
    context = {
        "staff_member": plan.staff_member,
        "is_own": how.is_own,
        "edits": bool(both.may(GROWTH, "edit")),
        "supervisor": supervisor,
        "is_on": is_on,
        "own_yes": together and together.own_yes_at,
        "supervisor_yes": together and together.supervisor_yes_at,
        "pictures": pictures_of(ratings.select_related("competency")) if is_on else [],
        "form": SkillsForm(skills=skills_asked_of(plan.staff_member)),
        **bound,
    }
    return render(request, "lms_competencies/skills.html", context)


def _editable(request: HttpRequest, pk: int) -> tuple[StaffPlan, Two, Person]:
    plan, both = visible_to_the_two(request, pk, GROWTH, "words")
    supervisor = supervisor_of(request, plan, both)
    if "words" not in both.may(GROWTH, "edit") or supervisor is None:
        raise Http404
    return plan, both, supervisor


@login_required
def skills(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, *visible_to_the_two(request, pk, GROWTH, "words"))


@login_required
@require_POST
def skills_wish(request: HttpRequest, pk: int) -> HttpResponse:
    plan, _both, supervisor = _editable(request, pk)
    is_wished = "yes" in request.POST
    actions.say_of_skills(
        plan=plan,
        supervisor=supervisor,
        by=Person.of(request.user),
        is_wished=is_wished,
        at=timezone.now(),
    )
    text = _("Noted.") if is_wished else _("Switched off, for both of you.")
    messages.success(request, text)
    return redirect("lms_competencies:skills", pk)


@login_required
@require_POST
def skills_rate(request: HttpRequest, pk: int) -> HttpResponse:
    plan, both, supervisor = _editable(request, pk)
    together = _together(request, plan, supervisor)
    if together is None or not together.is_on:
        return redirect("lms_competencies:skills", pk)
    form = SkillsForm(request.POST, skills=skills_asked_of(plan.staff_member))
    if not form.is_valid():
        return _page(request, plan, both, form=form)
    actions.rate_skills(
        together=together,
        levels=form.levels(),
        by=Person.of(request.user),
        on=timezone.localdate(),
    )
    messages.success(request, _("Saved, for the two of you."))
    return redirect("lms_competencies:skills", pk)
