"""Logging sessions and saying them anew."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lms import audit
from lms.models import Person, StaffMember
from supervision_logs.hours import origin_of
from supervision_logs.models import (
    Attendance,
    SessionRemark,
    SessionVersion,
    SupervisionSession,
    TimeAsked,
)

from .holding import hold


@dataclass(frozen=True)
class Told:
    """What somebody says of a session. ``facts`` are values of the version's fields,
    ``words`` of those of each attendance; ``roster`` maps who was there to their own
    minutes, None for all of it."""

    facts: Mapping[str, Any]
    roster: Mapping[StaffMember, int | None]
    words: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def log_session(
    *,
    given_by: Person,
    told: Told,
    by: Person,
    at: datetime.datetime,
    form_key: uuid.UUID | None = None,
) -> SupervisionSession:
    """Log a session; what was logged by the same form already is only found again."""
    hold(each.pk for each in told.roster)
    key = form_key or uuid.uuid4()
    session, is_new = SupervisionSession.objects.get_or_create(
        form_key=key, defaults={"given_by": given_by}
    )
    if is_new:
        _add_version(session, told, by, at)
        settle_time_asked(staff=told.roster, at=at)
    elif session.given_by_id != given_by.pk:
        raise ValidationError(
            _("This form has been used already. Please open it anew.")
        )
    return session


@transaction.atomic
def amend_session(
    *,
    session: SupervisionSession,
    expected: int,
    told: Told,
    by: Person,
    at: datetime.datetime,
) -> bool:
    """Say a session anew, as a further version; the earlier ones stay. False when it
    is no longer at the version that was shown: nothing is written then."""
    before = Attendance.objects.filter(version__session=session)
    hold({*before.values_list("staff_member", flat=True), *(s.pk for s in told.roster)})
    at_expected = SupervisionSession.objects.filter(
        pk=session.pk, version_number=expected
    )
    if not at_expected.update(version_number=expected + 1):
        return False
    session.version_number = expected + 1
    _add_version(session, told, by, at)
    audit.record_many(
        audit.entry(
            act="supervision.amended",
            actor=by,
            about=staff_member.person,
            target=session,
            at=at,
            facts={"version": session.version_number},
        )
        for staff_member in told.roster
    )
    return True


def _add_version(
    session: SupervisionSession, told: Told, by: Person, at: datetime.datetime
) -> None:
    if not told.roster:
        raise ValidationError(_("Say who was there."))
    if any(each.person_id == session.given_by_id for each in told.roster):
        raise ValidationError(_("Nobody gives supervision to themselves."))
    facts = dict(told.facts)
    first = next(iter(told.roster))
    origin = origin_of(facts["held_on"], timezone.localdate())
    if origin == SessionVersion.Origin.LATE and not facts.get("because"):
        raise ValidationError(_("Say in a word why this is entered late."))
    version = SessionVersion.objects.create(
        session=session,
        number=session.version_number,
        time_zone=first.agency.time_zone,
        origin=_first_origin(session) or origin,
        logged_by=by,
        logged_at=at,
        **facts,
    )
    Attendance.objects.bulk_create(
        Attendance(
            version=version,
            person_id=staff_member.person_id,
            staff_member=staff_member,
            minutes=min(version.minutes, minutes or version.minutes),
            **told.words,
        )
        for staff_member, minutes in told.roster.items()
    )


def _first_origin(session: SupervisionSession) -> str:
    """A session that came in time is not late because it is said anew later."""
    first = session.versions.order_by("number").first()
    return first.origin if first else ""


def settle_time_asked(
    *, staff: Mapping[StaffMember, Any], at: datetime.datetime
) -> None:
    """They talked, so nobody waits for time any more."""
    waiting = TimeAsked.objects.waiting(at).filter(staff_member__in=staff)
    waiting.update(settled_at=at)


@transaction.atomic
def remark(
    *, attendance: Attendance, kind: str, text: str, at: datetime.datetime
) -> SessionRemark:
    """Attach one's own words to a session one attended, for good."""
    made = SessionRemark.objects.create(
        person_id=attendance.person_id,
        staff_member_id=attendance.staff_member_id,
        session=attendance.version.session,
        version_number=attendance.version.number,
        kind=kind,
        text=text,
        at=at,
    )
    audit.record(
        act="supervision.remarked",
        actor=attendance.person,
        about=attendance.person,
        target=made,
        at=at,
    )
    return made
