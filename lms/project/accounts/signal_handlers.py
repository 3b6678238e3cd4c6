from typing import Any

from allauth.account.models import EmailAddress
from django.core.management import call_command

from .models import User


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
