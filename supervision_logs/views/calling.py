from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lms.models import Agency, Helpline, Person, StaffMember, ties_in_force


@login_required
def who_to_call(request: HttpRequest) -> HttpResponse:
    """Whom one can call now: supervisor, stand-in, after hours, and the State's
    helplines. Nothing is recorded."""
    employed = StaffMember.objects.employed().filter(person=Person.of(request.user))
    ties = (
        ties_in_force(timezone.localdate())
        .filter(staff_member__in=employed)
        .select_related("supervisor")
        .order_by("-kind", "scope")
    )
    once = {tie.supervisor_id: tie for tie in ties}
    context = {
        "people": list(once.values()),
        "agencies": Agency.objects.filter(staff_members__in=employed)
        .exclude(after_hours_phone="")
        .distinct(),
        "helplines": Helpline.objects.select_related("answered_by"),
    }
    return render(request, "lms_supervision_logs/who_to_call.html", context)
