from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils import timezone

from lms.dashboard import Panel, PersonPanel
from lms.models import Person, StaffMember, staff_supervised_by
from lms.policy import holds

from .actions.everyone import has_stopped
from .forms import NearestTemplateForm
from .models import PlanItem, PlanSync
from .views.access import standing
from .views.histories import histories_to_confirm, own_histories_to_confirm
from .views.lines import next_step, phases_of
from .views.nearest import plan_to_start
from .views.plans import own_plan
from .views.seats import SeatsWanted, all_seats_wanted, may_count_seats
from .views.transcripts import own_arrivals


class NextStepPanel(Panel):
    """The one next step of one's own plan, and how far the path has come."""

    order = 100
    template_name = "lms_competencies/panels/next_step.html"

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.plan = own_plan(request)

    def is_shown(self) -> bool:
        return self.plan is not None and self.plan.staff_member.is_employed()

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        phases = phases_of(self.request, self.plan, timezone.localdate())
        return {
            "request": self.request,
            "how": standing(self.request, self.plan.staff_member),
            "phases": phases,
            "line": next_step(phases),
        }


class NearestTemplatePanel(PersonPanel):
    """For a director: whose template the plan of somebody in the office starts from."""

    order = 50
    template_name = "lms_competencies/panels/nearest_template.html"

    def __init__(self, request: HttpRequest, staff_member: StaffMember) -> None:
        super().__init__(request, staff_member)
        self.plan = plan_to_start(request, staff_member.pk)

    def is_shown(self) -> bool:
        return self.plan is not None

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {
            "plan": self.plan,
            "form": NearestTemplateForm(plan=self.plan),
            "csrf_token": get_token(self.request),
        }


class TranscriptPanel(Panel):
    """For somebody who came from another agency: bring what was learned there?"""

    order = 60
    template_name = "lms_competencies/panels/transcript.html"

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.arrival = own_arrivals(request).first()

    def is_shown(self) -> bool:
        return self.arrival is not None

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"staff_member": self.arrival}


class WaitingPanel(Panel):
    """What waits for a supervisor's signature, and dates to look at together."""

    order = 50
    template_name = "lms_competencies/panels/waiting.html"

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        person = Person.of(request.user)
        self.team = staff_supervised_by(request.user)
        self.waiting = (
            PlanItem.objects.awaiting_signature_by(person).count() if person else 0
        )

    def is_shown(self) -> bool:
        return bool(self.waiting) or self.team.exists()

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        lines = PlanItem.objects.filter(staff_member__in=self.team)
        to_look_at = lines.to_look_at(timezone.localdate()).count()
        return {"waiting": self.waiting, "to_look_at": to_look_at}


class HistoriesPanel(Panel):
    """Earlier trainings at which one of the two has looked, and the reader has not."""

    order = 51
    template_name = "lms_competencies/panels/histories.html"

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        is_somebody = Person.of(request.user) is not None
        self.own = list(own_histories_to_confirm(request)) if is_somebody else []
        self.of_others = list(histories_to_confirm(request)) if is_somebody else []

    def is_shown(self) -> bool:
        return bool(self.own or self.of_others)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"own": self.own, "of_others": self.of_others}


class SyncingPanel(Panel):
    """For the training team: how far a change for all has come."""

    order = 40
    template_name = "lms_competencies/panels/syncing.html"

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        is_told = holds(request.user, "tta")
        runs = PlanSync.objects.filter(finished_at=None)
        self.run = runs.first() if is_told else None

    def is_shown(self) -> bool:
        return self.run is not None

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"run": self.run, "has_stopped": has_stopped(self.run)}


class SeatsPanel(Panel):
    """For the training team: for which topics people wait for a seat."""

    order = 55
    template_name = "lms_competencies/panels/seats.html"

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.seats: list[SeatsWanted] = (
            all_seats_wanted() if may_count_seats(request) else []
        )

    def is_shown(self) -> bool:
        return bool(self.seats)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"seats": self.seats}
