"""The two databases: each copies itself whole while it is in use, opens a copy beside
what is there, and puts it in place in one step."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from .folders import BackupError, copy, remove

Rows = dict[str, int]


class Database(Protocol):
    name: str

    def copy_to(
        self, data: Path, keys: Path, *, apart: Collection[str], empty: Collection[str]
    ) -> tuple[Rows, Rows]:
        """Write both files, the rows of the tables apart with the keys; count them."""

    def opened(self, data: Path, keys: Path | None) -> Any:
        """A context with a copy as a database of its own, gone afterwards."""

    def put_in_place(self, opened: str) -> None:
        """Let the program's database be the one that was opened."""


def this_database() -> Database:
    return {"sqlite": SQLite, "postgresql": PostgreSQL}[connection.vendor]()


@contextlib.contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """In this block, everything reads and writes another database of that name."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def count(cursor: Any, tables: Collection[str]) -> Rows:
    rows = {}
    for table in sorted(tables):
        name = connection.ops.quote_name(table)
        cursor.execute(f"SELECT COUNT(*) FROM {name}")  # noqa: S608  (a table's name)
        rows[table] = cursor.fetchone()[0]
    return rows


def all_tables() -> set[str]:
    return set(connection.introspection.table_names())


def short_lived() -> set[str]:
    """Sessions, which a copy would let its reader use, and the cache."""
    caches = {cache.get("LOCATION") for cache in settings.CACHES.values()}
    return all_tables() & {"django_session", *caches}


class SQLite:
    name = "sqlite"
    file = "database.sqlite3"

    def copy_to(
        self, data: Path, keys: Path, *, apart: Collection[str], empty: Collection[str]
    ) -> tuple[Rows, Rows]:
        tables = all_tables()
        with (
            contextlib.closing(sqlite3.connect(self._path())) as live,
            contextlib.closing(sqlite3.connect(data / self.file)) as target,
        ):
            live.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
            if apart:
                target.execute("ATTACH ? AS keys", [str(keys / self.file)])
            for table in apart:
                name = connection.ops.quote_name(table)
                target.execute(
                    f"CREATE TABLE keys.{name} AS SELECT * FROM main.{name}"  # noqa: S608
                )
            key_rows = count(target.cursor(), apart)
            for table in {*apart, *empty}:
                name = connection.ops.quote_name(table)
                target.execute(f"DELETE FROM main.{name}")  # noqa: S608
            target.commit()
            target.execute("VACUUM main")  # what was deleted is not left on free pages
            return count(target.cursor(), tables), key_rows

    @contextlib.contextmanager
    def opened(self, data: Path, keys: Path | None) -> Iterator[str]:
        folder = self._path().with_name("restoring")
        remove(folder)  # of a restore that was cut off
        try:
            folder.mkdir()
            copy(data / self.file, folder / self.file)
            if keys and (keys / self.file).exists():
                self._add_rows(folder / self.file, keys / self.file)
            yield str(folder / self.file)
        finally:
            remove(folder)

    def _add_rows(self, path: Path, keys: Path) -> None:
        with contextlib.closing(sqlite3.connect(path)) as target:
            target.execute("ATTACH ? AS keys", [str(keys)])
            found = target.execute("SELECT name FROM keys.sqlite_master").fetchall()
            for (table,) in found:
                name = connection.ops.quote_name(table)
                target.execute(
                    f"INSERT INTO main.{name} SELECT * FROM keys.{name}"  # noqa: S608
                )
            target.commit()

    def put_in_place(self, opened: str) -> None:
        """Page by page in one transaction: the file stays, whoever has it open."""
        with (
            contextlib.closing(sqlite3.connect(opened)) as source,
            contextlib.closing(sqlite3.connect(self._path(), timeout=20)) as live,
        ):
            source.backup(live)

    def _path(self) -> Path:
        return Path(connection.settings_dict["NAME"])


class PostgreSQL:
    name = "postgresql"
    file = "database.dump"

    def copy_to(
        self, data: Path, keys: Path, *, apart: Collection[str], empty: Collection[str]
    ) -> tuple[Rows, Rows]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = f"--snapshot={cursor.fetchone()[0]}"
            left_out = [f"--exclude-table-data={name}" for name in {*apart, *empty}]
            self._dump(data / self.file, snapshot, *left_out)
            if apart:
                chosen = [f"--table={name}" for name in apart]
                self._dump(keys / self.file, snapshot, "--data-only", *chosen)
            rows = count(cursor, all_tables())
        held = {name: 0 if name in {*apart, *empty} else rows[name] for name in rows}
        return held, {name: rows[name] for name in apart}

    @contextlib.contextmanager
    def opened(self, data: Path, keys: Path | None) -> Iterator[str]:
        name = f"{self._name()}_restoring"
        self._server(f"DROP DATABASE IF EXISTS {self._quoted(name)}")
        self._server(f"CREATE DATABASE {self._quoted(name)} {self._sorted_alike()}")
        try:
            self._restore(name, data / self.file, "--section=pre-data")
            self._restore(name, data / self.file, "--section=data")
            if keys and (keys / self.file).exists():
                self._restore(name, keys / self.file, "--data-only")
            self._restore(name, data / self.file, "--section=post-data")
            yield name
        finally:
            self._server(f"DROP DATABASE IF EXISTS {self._quoted(name)}")

    def _sorted_alike(self) -> str:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT quote_literal(pg_encoding_to_char(encoding)), "
                "quote_literal(datcollate), quote_literal(datctype) "
                "FROM pg_database WHERE datname = current_database()"
            )
            encoding, collate, ctype = cursor.fetchone()
        return (
            f"TEMPLATE template0 ENCODING {encoding} "
            f"LC_COLLATE {collate} LC_CTYPE {ctype}"
        )

    def put_in_place(self, opened: str) -> None:
        """Two renamings in one transaction; then what was can go."""
        live, before = self._quoted(self._name()), f"{self._name()}_before"
        self._server(
            f"ALTER DATABASE {live} RENAME TO {self._quoted(before)}",
            f"ALTER DATABASE {self._quoted(opened)} RENAME TO {live}",
        )
        self._server(f"DROP DATABASE {self._quoted(before)}")

    def _name(self) -> str:
        return connection.settings_dict["NAME"]

    def _quoted(self, name: str) -> str:
        return connection.ops.quote_name(name)

    def _server(self, *statements: str) -> None:
        """Run statements about databases, from one that is none of them."""
        elsewhere = "template1" if self._name() == "postgres" else "postgres"
        try:
            with pointed_at(elsewhere), contextlib.ExitStack() as stack:
                if len(statements) > 1:
                    stack.enter_context(transaction.atomic())
                cursor = stack.enter_context(connection.cursor())
                for statement in statements:
                    cursor.execute(statement)
        except DatabaseError as error:
            raise BackupError(
                f"The database server said: {str(error).strip()}. Restoring and "
                f"verifying need a role that may create databases (ALTER ROLE … "
                f"CREATEDB) and no other connection: stop the web server and the "
                f"worker first."
            ) from error

    def _dump(self, file: Path, *arguments: str) -> None:
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--file={file}"]
        self._run("pg_dump", self._name(), *options, *arguments)

    def _restore(self, name: str, file: Path, *arguments: str) -> None:
        options = ["--exit-on-error", "--no-owner", "--no-privileges"]
        self._run("pg_restore", name, *options, *arguments, str(file))

    def _run(self, program: str, name: str, *arguments: str) -> None:
        path = shutil.which(program)
        if path is None:
            raise BackupError(
                f"{program} is not on this machine. Install the PostgreSQL client "
                f"programs (on Debian or Ubuntu: apt install postgresql-client)."
            )
        told, secrets = connection.client.settings_to_cmd_args_env(
            {**connection.settings_dict, "NAME": name}, []
        )
        command = [path, *told[1:-1], "--dbname", name, *arguments]
        environment = {**os.environ, **(secrets or {})}
        done = subprocess.run(  # noqa: S603  (no shell; arguments are our own)
            command, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise BackupError(f"{program} did not finish: {done.stderr.strip()}")
