"""Themes of supervision, loaded from a state pack and written to one."""

from collections.abc import Sequence

from lms.actions import Changes, PackSection, without_defaults
from lms.rules import Entry
from supervision_logs.models import Theme
from supervision_logs.rules import THEMES


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


PACK_SECTIONS = [PackSection(THEMES, load_themes, write_themes, model=Theme, order=80)]
