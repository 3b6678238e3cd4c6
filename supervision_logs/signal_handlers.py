from typing import Any

from lms.models import Person

from .models import CheckInChoice


def keep_one_choice(*, stays: Person, goes: Person, **kwargs: Any) -> None:
    """Where both records turned check-ins on, the choice of the one that stays holds."""
    if CheckInChoice.objects.filter(person=stays).exists():
        CheckInChoice.objects.filter(person=goes).delete()
