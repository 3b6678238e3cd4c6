"""Somebody leaves: rights end with the last day, and the account becomes their own."""

import datetime
import zoneinfo
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from lms import audit, outbox
from lms.models import (
    Access,
    Dated,
    Leaving,
    OneTimeCode,
    Person,
    StaffMember,
    SupervisionTie,
)

from .staff import let_tta_into_the_admin, tell

LEFT = "lms.left"
CLOSE_WORK_SIGN_IN = "lms.close_work_sign_in"
CONFIRM_PRIVATE_EMAIL = "lms.confirm_private_email"
PAPER_LASTS = datetime.timedelta(days=30)
MAIL_LASTS = datetime.timedelta(days=3)


@transaction.atomic
def note_last_day(
    *,
    staff_member: StaffMember,
    last_day: datetime.date,
    accesses: Iterable[Access],
    by: Person,
    at: datetime.datetime,
) -> Leaving:
    """Note somebody's last day: their ties and these accesses end with it."""
    ties = list(SupervisionTie.objects.ending_with(staff_member, last_day))
    ended = {
        "ties": _end(ties, last_day),
        "accesses": _end(accesses, last_day),
    }
    staff_member.left_on = last_day
    staff_member.save(update_fields=["left_on"])
    leaving = Leaving.objects.create(
        person=staff_member.person,
        staff_member=staff_member,
        noted_by=by,
        noted_at=at,
        ended=ended,
    )
    zone = zoneinfo.ZoneInfo(staff_member.agency.time_zone)
    day_after = last_day + datetime.timedelta(days=1)
    outbox.enqueue(
        kind=LEFT,
        key=str(leaving.pk),
        payload={"leaving": leaving.pk},
        due_at=datetime.datetime.combine(day_after, datetime.time(), zone),
    )
    _tell_everyone(leaving, "staff.last_day_noted", ties, by=by, at=at)
    return leaving


def _end(rows: Iterable[Dated], last_day: datetime.date) -> dict[str, str | None]:
    """End them with that day; what had not begun by then goes. Tells the earlier
    days, by number."""
    before = {}
    for row in rows:
        if row.starts_on > last_day:
            row.delete()
            continue
        before[str(row.pk)] = row.ends_on.isoformat() if row.ends_on else None
        row.ends_on = last_day
        row.save(update_fields=["ends_on"])
    return before


def _tell_everyone(
    leaving: Leaving,
    act: str,
    ties: Iterable[SupervisionTie],
    *,
    by: Person,
    at: datetime.datetime,
) -> None:
    """On the leaver's trail, and on the trail of everybody they supervised."""
    tell(act=act, staff_member=leaving.staff_member, by=by, at=at)
    left_behind = {tie.staff_member for tie in ties} - {leaving.staff_member}
    audit.record_many(
        audit.entry(
            act="staff.supervisor_leaves"
            if act == "staff.last_day_noted"
            else "staff.supervisor_stays",
            actor=by,
            about=staff_member.person,
            target=staff_member,
            at=at,
        )
        for staff_member in left_behind
    )


@transaction.atomic
def undo_leaving(*, leaving: Leaving, by: Person, at: datetime.datetime) -> None:
    """They stay after all: what was to end goes on, unless somebody took it over."""
    last_day = leaving.staff_member.left_on
    ties = _go_on(SupervisionTie.objects.all(), leaving.ended["ties"], last_day)
    _go_on(Access.objects.all(), leaving.ended["accesses"], last_day)
    leaving.staff_member.left_on = None
    leaving.staff_member.save(update_fields=["left_on"])
    _tell_everyone(leaving, "staff.last_day_undone", ties, by=by, at=at)
    leaving.delete()


def _go_on(
    rows: models.QuerySet, before: dict[str, str | None], last_day: datetime.date
) -> list[Any]:
    going_on = []
    for row in rows.filter(pk__in=before, ends_on=last_day):
        if isinstance(row, SupervisionTie) and _is_taken_over(row, last_day):
            continue
        earlier = before[str(row.pk)]
        row.ends_on = datetime.date.fromisoformat(earlier) if earlier else None
        row.save(update_fields=["ends_on"])
        going_on.append(row)
    return going_on


def _is_taken_over(tie: SupervisionTie, last_day: datetime.date) -> bool:
    """Whether somebody else has been named from a later day on."""
    if tie.kind == SupervisionTie.Kind.BACKUP:
        return False
    later = SupervisionTie.objects.filter(
        staff_member=tie.staff_member_id, scope=tie.scope, starts_on__gt=last_day
    )
    return later.exclude(kind=SupervisionTie.Kind.BACKUP).exists()


@transaction.atomic
def leave(*, leaving: Leaving, at: datetime.datetime) -> None:
    """The last day is over: what an editor's group gives goes, and the site closes
    the way in through the work mailbox."""
    person = leaving.person
    user = person.user
    if user is None:
        return
    let_tta_into_the_admin(person=person, on=timezone.localdate(at))
    address = getattr(user, user.get_email_field_name())
    if address.lower() != person.private_email.lower():
        leaving.sign_in_address = address
        leaving.save(update_fields=["sign_in_address"])
    _close_work_sign_in(person, at)
    audit.record(act="staff.left", actor=None, about=person, target=leaving, at=at)


def leave_from_outbox(payload: dict[str, Any], at: datetime.datetime) -> None:
    leaving = Leaving.objects.filter(pk=payload["leaving"]).first()
    if leaving is not None:  # else it was undone
        leave(leaving=leaving, at=at)


def _close_work_sign_in(person: Person, at: datetime.datetime) -> None:
    outbox.enqueue(
        kind=CLOSE_WORK_SIGN_IN,
        key=f"{person.pk}:{at.isoformat()}",
        payload={"person": person.pk},
    )


@transaction.atomic
def ask_to_confirm_private_email(
    *, person: Person, email: str, at: datetime.datetime
) -> None:
    """Send a link to an address that somebody says is theirs; the last one counts."""
    earlier = person.one_time_codes.filter(purpose=OneTimeCode.Purpose.PRIVATE_EMAIL)
    earlier.delete()
    code = OneTimeCode.objects.create(
        person=person,
        purpose=OneTimeCode.Purpose.PRIVATE_EMAIL,
        email=email,
        made_by=person,
        made_at=at,
        expires_at=at + MAIL_LASTS,
    )
    outbox.enqueue(
        kind=CONFIRM_PRIVATE_EMAIL, key=str(code.pk), payload={"code": code.pk}
    )


@transaction.atomic
def confirm_private_email(*, code: OneTimeCode, at: datetime.datetime) -> bool:
    """The address is theirs. False when the link had been used meanwhile, or the
    address given to somebody else.

    Whoever has left already signs in with it from now on.
    """
    person, email = code.person, code.email
    if not code.address_is_free() or not code.use(at):
        return False
    person.private_email = email
    person.save(update_fields=["private_email"])
    person.one_time_codes.usable(at).filter(
        purpose=OneTimeCode.Purpose.WAY_BACK
    ).delete()
    audit.record(
        act="person.private_email_confirmed", actor=person, about=person, at=at
    )
    if signs_in_with_a_closed_address(person):
        _close_work_sign_in(person, at)
    return True


def signs_in_with_a_closed_address(person: Person) -> bool:
    """Whether somebody left, and their account still has the work address of then."""
    left = Leaving.objects.filter(
        person=person, staff_member__left_on__lt=timezone.localdate()
    )
    if person.user is None:
        return left.exists()
    address = getattr(person.user, person.user.get_email_field_name())
    return left.filter(sign_in_address__iexact=address).exists()


@transaction.atomic
def remove_private_email(*, person: Person, at: datetime.datetime) -> None:
    person.private_email = ""
    person.save(update_fields=["private_email"])
    audit.record(act="person.private_email_removed", actor=person, about=person, at=at)


@transaction.atomic
def make_way_back(*, leaving: Leaving, by: Person, at: datetime.datetime) -> str:
    """A code on paper, for somebody who leaves without a private e-mail. An earlier
    one no longer works."""
    person = leaving.person
    person.one_time_codes.filter(purpose=OneTimeCode.Purpose.WAY_BACK).delete()
    code = OneTimeCode.objects.create(
        person=person,
        purpose=OneTimeCode.Purpose.WAY_BACK,
        made_by=by,
        made_at=at,
        expires_at=at + PAPER_LASTS,
    )
    audit.record(act="person.way_back_made", actor=by, about=person, at=at)
    return code.draw()
