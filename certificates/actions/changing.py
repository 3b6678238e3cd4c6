"""What may become of a certificate later: issued anew, taken back, looked at.

The row and its bytes stay what they were; what changes is said beside them.
"""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.models import Certificate, Doubt, Refusal, new_code
from certificates.pdf import REVISION, NameCannotBeSet
from competencies.models import Completion
from lms import audit
from lms.models import Person

from .issuing import number_of, put_in_force


@transaction.atomic
def reissue_certificate(
    *, certificate: Certificate, because: str, by: Person, at: datetime.datetime
) -> Certificate:
    """Issue it anew with the name and title as they are now; the earlier one stays,
    replaced. It is valid no longer than the earlier one was.

    Raises ``ValidationError`` where it was replaced or taken back meanwhile, or where
    the name cannot be set; then nothing has changed.
    """
    earlier = _standing(certificate)
    code, on = new_code(), timezone.localdate(at)
    anew = Certificate(
        person=earlier.person,
        award=earlier.award,
        cycle=earlier.cycle,
        code=code,
        number=number_of(code, on),
        name=earlier.person.full_name,
        title=earlier.award.title,
        issuer=earlier.issuer,
        issued_on=on,
        expires_on=earlier.expires_on,
        took=earlier.took,
        design=REVISION,
        discloses=earlier.discloses,
        shows_took=earlier.shows_took,
        supersedes=earlier,
        reissued_because=because,
    )
    earlier.superseded_at = at
    earlier.save(update_fields=["superseded_at"])
    try:
        put_in_force(anew)
    except NameCannotBeSet as refusal:
        raise ValidationError(str(refusal)) from refusal
    _settle(earlier, because, by, at)
    _note("certificate.issued_anew", anew, by, at)
    return anew


@transaction.atomic
def revoke_certificate(
    *, certificate: Certificate, because: str, by: Person, at: datetime.datetime
) -> None:
    """Take it back for a reason, which the holder reads and no stranger does.

    Raises ``ValidationError`` where it was replaced or taken back meanwhile.
    """
    taken = _standing(certificate)
    taken.revoked_at, taken.revoked_because = at, because
    taken.save(update_fields=["revoked_at", "revoked_because"])
    _settle(taken, because, by, at)
    _note("certificate.taken_back", taken, by, at)


@transaction.atomic
def keep_certificate(
    *, certificate: Certificate, because: str, by: Person, at: datetime.datetime
) -> None:
    """The training team looked at what is in doubt: the certificate stays."""
    kept = _standing(certificate)
    if _settle(kept, because, by, at):
        _note("certificate.kept", kept, by, at)


def _standing(certificate: Certificate) -> Certificate:
    """The row as it is now, held until the end of the transaction. The person is held
    first, as issuing does."""
    Person.objects.select_for_update().get(pk=certificate.person_id)
    held = Certificate.objects.standing().select_for_update(of=["self"])
    held = held.select_related("person", "award")
    found = held.filter(pk=certificate.pk).first()
    if found is None:
        raise ValidationError(
            _("This certificate was replaced or taken back meanwhile. Nothing changed.")
        )
    return found


def _settle(
    certificate: Certificate, because: str, by: Person, at: datetime.datetime
) -> int:
    return certificate.doubts.open().update(
        settled_at=at, settled_by=by, settled_because=because
    )


def _note(
    act: str, certificate: Certificate, by: Person, at: datetime.datetime
) -> None:
    audit.record(act=act, actor=by, about=certificate.person, target=certificate, at=at)


@transaction.atomic
def note_doubts(*, completions: list[Completion], at: datetime.datetime) -> int:
    """Signatures are gone: note each certificate that rests on what they signed.

    Returns how many notes are new. Nothing is taken back by itself.
    """
    doubts = [
        Doubt(
            person_id=completion.person_id,
            certificate=certificate,
            topic=completion.topic.title,
            noted_at=at,
        )
        for completion in completions
        for certificate in Certificate.objects.standing().filter(
            person=completion.person_id
        )
        if _rests_on(certificate, completion)
    ]
    before = Doubt.objects.count()
    Doubt.objects.bulk_create(doubts, ignore_conflicts=True)
    return Doubt.objects.count() - before


@transaction.atomic
def let_go_of_twice(*, stays: Person, goes: Person, at: datetime.datetime) -> None:
    """Two records become one person: what both hold for the same, one replaces."""
    theirs = Certificate.objects.filter(person=goes, superseded_at=None)
    for certificate in theirs:
        same = {"award": certificate.award_id, "cycle": certificate.cycle}
        if Certificate.objects.filter(person=stays, superseded_at=None, **same):
            certificate.superseded_at = at
            certificate.save(update_fields=["superseded_at"])
        Refusal.objects.filter(person=stays, **same).delete()
    refused = Refusal.objects.filter(person=goes)
    for award, cycle in Refusal.objects.filter(person=stays).values_list(
        "award", "cycle"
    ):
        refused.filter(award=award, cycle=cycle).delete()


def _rests_on(certificate: Certificate, completion: Completion) -> bool:
    day = completion.record.completed_on.isoformat()
    return any(
        (topic["code"], topic["completed_on"]) == (completion.topic.code, day)
        for topic in certificate.took
    )
