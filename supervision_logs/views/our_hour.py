"""Our hour: open to both beforehand. What to talk about, what was agreed, lines to
sign, and then the log with two taps."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from competencies.actions import seen
from competencies.models import PlanItem
from lms import audit, policy
from supervision_logs import actions
from supervision_logs.forms import AgendaForm, FollowUpForm, StandingHourForm
from supervision_logs.hours import last_on, next_on
from supervision_logs.models import (
    AgendaItem,
    Attendance,
    FollowUp,
    PairRecord,
    SessionVersion,
    StandingHour,
)
from supervision_logs.reports import purpose_asked

from .access import HOUR, Pair, allowed_pair, pair_relations, tie_held
from .coverage import waiting_long

RECENT = 5


@dataclass(frozen=True)
class Usual:
    """The hour as it usually is, to log with one tap, and when the next one is."""

    form_key: uuid.UUID
    held_on: datetime.date
    minutes: int
    mode: str
    mode_words: str
    purpose: str
    is_logged: bool
    next_on: datetime.date | None
    standing: StandingHour | None


def usual_hour(pair: Pair, today: datetime.date) -> Usual:
    """Of the standing day that was last, or of today where none is agreed."""
    standing = (
        StandingHour.objects.of(pair.staff_member, pair.supervisor)
        .current(today)
        .first()
    )
    day = last_on(standing.weekday, today) if standing else today
    if not tie_held(pair.staff_member, pair.supervisor, day):
        day = today
    mode = standing.mode if standing else SessionVersion.Mode.IN_PERSON
    logged = Attendance.objects.between(pair.staff_member, pair.supervisor).current()
    return Usual(
        form_key=uuid.uuid4(),
        held_on=day,
        minutes=standing.minutes if standing else 60,
        mode=mode,
        mode_words=str(SessionVersion.Mode(mode).label),
        purpose=purpose_asked(pair.staff_member, today),
        is_logged=logged.filter(version__held_on=day).exists(),
        next_on=next_on(standing.weekday, today) if standing else None,
        standing=standing,
    )


def _page(request: HttpRequest, pair: Pair, **bound: Any) -> HttpResponse:
    today = timezone.localdate()
    audit.opened(
        what="our_hour",
        reader=pair.reader,
        about=pair.staff_member.person,
        target=pair.staff_member,
        at=timezone.now(),
    )
    recent = (
        Attendance.objects.visible_to(request.user)
        .between(pair.staff_member, pair.supervisor)
        .current()
        .with_facts()
    )
    people = [pair.staff_member.person, pair.supervisor]
    context = {
        "pair": pair,
        "today": today,
        "usual": usual_hour(pair, today),
        "agenda": _of(request, pair, AgendaItem).open().select_related("by"),
        "follow_ups": _of(request, pair, FollowUp).open().select_related("owner"),
        "recent": recent[:RECENT],
        "to_sign": _to_sign(pair),
        "waiting": _waiting(request, pair),
        "empty": waiting_long(pair.staff_member),
        "logs": "facts" in pair.may("supervision session", "create"),
        "edits": "words" in pair.may(HOUR, "edit"),
        "agenda_form": AgendaForm(prefix="agenda"),
        "follow_up_form": FollowUpForm(prefix="follow", people=people),
        **bound,
    }
    return render(request, "lms_supervision_logs/our_hour.html", context)


def _of(request: HttpRequest, pair: Pair, model: type[PairRecord]) -> Any:
    rows = model.objects.visible_to(request.user)
    return rows.of(pair.staff_member, pair.supervisor)


def _to_sign(pair: Pair) -> list[tuple[PlanItem, str]]:
    """Lines that wait for the reader's signature, with what they carry to be signed."""
    if pair.is_own:
        return []
    lines = (
        PlanItem.objects.awaiting_signature_by(pair.reader)
        .filter(staff_member=pair.staff_member)
        .select_related("topic", "completion__record", "completion__topic")
        .prefetch_related("completion__record__evidence")
        .order_by("requirement__order")
    )
    return [(line, seen(line.completion)) for line in lines]


def _waiting(request: HttpRequest, pair: Pair) -> Any:
    """One's own lines that wait for a signature."""
    if not pair.is_own:
        return []
    lines = PlanItem.objects.visible_to(request.user)
    return lines.filter(
        staff_member=pair.staff_member, progress="awaiting"
    ).select_related("topic")


@login_required
def our_hour(request: HttpRequest, staff: int, supervisor: int) -> HttpResponse:
    pair = allowed_pair(request, (staff, supervisor), HOUR, "view", "words")
    return _page(request, pair)


@login_required
@require_POST
def agenda_add(request: HttpRequest, staff: int, supervisor: int) -> HttpResponse:
    pair = allowed_pair(request, (staff, supervisor), HOUR, "edit", "words")
    item = AgendaItem(**_own(pair), by=pair.reader, noted_on=timezone.localdate())
    form = AgendaForm(request.POST, instance=item, prefix="agenda")
    if not form.is_valid():
        return _page(request, pair, agenda_form=form)
    form.save()
    return redirect("lms_supervision_logs:our_hour", *pair.key)


def _own(pair: Pair) -> dict[str, Any]:
    return {
        "person": pair.staff_member.person,
        "staff_member": pair.staff_member,
        "supervisor": pair.supervisor,
    }


@login_required
@require_POST
def follow_up_add(request: HttpRequest, staff: int, supervisor: int) -> HttpResponse:
    pair = allowed_pair(request, (staff, supervisor), HOUR, "edit", "words")
    row = FollowUp(**_own(pair), noted_by=pair.reader, noted_on=timezone.localdate())
    people = [pair.staff_member.person, pair.supervisor]
    form = FollowUpForm(request.POST, instance=row, prefix="follow", people=people)
    if not form.is_valid():
        return _page(request, pair, follow_up_form=form)
    form.save()
    return redirect("lms_supervision_logs:our_hour", *pair.key)


def _editable(request: HttpRequest, model: type[PairRecord], pk: int) -> PairRecord:
    """A line of the two, for whoever of them may change it, or 404."""
    rows = model.objects.visible_to(request.user).select_related("staff_member")
    row = get_object_or_404(rows, pk=pk)
    relations = pair_relations(request, row.staff_member, row.supervisor_id)
    acting = relations if row.staff_member.is_employed() else frozenset()
    if "words" not in policy.scopes(HOUR, "edit", acting):
        raise Http404
    return row


@login_required
@require_POST
def agenda_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Talked about, or open again."""
    row = _editable(request, AgendaItem, pk)
    row.talked_about_on = None if row.talked_about_on else timezone.localdate()
    row.save(update_fields=["talked_about_on"])
    return _back(row)


@login_required
@require_POST
def follow_up_done(request: HttpRequest, pk: int) -> HttpResponse:
    row = _editable(request, FollowUp, pk)
    row.done_on = None if row.done_on else timezone.localdate()
    row.save(update_fields=["done_on"])
    return _back(row)


def _back(row: PairRecord) -> HttpResponse:
    return redirect(
        "lms_supervision_logs:our_hour", row.staff_member_id, row.supervisor_id
    )


@login_required
def standing_hour(request: HttpRequest, staff: int, supervisor: int) -> HttpResponse:
    """Agree on the day and time of each week, or on none."""
    pair = allowed_pair(request, (staff, supervisor), HOUR, "edit", "words")
    today = timezone.localdate()
    held = _of(request, pair, StandingHour).current(today).first()
    if request.method == "POST" and "none" in request.POST:
        _agree(pair, None)
        messages.success(request, _("No fixed day any more."))
        return redirect("lms_supervision_logs:our_hour", *pair.key)
    initial = {} if held else {"minutes": 60}
    form = StandingHourForm(
        request.POST or None,
        initial={name: getattr(held, name) for name in StandingHourForm.Meta.fields}
        if held
        else initial,
    )
    if request.method == "POST" and form.is_valid():
        _agree(pair, form.cleaned_data)
        messages.success(request, _("Saved. Both of you see it."))
        return redirect("lms_supervision_logs:our_hour", *pair.key)
    context = {"pair": pair, "form": form, "held": held}
    return render(request, "lms_supervision_logs/standing_hour.html", context)


def _agree(pair: Pair, values: dict[str, Any] | None) -> None:
    actions.set_standing_hour(
        staff_member=pair.staff_member,
        supervisor=pair.supervisor,
        values=values,
        on=timezone.localdate(),
    )
