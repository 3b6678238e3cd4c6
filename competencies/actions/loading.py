"""Loads and writes the engine's sections of a state pack."""

from collections.abc import Sequence
from typing import Any

from competencies.models import (
    Competency,
    Topic,
    Training,
    TrainingPlan,
    TrainingTopic,
)
from competencies.rules.packs import (
    COMPETENCIES,
    PLANS,
    TOPICS,
    TRAININGS,
)
from lms.actions import Changes, PackSection, without_defaults
from lms.models import Role
from lms.rules import Entry

from .plan_versions import load_plans, write_plans


def load_competencies(entries: Sequence[Entry], changes: Changes) -> None:
    roles = {role.key: role for role in Role.objects.all()}
    for entry in entries:
        values = {
            "role": roles.get(entry.get("role", "")),
            "kind": entry.get("kind", "core"),
            "title": entry["title"],
            "description": entry.get("description", ""),
            "is_skill": entry.get("skill", False),
        }
        changes.put(Competency, {"code": entry["code"]}, values)


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
def write_competencies(keys: Sequence[str]) -> list[Entry | None]:
    rows = Competency.objects.filter(code__in=keys).select_related("role")
    found = {
        row.code: without_defaults(
            COMPETENCIES.fields,
            {
                "code": row.code,
                "role": row.role.key if row.role else "",
                "kind": row.kind,
                "title": row.title,
                "description": row.description,
                "skill": row.is_skill,
            },
        )
        for row in rows
    }
    return [found.get(key) for key in keys]


def load_topics(entries: Sequence[Entry], changes: Changes) -> None:
    for entry in entries:
        values = {name: entry.get(name, "") for name in ("title", "summary", "source")}
        changes.put(Topic, {"code": entry["code"]}, values)


def write_topics(keys: Sequence[str]) -> list[Entry | None]:
    names = ["code", "title", "summary", "source"]
    found = {
        row["code"]: without_defaults(TOPICS.fields, row)
        for row in Topic.objects.filter(code__in=keys).values(*names)
    }
    return [found.get(key) for key in keys]


def load_trainings(entries: Sequence[Entry], changes: Changes) -> None:
    topics = {topic.code: topic for topic in Topic.objects.all()}
    for entry in entries:
        values: dict[str, Any] = {
            "title": entry["title"],
            "kind": entry["kind"],
            "provider": entry.get("provider", ""),
            "summary": entry.get("summary", ""),
            "hours": entry.get("hours"),
            "sign_up_url": entry.get("sign_up_url", ""),
            "is_offered": entry.get("offered", True),
        }
        if entry["kind"] != Training.Kind.MODULE:
            values["minutes"] = entry.get("minutes")
        training = changes.put(Training, {"key": entry["key"]}, values)
        kept = [
            changes.put(
                TrainingTopic,
                {
                    "training": training,
                    "topic": topics[taught["topic"]],
                    "portion": taught.get("portion", ""),
                },
                {"effect": taught.get("effect", "completes")},
            ).pk
            for taught in entry["topics"]
        ]
        training.taught.exclude(pk__in=kept).delete()


def write_trainings(keys: Sequence[str]) -> list[Entry | None]:
    rows = Training.objects.filter(key__in=keys).prefetch_related("taught__topic")
    found = {row.key: _written_training(row) for row in rows}
    return [found.get(key) for key in keys]


def _written_training(row: Training) -> Entry:
    of_topic = TRAININGS.fields.shapes["topics"].of
    is_module = row.kind == Training.Kind.MODULE
    return without_defaults(
        TRAININGS.fields,
        {
            "key": row.key,
            "kind": row.kind,
            "title": row.title,
            "provider": row.provider,
            "summary": row.summary,
            "minutes": None if is_module else row.minutes,
            "hours": _plain(row.hours),
            "sign_up_url": row.sign_up_url,
            "offered": row.is_offered,
            "topics": [
                without_defaults(
                    of_topic,
                    {
                        "topic": taught.topic.code,
                        "portion": taught.portion,
                        "effect": taught.effect,
                    },
                )
                for taught in sorted(row.taught.all(), key=lambda each: each.pk)
            ],
        },
    )


def _plain(hours: Any) -> float | int | None:
    if hours is None:
        return None
    return int(hours) if hours == int(hours) else float(hours)


PACK_SECTIONS = [
    PackSection(
        COMPETENCIES,
        load_competencies,
        write_competencies,
        model=Competency,
        order=40,
    ),
    PackSection(TOPICS, load_topics, write_topics, model=Topic, order=50),
    PackSection(TRAININGS, load_trainings, write_trainings, order=60, model=Training),
    PackSection(PLANS, load_plans, write_plans, order=70, model=TrainingPlan),
]
