"""The training team asks for topics to be taken again."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from competencies.models import RetakeOrder, Topic
from competencies.rules import Offset
from lms import audit
from lms.models import Person, Role

from .everyone import sync_everyone


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
