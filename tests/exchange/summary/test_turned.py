"""Figures named down the side: communes across, the form of one commune."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from desktop.domain.findings import Severity
from desktop.exchange.reading import Layout
from tests.exchange.books import xlsx, xlsx_book
from tests.exchange.summary.making import (
    CODES,
    DATA_2022,
    ELEMENTS,
    NAMES,
    UNITS,
    as_typed,
    expected_of,
    read_all,
    read_one,
    rules_of,
    values_of,
)


def _turned(units: int = 3, codes: Sequence[str] = CODES) -> list[list[object]]:
    rows: list[list[object]] = [
        ["BIỂU SỐ LIỆU NĂM 2022"],
        [],
        ["STT", "Chỉ tiêu", "ĐVT", *(unit.name for unit in UNITS[:units])],
    ]
    for place, code in enumerate(codes, 1):
        figures = (as_typed(DATA_2022[unit.code][code]) for unit in UNITS[:units])
        rows.append([place, NAMES[code], ELEMENTS[0].unit, *figures])
    return rows


def test_communes_may_stand_across() -> None:
    reading = read_one(xlsx([*_turned(), ["", "Người lập biểu"]]))
    assert reading.layout is Layout.SUMMARY
    assert values_of(reading) == expected_of(units=3)
    first = reading.candidates[0]
    assert (first.unit, first.element, first.row, first.column) == ("04456", "population", 4, "D")
    assert rules_of(reading, Severity.WARNING) == []


def test_findings_of_a_turned_sheet_stand_where_the_cell_is() -> None:
    rows = _turned()
    rows[3][4] = "abc"
    (finding,) = [finding for finding in read_one(xlsx(rows)).all_findings() if finding.severity is Severity.ERROR]
    assert (finding.rule, finding.row, finding.column, finding.unit) == ("import.not_a_number", 4, "E", "04459")


def _form(title: str = "TRẠM Y TẾ XÃ HỒ BỐN") -> list[list[object]]:
    return [
        [title],
        ["BÁO CÁO NĂM 2022"],
        [],
        ["STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch", "Số liệu", "Ghi chú"],
        ["I", "Dân số"],
        [1, "Dân số trung bình", "người", 3000, "2.722", ""],
        ["II", "Trẻ em"],
        [2, "1. Trẻ dưới 5 tuổi", "trẻ", 300, 346, ""],
        [3, "2. Trẻ SDD thấp còi", "trẻ", 100, "-", "chưa cân"],
        [4, "Trạm quản lý, điều trị bệnh KLN", "có/không", "x", "x", ""],
        [],
        ["", "Người lập biểu", "", "", "TRẠM TRƯỞNG"],
    ]


@pytest.mark.parametrize(
    ("title", "sheet"),
    [("TRẠM Y TẾ XÃ HỒ BỐN", "Sheet1"), ("Đơn vị báo cáo: TYT xã Hồ Bốn", "Sheet1"), ("BÁO CÁO", "Hồ Bốn")],
)
def test_the_form_of_one_commune_is_read(title: str, sheet: str) -> None:
    reading = read_one(xlsx(_form(title), sheet=sheet))
    assert reading.layout is Layout.FORM
    assert reading.accepted == 1
    assert values_of(reading) == {"04459": {"population": 2722, "under5": 346, "stunted": None, "ncd_managed": True}}
    assert rules_of(reading, Severity.WARNING) == ["import.dash"]
    (dash,) = [finding for finding in reading.all_findings() if finding.rule == "import.dash"]
    assert (dash.row, dash.column) == (9, "E")


def test_a_form_that_names_no_commune_is_refused() -> None:
    reading = read_one(xlsx(_form("BÁO CÁO")))
    assert not reading.candidates
    assert rules_of(reading, Severity.ERROR) == ["import.unknown_unit"]


def test_a_workbook_of_one_form_a_sheet_is_read() -> None:
    readings = read_all(xlsx_book({"Hồ Bốn": _form(""), "Nậm Có": _form("")}))
    assert [reading.candidates[0].unit for reading in readings] == ["04459", "04462"]
