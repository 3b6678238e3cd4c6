"""A session confirmed by a supervisor without an account, through a one-time link."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lms import audit, outbox
from lms.conf import conf
from lms.emails import send_letter
from lms.models import OneTimeCode, Person
from supervision_logs.models import Attendance, OutsideConfirmation

from .holding import hold

OUTSIDE_LINK = "lms_supervision_logs.outside_link"
LINK_LASTS = datetime.timedelta(days=7)
PURPOSE = OneTimeCode.Purpose.OUTSIDE_HOUR


@transaction.atomic
def ask_outside(
    *, attendance: Attendance, by: Person, at: datetime.datetime
) -> OutsideConfirmation:
    """Mail a link to whoever gave this session; the last one counts.

    Raises ValidationError where they have an account (then they confirm with it), or
    no address of their own.
    """
    session = attendance.version.session
    giver = session.given_by
    if giver.user_id is not None:
        text = _("%(name)s has an account here and confirms the month with it.")
        raise ValidationError(text % {"name": giver})
    if not giver.email or _is_own(attendance.person, giver.email):
        text = _("No e-mail of %(name)s is known. Ask your director to add it.")
        raise ValidationError(text % {"name": giver})
    hold([attendance.staff_member_id])
    earlier = OutsideConfirmation.objects.filter(
        session=session, person=attendance.person, confirmed_at=None
    )
    OneTimeCode.objects.filter(pk__in=earlier.values("code")).delete()
    earlier.delete()
    code = OneTimeCode.objects.create(
        person=attendance.person,
        purpose=PURPOSE,
        email=giver.email,
        made_by=by,
        made_at=at,
        expires_at=at + LINK_LASTS,
    )
    asked = OutsideConfirmation.objects.create(
        person_id=attendance.person_id,
        staff_member_id=attendance.staff_member_id,
        session=session,
        version_number=attendance.version.number,
        code=code,
        asked_at=at,
    )
    outbox.enqueue(kind=OUTSIDE_LINK, key=str(code.pk), payload={"code": code.pk})
    audit.record(
        act="supervision.outside_asked",
        actor=by,
        about=attendance.person,
        target=asked,
        at=at,
    )
    return asked


def _is_own(person: Person, email: str) -> bool:
    account = person.user.email if person.user else ""
    own = {person.email, person.private_email, account}
    return email.lower() in {each.lower() for each in own}


def mail_from_outbox(payload: dict[str, Any], at: datetime.datetime) -> None:
    """The secret is drawn here, so that it stands in the letter and nowhere else."""
    codes = OneTimeCode.objects.filter(pk=payload["code"], used_at=None)
    code = codes.select_related("person").first()
    if code is None:  # a newer link was asked for
        return
    path = reverse("lms_supervision_logs:outside_confirm", args=[code.draw()])
    send_letter(
        to=code.email,
        template="lms_supervision_logs/emails/outside_link",
        context={
            "link": conf.base_url + path,
            "name": code.person.full_name,
            "until": timezone.localdate(code.expires_at),
        },
    )


def asked_by(secret: str, at: datetime.datetime) -> OutsideConfirmation | None:
    """What a link asks, as long as it holds: until it is used, its days have passed,
    or the session is said anew."""
    code = OneTimeCode.objects.matching(secret, PURPOSE, at).first()
    asked = OutsideConfirmation.objects.filter(code=code, confirmed_at=None)
    asked = asked.select_related("session__given_by", "person", "staff_member__agency")
    found = asked.first() if code else None
    is_current = found and found.version_number == found.session.version_number
    return found if is_current else None


@transaction.atomic
def confirm_from_outside(
    *, asked: OutsideConfirmation, confirmed_as: str, at: datetime.datetime
) -> bool:
    """Confirm what was shown, once; False when somebody was faster, or it is no longer
    what was shown."""
    hold([asked.staff_member_id])
    asked.session.refresh_from_db(fields=["version_number"])
    if asked.version_number != asked.session.version_number or not asked.code.use(at):
        return False
    asked.confirmed_at, asked.confirmed_as = at, confirmed_as
    asked.save(update_fields=["confirmed_at", "confirmed_as"])
    audit.record(
        act="supervision.outside_confirmed",
        actor=asked.session.given_by,
        about=asked.person,
        target=asked,
        at=at,
    )
    return True
