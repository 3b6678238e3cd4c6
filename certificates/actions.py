"""Issues certificates: exactly once, frozen, or not at all with a sentence.

Loads and writes the awards of a state pack.
"""

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from competencies.models import PhaseCompletion
from competencies.rules import Offset, add
from lms import audit, outbox
from lms.actions import Changes, PackSection, without_defaults
from lms.conf import conf as hub
from lms.models import Person
from lms.rules import Entry

from .conf import conf
from .models import Award, Certificate, CertificateFile, Refusal, new_code
from .pdf import REVISION, Face, NameCannotBeSet, render_certificate
from .rules import AWARDS

ISSUE = "lms_certificates.issue"


def ask_for_earned_certificates(
    *, completion: PhaseCompletion, at: datetime.datetime
) -> None:
    """A phase is complete: ask the outbox for what that earns."""
    for award in Award.objects.filter(is_active=True, phase=completion.phase.key):
        outbox.enqueue(
            kind=ISSUE,
            key=f"{award.pk}:{completion.pk}",
            payload={"award": award.pk, "completion": completion.pk},
        )


@transaction.atomic
def issue_certificate(
    *, award: Award, completion: PhaseCompletion, at: datetime.datetime
) -> Certificate | None:
    """Issue what the completion earned, once; None where the name cannot be set.

    A refusal is kept and told; it goes when the name is corrected and issuing is
    tried again.
    """
    person = Person.objects.select_for_update().get(pk=completion.person_id)
    cycle = f"phase-completion:{completion.pk}"
    issued = Certificate.objects.filter(person=person, award=award, cycle=cycle)
    if known := issued.filter(superseded_at=None).first():
        return known
    certificate = _drafted(award, completion, person, cycle, timezone.localdate(at))
    try:
        content = render_certificate(_face(certificate))
    except NameCannotBeSet as refusal:
        Refusal.objects.update_or_create(
            person=person,
            award=award,
            cycle=cycle,
            defaults={"sentence": str(refusal)[:500], "refused_at": at},
        )
        return None
    certificate.sha256 = hashlib.sha256(content).hexdigest()
    certificate.save()
    CertificateFile.objects.create(certificate=certificate, content=content)
    Refusal.objects.filter(person=person, award=award, cycle=cycle).delete()
    audit.record(
        act="certificate.issued", actor=None, about=person, target=certificate, at=at
    )
    return certificate


def _drafted(
    award: Award,
    completion: PhaseCompletion,
    person: Person,
    cycle: str,
    on: datetime.date,
) -> Certificate:
    code = new_code()
    return Certificate(
        person=person,
        award=award,
        cycle=cycle,
        code=code,
        number=f"{on:%Y}-{code[:4]}-{code[4:8]}".upper(),
        name=person.full_name,
        title=award.title,
        issuer=award.issuer or hub.program_name,
        issued_on=on,
        expires_on=_expiry(award, on),
        took=completion.topics,
        design=REVISION,
    )


def _expiry(award: Award, on: datetime.date) -> datetime.date | None:
    if not award.valid_months:
        return None
    return add(on, Offset(award.valid_months, "months"))


def _face(certificate: Certificate) -> Face:
    path = reverse("lms_certificates:verify", args=[certificate.code])
    return Face(
        name=certificate.name,
        title=certificate.title,
        issuer=certificate.issuer,
        issued_on=certificate.issued_on,
        expires_on=certificate.expires_on,
        number=certificate.number,
        verify_url=conf.base_url + path,
    )


def issue_from_outbox(payload: Mapping[str, Any], at: datetime.datetime) -> None:
    issue_certificate(
        award=Award.objects.get(pk=payload["award"]),
        completion=PhaseCompletion.objects.get(pk=payload["completion"]),
        at=at,
    )


@transaction.atomic
def try_refused_again(*, person: Person, at: datetime.datetime) -> int:
    """After a name was corrected: issue what had been refused; returns how many."""
    issued = 0
    for refusal in Refusal.objects.filter(person=person).select_related("award"):
        completion = PhaseCompletion.objects.get(pk=refusal.cycle.partition(":")[2])
        issued += bool(
            issue_certificate(award=refusal.award, completion=completion, at=at)
        )
    return issued


def load_awards(entries: Sequence[Entry], changes: Changes) -> None:
    for entry in entries:
        values = {
            "title": entry["title"],
            "phase": entry["phase"],
            "issuer": entry.get("issuer", ""),
            "valid_months": entry.get("valid_months"),
            "is_active": entry.get("active", True),
        }
        changes.put(Award, {"key": entry["key"]}, values)


def write_awards(keys: Sequence[str]) -> list[Entry | None]:
    found = {
        award.key: without_defaults(
            AWARDS.fields,
            {
                "key": award.key,
                "title": award.title,
                "phase": award.phase,
                "issuer": award.issuer,
                "valid_months": award.valid_months,
                "active": award.is_active,
            },
        )
        for award in Award.objects.filter(key__in=keys)
    }
    return [found.get(key) for key in keys]


PACK_SECTION = PackSection(AWARDS, load_awards, write_awards, model=Award, order=80)
