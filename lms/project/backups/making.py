"""Taking a copy, and letting old copies of keys go."""

import datetime
from pathlib import Path

from django.conf import settings

from lms import audit
from lms.registry import BackupPart, backup_parts

from .databases import short_lived, this_database
from .folders import BackupError, copy, for_nobody_else, remove
from .manifests import NAME, Manifest

FILES = "files"
KEYS_ARE_KEPT = datetime.timedelta(days=35)
FOLDER_NAME = "%Y-%m-%dT%H%M%SZ"


def make_backup(
    *, to: Path, keys_to: Path, at: datetime.datetime
) -> tuple[Path, Path, list[str]]:
    """Copy everything to a new folder, and the keys to one of the same name elsewhere.

    Both appear under their names when they are whole. Returns them, and a sentence for
    each thing worth knowing.
    """
    name = at.astimezone(datetime.UTC).strftime(FOLDER_NAME)
    data, keys = (to / name).absolute(), (keys_to / name).absolute()
    _refuse_places(data, keys)
    partial = [path.with_name(f".{name}.partial") for path in (data, keys)]
    try:
        with for_nobody_else():
            for path in partial:
                path.mkdir(parents=True)
            sentences = _fill(*partial, at)
        partial[1].rename(keys)
        partial[0].rename(data)
    except OSError as error:
        raise BackupError(f"The copy could not be written: {error}.") from error
    finally:
        for path in partial:
            remove(path)
    audit.record(act="backup.made", actor=None, about=None, at=at, facts={"name": name})
    return data, keys, sentences + _let_old_keys_go(keys_to, at)


def _refuse_places(data: Path, keys: Path) -> None:
    if data.is_relative_to(keys.parent) or keys.is_relative_to(data.parent):
        raise BackupError(
            "The keys would lie with what they open. Name another folder: --keys-to."
        )
    own = [path for part in backup_parts() for path in part.paths()]
    for path in [*own, Path(settings.STATIC_ROOT)]:
        for place in (data, keys):
            if place.is_relative_to(path.absolute()):
                raise BackupError(f"{path} is a folder of the site. Name another.")


def _fill(data: Path, keys: Path, at: datetime.datetime) -> list[str]:
    database, parts = this_database(), backup_parts()
    apart = [table for part in parts for table in part.tables]
    rows, key_rows = database.copy_to(data, keys, apart=apart, empty=short_lived())
    for part in parts:
        _copy_files(part, (keys if part.is_key else data) / FILES / part.key)
    for folder, held, holds_keys in [(data, rows, False), (keys, key_rows, True)]:
        Manifest(
            made_at=at, database=database.name, holds_keys=holds_keys, rows=held
        ).write(folder)
    return [
        f"Not in it: {part.key}, which is not on this machine's disk. Keep versions of "
        f"it where it is stored."
        for part in parts
        if not part.paths() and not part.tables
    ]


def _copy_files(part: BackupPart, folder: Path) -> None:
    for path in part.paths():
        if path.exists():
            copy(path, folder / path.name)


def _let_old_keys_go(keys_to: Path, at: datetime.datetime) -> list[str]:
    """What was shredded must not live on in a copy of its key."""
    gone = []
    for path in sorted(keys_to.glob(f"*/{NAME}")):
        manifest = Manifest.read(path.parent)
        if manifest.holds_keys and manifest.made_at < at - KEYS_ARE_KEPT:
            remove(path.parent)
            gone.append(path.parent.name)
    if not gone:
        return []
    return [f"Keys older than 35 days were removed: {', '.join(gone)}."]
