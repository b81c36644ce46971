"""Tables of sub-criteria: written and read back the same; any layout; every fault at its cell."""

from __future__ import annotations

import io
import math
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.application.criteria_sets import shipped_sets
from desktop.domain.criteria.sets import CriteriaSet, Criterion, Row, own_code
from desktop.exchange.criteria_table.columns import COLUMNS
from desktop.exchange.criteria_table.reading import read_table
from desktop.exchange.criteria_table.writing import table_xlsx
from desktop.exchange.grid import CellError, Raw, Sheet, Uncomputed, Workbook
from desktop.exchange.workbook import read_workbook

F = Fraction
MADE = date(2025, 3, 1)
FRAMES = shipped_sets()
FRAME = FRAMES["1300"]
FIGURES = ("insurance_coverage", "tram.doctors_working")


def _read(content: bytes, name: str = "bảng.xlsx"):
    return read_table(read_workbook(content, name), frames=FRAMES, figures=FIGURES)


def _invented(rows_of: dict[str, tuple[Row, ...]] | None = None) -> CriteriaSet:
    """A made-up table: each criterion halved. Not the regulation, only its shape."""
    criteria = []
    for part in FRAME.criteria:
        assert part.maximum is not None
        half = part.maximum / 2
        halves = (Row(f"{part.number}.1", "Phần một", half), Row(f"{part.number}.2", "Phần hai", half))
        criteria.append(Criterion(part.number, part.name, part.maximum, (rows_of or {}).get(part.number, halves)))
    one = replace(
        FRAME, code="", frame="1300", first_year=2025, criteria=tuple(criteria), sources=(("bảng điểm", "Tệp thử"),),
        gaps=(),
    )  # fmt: skip
    return replace(one, code=own_code(one))


def test_the_template_has_the_criteria_and_maxima_that_were_found_and_no_row():
    book = openpyxl.load_workbook(io.BytesIO(table_xlsx(FRAME, made=MADE)))
    cells = [[cell.value for cell in row] for row in book["Bảng điểm"].iter_rows(min_row=4)]
    told = [(row[0], row[2]) for row in cells if row[0]]
    assert told == [(str(n), m) for n, m in enumerate((14, 10, 12, 9, 19, 12, 6, 11, 3, 4), 1)]
    one, findings = _read(table_xlsx(FRAME, made=MADE))
    assert one is None
    assert {found.rule for found in findings} == {"criteria_table.no_first", "criteria_table.no_rows"}


def test_the_same_table_gives_the_same_bytes_and_code():
    assert table_xlsx(_invented(), made=MADE) == table_xlsx(_invented(), made=MADE)
    one, findings = _read(table_xlsx(_invented(), made=MADE))
    assert findings == []
    assert one == _invented()


_NAMES = st.text(st.sampled_from("aăâbcđeêgh ôơưỳ,().0123"), min_size=1, max_size=20).map(
    lambda text: " ".join(text.split()) or "x"
)


@st.composite
def _tables(draw: st.DrawFn) -> CriteriaSet:
    criteria = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        rows = []
        for place in range(1, draw(st.integers(1, 3)) + 1):
            maximum = F(draw(st.integers(1, 12)), 2)
            steps = draw(st.sampled_from([(), (F(0), maximum), (F(0), maximum / 2, maximum)]))
            by_zone = draw(st.sampled_from([(), ((3, (maximum / 4, maximum)),)]))
            rule = draw(
                st.sampled_from([None, f"insurance_coverage: >=95 = {maximum.numerator / maximum.denominator:g}"])
            )
            rows.append(
                Row(
                    f"{number}.{place}", draw(_NAMES), maximum, steps, draw(st.sampled_from([None, maximum / 2])),
                    draw(st.sampled_from([(), (1,), (1, 2)])), by_zone, tuple(draw(st.lists(_NAMES, max_size=2))),
                    rule and rule.replace(".", ",") + "; khác = 0", draw(st.sampled_from([F(1, 2), F(1)])),
                )
            )  # fmt: skip
        whole = sum((row.maximum for row in rows), F(0))
        criteria.append(Criterion(str(number), draw(_NAMES), whole, tuple(rows)))
    one = CriteriaSet(
        "", draw(_NAMES), draw(_NAMES), draw(st.integers(2023, 2040)), draw(st.sampled_from([2050, 2060])),
        tuple(criteria), F(draw(st.integers(3, 200)), 200), F(draw(st.integers(2, 100)), 100),
        draw(st.integers(1, 9)), draw(st.dates(date(2000, 1, 1), date(2060, 1, 1))), (("bảng điểm", draw(_NAMES)),), (),
        "1300",
    )  # fmt: skip
    return replace(one, code=own_code(one))


@settings(max_examples=12)
@given(_tables())
def test_a_table_written_and_read_is_the_same(one):
    found, findings = _read(table_xlsx(one, made=MADE))
    assert [finding for finding in findings if finding.severity == "error"] == []
    assert found == one


def _csv(*lines: str) -> bytes:
    return ("\ufeff" + "\r\n".join(lines)).encode()


HEAD = ("Mã quyết định;1300", "Áp dụng từ năm;2025")


def test_columns_in_another_order_and_words_are_known():
    one, findings = _read(
        _csv(
            *HEAD,
            "BẢNG CHẤM ĐIỂM CỦA SỞ",
            "Tài liệu minh chứng;Điểm chuẩn;Nội dung tiêu chí, chỉ tiêu;TT",
            ";14;Chỉ đạo, điều hành;Tiêu chí 1",
            "Quyết định - Biên bản;4,5;Ban Chỉ đạo;1.1.",
            ";9,5 điểm;Nghị quyết, kế hoạch;1,2",
            ";14;Tổng cộng;",
        ),
        "bang.csv",
    )
    assert [finding.rule for finding in findings] == ["criteria_table.fewer_criteria"]
    assert one is not None
    assert [(row.code, row.maximum) for row in one.rows] == [("1.1", F("4.5")), ("1.2", F("9.5"))]
    assert one.first_year == 2025


def test_criteria_in_roman_numbers_have_rows_numbered_through():
    one, _ = _read(
        _csv(*HEAD, "TT;Nội dung;Điểm", "I;Chỉ đạo;14", "1;Một;14", "II;Nhân lực;10", "2;Hai;4", "3;Ba;6"), "b.csv"
    )
    assert one is not None
    assert [(part.number, [row.code for row in part.rows]) for part in one.criteria] == [
        ("1", ["1"]),
        ("2", ["2", "3"]),
    ]


@pytest.mark.parametrize("heads", [("I", "II"), ("Tiêu chí 1", "Tiêu chí 2")])
def test_rows_numbered_anew_under_each_criterion_bear_its_number(heads):
    one, findings = _read(
        _csv(*HEAD, "TT;Nội dung;Điểm", f"{heads[0]};Chỉ đạo;14", "1;Một;9", "2;Hai;5", f"{heads[1]};Nhân lực;10",
             "1;Ba;4", "2;Bốn;6"), "b.csv"
    )  # fmt: skip
    assert one is not None, findings
    assert [row.code for row in one.rows] == ["1.1", "1.2", "2.1", "2.2"]


@pytest.mark.parametrize("told", ["1300/QĐ-BYT", "Quyết định số 1300/QĐ-BYT ngày 09/3/2023", "QĐ 1300/QĐ-BYT"])
def test_a_decision_is_known_by_its_number_as_people_write_it(told):
    one, findings = _read(_csv(f"Mã quyết định;{told}", HEAD[1], "Mã;Tiêu chí;Điểm", "1;A;14", "1.1;B;14"), "b.csv")
    assert one is not None
    assert one.frame == "1300"
    assert "criteria_table.unknown_frame" not in {found.rule for found in findings}


def test_a_decision_nobody_knows_is_told_and_stands_by_itself():
    one, findings = _read(
        _csv("Mã quyết định;1300/QĐ-UBND", HEAD[1], "Mã;Tiêu chí;Điểm", "1;A;14", "1.1;B;14"), "b.csv"
    )
    assert one is not None
    assert one.frame == "1300/QĐ-UBND"
    assert [found.rule for found in findings] == ["criteria_table.unknown_frame"]


def test_a_share_written_as_a_part_of_one_is_asked_about():
    _one, findings = _read(
        _csv(*HEAD, "Đạt khi từ (% tổng điểm);0,8", "Mã;Tiêu chí;Điểm", "1;A;14", "1.1;B;14"), "b.csv"
    )
    assert ("criteria_table.bad_total", "B") in {(found.rule, found.column) for found in findings}


def test_what_a_sum_leaves_behind_the_comma_is_no_fault():
    table: list[list[Raw]] = [
        ["Mã quyết định", 1300], ["Áp dụng từ năm", 2025], ["Mã", "Tiêu chí", "Điểm"],
        ["1", "A", 3.3000000000000003], ["1.1", "B", 1.1 + 2.2],
    ]  # fmt: skip
    one, findings = read_table(Workbook("b.xlsx", "xlsx", (Sheet("Bảng điểm", table),)), frames=FRAMES)
    assert one is not None, findings
    assert one.rows[0].maximum == F("3.3")


@pytest.mark.parametrize(
    ("line", "rule", "column"),
    [
        ("1.2;B;9", "sum", "C"),
        ("1.2;B;-10", "below", "C"),
        ("1.1;B;9", "twice", "A"),
        ("1.2;B;chín", "bad_maximum", "C"),
        ("1.2;B;", "no_maximum", "C"),
        (";B;10", "no_code", "A"),
        ("2.1;B;10", "no_criterion", "A"),
        ("một;B;10", "bad_code", "A"),
        ("1.2;;10", "no_name", "B"),
        ("1.2;B;10;4", "steps", "D"),
        ('1.2;B;10;"0; 5"', "steps", "D"),
        ("1.2;B;10;;4", "bad_zones", "E"),
        ("1.2;B;10;;;11", "least", "F"),
        ("1.2;B;10;;;x", "bad_least", "F"),
        ("1.2;B;10;;;;insurance: >=1 = 1", "rule_figure", "G"),
        ("1.2;B;10;;;;insurance_coverage: >=1 = 11", "rule_points", "G"),
        ("1.2;B;10;;;;đạt thì 10", "rule", "G"),
        ("Tổng;;15", "total", "C"),
    ],
)
def test_a_fault_is_named_at_its_cell(line, rule, column):
    content = _csv(*HEAD, "Mã;Tiêu chí;Điểm tối đa;Các mức điểm;Áp dụng ở vùng;Điểm liệt dưới;Tự tính từ sổ",
                   "1;Chỉ đạo;14", "1.1;A;4", line)  # fmt: skip
    one, findings = _read(content, "b.csv")
    assert one is None
    assert (f"criteria_table.{rule}", column) in {(found.rule, found.column) for found in findings}
    errors = [found for found in findings if found.severity == "error"]
    assert all(found.advice is not None and found.file == "b.csv" for found in errors)


def test_another_maximum_than_the_one_found_is_worth_a_look():
    one, findings = _read(_csv(*HEAD, "Mã;Tiêu chí;Điểm tối đa", "1;Chỉ đạo;15", "1.1;A;15"), "b.csv")
    assert one is not None
    assert next((found.rule, found.row) for found in findings) == ("criteria_table.other_maximum", 4)


def test_a_workbook_without_a_table_says_where_to_begin():
    one, findings = _read(_csv("Xã;Dân số", "A;1"), "b.csv")
    assert one is None
    assert [found.rule for found in findings] == ["criteria_table.no_table"]


_RAW = st.sampled_from(
    [
        "", "1", "1.1", "1,2", "I", "iv", "Tổng", "chín", "4,5", "0; 1", "x", "không", "vùng 1, 2", "a/b: >=1 = 1",
        "insurance_coverage: >=1 = 1; khác = 0", "²", "9" * 12, "-3", "\n", ";;", 1.1, 2.0, 14, -1, 0.5, True, 1e300,
        date(2025, 1, 1), datetime.combine(date(2025, 1, 1), time(3)), math.inf, math.nan, time(1), timedelta(1), CellError("#REF!"), Uncomputed("A1+1"),
    ]
)  # fmt: skip


@given(st.lists(st.lists(_RAW, min_size=12, max_size=12), max_size=6), _RAW, _RAW)
def test_whatever_stands_in_the_cells_there_are_findings_and_no_fault(rows, first_year, share):
    heads: list[Raw] = [column.heading for column in COLUMNS]
    table = [
        ["Mã quyết định", "1300"],
        ["Áp dụng từ năm", first_year],
        ["Đạt khi từ (% tổng điểm)", share],
        heads,
        *rows,
    ]
    book = Workbook("b.xlsx", "xlsx", (Sheet("Bảng điểm", table, percents=frozenset({(3, 2)})),))
    one, findings = read_table(book, frames=FRAMES, figures=FIGURES)
    assert (one is None) == any(found.severity == "error" for found in findings)
    if one is not None:
        assert one.is_detailed
        assert one.code == own_code(one)
