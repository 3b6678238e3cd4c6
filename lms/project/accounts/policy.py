"""Whose account needs a second factor, and who has one."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from lms import policy
from lms.models import Access, Reader

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
ASKED_OF = {Access.Kind.DIRECTOR, Access.Kind.TTA, Access.Kind.ADMINISTRATOR}


def doors_are_strict() -> bool:
    """False on a demonstration alone, where nobody has a second factor."""
    return settings.LMS_DOORS_ARE_STRICT


def has_second_factor(user: Reader) -> bool:
    """Codes for a lost phone do not count: they only stand in for something."""
    return is_mfa_enabled(user, SECOND_FACTORS)


def must_have_second_factor(user: Reader) -> bool:
    """Whoever sees or signs what is other people's: asked anew with every request, so
    that a new tie or access bites at once."""
    return (
        user.is_superuser
        or not ASKED_OF.isdisjoint(policy.accesses(user))
        or policy.supervises_someone(user)
    )


def must_set_up_second_factor(user: Reader) -> bool:
    return (
        doors_are_strict()
        and user.is_authenticated
        and not has_second_factor(user)
        and must_have_second_factor(user)
    )
