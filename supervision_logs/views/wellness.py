"""Wellness: one's own check-ins, for oneself. Off until turned on; helplines always."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms import vault
from lms.models import Agency, Helpline, Person, SealedKind, SealedText, StaffMember
from lms.sealed import sealed
from supervision_logs import actions
from supervision_logs.forms import CheckInForm, KeptForm
from supervision_logs.models import CheckInChoice, Suggestion, check_ins_of
from supervision_logs.rules import read

from .trend import pictures_of

A_PAGE = 26


def own_person(request: HttpRequest) -> Person:
    person = Person.of(request.user)
    if person is None:
        raise Http404
    return person


def choice_of(request: HttpRequest) -> CheckInChoice | None:
    return CheckInChoice.objects.visible_to(request.user).first()


def helplines(request: HttpRequest) -> dict[str, Any]:
    """Whom one can call from every page of wellness, whatever is written there."""
    own = StaffMember.objects.employed().filter(person=Person.of(request.user))
    return {
        "helplines": Helpline.objects.select_related("answered_by"),
        "agencies": Agency.objects.filter(staff_members__in=own)
        .exclude(after_hours_phone="")
        .distinct(),
    }


@login_required
@sealed
def wellness(request: HttpRequest) -> HttpResponse:
    """Nothing is asked for before the page has said who sees what."""
    person, choice = own_person(request), choice_of(request)
    context = helplines(request) | {
        "choice": choice,
        "shared": SealedText.objects.visible_to(request.user)
        .filter(kind=SealedKind.CHECK_IN)
        .exclude(person=person)
        .exists(),
    }
    if choice:
        context |= _own(request, person) | {"kept_form": KeptForm(instance=choice)}
    return render(request, "lms_supervision_logs/wellness.html", context)


def _own(request: HttpRequest, person: Person) -> dict[str, Any]:
    """A page of one's own check-ins, the newest first, opened together."""
    texts = check_ins_of(person).order_by("-sealed_on", "pk")
    page = Paginator(texts, A_PAGE).get_page(request.GET.get("page"))
    opened = vault.open_own_many(page.object_list, by=person)
    entries = [(text, read(opened[text.pk])) for text in page if text.pk in opened]
    return {
        "page": page,
        "entries": entries,
        "broken": len(page.object_list) - len(entries),
        "pictures": pictures_of(
            [(text.sealed_on, entry) for text, entry in reversed(entries)]
        ),
    }


@login_required
@require_POST
def wellness_turn_on(request: HttpRequest) -> HttpResponse:
    actions.turn_on(person=own_person(request))
    return redirect("lms_supervision_logs:wellness")


@login_required
@require_POST
def wellness_keep(request: HttpRequest) -> HttpResponse:
    """How long each check-in stays."""
    own_person(request)
    choice = choice_of(request)
    form = KeptForm(request.POST, instance=choice)
    if choice and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
    return redirect("lms_supervision_logs:wellness")


@login_required
def wellness_turn_off(request: HttpRequest) -> HttpResponse:
    """After another look: every check-in goes for good."""
    person = own_person(request)
    if request.method == "POST":
        actions.turn_off(person=person)
        messages.success(request, _("Turned off. Nothing of it is left here."))
        return redirect("lms_supervision_logs:wellness")
    return render(
        request, "lms_supervision_logs/wellness_turn_off.html", helplines(request)
    )


@login_required
@sealed
def check_in(request: HttpRequest) -> HttpResponse:
    person = own_person(request)
    if choice_of(request) is None:
        return redirect("lms_supervision_logs:wellness")
    form = CheckInForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _keep(request, form, person):
        messages.success(request, _("Kept, for you alone."))
        return redirect("lms_supervision_logs:wellness")
    context = helplines(request) | {"form": form, "key": _key(request)}
    return render(request, "lms_supervision_logs/check_in.html", context)


def _key(request: HttpRequest) -> str:
    """Names one sending of the page, so that a second tap keeps nothing twice."""
    try:
        return str(uuid.UUID(request.POST.get("key", "")))
    except ValueError:
        return str(uuid.uuid4())


def _keep(request: HttpRequest, form: CheckInForm, person: Person) -> bool:
    try:
        actions.check_in(
            person=person,
            told=form.check_in,
            key=_key(request),
            on=timezone.localdate(),
        )
    except (vault.VaultClosedError, vault.SealBrokenError):
        form.could_not_be_kept()
        return False
    return True


@login_required
def step_back(request: HttpRequest) -> HttpResponse:
    """A blank to print: how somebody steps back for a while, and returns."""
    return render(request, "lms_supervision_logs/step_back.html")


@login_required
def mondays(request: HttpRequest) -> HttpResponse:
    """Prompts for a short start of the week together."""
    prompts = Suggestion.objects.offered().filter(kind=Suggestion.Kind.MONDAY)
    context = {"prompts": prompts}
    return render(request, "lms_supervision_logs/mondays.html", context)
