"""Two records of one person: found, looked at side by side, put together."""

import re
from collections import Counter
from dataclasses import dataclass

from django.apps import apps
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lms import actions, step_up
from lms.forms import MergeForm, people_matching
from lms.models import Person, PersonRecord, people_mergeable_by

NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True)
class Holding:
    what: str
    counts: list[int]


def _mergeable(request: HttpRequest) -> QuerySet[Person]:
    people = people_mergeable_by(request.user)
    if not people.exists():
        raise Http404
    return people.prefetch_related("staff_members__agency")


@login_required
def people_same(request: HttpRequest) -> HttpResponse:
    """Find the two."""
    people, text = _mergeable(request), request.GET.get("name", "").strip()
    chosen = [pk for pk in request.GET.getlist("person") if NUMBER.fullmatch(pk)][:2]
    if len(chosen) == 2:  # noqa: PLR2004
        return redirect("lms:people_merge", *chosen)
    context = {
        "text": text,
        "asks_for_two": "person" in request.GET,
        "people": people_matching(people, text)[:20] if text else [],
    }
    return render(request, "lms/people_same.html", context)


@login_required
@step_up.signing
def people_merge(request: HttpRequest, pk: int, other_pk: int) -> HttpResponse:
    mergeable = _mergeable(request)
    people = [get_object_or_404(mergeable, pk=number) for number in (pk, other_pk)]
    if pk == other_pk:
        raise Http404
    form = MergeForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid() and _merge(request, form):
        return redirect("lms:people_same")
    context = {"form": form, "people": people, "holdings": _holdings(request, people)}
    return render(request, "lms/people_merge.html", context)


def _merge(request: HttpRequest, form: MergeForm) -> bool:
    stays, goes = form.chosen
    try:
        actions.merge_people(
            stays=stays, goes=goes, by=Person.of(request.user), at=timezone.now()
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    messages.success(request, _("Done: %(name)s is one person.") % {"name": stays})
    return True


def _holdings(request: HttpRequest, people: list[Person]) -> list[Holding]:
    """How many records each holds, of those that exist for whoever looks."""
    models = [model for model in apps.get_models() if issubclass(model, PersonRecord)]
    holdings = []
    for model in models:
        visible = model.objects.visible_to(request.user).filter(person__in=people)
        counts = Counter(visible.values_list("person", flat=True))
        if counts:
            what = str(model._meta.verbose_name_plural)
            holdings.append(Holding(what, [counts[person.pk] for person in people]))
    return holdings
