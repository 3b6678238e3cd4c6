import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from .conf import conf
from .models import DeletionRequest


def tell_of_deletion(payload: dict[str, Any], at: datetime.datetime) -> None:
    """Somebody asked that their data go: tell them, in case it was not them."""
    requests = DeletionRequest.objects.waiting().select_related("person__user")
    request = requests.filter(pk=payload["request"]).first()
    if request is None:
        return
    person = request.person
    address = person.user.email if person.user else person.email
    context = {
        "person": person,
        "request": request,
        "program": conf.program_name,
        "link": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("lms:my_deletion"),
    }
    if address:
        EmailMessage(
            subject=_("You asked that your data be deleted"),
            body=render_to_string("lms/emails/deletion_asked.txt", context),
            to=[address],
        ).send()
