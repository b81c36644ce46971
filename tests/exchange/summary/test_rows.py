"""What beside communes stands in rows: totals, notes, signatures; what a cell says."""

from __future__ import annotations

import pytest

from desktop.domain.findings import Severity
from desktop.exchange.reading import SheetReading
from tests.exchange.books import xlsx
from tests.exchange.summary.making import (
    CODES,
    DATA_2022,
    UNITS,
    expected_of,
    read_one,
    rules_of,
    table_of,
    values_of,
)


def _with_total(total: list[object]) -> SheetReading:
    table = table_of(CODES[:3])
    return read_one(
        xlsx([*table, total, [], ["", "Ghi chú: số liệu do trạm báo cáo"], ["", "Người lập biểu", "", "GIÁM ĐỐC"]])
    )


@pytest.mark.parametrize(
    "label", ["Tổng cộng", "Cộng", "Toàn huyện", "TỔNG SỐ", "Tổng số:", "Tổng (14 xã)", "Huyện Mù Cang Chải"]
)
def test_a_total_row_is_no_data_and_must_agree(label: str) -> None:
    sums = [sum(DATA_2022[unit.code][code] for unit in UNITS) for code in CODES[:3]]
    reading = _with_total(["", label, *sums])
    assert values_of(reading) == expected_of(CODES[:3])
    assert rules_of(reading, Severity.WARNING) == []
    wrong = _with_total(["", label, sums[0] + 1, *sums[1:]])
    (finding,) = [finding for finding in wrong.all_findings() if finding.severity is Severity.WARNING]
    assert (finding.rule, finding.row, finding.column, finding.element) == (
        "import.total_differs",
        17,
        "C",
        "population",
    )


def test_rows_after_the_table_are_notes_or_signatures() -> None:
    reading = _with_total(["", "Cộng", "", "", ""])
    assert [str(skipped.reason) for skipped in reading.skipped][1:] == [
        "Note “Ghi chú: số liệu do trạm báo cáo”",
        "Signature line",
    ]


def test_a_total_above_and_subtotals_are_compared_with_their_parts() -> None:
    table = table_of(["population"])
    head, rows = table[:2], table[2:]
    part = sum(row[2] for row in rows[:5])
    rest = sum(row[2] for row in rows[5:])
    whole = ["", "Toàn huyện", part + rest]
    reading = read_one(
        xlsx([*head, whole, *rows[:5], ["", "Cộng khu vực I", part], *rows[5:], ["", "Cộng khu vực II", rest]])
    )
    assert values_of(reading) == expected_of(["population"])
    assert rules_of(reading, Severity.WARNING) == []
    districts = [["I", "Huyện A", part], *rows[:5], ["II", "Huyện B", rest], *rows[5:]]
    assert rules_of(read_one(xlsx([*head, whole, *districts])), Severity.WARNING) == []
    wrong = [["I", "Huyện A", part + 1], *rows[:5], ["II", "Huyện B", rest], *rows[5:]]
    assert rules_of(read_one(xlsx([*head, whole, *wrong])), Severity.WARNING) == ["import.total_differs"]


def test_findings_of_a_cell_say_where_it_is() -> None:
    reading = read_one(
        xlsx([["NĂM 2022"], ["Xã", "Dân số", "Trẻ dưới 5 tuổi"], ["Hồ Bốn", "12,5", "abc"], ["Nậm Có", "-", 3]])
    )
    placed = [
        (f.rule, f.file, f.sheet, f.row, f.column, f.unit, f.period, f.element)
        for f in reading.all_findings()
        if f.severity is not Severity.NOTE
    ]
    assert sorted(placed) == [
        ("import.dash", "bieu.xlsx", "TH", 4, "B", "04462", "2022", "population"),
        ("import.fraction", "bieu.xlsx", "TH", 3, "B", "04459", "2022", "population"),
        ("import.not_a_number", "bieu.xlsx", "TH", 3, "C", "04459", "2022", "under5"),
    ]
    assert values_of(reading) == {"04459": {"population": 12.5}, "04462": {"population": None, "under5": 3}}


def test_a_blank_gives_no_candidate() -> None:
    reading = read_one(
        xlsx([["NĂM 2022"], ["Xã", "Dân số", "Trẻ dưới 5 tuổi"], ["Hồ Bốn", "", 5], ["Nậm Có", " ", ""]])
    )
    assert values_of(reading) == {"04459": {"under5": 5}}
    assert [(skipped.row, str(skipped.reason)) for skipped in reading.skipped] == [(4, "No figures for Xã Nậm Có")]


def test_formulas_of_plain_numbers_are_computed_and_others_are_told() -> None:
    reading = read_one(xlsx([["NĂM 2022"], ["Xã", "Dân số"], ["Hồ Bốn", "=1200+35"], ["Nậm Có", "=B3*2"]]))
    assert values_of(reading) == {"04459": {"population": 1235}}
    assert rules_of(reading)[:2] == ["import.formula", "import.missing_units"]
    assert "import.computed" in rules_of(reading)
