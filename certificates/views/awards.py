"""Giving an award: to all who earned it, or by hand for a reason."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from certificates import actions
from certificates.forms import ByHandForm
from certificates.models import Award, AwardRun, earned, not_yet_issued
from lms.models import Person
from lms.step_up import signing

from .desk import looking_after


@looking_after
@signing
def award_give(request: HttpRequest, pk: int) -> HttpResponse:
    award = get_object_or_404(Award.objects.filter(is_active=True), pk=pk)
    if request.method != "POST":
        return _give_page(request, award, ByHandForm())
    if "to_all" in request.POST:
        return _begun(
            actions.give_to_all_who_earned(
                award=award, by=Person.of(request.user), at=timezone.now()
            )
        )
    form = ByHandForm(request.POST)
    if not form.is_valid():
        return _give_page(request, award, form)
    return _begun(
        actions.give_by_hand(
            award=award,
            people=form.cleaned_data["people"],
            because=form.cleaned_data["because"],
            by=Person.of(request.user),
            at=timezone.now(),
        )
    )


def _give_page(request: HttpRequest, award: Award, form: ByHandForm) -> HttpResponse:
    rule = award.rule()
    waiting = not_yet_issued(rule, earned(rule, timezone.localdate()))
    context = {"award": award, "waiting": len(waiting), "form": form}
    return render(request, "lms_certificates/award_give.html", context)


def _begun(run: AwardRun) -> HttpResponse:
    return redirect("lms_certificates:award_run", run.pk)


@looking_after
def award_run(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; the page looks again by itself until it is done."""
    run = get_object_or_404(AwardRun.objects.select_related("award"), pk=pk)
    response = render(request, "lms_certificates/award_run.html", {"run": run})
    if not run.is_finished and "still" not in request.GET:
        response["Refresh"] = "3"
    return response
