"""What the two people settle about the work: the first day on one's own, reviews of
the plan, its order."""

import datetime

from django.db import transaction

from competencies.models import (
    FirstDayNamed,
    PlanItem,
    PlanReview,
    StaffPlan,
    VisitsTogether,
)
from competencies.rules import Progress
from lms import audit
from lms.models import Person


@transaction.atomic
def name_first_day(
    *,
    plan: StaffPlan,
    first_day: datetime.date | None,
    by: Person,
    at: datetime.datetime,
) -> FirstDayNamed:
    """After the talk one of the two names the day; None says: not yet."""
    named = FirstDayNamed.objects.create(
        person_id=plan.person_id,
        staff_member_id=plan.staff_member_id,
        staff_plan=plan,
        first_day=first_day,
        by=by,
        at=at,
    )
    audit.record(
        act="families.day_named",
        actor=by,
        about=plan.person,
        target=named,
        at=at,
        facts={"on": first_day.isoformat() if first_day else None},
    )
    return named


def note_visits(*, plan: StaffPlan, count: int, by: Person) -> None:
    """Note how many visits somebody has gone along on so far."""
    VisitsTogether.objects.update_or_create(
        staff_plan=plan,
        defaults={"count": count, "noted_by": by},
        create_defaults={
            "count": count,
            "noted_by": by,
            "person_id": plan.person_id,
            "staff_member_id": plan.staff_member_id,
        },
    )


def confirm_review(*, review: PlanReview, by: Person, at: datetime.datetime) -> bool:
    """The other of the two confirms a review; says whether it waited for that."""
    waiting = PlanReview.objects.unconfirmed().filter(pk=review.pk)
    confirmed = waiting.exclude(noted_by=by).update(confirmed_by=by, confirmed_at=at)
    return bool(confirmed)


def take_back_review(*, review: PlanReview, by: Person) -> bool:
    """Whoever noted a review may take it back until the other has confirmed it."""
    own = PlanReview.objects.unconfirmed().filter(pk=review.pk, noted_by=by)
    removed, _ = own.delete()
    return bool(removed)


@transaction.atomic
def move_line(*, item: PlanItem, by_places: int) -> None:
    """Move a line up (-1) or down (+1) among its phase's open lines of its kind.

    All lines down to where something moved get a number, so that the order holds
    whatever becomes of the others; the rest keep the plan's own order.
    """
    StaffPlan.objects.select_for_update().get(pk=item.staff_plan_id)
    lines = list(lines_in_order(item))
    place = [line.pk for line in lines].index(item.pk)
    there = place + by_places
    if not 0 <= there < len(lines):
        return
    lines[place], lines[there] = lines[there], lines[place]
    numbered = max(
        [place, there, *(n for n, row in enumerate(lines) if row.priority is not None)]
    )
    for number, line in enumerate(lines[: numbered + 1], 1):
        line.priority = number
    PlanItem.objects.bulk_update(lines[: numbered + 1], ["priority"])


def lines_in_order(item: PlanItem) -> list[PlanItem]:
    """The lines among which a line can be moved, in the order they stand in."""
    others = item.staff_plan.items.filter(
        requirement__phase=item.requirement.phase_id, obligation=item.obligation
    ).exclude(progress__in=[Progress.COMPLETE, Progress.WAIVED])
    return list(others.in_plan_order())


def forget_order(*, plan: StaffPlan) -> None:
    """Back to the order of the plan itself."""
    plan.items.exclude(priority=None).update(priority=None)
