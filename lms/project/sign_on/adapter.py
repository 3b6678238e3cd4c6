from typing import NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms import audit
from lms.models import Person

from . import rules
from .models import SignOn


class Refused(Exception):  # noqa: N818  (a word of the house, not a fault)
    """Why a sign-in there opens nothing here: one word for the trail."""


WHY_NOT_CONNECTED = {
    "left": _("You do not work at %(agency)s now, so its sign-in is not for you."),
    "linked": _(
        "Another sign-in of %(agency)s is connected already. Disconnect that first."
    ),
    "colleague": _(
        "That sign-in belongs to a colleague of yours, says %(agency)s. "
        "Sign out there, and try again with your own."
    ),
}


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """A provider opens accounts that exist, for people who work there today."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "no_password": _(
            "This is your only way to sign in. Choose a password first, then "
            "disconnect it."
        ),
    }

    def is_open_for_signup(
        self, request: HttpRequest, sociallogin: SocialLogin
    ) -> bool:
        return False

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict
    ) -> AbstractBaseUser:
        """Read what the provider tells. Nothing of it is kept, and nobody made."""
        answer = sociallogin.account.extra_data
        if not rules.is_about_one_account(answer):
            raise OAuth2Error("The ID token and the user info name two accounts.")
        sign_on = sociallogin.provider.app.sign_on
        sociallogin.told = rules.told(answer, sign_on.number_claim)
        sociallogin.account.extra_data = {}
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        sociallogin.token = None
        sign_on = sociallogin.provider.app.sign_on
        if sociallogin.state["process"] == AuthProcess.CONNECT:
            try:
                check_connecting(request.user, sign_on, sociallogin)
            except Refused as reason:
                refuse_to_connect(request, sign_on, str(reason))
        else:
            try:
                check_signing_in(request, sign_on, sociallogin)
            except Refused as reason:
                refuse_to_sign_in(request, sign_on, str(reason))


def check_connecting(
    user: AbstractBaseUser, sign_on: SignOn, sociallogin: SocialLogin
) -> None:
    if not sign_on.employs(user):
        raise Refused("left")
    others = sign_on.links().filter(user=user).exclude(uid=sociallogin.account.uid)
    if others.exists():
        raise Refused("linked")
    named = sign_on.staff_member_numbered(sociallogin.told.number)
    if named and named.person != Person.of(user):
        raise Refused("colleague")


def check_signing_in(
    request: HttpRequest, sign_on: SignOn, sociallogin: SocialLogin
) -> None:
    """Let in whoever is linked and works there; link whom the roster names twice."""
    if not sociallogin.is_existing:
        with transaction.atomic():
            user = find_user_to_link(sign_on, sociallogin.told)
            sociallogin.connect(request, user)
    elif not sign_on.employs(sociallogin.user):
        raise Refused("left")


def find_user_to_link(sign_on: SignOn, told: rules.Told) -> AbstractBaseUser:
    """The account of the one whose address and number both stand on the roster."""
    if not told.verified_email:
        raise Refused("unverified")
    named = sign_on.staff_member_numbered(told.number)
    if named is None or not told.is_address(named.person.email):
        raise Refused("unknown")
    person = Person.objects.select_for_update().get(pk=named.person_id)
    if person.user is None or not person.user.is_active:
        raise Refused("uninvited")
    if sign_on.is_exceeded_by(person):
        raise Refused("elsewhere")
    if sign_on.links().filter(user=person.user).exists():
        raise Refused("linked")
    return person.user


def refuse_to_connect(request: HttpRequest, sign_on: SignOn, reason: str) -> NoReturn:
    note_refusal(sign_on, Person.of(request.user), reason)
    messages.error(request, WHY_NOT_CONNECTED[reason] % {"agency": sign_on.agency})
    raise ImmediateHttpResponse(redirect("socialaccount_connections"))


def refuse_to_sign_in(request: HttpRequest, sign_on: SignOn, reason: str) -> NoReturn:
    """The page is the same whatever the reason: it tells nothing about the roster."""
    note_refusal(sign_on, None, reason)
    page = render(request, "sign_on/not_known.html", {"sign_on": sign_on}, status=403)
    raise ImmediateHttpResponse(page)


def note_refusal(sign_on: SignOn, person: Person | None, reason: str) -> None:
    audit.record(
        act="sign_on.refused",
        actor=person,
        about=person,
        target=sign_on,
        facts={"reason": reason},
        at=timezone.now(),
    )
