"""The agency self-assessment: one form that a team fills in together."""

from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from content import actions
from content.forms import AnswerForm
from content.models import SelfAssessment, agencies_of


@login_required
def assessments(request: HttpRequest) -> HttpResponse:
    """Those of one's agencies; and a new one where none is open."""
    seen = SelfAssessment.objects.visible_to(request.user).select_related("agency")
    is_open = {each.agency_id for each in seen if each.closed_on is None}
    context = {
        "assessments": seen,
        "without": agencies_of(request.user).exclude(pk__in=is_open),
    }
    return render(request, "lms_content/assessments.html", context)


@login_required
@require_POST
def assessment_begin(request: HttpRequest, pk: int) -> HttpResponse:
    agency = get_object_or_404(agencies_of(request.user), pk=pk)
    begun = actions.begin_assessment(agency=agency, on=timezone.localdate())
    return redirect("lms_content:assessment", begun.pk)


@login_required
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    seen = SelfAssessment.objects.visible_to(request.user).select_related("agency")
    shown = get_object_or_404(seen, pk=pk)
    answers = shown.answers.select_related("area")
    is_sent = request.method == "POST" and shown.closed_on is None
    sent = request.POST if is_sent else None
    forms = [AnswerForm(sent, instance=each, prefix=each.area.key) for each in answers]
    if is_sent and _keep(forms):
        if "close" in request.POST:
            shown.close(timezone.localdate())
        messages.success(request, _("Saved for the team."))
        return redirect("lms_content:assessment", pk)
    domains = groupby(forms, key=lambda form: form.instance.area.domain)
    context = {
        "assessment": shown,
        "domains": [(domain, list(of_it)) for domain, of_it in domains],
        "has_errors": is_sent,
    }
    return render(request, "lms_content/assessment.html", context)


def _keep(forms: list[AnswerForm]) -> bool:
    """Save every answer that can be saved; whether all could."""
    kept = [form.is_valid() and form.keep() for form in forms]
    return all(kept)
