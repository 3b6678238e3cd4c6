"""Loads and writes the awards of a state pack: those that a phase earns."""

from collections.abc import Sequence

from certificates.models import Award
from certificates.rules import AWARDS
from lms.actions import Changes, PackSection, without_defaults
from lms.rules import Entry


def load_awards(entries: Sequence[Entry], changes: Changes) -> None:
    for entry in entries:
        values = {
            "title": entry["title"],
            "phase": entry["phase"],
            "issuer": entry.get("issuer", ""),
            "valid_months": entry.get("valid_months"),
            "is_active": entry.get("active", True),
        }
        changes.put(Award, {"key": entry["key"]}, values)


def write_awards(keys: Sequence[str]) -> list[Entry | None]:
    found = {
        award.key: without_defaults(
            AWARDS.fields,
            {
                "key": award.key,
                "title": award.title,
                "phase": award.phase,
                "issuer": award.issuer,
                "valid_months": award.valid_months,
                "active": award.is_active,
            },
        )
        for award in Award.objects.filter(key__in=keys, earned_by=Award.By.PHASE)
    }
    return [found.get(key) for key in keys]


PACK_SECTION = PackSection(AWARDS, load_awards, write_awards, model=Award, order=80)
