"""What every request passes on its way in and out, the ready-made site's own part.

The order stands in ``settings/base.py``: headers outermost, typed text innermost.
"""

import secrets
import time
import zoneinfo
from collections.abc import Callable
from typing import Any
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from lms.models import Person

from .accounts.policy import must_set_up_second_factor
from .accounts.step_up import signed_in_at

Next = Callable[[HttpRequest], HttpResponse]

COMMON = (
    "default-src 'none'; img-src 'self' data:; font-src 'self'; media-src 'self'; "
    "connect-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'; "
)
STRICT = COMMON + "style-src 'self'; script-src 'nonce-{nonce}'"
# The Wagtail admin starts its date pickers from inline scripts, and its editor writes
# styles as it runs.
ADMIN = COMMON + (
    "style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'unsafe-inline'; script-src-attr 'none'"
)
PERMISSIONS = (
    "camera=(), geolocation=(), microphone=(), payment=(), usb=(), "
    "publickey-credentials-create=(self), publickey-credentials-get=(self)"
)


class HeadersMiddleware:
    """Nothing from elsewhere, nothing inline, nothing personal kept on the phone.

    A script runs when it carries the request's ``csp_nonce``; the Wagtail admin gets
    what it needs. A view that has said otherwise is left as it is.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.csp_nonce = secrets.token_urlsafe(16)
        response = self.get_response(request)
        in_admin = request.path.startswith(reverse("wagtailadmin_home"))
        policy = ADMIN if in_admin else STRICT.format(nonce=request.csp_nonce)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if hasattr(request, "user") and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class SessionLimitsMiddleware:
    """A session ends after half an hour without a request, and after a working day."""

    seen_at = "lms_seen_at"
    every = 60  # seconds between two notes of it, so that reading writes little

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._end_or_go_on(request, time.time())
        return self.get_response(request)

    def _end_or_go_on(self, request: HttpRequest, now: float) -> None:
        since, seen = signed_in_at(request), request.session.get(self.seen_at)
        is_idle = now - (seen or since) > settings.LMS_IDLE_MINUTES * 60
        is_long = now - since > settings.LMS_LONGEST_HOURS * 3600
        if is_idle or is_long:
            logout(request)
            messages.info(
                request,
                _(
                    "You were signed out to keep your record yours. What you typed "
                    "comes back once you are in again."
                ),
            )
        elif seen is None or now - seen > self.every:
            request.session[self.seen_at] = now


class SecondFactorMiddleware:
    """Who must have a second factor and has none is led to setting one up."""

    open_to_all = {
        "account_confirm_email",
        "account_email",
        "account_logout",
        "account_reauthenticate",
        "account_set_password",
        "healthz",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_index",
    }

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        request.must_set_up_second_factor = must_set_up_second_factor(request.user)
        is_open = request.resolver_match.url_name in self.open_to_all
        if request.must_set_up_second_factor and not is_open:
            return redirect("mfa_index")
        return None


class TypedTextMiddleware:
    """What was typed outlives a sign-in that came between.

    The browser keeps it (``alongside.js``); here it learns which form was accepted,
    and who was signed out meanwhile comes back to the page with the form.
    """

    cookie = "lms_accepted"

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and isinstance(response, HttpResponseRedirect):
            goes_to = urlsplit(response.url)
            if request.user.is_authenticated:
                if not self._asks_first(goes_to.path):
                    self._tell_accepted(request, response)
            elif self._leads_back_here(goes_to, request):
                return redirect_to_login(self._page_with_the_form(request))
        return response

    def _leads_back_here(self, goes_to: SplitResult, request: HttpRequest) -> bool:
        """Whether a sign-in was asked for, to send the form once more."""
        back = parse_qs(goes_to.query).get("next")
        is_sign_in = goes_to.path == reverse("account_login")
        return is_sign_in and back == [request.get_full_path()]

    def _asks_first(self, path: str) -> bool:
        """Whether the answer asks who is there, and the form itself still waits."""
        return path in {
            reverse("account_reauthenticate"),
            reverse("mfa_reauthenticate"),
            reverse("mfa_reauthenticate_webauthn"),
            reverse("mfa_index"),
        }

    def _tell_accepted(self, request: HttpRequest, response: HttpResponse) -> None:
        is_secure = request.is_secure()  # only then a browser takes the longer name
        response.set_cookie(
            f"__Host-{self.cookie}" if is_secure else self.cookie,
            quote(request.path, safe=""),
            max_age=60,
            secure=is_secure,
            samesite="Strict",
        )

    def _page_with_the_form(self, request: HttpRequest) -> str:
        page = request.headers.get("Referer", "")
        is_ours = url_has_allowed_host_and_scheme(
            page, {request.get_host()}, require_https=request.is_secure()
        )
        if not is_ours:
            return reverse("lms:home")
        return urlsplit(page)._replace(scheme="", netloc="", fragment="").geturl()


class AgencyTimeZoneMiddleware:
    """Dates and times in the zone of the agency where the person works."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = request.session.get("lms_time_zone")
        if zone is None and request.user.is_authenticated:
            zone = self._zone_of(request)
            request.session["lms_time_zone"] = zone
        if zone:
            timezone.activate(zoneinfo.ZoneInfo(zone))
        else:
            timezone.deactivate()
        return self.get_response(request)

    def _zone_of(self, request: HttpRequest) -> str:
        person = Person.of(request.user)
        if person is None:
            return ""
        staff = person.staff_members.employed().select_related("agency").last()
        return staff.agency.time_zone if staff else ""
