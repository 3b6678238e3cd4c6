"""One check-in: read, share, withdraw, delete; and what somebody shares with one."""

import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms import step_up, vault
from lms.models import (
    Person,
    SealedKind,
    SealedShare,
    SealedText,
    StaffMember,
    ties_in_force,
)
from lms.sealed import sealed
from supervision_logs import actions
from supervision_logs.forms import CheckInShareForm
from supervision_logs.models import check_ins_of
from supervision_logs.rules import read

from .wellness import helplines, own_person


def _own_text(request: HttpRequest, pk: object) -> SealedText:
    return get_object_or_404(check_ins_of(own_person(request)), pk=pk)


@login_required
@sealed
def check_in_detail(request: HttpRequest, pk: object) -> HttpResponse:
    text, today = _own_text(request, pk), timezone.localdate()
    try:
        entry = read(vault.open_own(text, by=own_person(request)))
    except vault.SealBrokenError:
        entry = None
    context = helplines(request) | {
        "text": text,
        "entry": entry,
        "shares": text.shares.current(today).select_related("reader"),
    }
    return render(request, "lms_supervision_logs/check_in_detail.html", context)


@login_required
@sealed
def check_in_delete(request: HttpRequest, pk: object) -> HttpResponse:
    text = _own_text(request, pk)
    if request.method == "POST":
        text.delete()
        messages.success(request, _("Deleted for good."))
        return redirect("lms_supervision_logs:wellness")
    context = helplines(request) | {"text": text}
    return render(request, "lms_supervision_logs/check_in_delete.html", context)


def _possible_readers(person: Person) -> QuerySet[Person]:
    """One's supervisors of today and colleagues at one's agency, with an account."""
    today = timezone.localdate()
    own = StaffMember.objects.employed(today).filter(person=person)
    ties = ties_in_force(today).filter(staff_member__in=own)
    here = StaffMember.objects.employed(today).filter(agency__in=own.values("agency"))
    people = Person.objects.filter(user__isnull=False).exclude(pk=person.pk)
    return people.filter(
        Q(pk__in=ties.values("supervisor")) | Q(pk__in=here.values("person"))
    ).order_by("full_name")


@login_required
@step_up.sharing
@sealed
def check_in_share(request: HttpRequest, pk: object) -> HttpResponse:
    """One entry, one person, some days."""
    text, person = _own_text(request, pk), own_person(request)
    form = CheckInShareForm(request.POST or None, readers=_possible_readers(person))
    if request.method == "POST" and form.is_valid():
        actions.share_check_in(
            sealed=text, by=person, on=timezone.localdate(), **form.cleaned_data
        )
        messages.success(request, _("Shared. You can withdraw it any time."))
        return redirect("lms_supervision_logs:check_in_detail", pk)
    context = helplines(request) | {"text": text, "form": form}
    return render(request, "lms_supervision_logs/check_in_share.html", context)


@login_required
@require_POST
def check_in_unshare(request: HttpRequest, pk: object, share: int) -> HttpResponse:
    text = _own_text(request, pk)
    text.shares.filter(pk=share).delete()
    messages.success(request, _("Withdrawn. It cannot be opened there any more."))
    return redirect("lms_supervision_logs:check_in_detail", pk)


def _shared_with(person: Person, on: datetime.date) -> QuerySet[SealedShare]:
    shares = SealedShare.objects.current(on).filter(reader=person)
    return shares.filter(text__kind=SealedKind.CHECK_IN).select_related("text__person")


@login_required
def shared_check_ins(request: HttpRequest) -> HttpResponse:
    """What others share with one today: from whom and until when, no words."""
    shares = _shared_with(own_person(request), timezone.localdate())
    context = {"shares": shares.order_by("ends_on", "pk")}
    return render(request, "lms_supervision_logs/shared_check_ins.html", context)


@login_required
@sealed
def shared_check_in(request: HttpRequest, pk: object) -> HttpResponse:
    """Somebody's words, while they share them. They see that one opened them."""
    reader = own_person(request)
    shares = _shared_with(reader, timezone.localdate())
    share = get_object_or_404(shares, text=pk)
    try:
        words = vault.open_shared(share.text, by=reader, at=timezone.now())
    except vault.SealBrokenError as broken:
        raise Http404 from broken
    context = {"share": share, "text": share.text, "entry": read(words)}
    return render(request, "lms_supervision_logs/shared_check_in.html", context)
