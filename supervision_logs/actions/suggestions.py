"""Suggestions, loaded from a state pack and written to one."""

from collections.abc import Sequence

from lms.actions import Changes, PackSection, without_defaults
from lms.rules import Entry
from supervision_logs.models import Suggestion
from supervision_logs.rules import SUGGESTIONS


def load_suggestions(entries: Sequence[Entry], changes: Changes) -> None:
    for entry in entries:
        values = {name: entry.get(name, "") for name in ("kind", "title", "hint")}
        changes.put(Suggestion, {"key": entry["key"]}, values)


def write_suggestions(keys: Sequence[str]) -> list[Entry | None]:
    found = {
        row.key: without_defaults(
            SUGGESTIONS.fields,
            {"key": row.key, "kind": row.kind, "title": row.title, "hint": row.hint},
        )
        for row in Suggestion.objects.filter(key__in=keys)
    }
    return [found.get(key) for key in keys]


SUGGESTION_SECTION = PackSection(
    SUGGESTIONS, load_suggestions, write_suggestions, model=Suggestion, order=85
)
