"""Everything that changes which agencies have a sign-in of their own."""

import datetime

from allauth.socialaccount.models import SocialApp
from django.db import transaction

from lms import audit
from lms.models import Agency, Person

from .models import SignOn


def provider_id(agency: Agency) -> str:
    """The agency in the address its provider sends people back to: no name, so that
    a new one changes nothing there."""
    return f"agency-{agency.pk}"


@transaction.atomic
def add_sign_on(  # noqa: PLR0913  (what a provider hands out)
    *,
    agency: Agency,
    server_url: str,
    client_id: str,
    secret: str,
    number_claim: str,
    by: Person | None,
    at: datetime.datetime,
) -> SignOn:
    app = SocialApp.objects.create(
        provider="openid_connect",
        provider_id=provider_id(agency),
        name=agency.name[:40],
        client_id=client_id,
        secret=secret,
        settings={"server_url": server_url},
    )
    sign_on = SignOn.objects.create(agency=agency, app=app, number_claim=number_claim)
    audit.record(act="sign_on.added", actor=by, about=None, target=sign_on, at=at)
    return sign_on


@transaction.atomic
def renew_secret(
    *, sign_on: SignOn, secret: str, by: Person | None, at: datetime.datetime
) -> None:
    sign_on.app.secret = secret
    sign_on.app.save(update_fields=["secret"])
    audit.record(
        act="sign_on.secret_renewed", actor=by, about=None, target=sign_on, at=at
    )


@transaction.atomic
def remove_sign_on(
    *, sign_on: SignOn, by: Person | None, at: datetime.datetime
) -> None:
    """The provider speaks for nobody any more; a later one starts without links."""
    people = Person.objects.filter(user__in=sign_on.links().values("user"))
    audit.record_many(
        audit.entry(
            act="sign_on.disconnected", actor=by, about=person, target=sign_on, at=at
        )
        for person in people
    )
    audit.record(act="sign_on.removed", actor=by, about=None, target=sign_on, at=at)
    sign_on.links().delete()
    sign_on.app.delete()
