"""A director's pages for somebody who leaves; and the way back to one's own records."""

import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lms import actions
from lms.dashboard import unsettled
from lms.forms import AccessEndsForm, CodeForm, LastDayForm, PrivateEmailForm
from lms.models import (
    Access,
    Leaving,
    OneTimeCode,
    Person,
    StaffMember,
    SupervisionTie,
    accesses_in_force,
    staff_visible_to,
    ties_in_force,
)

from .staff import are_valid, directed_staff_member


def left_behind(
    request: HttpRequest, staff_member: StaffMember, last_day: datetime.date
) -> QuerySet[StaffMember]:
    """Those whose plan nobody signs for after that day, as far as one may see them."""
    ending = SupervisionTie.objects.ending_with(
        staff_member, last_day - datetime.timedelta(days=1)
    )
    supervised = ending.main().filter(supervisor=staff_member.person_id)
    day_after = last_day + datetime.timedelta(days=1)
    going_on = ties_in_force(day_after).main()
    taken_over = going_on.exclude(supervisor=staff_member.person_id)
    return (
        staff_visible_to(request.user)
        .employed(day_after)
        .filter(pk__in=supervised.values("staff_member"))
        .exclude(pk__in=taken_over.values("staff_member"))
        .select_related("person")
    )


@login_required
def staff_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a last day: which, then what happens with it, then the deed."""
    staff_member = directed_staff_member(request, pk)
    leaving = Leaving.objects.filter(staff_member=staff_member).first()
    if leaving is not None:
        return _left_page(request, leaving)
    form = LastDayForm(request.POST or (request.GET or None), staff_member=staff_member)
    if not form.is_valid():
        context = {"form": form, "staff_member": staff_member}
        return render(request, "lms/staff_leave.html", context)
    if request.method == "POST":
        return _note(request, staff_member, form.cleaned_data["last_day"])
    return _preview(request, form, staff_member)


def _preview(
    request: HttpRequest, form: LastDayForm, staff_member: StaffMember
) -> HttpResponse:
    last_day = form.cleaned_data["last_day"]
    ties = SupervisionTie.objects.ending_with(staff_member, last_day).filter(
        staff_member__in=staff_visible_to(request.user)
    )
    context = {
        "form": form,
        "staff_member": staff_member,
        "last_day": last_day,
        "is_over": last_day < timezone.localdate(),
        "access_form": AccessEndsForm(staff_member=staff_member, last_day=last_day),
        "ties": ties.select_related("supervisor", "staff_member__person"),
        "left_behind": left_behind(request, staff_member, last_day),
        "unsettled": unsettled(request, staff_member),
        "is_last_director": _is_last_director(staff_member, last_day),
    }
    return render(request, "lms/staff_leave.html", context)


def _is_last_director(staff_member: StaffMember, last_day: datetime.date) -> bool:
    day_after = last_day + datetime.timedelta(days=1)
    directors = accesses_in_force(day_after).filter(
        kind=Access.Kind.DIRECTOR, agency=staff_member.agency_id
    )
    others = directors.exclude(person=staff_member.person_id)
    return (
        directors.filter(person=staff_member.person_id).exists() and not others.exists()
    )


def _note(
    request: HttpRequest, staff_member: StaffMember, last_day: datetime.date
) -> HttpResponse:
    form = AccessEndsForm(request.POST, staff_member=staff_member, last_day=last_day)
    if not form.is_valid():
        return redirect("lms:staff_leave", staff_member.pk)
    actions.note_last_day(
        staff_member=staff_member,
        last_day=last_day,
        accesses=form.ending,
        by=Person.of(request.user),
        at=timezone.now(),
    )
    messages.success(
        request,
        _("Noted: the last day of %(name)s is %(date)s.")
        % {"name": staff_member.person, "date": date_format(last_day, "j M Y")},
    )
    return redirect("lms:staff_leave", staff_member.pk)


def _left_page(request: HttpRequest, leaving: Leaving, code: str = "") -> HttpResponse:
    staff_member = leaving.staff_member
    context = {
        "leaving": leaving,
        "staff_member": staff_member,
        "is_over": not staff_member.is_employed(),
        "left_behind": left_behind(request, staff_member, staff_member.left_on),
        "unsettled": unsettled(request, staff_member),
        "may_make_code": _may_make_code(request, leaving),
        "code": code,
    }
    return render(request, "lms/staff_left.html", context)


def _may_make_code(request: HttpRequest, leaving: Leaving) -> bool:
    """Not for who has a private e-mail, works elsewhere, or is oneself."""
    here = StaffMember.objects.not_gone_elsewhere()
    return (
        not leaving.person.private_email
        and leaving.person != Person.of(request.user)
        and here.filter(pk=leaving.staff_member_id).exists()
    )


def _leaving(request: HttpRequest, pk: int) -> Leaving:
    noted = Leaving.objects.select_related("person", "staff_member__agency")
    return get_object_or_404(noted, staff_member=directed_staff_member(request, pk))


@login_required
@require_POST
def staff_leave_undo(request: HttpRequest, pk: int) -> HttpResponse:
    leaving = _leaving(request, pk)
    if not leaving.staff_member.is_employed():
        messages.error(request, _("The day is over: this can no longer be undone."))
        return redirect("lms:staff_leave", pk)
    actions.undo_leaving(leaving=leaving, by=Person.of(request.user), at=timezone.now())
    messages.success(
        request, _("%(name)s stays. All is as it was.") % {"name": leaving.person}
    )
    return redirect("lms:staff_detail", pk)


@login_required
@never_cache
@require_POST
def staff_leave_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a code to hand over on paper, this once."""
    leaving = _leaving(request, pk)
    if not _may_make_code(request, leaving):
        raise Http404
    code = actions.make_way_back(
        leaving=leaving, by=Person.of(request.user), at=timezone.now()
    )
    return _left_page(request, leaving, code)


@never_cache
def way_back(request: HttpRequest) -> HttpResponse:
    """For somebody who left and holds a code on paper: to which address?"""
    code_form = _paper_form(request)
    email_form = PrivateEmailForm(request.POST or None)
    forms = [code_form, email_form]
    if request.method == "POST" and are_valid(forms):
        actions.ask_to_confirm_private_email(
            person=code_form.cleaned_data["code"].person,
            email=email_form.cleaned_data["email"],
            at=timezone.now(),
        )
        return render(request, "lms/way_back_sent.html", email_form.cleaned_data)
    return render(request, "lms/way_back.html", {"forms": forms})


def _paper_form(request: HttpRequest) -> CodeForm:
    told = request.POST if request.method == "POST" else None
    return CodeForm(told, purpose=OneTimeCode.Purpose.WAY_BACK)


@never_cache
def private_email_confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """The link from the mail. Whoever opens it shows once more that they are the
    person: by being signed in, or by the code on paper."""
    purpose = OneTimeCode.Purpose.PRIVATE_EMAIL
    links = OneTimeCode.objects.matching(secret, purpose, timezone.now())
    link = links.select_related("person").first()
    if link is None:
        return render(request, "lms/private_email_too_late.html", status=404)
    form = None if Person.of(request.user) == link.person else _paper_form(request)
    if request.method == "POST" and _shows_who_they_are(form, link.person):
        if not actions.confirm_private_email(code=link, at=timezone.now()):
            return render(request, "lms/private_email_too_late.html", status=404)
        context = {"moves": actions.signs_in_with_a_closed_address(link.person)}
        return render(request, "lms/private_email_confirmed.html", context)
    context = {"email": link.email, "form": form}
    return render(request, "lms/private_email_confirm.html", context)


def _shows_who_they_are(form: CodeForm | None, person: Person) -> bool:
    if form is None:
        return True
    if not form.is_valid():
        return False
    if form.cleaned_data["code"].person != person:
        text = _("The code on paper and this link do not belong together.")
        form.add_error(None, text)
    return form.is_valid()
