"""What is one's own: name, private e-mail, moving on; what is held, to take along or to
let go, and who has looked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms import actions, audit
from lms.forms import CalledForm, NameForm, PrivateEmailForm
from lms.models import DeletionRequest, NameChange, Person
from lms.privacy import openings_of, preview_deletion, sentences_of, take_out
from lms.step_up import sharing, signing

A_PAGE = 50


def _person(request: HttpRequest) -> Person:
    person = Person.of(request.user)
    if person is None:
        raise Http404
    return person


@login_required
def my_name(request: HttpRequest) -> HttpResponse:
    """What colleagues say changes at once; the full name is asked for."""
    person = _person(request)
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
    person = _person(request)
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
    person, code = _person(request), ""
    if request.method == "POST":
        code = actions.make_joining_code(person=person, at=timezone.now())
    return render(request, "lms/my_moving.html", {"code": code})


@login_required
@never_cache
def my_data(request: HttpRequest) -> HttpResponse:
    context = {"person": _person(request), "waiting": _waiting(request)}
    return render(request, "lms/my_data.html", context)


def _waiting(request: HttpRequest) -> DeletionRequest | None:
    return DeletionRequest.objects.visible_to(request.user).waiting().first()


@login_required
@never_cache
@sharing
def my_data_download(request: HttpRequest) -> StreamingHttpResponse:
    """Everything as a ZIP; also for whoever has left."""
    person, at = _person(request), timezone.now()
    takeout = take_out(person, at)
    audit.record(act="data.taken_out", actor=person, about=person, at=at)
    return StreamingHttpResponse(
        takeout.zipped(),
        content_type="application/zip",
        headers={
            "Content-Disposition": 'attachment; filename="my-data.zip"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@login_required
@never_cache
@signing
def my_deletion(request: HttpRequest) -> HttpResponse:
    """What would go, what stays and why; then one may ask for it."""
    person = _person(request)
    if request.method == "POST":
        actions.ask_for_deletion(person=person, at=timezone.now())
        messages.success(request, _("Noted. You can take it back until it is done."))
        return redirect("lms:my_deletion")
    context = {
        "waiting": _waiting(request),
        "preview": preview_deletion(person),
        "is_employed": person.staff_members.employed().exists(),
    }
    return render(request, "lms/my_deletion.html", context)


@login_required
@require_POST
def my_deletion_take_back(request: HttpRequest) -> HttpResponse:
    if actions.take_deletion_back(person=_person(request), at=timezone.now()):
        messages.success(request, _("Taken back. Everything stays as it is."))
    else:
        messages.info(request, _("Nothing was waiting. Everything stays as it is."))
    return redirect("lms:my_deletion")


@login_required
@never_cache
def opened(request: HttpRequest) -> HttpResponse:
    entries = openings_of(_person(request))
    page = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "sentences": sentences_of(page)}
    return render(request, "lms/opened.html", context)
