"""The manifest: what a copy holds, so that it can be shown to be whole."""

import datetime
import json
import platform
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

import django
import wagtail

from .folders import BackupError, digests

NAME = "manifest.json"


def versions() -> dict[str, str]:
    return {
        "django": django.__version__,
        "wagtail": wagtail.__version__,
        "python": platform.python_version(),
    }


@dataclass(frozen=True)
class Manifest:
    """``rows`` counts the rows of every table that the folder holds."""

    made_at: datetime.datetime
    database: str
    holds_keys: bool
    rows: dict[str, int]
    versions: dict[str, str] = field(default_factory=versions)
    files: dict[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        told = {
            **asdict(self),
            "made_at": self.made_at.isoformat(),
            "files": digests(folder),
        }
        (folder / NAME).write_text(json.dumps(told, indent=1, sort_keys=True))

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The manifest of a folder that holds exactly the files it names."""
        try:
            told = json.loads((folder / NAME).read_text())
            at = datetime.datetime.fromisoformat(told.pop("made_at"))
            manifest = cls(made_at=at, **told)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BackupError(
                f"{folder} is not a whole backup: its {NAME} cannot be read. Name the "
                f"folder that “backup --to” printed, such as 2026-11-24T020000Z."
            ) from error
        found = digests(folder)
        found.pop(NAME)
        strange = sorted(
            name
            for name in {*found, *manifest.files}
            if found.get(name) != manifest.files.get(name)
        )
        if strange:
            raise BackupError(
                f"{folder} is not what was written: {', '.join(strange[:5])} was "
                f"changed, added or lost. Take another copy."
            )
        return manifest
