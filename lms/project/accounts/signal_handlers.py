import time
from typing import Any

from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.http import HttpRequest

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


def note_the_sign_in(*, request: HttpRequest, **kwargs: Any) -> None:
    """By whichever door: the session knows since when it is open."""
    request.session[SIGNED_IN_AT] = time.time()
