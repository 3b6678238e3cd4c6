import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lms.models import Person, StaffMember

from .actions import sync_plans
from .models import HistoryConfirmation, SignOff


def bring_plans_up_to_date(
    *, staff_members: list[StaffMember], at: datetime.datetime, **kwargs: Any
) -> None:
    sync_plans(staff_members=staff_members, at=at)


def refuse_who_signed_for_the_other(
    *, stays: Person, goes: Person, **kwargs: Any
) -> None:
    """Nobody signs for themselves: who signed for somebody is somebody else."""
    both = [stays, goes]
    confirmed = HistoryConfirmation.objects.filter(
        person__in=both, by__in=both, is_own=False
    )
    signed = SignOff.objects.filter(person__in=both, signer__in=both)
    if signed.exists() or confirmed.exists():
        raise ValidationError(
            _("One of them signed for the other: they cannot be one person.")
        )
