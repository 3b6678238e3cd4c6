import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from lms.actions import let_tta_into_the_admin
from lms.conf import conf
from lms.models import Person


def send_invitation(payload: dict[str, Any], at: datetime.datetime) -> None:
    """Give a person an account and mail them the link that opens it."""
    person = Person.objects.get(pk=payload["person"])
    user = person.user or _make_account(person, at)
    context = {
        "person": person,
        "program": conf.program_name,
        "link": _link_to_choose_a_password(user),
    }
    EmailMessage(
        subject=render_to_string("account/email/invitation_subject.txt", context)
        .replace("\n", " ")
        .strip(),
        body=render_to_string("account/email/invitation_message.txt", context),
        from_email=get_adapter().get_from_email(),
        to=[user.email],
    ).send()


def _make_account(person: Person, at: datetime.datetime) -> AbstractBaseUser:
    user = get_user_model()._default_manager.filter(email__iexact=person.email).first()
    if user is None:
        user = get_user_model()._default_manager.create_user(email=person.email)
    person.user = user
    person.save(update_fields=["user"])
    let_tta_into_the_admin(person=person, on=timezone.localdate(at))
    return user


def _link_to_choose_a_password(user: AbstractBaseUser) -> str:
    path = reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(user),
            "key": default_token_generator.make_token(user),
        },
    )
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path
