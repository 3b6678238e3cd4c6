"""The words we choose: for everyone to read, and to hold their own text against."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from content.forms import LocalWordForm, TextForm
from content.models import WordChoice, agencies_of
from lms import policy
from lms.models import Agency, Person, agencies_directed_by


@login_required
@sensitive_post_parameters("text")
def words(request: HttpRequest) -> HttpResponse:
    """The list, and what it says about a text somebody pastes: that is kept nowhere."""
    chosen = _heard_by(request).in_use().select_related("agency")
    form = TextForm(request.POST or None)
    is_checked = request.method == "POST" and form.is_valid()
    found = chosen.as_list().check(form.cleaned_data["text"]) if is_checked else ()
    directed = _directed(request)
    context = {
        "choices": chosen,
        "form": form,
        "is_checked": is_checked,
        "found": list(found),
        "directed": set(directed),
        "local_form": LocalWordForm(agencies=directed) if directed else None,
    }
    return render(request, "lms_content/words.html", context)


@login_required
@require_POST
def word_add(request: HttpRequest) -> HttpResponse:
    """A director adds a word that their own agency chooses."""
    directed = _directed(request)
    if not directed:
        raise Http404
    form = LocalWordForm(request.POST, agencies=directed)
    if form.is_valid():
        form.save()
        messages.success(request, _("Added for your agency."))
        return redirect("lms_content:words")
    context = {
        "choices": _heard_by(request).in_use().select_related("agency"),
        "form": TextForm(),
        "directed": set(directed),
        "local_form": form,
    }
    return render(request, "lms_content/words.html", context)


@login_required
@require_POST
def word_remove(request: HttpRequest, pk: int) -> HttpResponse:
    own = WordChoice.objects.filter(agency__in=_directed(request))
    get_object_or_404(own, pk=pk).delete()
    messages.success(request, _("Taken off your agency’s list."))
    return redirect("lms_content:words")


def _heard_by(request: HttpRequest) -> QuerySet[WordChoice]:
    """The list for everyone, with what the agencies one works for have added."""
    standing = policy.relations_to_program(request.user)
    if not policy.scopes("word list", "view", standing):
        raise Http404
    return WordChoice.objects.heard_at(agencies_of(request.user))


def _directed(request: HttpRequest) -> list[Agency]:
    standing = policy.relations_to_program(request.user)
    if not policy.scopes("word list", "edit", standing, "local terms"):
        return []
    return list(agencies_directed_by(Person.of(request.user), timezone.localdate()))
