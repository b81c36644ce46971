"""Summaries in every layout offices make: the same figures come out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.findings import Severity
from desktop.exchange.reading import Layout
from tests.exchange.books import csv_text, ods, xls, xlsx, xlsx_book
from tests.exchange.summary.making import (
    CODES,
    NAMES,
    expected_of,
    read_all,
    read_one,
    rules_of,
    table_of,
    values_of,
)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_columns_in_any_order_beside_any_others_give_the_same(data: st.DataObject) -> None:
    codes = data.draw(st.permutations(list(NAMES)))
    table = table_of(codes)
    for heading in data.draw(
        st.lists(st.sampled_from(["Ghi chú", "Số hộ", "Tỷ lệ SDD thấp còi (%)", "Trẻ dưới 2 tuổi"]), unique=True)
    ):
        at = data.draw(st.integers(1, len(table[1])))
        table = [
            table[0],
            *([*row[:at], heading if place == 0 else place, *row[at:]] for place, row in enumerate(table[1:])),
        ]
    above = data.draw(st.integers(0, 5))
    reading = read_one(xlsx([[]] * above + table))
    assert values_of(reading) == expected_of(codes)
    assert rules_of(reading, Severity.WARNING) == []


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "csv;", "csv,", "csv-utf16"])
def test_the_kind_of_file_does_not_matter(kind: str) -> None:
    table = table_of()
    made = {
        "xlsx": lambda: xlsx(table),
        "xls": lambda: xls(table),
        "ods": lambda: ods(table),
        "csv;": lambda: csv_text(table).encode("utf-8-sig"),
        "csv,": lambda: csv_text(table, ",").encode(),
        "csv-utf16": lambda: csv_text(table, "\t").encode("utf-16"),
    }[kind]()
    reading = read_one(made, f"bieu.{kind[:4].strip(';,-')}")
    assert values_of(reading) == expected_of()


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("write", [xlsx, xls, ods])
def test_group_headings_over_two_lines_are_read(write: object, merged: bool) -> None:
    table: list[list[object]] = [
        ["SỐ LIỆU NĂM 2022"],
        ["TT", "Đơn vị", "Trẻ dưới 5 tuổi", "", "", "Tử vong trẻ em", "", "BHYT"],
        ["", "", "Tổng số", "Được cân đo", "Thấp còi", "< 1 tuổi", "< 5 tuổi", "Số người tham gia"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
        [1, "TT Mù Cang Chải", 778, 711, 217, 2, 3, 5635],
    ]
    if not merged:
        made = write(table)  # type: ignore[operator]
    elif write is xlsx:
        made = xlsx(table, merges=["A2:A3", "B2:B3", "C2:E2", "F2:G2", "A1:H1"])
    elif write is xls:
        made = xls(table, merges=[(1, 2, 0, 0), (1, 2, 1, 1), (1, 1, 2, 4), (1, 1, 5, 6), (0, 0, 0, 7)])
    else:
        pytest.skip("our small .ods has no merged cells")
    reading = read_one(made)
    assert values_of(reading) == {
        "04456": {
            "under5": 778,
            "measured": 711,
            "stunted": 217,
            "deaths_under1": 2,
            "deaths_under5": 3,
            "insured": 5635,
        }
    }
    assert rules_of(reading, Severity.WARNING) == []
    assert [str(skipped.reason) for skipped in reading.skipped] == ["Column numbers"]


def test_three_lines_of_headings_and_a_unit_line_are_read() -> None:
    table = [
        ["NĂM 2022"],
        ["STT", "Tên xã", "Dân số", "Dinh dưỡng", ""],
        ["", "", "", "Trẻ dưới 5 tuổi", ""],
        ["", "", "Trung bình", "Tổng số", "Được cân đo"],
        ["", "", "Người", "Trẻ", "Trẻ"],
        [1, "Hồ Bốn", "2.722", 346, 323],
    ]
    reading = read_one(xlsx(table, merges=["D2:E2", "D3:E3", "A2:A5", "B2:B5", "C2:C3"]))
    assert values_of(reading) == {"04459": {"population": 2722, "under5": 346, "measured": 323}}


def test_headings_without_marks_and_with_abbreviations_are_read() -> None:
    table = [
        ["NAM 2022"],
        ["Xa", "DAN SO TB", "Co the BHYT", "TE <1 tuoi", "TCDD", "BS tai tram", "QL benh KLN", "YHGD"],
        ["Ho Bon", 2722, 2659, 72, 68, 0, "x", "x"],
    ]
    assert values_of(read_one(xlsx(table)))["04459"] == {
        "population": 2722, "insured": 2659, "under1": 72, "fully_vaccinated": 68, "doctors": 0, "ncd_managed": True,
        "family_medicine": True,
    }  # fmt: skip


def test_headings_that_come_again_on_each_page_are_left_out() -> None:
    table = table_of()
    paged = [*table[:8], [], table[1], *table[8:]]
    reading = read_one(xlsx(paged))
    assert values_of(reading) == expected_of()
    assert [(skipped.row, str(skipped.reason)) for skipped in reading.skipped] == [(10, "The headings again")]


def test_two_line_headings_that_come_again_are_left_out() -> None:
    head = [["STT", "Xã", "Trẻ dưới 5 tuổi", ""], ["", "", "Tổng số", "Được cân đo"]]
    rows = [[1, "Hồ Bốn", 346, 323], [2, "Nậm Có", 524, 485]]
    reading = read_one(xlsx([["NĂM 2022"], *head, rows[0], *head, rows[1]]))
    assert values_of(reading) == {"04459": {"under5": 346, "measured": 323}, "04462": {"under5": 524, "measured": 485}}
    assert rules_of(reading, Severity.WARNING) == []


def test_a_second_table_with_other_columns_is_read_too() -> None:
    first, second = table_of(CODES[:3]), table_of(CODES[3:], title=None)
    reading = read_one(xlsx([*first, [], ["II. Dinh dưỡng"], *second]))
    assert values_of(reading) == expected_of()
    assert rules_of(reading, Severity.WARNING) == []


def test_sheets_are_read_one_by_one() -> None:
    cover = [["TRUNG TÂM Y TẾ"], ["Kính gửi Sở Y tế"]]
    readings = read_all(xlsx_book({"Bìa": cover, "A": table_of(CODES[:2]), "Trống": [], "B": table_of(CODES[2:])}))
    assert [reading.layout for reading in readings] == [Layout.OTHER, Layout.SUMMARY, Layout.OTHER, Layout.SUMMARY]
    assert rules_of(readings[0]) == ["import.no_table"]
    assert not rules_of(readings[0], Severity.WARNING)
    assert rules_of(readings[2]) == []


def test_a_workbook_without_any_table_is_an_error() -> None:
    reading = read_one(xlsx([["Xin chào"], ["không có bảng nào"]]))
    assert rules_of(reading, Severity.ERROR) == ["import.no_table"]


def test_hidden_rows_columns_and_sheets_are_read_with_a_note() -> None:
    (reading,) = read_all(xlsx_book({"A": table_of()}, hidden_rows=[4], hidden_columns=["C"]))
    assert values_of(reading) == expected_of()
    assert rules_of(reading) == ["import.hidden_rows", "import.hidden_columns"]
    readings = read_all(xlsx_book({"A": table_of(CODES[:2]), "B": table_of(CODES[2:])}, hidden=["B"]))
    assert rules_of(readings[1]) == ["import.hidden_sheet"]
    assert values_of(readings[1]) == expected_of(CODES[2:])


def test_a_hidden_copy_does_not_win_over_what_is_seen() -> None:
    old = [[cell + 1 if isinstance(cell, int) else cell for cell in row] for row in table_of()]
    hidden, seen = read_all(xlsx_book({"cũ": old, "TH": table_of()}, hidden=["cũ"]))
    assert values_of(seen) == expected_of()
    assert "population" not in {candidate.element for candidate in hidden.candidates}
