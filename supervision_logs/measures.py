"""What awards may count of supervision."""

import datetime
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from lms.models import Person
from lms.registry import Measure

from .models import Attendance, SessionVersion

MINUTES_AN_HOUR = 60


def hours_of(people: Iterable[Person | int], on: datetime.date) -> dict[int, Decimal]:
    """Hours of supervision each of them received up to that day, to the minute.

    What was imported without anybody attesting it is left out.
    """
    rows = (
        Attendance.objects.current()
        .held()
        .filter(person__in=list(people), version__held_on__lte=on)
        .exclude(version__origin=SessionVersion.Origin.IMPORTED)
        .order_by()
        .values_list("person")
        .annotate(sum=Sum("minutes"))
    )
    return {person: Decimal(minutes) / MINUTES_AN_HOUR for person, minutes in rows}


HOURS = Measure("supervision_logs.hours", _("Hours of supervision"), hours_of)
