"""Rows of half a million lines: as the database's driver gives and takes them.

Django's instances cost several times what the lines themselves do. The names of tables
and columns come from the models, and values go in as the model's fields prepare them.
"""

import datetime
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

Row = tuple[Any, ...]


def raw(queryset: QuerySet) -> list[Row]:
    """The rows of a ``values_list`` as the driver gives them, nothing converted."""
    sql, parameters = queryset.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def stored(row: Row) -> Row:
    """A row as the driver takes it: not every one takes dates."""
    if not any(isinstance(each, datetime.date) for each in row):
        return row
    adapt = connection.ops.adapt_datefield_value
    return tuple(
        adapt(each) if isinstance(each, datetime.date) else each for each in row
    )


@lru_cache
def defaults(model: type[Model], known: tuple[str, ...]) -> tuple[tuple[str, ...], Row]:
    """The fields apart from the key and those known, and what they begin with."""
    rest = [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.attname not in known
    ]
    values = tuple(
        field.get_db_prep_save(field.get_default(), connection) for field in rest
    )
    return tuple(field.attname for field in rest), values


def insert(model: type[Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Add rows nobody needs the keys of: by COPY on PostgreSQL, during which nothing
    else can be asked of the database, not even by what makes the rows."""
    table, columns = _quoted(model, names)
    listed = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({listed}) VALUES ({places})", rows)  # noqa: S608  (names from the model)


def update(model: type[Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Write rows over those that are there; each ends with its key."""
    table, columns = _quoted(model, names)
    changes = ", ".join(f"{column} = %s" for column in columns)
    key = connection.ops.quote_name(model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {changes} WHERE {key} = %s", rows)  # noqa: S608  (names from the model)


def _quoted(model: type[Model], names: Iterable[str]) -> tuple[str, list[str]]:
    quote, columns = connection.ops.quote_name, _columns(model)
    return quote(model._meta.db_table), [quote(columns[name]) for name in names]


def _columns(model: type[Model]) -> dict[str, str]:
    return {field.attname: field.column for field in model._meta.concrete_fields}
