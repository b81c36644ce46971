"""Workbooks of every kind become the same plain cells, and bad files a readable refusal."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import AppError
from desktop.exchange.grid import CellError, Uncomputed, column_letter, column_number
from desktop.exchange.workbook import read_workbook
from tests.exchange.books import csv_text, ods, ods_content, xls, xlsx, xlsx_book

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
ROWS = [["Xã", "Dân số"], ["Xã Hồ Bốn", 2722], ["Xã Nậm Có", "4.021"]]


def _code(data: bytes, name: str = "a.xlsx") -> str:
    with pytest.raises(AppError) as refused:
        read_workbook(data, name)
    assert refused.value.advice is not None
    return refused.value.code


def _refused_with(data: bytes) -> str | None:
    try:
        read_workbook(data, "a.xlsx")
    except AppError as refused:
        return refused.code
    return None


@pytest.mark.parametrize("made", [xlsx(ROWS), xls(ROWS), ods(ROWS)], ids=["xlsx", "xls", "ods"])
def test_every_kind_gives_the_same_cells(made: bytes) -> None:
    (sheet,) = read_workbook(made, "a").sheets
    assert sheet.rows == ROWS
    assert sheet.name == "TH"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_is_read_whatever_parts_and_encodes_it(delimiter: str, codec: str) -> None:
    rows = [
        ["SỐ LIỆU NĂM 2022"],
        [],
        ["Xã", "Dân số", "Tỷ lệ"],
        ["Xã Hồ Bốn", "2722", "12,5"],
        ["Nậm Có", "4.021", "9,1"],
    ]
    (sheet,) = read_workbook(csv_text(rows, delimiter).encode(codec), "a.csv").sheets
    assert sheet.rows == rows
    assert sheet.name == "a"


def test_csv_in_the_windows_vietnamese_code_page_is_read() -> None:
    import unicodedata

    text = csv_text([["Xã", "Dân số"], ["Xã Hồ Bốn", "2722"], ["Nậm Có", "1"]])
    apart = "".join(
        unicodedata.normalize("NFD", char) if not _encodable(char) else char for char in text
    )  # cp1258 has ê and a combining mark, not ế
    legacy = _in_1258(apart)
    assert read_workbook(legacy, "a.csv").sheets[0].rows[1] == ["Xã Hồ Bốn", "2722"]


def _encodable(char: str) -> bool:
    try:
        char.encode("cp1258")
    except UnicodeEncodeError:
        return False
    return True


def _in_1258(text: str) -> bytes:
    import unicodedata

    out = b""
    for char in unicodedata.normalize("NFC", text):
        if _encodable(char):
            out += char.encode("cp1258")
            continue
        decomposed = unicodedata.normalize("NFD", char)
        tone = next(mark for mark in decomposed if mark in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark != tone))
        out += base.encode("cp1258") + tone.encode("cp1258")
    return out


def test_csv_typed_in_tcvn3_keeps_its_codes_for_the_sheet() -> None:
    data = "X·, thÞ trÊn;D©n sè\nX· Hå Bèn;2685\n".encode("latin-1")
    assert read_workbook(data, "a.csv").sheets[0].rows[1] == ["X· Hå Bèn", "2685"]


def test_excels_own_separator_line_is_obeyed() -> None:
    assert read_workbook(b"sep=;\r\na;b,c\r\n", "a.csv").sheets[0].rows == [[], ["a", "b,c"]]


def test_hidden_rows_columns_and_sheets_are_told_for_xlsx() -> None:
    book = read_workbook(
        xlsx_book({"A": ROWS, "B": ROWS}, hidden_rows=[2], hidden_columns=["B"], hidden=["B"]), "a.xlsx"
    )
    assert [sheet.hidden for sheet in book.sheets] == [False, True]
    assert book.sheets[0].hidden_rows == {2}
    assert book.sheets[0].hidden_columns == {2}
    assert not book.findings


@pytest.mark.parametrize("made", [xls(ROWS), ods(ROWS)], ids=["xls", "ods"])
def test_that_hiding_cannot_be_seen_is_said_once(made: bytes) -> None:
    assert [finding.rule for finding in read_workbook(made, "a").findings] == ["import.hidden_unknown"]


def test_merged_ranges_count_from_one() -> None:
    assert read_workbook(xlsx(ROWS, merges=["A1:B1"]), "a").sheets[0].merged == ((1, 1, 1, 2),)
    assert read_workbook(xls(ROWS, merges=[(0, 0, 0, 1)]), "a").sheets[0].merged == ((1, 1, 1, 2),)
    assert read_workbook(ods(ROWS), "a").sheets[0].merged is None


def test_a_formula_with_its_result_is_its_result_and_one_without_is_told() -> None:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    page.write_formula(0, 0, "=1+1", None, 2)
    page.write_formula(1, 0, '=IF(1,"")', None, "")
    page.write_formula(2, 0, "=1/0", None, "#DIV/0!")
    page.write_number(3, 1, 7)
    book.close()
    (sheet,) = read_workbook(out.getvalue(), "a.xlsx").sheets
    assert sheet.at(1, 1) == 2
    assert sheet.at(2, 1) == Uncomputed('IF(1,"")')
    assert sheet.at(3, 1) == CellError("#DIV/0!")
    assert sheet.at(4, 2) == 7
    (sheet,) = read_workbook(xlsx([[1], [2], ["=SUM(A1:A2)"]]), "a.xlsx").sheets
    assert sheet.at(3, 1) == Uncomputed("SUM(A1:A2)")


def test_dates_and_percent_formats_are_told() -> None:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    page.write_datetime(0, 0, date(2024, 2, 1), book.add_format({"num_format": "dd/mm"}))
    page.write_number(1, 0, 0.125, book.add_format({"num_format": "0.0%"}))
    book.close()
    (sheet,) = read_workbook(out.getvalue(), "a.xlsx").sheets
    assert sheet.at(1, 1) == date(2024, 2, 1)
    assert sheet.percents == {(2, 1)}


def test_the_samples_are_read() -> None:
    for path in sorted(SAMPLES.glob("*.xlsx")):
        book = read_workbook(path.read_bytes(), path.name)
        assert book.kind == "xlsx"
        assert book.sheets
    book = read_workbook((SAMPLES / "tong-hop-2021-tcvn3.xlsx").read_bytes(), "a.xlsx")
    assert ".VnTime" in book.sheets[0].fonts
    assert book.sheets[0].at(22, 3) == Uncomputed("SUM(C7:C21)")


def test_a_stray_cell_far_away_does_not_fill_the_memory() -> None:
    import openpyxl

    made = openpyxl.Workbook()
    page = made.active
    for row in ROWS:
        page.append(row)
    page["XFD1048576"] = "x"
    page.merge_cells("A1:B1")
    out = io.BytesIO()
    made.save(out)
    book = read_workbook(out.getvalue(), "a.xlsx")
    assert book.sheets[0].rows[1:] == ROWS[1:]
    assert book.sheets[0].merged == ((1, 1, 1, 2),)
    assert [finding.rule for finding in book.findings] == ["import.far_cells"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"  \n",
        b"%PDF-1.4",
        b"<html><table></table></html>",
        b"PK\x03\x04junk",
        b"\x09\x08\x10\x00\x00\x06\x05\x00",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        b"\x01\x00\x02\x00\x00\x03" * 50,
    ],
)
def test_what_is_no_workbook_is_refused_with_advice(data: bytes) -> None:
    assert _code(data) == "cannot_read_file"


def test_a_file_over_the_limit_is_refused() -> None:
    assert _code(b"a" * (64 * 1024 * 1024 + 1), "a.csv") == "cannot_read_file"


def test_a_word_document_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert _code(out.getvalue()) == "cannot_read_file"


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.exchange.workbook.LARGEST_UNPACKED", 4 << 20)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(5):
                part.write(b"\0" * (1 << 20))
    assert _code(out.getvalue()) == "cannot_read_file"


def test_a_row_repeated_a_million_times_is_refused_when_it_holds_something() -> None:
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    held = empty.replace("<table:table-cell/>", '<table:table-cell office:value-type="float" office:value="5"/>')
    one = '<table:table-row><table:table-cell office:value-type="float" office:value="5"/></table:table-row>'
    assert read_workbook(ods_content(f'<table:table table:name="S">{one}{empty}</table:table>'), "a").sheets[0].rows
    assert _code(ods_content(f'<table:table table:name="S">{held}</table:table>')) == "cannot_read_file"


@given(st.sampled_from([xlsx(ROWS), xls(ROWS), ods(ROWS)]), st.integers(0, 1_000_000), st.binary(max_size=20))
def test_a_damaged_file_is_refused_or_read_but_never_a_fault(made: bytes, part: int, junk: bytes) -> None:
    cut = len(made) * part // 1_000_000  # a workbook that holds the time of its making is not equally long each time
    assert _refused_with(made[:cut] + junk + made[cut + len(junk) :]) in (None, "cannot_read_file")


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_or_read(data: bytes) -> None:
    assert _refused_with(data) in (None, "cannot_read_file")


@given(st.integers(1, 20_000))
def test_columns_have_letters(column: int) -> None:
    assert column_number(column_letter(column)) == column
    assert column_letter(28) == "AB"


def test_a_locked_ods_says_that_it_is_locked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", bytes(range(256)))
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data manifest:checksum='x'/>")
    with pytest.raises(AppError) as refused:
        read_workbook(out.getvalue(), "a.ods")
    assert refused.value.title.msgid == "{file} is locked with a password."


def test_cells_with_errors_in_an_ods_are_not_silently_empty() -> None:
    cell = '<table:table-cell office:value-type="string" office:string-value=""><text:p>{}</text:p></table:table-cell>'
    cells = "".join(cell.format(shown) for shown in ("#DIV/0!", "Err:502", "#N/A", "Xã Hồ Bốn", "# Ghi chú"))
    book = read_workbook(
        ods_content(f'<table:table table:name="S"><table:table-row>{cells}</table:table-row></table:table>'), "a.ods"
    )
    (found,) = [finding for finding in book.findings if finding.rule == "import.cell_error"]
    assert dict(found.message.values)["count"] == 3
