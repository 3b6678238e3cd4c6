"""The key ring: a file, apart from the database, with the keys that wrap data keys.

Several keys, each with an id; the last one is the newest and wraps what is new. The
file is replaced whole or not at all, and never made but by ``make``.
"""

import base64
import datetime
import fcntl
import json
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from lms.conf import conf

from .envelope import SealBrokenError, decrypt, encrypt, new_key

KEY_BYTES = 32


class VaultClosedError(Exception):
    """The ring is missing, or is not this database's; says why, to the operator."""


@dataclass(frozen=True)
class WrappingKey:
    id: str
    made_on: datetime.date
    key: bytes = field(repr=False)


@dataclass(frozen=True)
class Ring:
    keys: tuple[WrappingKey, ...]

    @property
    def newest(self) -> WrappingKey:
        return self.keys[-1]

    def wrap(self, key: bytes, binding: Sequence[str]) -> bytes:
        """The key, wrapped by the newest."""
        return encrypt(self.newest.key, key, binding)

    def unwrap(self, wrapped: bytes, by: str, binding: Sequence[str]) -> bytes:
        for each in self.keys:
            if each.id == by:
                return decrypt(each.key, wrapped, binding)
        raise VaultClosedError(f"The key ring {_path()} has no key {by}.")

    def opens(self, wrapped: bytes, by: str, binding: Sequence[str]) -> bool:
        try:
            self.unwrap(wrapped, by, binding)
        except (SealBrokenError, VaultClosedError):
            return False
        return True


def _path() -> Path:
    if conf.vault_ring is None:
        raise VaultClosedError("No key ring is named: set LMS_VAULT_RING to its path.")
    return conf.vault_ring


def load() -> Ring:
    """Read the ring, anew each time: another process may have added a key."""
    path = _path()
    try:
        rows = json.loads(path.read_text())["keys"]
        keys = tuple(
            WrappingKey(
                id=row["id"],
                made_on=datetime.date.fromisoformat(row["made_on"]),
                key=base64.b64decode(row["key"], validate=True),
            )
            for row in rows
        )
    except OSError as error:
        raise VaultClosedError(
            f"The key ring {path} cannot be read: {error.strerror}."
        ) from None
    except (KeyError, TypeError, ValueError):
        raise VaultClosedError(f"The key ring {path} is damaged.") from None
    if not keys or any(len(each.key) != KEY_BYTES for each in keys):
        raise VaultClosedError(f"The key ring {path} is damaged.")
    return Ring(keys)


def ring_fault() -> str:
    """Why the file gives no keys, in a sentence for the operator; empty if it does."""
    try:
        load()
    except VaultClosedError as closed:
        return str(closed)
    return ""


def make(*, on: datetime.date) -> Ring:
    """Make the file, with one key. There must be none: it raises FileExistsError."""
    path = _path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    ring = Ring((_new_wrapping_key(on),))
    _write(ring, path, os.link)
    return ring


def add_key(*, on: datetime.date) -> Ring:
    """Put a new key on the ring; it is the newest from now on."""
    with _locked():
        ring = Ring((*load().keys, _new_wrapping_key(on)))
        _write(ring, _path(), os.replace)
    return ring


def drop_keys(ids: set[str]) -> None:
    with _locked():
        kept = tuple(each for each in load().keys if each.id not in ids)
        _write(Ring(kept), _path(), os.replace)


def _new_wrapping_key(on: datetime.date) -> WrappingKey:
    return WrappingKey(
        id=f"{on.isoformat()}-{secrets.token_hex(4)}", made_on=on, key=new_key()
    )


@contextmanager
def _locked() -> Iterator[None]:
    """One writer at a time, so that no key that was added is lost."""
    with _path().with_suffix(".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _write(ring: Ring, path: Path, put: Callable[[str, Path], None]) -> None:
    """Write beside it, then ``put`` it in place; on the disk before this returns."""
    rows = [
        {
            "id": each.id,
            "made_on": each.made_on.isoformat(),
            "key": base64.b64encode(each.key).decode(),
        }
        for each in ring.keys
    ]
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(descriptor, "w") as file:
            json.dump({"keys": rows}, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        put(beside, path)
    finally:
        Path(beside).unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
