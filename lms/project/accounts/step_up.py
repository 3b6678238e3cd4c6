"""How this site asks once more who is there, before an act that counts.

allauth remembers when somebody proved it, and sends a suspended request on its way
afterwards: nothing that was typed or ticked is lost.
"""

import time
from typing import NoReturn

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from lms.step_up import StepUp

from .policy import doors_are_strict

SIGNED_IN_AT = "lms_signed_in_at"  # in the session, in seconds
SIGNING_LASTS = 60 * 60


def signed_in_at(request: HttpRequest) -> float:
    return request.session.get(SIGNED_IN_AT, 0)


def proved_at(request: HttpRequest) -> float:
    """When somebody last proved it on being asked; signing in does not count."""
    records = get_authentication_records(request, request.user)
    proved = [each["at"] for each in records if each.get("reauthenticated")]
    return max(proved, default=0)


def is_needed_to_sign(request: HttpRequest) -> bool:
    if not doors_are_strict():
        return False
    last = max(signed_in_at(request), proved_at(request))
    return time.time() - last >= SIGNING_LASTS


def is_needed_to_share(request: HttpRequest) -> bool:
    if not doors_are_strict():
        return False
    return time.time() - proved_at(request) >= app_settings.REAUTHENTICATION_TIMEOUT


def ask(request: HttpRequest) -> HttpResponse:
    """Suspend the request until it is proved; who has nothing to prove it with, as an
    account that comes in by single sign-on alone, sets something up first."""
    if get_adapter().get_reauthentication_methods(request.user):
        _suspend()
    messages.info(
        request,
        _(
            "This asks once more that it is you. Set up a passkey or an app here "
            "first, then come back to it."
        ),
    )
    return redirect("mfa_index")


def _suspend() -> NoReturn:
    raise ReauthenticationRequired


step_up = StepUp(is_needed_to_sign, is_needed_to_share, ask)
