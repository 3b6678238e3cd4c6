"""A lost second step: one person asks, another confirms, the site lets in once."""

import datetime

from django.db import transaction

from lms import audit, outbox
from lms.models import FactorReset, OneTimeCode, Person, StaffMember

RESET_FACTOR = "lms.reset_factor"
LINK_LASTS = datetime.timedelta(days=2)


@transaction.atomic
def ask_for_reset(
    *, staff_member: StaffMember, because: str, by: Person, at: datetime.datetime
) -> FactorReset:
    reset = FactorReset.objects.create(
        person=staff_member.person,
        staff_member=staff_member,
        because=because,
        asked_by=by,
        asked_at=at,
    )
    audit.record(
        act="factor.reset_asked", actor=by, about=reset.person, target=reset, at=at
    )
    return reset


@transaction.atomic
def settle_reset(
    *, reset: FactorReset, is_confirmed: bool, by: Person, at: datetime.datetime
) -> bool:
    """The second person confirms, or says no; False when somebody else had already."""
    waiting = FactorReset.objects.filter(pk=reset.pk).waiting(at)
    if not waiting.update(settled_by=by, settled_at=at, is_confirmed=is_confirmed):
        return False
    act = "factor.reset_confirmed" if is_confirmed else "factor.reset_declined"
    audit.record(act=act, actor=by, about=reset.person, target=reset, at=at)
    if is_confirmed:
        outbox.enqueue(
            kind=RESET_FACTOR, key=str(reset.pk), payload={"reset": reset.pk}
        )
    return True


@transaction.atomic
def make_reset_code(*, reset: FactorReset, at: datetime.datetime) -> str:
    """The code for the letter to the person; an earlier one no longer works."""
    codes = reset.person.one_time_codes
    codes.filter(purpose=OneTimeCode.Purpose.NEW_FACTOR).delete()
    code = codes.create(
        purpose=OneTimeCode.Purpose.NEW_FACTOR, made_at=at, expires_at=at + LINK_LASTS
    )
    return code.draw()


@transaction.atomic
def finish_reset(*, code: OneTimeCode, at: datetime.datetime) -> bool:
    """The person came with password and code: the lost step may go now, once."""
    confirmed = FactorReset.objects.filter(
        person=code.person_id, is_confirmed=True, done_at=None
    )
    if not confirmed.exists() or not code.use(at):
        return False
    confirmed.update(done_at=at)
    audit.record(act="factor.reset_done", actor=code.person, about=code.person, at=at)
    return True
