from typing import Any

from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.utils import timezone

from lms import audit
from lms.models import Person

from .models import SignOn


def note_the_link(*, sociallogin: SocialLogin, **kwargs: Any) -> None:
    _record("sign_on.connected", sociallogin.account)


def note_the_end_of_the_link(*, socialaccount: SocialAccount, **kwargs: Any) -> None:
    _record("sign_on.disconnected", socialaccount)


def _record(act: str, link: SocialAccount) -> None:
    person = Person.of(link.user)
    audit.record(
        act=act,
        actor=person,
        about=person,
        target=SignOn.objects.get(app__provider_id=link.provider),
        at=timezone.now(),
    )
