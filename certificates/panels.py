import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from lms.dashboard import Panel, PersonPanel
from lms.models import Person, staff_supervised_by
from lms.policy import supervises_someone

from .models import Certificate
from .rules import STEPS
from .views.desk import is_looked_after_by


class CertificatesPanel(Panel):
    """The newest of one's own certificates."""

    order = 300
    template_name = "lms_certificates/panels/certificates.html"

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        own = Certificate.objects.standing().filter(person=Person.of(request.user))
        self.certificates = list(own[:3])

    def is_shown(self) -> bool:
        return bool(self.certificates)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"certificates": self.certificates}


class DoubtsPanel(Panel):
    """For the training team: certificates that rest on a signature that is gone."""

    order = 120
    template_name = "lms_certificates/panels/doubts.html"

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        looks_after = is_looked_after_by(request)
        in_doubt = Certificate.objects.in_doubt().distinct()
        self.number = in_doubt.count() if looks_after else 0

    def is_shown(self) -> bool:
        return bool(self.number)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"number": self.number}


class TeamRenewalsPanel(Panel):
    """For a supervisor: whose certificates run out within ninety days, by name."""

    order = 310
    template_name = "lms_certificates/panels/team_renewals.html"

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.certificates = self._soon() if supervises_someone(request.user) else []

    def _soon(self) -> list[Certificate]:
        today = timezone.localdate()
        last = today + datetime.timedelta(days=max(STEPS))
        team = staff_supervised_by(self.request.user).values("person")
        visible = Certificate.objects.visible_to(self.request.user)
        soon = visible.running_out(today, last).filter(person__in=team)
        return list(
            soon.select_related("person").order_by("person__full_name", "expires_on")
        )

    def is_shown(self) -> bool:
        return bool(self.certificates)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"certificates": self.certificates}


class PersonCertificatesPanel(PersonPanel):
    """Titles and dates, for whoever may see the person."""

    order = 300
    template_name = "lms_certificates/panels/person_certificates.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        visible = Certificate.objects.visible_to(self.request.user).standing()
        return {"certificates": visible.filter(person=self.staff_member.person)}
