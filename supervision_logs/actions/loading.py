"""Themes and targets of supervision, loaded from a state pack and written to one."""

from collections.abc import Sequence

from lms.actions import Changes, PackSection, without_defaults
from lms.models import Role
from lms.rules import Entry
from supervision_logs.models import Target, Theme
from supervision_logs.rules import TARGETS, THEMES

AS_IT_STANDS = ("title", "minutes", "per")
ANY_IF_EMPTY = ("format", "occasion", "mode", "purpose", "source")


def load_themes(entries: Sequence[Entry], changes: Changes) -> None:
    for entry in entries:
        values = {"kind": entry["kind"], "title": entry["title"]}
        changes.put(Theme, {"key": entry["key"]}, values)


def write_themes(keys: Sequence[str]) -> list[Entry | None]:
    found = {
        row.key: without_defaults(
            THEMES.fields, {"key": row.key, "kind": row.kind, "title": row.title}
        )
        for row in Theme.objects.filter(key__in=keys)
    }
    return [found.get(key) for key in keys]


def load_targets(entries: Sequence[Entry], changes: Changes) -> None:
    roles = {role.key: role for role in Role.objects.all()}
    for entry in entries:
        values = {name: entry[name] for name in AS_IT_STANDS}
        values |= {name: entry.get(name, "") for name in ANY_IF_EMPTY}
        values["role"] = roles.get(entry.get("role", ""))
        values["is_pro_rated"] = entry.get("pro_rated", False)
        changes.put(Target, {"key": entry["key"]}, values)


def write_targets(keys: Sequence[str]) -> list[Entry | None]:
    rows = Target.objects.filter(key__in=keys).select_related("role")
    found = {row.key: _written(row) for row in rows}
    return [found.get(key) for key in keys]


def _written(row: Target) -> Entry:
    values = {name: getattr(row, name) for name in (*AS_IT_STANDS, *ANY_IF_EMPTY)}
    values["key"] = row.key
    values["role"] = row.role.key if row.role else ""
    values["pro_rated"] = row.is_pro_rated
    return without_defaults(TARGETS.fields, values)


PACK_SECTIONS = [
    PackSection(THEMES, load_themes, write_themes, model=Theme, order=80),
    PackSection(TARGETS, load_targets, write_targets, model=Target, order=90),
]
