"""Issues certificates: exactly once, frozen, or not at all with a sentence."""

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from certificates.conf import conf
from certificates.models import (
    Award,
    AwardRun,
    Certificate,
    CertificateFile,
    DesignRevision,
    Refusal,
    earned,
    earned_by,
    new_code,
    not_yet_issued,
)
from certificates.pdf import REVISION, Face, NameCannotBeSet, render_certificate
from certificates.rules import Earned
from competencies.models import PhaseCompletion
from competencies.rules import Offset, add
from lms import audit, outbox
from lms.conf import conf as hub
from lms.models import Person

ISSUE = "lms_certificates.issue"


def ask_for_earned_certificates(
    *, completion: PhaseCompletion, at: datetime.datetime
) -> None:
    """A phase is complete: ask the outbox for what that earns."""
    for award in Award.objects.filter(
        is_active=True, earned_by=Award.By.PHASE, phase=completion.phase.key
    ):
        _ask(award, earned_by(completion), at)


def ask_for_newly_earned(
    *, awards: Iterable[Award], people: Iterable[int], at: datetime.datetime
) -> None:
    """Something was completed or counted: ask the outbox for what that earns."""
    on = timezone.localdate(at)
    for award in awards:
        rule = award.rule()
        for each in not_yet_issued(rule, earned(rule, on, people)):
            _ask(award, each, at)


def _ask(award: Award, what: Earned, at: datetime.datetime) -> None:
    """Asked again later it is a message of its own, since a signature may have come
    and gone in between; that it is issued once is seen to when it is issued."""
    outbox.enqueue(
        kind=ISSUE,
        key=f"{award.pk}:{what.person}:{what.cycle}:{at:%Y%m%d%H%M%S}",
        payload={"award": award.pk, "person": what.person, "cycle": what.cycle},
    )


def issue_from_outbox(payload: Mapping[str, Any], at: datetime.datetime) -> None:
    """Issue what is still earned now: a signature may have been taken back since."""
    award = Award.objects.get(pk=payload["award"])
    person = Person.numbered(payload["person"])
    for each in earned(award.rule(), timezone.localdate(at), [person.pk]):
        if each.cycle == payload["cycle"]:
            issue_certificate(award=award, what=each, at=at)


@transaction.atomic
def issue_certificate(
    *,
    award: Award,
    what: Earned,
    at: datetime.datetime,
    run: AwardRun | None = None,
) -> Certificate | None:
    """Issue what was earned, once; None where the name cannot be set.

    Whoever comes second is given what the first one issued. A refusal is kept and
    told; it goes when the name is corrected and issuing is tried again.
    """
    person = Person.objects.select_for_update().get(pk=what.person)
    same = {"person": person, "award": award, "cycle": what.cycle}
    if known := Certificate.objects.filter(**same, superseded_at=None).first():
        return known
    certificate = _drafted(award, what, person, timezone.localdate(at))
    certificate.run = run
    try:
        put_in_force(certificate)
    except NameCannotBeSet as refusal:
        why = {"sentence": str(refusal)[:500], "refused_at": at}
        kept = {"took": what.took, "earned_on": what.on}
        Refusal.objects.update_or_create(**same, defaults=why | kept)
        return None
    Refusal.objects.filter(**same).delete()
    audit.record(
        act="certificate.issued", actor=None, about=person, target=certificate, at=at
    )
    return certificate


def put_in_force(certificate: Certificate) -> None:
    """Draw the page, and save it with its bytes in the caller's transaction.

    Raises ``NameCannotBeSet``; then nothing was written.
    """
    style = certificate.award.style()
    content = render_certificate(face_of(certificate), style)
    certificate.drawn_in = DesignRevision.of(style, REVISION)
    certificate.sha256 = hashlib.sha256(content).hexdigest()
    certificate.save()
    CertificateFile.objects.create(certificate=certificate, content=content)


def number_of(code: str, on: datetime.date) -> str:
    return f"{on:%Y}-{code[:4]}-{code[4:8]}".upper()


def _drafted(
    award: Award, what: Earned, person: Person, on: datetime.date
) -> Certificate:
    code = new_code()
    return Certificate(
        person=person,
        award=award,
        cycle=what.cycle,
        code=code,
        number=number_of(code, on),
        name=person.full_name,
        title=award.title,
        issuer=award.issuer or hub.program_name,
        issued_on=on,
        expires_on=_expiry(award, on),
        took=what.took,
        design=REVISION,
    )


def _expiry(award: Award, on: datetime.date) -> datetime.date | None:
    if not award.valid_months:
        return None
    return add(on, Offset(award.valid_months, "months"))


def face_of(certificate: Certificate) -> Face:
    path = reverse("lms_certificates:verify", args=[certificate.code])
    return Face(
        name=certificate.name,
        title=certificate.title,
        issuer=certificate.issuer,
        issued_on=certificate.issued_on,
        expires_on=certificate.expires_on,
        number=certificate.number,
        verify_url=conf.base_url + path,
        signatures=certificate.award.signatures,
    )


@transaction.atomic
def try_refused_again(*, person: Person, at: datetime.datetime) -> int:
    """After a name was corrected: issue what had been refused; returns how many."""
    issued = 0
    for refusal in Refusal.objects.filter(person=person).select_related("award"):
        again = Earned(person.pk, refusal.cycle, refusal.earned_on, refusal.took)
        issued += bool(issue_certificate(award=refusal.award, what=again, at=at))
    return issued
