"""What accounts hold about people, allauth's own tables among it."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from lms.privacy import ERASE, Fields, Holding, Program, Text

from .models import User

DECLARED = [
    Holding(
        User,
        _("My account"),
        ERASE,
        (
            Fields("email first_name last_name", Text.INTERNAL),
            Fields(
                "password",
                Text.CONFIDENTIAL,
                left_out=_("Only a hash of it is kept; nobody can read it."),
            ),
            Fields(
                "sessions_key",
                Text.CONFIDENTIAL,
                left_out=_("It opens your account."),
            ),
        ),
        whose="lms_person",
    ),
    Holding(
        EmailAddress,
        _("The addresses I sign in with"),
        ERASE,
        (Fields("email", Text.INTERNAL),),
        whose="user__lms_person",
    ),
    Holding(
        Authenticator,
        _("My second steps"),
        ERASE,
        (Fields("data", Text.CONFIDENTIAL, left_out=_("It opens your account.")),),
        whose="user__lms_person",
    ),
    Holding(
        UserSession,
        _("Where I am signed in"),
        ERASE,
        (
            Fields("ip user_agent", Text.CONFIDENTIAL),
            Fields(
                "session_key data",
                Text.CONFIDENTIAL,
                left_out=_("It opens your account."),
            ),
        ),
        whose="user__lms_person",
    ),
    Holding(
        SocialAccount,
        _("My sign-in through my agency"),
        ERASE,
        (Fields("provider uid extra_data", Text.CONFIDENTIAL),),
        whose="user__lms_person",
    ),
    # Empty by our settings: no token of a provider and no key of a mail is stored.
    Program(Text.CONFIDENTIAL, (EmailConfirmation, SocialApp, SocialToken)),
]
