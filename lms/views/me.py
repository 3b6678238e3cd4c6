"""What is one's own: name, private e-mail, and moving on to another agency."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lms import actions
from lms.forms import CalledForm, NameForm, PrivateEmailForm
from lms.models import NameChange, Person


def _me(request: HttpRequest) -> Person:
    person = Person.of(request.user)
    if person is None:
        raise Http404
    return person


@login_required
def my_name(request: HttpRequest) -> HttpResponse:
    """What colleagues say changes at once; the full name is asked for."""
    person = _me(request)
    asks = "full_name" in request.POST
    called_form = CalledForm(
        request.POST if request.method == "POST" and not asks else None,
        initial={"called": person.called},
    )
    name_form = NameForm(request.POST if asks else None)
    if called_form.is_valid():
        actions.call_by(
            person=person, called=called_form.cleaned_data["called"], at=timezone.now()
        )
        messages.success(request, _("Saved. This is how you are shown from now on."))
        return redirect("lms:my_name")
    if name_form.is_valid():
        actions.ask_for_name(
            person=person, name=name_form.cleaned_data["full_name"], at=timezone.now()
        )
        messages.success(request, _("Asked. Your director finds it on their page."))
        return redirect("lms:my_name")
    changes = NameChange.objects.filter(person=person)
    context = {
        "person": person,
        "called_form": called_form,
        "name_form": name_form,
        "waiting": changes.waiting().first(),
        "made": changes.filter(is_made=True),
        "can_ask": person.staff_members.exists(),
    }
    return render(request, "lms/my_name.html", context)


@login_required
def my_private_email(request: HttpRequest) -> HttpResponse:
    person = _me(request)
    if "remove" in request.POST:
        actions.remove_private_email(person=person, at=timezone.now())
        messages.success(request, _("Removed."))
        return redirect("lms:my_private_email")
    form = PrivateEmailForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        actions.ask_to_confirm_private_email(
            person=person, email=form.cleaned_data["email"], at=timezone.now()
        )
        messages.success(
            request, _("A link is on its way. Open it there, and the address is yours.")
        )
        return redirect("lms:my_private_email")
    context = {"form": form, "person": person}
    return render(request, "lms/my_private_email.html", context)


@login_required
@never_cache
def my_moving(request: HttpRequest) -> HttpResponse:
    """A code for the next director; it shows nothing of what was learned."""
    person, code = _me(request), ""
    if request.method == "POST":
        code = actions.make_joining_code(person=person, at=timezone.now())
    return render(request, "lms/my_moving.html", {"code": code})
