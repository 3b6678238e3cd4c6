from typing import Any

from django.http import HttpRequest

from lms.dashboard import Panel, PersonPanel
from lms.models import Person

from .models import Certificate
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


class PersonCertificatesPanel(PersonPanel):
    """Titles and dates, for whoever may see the person."""

    order = 300
    template_name = "lms_certificates/panels/person_certificates.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        visible = Certificate.objects.visible_to(self.request.user).standing()
        return {"certificates": visible.filter(person=self.staff_member.person)}
