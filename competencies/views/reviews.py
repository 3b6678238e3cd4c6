"""Reviews of a plan, noted by both; the yearly performance review is a date apart."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from competencies import actions
from competencies.forms import PerformanceReviewForm, PlanReviewForm
from competencies.models import PlanReview, StaffPlan
from lms import policy
from lms.models import Person

from .access import Two, note_opening, standing, two, visible_to_the_two

REVIEW = "plan review"
PERFORMANCE = "performance review"


def _page(
    request: HttpRequest, plan: StaffPlan, both: Two, **bound: Any
) -> HttpResponse:
    how = standing(request, plan.staff_member)
    note_opening(request, how, plan, "plan_reviews")
    reviews = PlanReview.objects.visible_to(request.user).filter(staff_plan=plan)
    context = {
        "plan": plan,
        "staff_member": plan.staff_member,
        "how": how,
        "reviews": reviews.select_related("noted_by", "confirmed_by"),
        "reader": Person.of(request.user),
        "notes_reviews": "words" in both.may(REVIEW, "create"),
        "confirms": "facts" in both.may(REVIEW, "confirm", "noted by the other"),
        "sees_date": "date" in both.may(PERFORMANCE, "view"),
        "sets_date": "date" in both.may(PERFORMANCE, "edit"),
        "form": PlanReviewForm(initial={"held_on": timezone.localdate()}),
        "date_form": PerformanceReviewForm(instance=plan),
        **bound,
    }
    return render(request, "lms_competencies/plan_reviews.html", context)


@login_required
def plan_reviews(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(
        request, *visible_to_the_two(request, pk, REVIEW, "facts", "while dated")
    )


@login_required
@require_POST
def plan_review_add(request: HttpRequest, pk: int) -> HttpResponse:
    plan, both = visible_to_the_two(request, pk, REVIEW, "facts", "while dated")
    if "words" not in both.may(REVIEW, "create"):
        raise Http404
    review = PlanReview(
        person_id=plan.person_id,
        staff_member=plan.staff_member,
        staff_plan=plan,
        noted_by=Person.of(request.user),
        noted_at=timezone.now(),
    )
    form = PlanReviewForm(request.POST, instance=review)
    if not form.is_valid():
        return _page(request, plan, both, form=form)
    form.save()
    messages.success(request, _("Noted. The other of you confirms it with one tap."))
    return redirect("lms_competencies:plan_reviews", pk)


def _visible_review(request: HttpRequest, pk: int) -> tuple[PlanReview, Two]:
    reviews = PlanReview.objects.visible_to(request.user)
    review = get_object_or_404(reviews.select_related("staff_member"), pk=pk)
    return review, two(request, review.staff_member)


@login_required
@require_POST
def plan_review_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    review, both = _visible_review(request, pk)
    reader = Person.of(request.user)
    state = "any" if review.noted_by == reader else "noted by the other"
    if "facts" not in both.may(REVIEW, "confirm", state):
        raise Http404
    if actions.confirm_review(review=review, by=reader, at=timezone.now()):
        messages.success(request, _("Confirmed. It stays as it is now."))
    return redirect("lms_competencies:plan_reviews", review.staff_member_id)


@login_required
@require_POST
def plan_review_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    review, both = _visible_review(request, pk)
    reader = Person.of(request.user)
    relations = {"author"} if review.noted_by == reader and both.is_employed else set()
    if not policy.scopes(REVIEW, "withdraw", frozenset(relations), "not confirmed"):
        raise Http404
    if actions.take_back_review(review=review, by=reader):
        messages.success(request, _("Taken back."))
    else:
        messages.warning(request, _("It has been confirmed, and stays as it is."))
    return redirect("lms_competencies:plan_reviews", review.staff_member_id)


@login_required
@require_POST
def performance_review(request: HttpRequest, pk: int) -> HttpResponse:
    plan, both = visible_to_the_two(request, pk, PERFORMANCE, "date")
    if "date" not in both.may(PERFORMANCE, "edit"):
        raise Http404
    form = PerformanceReviewForm(request.POST, instance=plan)
    if not form.is_valid():
        return _page(request, plan, both, date_form=form)
    plan.save(update_fields=["performance_review_on"])
    messages.success(request, _("Saved."))
    return redirect("lms_competencies:plan_reviews", pk)
