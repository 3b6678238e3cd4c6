from typing import Any

from allauth.mfa.models import Authenticator

from lms.dashboard import Panel
from lms.panels import LeavingPanel

from .policy import doors_are_strict, has_second_factor


class SecondFactorPanel(Panel):
    """An invitation at the foot of the page, gone once it is followed."""

    order = 900
    template_name = "lms_accounts/panels/second_factor.html"

    def is_shown(self) -> bool:
        return doors_are_strict() and not has_second_factor(self.request.user)


class PasskeyPanel(LeavingPanel):
    """For somebody whose last day is noted: a way in that no mailbox decides."""

    order = 6
    template_name = "account/panels/passkey.html"

    def is_shown(self) -> bool:
        keys = Authenticator.objects.filter(
            user=self.request.user, type=Authenticator.Type.WEBAUTHN
        )
        return super().is_shown() and not keys.exists()

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {}
