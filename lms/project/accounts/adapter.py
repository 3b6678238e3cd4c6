from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lms.actions import finish_reset
from lms.models import Leaving, OneTimeCode

from .models import User

NEW_FACTOR = "lms_accounts_new_factor"


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: a director or the TTA team invites."""
        return False

    def send_password_reset_mail(
        self, user: User, email: str, context: dict[str, Any]
    ) -> None:
        """A mailbox that stayed with an agency its owner left opens nothing; the page
        answers as ever."""
        left = Leaving.objects.filter(person__user=user, sign_in_address__iexact=email)
        if not left.exists():
            super().send_password_reset_mail(user, email, context)

    def pre_login(
        self, request: HttpRequest, user: User, **login: Any
    ) -> HttpResponse | None:
        """After the password, before the second step: with the link that two people
        agreed on, the lost step goes, and every session with it."""
        secret = request.session.pop(NEW_FACTOR, "")
        codes = OneTimeCode.objects.matching(
            secret, OneTimeCode.Purpose.NEW_FACTOR, timezone.now()
        )
        code = codes.filter(person__user=user).first() if secret else None
        if code is not None and finish_reset(code=code, at=timezone.now()):
            Authenticator.objects.filter(user=user).delete()
            user.end_sessions()
        return super().pre_login(request, user, **login)
