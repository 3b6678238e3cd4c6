"""Which line comes next where the two have put some before others."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from competencies.models import PlanItem

LAST = 10_000
Key = tuple[int | None, int]


def key_of(item: PlanItem) -> Key:
    """A topic stands once in somebody's plan; a line shown to nobody is not saved."""
    return item.staff_member_id, item.topic_id


def priority_of(item: PlanItem) -> int:
    """What nobody has moved comes after what somebody has."""
    return LAST if item.priority is None else item.priority


def dates_in_order(
    lines: Iterable[tuple[PlanItem, datetime.date | None]],
) -> dict[Key, datetime.date | None]:
    """The date each line counts by: a line put before others in its phase counts by
    the earliest date among itself and those after it that were given a place too."""
    dates, phases = {}, defaultdict(list)
    for item, date in lines:
        dates[key_of(item)] = date
        if item.priority is not None:
            phases[item.staff_member_id, item.requirement.phase_id].append(item)
    for items in phases.values():
        earliest = None
        for item in sorted(items, key=priority_of, reverse=True):
            known = [day for day in (dates[key_of(item)], earliest) if day is not None]
            earliest = dates[key_of(item)] = min(known, default=None)
    return dates
