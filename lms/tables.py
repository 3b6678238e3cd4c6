"""Reads a table somebody uploads, CSV or XLSX, as rows of text.

Whatever the file is made of, a cell comes out as plain text: a date of a workbook as
``2026-11-02``, a formula as the text of the formula (nothing is ever calculated). A
file that is no table, or is built to hurt, is refused with a sentence, before more of
it is unpacked than ``MOST_UNPACKED`` bytes.
"""

import csv
import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
MOST_OF_A_PART = 16 * 1024 * 1024
MOST_PARTS = 500
MOST_ROWS = 10_000
MOST_LINES = 50_000
MOST_COLUMNS = 60
MOST_LETTERS = 1000

OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff]")
# All that openpyxl, zipfile and the XML parser raise for a file that is broken.
BROKEN = (
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


class NotReadable(ValueError):  # noqa: N818  (no fault of ours)
    """Why a file cannot be taken; its text is a sentence to show."""


@dataclass(frozen=True)
class Table:
    """A header, and rows as pairs of line number and texts, as wide as the header.

    The line number is the one a spreadsheet shows. Rows without any text are left
    out.
    """

    header: list[str]
    rows: list[tuple[int, list[str]]]


def read_table(file: IO[bytes], size: int) -> Table:
    """Read a file of that many bytes; its name says nothing, its content decides."""
    if size > MOST_BYTES:
        raise NotReadable(_("This file is larger than 10 MB. Bring it in in parts."))
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    if start.startswith(OLD_OR_LOCKED):
        raise NotReadable(
            _(
                "This workbook is of an old kind or has a password. Save it as .xlsx "
                "without one, or as CSV."
            )
        )
    if start.startswith(b"PK"):
        return _table(_rows_of_workbook(file))
    return _table(_rows_of_text(_decoded(file.read())))


def _table(lines: Iterable[list[str]]) -> Table:
    """The first line with two texts or more is the header: a report may have a title
    above it."""
    header: list[str] = []
    rows = []
    for number, cells in enumerate(lines, 1):
        if not header:
            filled = [cell for cell in cells if cell]
            header = _checked_header(cells) if len(filled) > 1 else []
        elif any(cells):
            rows.append((number, _as_wide(cells, len(header), number)))
        if number > MOST_LINES or len(rows) > MOST_ROWS:
            raise NotReadable(
                _("These are more than 10,000 lines. Bring them in in parts.")
            )
    if not header:
        raise NotReadable(
            _("This is no table: the first line should name at least two columns.")
        )
    if not rows:
        raise NotReadable(_("There is nothing below the names of the columns yet."))
    return Table(header, rows)


def _checked_header(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    if len(cells) > MOST_COLUMNS:
        raise NotReadable(_("These are more than 60 columns. Keep those you need."))
    names = [cell.casefold() for cell in cells if cell]
    for cell in cells:
        if cell and names.count(cell.casefold()) > 1:
            raise NotReadable(
                _("Two columns are called “%(name)s”. Rename or remove one.")
                % {"name": cell[:60]}
            )
    return cells


def _as_wide(cells: list[str], width: int, number: int) -> list[str]:
    if any(cells[width:]):
        raise NotReadable(
            _("Line %(number)d has more cells than the first line names columns.")
            % {"number": number}
        )
    return [*cells, *[""] * width][:width]


def _clean(text: str) -> str:
    text = UNWANTED.sub("", text).strip()
    if len(text) > MOST_LETTERS:
        raise NotReadable(_("A cell holds more than 1,000 letters. This is no list."))
    return text


def _decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 where the file says so, else UTF-8, else Windows' own letters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content:
        raise NotReadable(_("This is no table. Bring in a CSV or an .xlsx file."))
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _rows_of_text(text: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for row in reader:
            yield [_without_apostrophe(_clean(cell)) for cell in row]
    except csv.Error as error:
        raise NotReadable(
            _("Line %(number)d cannot be read as CSV. Save the file once more.")
            % {"number": reader.line_num}
        ) from error


def _delimiter(text: str) -> str:
    """Of comma, semicolon and tab, the one that stands in most of the first lines."""
    start = [line for line in text[:20_000].splitlines() if line.strip()][:10]
    return max(
        ",;\t", key=lambda sign: (sum(sign in row for row in start), text.count(sign))
    )


def _without_apostrophe(cell: str) -> str:
    """Undo what ``exports.safe`` does to a text that would run as a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@") else cell


def _rows_of_workbook(file: IO[bytes]) -> Iterator[list[str]]:
    try:
        _look_into(file)
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        try:
            # A sheet may claim to be far wider than the file is large.
            rows = book.worksheets[0].iter_rows(
                max_row=MOST_LINES + 1, max_col=MOST_COLUMNS + 1, values_only=True
            )
            for row in rows:
                yield [_clean(_as_text(value)) for value in row]
        finally:
            book.close()
    except NotReadable:
        raise
    except BROKEN as error:
        raise NotReadable(
            _("This workbook cannot be read. Save it once more as .xlsx, or as CSV.")
        ) from error


def _look_into(file: IO[bytes]) -> None:
    """Refuse macros, entities and parts that would unpack to more than they should."""
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        sheets = sum(part.file_size for part in parts)
        if len(parts) > MOST_PARTS or sheets > MOST_UNPACKED:
            raise NotReadable(_("This workbook is too large once it is unpacked."))
        for part in parts:
            is_sheet = part.filename.startswith("xl/worksheets/")
            if part.file_size > MOST_OF_A_PART and not is_sheet:
                raise NotReadable(_("This workbook is too large once it is unpacked."))
            if part.filename.lower().endswith("vbaproject.bin"):
                raise NotReadable(
                    _("This workbook holds macros. Save it as .xlsx without them.")
                )
            if part.filename.endswith((".xml", ".rels")):
                _refuse_declarations(archive, part)
    file.seek(0)


def _refuse_declarations(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No spreadsheet program writes a DOCTYPE; whoever does means entities."""
    end = b""
    with archive.open(part) as content:
        while chunk := content.read(1 << 20):
            if b"<!DOCTYPE" in end + chunk or b"\x00" in chunk:
                raise NotReadable(
                    _("This workbook holds what no list needs. Save it as CSV.")
                )
            end = chunk[-16:]


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time.min:
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
