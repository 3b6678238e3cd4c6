"""The training team asks for topics to be taken again."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from competencies import rules
from competencies.models import RetakeOrder, Topic, made_here
from competencies.rules import Offset
from lms import audit
from lms.models import Person, Role, StaffMember

from .everyone import sync_everyone
from .refreshing import employed_as, lines_on


def asked_again(
    *, topics: Iterable[Topic], order: rules.RetakeOrder, on: datetime.date
) -> int:
    """How many people who work here that day an order would ask to take something
    again, counted without writing."""
    lines = lines_on(topics).filter(
        completed_on__lt=order.starts_on,
        staff_member__in=StaffMember.objects.employed(on),
    )
    return len(
        {
            line.person_id
            for line in lines
            if order.is_for(line.completed_on, employed_as(line.staff_member).roles)
        }
    )


@transaction.atomic
def order_retake(  # noqa: PLR0913  (what, from when, how soon, of whom, why)
    *,
    topics: Iterable[Topic],
    starts_on: datetime.date,
    within: Offset,
    roles: Iterable[Role] = (),
    because: str = "",
    by: Person | None,
    at: datetime.datetime,
) -> list[RetakeOrder]:
    """Ask everyone of these roles (none: everyone) who completed the topics before
    that day to take them again; plans follow in the background."""
    orders = []
    for topic in topics:
        order = RetakeOrder(
            key=made_here(),
            topic=topic,
            starts_on=starts_on,
            within_count=within.count,
            within_unit=within.unit,
            because=because,
            ordered_at=at,
        )
        order.full_clean()
        order.save()
        order.roles.set(roles)
        audit.record(
            act="topic.retake_ordered", actor=by, about=None, target=order, at=at
        )
        orders.append(order)
    sync_everyone(by=by, at=at)
    return orders


@transaction.atomic
def call_off_retake(
    *, order: RetakeOrder, by: Person | None, at: datetime.datetime
) -> None:
    """Ask nobody any more: what fell due by this order alone does so no longer. Who
    took it again in the meantime keeps that."""
    audit.record(
        act="topic.retake_called_off", actor=by, about=None, target=order, at=at
    )
    order.delete()
    sync_everyone(by=by, at=at)
