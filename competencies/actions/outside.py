"""A director's own plan: signed by somebody from outside, through a one-time link."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lms import audit, outbox
from lms.actions import tie_supervisor
from lms.conf import conf
from lms.emails import send_letter
from lms.models import (
    OneTimeCode,
    Person,
    StaffMember,
    SupervisionTie,
    signers_for,
    ties_in_force,
)

from .sign_off import Signing, sign

OUTSIDE_LINK = "lms_competencies.outside_link"
LINK_LASTS = datetime.timedelta(days=7)
PURPOSE = OneTimeCode.Purpose.OUTSIDE


def outside_tie(person: Person, on: datetime.date) -> SupervisionTie | None:
    """Who signs this person's plan from outside that day, without an account here."""
    ties = ties_in_force(on).from_outside().filter(staff_member__person=person)
    return (
        ties.filter(supervisor__user=None)
        .select_related("supervisor", "staff_member__agency")
        .first()
    )


@transaction.atomic
def ask_outside(
    *,
    staff_member: StaffMember,
    name: str,
    email: str,
    by: Person,
    at: datetime.datetime,
) -> OneTimeCode:
    """Mail a link to the person's supervisor from outside; the last one counts.

    Who that is stands as a supervision tie like any other. Somebody with an account
    here signs with that, and never by a link.
    """
    person = staff_member.person
    _name_outside_supervisor(staff_member, name, email, by, at)
    person.one_time_codes.filter(purpose=PURPOSE, used_at=None).delete()
    code = OneTimeCode.objects.create(
        person=person,
        purpose=PURPOSE,
        email=email,
        made_by=by,
        made_at=at,
        expires_at=at + LINK_LASTS,
    )
    outbox.enqueue(kind=OUTSIDE_LINK, key=str(code.pk), payload={"code": code.pk})
    audit.record(
        act="plan.outside_signature_asked",
        actor=by,
        about=person,
        target=staff_member,
        at=at,
    )
    return code


def needs_outside(staff_member: StaffMember, on: datetime.date) -> bool:
    """Whether nobody who has an account here may sign that plan."""
    return not signers_for(staff_member, on).filter(user__isnull=False).exists()


def _name_outside_supervisor(
    staff_member: StaffMember, name: str, email: str, by: Person, at: datetime.datetime
) -> None:
    today = timezone.localdate(at)
    if not needs_outside(staff_member, today):
        raise ValidationError(_("Somebody with an account here signs your plan."))
    tie = outside_tie(staff_member.person, today)
    if tie and tie.supervisor.email.lower() == email.lower():
        return
    known = Person.objects.filter(email__iexact=email)
    if known.filter(user__isnull=False).exists() or _is_own(staff_member.person, email):
        raise ValidationError(
            _(
                "This address belongs to somebody with an account here. Ask another "
                "director or the training team to name them as your supervisor."
            )
        )
    supervisor = known.first() or Person.objects.create(full_name=name, email=email)
    tie_supervisor(
        staff_member=staff_member,
        supervisor=supervisor,
        scope=SupervisionTie.Scope.PLAN,
        kind=SupervisionTie.Kind.OUTSIDE,
        starts_on=today,
        ends_on=None,
        by=by,
        at=at,
    )


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
    path = reverse("lms_competencies:outside_sign", args=[code.draw()])
    send_letter(
        to=code.email,
        template="lms_competencies/emails/outside_link",
        context={
            "link": conf.base_url + path,
            "name": code.person.full_name,
            "until": timezone.localdate(code.expires_at),
        },
    )


def link_by(
    secret: str, at: datetime.datetime
) -> tuple[OneTimeCode, SupervisionTie] | None:
    """The link somebody holds and the supervision it stands for, as long as both
    hold."""
    codes = OneTimeCode.objects.matching(secret, PURPOSE, at).select_related("person")
    code = codes.first()
    tie = outside_tie(code.person, timezone.localdate(at)) if code else None
    if tie is None or tie.supervisor.email.lower() != code.email.lower():
        return None
    return code, tie


@transaction.atomic
def sign_from_outside(
    *,
    code: OneTimeCode,
    tie: SupervisionTie,
    lines: Mapping[int, str],
    signed_as: str,
    at: datetime.datetime,
) -> Signing | None:
    """Sign what was shown of that one plan, and spend the link; None when it was spent
    already. Nothing signed leaves it usable."""
    result = sign(
        signer=tie.supervisor,
        lines=lines,
        at=at,
        for_one=tie.staff_member,
        signed_as=signed_as,
    )
    if result.signed and not code.use(at):
        transaction.set_rollback(True)
        return None
    return result
