"""Confirming a month: once, by oneself, and only what was looked at."""

import datetime

from django.db import transaction

from lms import audit
from lms.models import Person, StaffMember
from supervision_logs.models import MonthlyConfirmation
from supervision_logs.reports import statement_of

from .holding import hold


@transaction.atomic
def confirm_statement(
    *,
    staff_member: StaffMember,
    supervisor: Person,
    month: datetime.date,
    seen: str,
    by: Person,
    at: datetime.datetime,
) -> bool:
    """Confirm a month for one's own side; however often one taps, it is one
    confirmation. False when the month is no longer what was shown, or is empty."""
    hold([staff_member.pk])
    statement = statement_of(staff_member, supervisor, month).statement
    if not statement.lines or statement.seen != seen:
        return False
    confirmation, is_new = MonthlyConfirmation.objects.get_or_create(
        staff_member=staff_member,
        supervisor=supervisor,
        month=month,
        is_own=by.pk == staff_member.person_id,
        digest=statement.digest,
        defaults={
            "person_id": staff_member.person_id,
            "at": at,
            "versions": statement.versions,
            "minutes": statement.minutes,
        },
    )
    if is_new:
        audit.record(
            act="supervision.month_confirmed",
            actor=by,
            about=staff_member.person,
            target=confirmation,
            at=at,
            facts={"month": f"{month:%Y-%m}"},
        )
    return True
