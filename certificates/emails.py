"""Letters about certificates. Called by the outbox, never in a web request."""

from collections.abc import Sequence

from django.urls import reverse

from lms.emails import send_letter
from lms.models import Person

from .conf import conf
from .models import Certificate


def send_renewals(
    *, to: str, person: Person, certificates: Sequence[Certificate]
) -> None:
    link = conf.base_url + reverse("lms_certificates:certificate_list")
    send_letter(
        to=to,
        template="lms_certificates/emails/renewals",
        context={"person": person, "certificates": certificates, "link": link},
    )
