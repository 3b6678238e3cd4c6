"""Letting people follow a version: first what it would come to, then yes."""

import hashlib

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from competencies import actions
from competencies.forms import WhomForm
from competencies.models import PlanMove, PlanVersion, StaffPlan
from competencies.rules import details, diff, foreseen_sentence, summary

from .pages import address, attempt, crumb_of, for_builders, role_names, show

SECONDS = "5"  # until the page of a move looks again


@for_builders
def moves(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom, what it would come to, and on a post with what was looked at: do it."""
    found = get_object_or_404(PlanVersion.objects.published(), pk=pk)
    told = request.POST or request.GET
    form = WhomForm(told if "whom" in told else None)
    context = {"form": form, "version": found, "moves": found.moves.all()}
    if form.is_bound and form.is_valid():
        plans = form.plans(found)
        if request.method == "POST" and request.POST.get("seen") == _seen(plans):
            asked = attempt(request, actions.ask_to_move, plans=plans, version=found)
            return redirect(
                address("move", asked.pk) if asked else address("moves", pk)
            )
        if request.method == "POST":
            messages.warning(
                request,
                _("Something has changed since you looked. Please look once more."),
            )
        context |= _preview(form, plans, found)
    title = _("Who follows version %(number)d?") % {"number": found.number}
    return show(request, "moves", title, [crumb_of(found)], context)


def _seen(plans: QuerySet[StaffPlan]) -> str:
    """Which plans, and which versions they follow, as one word."""
    rows = list(plans.order_by("pk").values_list("pk", "version"))
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:32]


def _preview(
    form: WhomForm, plans: QuerySet[StaffPlan], version: PlanVersion
) -> dict[str, object]:
    if not plans.exists():
        return {"nobody": True}
    after = actions.outline_of(version)
    came_from = PlanVersion.objects.filter(
        pk__in=plans.order_by().values("version")
    ).order_by("number")
    changes = [(each, diff(actions.outline_of(each), after)) for each in came_from]
    foreseen = actions.foresee(plans=plans, version=version, on=timezone.localdate())
    names = role_names()
    return {
        "foreseen": foreseen_sentence(foreseen, is_statewide=form.is_everyone),
        "changes": [
            (each, summary(change), details(change, names)) for each, change in changes
        ],
        "seen": _seen(plans),
    }


@for_builders
@require_safe
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a move is, and the way back."""
    found = get_object_or_404(PlanMove.objects.select_related("version"), pk=pk)
    is_undoing = found.undo_asked_at is not None
    rows = found.plans.to_undo() if is_undoing else found.plans.waiting()
    is_done = bool(found.undone_at if is_undoing else found.finished_at)
    has_stopped, is_still = actions.has_stopped(found), "still" in request.GET
    context = {
        "move": found,
        "is_undoing": is_undoing,
        "is_done": is_done,
        "done": found.people - rows.count(),
        "has_stopped": has_stopped,
        "is_still": is_still,
        "outcome": _outcome(found) if is_done else "",
    }
    crumbs = [
        crumb_of(found.version),
        (address("moves", found.version_id), _("Who follows it")),
    ]
    title = _("Plans that follow version %(number)d")
    told = {"number": found.version.number}
    response = show(request, "move", title % told, crumbs, context)
    if not (is_done or has_stopped or is_still):
        response.headers["Refresh"] = SECONDS
    return response


def _outcome(found: PlanMove) -> str:
    if not found.undo_asked_at:
        text = ngettext(
            "%(count)d plan follows it now.",
            "%(count)d plans follow it now.",
            found.people,
        )
        return text % {"count": found.people}
    kept = found.plans.filter(is_kept=True).count()
    if not kept:
        return _("All of them follow the version they followed before.")
    if kept == found.people:
        return _("They stay: something was noted on them since.")
    return _(
        "They follow the version they followed before, but for plans on which "
        "something was noted since: these stay."
    )


@for_builders
@require_POST
def move_undo(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(PlanMove, pk=pk)
    attempt(request, actions.ask_to_undo, move=found)
    return redirect(address("move", pk))


@for_builders
@require_POST
def move_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a move that stopped on its way."""
    found = get_object_or_404(PlanMove, pk=pk)
    if actions.has_stopped(found):
        attempt(request, actions.go_on, move=found)
    return redirect(address("move", pk))
