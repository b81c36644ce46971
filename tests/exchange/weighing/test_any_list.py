"""A list says the same, however its columns are ordered, named and written."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.children import Position, Sex
from desktop.domain.legacy_text import Encoding
from desktop.domain.text import fold
from desktop.exchange.grid import Merge, Raw, Sheet, Workbook
from desktop.exchange.weighing.model import ListReading
from desktop.exchange.weighing.reading import read_list, read_lists
from desktop.exchange.workbook import read_workbook
from tests.exchange.weighing.lists import VISIT, Column, Told, layouts, sheet_of, told

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
ABOVE = ["TRẠM Y TẾ XÃ NẬM CÓ", "", "DANH SÁCH CÂN ĐO TRẺ DƯỚI 5 TUỔI", "Ngày cân đo: 01/06/2024"]


def _read(sheet: Sheet) -> ListReading:
    read = read_list(sheet)
    assert read is not None
    return read


def _says(columns: list[Column], words: str) -> bool:
    return any(words in fold(path[-1]) for path, _ in columns)


def _check(rows: list[Told], columns: list[Column], read: ListReading, *, marks: bool = True) -> None:
    assert [row.row for row in read.rows] == list(range(read.rows[0].row, read.rows[0].row + len(rows)))
    for row, one in zip(rows, read.rows, strict=True):
        names = (row.name, row.mother, row.village), (one.name, one.mother, one.village)
        assert names[0] == names[1] if marks else list(map(fold, names[0])) == list(map(fold, names[1]))
        assert (one.sex, one.birth_date) == (row.sex, row.birth)
        assert (one.weight, one.lenhei, one.absent) == (row.weight, row.lenhei, row.absent)
        if _says(columns, "muac"):
            assert one.muac == row.muac
        if _says(columns, "phu"):
            assert bool(one.oedema) == row.oedema
        if _says(columns, "tu the"):
            assert one.position == row.position


@given(
    st.lists(told(), min_size=1, max_size=8, unique_by=lambda row: row.name),
    layouts(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.integers(0, 20),
)
def test_a_list_in_any_layout_says_the_same(
    rows: list[Told], columns: list[Column], merged: bool, numbered: bool, signed: bool, blank: int
) -> None:
    above = [*ABOVE, *[""] * blank]
    read = _read(sheet_of(rows, columns, above=above, merged=merged, numbered=numbered, signed=signed))
    _check(rows, columns, read)
    assert read.said.day == VISIT
    assert {row.row for row in read.skipped}.isdisjoint({row.row for row in read.rows})


@given(
    st.lists(told(), min_size=3, max_size=8, unique_by=lambda row: row.name),
    layouts(),
    st.sampled_from((Encoding.TCVN3, Encoding.VNI)),
)
def test_a_list_typed_in_an_old_font_says_the_same(rows: list[Told], columns: list[Column], encoding: Encoding) -> None:
    read = _read(sheet_of(rows, columns, above=ABOVE, encoding=encoding))
    assert read.encoding is encoding
    _check(rows, columns, read, marks=False)


@given(st.lists(told(), min_size=1, max_size=6, unique_by=lambda row: row.name), layouts(), st.sampled_from(",;\t"))
def test_a_list_saved_as_text_says_the_same(rows: list[Told], columns: list[Column], mark: str) -> None:
    out = io.StringIO()
    sheet = sheet_of(rows, columns, above=ABOVE, signed=True)
    csv.writer(out, delimiter=mark).writerows(
        [f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell for cell in line] for line in sheet.rows
    )
    (read,) = read_lists(read_workbook(out.getvalue().encode("utf-8-sig"), "danh sách.csv"))
    _check(rows, columns, read)


def test_the_sample_is_read_as_it_was_made() -> None:
    name = "can-do-tre-2024-06.xlsx"
    read = list(read_lists(read_workbook((SAMPLES / name).read_bytes(), name)))
    wanted = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))["children"]
    found = [row for sheet in read for row in sheet.rows]
    assert {sheet.said.day for sheet in read} == {date.fromisoformat(wanted["visit"])}
    assert [sheet.findings for sheet in read] == [()] * 5
    assert [sheet.skipped for sheet in read] == [()] * 5
    for row, one in zip(wanted["rows"], found, strict=True):
        assert (one.row, one.name, one.absent) == (row["row"], row["name"], row["absent"])
        assert one.sex is {"M": Sex.MALE, "F": Sex.FEMALE}[row["sex"]]
        assert str(one.birth_date) == row["birth_date"]
        assert one.weight == _whole(row["weight"], 1000)
        assert one.lenhei == _whole(row["lenhei"], 10)


def _whole(amount: float | None, factor: int) -> int | None:
    return None if amount is None else round(Decimal(str(amount)) * factor)


def _rows(lines: list[list[Raw]], *merged: Merge) -> ListReading:
    (read,) = read_lists(Workbook("t.xlsx", "xlsx", (Sheet("T6", lines, merged),)))
    return read


def test_a_birth_date_in_the_column_of_the_sex_says_both() -> None:
    read = _rows(
        [
            ["TT", "Họ và tên", "Ngày tháng năm sinh", "", "Cân nặng", "Chiều cao"],
            ["", "", "Nam", "Nữ", "(kg)", "(cm)"],
            [1, "Lù A Páo", "05/02/2021", "", "12,2", "91,7"],
            [2, "Lý Thị Ký", "", "6/7/22", "9.8", "77"],
        ],
        (1, 1, 2, 1),
        (1, 2, 2, 2),
        (1, 3, 1, 4),
    )
    assert [(row.sex, row.birth_date) for row in read.rows] == [
        (Sex.MALE, date(2021, 2, 5)),
        (Sex.FEMALE, date(2022, 7, 6)),
    ]
    assert read.findings == ()


def test_lying_and_standing_columns_say_how_a_child_was_measured() -> None:
    read = _rows(
        [
            ["Họ và tên", "Nam", "Nữ", "NS", "CN", "Chiều dài nằm (cm)", "Chiều cao đứng (cm)", "Vòng cánh tay (mm)"],
            ["Lù A Páo", "x", "", "1/2/23", 9.9, 74.6, "", 135],
            ["Tống Thị Ký", "", "x", "1/2/21", "10kg5", "", "0,92m", 14.2],
        ]
    )
    found = [(row.lenhei, row.position, row.weight, row.muac) for row in read.rows]
    assert found == [(746, Position.LYING, 9900, 135), (920, Position.STANDING, 10500, 142)]


def test_birth_dates_of_which_only_a_part_is_known_are_said() -> None:
    heads: list[Raw] = ["STT", "Họ tên", "GT", "Ngày sinh", "Cân", "Cao"]
    lines: list[list[Raw]] = [
        heads,
        [1, "Lù A Páo", "Nữ", "2/2021", "12,25", "91,75"],
        [2, "Lù A Dê", "Nữ", "02/16/2021", "1O,2", "91.7"],
        [3, "Lù A Sử", "?", "31/02/2021", 44232, "9..1"],
    ]
    read = _rows(lines)
    assert [row.birth_date for row in read.rows] == [date(2021, 2, 15), date(2021, 2, 16), None]
    assert [(found.rule.removeprefix("import.list_"), found.row, found.column) for found in read.findings] == [
        ("rounded", 2, "F"),
        ("month_only", 2, "D"),
        ("letters", 3, "E"),
        ("month_first", 3, "D"),
        ("sex", 4, "C"),
        ("unit", 4, "E"),
        ("figure", 4, "F"),
        ("date", 4, "D"),
    ]


def test_every_row_is_read_or_named() -> None:
    lines = [
        ["DANH SÁCH CÂN ĐO TRẺ THÁNG 6 NĂM 2024"],
        ["STT", "Họ và tên", "Giới tính", "Ngày sinh", "Cân nặng", "Chiều cao"],
        ["Thôn Nả Háng"],
        [1, "Lù A Páo", "Nam", "05/02/2021", "12,2", "91,7"],
        [2, "", "Nữ", "05/02/2021", "12,2", "91,7"],
        ["STT", "Họ và tên", "Giới tính", "Ngày sinh", "Cân nặng", "Chiều cao"],
        [3, "Lý Thị Ký", "Nữ", "2022", "v", ""],
        ["Tổng cộng", "", "", "", 24.4],
        [],
        ["", "Nậm Có, ngày 30 tháng 6 năm 2024"],
        ["", "Người lập biểu", "", "", "Trưởng trạm"],
        ["", "Vàng Thị Dua", "", "", "Hờ A Sử"],
    ]
    (read,) = read_lists(Workbook("t.xlsx", "xlsx", (Sheet("T6", [list(line) for line in lines], ()),)))
    assert [row.row for row in read.rows] == [4, 7]
    assert [row.row for row in read.skipped] == [3, 5, 6, 8, 10, 11, 12]
    assert (read.rows[0].village, read.rows[0].weight, read.rows[0].lenhei) == ("Thôn Nả Háng", 12200, 917)
    assert read.rows[1].absent
    assert read.said.month == date(2024, 6, 1)
    assert read.said.day is None
    assert [(found.rule, found.row, found.column) for found in read.findings] == [("import.list_year_only", 7, "D")]
