"""Whom to shadow and to meet: prepare, visit, notes, and how it goes on."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from competencies.models import ChecklistEntry, ChecklistItem
from lms import audit, policy
from lms.models import Person, StaffMember, ties_in_force
from supervision_logs import actions
from supervision_logs.forms import (
    SeenForm,
    VisitForm,
    VisitNotesForm,
    VisitTaskForm,
)
from supervision_logs.models import ShadowingVisit, Suggestion, VisitTask

VISIT = "shadowing visit"
PAGE = "lms_supervision_logs:visit_detail"


@dataclass(frozen=True)
class Standing:
    """How somebody stands to the visits of one employment, in the table's words."""

    relations: frozenset[str]
    is_employed: bool

    @property
    def is_own(self) -> bool:
        return "own" in self.relations

    @property
    def sees_words(self) -> bool:
        return "words" in policy.scopes(VISIT, "view", self.relations)

    @property
    def edits(self) -> bool:
        acting = self.relations if self.is_employed else frozenset()
        return "words" in policy.scopes(VISIT, "edit", acting)


def _standing(request: HttpRequest, staff_member: StaffMember) -> Standing:
    relations = policy.relations(request.user, staff_member)
    return Standing(relations, staff_member.is_employed())


def _staff(request: HttpRequest, pk: int) -> tuple[StaffMember, Standing]:
    staff = StaffMember.objects.select_related("person", "agency")
    staff_member = get_object_or_404(staff, pk=pk)
    how = _standing(request, staff_member)
    if "facts" not in policy.scopes(VISIT, "view", how.relations):
        raise Http404
    return staff_member, how


def _visit(request: HttpRequest, pk: int) -> tuple[ShadowingVisit, Standing]:
    visits = ShadowingVisit.objects.visible_to(request.user).select_related(
        "staff_member__agency", "person", "host", "contact", "planned_by"
    )
    visit = get_object_or_404(visits, pk=pk)
    return visit, _standing(request, visit.staff_member)


def _editable(request: HttpRequest, pk: int) -> tuple[ShadowingVisit, Standing]:
    visit, how = _visit(request, pk)
    if not how.edits:
        raise Http404
    return visit, how


def _note_opening(
    request: HttpRequest, how: Standing, what: str, target: Any, about: Person
) -> None:
    if how.sees_words:
        audit.opened(
            what=what,
            reader=Person.of(request.user),
            about=about,
            target=target,
            at=timezone.now(),
        )


@login_required
def shadowing(request: HttpRequest) -> HttpResponse:
    """One's own visits, of those one supervises, and those one hosted."""
    reader, today = Person.of(request.user), timezone.localdate()
    ties = ties_in_force(today).main().filter(supervisor=reader)
    staff = StaffMember.objects.select_related("person", "agency")
    own = list(staff.employed(today).filter(person=reader)) if reader else []
    supervised = staff.filter(pk__in=ties.values("staff_member")) if reader else []
    hosted = ShadowingVisit.objects.hosted_by(request.user)
    context = {
        "own": own,
        "supervised": supervised,
        "hosted": hosted.select_related("person").order_by("-happened_on", "-pk")[:20],
    }
    return render(request, "lms_supervision_logs/shadowing.html", context)


@login_required
def shadowing_list(request: HttpRequest, staff: int) -> HttpResponse:
    staff_member, how = _staff(request, staff)
    visits = _visits(request, staff_member)
    _note_opening(request, how, "shadowing", staff_member, staff_member.person)
    context = {
        "staff_member": staff_member,
        "how": how,
        "planned": visits.planned(),
        "happened": visits.happened().order_by("-happened_on", "-pk"),
        "dropped": visits.filter(dropped_on__isnull=False),
        "tasks": VisitTask.objects.visible_to(request.user)
        .open()
        .filter(staff_member=staff_member)
        .select_related("owner", "visit"),
        "suggestions": Suggestion.objects.offered().exclude(kind="monday"),
        "checklist": _contacts_to_make(request, staff_member),
    }
    return render(request, "lms_supervision_logs/shadowing_list.html", context)


def _visits(request: HttpRequest, staff_member: StaffMember) -> QuerySet:
    visits = ShadowingVisit.objects.visible_to(request.user).of(staff_member)
    return visits.select_related("host", "contact")


def _contacts_to_make(request: HttpRequest, staff_member: StaffMember) -> QuerySet:
    """The local contacts on somebody's checklist, to plan a visit from."""
    lines = ChecklistItem.objects.visible_to(request.user)
    return lines.filter(
        staff_plan__staff_member=staff_member,
        entry__kind=ChecklistEntry.Kind.RESOURCE,
    ).select_related("entry")


@login_required
def visit_plan(request: HttpRequest, staff: int) -> HttpResponse:
    staff_member, how = _staff(request, staff)
    acting = how.relations if how.is_employed else frozenset()
    if "words" not in policy.scopes(VISIT, "create", acting):
        raise Http404
    visit = ShadowingVisit(
        person=staff_member.person,
        staff_member=staff_member,
        planned_by=Person.of(request.user),
    )
    started = {name: request.GET.get(name, "")[:200] for name in ("kind", "activity")}
    form = VisitForm(
        request.POST or None,
        instance=visit,
        staff_member=staff_member,
        is_own=how.is_own,
        initial={name: value for name, value in started.items() if value},
    )
    return _save_plan(request, form, staff_member, _("Planned. Both of you see it."))


def _save_plan(
    request: HttpRequest, form: VisitForm, staff_member: StaffMember, said: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        visit = form.save()
        messages.success(request, said)
        return redirect(PAGE, visit.pk)
    offered = Suggestion.objects.offered()
    context = {
        "form": form,
        "staff_member": staff_member,
        "activities": offered.filter(kind__in=["activity", "contact"]),
        "purposes": offered.filter(kind="purpose"),
    }
    return render(request, "lms_supervision_logs/visit_plan.html", context)


@login_required
def visit_change(request: HttpRequest, pk: int) -> HttpResponse:
    visit, how = _editable(request, pk)
    form = VisitForm(
        request.POST or None,
        instance=visit,
        staff_member=visit.staff_member,
        is_own=how.is_own or visit.is_observed,
    )
    return _save_plan(request, form, visit.staff_member, _("Saved."))


def _page(
    request: HttpRequest, visit: ShadowingVisit, how: Standing, **bound: Any
) -> HttpResponse:
    _note_opening(request, how, "shadowing_visit", visit, visit.person)
    task = VisitTask(visit=visit)
    tasks = VisitTask.objects.visible_to(request.user).filter(visit=visit)
    context = {
        "visit": visit,
        "staff_member": visit.staff_member,
        "how": how,
        "tasks": tasks.select_related("owner"),
        "form": VisitTaskForm(instance=task, people=_the_two(request, visit)),
        **bound,
    }
    return render(request, "lms_supervision_logs/visit_detail.html", context)


def _the_two(request: HttpRequest, visit: ShadowingVisit) -> list[Person]:
    """Who may take a next step: the person, and their supervisors of today."""
    ties = ties_in_force(timezone.localdate()).main()
    supervisors = Person.objects.filter(
        pk__in=ties.filter(staff_member=visit.staff_member).values("supervisor")
    )
    return [visit.person, *supervisors.order_by("full_name")]


@login_required
def visit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, *_visit(request, pk))


@login_required
def visit_note(request: HttpRequest, pk: int) -> HttpResponse:
    """It took place: day, minutes, notes, and when the two talk it over."""
    visit, _how = _editable(request, pk)
    day = visit.happened_on or min(
        visit.planned_for or timezone.localdate(), timezone.localdate()
    )
    form = VisitNotesForm(
        request.POST or None,
        instance=visit,
        initial={"happened_on": day, "minutes": visit.minutes},
    )
    if request.method == "POST" and form.is_valid():
        actions.note_visit(visit=visit, at=timezone.now())
        messages.success(request, _("Noted."))
        return redirect(PAGE, pk)
    context = {"form": form, "visit": visit, "staff_member": visit.staff_member}
    return render(request, "lms_supervision_logs/visit_note.html", context)


@login_required
@require_POST
def visit_drop(request: HttpRequest, pk: int) -> HttpResponse:
    visit, _how = _editable(request, pk)
    if visit.is_planned:
        visit.drop(timezone.localdate())
        messages.success(request, _("Dropped. It can still be noted if it happens."))
    return redirect(PAGE, pk)


@login_required
@require_POST
def visit_talked(request: HttpRequest, pk: int) -> HttpResponse:
    visit, _how = _editable(request, pk)
    visit.talk_over(timezone.localdate())
    return redirect(PAGE, pk)


@login_required
def visit_redact(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the words away, after another look."""
    visit, _how = _editable(request, pk)
    if request.method == "POST":
        actions.redact_visit(visit=visit, by=Person.of(request.user), at=timezone.now())
        messages.success(request, _("The words are gone. Day and minutes stay."))
        return redirect(PAGE, pk)
    context = {"visit": visit, "staff_member": visit.staff_member}
    return render(request, "lms_supervision_logs/visit_redact.html", context)


@login_required
@require_POST
def visit_task_add(request: HttpRequest, pk: int) -> HttpResponse:
    visit, how = _editable(request, pk)
    task = VisitTask(
        visit=visit,
        person=visit.person,
        staff_member=visit.staff_member,
        noted_by=Person.of(request.user),
    )
    people = _the_two(request, visit)
    form = VisitTaskForm(request.POST, instance=task, people=people)
    if not form.is_valid():
        return _page(request, visit, how, form=form)
    form.save()
    return redirect(PAGE, pk)


@login_required
@require_POST
def visit_task_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Done, or open again."""
    tasks = VisitTask.objects.visible_to(request.user).select_related("staff_member")
    task = get_object_or_404(tasks, pk=pk)
    if not _standing(request, task.staff_member).edits:
        raise Http404
    task.done_on = None if task.done_on else timezone.localdate()
    task.save(update_fields=["done_on"])
    return redirect(PAGE, task.visit_id)


@login_required
@require_POST
def visit_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The host confirms day and minutes, as they saw them."""
    hosted = ShadowingVisit.objects.hosted_by(request.user)
    visit = get_object_or_404(hosted, pk=pk)
    if "minutes" not in policy.scopes(
        VISIT, "confirm", frozenset({"host"}), "happened"
    ):
        raise Http404
    form = SeenForm(request.POST)
    if form.is_valid() and actions.confirm_visit(
        visit=visit,
        seen=(form.cleaned_data["day"], form.cleaned_data["minutes"]),
        at=timezone.now(),
    ):
        messages.success(request, _("Confirmed: the day and the minutes."))
    else:
        messages.warning(
            request, _("Day or minutes have changed. Please look at them again.")
        )
    return redirect("lms_supervision_logs:shadowing")


@login_required
def shadowing_print(request: HttpRequest, staff: int) -> HttpResponse:
    """The paper tool, filled in: two visits on a page."""
    staff_member, how = _staff(request, staff)
    if not how.sees_words:
        raise Http404
    _note_opening(request, how, "shadowing", staff_member, staff_member.person)
    visits = _visits(request, staff_member).filter(dropped_on=None)
    context = {
        "staff_member": staff_member,
        "visits": visits.filter(redacted_on=None),
        "today": timezone.localdate(),
    }
    return render(request, "lms_supervision_logs/shadowing_print.html", context)


@login_required
def shadowing_blank(request: HttpRequest) -> HttpResponse:
    """The paper tool, empty: two on a page."""
    context = {"visits": [ShadowingVisit(), ShadowingVisit()]}
    return render(request, "lms_supervision_logs/shadowing_print.html", context)
