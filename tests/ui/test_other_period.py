"""Any period can be chosen: cumulative months, the calendar to day 14, several years, any days."""

import os
from pathlib import Path

import pytest

from desktop.application import values
from desktop.domain.periods import Period
from desktop.ui.shell.other_period import OtherPeriodDialog
from desktop.ui.shell.periods import offered


@pytest.fixture
def dialog(window):
    return OtherPeriodDialog(window, Period.of_year(2024))


def choose(dialog, length, part=0):
    dialog.length.setCurrentIndex(dialog.length.findData(length))
    dialog.part.setCurrentIndex(part)


@pytest.mark.parametrize(
    ("length", "part", "day14", "period"),
    [
        ("month", 8, False, "202409"),
        ("month", 8, True, "202409D14"),
        ("quarter", 2, False, "2024Q3"),
        ("half", 1, True, "2024S2D14"),
        ("cumulative", 9, False, "2024C10"),
        ("cumulative", 8, False, "2024NineMonths"),
        ("year", 0, True, "2024D14"),
    ],
)
def test_every_named_period_can_be_chosen(dialog, length, part, day14, period):
    choose(dialog, length, part)
    dialog.to_day_14.setChecked(day14)
    assert dialog.period == Period.parse(period)


def test_several_years_and_any_days(dialog):
    choose(dialog, "years")
    dialog.year.setValue(2018)
    dialog.until.setValue(2022)
    assert dialog.period == Period.parse("2018-2022")
    dialog.until.setValue(2017)
    assert (dialog.period, dialog.choose.isEnabled()) == (None, False)
    choose(dialog, "days")
    dialog.first.setText("15/01/2024")
    dialog.last.setText("14/2/2024")
    assert dialog.period == Period.parse("20240115-20240214")
    for wrong in ("?", "14/02/2100", "14/01/2024"):
        dialog.last.setText(wrong)
        assert dialog.period is None
    dialog.first.setText("15/01/1800")
    dialog.last.setText("14/02/1800")
    assert not dialog.choose.isEnabled()


def test_the_days_are_shown(dialog):
    choose(dialog, "month", 8)
    dialog.to_day_14.setChecked(True)
    assert "15/08/2024 – 14/09/2024" in dialog.shown.text()
    folder = os.environ.get("SOTRAM_LOOK")
    if folder:
        dialog.show()
        dialog.grab().save(str(Path(folder, "ky-khac.png")))


def test_periods_that_hold_figures_are_offered(window):
    code = window.session.communes[0].code
    window.session.write(
        lambda record: values.set_value(
            record, unit=code, period=Period.parse("2024C05"), element="live_births", text="40"
        )
    )
    assert Period.parse("2024C05") in offered(window.session)
