import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from lms.models import Person

Next = Callable[[HttpRequest], HttpResponse]

STRICT = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'"
)
# The Wagtail admin starts its date pickers and editors from inline scripts.
ADMIN = STRICT.replace(
    "script-src 'self'; style-src 'self'",
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'",
)


class ContentSecurityPolicyMiddleware:
    """Nothing from elsewhere, nothing inline; the Wagtail admin gets what it needs."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        in_admin = request.path.startswith(reverse("wagtailadmin_home"))
        response.headers.setdefault(
            "Content-Security-Policy", ADMIN if in_admin else STRICT
        )
        return response


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
