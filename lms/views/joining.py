from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lms import actions
from lms.forms import CodeForm, RolesForm, StaffMemberForm
from lms.models import OneTimeCode, Person, StaffMember

from .staff import agencies_of, are_valid


@login_required
def staff_join(request: HttpRequest) -> HttpResponse:
    """Employ somebody who has been in the program before: they bring a code."""
    code_form = CodeForm(request.POST or None, purpose=OneTimeCode.Purpose.JOINING)
    staff_form = StaffMemberForm(
        request.POST or None, agencies=agencies_of(request.user)
    )
    forms = [code_form, staff_form, RolesForm(request.POST or None)]
    if request.method == "POST" and are_valid(forms):
        staff_member = _employ(request, forms)
        messages.success(
            request,
            _("%(name)s is here, and so is the plan. Next: who supervises?")
            % {"name": staff_member.person},
        )
        return redirect("lms:staff_supervisor", staff_member.pk)
    return render(request, "lms/staff_join.html", {"forms": forms})


def _employ(request: HttpRequest, forms: list) -> StaffMember:
    code_form, staff_form, roles_form = forms
    code, now = code_form.cleaned_data["code"], timezone.now()
    code.use(now)
    return actions.add_staff_member(
        person=code.person,
        **staff_form.cleaned_data,
        roles=roles_form.cleaned_data["roles"],
        by=Person.of(request.user),
        at=now,
    )
