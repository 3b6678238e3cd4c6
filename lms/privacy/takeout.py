"""All that is held about a person, to keep: a page, the same as data, and files."""

import datetime
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from lms.conf import conf
from lms.models import Person

from .registry import Attached, Holding, holdings, points_at_a_record

LOOK = Path(__file__).parents[1] / "static" / "lms" / "alongside.css"


@dataclass(frozen=True)
class Value:
    """``raw`` is for machines, ``shown`` for people: a text, or several lines; empty
    where it only says to which other row this one belongs."""

    name: str
    label: str
    raw: Any
    shown: Any
    is_file: bool = False


@dataclass(frozen=True)
class Row:
    values: list[Value]
    title: str = ""

    @property
    def read(self) -> list[Value]:
        """What a reader needs beside the title."""
        return [each for each in self.values if each.shown not in ("", self.title)]


@dataclass
class Section:
    label: str
    rows: list[Row] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Takeout:
    person: Person
    made_at: datetime.datetime
    sections: list[Section] = field(default_factory=list)
    files: list[tuple[str, Attached]] = field(default_factory=list)

    def html(self) -> str:
        context = {
            "takeout": self,
            "look": LOOK.read_text(),
            "program": conf.program_name,
        }
        return render_to_string("lms/my_data_file.html", context)

    def json(self) -> str:
        told = {
            "program": conf.program_name,
            "made_at": self.made_at,
            "sections": [
                {
                    "title": section.label,
                    "rows": [
                        {value.name: value.raw for value in row.values}
                        for row in section.rows
                    ],
                    "left_out": dict(section.left_out),
                }
                for section in self.sections
            ],
        }
        encoder = DjangoJSONEncoder(indent=2, ensure_ascii=False)
        return encoder.encode(told)

    def zipped(self) -> Iterator[bytes]:
        """The ZIP as it grows: no file is in memory whole.

        The texts are made at once, in the reader's language and time zone.
        """
        return _zip(
            [("my-data.html", self.html()), ("my-data.json", self.json())], self
        )


def take_out(person: Person, at: datetime.datetime) -> Takeout:
    takeout = Takeout(person, at)
    for holding in holdings():
        section = _section(holding, takeout)
        if section.rows:
            takeout.sections.append(section)
    return takeout


def _section(holding: Holding, takeout: Takeout) -> Section:
    section = Section(str(holding.label))
    if holding.told:
        section.rows = [
            Row([Value(label, label, text, text) for label, text in told.items()])
            for told in holding.told(takeout.person)
        ]
        return section
    fields = holding.exported()
    rows = holding.rows(takeout.person).select_related(*_related(holding.model))
    for row in rows:
        values = [_value(row, each) for each in fields if _is_told(row, each)]
        if holding.file:
            values.append(_attach(holding.file(row), takeout))
        section.rows.append(Row(values, str(row)))
    section.left_out = [
        (str(holding.model._meta.get_field(name).verbose_name), str(each.left_out))
        for each in holding.fields
        if each.left_out
        for name in each.names.split()
    ]
    return section


def _related(model: type[models.Model]) -> Iterator[str]:
    """Paths to what is named, and to what names that in turn."""
    for each in model._meta.concrete_fields:
        if each.is_relation:
            yield each.name
            for further in each.related_model._meta.concrete_fields:
                if further.is_relation and not further.null:
                    yield f"{each.name}__{further.name}"


def _is_told(row: models.Model, each: models.Field) -> bool:
    return each.value_from_object(row) not in (None, "", [], {})


def _value(row: models.Model, each: models.Field) -> Value:
    raw = getattr(row, each.name)
    if each.is_relation:
        raw = str(raw)
    if points_at_a_record(each):
        return Value(each.name, "", raw, "")
    as_said = getattr(row, f"get_{each.name}_display", None)
    shown = as_said() if as_said else raw
    return Value(each.name, _capitalised(each.verbose_name), raw, _shown(shown))


def _capitalised(label: Any) -> str:
    text = str(label)
    return text[:1].upper() + text[1:]


def _shown(value: Any) -> Any:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.datetime):
        return date_format(localtime(value), "j M Y, H:i")
    if isinstance(value, datetime.date):
        return date_format(value, "j M Y")
    if isinstance(value, dict):
        return [f"{key}: {_line(each)}" for key, each in value.items()]
    if isinstance(value, list):
        return [_line(each) for each in value]
    return str(value)


def _line(value: Any) -> str:
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return str(value)
    return ", ".join(str(each) for each in value)


def _attach(attached: Attached, takeout: Takeout) -> Value:
    bare = PurePosixPath(attached.name).name or "file"
    path = f"files/{len(takeout.files) + 1}-{bare}"
    takeout.files.append((path, attached))
    return Value("file", _("File"), path, bare, is_file=True)


class _Pipe:
    """Takes what the ZIP writes and hands it on; there is no way back in it."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def taken(self) -> bytes:
        parts, self.parts = self.parts, []
        return b"".join(parts)


def _zip(texts: list[tuple[str, str]], takeout: Takeout) -> Iterator[bytes]:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts:
            archive.writestr(name, text)
            yield pipe.taken()
        for path, attached in takeout.files:
            yield from _zip_file(archive, pipe, path, attached)
    yield pipe.taken()


def _zip_file(
    archive: zipfile.ZipFile, pipe: _Pipe, path: str, attached: Attached
) -> Iterator[bytes]:
    try:
        file = attached.open()
    except FileNotFoundError:
        archive.writestr(f"{path}.txt", _("This file could not be found any more."))
        return
    with file, archive.open(path, "w", force_zip64=True) as into:
        for chunk in file.chunks():
            into.write(chunk)
            yield pipe.taken()
