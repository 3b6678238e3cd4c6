"""A plan of a state pack as a version, and a version as a pack writes it."""

from collections.abc import Sequence

from django.utils import timezone

from competencies.models import (
    ChecklistEntry,
    Phase,
    PlanVersion,
    RefresherTurn,
    Requirement,
    RequirementAudience,
    Topic,
    Training,
    TrainingPlan,
)
from competencies.rules.packs import PLANS, offset, span
from lms.actions import Changes, without_defaults
from lms.models import Role
from lms.rules import Entry

from .versions import in_turn

FIELDS = PLANS.fields.shapes
REQUIREMENT = FIELDS["requirements"].of
AUDIENCE = REQUIREMENT.shapes["audiences"].of
CHECKLIST = FIELDS["checklist"].of


def load_plans(entries: Sequence[Entry], changes: Changes) -> None:
    """A new plan is published. A plan that changed gets a draft: what is published is
    frozen, and the training team looks at what changes before it counts."""
    for entry in entries:
        plan = changes.put(
            TrainingPlan, {"key": entry["key"]}, {"title": entry["title"]}
        )
        newest = plan.versions.order_by("-number").first()
        if newest is None:
            version = _make_draft(plan, 1, entry)
            version.publish(timezone.now())
            changes.notes.append(f"“{plan}”: version 1 is published")
        elif _written_version(newest) != entry:
            number = newest.number + 1
            _make_draft(plan, number, entry)
            changes.notes.append(
                f"“{plan}” is not as its version {newest.number}: version {number} is "
                "a draft and waits to be published"
            )


def _make_draft(plan: TrainingPlan, number: int, entry: Entry) -> PlanVersion:
    version = PlanVersion.objects.create(
        plan=plan, number=number, source=entry.get("source", "")
    )
    phases = {
        row["key"]: Phase.objects.create(version=version, order=order, **row)
        for order, row in enumerate(entry["phases"], 1)
    }
    topics = {topic.code: topic for topic in Topic.objects.all()}
    roles = {role.key: role for role in Role.objects.all()}
    trainings = {training.key: training for training in Training.objects.all()}
    for order, row in enumerate(entry["requirements"], 1):
        count, unit = _offset(row.get("renewal"))
        requirement = Requirement.objects.create(
            version=version,
            phase=phases[row["phase"]],
            topic=topics[row["topic"]],
            order=order,
            firmness=row.get("firmness", "aim"),
            renewal_count=count,
            renewal_unit=unit,
            yearly_month=row.get("yearly_month"),
            yearly_day=row.get("yearly_day"),
            yearly_spares_days=row.get("yearly_spares_days", 90),
            first_from=row.get("first_from", "offset"),
            renewal_notice_days=row.get("renewal_notice_days", 60),
            is_signed=row.get("signed", True),
            is_before_families=row.get("before_families", False),
            note=row.get("note", ""),
        )
        _make_audiences(requirement, row["audiences"], roles)
        RefresherTurn.objects.bulk_create(
            RefresherTurn(requirement=requirement, order=place, training=trainings[key])
            for place, key in enumerate(_turns(row), 1)
        )
    ChecklistEntry.objects.bulk_create(
        ChecklistEntry(version=version, order=order, **row)
        for order, row in enumerate(entry.get("checklist", []), 1)
    )
    return version


def _make_audiences(
    requirement: Requirement, rows: Sequence[Entry], roles: dict[str, Role]
) -> None:
    made = []
    for row in rows:
        count, unit = _offset(row["within"])
        aim_count, aim_unit = _offset(row.get("aim"))
        made.append(
            RequirementAudience(
                requirement=requirement,
                role=roles[row["role"]] if "role" in row else None,
                obligation=row["obligation"],
                portion=row.get("portion", ""),
                offset_count=count,
                offset_unit=unit,
                aim_count=aim_count,
                aim_unit=aim_unit,
            )
        )
    RequirementAudience.objects.bulk_create(made)


def _turns(row: Entry) -> list[str]:
    return [turn["training"] for turn in row.get("turns", [])]


def _offset(text: str | None) -> tuple[int | None, str]:
    if text is None:
        return None, "months"
    read = offset(text)
    return read.count, read.unit


def write_plans(keys: Sequence[str]) -> list[Entry | None]:
    """Plans as their newest versions have them, a draft included."""
    found = {}
    for plan in TrainingPlan.objects.filter(key__in=keys):
        newest = plan.versions.order_by("-number").first()
        if newest is not None:
            found[plan.key] = _written_version(newest)
    return [found.get(key) for key in keys]


def _written_version(version: PlanVersion) -> Entry:
    requirements = version.requirements.select_related("phase", "topic")
    return without_defaults(
        PLANS.fields,
        {
            "key": version.plan.key,
            "title": version.plan.title,
            "source": version.source,
            "phases": list(version.phases.values("key", "title", "short_title")),
            "requirements": [
                _written_requirement(row)
                for row in requirements.order_by("order", "pk").prefetch_related(
                    "audiences__role", in_turn()
                )
            ],
            "checklist": [
                without_defaults(CHECKLIST, row)
                for row in version.checklist.values("key", "kind", "title", "hint")
            ],
        },
    )


def _written_requirement(row: Requirement) -> Entry:
    return without_defaults(
        REQUIREMENT,
        {
            "topic": row.topic.code,
            "phase": row.phase.key,
            "firmness": row.firmness,
            "renewal": span(row.renewal_count, row.renewal_unit),
            "yearly_month": row.yearly_month,
            "yearly_day": row.yearly_day,
            "yearly_spares_days": row.yearly_spares_days,
            "first_from": row.first_from,
            "renewal_notice_days": row.renewal_notice_days,
            "signed": row.is_signed,
            "before_families": row.is_before_families,
            "note": row.note,
            "audiences": [_written_audience(each) for each in row.audiences.all()],
            "turns": [{"training": turn.training.key} for turn in row.turns.all()],
        },
    )


def _written_audience(row: RequirementAudience) -> Entry:
    return without_defaults(
        AUDIENCE,
        {
            "role": row.role.key if row.role else "",
            "obligation": row.obligation,
            "portion": row.portion,
            "within": span(row.offset_count, row.offset_unit),
            "aim": span(row.aim_count, row.aim_unit),
        },
    )
