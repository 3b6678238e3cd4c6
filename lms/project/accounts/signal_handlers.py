import time
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model, update_session_auth_hash
from django.core.management import call_command
from django.http import HttpRequest
from django.utils import timezone

from lms import audit
from lms.models import Person

from .models import User
from .step_up import SIGNED_IN_AT


def make_the_cache_table(**kwargs: Any) -> None:
    """The embedded cache lives in the database, so that processes share it."""
    call_command("createcachetable", verbosity=0)


def trust_the_address(*, instance: User, created: bool, **kwargs: Any) -> None:
    """Accounts are made for people, not by them: the address is known to be theirs,
    and the mail that opens the account goes nowhere else."""
    if created:
        EmailAddress.objects.create(
            user=instance, email=instance.email, verified=True, primary=True
        )


def note_the_sign_in(*, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """By whichever door: the session knows since when it is open, and so does the
    trail."""
    request.session[SIGNED_IN_AT] = time.time()
    _record("account.signed_in", user)


def note_a_refused_sign_in(*, credentials: dict[str, Any], **kwargs: Any) -> None:
    """For an address that nobody has, an entry about nobody: both take as long."""
    accounts = get_user_model()._default_manager
    address = credentials.get("email") or ""
    _record("account.sign_in_refused", accounts.filter(email__iexact=address).first())


def note_a_refused_step(*, user: User, **kwargs: Any) -> None:
    _record("account.second_step_refused", user)


def _record(act: str, user: User | None) -> None:
    person = Person.of(user) if user else None
    actor = person if act == "account.signed_in" else None
    audit.record(act=act, actor=actor, about=person, at=timezone.now())


def begin_a_new_session(*, request: HttpRequest, **step: Any) -> None:
    """Whoever proved once more that it is them goes on under a new key."""
    if step.get("reauthenticated"):
        request.session.cycle_key()


def end_the_other_sessions(*, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A second step came, went or was renewed: all other sign-ins start anew."""
    user.end_sessions()
    update_session_auth_hash(request, user)
