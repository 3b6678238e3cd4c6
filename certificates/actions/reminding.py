"""One calm letter to whoever holds certificates that run out soon."""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from certificates.emails import send_renewals
from certificates.models import Certificate
from certificates.rules import STEPS, step_due
from lms import outbox
from lms.models import Person

REMIND = "lms_certificates.remind"


@transaction.atomic
def ask_for_reminders(*, on: datetime.date) -> int:
    """Note what is told of from that day's steps, and ask for a letter to each
    holder; returns how many letters."""
    last = on + datetime.timedelta(days=max(STEPS))
    running_out = Certificate.objects.running_out(on, last).select_for_update(
        of=["self"]
    )
    letters: dict[int, list[int]] = defaultdict(list)
    for certificate in running_out:
        step = step_due(certificate.expires_on, on, certificate.told_days_before)
        if step:
            certificate.told_days_before = step
            certificate.save(update_fields=["told_days_before"])
            letters[certificate.person_id].append(certificate.pk)
    for person, certificates in letters.items():
        outbox.enqueue(
            kind=REMIND,
            key=f"{person}:{on}",
            payload={"person": person, "certificates": certificates},
        )
    return len(letters)


def remind_from_outbox(payload: Mapping[str, Any], at: datetime.datetime) -> None:
    """What was replaced, taken back or renewed since is left out; a letter about
    nothing is not sent."""
    person = Person.numbered(payload["person"])
    standing = Certificate.objects.standing().order_by("expires_on", "pk")
    certificates = list(standing.filter(pk__in=payload["certificates"]))
    address = _address_of(person)
    if certificates and address:
        send_renewals(to=address, person=person, certificates=certificates)


def _address_of(person: Person) -> str:
    """Where they sign in, which is the private address of whoever has left."""
    if person.user is None:
        return person.private_email
    return getattr(person.user, get_user_model().get_email_field_name())
