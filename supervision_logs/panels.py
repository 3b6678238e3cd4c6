from typing import Any

from django.http import HttpRequest

from lms.dashboard import Panel

from .models import ShadowingVisit


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
