"""Whatever layout an office makes of its year: emptied, the same cells are found that the import would have read."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.periods import Period
from desktop.exchange.fill.places import Search, find_targets
from desktop.exchange.fill.sheet_xml import put_cells
from desktop.exchange.unit_names import KnownUnit
from desktop.exchange.workbook import read_workbook
from tests.exchange.books import xlsx
from tests.exchange.summary.making import ELEMENTS, UNITS
from tests.exchange.test_any_layout import Layout, _made, layouts

SEARCH = Search(tuple(ELEMENTS), lambda _: UNITS, Period.parse("2022"))


def emptied(layout: Layout) -> tuple[bytes, dict[tuple[int, int], tuple[str, str]]]:
    """The workbook without its figures, and which figure stood in which cell."""
    data, file = _made(layout)
    read = find_targets(read_workbook(data, file), SEARCH)[0].targets
    places = {(target.row, target.column): (target.unit, target.element) for target in read}
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row, column in places:
        book.worksheets[0].cell(row, column).value = None
    held = io.BytesIO()
    book.save(held)
    return held.getvalue(), places


@settings(max_examples=settings.default.max_examples // 2)  # each reads and writes two workbooks
@given(layouts(), st.sampled_from(["xlsx", "tcvn3", "vni"]))
def test_an_emptied_layout_has_the_same_cells(layout: Layout, kind: str) -> None:
    data, places = emptied(replace(layout, kind=kind))
    assert set(places.values()) == {(unit.code, code) for unit in UNITS for code in layout.codes}
    (found,) = find_targets(read_workbook(data, "bieu.xlsx"), SEARCH)
    assert {(one.row, one.column): (one.unit, one.element) for one in found.targets} == places
    assert all(one.held == "" for one in found.targets)


def test_what_is_put_in_is_what_is_read() -> None:
    """One figure a cell, all different, through the sheet's XML and back."""
    xml = "<worksheet><sheetData/></worksheet>"
    cells = {(row, column): row * 100 + column for row in range(1, 9) for column in range(1, 60, 7)}
    assert put_cells(put_cells(xml, cells), cells) == put_cells(xml, cells)


def test_a_thousand_cells_of_yes_and_no_are_all_found() -> None:
    units = [KnownUnit(str(10_000 + place), f"Xã Thử {place}") for place in range(600)]
    rows = [["BIỂU NĂM 2022"], ["Mã", "Xã", "Dân số trung bình", "Trạm quản lý, điều trị bệnh KLN"]]
    data = xlsx([*rows, *([unit.code, unit.name] for unit in units)])
    (found,) = find_targets(read_workbook(data, "a.xlsx"), replace(SEARCH, units=lambda _: units))
    assert len(found.targets) == 1200


def test_columns_in_thousands_are_said_and_left_out() -> None:
    across = [["NĂM 2022"], ["Xã", "Dân số (nghìn người)", "Trẻ đẻ sống"], ["Xã Hồ Bốn", "", ""], ["Xã Nậm Có", "", ""]]
    down = [["NĂM 2022"], ["Tên", "Xã Hồ Bốn", "Xã Nậm Có"], ["Dân số (1.000 người)"], ["Trẻ đẻ sống"], ["Tử vong mẹ"]]
    for rows, place in ((across, (None, "B")), (down, (3, None))):
        (found,) = find_targets(read_workbook(xlsx(rows), "a.xlsx"), SEARCH)
        assert "population" not in {one.element for one in found.targets}
        assert found.targets
        assert [(one.rule, one.row, one.column) for one in found.findings] == [("import.scaled", *place)]
