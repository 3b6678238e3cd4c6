from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from lms import policy
from lms.dashboard import Panel
from lms.models import Person, staff_directed_by

from .models import ShadowingVisit, TimeAsked
from .reports import coverage


class TimeAskedPanel(Panel):
    """For a supervisor: who would like time this week."""

    order = 45
    template_name = "lms_supervision_logs/panels/time_asked.html"

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        asked = TimeAsked.objects.visible_to(request.user).waiting(timezone.now())
        others = asked.exclude(person=Person.of(request.user)).select_related("person")
        self.asked = list(others)

    def is_shown(self) -> bool:
        return bool(self.asked)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"asked": self.asked}


class WithoutAnHourPanel(Panel):
    """For a director: a number, and no names, of those without an hour for long."""

    order = 65
    template_name = "lms_supervision_logs/panels/without_an_hour.html"

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.number = 0
        if policy.holds(request.user, "director"):
            staff = staff_directed_by(request.user).employed()
            rows = coverage(staff, timezone.localdate()).values()
            waiting = [row for each in rows for row in each if row.is_worth_a_word]
            self.number = len({row.staff_member.pk for row in waiting})

    def is_shown(self) -> bool:
        return bool(self.number)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"number": self.number}


class HostedVisitsPanel(Panel):
    """For whoever had a colleague along: day and minutes to confirm."""

    order = 60
    template_name = "lms_supervision_logs/panels/hosted_visits.html"

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        hosted = ShadowingVisit.objects.hosted_by(request.user)
        self.visits = list(
            hosted.filter(host_confirmed_at=None).select_related("person")
        )

    def is_shown(self) -> bool:
        return bool(self.visits)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"visits": self.visits}
