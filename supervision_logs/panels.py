from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from lms.dashboard import Panel
from lms.models import Person

from .models import TimeAsked


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
