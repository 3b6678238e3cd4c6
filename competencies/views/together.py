"""What the plan page says of the two people's own: cards that lead to their pages."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from competencies.models import ChecklistItem, DevelopmentGoal, PlanReview, StaffPlan

from .access import Standing, Two, two
from .families import (
    FAMILIES,
    NEW,
    BeforeFamilies,
    before_families_of,
    is_time_for_it,
)
from .goals import GROWTH
from .lines import PhasePart
from .reviews import PERFORMANCE, REVIEW


@dataclass
class LearningTime:
    """Hours a week that the agency keeps free for learning in the first weeks."""

    hours: int
    week: int
    weeks: int


@dataclass
class Together:
    before: BeforeFamilies | None
    opens_list: bool
    review: PlanReview | None
    waits_for_reader: bool
    learning_time: LearningTime | None
    performance_review_on: datetime.date | None
    opens_growth: bool
    goals: list[DevelopmentGoal]
    is_after_first_year: bool


def together_of(
    request: HttpRequest,
    plan: StaffPlan,
    how: Standing,
    phases: list[PhasePart],
    checklist: Iterable[ChecklistItem],
    today: datetime.date,
) -> Together:
    both = two(request, plan.staff_member)
    opens_growth = "words" in both.may(GROWTH, "view")
    goals = open_goals(request, plan) if opens_growth else []
    review = _latest_review(request, plan, both)
    return Together(
        before=_before_families(request, plan, both, phases, checklist, today),
        opens_list="facts" in both.may(FAMILIES, "view"),
        review=review,
        waits_for_reader=bool(
            review
            and review.confirmed_at is None
            and review.noted_by.user_id != request.user.pk
            and both.may(REVIEW, "confirm", "noted by the other")
        ),
        learning_time=learning_time(plan, today) if how.sees_words else None,
        performance_review_on=plan.performance_review_on
        if both.may(PERFORMANCE, "view")
        else None,
        opens_growth=opens_growth,
        goals=goals,
        is_after_first_year=bool(goals) or is_after_first_year(plan, phases, today),
    )


def open_goals(request: HttpRequest, plan: StaffPlan) -> list[DevelopmentGoal]:
    goals = DevelopmentGoal.objects.visible_to(request.user).open()
    return list(goals.filter(staff_plan=plan))


def is_after_first_year(
    plan: StaffPlan, phases: list[PhasePart], today: datetime.date
) -> bool:
    """A year has passed since the first day, or the plan is done already."""
    hired_on = plan.staff_member.hired_on
    is_done = bool(phases) and all(part.state == "done" for part in phases)
    return is_done or (hired_on is not None and today - hired_on >= NEW)


def _before_families(
    request: HttpRequest,
    plan: StaffPlan,
    both: Two,
    phases: list[PhasePart],
    checklist: Iterable[ChecklistItem],
    today: datetime.date,
) -> BeforeFamilies | None:
    seen = both.may(FAMILIES, "view")
    if not seen:
        return None
    before = before_families_of(request, plan, phases, checklist, today)
    is_told = is_time_for_it(before, plan) if "facts" in seen else before.since
    return before if is_told else None


def _latest_review(
    request: HttpRequest, plan: StaffPlan, both: Two
) -> PlanReview | None:
    if not both.may(REVIEW, "view", "while dated"):
        return None
    reviews = PlanReview.objects.visible_to(request.user).filter(staff_plan=plan)
    return reviews.select_related("noted_by").first()


def learning_time(plan: StaffPlan, today: datetime.date) -> LearningTime | None:
    """In the first weeks only; the agency sets how many and how much."""
    staff_member, agency = plan.staff_member, plan.staff_member.agency
    if not agency.learning_hours or staff_member.hired_on is None:
        return None
    week = (today - staff_member.hired_on).days // 7 + 1
    if not 1 <= week <= agency.learning_weeks:
        return None
    return LearningTime(agency.learning_hours, week, agency.learning_weeks)
