"""What two people keep for their hour: when it is, what it is about, what follows."""

import datetime
from typing import Any

from django.db import transaction

from lms.models import Person, StaffMember
from supervision_logs.models import StandingHour, TimeAsked

from .holding import hold


@transaction.atomic
def set_standing_hour(
    *,
    staff_member: StaffMember,
    supervisor: Person,
    values: dict[str, Any] | None,
    on: datetime.date,
) -> StandingHour | None:
    """Agree on a day and time from that day on, or on none; what held before ends."""
    hold([staff_member.pk])
    hours = StandingHour.objects.of(staff_member, supervisor)
    hours.filter(starts_on__gte=on).delete()
    hours.filter(ends_on=None).update(ends_on=on - datetime.timedelta(days=1))
    if values is None:
        return None
    return StandingHour.objects.create(
        person_id=staff_member.person_id,
        staff_member=staff_member,
        supervisor=supervisor,
        starts_on=on,
        **values,
    )


@transaction.atomic
def ask_for_time(*, staff_member: StaffMember, at: datetime.datetime) -> TimeAsked:
    """Ask for time this week: once, however often one taps."""
    hold([staff_member.pk])
    waiting = TimeAsked.objects.waiting(at).filter(staff_member=staff_member)
    return waiting.first() or TimeAsked.objects.create(
        person_id=staff_member.person_id, staff_member=staff_member, asked_at=at
    )
