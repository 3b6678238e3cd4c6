"""A version from its draft to the day it is frozen."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Model, Prefetch

from competencies.models import (
    ChecklistEntry,
    FrozenError,
    Phase,
    PlanVersion,
    RefresherTurn,
    Requirement,
    RequirementAudience,
    TrainingPlan,
)
from competencies.rules import Offset, Outline, Part, faults
from lms import audit
from lms.models import Person


@transaction.atomic
def copy_version(
    *, version: PlanVersion, by: Person | None, at: datetime.datetime
) -> PlanVersion:
    """A draft with everything that version has, or the draft there is already: a plan
    has one at a time."""
    plan = TrainingPlan.objects.select_for_update().get(pk=version.plan_id)
    if draft := plan.versions.drafts().first():
        return draft
    number = plan.versions.aggregate(last=Max("number"))["last"] + 1
    draft = PlanVersion.objects.create(plan=plan, number=number, source=version.source)
    phases = _copied(list(version.phases.all()), version=draft)
    requirements = list(version.requirements.all())
    for requirement in requirements:
        requirement.phase_id = phases[requirement.phase_id]
    copies = _copied(requirements, version=draft)
    for model in (RequirementAudience, RefresherTurn):
        rows = list(model.objects.filter(requirement__version=version))
        for row in rows:
            row.requirement_id = copies[row.requirement_id]
        _copied(rows)
    _copied(list(version.checklist.all()), version=draft)
    facts = {"number": number, "from": version.number}
    note(act="plan_version.copied", version=draft, by=by, at=at, **facts)
    return draft


def _copied(rows: list[Model], **values: Model) -> dict[int, int]:
    """Insert copies of those rows; returns the keys of the copies by those copied."""
    were = [row.pk for row in rows]
    for row in rows:
        row.pk, row._state.adding = None, True
        for name, value in values.items():
            setattr(row, name, value)
    made = type(rows[0])._default_manager.bulk_create(rows) if rows else []
    return dict(zip(were, (row.pk for row in made), strict=True))


@transaction.atomic
def publish_version(
    *, version: PlanVersion, by: Person | None, at: datetime.datetime
) -> None:
    """From now on new staff get it and nobody changes it. Nobody is moved to it."""
    draft = locked_draft(version)
    if found := faults(outline_of(draft)):
        raise ValidationError(found)
    draft.publish(at)
    note(act="plan_version.published", version=draft, by=by, at=at, number=draft.number)


@transaction.atomic
def discard_draft(
    *, version: PlanVersion, by: Person | None, at: datetime.datetime
) -> None:
    draft = locked_draft(version)
    note(act="plan_version.discarded", version=draft, by=by, at=at, number=draft.number)
    draft.delete()


def locked_draft(version: PlanVersion) -> PlanVersion:
    """That version, while nobody else changes or publishes it; only a draft."""
    drafts = PlanVersion.objects.select_for_update().drafts()
    draft = drafts.filter(pk=version.pk).first()
    if draft is None:
        raise FrozenError
    return draft


def note(
    *,
    act: str,
    version: PlanVersion,
    by: Person | None,
    at: datetime.datetime,
    **facts: str | int,
) -> None:
    audit.record(act=act, actor=by, about=None, target=version, at=at, facts=facts)


def outline_of(version: PlanVersion) -> Outline:
    """The version as the rules compare it. Five queries."""
    phases = Phase.objects.filter(version=version).order_by("order", "pk")
    requirements = Requirement.objects.filter(version=version)
    checklist = ChecklistEntry.objects.filter(version=version).order_by("order", "pk")
    return Outline(
        phases=tuple(phases.values_list("key", "title")),
        parts=tuple(
            _part(requirement)
            for requirement in requirements.select_related("phase", "topic")
            .prefetch_related("audiences__role", in_turn())
            .order_by("phase__order", "order", "pk")
        ),
        checklist=tuple((entry.key, entry.title) for entry in checklist),
        hints=tuple((entry.key, entry.hint) for entry in checklist),
    )


def in_turn() -> Prefetch:
    """The refreshers of requirements, in the order in which they take turns."""
    turns = RefresherTurn.objects.select_related("training")
    return Prefetch("turns", turns.order_by("order", "pk"))


def _part(requirement: Requirement) -> Part:
    renewal = None
    if requirement.renewal_count:
        renewal = Offset(requirement.renewal_count, requirement.renewal_unit)
    return Part(
        code=requirement.topic.code,
        title=requirement.topic.title,
        phase=requirement.phase.key,
        audiences=frozenset(row.as_rule() for row in requirement.audiences.all()),
        firmness=requirement.firmness,
        renewal=renewal,
        renewal_notice_days=requirement.renewal_notice_days,
        yearly=requirement.yearly,
        is_first_yearly=requirement.first_yearly is not None,
        is_signed=requirement.is_signed,
        is_before_families=requirement.is_before_families,
        turns=tuple(turn.training.title for turn in requirement.turns.all()),
    )
