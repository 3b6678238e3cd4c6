import datetime
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.actions import finish_reset
from lms.conf import conf
from lms.models import Leaving, OneTimeCode, Reader

from .models import User
from .step_secrets import lock, unlock
from .step_up import signed_in_at

NEW_FACTOR = "lms_accounts_new_factor"


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: a director or the TTA team invites."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same address that the hub counts by."""
        return conf.client_address(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Right after signing in, the first factor and its codes are set up without
        proving once more what was proved a minute ago."""
        request = context.request
        if app == "allauth.mfa" and self._signed_in_just_now(request):
            since = datetime.datetime.fromtimestamp(signed_in_at(request), datetime.UTC)
            older = Authenticator.objects.filter(
                user=request.user, created_at__lt=since
            )
            if not older.exists():
                return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def _signed_in_just_now(self, request: HttpRequest) -> bool:
        age = time.time() - signed_in_at(request)
        return age < app_settings.REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user: Reader) -> list[dict[str, str]]:
        """The easiest first: one touch, then six digits, then the password."""
        methods = super().get_reauthentication_methods(user)
        said = {
            "mfa_reauthenticate:webauthn": _("Use your passkey"),
            "mfa_reauthenticate": _("Use your app or a code"),
            "reauthenticate": _("Use your password"),
        }
        order = list(said)
        return sorted(
            [{**each, "description": said[each["id"]]} for each in methods],
            key=lambda each: order.index(each["id"]),
        )

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


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": gettext_lazy(
            "With a second step at sign-in, the address stays as it is. Ask your "
            "director or the training team."
        ),
        "incorrect_code": gettext_lazy("That did not match. Please try once more."),
        "unverified_email": gettext_lazy("Confirm your address first, then come back."),
    }

    def encrypt(self, text: str) -> str:
        return lock(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unlock(encrypted_text)

    def generate_authenticator_name(self, user: Reader, type: str) -> str:  # noqa: A002
        count = Authenticator.objects.filter(user=user, type=type).count()
        if count == 0:
            return _("My passkey")
        return _("My passkey %(number)d") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """On a phone's list of passkeys stands our name, and no program's."""
        entity = super().get_public_key_credential_rp_entity()
        return {**entity, "name": settings.MFA_TOTP_ISSUER}
