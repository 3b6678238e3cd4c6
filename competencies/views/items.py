"""One line of a plan: what it is, why, and what the two people note on it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from competencies import actions
from competencies.forms import (
    AgreedDateForm,
    ItemWordsForm,
    SeatForm,
    WaiverForm,
)
from competencies.models import Completion, PlanItem, SendBack, SignOff
from lms.models import Person

from .access import Standing, may_sign_for, note_opening, visible_item
from .cycles import days_completed, turns_of
from .lines import Reasons, links_to, status_of_item


def _forms(item: PlanItem) -> dict[str, Any]:
    seat = {"booked_on": item.booked_on, "is_waiting": bool(item.waiting_since)}
    return {
        "words_form": ItemWordsForm(instance=item),
        "date_form": AgreedDateForm(instance=item),
        "seat_form": SeatForm(initial=seat),
        "waiver_form": WaiverForm(instance=item),
    }


def _item_page(
    request: HttpRequest, item: PlanItem, how: Standing, **bound: Any
) -> HttpResponse:
    note_opening(request, how, item, "plan_item")
    trainings = list(item.topic.trainings.filter(is_offered=True).distinct())
    links = links_to(trainings, request)
    completions = _completions(request, item)
    context = {
        "item": item,
        "how": how,
        "status": status_of_item(item, timezone.localdate()),
        "why": Reasons().why(item),
        "trainings": [(each, links.get(each.pk, "")) for each in trainings],
        "completions": completions,
        "turns": turns_of(item, completions),
        "days_completed": days_completed(request, item.staff_plan)[item.topic_id],
        "may_sign": may_sign_for(request, item),
        "today": timezone.localdate(),
        **_forms(item),
        **bound,
    }
    return render(request, "lms_competencies/item_detail.html", context)


def _completions(request: HttpRequest, item: PlanItem) -> QuerySet[Completion]:
    """What the reader may know of: of somebody who has left, the line's own alone,
    and of an agency's signatures and notes, one's own agency's."""
    sign_offs = SignOff.objects.visible_to(request.user).select_related("signer")
    send_backs = SendBack.objects.visible_to(request.user).select_related("by")
    visible = Completion.objects.visible_to(request.user).filter(
        person=item.person, topic=item.topic
    )
    return (
        Completion.objects.standing()
        .filter(Q(pk__in=visible) | Q(pk=item.completion_id))
        .select_related("record__recorded_by", "record__history")
        .prefetch_related(
            "record__evidence",
            Prefetch("sign_offs", sign_offs),
            Prefetch("send_backs", send_backs),
        )
    )


@login_required
def item_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _item_page(request, *visible_item(request, pk))


@login_required
@require_POST
def item_words(request: HttpRequest, pk: int) -> HttpResponse:
    item, how = visible_item(request, pk)
    if not how.edits_words:
        raise Http404
    form = ItemWordsForm(request.POST, instance=item)
    if not form.is_valid():
        return _item_page(request, item, how, words_form=form)
    item.save(update_fields=list(form.cleaned_data))
    messages.success(request, _("Saved."))
    return redirect("lms_competencies:item_detail", pk)


@login_required
@require_POST
def item_date(request: HttpRequest, pk: int) -> HttpResponse:
    item, how = visible_item(request, pk)
    if not how.settles:
        raise Http404
    form = AgreedDateForm(request.POST, instance=item)
    if not form.is_valid():
        return _item_page(request, item, how, date_form=form)
    actions.agree_on_date(
        item=item,
        on=form.cleaned_data["agreed_on"],
        because=form.cleaned_data["agreed_because"],
        by=Person.of(request.user),
        at=timezone.now(),
    )
    messages.success(request, _("Saved. This is the date that counts now."))
    return redirect("lms_competencies:item_detail", pk)


@login_required
@require_POST
def item_seat(request: HttpRequest, pk: int) -> HttpResponse:
    item, how = visible_item(request, pk)
    if not how.adds_completions:
        raise Http404
    form = SeatForm(request.POST)
    if not form.is_valid():
        return _item_page(request, item, how, seat_form=form)
    if form.cleaned_data["is_waiting"]:
        item.note_waiting(item.waiting_since or timezone.localdate())
        messages.success(
            request, _("Noted. No seat yet; that is not on you, and nothing is late.")
        )
    else:
        item.note_booking(form.cleaned_data["booked_on"])
        messages.success(request, _("Noted."))
    return redirect("lms_competencies:item_detail", pk)


@login_required
@require_POST
def item_waive(request: HttpRequest, pk: int) -> HttpResponse:
    item, how = visible_item(request, pk)
    if not how.waives:
        raise Http404
    form = WaiverForm(request.POST, instance=item)
    if not form.is_valid():
        return _item_page(request, item, how, waiver_form=form)
    actions.waive(
        item=item,
        reads_as=form.cleaned_data["waived_as"],
        because=form.cleaned_data["waived_because"],
        by=Person.of(request.user),
        at=timezone.now(),
    )
    messages.success(request, _("Saved, with your name and reason."))
    return redirect("lms_competencies:item_detail", pk)
