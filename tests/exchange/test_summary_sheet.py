"""Summaries in every layout offices make: the same figures come out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.elements import Element
from desktop.domain.findings import Severity
from desktop.domain.legacy_text import TCVN3, VNI, Encoding
from desktop.domain.periods import Period
from desktop.domain.text import fold, nfc
from desktop.domain.values import NOT_REPORTED, YES, Kind, State, Value
from desktop.exchange.catalogue_file import read_catalogue
from desktop.exchange.reading import Layout, SheetReading
from desktop.exchange.summary_sheet import read_summary
from desktop.exchange.unit_names import KnownUnit
from desktop.exchange.workbook import read_workbook
from tests.exchange.books import Rows, csv_text, ods, xls, xlsx, xlsx_book

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "data" / "samples"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
CATALOGUE, _ = read_catalogue(
    (ROOT / "resources" / "catalogue" / "commune-year.yaml").read_text(encoding="utf-8"), "commune-year.yaml"
)
ELEMENTS = list(CATALOGUE.catalogue.elements.values())
UNITS = [KnownUnit(code, name) for code, name in EXPECTED["units"].items()]
NEW_UNITS = [KnownUnit(code, name) for code, name in EXPECTED["new_units"].items()]
Y2022 = Period.parse("2022")
DATA_2022 = EXPECTED["periods"]["2022|tong-hop-2022.xlsx"]["values"]
NAMES = {element.code: element.name_vi for element in ELEMENTS}
CODES = ["population", "insured", "under1", "under5", "measured", "stunted", "deaths_under1", "ncd_managed"]


def _units(period: Period) -> Sequence[KnownUnit]:
    return NEW_UNITS if period.last.isoformat() >= "2025-07-01" else UNITS


def _read(
    data: bytes, file: str = "bieu.xlsx", *, period: str | None = None, kind: Kind | None = None,
    encoding: Encoding | None = None, elements: Sequence[Element] = tuple(ELEMENTS), units: object = _units,
) -> list[SheetReading]:  # fmt: skip
    return read_summary(
        read_workbook(data, file),
        elements=elements,
        units=units,  # type: ignore[arg-type]
        period=Period.parse(period) if period else None,
        kind=kind,
        encoding=encoding,
    )


def _one(data: bytes, file: str = "bieu.xlsx", **asked: object) -> SheetReading:
    (reading,) = _read(data, file, **asked)  # type: ignore[arg-type]
    return reading


def _plain(value: Value) -> object:
    if value.amount is not None:
        return value.amount / 10_000
    return {State.YES: True, State.NO: False, State.NOT_REPORTED: None}.get(value.state, value.text)


def _values(reading: SheetReading) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for candidate in reading.candidates:
        found.setdefault(candidate.unit, {})[candidate.element] = _plain(candidate.value)
    return found


def _rules(reading: SheetReading, least: Severity = Severity.NOTE) -> list[str]:
    order = [Severity.NOTE, Severity.WARNING, Severity.ERROR]
    return [f.rule for f in reading.all_findings() if order.index(f.severity) >= order.index(least)]


def _cell(value: object) -> object:
    return {True: "x", False: "không"}.get(value, value) if isinstance(value, bool) else value


def _table(
    codes: Sequence[str] = CODES, *, title: str | None = "BIỂU TỔNG HỢP NĂM 2022", units: int = 14
) -> list[list[object]]:
    """A plain one-line table of 2022."""
    rows: list[list[object]] = [[title]] if title else []
    rows.append(["STT", "Xã, thị trấn", *(NAMES[code] for code in codes)])
    for place, unit in enumerate(UNITS[:units], 1):
        rows.append([place, unit.name, *(_cell(DATA_2022[unit.code][code]) for code in codes)])
    return rows


def _expected(codes: Sequence[str] = CODES, units: int = 14) -> dict[str, dict[str, object]]:
    return {unit.code: {code: DATA_2022[unit.code][code] for code in codes} for unit in UNITS[:units]}


# ---------------------------------------------------------------- the samples


@pytest.mark.parametrize("key", EXPECTED["periods"])
def test_a_sample_gives_exactly_what_was_typed(key: str) -> None:
    period, file = key.split("|")
    sample = EXPECTED["periods"][key]
    reading = _one((SAMPLES / file).read_bytes(), file)
    values = {
        unit: {code: said for code, said in row.items() if said is not None} for unit, row in _values(reading).items()
    }
    assert values == {
        unit: {code: said for code, said in row.items() if said is not None} for unit, row in sample["values"].items()
    }
    silent = {(c.unit, c.element) for c in reading.candidates if c.value == NOT_REPORTED}
    assert silent <= {tuple(pair) for pair in sample["not_reported"]}
    assert reading.period == Period.parse(period)
    assert reading.kind is (Kind.ESTIMATE if "uoc" in file else Kind.ACTUAL)
    assert reading.accepted == len(sample["units"])
    assert reading.encoding is (Encoding.TCVN3 if "tcvn3" in file else Encoding.UNICODE)
    assert _rules(reading, Severity.WARNING) == (["import.dash"] if period == "2024" else [])


def test_the_rows_left_out_of_a_sample_are_told() -> None:
    reading = _one((SAMPLES / "tong-hop-2022.xlsx").read_bytes(), "tong-hop-2022.xlsx")
    assert [(skipped.row, str(skipped.reason)) for skipped in reading.skipped] == [
        (22, "Total row “Tổng cộng”"),
        (24, "Signature line"),
    ]


def test_the_weighing_lists_are_recognised_and_left_to_their_own_reader() -> None:
    readings = _read((SAMPLES / "can-do-tre-2024-06.xlsx").read_bytes(), "can-do-tre-2024-06.xlsx")
    assert {reading.layout for reading in readings} == {Layout.WEIGHING}
    assert not any(_rules(reading) for reading in readings)


# ---------------------------------------------------------------- layouts


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_columns_in_any_order_beside_any_others_give_the_same(data: st.DataObject) -> None:
    codes = data.draw(st.permutations(list(NAMES)))
    table = _table(codes)
    for heading in data.draw(
        st.lists(st.sampled_from(["Ghi chú", "Số hộ", "Tỷ lệ SDD thấp còi (%)", "Trẻ dưới 2 tuổi"]), unique=True)
    ):
        at = data.draw(st.integers(1, len(table[1])))
        table = [
            table[0],
            *([*row[:at], heading if place == 0 else place, *row[at:]] for place, row in enumerate(table[1:])),
        ]
    above = data.draw(st.integers(0, 5))
    reading = _one(xlsx([[]] * above + table))
    assert _values(reading) == _expected(codes)
    assert _rules(reading, Severity.WARNING) == []


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "csv;", "csv,", "csv-utf16"])
def test_the_kind_of_file_does_not_matter(kind: str) -> None:
    table = _table()
    made = {
        "xlsx": lambda: xlsx(table),
        "xls": lambda: xls(table),
        "ods": lambda: ods(table),
        "csv;": lambda: csv_text(table).encode("utf-8-sig"),
        "csv,": lambda: csv_text(table, ",").encode(),
        "csv-utf16": lambda: csv_text(table, "\t").encode("utf-16"),
    }[kind]()
    reading = _one(made, f"bieu.{kind[:4].strip(';,-')}")
    assert _values(reading) == _expected()


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
    reading = _one(made)
    assert _values(reading) == {
        "04456": {
            "under5": 778,
            "measured": 711,
            "stunted": 217,
            "deaths_under1": 2,
            "deaths_under5": 3,
            "insured": 5635,
        }
    }
    assert _rules(reading, Severity.WARNING) == []
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
    reading = _one(xlsx(table, merges=["D2:E2", "D3:E3", "A2:A5", "B2:B5", "C2:C3"]))
    assert _values(reading) == {"04459": {"population": 2722, "under5": 346, "measured": 323}}


def test_headings_without_marks_and_with_abbreviations_are_read() -> None:
    table = [
        ["NAM 2022"],
        ["Xa", "DAN SO TB", "Co the BHYT", "TE <1 tuoi", "TCDD", "BS tai tram", "QL benh KLN", "YHGD"],
        ["Ho Bon", 2722, 2659, 72, 68, 0, "x", "x"],
    ]
    assert _values(_one(xlsx(table)))["04459"] == {
        "population": 2722, "insured": 2659, "under1": 72, "fully_vaccinated": 68, "doctors": 0, "ncd_managed": True,
        "family_medicine": True,
    }  # fmt: skip


def test_headings_that_come_again_on_each_page_are_left_out() -> None:
    table = _table()
    paged = [*table[:8], [], table[1], *table[8:]]
    reading = _one(xlsx(paged))
    assert _values(reading) == _expected()
    assert [(skipped.row, str(skipped.reason)) for skipped in reading.skipped] == [(10, "The headings again")]


def test_two_line_headings_that_come_again_are_left_out() -> None:
    head = [["STT", "Xã", "Trẻ dưới 5 tuổi", ""], ["", "", "Tổng số", "Được cân đo"]]
    rows = [[1, "Hồ Bốn", 346, 323], [2, "Nậm Có", 524, 485]]
    reading = _one(xlsx([["NĂM 2022"], *head, rows[0], *head, rows[1]]))
    assert _values(reading) == {"04459": {"under5": 346, "measured": 323}, "04462": {"under5": 524, "measured": 485}}
    assert _rules(reading, Severity.WARNING) == []


def test_a_second_table_with_other_columns_is_read_too() -> None:
    first, second = _table(CODES[:3]), _table(CODES[3:], title=None)
    reading = _one(xlsx([*first, [], ["II. Dinh dưỡng"], *second]))
    assert _values(reading) == _expected()
    assert _rules(reading, Severity.WARNING) == []


def test_sheets_are_read_one_by_one() -> None:
    cover = [["TRUNG TÂM Y TẾ"], ["Kính gửi Sở Y tế"]]
    readings = _read(xlsx_book({"Bìa": cover, "A": _table(CODES[:2]), "Trống": [], "B": _table(CODES[2:])}))
    assert [reading.layout for reading in readings] == [Layout.OTHER, Layout.SUMMARY, Layout.OTHER, Layout.SUMMARY]
    assert _rules(readings[0]) == ["import.no_table"]
    assert not _rules(readings[0], Severity.WARNING)
    assert _rules(readings[2]) == []


def test_a_workbook_without_any_table_is_an_error() -> None:
    reading = _one(xlsx([["Xin chào"], ["không có bảng nào"]]))
    assert _rules(reading, Severity.ERROR) == ["import.no_table"]


def test_hidden_rows_columns_and_sheets_are_read_with_a_note() -> None:
    (reading,) = _read(xlsx_book({"A": _table()}, hidden_rows=[4], hidden_columns=["C"]))
    assert _values(reading) == _expected()
    assert _rules(reading) == ["import.hidden_rows", "import.hidden_columns"]
    readings = _read(xlsx_book({"A": _table(CODES[:2]), "B": _table(CODES[2:])}, hidden=["B"]))
    assert _rules(readings[1]) == ["import.hidden_sheet"]
    assert _values(readings[1]) == _expected(CODES[2:])


def test_a_hidden_copy_does_not_win_over_what_is_seen() -> None:
    old = [[cell + 1 if isinstance(cell, int) else cell for cell in row] for row in _table()]
    hidden, seen = _read(xlsx_book({"cũ": old, "TH": _table()}, hidden=["cũ"]))
    assert _values(seen) == _expected()
    assert "population" not in {candidate.element for candidate in hidden.candidates}


# ---------------------------------------------------------------- text


def _coded(rows: Rows, table: dict[str, str]) -> list[list[object]]:
    codes = {letter: code for code, letter in reversed(table.items())}
    codes = {letter.upper(): code for letter, code in codes.items()} | codes  # TCVN3 has small codes only
    return [
        ["".join(codes.get(c, c) for c in nfc(cell)) if isinstance(cell, str) else cell for cell in row] for row in rows
    ]


@pytest.mark.parametrize("write", [xlsx, xls, ods, lambda rows: csv_text(rows).encode("latin-1")])
@pytest.mark.parametrize(("encoding", "table"), [(Encoding.TCVN3, TCVN3), (Encoding.VNI, VNI)])
def test_sheets_typed_in_old_fonts_are_read(write: object, encoding: Encoding, table: dict[str, str]) -> None:
    codes = list(NAMES)
    reading = _one(write(_coded(_table(codes), table)))  # type: ignore[operator]
    assert reading.encoding is encoding
    assert _values(reading) == _expected(codes)
    assert "import.encoding" in _rules(reading)
    assert _rules(reading, Severity.WARNING) == []


def test_good_vietnamese_inside_an_old_sheet_stays() -> None:
    rows = _coded(_table(), TCVN3)
    rows[3] = [2, "Xã Hồ Bốn", *rows[3][2:-1], "không"]
    rows[4][1] = "Xã Nậm Có"
    values = _values(_one(xlsx(rows)))
    assert values["04459"]["ncd_managed"] is False
    assert values["04462"] == _expected()["04462"]


def test_letters_that_came_apart_are_put_together() -> None:
    rows = [[_apart(cell) if isinstance(cell, str) else cell for cell in row] for row in _table()]
    reading = _one(xlsx(rows))
    assert _values(reading) == _expected()
    assert _rules(reading) == ["import.repaired"]


def _apart(text: str) -> str:
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


def test_the_encoding_may_be_given() -> None:
    reading = _one(xlsx(_coded(_table(), VNI)), encoding=Encoding.VNI)
    assert _values(reading) == _expected()


# ---------------------------------------------------------------- communes


@pytest.mark.parametrize("column", ["text", "number"])
def test_codes_name_the_communes(column: str) -> None:
    rows = [["NĂM 2022"], ["STT", "Mã xã", "Tên", "Dân số"]]
    rows += [
        [1, "04456" if column == "text" else 4456, "", 5740],
        [2, "04459" if column == "text" else 4459, "?", 2722],
    ]
    reading = _one(xlsx(rows))
    assert _values(reading) == {"04456": {"population": 5740}, "04459": {"population": 2722}}


def test_order_numbers_are_no_codes() -> None:
    units = [KnownUnit(f"0000{place}", name) for place, name in ((2, "Phường Phúc Xá"), (1, "Phường Trúc Bạch"))]
    rows = [["NĂM 2022"], ["STT", "Phường", "Dân số"], [1, "Phúc Xá", 10], [2, "Trúc Bạch", 20]]
    reading = _one(xlsx(rows), units=lambda _: units)
    assert _values(reading) == {"00002": {"population": 10}, "00001": {"population": 20}}


def test_a_code_that_contradicts_the_name_leaves_the_row_out() -> None:
    rows = [
        ["NĂM 2022"],
        ["Mã xã", "Tên xã", "Dân số"],
        ["04456", "Hồ Bốn", 5],
        ["04462", "Nậm Có", 6],
        ["04465", "Khao Mang", 7],
    ]
    reading = _one(xlsx(rows))
    assert set(_values(reading)) == {"04462", "04465"}
    assert _rules(reading, Severity.ERROR) == ["import.ambiguous_unit"]


@pytest.mark.parametrize(
    "name",
    ["Thị trấn Mù Cang Chải", "TT Mù Cang Chải", "TT. Mù Cang Chải", "T.T Mù Cang Chải", "TTr. Mù Cang Chải", "Mù Cang Chải",
     "THỊ TRẤN MÙ CANG CHẢI", "1. TT Mù Cang Chải", "Trạm Y tế TT Mù Cang Chải", "TYT thị trấn Mù Cang Chải",
     "tt mu cang chai", "Thị trấn  Mù\u00a0Cang Chải ", "TT Mù Cang Chải (*)"],
)  # fmt: skip
def test_spellings_of_a_name_are_the_name(name: str) -> None:
    reading = _one(xlsx([["NĂM 2022"], ["Đơn vị", "Dân số"], [name, 5], ["Hồ Bốn", 6]]))
    assert set(_values(reading)) == {"04456", "04459"}
    assert _rules(reading, Severity.WARNING) == []


@pytest.mark.parametrize("name", ["Mù Căng Chải", "TT Mù Càng Chai"])
def test_a_name_with_other_marks_is_taken_with_a_note(name: str) -> None:
    reading = _one(xlsx([["NĂM 2022"], ["Đơn vị", "Dân số"], [name, 5], ["Hồ Bốn", 6]]))
    assert set(_values(reading)) == {"04456", "04459"}
    assert _rules(reading)[0] == "import.unit_doubtful"
    assert _rules(reading, Severity.WARNING) == []


@pytest.mark.parametrize("name", ["Xã Mù Cang Chải", "TT Mù Cang Chảii", "Mù Cang Trải"])
def test_a_name_that_is_nearly_right_is_taken_with_a_warning(name: str) -> None:
    reading = _one(xlsx([["NĂM 2022"], ["Đơn vị", "Dân số"], [name, 5], ["Hồ Bốn", 6]]))
    assert set(_values(reading)) == {"04456", "04459"}
    (finding,) = [finding for finding in reading.all_findings() if finding.severity is Severity.WARNING]
    assert (finding.rule, finding.row, finding.column, finding.unit) == ("import.unit_doubtful", 3, "A", "04456")


def test_a_name_near_to_a_commune_that_has_its_own_row_is_unknown() -> None:
    reading = _one(xlsx([["NĂM 2022"], ["Đơn vị", "Dân số"], ["Xã Hồ Bôn", 5], ["Xã Hồ Bốn", 6], ["Xã Hồ Bống", 7]]))
    assert _values(reading) == {"04459": {"population": 6}}
    assert _rules(reading, Severity.ERROR) == ["import.unknown_unit", "import.unknown_unit"]


def test_tone_places_and_the_two_i_are_one_name() -> None:
    units = [KnownUnit("1", "Xã Hòa Thủy"), KnownUnit("2", "Xã Mỹ Lý")]
    rows = [["NĂM 2022"], ["Xã", "Dân số"], ["Hoà Thuỷ", 1], ["Mĩ Lí", 2]]
    reading = _one(xlsx(rows), units=lambda _: units)
    assert set(_values(reading)) == {"1", "2"}
    assert _rules(reading, Severity.WARNING) == []


def test_a_name_that_several_communes_bear_leaves_the_row_out() -> None:
    units = [KnownUnit("1", "Xã Tân Lập"), KnownUnit("2", "Thị trấn Tân Lập"), KnownUnit("3", "Xã Hòa An")]
    rows = [["NĂM 2022"], ["Xã", "Dân số"], ["Tân Lập", 1], ["TT Tân Lập", 2], ["Hòa An", 3]]
    reading = _one(xlsx(rows), units=lambda _: units)
    assert set(_values(reading)) == {"2", "3"}
    assert _rules(reading, Severity.ERROR) == ["import.ambiguous_unit"]


def test_an_unknown_commune_is_told_and_does_not_stop_the_others() -> None:
    table = _table()
    table.insert(5, [99, "Xã Tú Lệ", 1, 2, 3, 4, 5, 6, 7, "x"])
    reading = _one(xlsx(table))
    assert _values(reading) == _expected()
    (finding,) = [finding for finding in reading.all_findings() if finding.severity is Severity.ERROR]
    assert (finding.rule, finding.row, finding.column) == ("import.unknown_unit", 6, "B")


def test_thousands_of_foreign_rows_are_told_once_they_are_many() -> None:
    foreign = [[place, f"Thôn {place}", 1, 2, 3, 4, 5, 6, 7, "x"] for place in range(900)]
    reading = _one(xlsx([*_table(), *foreign]))
    assert _values(reading) == _expected()
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
    (note,) = [finding for finding in _one(xlsx(rows)).findings if finding.rule == "import.extra_column"]
    assert note.column == "C"


def test_a_commune_that_stands_twice_is_read_once() -> None:
    table = _table()
    same = _one(xlsx([*table, table[4]]))
    assert _values(same) == _expected()
    assert _rules(same, Severity.WARNING) == []
    other = _one(xlsx([*table, [15, UNITS[2].name, 1, 2, 3, 4, 5, 6, 7, "x"]]))
    assert _values(other) == _expected()
    assert _rules(other, Severity.WARNING) == ["import.unit_twice"]


def test_communes_the_sheet_does_not_name_are_noted() -> None:
    reading = _one(xlsx(_table(units=12)))
    assert _rules(reading) == ["import.missing_units"]


# ---------------------------------------------------------------- totals, notes, signatures


def _with_total(total: list[object]) -> SheetReading:
    table = _table(CODES[:3])
    return _one(
        xlsx([*table, total, [], ["", "Ghi chú: số liệu do trạm báo cáo"], ["", "Người lập biểu", "", "GIÁM ĐỐC"]])
    )


@pytest.mark.parametrize(
    "label", ["Tổng cộng", "Cộng", "Toàn huyện", "TỔNG SỐ", "Tổng số:", "Tổng (14 xã)", "Huyện Mù Cang Chải"]
)
def test_a_total_row_is_no_data_and_must_agree(label: str) -> None:
    sums = [sum(DATA_2022[unit.code][code] for unit in UNITS) for code in CODES[:3]]
    reading = _with_total(["", label, *sums])
    assert _values(reading) == _expected(CODES[:3])
    assert _rules(reading, Severity.WARNING) == []
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
    table = _table(["population"])
    head, rows = table[:2], table[2:]
    part = sum(row[2] for row in rows[:5])
    rest = sum(row[2] for row in rows[5:])
    whole = ["", "Toàn huyện", part + rest]
    reading = _one(
        xlsx([*head, whole, *rows[:5], ["", "Cộng khu vực I", part], *rows[5:], ["", "Cộng khu vực II", rest]])
    )
    assert _values(reading) == _expected(["population"])
    assert _rules(reading, Severity.WARNING) == []
    districts = [["I", "Huyện A", part], *rows[:5], ["II", "Huyện B", rest], *rows[5:]]
    assert _rules(_one(xlsx([*head, whole, *districts])), Severity.WARNING) == []
    wrong = [["I", "Huyện A", part + 1], *rows[:5], ["II", "Huyện B", rest], *rows[5:]]
    assert _rules(_one(xlsx([*head, whole, *wrong])), Severity.WARNING) == ["import.total_differs"]


# ---------------------------------------------------------------- cells


def test_findings_of_a_cell_say_where_it_is() -> None:
    reading = _one(
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
    assert _values(reading) == {"04459": {"population": 12.5}, "04462": {"population": None, "under5": 3}}


def test_a_blank_gives_no_candidate() -> None:
    reading = _one(xlsx([["NĂM 2022"], ["Xã", "Dân số", "Trẻ dưới 5 tuổi"], ["Hồ Bốn", "", 5], ["Nậm Có", " ", ""]]))
    assert _values(reading) == {"04459": {"under5": 5}}
    assert [(skipped.row, str(skipped.reason)) for skipped in reading.skipped] == [(4, "No figures for Xã Nậm Có")]


def test_formulas_of_plain_numbers_are_computed_and_others_are_told() -> None:
    reading = _one(xlsx([["NĂM 2022"], ["Xã", "Dân số"], ["Hồ Bốn", "=1200+35"], ["Nậm Có", "=B3*2"]]))
    assert _values(reading) == {"04459": {"population": 1235}}
    assert _rules(reading)[:2] == ["import.formula", "import.missing_units"]
    assert "import.computed" in _rules(reading)


# ---------------------------------------------------------------- period and kind


def test_a_wrong_year_in_the_title_stops_that_sheet_only() -> None:
    readings = _read(xlsx_book({"A": _table(title="NĂM 2023"), "B": _table()}), period="2022")
    assert readings[0].stopped
    assert not readings[0].candidates
    assert _rules(readings[0]) == ["import.period_differs"]
    assert _values(readings[1]) == _expected()


def test_the_asked_period_is_enough_where_the_title_is_silent() -> None:
    reading = _one(xlsx(_table(title="BIỂU SỐ LIỆU")), period="2022")
    assert reading.period == Y2022
    assert _rules(reading) == []


@pytest.mark.parametrize(("file", "sheet"), [("so-lieu-2022.xlsx", "TH"), ("a.xlsx", "2022"), ("a.xlsx", "Năm 2022")])
def test_without_a_title_the_names_of_sheet_and_file_say_the_period(file: str, sheet: str) -> None:
    reading = _one(xlsx(_table(title=None), sheet=sheet), file)
    assert reading.period == Y2022
    assert _rules(reading) == ["import.period_from_name"]


def test_without_any_period_nothing_is_read() -> None:
    reading = _one(xlsx(_table(title="BIỂU SỐ LIỆU")))
    assert reading.stopped
    assert _rules(reading, Severity.ERROR) == ["import.no_period"]


def test_a_name_that_contradicts_the_title_is_a_warning() -> None:
    reading = _one(xlsx(_table()), "so-lieu-2021.xlsx")
    assert reading.period == Y2022
    assert _rules(reading) == ["import.period_name"]


def test_the_day_of_signing_is_no_period() -> None:
    table = [
        ["SỞ Y TẾ", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["", "", "Mù Cang Chải, ngày 05 tháng 01 năm 2023"],
        *_table(),
    ]
    assert _one(xlsx(table)).period == Y2022


@pytest.mark.parametrize(
    ("title", "period", "kind"),
    [
        ("LŨY KẾ 9 THÁNG NĂM 2024", "2024NineMonths", Kind.ACTUAL),
        ("Quý III/2024", "2024Q3", Kind.ACTUAL),
        ("6 tháng đầu năm 2024", "2024S1", Kind.ACTUAL),
        ("Tháng 9 năm 2024", "202409", Kind.ACTUAL),
        ("ƯỚC THỰC HIỆN NĂM 2024", "2024", Kind.ESTIMATE),
        ("GIAO CHỈ TIÊU NĂM 2024", "2024", Kind.ASSIGNED),
        ("KẾT QUẢ THỰC HIỆN CHỈ TIÊU NĂM 2024", "2024", Kind.ACTUAL),
    ],
)
def test_the_title_says_period_and_kind(title: str, period: str, kind: Kind) -> None:
    reading = _one(xlsx(_table(title=title)))
    assert reading.period == Period.parse(period)
    assert reading.kind is kind


def test_a_kind_that_differs_from_the_title_stops_the_sheet() -> None:
    reading = _one(xlsx(_table(title="ƯỚC THỰC HIỆN NĂM 2022")), kind=Kind.ACTUAL)
    assert reading.stopped
    assert _rules(reading) == ["import.kind_differs"]
    assert _one(xlsx(_table()), kind=Kind.ESTIMATE).kind is Kind.ESTIMATE


# ---------------------------------------------------------------- headings in doubt


def test_columns_that_say_the_same_are_told_and_the_first_is_read() -> None:
    rows = [
        ["NĂM 2022"],
        ["Xã", "Dân số", "Dân số trung bình", "Trẻ dưới 5 tuổi"],
        ["Hồ Bốn", 1, 1, 5],
        ["Nậm Có", 2, 3, 6],
    ]
    reading = _one(xlsx(rows))
    assert _values(reading)["04462"] == {"population": 2, "under5": 6}
    (finding,) = [finding for finding in reading.all_findings() if finding.severity is Severity.WARNING]
    assert (finding.rule, finding.column, finding.element) == ("import.heading_twice", "C", "population")


def test_a_misspelt_heading_is_taken_with_a_warning() -> None:
    reading = _one(xlsx([["NĂM 2022"], ["Xã", "Dân số trung bnh", "Trẻ dưới 5 tuổi"], ["Hồ Bốn", 1, 5]]))
    assert _values(reading) == {"04459": {"population": 1, "under5": 5}}
    assert _rules(reading, Severity.WARNING) == ["import.heading_doubtful"]


def test_rates_and_parts_are_not_mistaken_for_counts() -> None:
    rows = [
        ["NĂM 2022"],
        [
            "Xã",
            "Dân số",
            "Dân số nữ",
            "Trẻ dưới 5 tuổi",
            "Tỷ lệ SDD thấp còi (%)",
            "Trẻ SDD gầy còm",
            "Kế hoạch tiêm chủng đầy đủ",
        ],
        ["Hồ Bốn", 1, 2, 3, 4, 5, 6],
    ]
    reading = _one(xlsx(rows))
    assert _values(reading) == {"04459": {"population": 1, "under5": 3}}
    assert _rules(reading).count("import.extra_column") == 4


def test_yes_is_counted_in_totals() -> None:
    yes = sum(DATA_2022[unit.code]["ncd_managed"] for unit in UNITS)
    table = _table(["population", "ncd_managed"])
    assert _rules(_one(xlsx([*table, ["", "Cộng", "", yes]])), Severity.WARNING) == []
    assert _one(xlsx(table)).candidates[1].value == YES
    assert fold(NAMES["ncd_managed"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.just(""),
                st.text(st.characters(exclude_characters="\0"), max_size=12),
                st.integers(-5, 10**6),
                st.floats(allow_nan=False),
                st.sampled_from([*NAMES.values(), "Xã", "Hồ Bốn", "NĂM 2022", "Cộng", "x", "-"]),
            ),
            max_size=6,
        ),
        max_size=12,
    )
)
def test_any_sheet_is_read_or_refused_but_never_a_fault(rows: list[list[object]]) -> None:
    for reading in _read(csv_text([["NĂM 2022"], *rows, ["Xã", "Dân số"], ["Hồ Bốn", "1"]]).encode(), "a.csv"):
        seen = [(candidate.unit, candidate.element) for candidate in reading.candidates]
        assert len(seen) == len(set(seen))


# ---------------------------------------------------------------- columns beside each other


def test_columns_of_other_years_are_left_out() -> None:
    head = [["SỐ LIỆU NĂM 2022"], ["Xã", "Dân số", "", "BHYT", ""], ["", 2021, 2022, 2021, 2022]]
    reading = _one(xlsx([*head, ["Hồ Bốn", 1, 2, 3, 4]], merges=["B2:C2", "D2:E2", "A2:A3"]))
    assert _values(reading) == {"04459": {"population": 2, "insured": 4}}
    text = [["NĂM 2022"], ["Xã", "Dân số năm 2021", "Dân số năm 2022", "Trẻ dưới 5 tuổi"], ["Hồ Bốn", 1, 2, 3]]
    assert _values(_one(xlsx(text))) == {"04459": {"population": 2, "under5": 3}}


def test_headings_that_all_name_another_year_stop_the_sheet() -> None:
    rows = [["SỐ LIỆU"], ["Xã", "Dân số năm 2021", "Trẻ dưới 5 tuổi năm 2021"], ["Hồ Bốn", 1, 2]]
    reading = _one(xlsx(rows), period="2022")
    assert reading.stopped
    assert _rules(reading) == ["import.period_differs"]
    assert _one(xlsx(rows)).period == Period.parse("2021")


def test_a_line_of_figures_that_look_like_years_is_data() -> None:
    rows = [["NĂM 2022"], ["Xã", "Dân số", "BHYT"], ["Hồ Bốn", 2021, 1950], ["Nậm Có", 2000, 1999]]
    assert _values(_one(xlsx(rows)))["04459"] == {"population": 2021, "insured": 1950}


def test_planned_figures_and_percents_beside_the_real_ones_are_left_out() -> None:
    head = [["NĂM 2022"], ["Xã", "Dân số", "", "Trẻ đẻ sống", "", ""], ["", "KH", "TH", "KH", "TH", "%"]]
    reading = _one(xlsx([*head, ["Hồ Bốn", 1, 2, 3, 4, "99%"]], merges=["B2:C2", "D2:F2", "A2:A3"]))
    assert _values(reading) == {"04459": {"population": 2, "live_births": 4}}
    assert _rules(reading, Severity.WARNING) == []


def test_men_and_women_are_not_the_whole() -> None:
    head = [["NĂM 2022"], ["Xã", "Dân số", "", ""], ["", "Tổng", "Nam", "Nữ"]]
    reading = _one(xlsx([*head, ["Hồ Bốn", 5, 2, 3]], merges=["B2:D2", "A2:A3"]))
    assert _values(reading) == {"04459": {"population": 5}}


def test_the_communes_may_stand_at_the_right() -> None:
    rows = [["NĂM 2022"], ["Dân số", "BHYT", "Xã"], [1, 2, "Hồ Bốn"], [3, 4, "Nậm Có"], [4, 6, "Tổng cộng"]]
    reading = _one(xlsx(rows))
    assert _values(reading) == {"04459": {"population": 1, "insured": 2}, "04462": {"population": 3, "insured": 4}}
    assert [str(skipped.reason) for skipped in reading.skipped] == ["Total row “Tổng cộng”"]


def test_a_code_inside_the_name_decides() -> None:
    rows = [["NĂM 2022"], ["Đơn vị", "Dân số", "BHYT"], ["04459 - Xã Hồ Bốn", 1, 2], ["Xã mới (04462)", 3, 4]]
    assert set(_values(_one(xlsx(rows)))) == {"04459", "04462"}


def test_a_plain_file_of_codes_is_read() -> None:
    data = csv_text(
        [["unit", "population", "under5"], ["04459", "2722", "346"], ["04462", "4021", "524"]], ","
    ).encode()
    assert _values(_one(data, "a.csv", period="2022")) == {
        "04459": {"population": 2722, "under5": 346},
        "04462": {"population": 4021, "under5": 524},
    }


@pytest.mark.parametrize(
    "line",
    [
        ["Đơn vị: TTYT Mù Cang Chải", "", "Năm 2022"],
        ["TTYT Mù Cang Chải", "", "", "Năm 2022"],
        ["Năm 2022", "", "", "ĐVT: người"],
    ],
)
def test_a_title_in_parts_right_above_the_headings_is_a_title(line: list[str]) -> None:
    rows = [line, ["STT", "Xã", "Dân số", "BHYT"], [1, "Hồ Bốn", 5, 4]]
    reading = _one(xlsx(rows))
    assert _values(reading) == {"04459": {"population": 5, "insured": 4}}
    assert _rules(reading, Severity.WARNING) == []
    assert _one(xlsx(rows), period="2021").stopped


def test_sections_and_letterheads_are_no_data() -> None:
    rows = [
        ["SỞ Y TẾ YÊN BÁI", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["TTYT HUYỆN MÙ CANG CHẢI", "", "Độc lập - Tự do - Hạnh phúc"],
        ["", "", "Mù Cang Chải, ngày 10 tháng 01 năm 2023"],
        ["Năm", 2022],
        ["", "", "", "Đơn vị tính: người"],
        ["TT", "Xã", "Dân số", "BHYT"],
        ["I", "Vùng cao"],
        [1, "Hồ Bốn", 5, 4],
        ["II", "Vùng thấp"],
        [2, "TT Mù Cang Chải", 7, 6],
        ["", "Trung bình", 6, 5],
    ]
    reading = _one(xlsx(rows))
    assert reading.period == Y2022
    assert _values(reading) == {"04459": {"population": 5, "insured": 4}, "04456": {"population": 7, "insured": 6}}
    assert [skipped.row for skipped in reading.skipped] == [7, 9, 11]
    assert _rules(reading, Severity.WARNING) == []


def test_a_second_sheet_with_the_same_figures_is_read_once() -> None:
    table = _table(CODES[:2], units=3)
    same = _read(xlsx_book({"A": table, "A (2)": table}))
    assert [len(reading.candidates) for reading in same] == [6, 0]
    assert _rules(same[1], Severity.WARNING) == []
    table = [*table[:-1], [*table[-1][:-1], 1]]
    other = _read(xlsx_book({"A": _table(CODES[:2], units=3), "A (2)": table}))
    assert [len(reading.candidates) for reading in other] == [6, 0]
    (finding,) = [finding for finding in other[1].all_findings() if finding.severity is Severity.WARNING]
    assert (finding.rule, finding.sheet, finding.row, finding.column) == ("import.sheet_repeats", "A (2)", 5, "D")


# ---------------------------------------------------------------- figures named down the side


def _turned(units: int = 3, codes: Sequence[str] = CODES) -> list[list[object]]:
    rows: list[list[object]] = [
        ["BIỂU SỐ LIỆU NĂM 2022"],
        [],
        ["STT", "Chỉ tiêu", "ĐVT", *(unit.name for unit in UNITS[:units])],
    ]
    for place, code in enumerate(codes, 1):
        figures = (_cell(DATA_2022[unit.code][code]) for unit in UNITS[:units])
        rows.append([place, NAMES[code], ELEMENTS[0].unit, *figures])
    return rows


def test_communes_may_stand_across() -> None:
    reading = _one(xlsx([*_turned(), ["", "Người lập biểu"]]))
    assert reading.layout is Layout.SUMMARY
    assert _values(reading) == _expected(units=3)
    first = reading.candidates[0]
    assert (first.unit, first.element, first.row, first.column) == ("04456", "population", 4, "D")
    assert _rules(reading, Severity.WARNING) == []


def test_findings_of_a_turned_sheet_stand_where_the_cell_is() -> None:
    rows = _turned()
    rows[3][4] = "abc"
    (finding,) = [finding for finding in _one(xlsx(rows)).all_findings() if finding.severity is Severity.ERROR]
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
    reading = _one(xlsx(_form(title), sheet=sheet))
    assert reading.layout is Layout.FORM
    assert reading.accepted == 1
    assert _values(reading) == {"04459": {"population": 2722, "under5": 346, "stunted": None, "ncd_managed": True}}
    assert _rules(reading, Severity.WARNING) == ["import.dash"]
    (dash,) = [finding for finding in reading.all_findings() if finding.rule == "import.dash"]
    assert (dash.row, dash.column) == (9, "E")


def test_a_form_that_names_no_commune_is_refused() -> None:
    reading = _one(xlsx(_form("BÁO CÁO")))
    assert not reading.candidates
    assert _rules(reading, Severity.ERROR) == ["import.unknown_unit"]


def test_a_workbook_of_one_form_a_sheet_is_read() -> None:
    readings = _read(xlsx_book({"Hồ Bốn": _form(""), "Nậm Có": _form("")}))
    assert [reading.candidates[0].unit for reading in readings] == ["04459", "04462"]
