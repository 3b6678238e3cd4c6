"""Versions: the list, one of them, and its way from draft to published."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from competencies import actions
from competencies.forms import PreviewForm
from competencies.models import (
    ChecklistEntry,
    PlanVersion,
    Requirement,
    StaffPlan,
    TrainingPlan,
)
from competencies.rules import (
    Diff,
    Outline,
    audience_sentence,
    details,
    diff,
    faults,
    foreseen_sentence,
    summary,
)
from competencies.views.preview import phases_of_nobody
from lms.models import StaffMember

from .pages import (
    address,
    attempt,
    back_to,
    crumb_of,
    for_builders,
    named,
    role_names,
    show,
)

CHOSEN = "lms_plan_preview"


@dataclass
class BuilderLine:
    requirement: Requirement
    audience: str
    focus: str = ""  # the button that was pressed last


@for_builders
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    working = Q(staff_plans__staff_member__in=StaffMember.objects.employed())
    versions = PlanVersion.objects.annotate(people=Count("staff_plans", filter=working))
    plans = TrainingPlan.objects.prefetch_related(
        Prefetch("versions", queryset=versions.order_by("-number"))
    )
    context = {"plans": plans}
    return show(request, "index", _("Versions and drafts"), [], context)


@for_builders
@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(PlanVersion.objects.select_related("plan"), pk=pk)
    form, phases = _preview(request, found)
    context = {
        "version": found,
        "lines": _lines(request, found),
        "checklist": _checklist(request, found),
        "form": form,
        "phases": phases,
    }
    if found.is_draft:
        context |= _what_differs(found)
    return show(request, "version", named(found), [], context)


def _lines(request: HttpRequest, version: PlanVersion) -> list[tuple]:
    """Phases with their topics, each with its audience in words."""
    names, last = role_names(), request.GET.get("moved", "").partition("-")
    requirements = version.requirements.select_related("topic").order_by("order", "pk")
    requirements = requirements.prefetch_related("audiences__role", "turns")
    phases = version.phases.order_by("order", "pk").prefetch_related(
        Prefetch("requirements", requirements)
    )
    return [
        (
            phase,
            [
                BuilderLine(
                    requirement,
                    audience_sentence(
                        [row.as_rule() for row in requirement.audiences.all()], names
                    ),
                    last[2] if last[0] == str(requirement.pk) else "",
                )
                for requirement in phase.requirements.all()
            ],
            last[2] if last[0] == f"phase{phase.pk}" else "",
        )
        for phase in phases
    ]


def _checklist(
    request: HttpRequest, version: PlanVersion
) -> list[tuple[ChecklistEntry, str]]:
    """Its entries, each with the button that was pressed last."""
    where, _dash, button = request.GET.get("moved", "").partition("-")
    return [
        (entry, button if where == f"entry{entry.pk}" else "")
        for entry in version.checklist.order_by("order", "pk")
    ]


def _what_differs(version: PlanVersion) -> dict[str, Any]:
    outline = actions.outline_of(version)
    change = difference(version, outline)
    return {
        "summary": summary(change),
        "differs": bool(change),
        "faults": faults(outline),
    }


def difference(version: PlanVersion, outline: Outline) -> Diff:
    """From the newest published version to this one."""
    newest = PlanVersion.objects.filter(plan=version.plan_id).newest()
    return diff(actions.outline_of(newest) if newest else Outline(), outline)


def _preview(request: HttpRequest, version: PlanVersion) -> tuple[PreviewForm, list]:
    """The plan of nobody for the roles and hire date chosen last."""
    if "hired_on" in request.GET:
        request.session[CHOSEN] = request.GET.urlencode()
    chosen = request.session.get(CHOSEN)
    form = PreviewForm(QueryDict(chosen) if chosen else None)
    if not form.is_valid():
        return form, []
    roles: list[str] = [role.key for role in form.cleaned_data["roles"]]
    hired_on: datetime.date | None = form.cleaned_data["hired_on"]
    return form, phases_of_nobody(roles, hired_on, version)


@for_builders
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that shows the plan of nobody, by itself."""
    found = get_object_or_404(PlanVersion, pk=pk)
    form, phases = _preview(request, found)
    context = {"version": found, "form": form, "phases": phases}
    return render(request, "lms_competencies/builder/preview.html", context)


@for_builders
@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(PlanVersion.objects.published(), pk=pk)
    draft = attempt(request, actions.copy_version, version=found)
    return back_to(draft)


@for_builders
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    draft = get_object_or_404(PlanVersion.objects.drafts(), pk=pk)
    if request.method == "POST":
        attempt(request, actions.discard_draft, version=draft)
        messages.success(request, _("The draft is gone. Nobody followed it."))
        return redirect(address("index"))
    context = {
        "text": _("Everything changed in this draft goes. Published versions stay."),
        "button": _("Throw the draft away"),
        "back": address("version", draft.pk),
    }
    title = _("Throw this draft away?")
    return show(request, "confirm", title, [crumb_of(draft)], context)


@for_builders
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    draft = get_object_or_404(PlanVersion.objects.drafts(), pk=pk)
    if request.method == "POST":
        if attempt(request, _published, version=draft):
            told = _("Version %(number)d is published. New staff get it from now on.")
            messages.success(request, told % {"number": draft.number})
            return redirect(address("moves", draft.pk))
        return redirect(address("publish", draft.pk))
    outline, today = actions.outline_of(draft), timezone.localdate()
    change = difference(draft, outline)
    plans = StaffPlan.objects.movable_to(draft, today)
    foreseen = actions.foresee(plans=plans, version=draft, on=today)
    context = {
        "version": draft,
        "summary": summary(change),
        "details": details(change, role_names()),
        "foreseen": foreseen_sentence(foreseen, is_statewide=True),
        "faults": faults(outline),
    }
    title = _("Publish version %(number)d") % {"number": draft.number}
    return show(request, "publish", title, [crumb_of(draft)], context)


def _published(**told: Any) -> bool:
    actions.publish_version(**told)
    return True
