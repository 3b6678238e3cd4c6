"""One's own: what is held, to take along or to let go, and who has looked."""

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
from lms.models import DeletionRequest, Person
from lms.privacy import openings_of, preview_deletion, sentences_of, take_out
from lms.step_up import sharing, signing

A_PAGE = 50


def _person(request: HttpRequest) -> Person:
    person = Person.of(request.user)
    if person is None:
        raise Http404
    return person


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
