"""A plan as a program writes it down: YAML in, plain values out."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .dates import Offset
from .obligations import Audience

STARTER_PLAN = Path(__file__).parents[1] / "starter" / "plan.yaml"
STARTER_TRAININGS = STARTER_PLAN.with_name("trainings.yaml")


@dataclass(frozen=True)
class Row:
    """One requirement of the file, in plan order."""

    code: str
    title: str
    phase: str
    firmness: str
    renewal: Offset | None
    is_before_families: bool
    note: str
    audiences: tuple[Audience, ...]


@dataclass(frozen=True)
class PlanFile:
    plan: Mapping[str, Any]
    phases: tuple[Mapping[str, Any], ...]
    rows: tuple[Row, ...]
    checklist: tuple[Mapping[str, Any], ...]
    roles: tuple[Mapping[str, Any], ...]
    competencies: tuple[Mapping[str, Any], ...]


def read_yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def read_plan(path: Path = STARTER_PLAN) -> PlanFile:
    data = read_yaml(path)
    return PlanFile(
        plan=data["plan"],
        phases=tuple(data["phases"]),
        rows=tuple(_row(each) for each in data["requirements"]),
        checklist=tuple(data["checklist"]),
        roles=tuple(data["roles"]),
        competencies=tuple(data["competencies"]),
    )


def _row(data: Mapping[str, Any]) -> Row:
    return Row(
        code=data["topic"],
        title=data["title"],
        phase=data["phase"],
        firmness=data.get("firmness", "aim"),
        renewal=_offset(data.get("renewal")),
        is_before_families=data.get("before_families", False),
        note=data.get("note", ""),
        audiences=tuple(_audience(each) for each in data["audiences"]),
    )


def _audience(data: Mapping[str, Any]) -> Audience:
    return Audience(
        role=data.get("role"),
        obligation=data["obligation"],
        portion=data.get("portion", ""),
        offset=_required_offset(data["within"]),
        aim=_offset(data.get("aim")),
    )


def _offset(text: str | None) -> Offset | None:
    return _required_offset(text) if text else None


def _required_offset(text: str) -> Offset:
    count, unit = text.split()
    return Offset(int(count), unit if unit.endswith("s") else f"{unit}s")
