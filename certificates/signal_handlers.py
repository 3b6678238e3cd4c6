import datetime
from typing import Any

from competencies.models import PhaseCompletion
from lms.models import StaffMember

from .actions import ask_for_earned_certificates, try_refused_again


def ask_on_phase_completed(
    *, completion: PhaseCompletion, at: datetime.datetime, **kwargs: Any
) -> None:
    ask_for_earned_certificates(completion=completion, at=at)


def try_again_on_staff_changed(
    *, staff_members: list[StaffMember], at: datetime.datetime, **kwargs: Any
) -> None:
    """A name may have been corrected."""
    for staff_member in staff_members:
        try_refused_again(person=staff_member.person, at=at)
