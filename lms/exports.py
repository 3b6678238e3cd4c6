"""Tables for spreadsheets, safe to open.

A cell that a spreadsheet would run as a formula is written as text (OWASP, CSV
injection): it begins with an apostrophe, or, in XLSX, has the type of text.
"""

import csv
import datetime
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

Cell = str | int | Decimal | datetime.date | None

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(cell: Cell) -> Cell:
    """The cell as CSV may hold it: dates as ISO, no text that runs as a formula."""
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if isinstance(cell, str) and cell.lstrip(" ").startswith(STARTS_A_FORMULA):
        return f"'{cell}"
    return cell


def _attachment(filename: str, content_type: str) -> HttpResponse:
    return HttpResponse(
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{filename}"',
            "Cache-Control": "no-store",
        },
    )


def csv_response(
    filename: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    response = _attachment(filename, "text/csv; charset=utf-8")
    response.write("\ufeff")  # so that spreadsheets read it as UTF-8
    writer = csv.writer(response)
    writer.writerow(header)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return response


def xlsx_response(
    filename: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for row in [header, *rows]:
        cells = [WriteOnlyCell(sheet, value=value) for value in row]
        for cell, value in zip(cells, row, strict=True):
            if isinstance(value, str):
                cell.data_type = "s"
                cell.number_format = "@"  # what is typed over it stays as typed
        sheet.append(cells)
    response = _attachment(
        filename,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    content = io.BytesIO()
    book.save(content)
    response.write(content.getvalue())
    return response
