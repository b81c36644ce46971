"""What stands in a column: doubtful headings, columns of other years and kinds beside each other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.findings import Severity
from desktop.domain.periods import Period
from desktop.domain.text import fold
from desktop.domain.values import YES
from tests.exchange.books import csv_text, xlsx, xlsx_book
from tests.exchange.summary.making import (
    CODES,
    DATA_2022,
    NAMES,
    UNITS,
    Y2022,
    read_all,
    read_one,
    rules_of,
    table_of,
    values_of,
)


def test_columns_that_say_the_same_are_told_and_the_first_is_read() -> None:
    rows = [
        ["NĂM 2022"],
        ["Xã", "Dân số", "Dân số trung bình", "Trẻ dưới 5 tuổi"],
        ["Hồ Bốn", 1, 1, 5],
        ["Nậm Có", 2, 3, 6],
    ]
    reading = read_one(xlsx(rows))
    assert values_of(reading)["04462"] == {"population": 2, "under5": 6}
    (finding,) = [finding for finding in reading.all_findings() if finding.severity is Severity.WARNING]
    assert (finding.rule, finding.column, finding.element) == ("import.heading_twice", "C", "population")


def test_a_misspelt_heading_is_taken_with_a_warning() -> None:
    reading = read_one(xlsx([["NĂM 2022"], ["Xã", "Dân số trung bnh", "Trẻ dưới 5 tuổi"], ["Hồ Bốn", 1, 5]]))
    assert values_of(reading) == {"04459": {"population": 1, "under5": 5}}
    assert rules_of(reading, Severity.WARNING) == ["import.heading_doubtful"]


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
    reading = read_one(xlsx(rows))
    assert values_of(reading) == {"04459": {"population": 1, "under5": 3}}
    assert rules_of(reading).count("import.extra_column") == 4


def test_yes_is_counted_in_totals() -> None:
    yes = sum(DATA_2022[unit.code]["ncd_managed"] for unit in UNITS)
    table = table_of(["population", "ncd_managed"])
    assert rules_of(read_one(xlsx([*table, ["", "Cộng", "", yes]])), Severity.WARNING) == []
    assert read_one(xlsx(table)).candidates[1].value == YES
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
    for reading in read_all(csv_text([["NĂM 2022"], *rows, ["Xã", "Dân số"], ["Hồ Bốn", "1"]]).encode(), "a.csv"):
        seen = [(candidate.unit, candidate.element) for candidate in reading.candidates]
        assert len(seen) == len(set(seen))


def test_columns_of_other_years_are_left_out() -> None:
    head = [["SỐ LIỆU NĂM 2022"], ["Xã", "Dân số", "", "BHYT", ""], ["", 2021, 2022, 2021, 2022]]
    reading = read_one(xlsx([*head, ["Hồ Bốn", 1, 2, 3, 4]], merges=["B2:C2", "D2:E2", "A2:A3"]))
    assert values_of(reading) == {"04459": {"population": 2, "insured": 4}}
    text = [["NĂM 2022"], ["Xã", "Dân số năm 2021", "Dân số năm 2022", "Trẻ dưới 5 tuổi"], ["Hồ Bốn", 1, 2, 3]]
    assert values_of(read_one(xlsx(text))) == {"04459": {"population": 2, "under5": 3}}


def test_headings_that_all_name_another_year_stop_the_sheet() -> None:
    rows = [["SỐ LIỆU"], ["Xã", "Dân số năm 2021", "Trẻ dưới 5 tuổi năm 2021"], ["Hồ Bốn", 1, 2]]
    reading = read_one(xlsx(rows), period="2022")
    assert reading.stopped
    assert rules_of(reading) == ["import.period_differs"]
    assert read_one(xlsx(rows)).period == Period.parse("2021")


def test_a_line_of_figures_that_look_like_years_is_data() -> None:
    rows = [["NĂM 2022"], ["Xã", "Dân số", "BHYT"], ["Hồ Bốn", 2021, 1950], ["Nậm Có", 2000, 1999]]
    assert values_of(read_one(xlsx(rows)))["04459"] == {"population": 2021, "insured": 1950}


def test_planned_figures_and_percents_beside_the_real_ones_are_left_out() -> None:
    head = [["NĂM 2022"], ["Xã", "Dân số", "", "Trẻ đẻ sống", "", ""], ["", "KH", "TH", "KH", "TH", "%"]]
    reading = read_one(xlsx([*head, ["Hồ Bốn", 1, 2, 3, 4, "99%"]], merges=["B2:C2", "D2:F2", "A2:A3"]))
    assert values_of(reading) == {"04459": {"population": 2, "live_births": 4}}
    assert rules_of(reading, Severity.WARNING) == []


def test_men_and_women_are_not_the_whole() -> None:
    head = [["NĂM 2022"], ["Xã", "Dân số", "", ""], ["", "Tổng", "Nam", "Nữ"]]
    reading = read_one(xlsx([*head, ["Hồ Bốn", 5, 2, 3]], merges=["B2:D2", "A2:A3"]))
    assert values_of(reading) == {"04459": {"population": 5}}


def test_the_communes_may_stand_at_the_right() -> None:
    rows = [["NĂM 2022"], ["Dân số", "BHYT", "Xã"], [1, 2, "Hồ Bốn"], [3, 4, "Nậm Có"], [4, 6, "Tổng cộng"]]
    reading = read_one(xlsx(rows))
    assert values_of(reading) == {"04459": {"population": 1, "insured": 2}, "04462": {"population": 3, "insured": 4}}
    assert [str(skipped.reason) for skipped in reading.skipped] == ["Total row “Tổng cộng”"]


def test_a_code_inside_the_name_decides() -> None:
    rows = [["NĂM 2022"], ["Đơn vị", "Dân số", "BHYT"], ["04459 - Xã Hồ Bốn", 1, 2], ["Xã mới (04462)", 3, 4]]
    assert set(values_of(read_one(xlsx(rows)))) == {"04459", "04462"}


def test_a_plain_file_of_codes_is_read() -> None:
    data = csv_text(
        [["unit", "population", "under5"], ["04459", "2722", "346"], ["04462", "4021", "524"]], ","
    ).encode()
    assert values_of(read_one(data, "a.csv", period="2022")) == {
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
    reading = read_one(xlsx(rows))
    assert values_of(reading) == {"04459": {"population": 5, "insured": 4}}
    assert rules_of(reading, Severity.WARNING) == []
    assert read_one(xlsx(rows), period="2021").stopped


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
    reading = read_one(xlsx(rows))
    assert reading.period == Y2022
    assert values_of(reading) == {"04459": {"population": 5, "insured": 4}, "04456": {"population": 7, "insured": 6}}
    assert [skipped.row for skipped in reading.skipped] == [7, 9, 11]
    assert rules_of(reading, Severity.WARNING) == []


def test_a_second_sheet_with_the_same_figures_is_read_once() -> None:
    table = table_of(CODES[:2], units=3)
    same = read_all(xlsx_book({"A": table, "A (2)": table}))
    assert [len(reading.candidates) for reading in same] == [6, 0]
    assert rules_of(same[1], Severity.WARNING) == []
    table = [*table[:-1], [*table[-1][:-1], 1]]
    other = read_all(xlsx_book({"A": table_of(CODES[:2], units=3), "A (2)": table}))
    assert [len(reading.candidates) for reading in other] == [6, 0]
    (finding,) = [finding for finding in other[1].all_findings() if finding.severity is Severity.WARNING]
    assert (finding.rule, finding.sheet, finding.row, finding.column) == ("import.sheet_repeats", "A (2)", 5, "D")
