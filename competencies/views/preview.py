"""View as: the pages of somebody who does not exist, worked out by the rules alone.

Nobody ever sees the site through another person's eyes. This picture has no person
behind it, reads no person's rows and keeps nothing.
"""

import datetime
from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from competencies.forms import PreviewForm
from competencies.models import PlanItem, PlanVersion
from competencies.rules import Hold, Progress, plan_line
from lms import policy

from .access import Standing
from .lines import PhasePart, PlanLine, Reasons, in_phases, next_step, status_of_item

NOBODY = Standing(
    is_own=True,
    sees_facts=True,
    sees_words=False,
    edits=frozenset(),
    adds_completions=False,
)


def may_preview(request: HttpRequest) -> bool:
    standing = policy.relations_to_program(request.user)
    return bool(policy.scopes("synthetic plan", "view", standing))


@login_required
def preview_as(request: HttpRequest) -> HttpResponse:
    if not may_preview(request):
        raise Http404
    form = PreviewForm(request.GET or None)
    phases: list[PhasePart] = []
    if form.is_valid():
        roles, hired_on = form.cleaned_data["roles"], form.cleaned_data["hired_on"]
        phases = phases_of_nobody([role.key for role in roles], hired_on)
    context = {
        "form": form,
        "phases": phases,
        "next_step": next_step(phases),
        "how": NOBODY,
    }
    return render(request, "lms_competencies/preview_as.html", context)


def phases_of_nobody(
    roles: Sequence[str], hired_on: datetime.date | None
) -> list[PhasePart]:
    """The newest plan as those roles begin it. Its lines are never saved."""
    version, today = PlanVersion.objects.newest(), timezone.localdate()
    if version is None:
        return []
    reasons = Reasons()
    requirements = version.requirements.select_related("phase", "topic")
    lines = []
    for requirement in requirements.prefetch_related("audiences__role"):
        planned = plan_line(
            [audience.as_rule() for audience in requirement.audiences.all()],
            firmness=requirement.firmness,
            holds=[Hold(role) for role in roles],
            hired_on=hired_on,
            yearly=requirement.first_yearly,
        )
        if planned is None:
            continue
        item = PlanItem(
            requirement=requirement,
            topic=requirement.topic,
            obligation=planned.obligation,
            portion=planned.portion,
            firmness=requirement.firmness,
            due_on=planned.due_on,
            because=planned.why.as_data(),
            progress=Progress.NOT_STARTED,
        )
        status = status_of_item(item, today)
        lines.append(PlanLine(item, status, reasons.why(item), today))
    return in_phases(lines)
