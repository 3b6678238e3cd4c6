"""A lost second step: a director asks, a second person looks and confirms."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lms import actions, step_up
from lms.forms import BecauseForm
from lms.models import FactorReset, Person

from .staff import answered_for


@login_required
@step_up.signing
def staff_reset(request: HttpRequest, pk: int) -> HttpResponse:
    staff_member = answered_for(request, pk)
    by, now = Person.of(request.user), timezone.now()
    if staff_member.person == by or staff_member.person.user is None:
        raise Http404
    waiting = FactorReset.objects.filter(person=staff_member.person).waiting(now)
    form = BecauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not waiting.exists():
        actions.ask_for_reset(
            staff_member=staff_member, because=form.cleaned_data["because"],
            by=by, at=now,
        )  # fmt: skip
        messages.success(request, _("Asked. A second person sees it now."))
        return redirect("lms:staff_reset", pk)
    context = {
        "form": form,
        "staff_member": staff_member,
        "waiting": waiting.select_related("asked_by").first(),
    }
    return render(request, "lms/staff_reset.html", context)


@login_required
@step_up.signing
def reset_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person: not the one who asked, and not the one it is about."""
    now = timezone.now()
    mine = FactorReset.objects.waiting_for(request.user, now)
    reset = get_object_or_404(
        mine.select_related("person", "staff_member__agency", "asked_by"), pk=pk
    )
    if {"confirm", "decline"} & request.POST.keys():
        is_confirmed = "confirm" in request.POST
        actions.settle_reset(
            reset=reset, is_confirmed=is_confirmed, by=Person.of(request.user), at=now
        )
        if is_confirmed:
            text = _("Confirmed. %(name)s gets a mail that leads back in.")
        else:
            text = _("Left as it is. Nothing was reset for %(name)s.")
        messages.success(request, text % {"name": reset.person})
        return redirect("lms:home")
    return render(request, "lms/reset_settle.html", {"reset": reset})
