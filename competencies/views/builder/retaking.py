"""Asking people to take something again: whom it would touch first, then yes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from competencies import actions
from competencies.forms import RetakeForm
from competencies.models import RetakeOrder
from competencies.rules import asked_again_sentence

from .pages import Crumb, address, attempt, for_builders, show


def _crumb() -> Crumb:
    return address("retakes"), _("Taken again")


@for_builders
@require_safe
def retakes(request: HttpRequest) -> HttpResponse:
    """Who was asked to take what again."""
    orders = RetakeOrder.objects.select_related("topic").prefetch_related("roles")
    context = {"orders": orders.order_by("-starts_on", "topic__order")}
    return show(request, "retakes", _("Taken again"), [], context)


@for_builders
def retake_add(request: HttpRequest) -> HttpResponse:
    """What, from when and of whom; then how many that is; then it is asked."""
    form = RetakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if "ask" in request.POST:
            return _ask(request, form)
        if "change" not in request.POST:
            return _look(request, form)
    context = {
        "form": form,
        "button": _("Look at how many that is"),
        "back": address("retakes"),
    }
    title = _("Ask people to take something again")
    return show(request, "form", title, [_crumb()], context)


def _ask(request: HttpRequest, form: RetakeForm) -> HttpResponse:
    data = form.cleaned_data
    attempt(
        request,
        actions.order_retake,
        topics=data["topics"],
        starts_on=data["starts_on"],
        within=form.within,
        roles=data["roles"],
        because=data["because"],
    )
    told = _("It is asked. Plans follow in the background; nothing is taken away.")
    messages.success(request, told)
    return redirect(address("retakes"))


def _look(request: HttpRequest, form: RetakeForm) -> HttpResponse:
    topics, order = form.cleaned_data["topics"], form.order
    people = actions.asked_again(topics=topics, order=order, on=timezone.localdate())
    context = {
        "form": form,
        "order": order,
        "topics": topics,
        "roles": form.cleaned_data["roles"],
        "sentence": asked_again_sentence(people, is_statewide=not order.roles),
    }
    return show(request, "retake", _("Is this what you mean?"), [_crumb()], context)


@for_builders
def retake_call_off(request: HttpRequest, pk: int) -> HttpResponse:
    order = get_object_or_404(RetakeOrder.objects.select_related("topic"), pk=pk)
    if request.method == "POST":
        attempt(request, actions.call_off_retake, order=order)
        messages.success(request, _("It is called off. Plans follow."))
        return redirect(address("retakes"))
    context = {
        "text": _(
            "Nobody is asked by it any more. Who took it again in the meantime keeps "
            "that, and what falls due for another reason still does."
        ),
        "button": _("Call it off"),
        "back": address("retakes"),
    }
    title = _("No longer ask for “%(topic)s”?") % {"topic": order.topic.title}
    return show(request, "confirm", title, [_crumb()], context)
