"""A reflection shown to one's supervisor, on purpose, for some days."""

import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from content.forms import ShareForm
from content.models import ModulePage, ModuleProgress
from lms import vault
from lms.models import (
    Person,
    SealedKind,
    SealedShare,
    SealedText,
    StaffMember,
    ties_in_force,
)
from lms.sealed import sealed
from lms.step_up import sharing

from .reflections import prompts, words_of


def supervisors_of(person: Person) -> QuerySet[Person]:
    """Who supervises somebody today, in whatever they supervise."""
    work = StaffMember.objects.employed().filter(person=person)
    ties = ties_in_force(timezone.localdate()).filter(staff_member__in=work)
    readers = Person.objects.filter(
        pk__in=ties.values("supervisor"), user__isnull=False
    )
    return readers.order_by("full_name")


@sharing
def share(
    request: HttpRequest, page: ModulePage, progress: ModuleProgress, number: int
) -> HttpResponse:
    """Choose with whom and for how long. On the address of the section, so that no log
    of addresses tells that there is anything to share."""
    block = request.POST["reflection"]
    own = SealedText.objects.filter(person=progress.person).of(progress, block)
    kept = get_object_or_404(own)
    supervisors = supervisors_of(progress.person)
    is_chosen = request.POST["share"] == "yes"
    form = ShareForm(request.POST if is_chosen else None, supervisors=supervisors)
    if is_chosen and form.is_valid():
        today = timezone.localdate()
        last = today + datetime.timedelta(days=form.cleaned_data["days"])
        reader = form.cleaned_data["reader"]
        vault.share(
            kept, by=progress.person, reader=reader, starts_on=today, ends_on=last
        )
        messages.success(request, _("%(name)s can read it now.") % {"name": reader})
        return back_to(page, number, block)
    context = {
        "page": page,
        "number": number,
        "kept": kept,
        "words": words_of(kept, progress.person),
        "form": form,
        "has_supervisor": supervisors.exists(),
    }
    return render(request, "lms_content/reflection_share.html", context)


def withdraw(
    request: HttpRequest, page: ModulePage, progress: ModuleProgress, number: int
) -> HttpResponse:
    """Nobody else reads it from now on. Taking back asks for no proof."""
    block = request.POST["reflection"]
    own = SealedText.objects.filter(person=progress.person).of(progress, block)
    SealedShare.objects.filter(text__in=own).delete()
    messages.success(request, _("It is for you alone again."))
    return back_to(page, number, block)


def back_to(page: ModulePage, number: int, block: str) -> HttpResponse:
    response = redirect("lms_content:section", page.pk, number)
    response["Location"] += f"#reflection-{block}"
    return response


@login_required
def shared(request: HttpRequest) -> HttpResponse:
    """The reflections that others show one today. Opening one is written down for
    them; this list is not."""
    return render(request, "lms_content/shared.html", {"shares": _shared_with(request)})


@login_required
@sealed
def shared_text(request: HttpRequest, pk: str) -> HttpResponse:
    share = get_object_or_404(_shared_with(request), text=pk)
    reader = Person.of(request.user)
    try:
        words = vault.open_shared(share.text, by=reader, at=timezone.now())
    except vault.SealBrokenError:
        words = None
    context = {"share": share, "words": words, **_asked_in(share.text)}
    return render(request, "lms_content/shared_text.html", context)


def _shared_with(request: HttpRequest) -> QuerySet[SealedShare]:
    current = SealedShare.objects.current(timezone.localdate())
    return (
        current.filter(reader__user_id=request.user.pk)
        .filter(text__kind=SealedKind.REFLECTION)
        .filter(text__table=ModuleProgress._meta.label_lower)
        .select_related("text__person")
        .order_by("ends_on", "pk")
    )


def _asked_in(text: SealedText) -> dict[str, str]:
    """The module and its question, as they stand now; the module may be put away."""
    module = ModuleProgress.objects.filter(pk=text.row).values("module")
    page = ModulePage.objects.filter(translation_key__in=module).first()
    asked = {}
    for section in page.sections if page else ():
        asked |= prompts(section)
    return {"title": page.title if page else "", "prompt": asked.get(text.field, "")}
