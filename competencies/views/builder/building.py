"""One change to a draft at a time: each page is one form, each button one post."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from competencies import actions
from competencies.forms import (
    AudienceFormSet,
    BaseAudienceFormSet,
    PhaseForm,
    PlaceForm,
    RequirementForm,
    StepForm,
    TopicForm,
    TurnsForm,
)
from competencies.models import Phase, PlanVersion, Requirement
from competencies.rules import audience_sentence

from .pages import (
    address,
    attempt,
    back_to,
    crumb_of,
    draft_at,
    for_builders,
    role_names,
    show,
)

ROW = [
    "role",
    "obligation",
    "portion",
    "offset_count",
    "offset_unit",
    "aim_count",
    "aim_unit",
]


def _phase(pk: int) -> Phase:
    phases = Phase.objects.filter(version__in=PlanVersion.objects.drafts())
    return get_object_or_404(phases.select_related("version"), pk=pk)


def _requirement(pk: int) -> Requirement:
    rows = Requirement.objects.filter(version__in=PlanVersion.objects.drafts())
    return get_object_or_404(rows.select_related("version", "phase", "topic"), pk=pk)


@for_builders
def topic_add(request: HttpRequest, pk: int) -> HttpResponse:
    draft = draft_at(pk)
    initial = {"phase": request.GET.get("phase")}
    form = TopicForm(request.POST or None, version=draft, initial=initial)
    if request.method == "POST" and form.is_valid():
        if made := attempt(request, _add_topic, draft=draft, form=form):
            return redirect(address("topic_change", made.pk))
        return redirect(address("topic_add", draft.pk))
    context = {"form": form, "button": _("Add it"), "back": address("version", pk)}
    return show(request, "form", _("Add a topic"), [crumb_of(draft)], context)


@transaction.atomic
def _add_topic(*, draft: PlanVersion, form: TopicForm, **told: Any) -> Requirement:
    topic, title = form.cleaned_data["topic"], form.cleaned_data["title"]
    return actions.add_topic(
        version=draft,
        topic=topic or actions.make_topic(title=title, **told),
        phase=form.cleaned_data["phase"],
        **told,
    )


@for_builders
def topic_change(request: HttpRequest, pk: int) -> HttpResponse:
    requirement = _requirement(pk)
    rows = [row.as_rule() for row in requirement.audiences.select_related("role")]
    form = RequirementForm(request.POST or None, instance=requirement)
    audiences = AudienceFormSet(
        request.POST or None,
        prefix="audiences",
        initial=list(requirement.audiences.values(*ROW)),
    )
    turns = TurnsForm(request.POST or None, requirement=requirement)
    # All of them are asked, so that everything to mend is said at once.
    is_right = all([form.is_valid(), audiences.is_valid(), turns.is_valid()])
    if request.method == "POST" and is_right:
        attempt(
            request,
            _change_topic,
            requirement=form.instance,
            audiences=audiences,
            turns=turns,
        )
        if "more" in request.POST:
            return redirect(f"{address('topic_change', pk)}#audiences")
        messages.success(request, _("“%(topic)s” is saved.") % _topic(requirement))
        return back_to(requirement.version, f"?moved={pk}-change")
    context = {
        "form": form,
        "audiences": audiences,
        "turns": turns,
        "requirement": requirement,
        "sentence": audience_sentence(rows, role_names()),
        "back": f"{address('version', requirement.version_id)}#topic-{pk}",
    }
    crumbs = [crumb_of(requirement.version)]
    return show(request, "topic", requirement.topic.title, crumbs, context)


@transaction.atomic
def _change_topic(
    *,
    requirement: Requirement,
    audiences: BaseAudienceFormSet,
    turns: TurnsForm,
    **told: Any,
) -> None:
    actions.change_requirement(
        requirement=requirement, audiences=audiences.rows, **told
    )
    if turns.has_changed():
        actions.change_turns(requirement=requirement, trainings=turns.trainings, **told)


def _topic(requirement: Requirement) -> dict[str, str]:
    return {"topic": requirement.topic.title}


@for_builders
def topic_remove(request: HttpRequest, pk: int) -> HttpResponse:
    requirement = _requirement(pk)
    version = requirement.version
    if request.method == "POST":
        attempt(request, actions.remove_topic, requirement=requirement)
        messages.success(request, _("“%(topic)s” is taken out.") % _topic(requirement))
        return back_to(version, f"#phase-{requirement.phase_id}")
    text = _(
        "It leaves this draft. Who completed it or wrote something on its line keeps "
        "that, and it stays in the catalog."
    )
    context = {
        "text": text,
        "button": _("Take it out"),
        "back": f"{address('version', version.pk)}#topic-{pk}",
    }
    title = _("Take “%(topic)s” out?") % _topic(requirement)
    return show(request, "confirm", title, [crumb_of(version)], context)


@for_builders
@require_POST
def topic_step(request: HttpRequest, pk: int) -> HttpResponse:
    requirement, form = _requirement(pk), StepForm(request.POST)
    if not form.is_valid():
        return back_to(requirement.version)
    step = form.cleaned_data["by_places"]
    attempt(request, actions.step_topic, requirement=requirement, by_places=step)
    button = "up" if step < 0 else "down"
    return back_to(requirement.version, f"?moved={pk}-{button}")


@for_builders
@require_POST
def topic_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a topic was dropped: asked for by the script, which then looks again."""
    requirement = _requirement(pk)
    form = PlaceForm(request.POST, version=requirement.version)
    if not form.is_valid():
        return HttpResponse(status=400)
    attempt(request, actions.place_topic, requirement=requirement, **form.cleaned_data)
    return HttpResponse(status=204)


@for_builders
def phase_add(request: HttpRequest, pk: int) -> HttpResponse:
    draft, form = draft_at(pk), PhaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if made := attempt(request, actions.add_phase, version=draft, **told):
            return back_to(draft, f"#phase-{made.pk}")
    context = {"form": form, "button": _("Add it"), "back": address("version", pk)}
    return show(request, "form", _("Add a phase"), [crumb_of(draft)], context)


@for_builders
def phase_change(request: HttpRequest, pk: int) -> HttpResponse:
    phase = _phase(pk)
    form = PhaseForm(request.POST or None, instance=phase)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        attempt(request, actions.change_phase, phase=phase, **told)
        return back_to(phase.version, f"?moved=phase{pk}-change")
    back = f"{address('version', phase.version_id)}#phase-{pk}"
    context = {"form": form, "button": _("Save"), "back": back}
    crumbs = [crumb_of(phase.version)]
    return show(request, "form", _("Rename this phase"), crumbs, context)


@for_builders
@require_POST
def phase_remove(request: HttpRequest, pk: int) -> HttpResponse:
    phase = _phase(pk)
    attempt(request, actions.remove_phase, phase=phase)
    return back_to(phase.version)


@for_builders
@require_POST
def phase_step(request: HttpRequest, pk: int) -> HttpResponse:
    phase, form = _phase(pk), StepForm(request.POST)
    if not form.is_valid():
        return back_to(phase.version)
    step = form.cleaned_data["by_places"]
    attempt(request, actions.step_phase, phase=phase, by_places=step)
    button = "up" if step < 0 else "down"
    return back_to(phase.version, f"?moved=phase{pk}-{button}")
