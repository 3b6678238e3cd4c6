"""Whatever is uploaded comes out as rows of text, or is refused with a sentence."""

import contextlib
import datetime
import io
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from lms.tables import MOST_ROWS, NotReadable, Table, read_table

LIST = "Name,E-mail\nNoa Bérg,noa@example.test\n"


def read(content: bytes) -> Table:
    return read_table(io.BytesIO(content), len(content))


def workbook(*rows: list) -> bytes:
    book, content = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The workbook with one part more, or another one in its place."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, part)
    return changed.getvalue()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"]
)
def test_letters_are_read_whatever_program_wrote_them(encoding):
    table = read(LIST.encode(encoding))
    assert table == Table(["Name", "E-mail"], [(2, ["Noa Bérg", "noa@example.test"])])


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_comma_semicolon_and_tab_are_told_apart(sign):
    text = sign.join(["Name", "Roles"]) + "\n" + sign.join(["Noa", '"FRSS, Clinician"'])
    assert read(text.encode()).rows == [(2, ["Noa", "FRSS, Clinician"])]


def test_lines_are_counted_as_a_spreadsheet_counts_them():
    text = 'Our report\n\nName,Note\nNoa,"two\nlines"\n,\nMia,x\n'
    table = read(text.encode())
    assert table.header == ["Name", "Note"]
    assert [line for line, _cells in table.rows] == [4, 6]


def test_a_workbook_gives_dates_as_iso_and_formulas_as_their_text():
    table = read(
        workbook(
            ["Name", "Hired", "Share", "Number"],
            ["Noa", datetime.date(2026, 11, 2), 0.5, 1007.0],
            ["=1+1", None, None, None],
        )
    )
    assert table.rows == [
        (2, ["Noa", "2026-11-02", "0.5", "1007"]),
        (3, ["=1+1", "", "", ""]),
    ]


def test_what_an_export_did_to_be_safe_is_undone():
    assert read(b"Name,Phone\nNoa,'+1 555\n").rows == [(2, ["Noa", "+1 555"])]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no table"),
        (b"just one line of text", "no table"),
        (b"Name,E-mail\n", "nothing below"),
        (b"Name,name\nNoa,x\n", "Two columns"),
        (b"Name,E-mail\nNoa,x,y\n", "Line 2 has more cells"),
        (b"Name,E-mail\n" + b"Noa,x\n" * (MOST_ROWS + 1), "more than 10,000"),
        (b"Name,E-mail\nNoa," + b"x" * 1001, "1,000 letters"),
        (b"%PDF-1.7\x00,\x00\n", "no table"),
        (b"\xd0\xcf\x11\xe0 an old workbook", "password"),
        (b"PK\x03\x04 no workbook", "cannot be read"),
        (workbook([]), "no table"),
        (with_part(workbook(["a", "b"]), "xl/vbaProject.bin", b"x"), "macros"),
        (
            with_part(
                workbook(["a", "b"]),
                "xl/sharedStrings.xml",
                b'<!DOCTYPE s [<!ENTITY a "x">]><sst>&a;</sst>',
            ),
            "no list needs",
        ),
        (
            with_part(workbook(["a", "b"]), "xl/workbook.xml", b"<broken"),
            "cannot be read",
        ),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(NotReadable, match=sentence):
        read(content)


def test_a_hundred_megabytes_are_refused_unread():
    class Unread(io.BytesIO):
        def read(self, *args):
            raise AssertionError

    with pytest.raises(NotReadable, match="10 MB"):
        read_table(Unread(), 100 * 1024 * 1024)


def test_a_small_file_that_unpacks_to_a_large_one_is_refused_without_unpacking_it():
    bomb = with_part(
        workbook(["a", "b"], [1, 2]),
        "xl/worksheets/sheet1.xml",
        b"<worksheet><sheetData>" + b"<row/>" * 12_000_000,
    )
    assert len(bomb) < 1024 * 1024
    tracemalloc.start()
    with pytest.raises(NotReadable, match="unpacked"):
        read(bomb)
    assert tracemalloc.get_traced_memory()[1] < 5 * 1024 * 1024
    tracemalloc.stop()


LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 50}">' for n in range(9)
)


@pytest.mark.parametrize(
    "entity", ['<!ENTITY e SYSTEM "file://{file}">', LAUGHS + '<!ENTITY e "&l8;">']
)
def test_a_workbook_reads_no_other_file_and_does_not_swell(entity, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("a heron in the reeds")
    part = (
        f"<!DOCTYPE x [{entity.replace('{file}', str(secret))}]><worksheet "
        'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>&e;</t></is></c></row>'
        "</sheetData></worksheet>"
    )
    hurt = with_part(workbook(["a"]), "xl/worksheets/sheet1.xml", part.encode())
    tracemalloc.start()
    with contextlib.suppress(NotReadable):
        assert "heron" not in str(read(hurt))
    assert tracemalloc.get_traced_memory()[1] < 20 * 1024 * 1024
    tracemalloc.stop()


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_any_bytes_are_a_table_or_refused(content):
    with contextlib.suppress(NotReadable):
        table = read(content)
        assert all(len(cells) == len(table.header) for _line, cells in table.rows)
        assert all("\x00" not in cell for _line, cells in table.rows for cell in cells)
