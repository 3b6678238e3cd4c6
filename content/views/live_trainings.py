"""Live trainings: a seat in two taps, and for the host, who was there."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from content import actions
from content.forms import (
    AttendanceFormSet,
    AttendanceListForm,
    ColleagueForm,
    RegisterForm,
)
from content.models import LiveTraining, Registration
from lms import policy
from lms.models import Person, staff_supervised_by

LIVE = "live training"


def _visible(request: HttpRequest) -> QuerySet[LiveTraining]:
    standing = policy.relations_to_program(request.user)
    if not policy.scopes(LIVE, "view", standing, "open to partners"):
        raise Http404
    trainings = LiveTraining.objects.visible_to(request.user)
    return trainings.select_related("training", "host").with_seats_taken()


def _may(request: HttpRequest, act: str, live: LiveTraining, *states: str) -> bool:
    """What the table gives whoever asks; hosting is a relation to this one training."""
    standing = set(policy.relations_to_program(request.user))
    if live.host.user_id == request.user.pk:
        standing.add("host")
    if live.is_open_to_partners:
        states = (*states, "open to partners")
    return bool(policy.scopes(LIVE, act, standing, *states))


@login_required
def live_list(request: HttpRequest) -> HttpResponse:
    person, now = Person.of(request.user), timezone.now()
    trainings = _visible(request)
    own = Registration.objects.filter(person=person).exclude(state="given_up")
    mine = {each.live_training_id: each for each in own}
    upcoming = list(trainings.upcoming(now))
    context = {
        "rows": [(each, mine.get(each.pk)) for each in upcoming],
        "been": trainings.filter(pk__in=mine, ends_at__lte=now).order_by("-starts_at"),
        "hosted": trainings.filter(host=person, cancelled_at=None).order_by("-ends_at"),
    }
    return render(request, "lms_content/live_list.html", context)


@login_required
def live_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _detail_page(request, get_object_or_404(_visible(request), pk=pk))


def _detail_page(
    request: HttpRequest, live: LiveTraining, **bound: Any
) -> HttpResponse:
    person, now = Person.of(request.user), timezone.now()
    own = live.registrations.filter(person=person).exclude(state="given_up").first()
    is_open = live.takes_registrations(now)
    context = {
        "live": live,
        "own": own,
        "seats_left": max(live.capacity - live.seats_taken, 0),
        "is_over": live.is_over(now),
        "registers": is_open and _may(request, "register", live, "open"),
        "form": RegisterForm(initial={"display_name": str(person)}),
        "colleague_form": _colleague_form(request) if is_open else None,
        "sees_roster": _may(request, "view roster", live),
        "taught": live.training.taught.select_related("topic"),
        **bound,
    }
    return render(request, "lms_content/live_detail.html", context)


def _colleague_form(request: HttpRequest) -> ColleagueForm | None:
    """For who supervises somebody: a seat for one of them."""
    team = staff_supervised_by(request.user).employed().select_related("person")
    return ColleagueForm(request.POST or None, team=team) if team.exists() else None


@login_required
@require_POST
def live_register(request: HttpRequest, pk: int) -> HttpResponse:
    live = get_object_or_404(_visible(request), pk=pk)
    if not _may(request, "register", live, "open"):
        raise Http404
    form = RegisterForm(request.POST)
    if not form.is_valid():
        return _detail_page(request, live, form=form)
    person = Person.of(request.user)
    return _take_a_seat(request, live, person, form.cleaned_data["display_name"])


@login_required
@require_POST
def live_register_colleague(request: HttpRequest, pk: int) -> HttpResponse:
    live = get_object_or_404(_visible(request), pk=pk)
    form = _colleague_form(request)
    if form is None:
        raise Http404
    if not form.is_valid():
        return _detail_page(request, live, colleague_form=form)
    colleague = form.cleaned_data["colleague"]
    standing = policy.relations(request.user, colleague)
    if "colleague" not in policy.scopes(LIVE, "register", standing, "open"):
        raise Http404
    return _take_a_seat(request, live, colleague.person, str(colleague.person))


def _take_a_seat(
    request: HttpRequest, live: LiveTraining, person: Person, display_name: str
) -> HttpResponse:
    try:
        registration = actions.register(
            live=live,
            person=person,
            display_name=display_name,
            by=Person.of(request.user),
            at=timezone.now(),
        )
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("lms_content:live_detail", live.pk)
    if registration.has_seat:
        said = _("The seat is booked. An invitation for the calendar is on its way.")
    else:
        said = _("All seats are taken. You move up as soon as one is free.")
    messages.success(request, said)
    return redirect("lms_content:live_detail", live.pk)


@login_required
@require_POST
def live_give_up(request: HttpRequest, pk: int) -> HttpResponse:
    live = get_object_or_404(_visible(request), pk=pk)
    person = Person.of(request.user)
    registration = live.registrations.filter(person=person).first()
    if registration is not None:
        actions.give_up(registration=registration, by=person, at=timezone.now())
        messages.success(request, _("Thank you. The seat goes to somebody who waits."))
    return redirect("lms_content:live_detail", pk)


def _hosted(request: HttpRequest, pk: int, act: str, *states: str) -> LiveTraining:
    live = get_object_or_404(_visible(request), pk=pk)
    if not _may(request, act, live, *states):
        raise Http404
    return live


def _registrations(request: HttpRequest, live: LiveTraining) -> QuerySet[Registration]:
    visible = Registration.objects.visible_to(request.user)
    return visible.filter(live_training=live).select_related("live_training")


@login_required
def live_roster(request: HttpRequest, pk: int) -> HttpResponse:
    """Names as people chose them, and once it has begun, who was there."""
    live = _hosted(request, pk, "view roster")
    seats = _registrations(request, live).with_a_seat()
    return _roster_page(request, live, AttendanceFormSet(queryset=seats))


def _roster_page(
    request: HttpRequest,
    live: LiveTraining,
    formset: AttendanceFormSet,
    list_form: AttendanceListForm | None = None,
) -> HttpResponse:
    context = {
        "live": live,
        "formset": formset,
        "list_form": list_form or AttendanceListForm(),
        "waiting": _registrations(request, live).waiting(),
        "has_started": live.has_started(timezone.now()),
        "is_cancelled": live.cancelled_at is not None,
    }
    return render(request, "lms_content/live_roster.html", context)


@login_required
@require_POST
def live_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    started = ["started"] if _has_started(request, pk) else []
    live = _hosted(request, pk, "mark attendance", *started)
    seats = _registrations(request, live).with_a_seat()
    if "file" in request.FILES:
        list_form = AttendanceListForm(request.POST, request.FILES, live=live)
        if not list_form.is_valid():
            formset = AttendanceFormSet(queryset=seats)
            return _roster_page(request, live, formset, list_form)
        there = list_form.there
    else:
        formset = AttendanceFormSet(request.POST, queryset=seats)
        if not formset.is_valid():
            return _roster_page(request, live, formset)
        there = formset.there()
    changed = actions.note_attendance(
        live=live, there=there, by=Person.of(request.user), at=timezone.now()
    )
    n = len(changed)
    said = ngettext("Noted for %(n)d person.", "Noted for %(n)d people.", n)
    messages.success(request, said % {"n": n})
    return redirect("lms_content:live_roster", pk)


def _has_started(request: HttpRequest, pk: int) -> bool:
    live = _visible(request).filter(pk=pk).first()
    return live is not None and live.has_started(timezone.now())


@login_required
def live_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """First it is said whom it touches; the host then says yes."""
    live = _hosted(request, pk, "view roster")
    if not live.takes_registrations(timezone.now()):
        raise Http404
    if request.method == "POST":
        actions.cancel(live=live, by=Person.of(request.user), at=timezone.now())
        messages.success(request, _("Cancelled. Everybody's calendar is told."))
        return redirect("lms_content:live_detail", pk)
    return render(request, "lms_content/live_cancel.html", {"live": live})
