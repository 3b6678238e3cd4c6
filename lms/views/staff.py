"""A director's pages: who works here, as what, supervised by whom."""

import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms import actions, policy
from lms.dashboard import person_panels
from lms.forms import (
    EndsOnForm,
    PauseForm,
    PersonForm,
    RoleHeldForm,
    RolesForm,
    StaffMemberForm,
    TieForm,
    people_matching,
)
from lms.models import (
    Access,
    Agency,
    Pause,
    Person,
    Reader,
    RoleHeld,
    StaffMember,
    accesses_in_force,
    agencies_directed_by,
    signers_for,
    staff_directed_by,
    staff_visible_to,
    ties_in_force,
)
from lms.registry import import_kinds


def agencies_of(user: Reader) -> QuerySet[Agency]:
    """The agencies somebody directs today, or 404 for who directs none."""
    agencies = agencies_directed_by(Person.of(user), timezone.localdate())
    if not agencies:
        raise Http404
    return agencies


def are_valid(forms: list[BaseForm]) -> bool:
    """Whether all are; every one is asked, so that each shows its messages."""
    return [form.is_valid() for form in forms].count(False) == 0


def directed_staff_member(request: HttpRequest, pk: int) -> StaffMember:
    staff = staff_directed_by(request.user).select_related("person", "agency")
    return get_object_or_404(staff, pk=pk)


def answered_for(request: HttpRequest, pk: int) -> StaffMember:
    """One of a director's people, or 404 once another agency answers for them."""
    staff = staff_directed_by(request.user).not_gone_elsewhere()
    return get_object_or_404(staff.select_related("person", "agency"), pk=pk)


def _colleagues(request: HttpRequest) -> QuerySet[Person]:
    """Whom a director may name as supervisor: people of the agencies they direct,
    and whoever supervises or directs there already."""
    staff = staff_directed_by(request.user)
    today = timezone.localdate()
    supervising = ties_in_force(today).filter(staff_member__in=staff)
    directing = accesses_in_force(today).filter(
        agency__in=agencies_of(request.user), kind=Access.Kind.DIRECTOR
    )
    return Person.objects.filter(
        Q(pk__in=staff.employed().values("person"))
        | Q(pk__in=supervising.values("supervisor"))
        | Q(pk__in=directing.values("person"))
    )


@login_required
def staff_list(request: HttpRequest) -> HttpResponse:
    agencies = agencies_of(request.user)
    staff = (
        staff_directed_by(request.user)
        .employed()
        .select_related("person", "agency")
        .prefetch_related("roles_held__role", "pauses", "supervision_ties__supervisor")
    )
    today = timezone.localdate()
    left = staff_directed_by(request.user).filter(left_on__lt=today)
    context = {
        "staff": staff,
        "left": left.select_related("person").order_by("-left_on"),
        "agencies": agencies,
        "today": today,
        "lists": import_kinds().values(),
    }
    return render(request, "lms/staff_list.html", context)


@login_required
def staff_detail(request: HttpRequest, pk: int) -> HttpResponse:
    visible = staff_visible_to(request.user).select_related("person", "agency")
    staff_member = get_object_or_404(
        visible.prefetch_related(
            "roles_held__role", "pauses", "supervision_ties__supervisor"
        ),
        pk=pk,
    )
    standing = policy.relations(request.user, staff_member)
    if not policy.scopes("staff and pauses", "view", standing, "own agency"):
        raise Http404
    person, today = staff_member.person, timezone.localdate()
    directed = staff_directed_by(request.user).not_gone_elsewhere()
    may_change = directed.contains(staff_member)
    context = {
        "staff_member": staff_member,
        "today": today,
        "may_change": may_change,
        "may_reset": may_change and person.user_id and "own" not in standing,
        "signers": signers_for(staff_member, today),
        "panels": person_panels(request, staff_member),
    }
    return render(request, "lms/staff_detail.html", context)


@login_required
def staff_add(request: HttpRequest) -> HttpResponse:
    agencies = agencies_of(request.user)
    person_form = PersonForm(request.POST or None)
    staff_form = StaffMemberForm(request.POST or None, agencies=agencies)
    roles_form = RolesForm(request.POST or None)
    forms = [person_form, staff_form, roles_form]
    if request.method == "POST" and are_valid(forms):
        staff_member = actions.add_staff_member(
            person=person_form.save(commit=False),
            **staff_form.cleaned_data,
            roles=roles_form.cleaned_data["roles"],
            by=Person.of(request.user),
            at=timezone.now(),
        )
        messages.success(
            request,
            _("%(name)s is here, and so is the plan. Next: who supervises?")
            % {"name": staff_member.person},
        )
        return redirect("lms:staff_supervisor", staff_member.pk)
    return render(request, "lms/staff_add.html", {"forms": forms})


@login_required
def staff_change(request: HttpRequest, pk: int) -> HttpResponse:
    staff_member = answered_for(request, pk)
    person_form = PersonForm(request.POST or None, instance=staff_member.person)
    staff_form = StaffMemberForm(
        request.POST or None, instance=staff_member, agencies=Agency.objects.none()
    )
    forms = [person_form, staff_form]
    if not staff_member.is_employed():
        forms.remove(person_form)  # who has left is no longer ours to name or reach
    if request.method == "POST" and are_valid(forms):
        actions.change_staff_member(
            staff_member=staff_member,
            changes=staff_form.cleaned_data,
            person_changes=person_form.cleaned_data if person_form in forms else {},
            by=Person.of(request.user),
            at=timezone.now(),
        )
        messages.success(request, _("Saved. Dates that follow from it have moved."))
        return redirect("lms:staff_detail", pk)
    context = {"forms": forms, "staff_member": staff_member}
    return render(request, "lms/staff_change.html", context)


@login_required
def staff_roles(request: HttpRequest, pk: int) -> HttpResponse:
    staff_member = directed_staff_member(request, pk)
    if request.method == "POST" and "end" in request.POST:
        return _end_role(request, staff_member)
    form = RoleHeldForm(request.POST or None, staff_member=staff_member)
    if request.method == "POST" and form.is_valid():
        actions.take_up_role(
            staff_member=staff_member,
            **form.cleaned_data,
            by=Person.of(request.user),
            at=timezone.now(),
        )
        messages.success(request, _("Saved. The plan has been worked out anew."))
        return redirect("lms:staff_roles", pk)
    context = {
        "form": form,
        "staff_member": staff_member,
        "held": staff_member.roles_held.select_related("role"),
        "ends_form": EndsOnForm(),
        "today": timezone.localdate(),
    }
    return render(request, "lms/staff_roles.html", context)


def _end_role(request: HttpRequest, staff_member: StaffMember) -> HttpResponse:
    held = get_object_or_404(
        RoleHeld.objects.filter(staff_member=staff_member), pk=request.POST["end"]
    )
    form = EndsOnForm(request.POST)
    first_day = held.starts_on or datetime.date.min
    if form.is_valid() and form.cleaned_data["ends_on"] >= first_day:
        actions.end_role(
            held=held,
            ends_on=form.cleaned_data["ends_on"],
            by=Person.of(request.user),
            at=timezone.now(),
        )
        messages.success(request, _("Saved. The plan has been worked out anew."))
    else:
        messages.error(
            request, _("Nothing was changed: give a last day after the first.")
        )
    return redirect("lms:staff_roles", staff_member.pk)


@login_required
def staff_supervisor(request: HttpRequest, pk: int) -> HttpResponse:
    staff_member = directed_staff_member(request, pk)
    form = TieForm(
        request.POST or None,
        staff_member=staff_member,
        candidates=_colleagues(request),
    )
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        del values["supervisor_name"]
        actions.tie_supervisor(
            staff_member=staff_member,
            supervisor=form.supervisor,
            **values,
            by=Person.of(request.user),
            at=timezone.now(),
        )
        messages.success(request, _("Saved."))
        return redirect("lms:staff_detail", pk)
    context = {
        "form": form,
        "staff_member": staff_member,
        "ties": staff_member.supervision_ties.select_related("supervisor"),
        "today": timezone.localdate(),
    }
    return render(request, "lms/staff_supervisor.html", context)


@login_required
@require_POST
def staff_supervisor_end(request: HttpRequest, pk: int, tie_pk: int) -> HttpResponse:
    ties = directed_staff_member(request, pk).supervision_ties
    tie = get_object_or_404(ties, pk=tie_pk)
    actions.end_tie(
        tie=tie,
        ends_on=timezone.localdate() - datetime.timedelta(days=1),
        by=Person.of(request.user),
        at=timezone.now(),
    )
    messages.success(
        request, _("%(name)s no longer sees these records.") % {"name": tie.supervisor}
    )
    return redirect("lms:staff_supervisor", pk)


@login_required
def people_search(request: HttpRequest) -> HttpResponse:
    """Names that match what is being typed; eight at most."""
    text = request.GET.get("supervisor_name", "")
    people = people_matching(_colleagues(request), text)[:8]
    return render(request, "lms/people_search.html", {"people": people})


@login_required
def staff_pause(request: HttpRequest, pk: int) -> HttpResponse:
    return _pause_page(request, Pause(staff_member=directed_staff_member(request, pk)))


@login_required
def staff_pause_change(request: HttpRequest, pk: int, pause_pk: int) -> HttpResponse:
    pause = get_object_or_404(directed_staff_member(request, pk).pauses, pk=pause_pk)
    if request.method == "POST" and "remove" in request.POST:
        actions.remove_pause(pause=pause, by=Person.of(request.user), at=timezone.now())
        messages.success(request, _("Removed. Dates are back where they were."))
        return redirect("lms:staff_detail", pk)
    return _pause_page(request, pause)


def _pause_page(request: HttpRequest, pause: Pause) -> HttpResponse:
    form = PauseForm(request.POST or None, instance=pause)
    if request.method == "POST" and form.is_valid():
        actions.save_pause(
            pause=form.save(commit=False),
            by=Person.of(request.user),
            at=timezone.now(),
        )
        messages.success(request, _("Saved. Dates have moved with the pause."))
        return redirect("lms:staff_detail", pause.staff_member.pk)
    context = {"form": form, "pause": pause, "staff_member": pause.staff_member}
    return render(request, "lms/staff_pause.html", context)


@login_required
@require_POST
def staff_invite(request: HttpRequest, pk: int) -> HttpResponse:
    staff_member = directed_staff_member(request, pk)
    if not staff_member.is_employed():  # a work mailbox opens nothing after that day
        raise Http404
    person = staff_member.person
    if not person.email:
        messages.error(request, _("Add a work e-mail first, then invite."))
    elif person.address_opens_another_account():
        messages.error(
            request,
            _(
                "Nobody was invited: somebody else signs in with this address. Correct "
                "it, or, if the two are one person, see “Entered twice?” under Staff."
            ),
        )
    else:
        actions.invite(person=person, by=Person.of(request.user), at=timezone.now())
        messages.success(
            request,
            _("The invitation is on its way to %(email)s.") % {"email": person.email},
        )
    return redirect("lms:staff_detail", pk)
