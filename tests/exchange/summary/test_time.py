"""Which period a summary is of, and whether it is actual."""

from __future__ import annotations

import pytest

from desktop.domain.findings import Severity
from desktop.domain.periods import Period
from desktop.domain.values import Kind
from tests.exchange.books import xlsx, xlsx_book
from tests.exchange.summary.making import (
    Y2022,
    expected_of,
    read_all,
    read_one,
    rules_of,
    table_of,
    values_of,
)


def test_a_wrong_year_in_the_title_stops_that_sheet_only() -> None:
    readings = read_all(xlsx_book({"A": table_of(title="NĂM 2023"), "B": table_of()}), period="2022")
    assert readings[0].stopped
    assert not readings[0].candidates
    assert rules_of(readings[0]) == ["import.period_differs"]
    assert values_of(readings[1]) == expected_of()


def test_the_asked_period_is_enough_where_the_title_is_silent() -> None:
    reading = read_one(xlsx(table_of(title="BIỂU SỐ LIỆU")), period="2022")
    assert reading.period == Y2022
    assert rules_of(reading) == []


@pytest.mark.parametrize(("file", "sheet"), [("so-lieu-2022.xlsx", "TH"), ("a.xlsx", "2022"), ("a.xlsx", "Năm 2022")])
def test_without_a_title_the_names_of_sheet_and_file_say_the_period(file: str, sheet: str) -> None:
    reading = read_one(xlsx(table_of(title=None), sheet=sheet), file)
    assert reading.period == Y2022
    assert rules_of(reading) == ["import.period_from_name"]


def test_without_any_period_nothing_is_read() -> None:
    reading = read_one(xlsx(table_of(title="BIỂU SỐ LIỆU")))
    assert reading.stopped
    assert rules_of(reading, Severity.ERROR) == ["import.no_period"]


def test_a_name_that_contradicts_the_title_is_a_warning() -> None:
    reading = read_one(xlsx(table_of()), "so-lieu-2021.xlsx")
    assert reading.period == Y2022
    assert rules_of(reading) == ["import.period_name"]


def test_the_day_of_signing_is_no_period() -> None:
    table = [
        ["SỞ Y TẾ", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["", "", "Mù Cang Chải, ngày 05 tháng 01 năm 2023"],
        *table_of(),
    ]
    assert read_one(xlsx(table)).period == Y2022


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
    reading = read_one(xlsx(table_of(title=title)))
    assert reading.period == Period.parse(period)
    assert reading.kind is kind


def test_a_kind_that_differs_from_the_title_stops_the_sheet() -> None:
    reading = read_one(xlsx(table_of(title="ƯỚC THỰC HIỆN NĂM 2022")), kind=Kind.ACTUAL)
    assert reading.stopped
    assert rules_of(reading) == ["import.kind_differs"]
    assert read_one(xlsx(table_of()), kind=Kind.ESTIMATE).kind is Kind.ESTIMATE
