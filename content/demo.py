"""What the demonstration adds to the content: a form that a team has begun to fill in,
and a word that one agency chooses for itself."""

import datetime

from django.db import transaction
from django.utils import timezone

from lms.demo import HARBOR
from lms.models import Agency

from .actions import begin_assessment
from .models import AssessmentAnswer, AssessmentArea, SelfAssessment, WordChoice

SAID = {
    "philosophy": ("mostly", "It stands on our wall. Ask at the front desk as well."),
    "staff-support": ("beginning", "Supervision is weekly now. Pay scales are next."),
    "access": ("not_yet", "Nobody reaches us after five, when most parents are free."),
    "leadership": ("beginning", "Two colleagues lead the Thursday group."),
}


@transaction.atomic
def load_demo_content() -> list[str]:
    """Add them once; a sentence for each."""
    harbor = Agency.objects.filter(name=HARBOR).first()
    if harbor is None or not AssessmentArea.objects.exists():
        return []
    told = []
    if not SelfAssessment.objects.filter(agency=harbor).exists():
        week_ago = timezone.localdate() - datetime.timedelta(days=7)
        begun = begin_assessment(agency=harbor, on=week_ago)
        for key, (level, words) in SAID.items():
            AssessmentAnswer.objects.get(assessment=begun, area__key=key).say(
                level=level, words=words, after=0
            )
        told.append("a self-assessment begun")
    _word, is_new = WordChoice.objects.get_or_create(
        agency=harbor,
        avoid="case",
        defaults={"say": "family", "why": "We visit families, and carry no cases."},
    )
    return [*told, "a word of one agency's own"] if is_new else told
