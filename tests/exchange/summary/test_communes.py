"""Which commune a row of a summary is of."""

from __future__ import annotations

import pytest

from desktop.domain.findings import Severity
from desktop.exchange.unit_names import KnownUnit
from tests.exchange.books import xlsx
from tests.exchange.summary.making import (
    UNITS,
    expected_of,
    read_one,
    rules_of,
    table_of,
    values_of,
)


@pytest.mark.parametrize("column", ["text", "number"])
def test_codes_name_the_communes(column: str) -> None:
    rows = [["NĂM 2022"], ["STT", "Mã xã", "Tên", "Dân số"]]
    rows += [
        [1, "04456" if column == "text" else 4456, "", 5740],
        [2, "04459" if column == "text" else 4459, "?", 2722],
    ]
    reading = read_one(xlsx(rows))
    assert values_of(reading) == {"04456": {"population": 5740}, "04459": {"population": 2722}}


def test_order_numbers_are_no_codes() -> None:
    units = [KnownUnit(f"0000{place}", name) for place, name in ((2, "Phường Phúc Xá"), (1, "Phường Trúc Bạch"))]
    rows = [["NĂM 2022"], ["STT", "Phường", "Dân số"], [1, "Phúc Xá", 10], [2, "Trúc Bạch", 20]]
    reading = read_one(xlsx(rows), units=lambda _: units)
    assert values_of(reading) == {"00002": {"population": 10}, "00001": {"population": 20}}


def test_a_code_that_contradicts_the_name_leaves_the_row_out() -> None:
    rows = [
        ["NĂM 2022"],
        ["Mã xã", "Tên xã", "Dân số"],
        ["04456", "Hồ Bốn", 5],
        ["04462", "Nậm Có", 6],
        ["04465", "Khao Mang", 7],
    ]
    reading = read_one(xlsx(rows))
    assert set(values_of(reading)) == {"04462", "04465"}
    assert rules_of(reading, Severity.ERROR) == ["import.ambiguous_unit"]


@pytest.mark.parametrize(
    "name",
    ["Thị trấn Mù Cang Chải", "TT Mù Cang Chải", "TT. Mù Cang Chải", "T.T Mù Cang Chải", "TTr. Mù Cang Chải", "Mù Cang Chải",
     "THỊ TRẤN MÙ CANG CHẢI", "1. TT Mù Cang Chải", "Trạm Y tế TT Mù Cang Chải", "TYT thị trấn Mù Cang Chải",
     "tt mu cang chai", "Thị trấn  Mù\u00a0Cang Chải ", "TT Mù Cang Chải (*)"],
)  # fmt: skip
def test_spellings_of_a_name_are_the_name(name: str) -> None:
    reading = read_one(xlsx([["NĂM 2022"], ["Đơn vị", "Dân số"], [name, 5], ["Hồ Bốn", 6]]))
    assert set(values_of(reading)) == {"04456", "04459"}
    assert rules_of(reading, Severity.WARNING) == []


@pytest.mark.parametrize("name", ["Mù Căng Chải", "TT Mù Càng Chai"])
def test_a_name_with_other_marks_is_taken_with_a_note(name: str) -> None:
    reading = read_one(xlsx([["NĂM 2022"], ["Đơn vị", "Dân số"], [name, 5], ["Hồ Bốn", 6]]))
    assert set(values_of(reading)) == {"04456", "04459"}
    assert rules_of(reading)[0] == "import.unit_doubtful"
    assert rules_of(reading, Severity.WARNING) == []


@pytest.mark.parametrize("name", ["Xã Mù Cang Chải", "TT Mù Cang Chảii", "Mù Cang Trải"])
def test_a_name_that_is_nearly_right_is_taken_with_a_warning(name: str) -> None:
    reading = read_one(xlsx([["NĂM 2022"], ["Đơn vị", "Dân số"], [name, 5], ["Hồ Bốn", 6]]))
    assert set(values_of(reading)) == {"04456", "04459"}
    (finding,) = [finding for finding in reading.all_findings() if finding.severity is Severity.WARNING]
    assert (finding.rule, finding.row, finding.column, finding.unit) == ("import.unit_doubtful", 3, "A", "04456")


def test_a_name_near_to_a_commune_that_has_its_own_row_is_unknown() -> None:
    reading = read_one(
        xlsx([["NĂM 2022"], ["Đơn vị", "Dân số"], ["Xã Hồ Bôn", 5], ["Xã Hồ Bốn", 6], ["Xã Hồ Bống", 7]])
    )
    assert values_of(reading) == {"04459": {"population": 6}}
    assert rules_of(reading, Severity.ERROR) == ["import.unknown_unit", "import.unknown_unit"]


def test_tone_places_and_the_two_i_are_one_name() -> None:
    units = [KnownUnit("1", "Xã Hòa Thủy"), KnownUnit("2", "Xã Mỹ Lý")]
    rows = [["NĂM 2022"], ["Xã", "Dân số"], ["Hoà Thuỷ", 1], ["Mĩ Lí", 2]]
    reading = read_one(xlsx(rows), units=lambda _: units)
    assert set(values_of(reading)) == {"1", "2"}
    assert rules_of(reading, Severity.WARNING) == []


def test_a_name_that_several_communes_bear_leaves_the_row_out() -> None:
    units = [KnownUnit("1", "Xã Tân Lập"), KnownUnit("2", "Thị trấn Tân Lập"), KnownUnit("3", "Xã Hòa An")]
    rows = [["NĂM 2022"], ["Xã", "Dân số"], ["Tân Lập", 1], ["TT Tân Lập", 2], ["Hòa An", 3]]
    reading = read_one(xlsx(rows), units=lambda _: units)
    assert set(values_of(reading)) == {"2", "3"}
    assert rules_of(reading, Severity.ERROR) == ["import.ambiguous_unit"]


def test_an_unknown_commune_is_told_and_does_not_stop_the_others() -> None:
    table = table_of()
    table.insert(5, [99, "Xã Tú Lệ", 1, 2, 3, 4, 5, 6, 7, "x"])
    reading = read_one(xlsx(table))
    assert values_of(reading) == expected_of()
    (finding,) = [finding for finding in reading.all_findings() if finding.severity is Severity.ERROR]
    assert (finding.rule, finding.row, finding.column) == ("import.unknown_unit", 6, "B")


def test_thousands_of_foreign_rows_are_told_once_they_are_many() -> None:
    foreign = [[place, f"Thôn {place}", 1, 2, 3, 4, 5, 6, 7, "x"] for place in range(900)]
    reading = read_one(xlsx([*table_of(), *foreign]))
    assert values_of(reading) == expected_of()
    told = [finding for finding in reading.all_findings() if finding.severity is Severity.ERROR]
    assert len(told) == 501
    assert dict(told[-1].message.values) == {"count": 400}
    assert len(reading.skipped) == 900


def test_a_column_that_is_not_read_is_always_told() -> None:
    rows = [
        ["NĂM 2022"],
        ["Xã, phường", "Dân số", "Nhân lực xã (người)"],
        [UNITS[0].name, 10, 4],
        [UNITS[1].name, 11, 5],
    ]
    (note,) = [finding for finding in read_one(xlsx(rows)).findings if finding.rule == "import.extra_column"]
    assert note.column == "C"


def test_a_commune_that_stands_twice_is_read_once() -> None:
    table = table_of()
    same = read_one(xlsx([*table, table[4]]))
    assert values_of(same) == expected_of()
    assert rules_of(same, Severity.WARNING) == []
    other = read_one(xlsx([*table, [15, UNITS[2].name, 1, 2, 3, 4, 5, 6, 7, "x"]]))
    assert values_of(other) == expected_of()
    assert rules_of(other, Severity.WARNING) == ["import.unit_twice"]


def test_communes_the_sheet_does_not_name_are_noted() -> None:
    reading = read_one(xlsx(table_of(units=12)))
    assert rules_of(reading) == ["import.missing_units"]
