"""Every time a topic was completed, and which refresher comes next."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest

from competencies.models import Completion, PlanItem, SignOff, StaffPlan, Training
from competencies.rules import Noted, covers, each_time, turn_of


@dataclass(frozen=True)
class Turns:
    """The trainings that take turns to renew a topic, and the one that comes next."""

    trainings: list[Training]
    following: Training


def turns_of(item: PlanItem, completions: Iterable[Completion]) -> Turns | None:
    """``completions`` are those the reader may know of, the newest first."""
    rows = item.requirement.turns.select_related("training").order_by("order")
    trainings = {row.training_id: row.training for row in rows}
    taken = [
        each.record.training_id
        for each in completions
        if covers(each.portion, item.portion)
    ]
    following = turn_of(list(trainings), reversed(taken))
    if following is None:
        return None
    return Turns(list(trainings.values()), trainings[following])


def days_completed(
    request: HttpRequest, plan: StaffPlan
) -> defaultdict[int, list[Noted]]:
    """The days on which each topic of a plan was completed, as exactly as they are
    known, the oldest first: those that count at this employment. One query."""
    signed_here = SignOff.objects.in_force().filter(
        completion=OuterRef("pk"), staff_member=plan.staff_member_id
    )
    unsigned = plan.items.filter(requirement__is_signed=False).values("topic")
    counting = (
        Completion.objects.visible_to(request.user)
        .standing()
        .filter(person=plan.person_id)
        .filter(Q(Exists(signed_here)) | Q(topic__in=unsigned))
    )
    rows = counting.values_list("topic", "record__completed_on", "record__precision")
    noted: dict[int, list[Noted]] = defaultdict(list)
    for topic, on, precision in rows:
        noted[topic].append(Noted(on, precision))
    times = {topic: each_time(days) for topic, days in noted.items()}
    return defaultdict(list, times)
