from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lms.models import Person

from .models import Attendance, CheckInChoice


def refuse_who_supervised_the_other(
    *, stays: Person, goes: Person, **kwargs: Any
) -> None:
    """Nobody gives supervision to themselves: who did to somebody is somebody else."""
    both = [stays, goes]
    met = Attendance.objects.filter(
        person__in=both, version__session__given_by__in=both
    )
    if met.exists():
        raise ValidationError(
            _("One of them gave the other supervision: they cannot be one person.")
        )


def keep_one_choice(*, stays: Person, goes: Person, **kwargs: Any) -> None:
    """Where both turned check-ins on, the choice of the one that stays holds."""
    if CheckInChoice.objects.filter(person=stays).exists():
        CheckInChoice.objects.filter(person=goes).delete()
