import datetime
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms import policy
from lms.models import Agency, Helpline, StaffMember, ties_in_force
from supervision_logs import actions
from supervision_logs.models import TimeAsked

from .access import own_staff

TALKED = (10, 20, 40)


@login_required
def who_to_call(request: HttpRequest) -> HttpResponse:
    """Whom one can call now: supervisor, stand-in, after hours, and the State's
    helplines. Nothing is recorded."""
    employed, today = own_staff(request), timezone.localdate()
    ties = (
        ties_in_force(today)
        .filter(staff_member__in=employed)
        .select_related("supervisor", "staff_member")
        .order_by("-kind", "scope")
    )
    once = {tie.supervisor_id: tie for tie in ties}
    asked = TimeAsked.objects.visible_to(request.user).waiting(timezone.now())
    context = {
        "people": [(tie, uuid.uuid4()) for tie in once.values()],
        "agencies": Agency.objects.filter(staff_members__in=employed)
        .exclude(after_hours_phone="")
        .distinct(),
        "helplines": Helpline.objects.select_related("answered_by"),
        "today": today,
        "talked": TALKED,
        "may_ask": _asking_staff(request, today) is not None,
        "has_asked": asked.filter(staff_member__in=employed).exists(),
    }
    return render(request, "lms_supervision_logs/who_to_call.html", context)


def _asking_staff(request: HttpRequest, today: datetime.date) -> StaffMember | None:
    """The employment in which somebody can be asked for time: one with a supervisor of
    its plan today."""
    ties = ties_in_force(today).filter(scope="plan")
    return own_staff(request).filter(pk__in=ties.values("staff_member")).first()


@login_required
@require_POST
def ask_for_time(request: HttpRequest) -> HttpResponse:
    """I'd like time this week: no words, and never for an emergency."""
    asking = _asking_staff(request, timezone.localdate())
    staff_member = asking or own_staff(request).first()
    if staff_member is None or not policy.scopes(
        "time asked for", "create", policy.relations(request.user, staff_member)
    ):
        raise Http404
    if asking is None:
        text = _("Nobody is named as your supervisor yet. Ask your director who it is.")
        messages.warning(request, text)
        return redirect("lms_supervision_logs:who_to_call")
    actions.ask_for_time(staff_member=asking, at=timezone.now())
    text = _("Your supervisor sees that you would like time this week.")
    messages.success(request, text)
    return redirect("lms_supervision_logs:who_to_call")
