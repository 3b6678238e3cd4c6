import datetime

import pytest

from certificates.actions import issue_certificate
from certificates.models import Award, Certificate, earned_by
from competencies.models import PhaseCompletion


@pytest.fixture
def award(starter_plan) -> Award:
    """The one that the state pack brings."""
    return Award.objects.get(phase="orientation")


@pytest.fixture
def completion(lena) -> PhaseCompletion:
    """Lena's orientation is complete; two topics stand for all."""
    plan = lena.staff_members.get().plan
    return PhaseCompletion.objects.create(
        person=lena,
        staff_member=plan.staff_member,
        staff_plan=plan,
        phase=plan.version.phases.get(key="orientation"),
        completed_on=datetime.date(2026, 11, 20),
        topics=[
            {
                "code": f"OB-0{number}",
                "title": title,
                "completed_on": f"2026-11-{10 + number}",
                "precision": "",
            }
            for number, title in enumerate(["Language as Advocacy", "Boundaries"], 1)
        ],
    )


@pytest.fixture
def issued(award, completion, at) -> Certificate:
    return issue_certificate(award=award, what=earned_by(completion), at=at)
