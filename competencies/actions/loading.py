"""Loads and writes the engine's sections of a state pack."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from competencies.models import (
    Competency,
    RetakeOrder,
    Topic,
    TopicEquivalence,
    Training,
    TrainingPlan,
    TrainingTopic,
)
from competencies.rules.packs import (
    COMPETENCIES,
    EQUIVALENCES,
    PLANS,
    RETAKES,
    TOPICS,
    TRAININGS,
    offset,
    span,
)
from lms.actions import Changes, PackSection, without_defaults
from lms.models import Role, StaffMember
from lms.rules import Entry

from .everyone import sync_everyone
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


def load_equivalences(entries: Sequence[Entry], changes: Changes) -> None:
    topics = {topic.code: topic for topic in Topic.objects.all()}
    for entry in entries:
        values = {
            "topic": topics[entry["topic"]],
            "portion": entry.get("portion", ""),
            "source": entry.get("source", ""),
        }
        parts = [topics[code] for code in entry["parts"]]
        changes.put(
            TopicEquivalence, {"key": entry["key"]}, values, many={"parts": parts}
        )
    _let_plans_follow(entries)


def _let_plans_follow(entries: Sequence[Entry]) -> None:
    if entries and StaffMember.objects.exists():
        sync_everyone(by=None, at=timezone.now())


def write_equivalences(keys: Sequence[str]) -> list[Entry | None]:
    rows = TopicEquivalence.objects.filter(key__in=keys).select_related("topic")
    found = {
        row.key: without_defaults(
            EQUIVALENCES.fields,
            {
                "key": row.key,
                "topic": row.topic.code,
                "portion": row.portion,
                "parts": sorted(part.code for part in row.parts.all()),
                "source": row.source,
            },
        )
        for row in rows.prefetch_related("parts")
    }
    return [found.get(key) for key in keys]


def load_retakes(entries: Sequence[Entry], changes: Changes) -> None:
    topics = {topic.code: topic for topic in Topic.objects.all()}
    roles = {role.key: role for role in Role.objects.all()}
    known = set(RetakeOrder.objects.values_list("key", flat=True))
    for entry in entries:
        within = offset(entry["within"])
        values: dict[str, Any] = {
            "topic": topics[entry["topic"]],
            "starts_on": datetime.date.fromisoformat(entry["from"]),
            "within_count": within.count,
            "within_unit": within.unit,
            "because": entry.get("because", ""),
        }
        if entry["key"] not in known:
            values["ordered_at"] = timezone.now()
        asked = [roles[key] for key in entry.get("roles", [])]
        changes.put(RetakeOrder, {"key": entry["key"]}, values, many={"roles": asked})
    _let_plans_follow(entries)


def write_retakes(keys: Sequence[str]) -> list[Entry | None]:
    rows = RetakeOrder.objects.filter(key__in=keys).select_related("topic")
    found = {
        row.key: without_defaults(
            RETAKES.fields,
            {
                "key": row.key,
                "topic": row.topic.code,
                "from": row.starts_on.isoformat(),
                "within": span(row.within_count, row.within_unit),
                "roles": sorted(role.key for role in row.roles.all()),
                "because": row.because,
            },
        )
        for row in rows.prefetch_related("roles")
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
    PackSection(
        EQUIVALENCES,
        load_equivalences,
        write_equivalences,
        model=TopicEquivalence,
        order=55,
    ),
    PackSection(TRAININGS, load_trainings, write_trainings, order=60, model=Training),
    PackSection(PLANS, load_plans, write_plans, order=70, model=TrainingPlan),
    PackSection(RETAKES, load_retakes, write_retakes, order=75, model=RetakeOrder),
]
