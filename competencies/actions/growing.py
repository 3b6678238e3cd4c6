"""Goals after the first year, and skills that the two look at together."""

import datetime
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from competencies.models import (
    Competency,
    DevelopmentGoal,
    GoalStep,
    SkillRating,
    SkillsTogether,
    StaffPlan,
)
from lms.models import Person


def settle_goal(
    *, goal: DevelopmentGoal, settled_as: str, on: datetime.date | None
) -> None:
    """Reached, let go, or open again."""
    goal.settled_as, goal.settled_on = settled_as, on if settled_as else None
    goal.save(update_fields=["settled_as", "settled_on"])


def note_step(*, step: GoalStep, done_on: datetime.date | None) -> None:
    step.done_on = done_on
    step.save(update_fields=["done_on"])


@transaction.atomic
def say_of_skills(
    *,
    plan: StaffPlan,
    supervisor: Person,
    by: Person,
    is_wished: bool,
    at: datetime.datetime,
) -> SkillsTogether:
    """One of the two says yes to looking at skills together, or takes it back."""
    together, _made = SkillsTogether.objects.get_or_create(
        staff_plan=plan,
        supervisor=supervisor,
        defaults={
            "person_id": plan.person_id,
            "staff_member_id": plan.staff_member_id,
        },
    )
    field = "own_yes_at" if by.pk == plan.person_id else "supervisor_yes_at"
    setattr(together, field, at if is_wished else None)
    together.save(update_fields=[field])
    return together


@transaction.atomic
def rate_skills(
    *,
    together: SkillsTogether,
    levels: Mapping[Competency, int],
    by: Person,
    on: datetime.date,
) -> None:
    """Note how one of the two sees these skills; later the same day it is corrected.

    Raises ValidationError where something is no skill, and where not both wish it.
    """
    held = SkillsTogether.objects.select_for_update().get(pk=together.pk)
    if not held.is_on:
        raise ValidationError(_("Not both of you wish this at the moment."))
    for competency, level in levels.items():
        rating = SkillRating(
            person_id=held.person_id,
            staff_member_id=held.staff_member_id,
            together=held,
            competency=competency,
            is_own=by.pk == held.person_id,
            level=level,
            rated_on=on,
        )
        rating.full_clean(validate_unique=False, validate_constraints=False)
        SkillRating.objects.update_or_create(
            together=held,
            competency=competency,
            is_own=rating.is_own,
            rated_on=on,
            defaults={"level": level},
            create_defaults={
                "level": level,
                "person_id": held.person_id,
                "staff_member_id": held.staff_member_id,
            },
        )
