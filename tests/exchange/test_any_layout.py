"""Whatever layout an office makes of its year, the same figures come out, without a doubt and without a loss."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.findings import Severity
from desktop.domain.legacy_text import TCVN3, VNI
from desktop.domain.text import fold
from tests.exchange.books import csv_text, ods, xls, xlsx
from tests.exchange.summary.making import CATALOGUE, DATA_2022, ELEMENTS, UNITS, coded, read_one, values_of

SECTIONS = {
    code: section.name_vi for section in CATALOGUE.catalogue.forms["commune"].sections for code in section.elements
}
TITLES = ["BIỂU TỔNG HỢP SỐ LIỆU Y TẾ XÃ NĂM 2022", "Số liệu năm 2022", "BÁO CÁO CẢ NĂM 2022", "Năm báo cáo: 2022"]
ABOVE = ["TRUNG TÂM Y TẾ HUYỆN MÙ CANG CHẢI", "(số liệu mẫu)", "", "Mù Cang Chải, ngày 05 tháng 01 năm 2023"]
BELOW = ["Người lập biểu", "GIÁM ĐỐC", "Ngày 10 tháng 01 năm 2023", "Ghi chú: số liệu do trạm báo cáo"]


@dataclass(frozen=True)
class Layout:
    codes: list[str]
    headings: list[str]
    grouped: bool
    merged: bool
    numbered: bool
    order: bool
    code_column: bool
    left: int
    above: list[str]
    title: str
    names: str
    figures: str
    answers: tuple[str, str]
    blank_after: int
    total: bool
    below: list[str]
    kind: str


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    codes = draw(st.lists(st.sampled_from([e.code for e in ELEMENTS]), min_size=2, max_size=17, unique=True))
    names = {e.code: (e.name_vi, *e.synonyms) for e in ELEMENTS}
    headings = [draw(st.sampled_from(names[code])) for code in codes]
    units = {e.code: e.unit for e in ELEMENTS}
    shape = draw(st.sampled_from(["plain", "unit", "upper", "bare"]))
    shaped = {
        "plain": lambda h, c: h,
        "unit": lambda h, c: f"{h} ({units[c]})",
        "upper": lambda h, c: h.upper(),
        "bare": lambda h, c: fold(h),
    }[shape]
    return Layout(
        codes=codes,
        headings=[shaped(heading, code) for heading, code in zip(headings, codes, strict=True)],
        grouped=draw(st.booleans()),
        merged=draw(st.booleans()),
        numbered=draw(st.booleans()),
        order=draw(st.booleans()),
        code_column=draw(st.booleans()),
        left=draw(st.integers(0, 3)),
        above=draw(st.lists(st.sampled_from(ABOVE), max_size=4)),
        title=draw(st.sampled_from(TITLES)),
        names=draw(st.sampled_from(["full", "short", "bare", "upper", "numbered", "station", "ascii"])),
        figures=draw(st.sampled_from(["number", "dots", "spaces", "text"])),
        answers=draw(
            st.sampled_from([("x", "không"), ("có", "không"), ("X", "0"), ("1", "0"), ("Có", "Không"), ("✓", "chưa")])
        ),
        blank_after=draw(st.integers(0, 14)),
        total=draw(st.booleans()),
        below=draw(st.lists(st.sampled_from(BELOW), max_size=3)),
        kind=draw(st.sampled_from(["xlsx", "xls", "ods", "csv", "tcvn3", "vni"])),
    )


def _name(layout: Layout, place: int, name: str) -> str:
    bare = name.removeprefix("Thị trấn ").removeprefix("Xã ")
    return {
        "full": name,
        "short": name.replace("Thị trấn", "TT"),
        "bare": bare,
        "upper": name.upper(),
        "numbered": f"{place}. {name}",
        "station": f"Trạm Y tế {name[0].lower()}{name[1:]}",
        "ascii": "".join(part.capitalize() + " " for part in fold(name).split()),
    }[layout.names]


def _figure(layout: Layout, value: object) -> object:
    if isinstance(value, bool):
        return layout.answers[0 if value else 1]
    dotted = f"{value:,}"
    return {
        "number": value,
        "dots": dotted.replace(",", "."),
        "spaces": f" {value} ",
        "text": dotted.replace(",", " "),
    }[layout.figures]


def _rows(layout: Layout) -> tuple[list[list[object]], list[tuple[int, int, int, int]]]:
    """The sheet's cells, and its merged ranges as (top, left, bottom, right) counted from 1."""
    pad: list[object] = [""] * layout.left
    lead = [*(["STT"] if layout.order else []), *(["Mã xã"] if layout.code_column else []), "Xã, thị trấn"]
    rows: list[list[object]] = [[line] for line in layout.above]
    rows.append([layout.title])
    merges: list[tuple[int, int, int, int]] = []
    start = len(pad) + len(lead) + 1
    if layout.grouped:
        groups = [(name, len(list(run))) for name, run in groupby(SECTIONS[code] for code in layout.codes)]
        line: list[object] = [*pad, *lead]
        column = start
        for name, width in groups:
            line += [name, *[""] * (width - 1)]
            if width > 1:
                merges.append((len(rows) + 1, column, len(rows) + 1, column + width - 1))
            column += width
        merges += [(len(rows) + 1, column, len(rows) + 2, column) for column in range(len(pad) + 1, start)]
        rows.append(line)
        rows.append([*pad, *[""] * len(lead), *layout.headings])
    else:
        rows.append([*pad, *lead, *layout.headings])
    if layout.numbered:
        rows.append([*pad, *(f"({place})" for place in range(1, len(lead) + len(layout.codes) + 1))])
    for place, unit in enumerate(UNITS, 1):
        front = [
            *([place] if layout.order else []),
            *([unit.code] if layout.code_column else []),
            _name(layout, place, unit.name),
        ]
        rows.append([*pad, *front, *(_figure(layout, DATA_2022[unit.code][code]) for code in layout.codes)])
        if place == layout.blank_after:
            rows.append([])
    if layout.total:
        sums = [sum(DATA_2022[unit.code][code] for unit in UNITS) for code in layout.codes]
        rows.append([*pad, *[""] * (len(lead) - 1), "Tổng cộng", *sums])
    rows += [[], *([*pad, line] for line in layout.below)]
    return rows, merges if layout.merged else []


def _made(layout: Layout) -> tuple[bytes, str]:
    rows, merges = _rows(layout)
    if layout.kind in ("tcvn3", "vni"):
        rows = coded(rows, TCVN3 if layout.kind == "tcvn3" else VNI)
    if layout.kind == "xls":
        return xls(
            rows, merges=[(top - 1, bottom - 1, left - 1, right - 1) for top, left, bottom, right in merges]
        ), "bieu.xls"
    if layout.kind == "ods":
        return ods(rows), "bieu.ods"
    if layout.kind == "csv":
        return csv_text(rows).encode("utf-8-sig"), "bieu.csv"
    from openpyxl.utils import get_column_letter as letter

    ranges = [f"{letter(left)}{top}:{letter(right)}{bottom}" for top, left, bottom, right in merges]
    return xlsx(rows, merges=ranges), "bieu.xlsx"


@given(layouts())
def test_any_layout_gives_the_same_figures(layout: Layout) -> None:
    data, file = _made(layout)
    reading = read_one(data, file)
    assert values_of(reading) == {
        unit.code: {code: DATA_2022[unit.code][code] for code in layout.codes} for unit in UNITS
    }
    doubts = [str(finding.message) for finding in reading.all_findings() if finding.severity is not Severity.NOTE]
    assert doubts == []
    assert reading.accepted == len(UNITS)
