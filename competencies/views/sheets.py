"""A whole agency's open lines as a list to fill in: what the import reads back."""

import datetime
from collections.abc import Iterator

from competencies.imports import person_key, sheet_header, sheet_title
from competencies.models import PlanItem
from competencies.rules import Progress
from lms.models import Agency, Person

NOTHING_KNOWN = [Progress.NOT_ENTERED, Progress.NOT_STARTED, Progress.IN_PROGRESS]


def sheet_rows(
    agency: Agency, today: datetime.date
) -> tuple[list[str], Iterator[list[str]]]:
    """A line for each person and topic of which nothing is known yet. Who has neither
    an address nor a number is found by neither, and is left out."""
    items = (
        PlanItem.objects.filter(
            staff_member__agency=agency,
            staff_member__in=agency.staff_members.employed(today),
            progress__in=NOTHING_KNOWN,
            completion=None,
        )
        .select_related("person", "staff_member", "topic")
        .order_by(
            "person__full_name",
            "staff_member",
            "requirement__phase__order",
            "requirement__order",
        )
    )
    rows = (
        [key, str(item.person), sheet_title(item.topic.title, item.portion), "", "", ""]
        for item in items
        if (key := person_key(item.staff_member, item.person))
    )
    return sheet_header(), rows


def left_out(agency: Agency, today: datetime.date) -> list[Person]:
    """People of whom the list cannot say who they are."""
    staff = agency.staff_members.employed(today).select_related("person")
    return [each.person for each in staff if not person_key(each, each.person)]
