"""The same person at another agency: they bring a code, and later what they learned."""

import datetime

from django.db import transaction

from lms import audit
from lms.models import OneTimeCode, Person, StaffMember

from .staff import tell

JOINING_LASTS = datetime.timedelta(days=14)


@transaction.atomic
def make_joining_code(*, person: Person, at: datetime.datetime) -> str:
    """A code for the next director. It shows nothing of what was learned."""
    person.one_time_codes.filter(purpose=OneTimeCode.Purpose.JOINING).delete()
    code = person.one_time_codes.create(
        purpose=OneTimeCode.Purpose.JOINING,
        made_by=person,
        made_at=at,
        expires_at=at + JOINING_LASTS,
    )
    audit.record(act="person.joining_code_made", actor=person, about=person, at=at)
    return code.draw()


@transaction.atomic
def bring_transcript(*, staff_member: StaffMember, at: datetime.datetime) -> None:
    """The person shows this agency what they learned before; it waits for a signature
    here."""
    staff_member.transcript_brought_at = at
    staff_member.save(update_fields=["transcript_brought_at"])
    tell(
        act="transcript.brought",
        staff_member=staff_member,
        by=staff_member.person,
        at=at,
    )
