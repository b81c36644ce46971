"""Months and quarters side by side: only the columns of the period asked for are read."""

from datetime import date

import pytest

from desktop.domain.periods import Period
from desktop.exchange.parts_of_year import names_parts, parts_of_year
from tests.exchange.books import xlsx
from tests.exchange.summary.making import read_one, rules_of

MERGES = ["A2:A3", "B2:B3", "C2:E2"]


def book(title, heads):
    rows = [[title], ["TT", "Xã", "Dân số trung bình"], ["", "", *heads], [1, "Xã Hồ Bốn", 8, 9, 17]]
    return xlsx(rows, merges=MERGES)


@pytest.mark.parametrize("heads", [("Tháng 8", "Tháng 9", "Cả năm"), ("T8/2022", "T9/2022", "Cả năm")])
@pytest.mark.parametrize(("period", "figure"), [("202208", "8"), ("202209", "9"), ("2022", "17"), (None, "17")])
def test_a_month_of_a_year_is_read_from_its_column(heads, period, figure):
    asked = {"period": period} if period else {}
    reading = read_one(book("BÁO CÁO NĂM 2022", heads), **asked)
    assert [(c.raw, reading.period.id) for c in reading.candidates] == [(figure, period or "2022")]


def test_columns_of_months_only_are_no_year():
    reading = read_one(book("BÁO CÁO NĂM 2022", ("Tháng 8", "Tháng 9", "Tháng 10")))
    assert reading.candidates == ()
    assert "import.period_differs" in rules_of(reading)


def test_a_month_no_column_names_is_refused():
    reading = read_one(book("BÁO CÁO NĂM 2022", ("Quý I", "Quý II", "Quý III")), period="202209")
    assert reading.candidates == ()
    assert "import.period_differs" in rules_of(reading)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Tháng 9", "202209"),
        ("T.12/2021", "202112"),
        ("Quý IV", "2022Q4"),
        ("Q2 năm 2023", "2023Q2"),
        ("Tháng 13", None),
        ("Trẻ 9 tháng", None),
    ],
)
def test_a_heading_names_a_part_of_a_year(text, period):
    assert [one.id for one in parts_of_year([text], 2022)] == ([period] if period else [])


def test_one_month_alone_is_no_line_of_headings():
    assert names_parts(["", "Tháng 8", "Tháng 9"])
    assert not names_parts(["", "Tháng 8", 5])


def test_a_day_in_the_title_is_no_year():
    rows = [["Báo cáo", date(2022, 9, 30)], ["TT", "Xã", "Dân số"], [1, "Xã Hồ Bốn", 8]]
    assert read_one(xlsx(rows), period="202209").period == Period.parse("202209")
    assert "import.no_period" in rules_of(read_one(xlsx(rows)))


@pytest.mark.parametrize("words", ["Tháng này", "Kỳ này", "Quý này", "Năm nay", "Trong tháng", "Thực hiện"])
def test_this_month_is_the_figure_itself(words):
    rows = [
        ["THÁNG 9 NĂM 2022"],
        ["TT", "Xã", "Dân số trung bình", ""],
        ["", "", "Cùng kỳ năm trước", words],
        [1, "Xã Hồ Bốn", 7, 8],
    ]
    assert [c.raw for c in read_one(xlsx(rows, merges=["C2:D2"])).candidates] == ["8"]


def test_a_note_that_sounds_like_a_figure_does_not_turn_a_form_into_a_table():
    rows = [
        ["Đơn vị báo cáo: Xã Hồ Bốn"],
        ["BÁO CÁO NĂM 2022"],
        ["STT", "Chỉ tiêu", "Số liệu năm 2022", "Ghi chú"],
        [1, "Dân số trung bình", 2800, "Trẻ dưới 5 tuổi được cân đo"],
        [2, "Trẻ dưới 1 tuổi", 50, ""],
        [3, "Số người có thẻ BHYT", 2700, ""],
    ]
    assert [c.raw for c in read_one(xlsx(rows)).candidates] == ["2800", "50", "2700"]
