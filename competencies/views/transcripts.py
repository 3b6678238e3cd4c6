"""What was learned at another agency: the person brings it, the new supervisor accepts
it line by line."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from competencies import actions
from competencies.models import Completion, PlanItem
from lms import step_up
from lms.actions import bring_transcript
from lms.models import Person, StaffMember, signers_for

from .sign_off import queue, returnable, sign_chosen, transcripts_for


def own_arrivals(request: HttpRequest) -> QuerySet[StaffMember]:
    """One's employments that know nothing yet of what one learned before."""
    before = Completion.objects.standing().filter(
        person=OuterRef("person"), record__recorded_at__lt=OuterRef("learning_from")
    )
    return (
        StaffMember.objects.employed()
        .filter(person=Person.of(request.user), transcript_brought_at=None)
        .filter(Exists(before))
        .select_related("agency", "person")
    )


def learned_before(staff_member: StaffMember) -> QuerySet[Completion]:
    return (
        Completion.objects.standing()
        .filter(
            person=staff_member.person_id,
            record__recorded_at__lt=staff_member.learning_from,
        )
        .select_related("topic", "record")
        .order_by("topic__title", "-record__completed_on")
    )


@login_required
@step_up.sharing
def transcript_bring(request: HttpRequest) -> HttpResponse:
    """Show what would be brought, to whom; bring it when the person says so."""
    arrival = own_arrivals(request).first()
    if arrival is None:
        return redirect("lms_competencies:my_plan")
    if request.method == "POST":
        bring_transcript(staff_member=arrival, at=timezone.now())
        messages.success(request, _("Brought. It waits for a signature here now."))
        return redirect("lms_competencies:my_plan")
    context = {
        "staff_member": arrival,
        "completions": learned_before(arrival),
        "signers": signers_for(arrival, timezone.localdate()),
    }
    return render(request, "lms_competencies/transcript_bring.html", context)


@login_required
@step_up.signing
def transcript(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything somebody brought, on one page: accept many, send one back."""
    staff_member = get_object_or_404(transcripts_for(request), pk=pk)
    if request.method == "POST":
        sign_chosen(request)
        return redirect("lms_competencies:transcript", pk)
    brought = queue(request).filter(
        staff_member=staff_member,
        completion__record__recorded_at__lt=F("staff_member__learning_from"),
    )
    on_the_plan = PlanItem.objects.filter(staff_member=staff_member)
    beyond = learned_before(staff_member).exclude(topic__in=on_the_plan.values("topic"))
    context = {
        "staff_member": staff_member,
        "lines": [(item, actions.seen(item.completion)) for item in brought],
        "returnable": returnable(request),
        "beyond": beyond,
    }
    return render(request, "lms_competencies/transcript.html", context)
