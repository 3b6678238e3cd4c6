"""Files on disk: private copies of them, and putting a copy in place."""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path


class BackupError(Exception):
    """Something a person has to settle first; its text says what."""


@contextlib.contextmanager
def for_nobody_else() -> Iterator[None]:
    """Files made in this block are 0600, folders 0700."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def copy(source: Path, target: Path) -> None:
    """Copy a file or a whole folder; contents alone, no rights and no owner."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_file():
        shutil.copyfile(source, target)
        return
    target.mkdir(exist_ok=True)
    for each in source.iterdir():
        copy(each, target / each.name)


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a folder, by its path from there."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256")
            found[path.relative_to(folder).as_posix()] = digest.hexdigest()
    return found


def remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    elif path.exists():
        path.unlink()


@contextlib.contextmanager
def put_in_place(copies: Mapping[Path, Path]) -> Iterator[None]:
    """Let each path hold what its copy holds; if the block fails, what it held before.

    Copying, which can take long or find the disk full, is done before anything moves.
    """
    for path in copies:
        _refuse_leftovers(_beside(path, "before"), path)
    moved: list[Path] = []
    try:
        for path, source in copies.items():
            copy(source, _beside(path, "restoring"))
        for path in copies:
            _exchange(path)
            moved.append(path)
        yield
    except BaseException:
        for path in moved:
            _change_back(path)
        raise
    finally:
        for path in copies:
            remove(_beside(path, "restoring"))
    for path in moved:
        remove(_beside(path, "before"))


def _beside(path: Path, word: str) -> Path:
    return path.with_name(f"{path.name}.{word}")


def _exchange(path: Path) -> None:
    if path.exists():
        path.rename(_beside(path, "before"))
    _beside(path, "restoring").rename(path)


def _change_back(path: Path) -> None:
    remove(path)
    if _beside(path, "before").exists():
        _beside(path, "before").rename(path)


def _refuse_leftovers(before: Path, path: Path) -> None:
    if before.exists():
        raise BackupError(
            f"An earlier restore was cut off and left {before}, which holds what was "
            f"there until then. If {path} is as it should be, delete {before}; if not, "
            f"move it back. Then start again."
        )
