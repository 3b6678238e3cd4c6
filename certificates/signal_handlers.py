import datetime
from typing import Any

from competencies.models import PhaseCompletion
from lms.models import Person, StaffMember

from .actions import ask_for_earned_certificates, try_refused_again
from .models import Refusal


def ask_on_phase_completed(
    *, completion: PhaseCompletion, at: datetime.datetime, **kwargs: Any
) -> None:
    ask_for_earned_certificates(completion=completion, at=at)


def try_again_on_staff_changed(
    *, staff_members: list[StaffMember], at: datetime.datetime, **kwargs: Any
) -> None:
    """A name may have been corrected."""
    people = [staff_member.person_id for staff_member in staff_members]
    refused = Refusal.objects.filter(person__in=people)
    for person in Person.objects.filter(pk__in=refused.values("person")):
        try_refused_again(person=person, at=at)
