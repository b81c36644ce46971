"""For which periods a form is filled in."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.elements import Form, Section, Status
from desktop.domain.periods import Period


def _form(periods: str, *, cumulative: bool = False, begin: date | None = None, end: date | None = None) -> Form:
    section = (Section("I", "", "", ("births",)),)
    return Form("f", "F", "F", "commune", periods, cumulative, None, "", Status.OFFICE, section, None, begin, end)


@pytest.mark.parametrize(
    ("periods", "cumulative", "fitting"),
    [
        ("month", False, {"202401", "202406"}),
        ("quarter", False, {"2024Q1", "2024Q3"}),
        ("year", False, {"2024"}),
        ("quarter", True, {"2024Q1", "2024S1", "2024NineMonths", "2024"}),
        ("month", True, {"202401", "2024Q1", "2024S1", "2024NineMonths", "2024C10", "2024"}),
    ],
)
def test_a_form_fits_periods_of_its_length_or_since_january(periods, cumulative, fitting):
    asked = (
        "202401",
        "202406",
        "2024Q1",
        "2024Q3",
        "2024S1",
        "2024S2",
        "2024NineMonths",
        "2024C10",
        "2024",
        "2023-2024",
    )
    form = _form(periods, cumulative=cumulative)
    assert {name for name in asked if form.fits(Period.parse(name))} == fitting


def test_a_form_is_used_for_periods_that_end_while_it_is_in_force():
    old, new = _form("year", end=date(2027, 2, 28)), _form("year", begin=date(2027, 3, 1))
    for year, wanted in ((2026, old), (2027, new)):
        assert [form for form in (old, new) if form.fits(Period.of_year(year))] == [wanted]


def test_days_that_are_no_whole_months_fit_no_form():
    assert not _form("month").fits(Period.parse("20240115-20240214"))
