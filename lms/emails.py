"""Letters the hub sends itself. Called by the outbox, never in a web request."""

import datetime
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from .conf import conf
from .models import DeletionRequest, OneTimeCode


def send_letter(
    *,
    to: str,
    template: str,
    context: dict[str, Any],
    calendar: tuple[str, bytes] | None = None,
) -> None:
    """Send ``<template>_subject.txt`` and ``<template>_message.txt``.

    ``calendar`` is a method and what ``lms.calendar.invitation`` made for it.
    """
    context = {**context, "program": conf.program_name}
    subject = render_to_string(f"{template}_subject.txt", context)
    letter = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=render_to_string(f"{template}_message.txt", context),
        to=[to],
    )
    if calendar:
        method, entry = calendar
        letter.attach_alternative(entry.decode(), f"text/calendar; method={method}")
    letter.send()


def send_private_email_link(payload: dict[str, Any], at: datetime.datetime) -> None:
    """The secret is drawn here, so that it stands in the letter and nowhere else."""
    code = OneTimeCode.objects.filter(pk=payload["code"], used_at=None).first()
    if code is None:  # another address was given since
        return
    link = ""
    if code.address_is_free():
        path = reverse("lms:private_email_confirm", args=[code.draw()])
        link = conf.base_url + path
    send_letter(
        to=code.email, template="lms/emails/private_email", context={"link": link}
    )


def tell_of_deletion(payload: dict[str, Any], at: datetime.datetime) -> None:
    """Somebody asked that their data go: tell them, in case it was not them."""
    requests = DeletionRequest.objects.waiting().select_related("person__user")
    request = requests.filter(pk=payload["request"]).first()
    if request is None:
        return
    person = request.person
    address = person.user.email if person.user else person.email
    link = conf.base_url + reverse("lms:my_deletion")
    context = {"person": person, "request": request, "link": link}
    if address:
        send_letter(to=address, template="lms/emails/deletion", context=context)
