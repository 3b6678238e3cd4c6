"""The way back: a copy is opened beside what is there, looked at, then put in place."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from lms import audit
from lms.models import Person
from lms.registry import backup_parts, memories

from .databases import Rows, all_tables, count, pointed_at, this_database
from .folders import BackupError, for_nobody_else, put_in_place
from .making import FILES
from .manifests import Manifest


def has_a_program() -> bool:
    return Person._meta.db_table in all_tables() and Person.objects.exists()


@dataclass(frozen=True)
class Backup:
    """A copy whose files are those of its manifest, with its keys or without."""

    data: Path
    keys: Path | None
    made_at: datetime.datetime
    rows: Rows

    @classmethod
    def read(cls, data: Path, keys: Path | None) -> Self:
        manifest = Manifest.read(data)
        if manifest.holds_keys:
            raise BackupError(f"{data} holds keys. Name the folder with the data here.")
        if manifest.database != this_database().name:
            raise BackupError(
                f"This copy is of {manifest.database}, and the site runs on "
                f"{this_database().name}. Set DATABASE_URL to match it."
            )
        rows = manifest.rows
        if keys:
            key_manifest = Manifest.read(keys)
            if key_manifest.made_at != manifest.made_at or not key_manifest.holds_keys:
                raise BackupError(f"{keys} does not hold the keys of {data}.")
            rows = rows | key_manifest.rows
        return cls(data, keys, manifest.made_at, rows)

    def verify(self) -> str:
        """Open the copy as a database of its own, and compare it with its manifest."""
        with self._opened():
            return self._whole()

    def preview(self) -> list[str]:
        """What a restore would replace; empty where there is nothing yet."""
        if not has_a_program():
            return []
        with connection.cursor() as cursor:
            here = count(cursor, all_tables() & set(self.rows))
        return [
            f"This replaces what is here with the copy of {self._day()}, files and "
            f"all. What was entered since is lost.",
            *(
                f"  {model._meta.verbose_name_plural}: {here[table]} here, "
                f"{self.rows[table]} in the copy"
                for model in apps.get_models()
                if (table := model._meta.db_table) in here
                and here[table] != self.rows[table]
            ),
        ]

    def restore(self, at: datetime.datetime) -> list[str]:
        """Put the copy in place, or leave everything as it was and say why."""
        recalled = {}
        if has_a_program():
            recalled = {memory.key: memory.recall() for memory in memories()}
        with self._opened() as name, put_in_place(self._files()):
            with pointed_at(name):
                said = _make_current(recalled, at)
            this_database().put_in_place(name)
        cache.clear()
        return [self._whole(), *said, f"What was copied on {self._day()} is back."]

    @contextmanager
    def _opened(self) -> Iterator[str]:
        with for_nobody_else(), this_database().opened(self.data, self.keys) as name:
            with pointed_at(name):
                self._compare()
                _refuse_a_newer_program()
                _refuse_a_broken_trail()
            yield name

    def _compare(self) -> None:
        with connection.cursor() as cursor:
            found = count(cursor, all_tables())
        if found != self.rows:
            strange = sorted({*found.items()} ^ {*self.rows.items()})
            raise BackupError(
                f"The copy opens, and is not what its manifest counts: {strange[:5]}."
            )

    def _files(self) -> dict[Path, Path]:
        """Where each file belongs, and where its copy lies."""
        found = {}
        for part in backup_parts():
            folder = self.keys if part.is_key else self.data
            for path in part.paths() if folder else []:
                source = folder / FILES / part.key / path.name
                if source.exists():
                    found[path] = source
        return found

    def _whole(self) -> str:
        return (
            f"The copy is whole: every file is as it was written, it opens with "
            f"{sum(self.rows.values())} rows in {len(self.rows)} tables as counted, "
            f"and the trail in it has no break."
        )

    def _day(self) -> str:
        return f"{self.made_at:%d %B %Y, %H:%M} UTC"


def _refuse_a_newer_program() -> None:
    loader = MigrationLoader(connection)
    unknown = [
        ".".join(name)
        for name in set(loader.applied_migrations) - set(loader.disk_migrations)
        if name[0] in loader.migrated_apps
    ]
    if unknown:
        raise BackupError(
            f"The copy was made by a newer version ({', '.join(sorted(unknown))}). "
            f"Install that version, then restore."
        )


def _refuse_a_broken_trail() -> None:
    if faults := audit.verify():
        raise BackupError("The trail in the copy is not whole. " + " ".join(faults))


def _make_current(recalled: dict[str, Any], at: datetime.datetime) -> list[str]:
    """Bring the restored database up to this version and to what it must remember."""
    call_command("migrate", interactive=False, verbosity=0)
    said = [
        sentence
        for memory in memories()
        if memory.key in recalled
        for sentence in memory.apply(recalled[memory.key])
    ]
    audit.record(act="backup.restored", actor=None, about=None, at=at)
    return said
