"""Loads a plan file and a list of trainings; safe to repeat."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from competencies.models import (
    ChecklistEntry,
    Competency,
    Phase,
    PlanVersion,
    Requirement,
    RequirementAudience,
    Topic,
    Training,
    TrainingPlan,
    TrainingTopic,
)
from competencies.rules.plan_file import (
    STARTER_PLAN,
    STARTER_TRAININGS,
    PlanFile,
    Row,
    read_plan,
    read_yaml,
)
from lms.models import Role


@transaction.atomic
def load_starter_plan() -> list[str]:
    """Load the starter plan and its trainings; a sentence for each change.

    A published version is frozen: where it exists already, only roles, topics,
    competencies and trainings are brought up to date.
    """
    file = read_plan(STARTER_PLAN)
    changes = _Changes()
    roles = {
        row["key"]: _load_role(row, n, changes) for n, row in enumerate(file.roles)
    }
    topics = {
        row.code: _load_topic(row, n, changes) for n, row in enumerate(file.rows, 1)
    }
    for number, row in enumerate(file.competencies):
        _load_competency(row, number, roles, changes)
    _load_version(file, topics, roles, changes)
    for row in read_yaml(STARTER_TRAININGS):
        _load_training(row, topics, changes)
    return changes.sentences()


class _Changes:
    def __init__(self) -> None:
        self.added: dict[str, int] = {}
        self.changed: dict[str, int] = {}

    def put(
        self, model: type[models.Model], key: Mapping[str, Any], values: dict[str, Any]
    ) -> models.Model:
        """Make the row what the file says, and count what that took."""
        row = model._default_manager.filter(**key).first()
        name = str(model._meta.verbose_name_plural)
        if row is None:
            self.added[name] = self.added.get(name, 0) + 1
            return model._default_manager.create(**key, **values)
        differing = [
            field for field, value in values.items() if getattr(row, field) != value
        ]
        if differing:
            for field in differing:
                setattr(row, field, values[field])
            row.save(update_fields=differing)
            self.changed[name] = self.changed.get(name, 0) + 1
        return row

    def sentences(self) -> list[str]:
        return [f"{count} {name} added" for name, count in self.added.items()] + [
            f"{count} {name} changed" for name, count in self.changed.items()
        ]


def _load_role(row: Mapping[str, Any], order: int, changes: _Changes) -> Role:
    return changes.put(
        Role,
        {"key": row["key"]},
        {
            "title": row["title"],
            "abbreviation": row.get("abbreviation", ""),
            "kind": row["kind"],
            "reason": row["reason"],
            "summary": row.get("summary", ""),
            "order": order,
        },
    )


def _load_topic(row: Row, order: int, changes: _Changes) -> Topic:
    return changes.put(Topic, {"code": row.code}, {"title": row.title, "order": order})


def _load_competency(
    row: Mapping[str, Any], order: int, roles: dict[str, Role], changes: _Changes
) -> None:
    changes.put(
        Competency,
        {"code": row["code"]},
        {
            "role": roles.get(row.get("role", "")),
            "kind": row.get("kind", "core"),
            "title": row["title"],
            "description": row.get("description", ""),
            "is_skill": row.get("skill", False),
            "order": order,
        },
    )


def _load_version(
    file: PlanFile,
    topics: dict[str, Topic],
    roles: dict[str, Role],
    changes: _Changes,
) -> None:
    plan = changes.put(
        TrainingPlan, {"key": file.plan["key"]}, {"title": file.plan["title"]}
    )
    number = file.plan["version"]
    if PlanVersion.objects.filter(plan=plan, number=number).exists():
        return
    version = changes.put(
        PlanVersion,
        {"plan": plan, "number": number},
        {"source": file.plan["source"]},
    )
    phases = {
        row["key"]: Phase.objects.create(version=version, order=order, **row)
        for order, row in enumerate(file.phases, 1)
    }
    for order, row in enumerate(file.rows, 1):
        _make_requirement(
            version, phases[row.phase], topics[row.code], order, row, roles
        )
    ChecklistEntry.objects.bulk_create(
        ChecklistEntry(version=version, order=order, **row)
        for order, row in enumerate(file.checklist, 1)
    )
    version.publish(timezone.now())


def _make_requirement(
    version: PlanVersion,
    phase: Phase,
    topic: Topic,
    order: int,
    row: Row,
    roles: dict[str, Role],
) -> None:
    requirement = Requirement.objects.create(
        version=version,
        phase=phase,
        topic=topic,
        order=order,
        firmness=row.firmness,
        renewal_count=row.renewal.count if row.renewal else None,
        renewal_unit=row.renewal.unit if row.renewal else "months",
        is_before_families=row.is_before_families,
        note=row.note,
    )
    RequirementAudience.objects.bulk_create(
        RequirementAudience(
            requirement=requirement,
            role=roles[audience.role] if audience.role else None,
            obligation=audience.obligation,
            portion=audience.portion,
            offset_count=audience.offset.count,
            offset_unit=audience.offset.unit,
            aim_count=audience.aim.count if audience.aim else None,
            aim_unit=audience.aim.unit if audience.aim else "months",
        )
        for audience in row.audiences
    )


def _load_training(
    row: Mapping[str, Any], topics: dict[str, Topic], changes: _Changes
) -> None:
    training = changes.put(
        Training,
        {"key": row["key"]},
        {
            "title": row["title"],
            "kind": row["kind"],
            "provider": row.get("provider", ""),
            "summary": row.get("summary", ""),
            "sign_up_url": row.get("sign_up_url", ""),
        },
    )
    for taught in row["topics"]:
        changes.put(
            TrainingTopic,
            {
                "training": training,
                "topic": topics[taught["topic"]],
                "portion": taught.get("portion", ""),
            },
            {"effect": taught.get("effect", "completes")},
        )
