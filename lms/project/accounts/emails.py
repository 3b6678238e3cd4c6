import datetime
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse
from django.utils import timezone

from lms.actions import let_tta_into_the_admin, make_reset_code
from lms.conf import conf
from lms.emails import send_letter
from lms.models import FactorReset, Person


def send_invitation(payload: dict[str, Any], at: datetime.datetime) -> None:
    """Give a person an account and mail them the link that opens it."""
    person = Person.numbered(payload["person"])
    user = person.user or _make_account(person, person.email, at)
    context = {"person": person, "link": _link_to_choose_a_password(user)}
    send_letter(to=user.email, template="account/email/invitation", context=context)


def _make_account(
    person: Person, address: str, at: datetime.datetime
) -> AbstractBaseUser:
    user = get_user_model()._default_manager.filter(email__iexact=address).first()
    if user is None:
        user = get_user_model()._default_manager.create_user(email=address)
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
    return conf.base_url + path


def close_work_sign_in(payload: dict[str, Any], at: datetime.datetime) -> None:
    """Somebody has left: end every session, and let the private e-mail be the one
    address, if there is one. The work mailbox opens nothing any more."""
    person = Person.numbered(payload["person"])
    if person.private_email:
        user = person.user or _make_account(person, person.private_email, at)
        _move_to(user, person.private_email)
        context = {
            "person": person,
            "link": _link_to_choose_a_password(user),
            "safety": conf.base_url + reverse("mfa_index"),
        }
        send_letter(to=user.email, template="account/email/left", context=context)
    if person.user is not None:
        person.user.end_sessions()


def _move_to(user: AbstractBaseUser, address: str) -> None:
    if user.email != address:
        user.email = address
        user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)


def send_reset_link(payload: dict[str, Any], at: datetime.datetime) -> None:
    """Two people agreed: mail the person the link that lets them in once without the
    lost second step. Nothing is removed before they come with it."""
    reset = FactorReset.objects.select_related("person__user").get(pk=payload["reset"])
    code = make_reset_code(reset=reset, at=at)
    path = reverse("lms_accounts_new_factor", args=[code])
    context = {"reset": reset, "person": reset.person, "link": conf.base_url + path}
    send_letter(
        to=reset.person.user.email, template="account/email/new_factor", context=context
    )
