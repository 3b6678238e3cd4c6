"""The agency self-assessment: its areas, and a new form for a team."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from content.models import AssessmentAnswer, AssessmentArea, SelfAssessment
from lms.models import Agency


def load_areas(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Add the areas that are not there yet; those that are stay as they are."""
    known = set(AssessmentArea.objects.values_list("key", flat=True))
    told = [(row["domain"], area) for row in rows for area in row["areas"]]
    fresh = [
        AssessmentArea(domain=domain, order=order, **area)
        for order, (domain, area) in enumerate(told)
        if area["key"] not in known
    ]
    AssessmentArea.objects.bulk_create(fresh)
    return [f"{len(fresh)} areas of the self-assessment added"] if fresh else []


@transaction.atomic
def begin_assessment(*, agency: Agency, on: datetime.date) -> SelfAssessment:
    """A form for the team of an agency, or the one that is open already."""
    assessment, is_new = SelfAssessment.objects.get_or_create(
        agency=agency, closed_on=None, defaults={"begun_on": on}
    )
    if is_new:
        AssessmentAnswer.objects.bulk_create(
            AssessmentAnswer(assessment=assessment, area=area)
            for area in AssessmentArea.objects.all()
        )
    return assessment
