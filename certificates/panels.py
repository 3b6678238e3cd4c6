from typing import Any

from django.http import HttpRequest

from lms.dashboard import Panel, PersonPanel
from lms.models import Person

from .models import Certificate


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


class PersonCertificatesPanel(PersonPanel):
    """Titles and dates, for whoever may see the person."""

    order = 300
    template_name = "lms_certificates/panels/person_certificates.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        visible = Certificate.objects.visible_to(self.request.user).standing()
        return {"certificates": visible.filter(person=self.staff_member.person)}
