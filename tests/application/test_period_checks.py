"""Figures of several periods are compared: a cumulative one that falls, a typed one that does not follow."""

from pathlib import Path

import pytest

from desktop.application import board, checks, imports, values
from desktop.domain.findings import Severity
from desktop.domain.periods import Period

CODE = "04456"
SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"
PERIOD_RULES = ("falling", "other_periods")


def type_in(record, figures):
    for (period, element), text in figures.items():
        values.set_value(record, unit=CODE, period=Period.parse(period), element=element, text=str(text))


def found(record, period):
    return [one for one in checks.findings(record, period=Period.parse(period)) if one.rule in PERIOD_RULES]


def test_a_falling_cumulative_figure_is_an_error_where_it_falls(filled):
    type_in(filled, {("2025Q1", "live_births"): 42, ("2025S1", "live_births"): 40})
    (finding,) = found(filled, "2025S1")
    assert (finding.rule, finding.severity, finding.unit, finding.element) == (
        "falling",
        Severity.ERROR,
        CODE,
        "live_births",
    )
    assert not found(filled, "2025Q1")


def test_a_stock_may_fall(filled):
    type_in(filled, {("2025Q1", "insured"): 5900, ("2025S1", "insured"): 5800})
    assert not found(filled, "2025S1")


def test_a_typed_quarter_that_is_not_the_difference_is_a_warning(filled):
    type_in(filled, {("2025Q1", "live_births"): 42, ("2025Q2", "live_births"): 40, ("2025S1", "live_births"): 85})
    for period in ("2025Q2", "2025S1"):
        (finding,) = found(filled, period)
        assert (finding.rule, finding.severity, finding.element) == ("other_periods", Severity.WARNING, "live_births")
    assert not found(filled, "2025Q1")


def test_figures_that_agree_say_nothing(filled):
    type_in(filled, {("2025Q1", "live_births"): 42, ("2025Q2", "live_births"): 43, ("2025S1", "live_births"): 85})
    assert not any(found(filled, period) for period in ("2025Q1", "2025Q2", "2025S1"))


def test_the_cumulative_sample_files_break_no_rule_about_periods(filled):
    for name, period in (("luy-ke-2025-3-thang", "2025Q1"), ("luy-ke-2025-6-thang", "2025S1")):
        plan = imports.read_files(filled, files=[SAMPLES / f"{name}.xlsx"])
        assert imports.apply_import(filled, plan=plan).written, name
        assert not found(filled, period)


@pytest.mark.parametrize("later", ["2025S1", "2025C04"])
def test_the_board_counts_again_when_a_shorter_period_moved(filled, later):
    type_in(filled, {("2025Q1", "live_births"): 42, (later, "live_births"): 50})
    assert Period.parse("2025Q1") in checks.looked_at(filled, Period.parse(later))
    assert Period.parse(later) not in checks.looked_at(filled, Period.parse("2025Q1"))
    assert board.count_findings(filled, period=Period.parse(later)) is not None
