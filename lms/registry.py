"""What other apps add to the hub, under names that can be stored.

**Measures** are things that can be counted about people. An award says "35 of
supervision_logs.hours"; it knows the key, not the app. Apps add them with the hook
``register_lms_measures``: no argument, returns a list of ``Measure``.

**Data sets** fill a new database: the starter data every program begins with
(``register_lms_starter_data``) and the demonstration program
(``register_lms_demo_data``). Both: no argument, returns a ``DataSet`` whose ``load``
is safe to run again and returns a sentence for each thing it changed.

**Backup parts** are what a backup holds beside the database
(``register_lms_backup_parts``: no argument, returns a list of ``BackupPart``).

**Memories** keep a restore from bringing back what had to go
(``register_lms_after_restore``: no argument, returns a ``Memory``).

**Kinds of import** are lists that can be brought in (``register_lms_import_kinds``: no
argument, returns a list of ``ImportKind``); ``lms.imports`` does what all have in
common.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

from django.core.files.storage import FileSystemStorage, Storage
from django.utils.functional import Promise
from wagtail import hooks


@dataclass(frozen=True)
class Measure:
    """``values(people, on)`` maps the primary keys of those people to an amount.

    A person missing from the answer is not counted here, which is never *met*.
    """

    key: str
    label: str
    values: Callable[[Iterable[Any], datetime.date], dict[int, Decimal]]


@dataclass(frozen=True)
class DataSet:
    label: str
    load: Callable[[], list[str]]
    order: int = 100


@dataclass(frozen=True)
class BackupPart:
    """Files and folders, and tables of the database, that are copied together.

    What ``is_key`` is written to another place than the data it opens. ``tables`` are
    those of a key part: their rows leave the copy of the database and lie with the
    keys. A path that does not exist is left out, and left alone by a restore.
    """

    key: str
    paths: Callable[[], list[Path]] = list
    tables: tuple[str, ...] = ()
    is_key: bool = False

    @classmethod
    def of_storage(cls, key: str, storage: Storage) -> Self:
        """What a storage holds; nothing, where that is not on this machine's disk."""
        if isinstance(storage, FileSystemStorage):
            return cls(key, lambda: [Path(storage.location)])
        return cls(key)


@dataclass(frozen=True)
class Memory:
    """What a database must remember over a restore, such as who asked to be deleted.

    ``recall()`` is asked of the database that is replaced. ``apply(recalled)`` then
    runs on the restored one, before anybody sees it, with the files already in place;
    it returns a sentence for each thing it did.
    """

    key: str
    recall: Callable[[], Any]
    apply: Callable[[Any], list[str]]


@dataclass(frozen=True)
class ImportKind:
    """``look(job, rows)`` says of each row what it comes to. ``apply(job, rows, at,
    is_last)`` looks again and writes, in one transaction; a row that no longer fits it
    marks as wrong.

    ``label`` is the link to the page where such a list is uploaded, ``start_url`` that
    page's name, ``choices_url`` the name of the one where something is chosen before
    the list can be looked at; ``afterwards`` says what is left to do when it is in.
    Where lines of a list may name each other, ``rounds`` is 2: a long list is gone
    through once more when everybody is there, with ``is_last`` true.
    """

    key: str
    label: str | Promise
    look: Callable[[Any, Sequence[Any]], None]
    apply: Callable[..., None]
    start_url: str
    afterwards: str | Promise
    choices_url: str = ""
    rounds: int = 1


def import_kinds() -> dict[str, ImportKind]:
    return {
        kind.key: kind
        for register in hooks.get_hooks("register_lms_import_kinds")
        for kind in register()
    }


def all_measures() -> dict[str, Measure]:
    return {
        measure.key: measure
        for register in hooks.get_hooks("register_lms_measures")
        for measure in register()
    }


def _data_sets(hook: str) -> list[DataSet]:
    return sorted(
        (register() for register in hooks.get_hooks(hook)), key=lambda each: each.order
    )


def starter_data() -> list[DataSet]:
    return _data_sets("register_lms_starter_data")


def demo_data() -> list[DataSet]:
    return _data_sets("register_lms_demo_data")


def backup_parts() -> list[BackupPart]:
    return [
        part
        for register in hooks.get_hooks("register_lms_backup_parts")
        for part in register()
    ]


def memories() -> list[Memory]:
    return [register() for register in hooks.get_hooks("register_lms_after_restore")]
