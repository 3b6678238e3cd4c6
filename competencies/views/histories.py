"""People already here: one grid for a person, confirmed once by the two."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from competencies import actions
from competencies.forms import HistoryForm
from competencies.models import (
    Completion,
    History,
    HistoryConfirmation,
    PlanItem,
    StaffPlan,
)
from competencies.rules import Noted
from lms import exports, policy
from lms.models import Person, StaffMember, agencies_directed_by, staff_signed_for_by
from lms.step_up import signing

from .access import Standing, visible_plan
from .sheets import sheet_rows

EARLIER = "earlier trainings"


@dataclass(frozen=True)
class May:
    """What one may do with the earlier trainings of an employment."""

    fill: bool
    confirm: bool


def may_do(request: HttpRequest, how: Standing, employment: StaffMember) -> May:
    if not employment.is_employed():
        return May(fill=False, confirm=False)
    acting = policy.relations(request.user, employment)
    return May(
        fill=bool(policy.scopes(EARLIER, "edit", acting)),
        confirm=how.is_own or _signs(request, employment),
    )


def _plan(request: HttpRequest, pk: int) -> tuple[StaffPlan, Standing, May]:
    plan, how = visible_plan(request, pk)
    return plan, how, may_do(request, how, plan.staff_member)


def _signs(request: HttpRequest, employment: StaffMember) -> bool:
    others = staff_signed_for_by(Person.of(request.user), timezone.localdate())
    return others.filter(pk=employment.pk).exists()


def open_history(staff_member: StaffMember) -> History | None:
    return History.objects.open().filter(staff_member=staff_member).first()


def is_to_enter(staff_member: StaffMember) -> bool:
    return staff_member.is_history_on_paper or bool(open_history(staff_member))


@dataclass
class Row:
    """A line of the grid: a field, or what stands on the plan already."""

    item: PlanItem
    field: BoundField | None


def _items(plan: StaffPlan) -> list[PlanItem]:
    rows = plan.items.in_plan_order().select_related(
        "requirement__phase", "topic", "completion__record"
    )
    return list(rows)


def _is_in(item: PlanItem, history: History | None) -> bool:
    """Whether the grid may say something of the line: nothing else does."""
    if item.completion is None:
        return item.waived_at is None
    return bool(history) and item.completion.record.history_id == history.pk


@login_required
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """A date, "about 2021" or "paper seen" for each line, with the keyboard alone."""
    plan, how, may = _plan(request, pk)
    if not may.fill:
        raise Http404
    employment = plan.staff_member
    if not is_to_enter(employment):
        return redirect("lms_competencies:plan_detail", pk)
    begun = open_history(employment)
    items = _items(plan)
    fillable = [item for item in items if _is_in(item, begun)]
    told = {
        item.topic_id: item.completion.record.noted
        for item in fillable
        if item.completion
    }
    form = HistoryForm(request.POST or None, items=fillable, told=told)
    if request.method == "POST" and form.is_valid():
        _save(request, employment, form.told())
        return redirect("lms_competencies:history_confirm", pk)
    context = {
        "plan": plan,
        "staff_member": employment,
        "how": how,
        "form": form,
        "rows": _rows(items, form),
    }
    return render(request, "lms_competencies/history.html", context)


def _rows(items: list[PlanItem], form: HistoryForm) -> list[Row]:
    names = {item.pk: f"topic_{item.topic_id}" for item in items}
    return [
        Row(item, form[names[item.pk]] if names[item.pk] in form.fields else None)
        for item in items
    ]


def _save(
    request: HttpRequest, employment: StaffMember, told: dict[int, Noted | None]
) -> None:
    count = actions.enter_history(
        staff_member=employment,
        told=told,
        by=Person.of(request.user),
        at=timezone.now(),
        today=timezone.localdate(),
    )
    text = ngettext("Saved: %(count)d line.", "Saved: %(count)d lines.", count)
    messages.success(request, text % {"count": count})


@login_required
@signing
def history_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """All of it on one page, and one button for each of the two."""
    plan, how, may = _plan(request, pk)
    if not may.confirm:
        raise Http404
    employment = plan.staff_member
    if not is_to_enter(employment):
        return redirect("lms_competencies:plan_detail", pk)
    if request.method == "POST":
        return _confirm(request, employment)
    begun = open_history(employment)
    if begun is None:
        page = "history" if may.fill else "plan_detail"
        return redirect(f"lms_competencies:{page}", pk)
    seen = actions.history_seen(begun)
    standing = begun.confirmations.filter(voided_at=None, digest=seen)
    context = {
        "plan": plan,
        "staff_member": employment,
        "how": how,
        "may": may,
        "history": begun,
        "completions": begun.completions(),
        "seen": seen,
        "confirmations": standing.select_related("by"),
        "is_confirmed_by_me": standing.filter(is_own=how.is_own).exists(),
    }
    return render(request, "lms_competencies/history_confirm.html", context)


def _confirm(request: HttpRequest, employment: StaffMember) -> HttpResponse:
    is_done = actions.confirm_history(
        staff_member=employment,
        by=Person.of(request.user),
        seen_digest=request.POST.get("seen", ""),
        at=timezone.now(),
    )
    if not is_done:
        text = _("Something changed after you opened this page. Please look again.")
        messages.warning(request, text)
        return redirect("lms_competencies:history_confirm", employment.pk)
    if open_history(employment):
        messages.success(request, _("Thank you. Now the other one of you looks."))
    else:
        messages.success(request, _("Both of you have confirmed it. It is complete."))
    return redirect("lms_competencies:plan_detail", employment.pk)


@login_required
@require_POST
def history_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Something's off with what both confirmed: it waits for the two once more."""
    plan, _how, may = _plan(request, pk)
    if not may.fill:
        raise Http404
    settled = History.objects.filter(
        staff_member=plan.staff_member, settled_at__isnull=False
    ).last()
    if settled is None or open_history(plan.staff_member):
        return redirect("lms_competencies:plan_detail", pk)
    actions.reopen_history(
        history=settled, by=Person.of(request.user), at=timezone.now()
    )
    messages.info(request, _("It is open again, for both of you to confirm anew."))
    return redirect("lms_competencies:history", pk)


@dataclass
class HistoryCard:
    """What a plan's page says of earlier trainings, and what one may do about it."""

    open: History | None
    settled: History | None
    entered: int
    may: May
    confirmed_by: list[Person]


def history_card(
    request: HttpRequest, plan: StaffPlan, how: Standing
) -> HistoryCard | None:
    """None for whoever was never here before the system."""
    found = History.objects.filter(staff_member=plan.staff_member)
    histories = list(found.prefetch_related("confirmations__by"))
    if not histories and not plan.staff_member.is_history_on_paper:
        return None
    begun = next((each for each in histories if each.settled_at is None), None)
    settled = next((each for each in histories if each.settled_at), None)
    shown = begun or settled
    standing = shown.confirmations.all() if shown else []
    return HistoryCard(
        open=begun,
        settled=None if begun else settled,
        entered=entered(begun),
        may=may_do(request, how, plan.staff_member),
        confirmed_by=[each.by for each in standing if each.voided_at is None],
    )


def histories_to_confirm(request: HttpRequest) -> QuerySet[History]:
    """Those that wait for one's one look, the person having looked already."""
    waiting = History.objects.awaiting_the_supervisor(
        Person.of(request.user), timezone.localdate()
    )
    return waiting.select_related("person").order_by("person__full_name")


def own_histories_to_confirm(request: HttpRequest) -> QuerySet[HistoryConfirmation]:
    """Who has looked at one's own earlier trainings, while one has not."""
    waiting = History.objects.awaiting_the_person(
        Person.of(request.user), timezone.localdate()
    )
    looked = HistoryConfirmation.objects.filter(voided_at=None, history__in=waiting)
    return looked.select_related("by")


def entered(history: History | None) -> int:
    if history is None:
        return 0
    standing = Completion.objects.standing().filter(record__history=history)
    return standing.values("topic").distinct().count()


@login_required
def training_sheet(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """A list of an agency's people and open topics, to fill in and bring in again."""
    directed = agencies_directed_by(Person.of(request.user), timezone.localdate())
    agency = get_object_or_404(directed, pk=pk)
    responses = {"csv": exports.csv_response, "xlsx": exports.xlsx_response}
    if suffix not in responses:
        raise Http404
    header, rows = sheet_rows(agency, timezone.localdate())
    return responses[suffix](f"trainings.{suffix}", header, rows)
