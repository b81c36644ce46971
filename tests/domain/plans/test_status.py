"""Verdicts on targets: exact, at the period's last day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.elements import Direction, Indicator
from desktop.domain.plans import Baseline, Comparator, Plan, PlanKind, Target
from desktop.domain.plans.status import (
    Figure,
    Start,
    StartSource,
    Status,
    decimals_shown,
    find_start,
    meets,
    pooled,
    required_by,
    status_of,
    yearly_reduction,
)
from desktop.domain.values import NotComputable, Ratio

COVERAGE = Indicator(
    "insurance_coverage", "", "", "%", Direction.HIGHER, "insured", "population", 100, 1, ("commune", "office")
)
STUNTING = Indicator(
    "stunting_rate", "", "", "%", Direction.LOWER, "stunted", "measured", 100, 1, ("office",), path="geometric"
)
MOTHERS = Indicator(
    "maternal_mortality",
    "",
    "",
    "/100.000",
    Direction.LOWER,
    "maternal_deaths",
    "live_births",
    100_000,
    1,
    ("province",),
)


def target(comparator: str, value: str | None, year: int | None = 2025) -> Target:
    number = None if value is None else Decimal(value)
    return Target("x", year, Comparator(comparator), number, "%", "", "II", "")


def figure(top: int, bottom: int, reported: int = 14, expected: int = 14, factor: int = 100) -> Figure:
    return Figure.of(Ratio(Fraction(top), Fraction(bottom), factor, reported, expected))


def start(year: int, value: str) -> Start:
    return Start(year, Fraction(value), StartSource.PLAN)


def judged(wanted: Target, found: Figure, indicator: Indicator = COVERAGE, **more: object) -> Status:
    day = more.get("on", date(2023, 12, 31))
    begin = more.get("start")
    assert isinstance(day, date)
    assert begin is None or isinstance(begin, Start)
    return status_of(
        wanted, found, indicator=indicator, level=str(more.get("level", "district")), on=day, start=begin
    ).status


def test_before_the_end_of_the_year_the_way_decides() -> None:
    wanted, way = target(">=", "95"), start(2020, "85")
    assert judged(wanted, figure(9600, 10_000), start=way) is Status.MET
    assert judged(wanted, figure(9100, 10_000), start=way) is Status.ON_TRACK
    assert judged(wanted, figure(9099, 10_000), start=way) is Status.OFF_TRACK
    assert judged(wanted, figure(9100, 10_000)) is Status.NO_PATH


def test_on_the_last_day_of_the_year_it_is_met_or_missed() -> None:
    wanted = target(">=", "95")
    assert judged(wanted, figure(9499, 10_000), on=date(2025, 12, 31), start=start(2020, "85")) is Status.MISSED
    assert judged(wanted, figure(9500, 10_000), on=date(2026, 12, 31)) is Status.MET


def test_a_verdict_uses_the_exact_fraction_not_the_printed_figure() -> None:
    wanted = target(">=", "95", 2023)
    assert judged(wanted, figure(94_996, 100_000)) is Status.MISSED
    assert decimals_shown(wanted, Fraction("94.94"), Direction.HIGHER, 1) == 1
    assert decimals_shown(wanted, Fraction("94.96"), Direction.HIGHER, 1) == 2
    assert decimals_shown(wanted, Fraction("94.996"), Direction.HIGHER, 1) == 3


def test_more_than_is_not_met_by_the_number_itself() -> None:
    assert not meets(target(">", "97"), Fraction(97), Direction.HIGHER)
    assert meets(target(">=", "97"), Fraction(97), Direction.HIGHER)
    assert not meets(target("<", "20"), Fraction(20), Direction.LOWER)
    assert meets(target("<=", "20"), Fraction(20), Direction.LOWER)


def test_about_compares_the_figure_rounded_to_the_targets_decimals() -> None:
    assert meets(target("~", "74"), Fraction("73.5"), Direction.HIGHER)
    assert not meets(target("~", "74.5"), Fraction("74.44"), Direction.HIGHER)
    assert meets(target("~", "74.5"), Fraction("74.45"), Direction.HIGHER)


def test_a_small_count_whose_interval_holds_the_target_is_too_few() -> None:
    wanted = target(">=", "80", 2023)
    assert judged(wanted, figure(12, 14)) is Status.TOO_FEW
    assert judged(wanted, figure(3, 14)) is Status.MISSED
    assert judged(target(">=", "80", 2023), figure(1200, 1400)) is Status.MET


def test_below_the_level_where_it_is_judged_there_is_no_verdict() -> None:
    deaths = figure(1, 1600, factor=100_000)
    assert judged(target("<", "48"), deaths, MOTHERS) is Status.NOT_MEASURABLE
    assert judged(target("<", "48"), deaths, MOTHERS, level="province") is Status.TOO_FEW


def test_no_figure_and_no_number_have_no_verdict() -> None:
    assert judged(target(">=", "80"), Figure.of(NotComputable("no_data", 0, 14))) is Status.NO_DATA
    assert judged(target("text", None), figure(1, 2)) is Status.NOT_MEASURABLE


def test_under_eighty_percent_reported_is_provisional() -> None:
    wanted = target(">=", "95")
    for reported, provisional in ((7, True), (8, False), (10, False)):
        found = status_of(
            wanted, figure(96, 100, reported, 10), indicator=COVERAGE, level="area", on=date(2023, 12, 31), start=None
        )
        assert found.provisional is provisional


def test_a_target_without_a_year_is_met_or_missed_now() -> None:
    assert judged(target(">=", "30", None), figure(29, 100)) is Status.MISSED
    assert judged(target(">=", "30", None), figure(4000, 10_000)) is Status.MET


def test_stunting_falls_by_the_same_rate_every_year() -> None:
    wanted = target("<", "20")
    half = required_by(wanted, start(2021, "25"), on=date(2023, 12, 31), path="geometric")
    assert half is not None
    assert float(half) == pytest.approx((25 * 20) ** 0.5, rel=1e-15)
    assert judged(wanted, figure(2240, 10_000), STUNTING, start=start(2021, "25")) is Status.OFF_TRACK
    assert judged(wanted, figure(2236, 10_000), STUNTING, start=start(2021, "25")) is Status.ON_TRACK


def test_within_a_year_the_way_goes_on_day_by_day() -> None:
    wanted, way = target(">=", "95"), start(2020, "85")
    assert required_by(wanted, way, on=date(2023, 12, 31)) == 91
    assert required_by(wanted, way, on=date(2023, 6, 30)) == 89 + 2 * Fraction(181, 365)


@given(st.integers(1, 99), st.integers(1, 99), st.dates(date(2021, 1, 1), date(2025, 12, 31)))
def test_the_required_figure_lies_between_start_and_target(begin: int, goal: int, on: date) -> None:
    for path in ("linear", "geometric"):
        found = required_by(target(">=", str(goal)), start(2020, str(begin)), on=on, path=path)
        assert found is not None
        assert min(begin, goal) - Fraction(1, 10**9) <= found <= max(begin, goal) + Fraction(1, 10**9)


def test_the_start_is_the_plans_then_the_offices_then_the_records_first_year() -> None:
    plan = Plan("c", "s", "p", "t", "i", date(2021, 10, 26), PlanKind.PLAN, "f")
    wanted = target("<=", "2.86")
    record = {2019: Fraction(5), 2022: Fraction(3), 2021: Fraction(4)}
    given_one = replace(wanted, baseline=Baseline(2020, Decimal("3.4")))
    office = Baseline(2021, Decimal("3.3"))
    assert find_start(given_one, plan, office=office) == Start(2020, Fraction("3.4"), StartSource.PLAN)
    assert find_start(wanted, plan, office=office, record=record) == Start(2021, Fraction("3.3"), StartSource.OFFICE)
    assert find_start(wanted, plan, record=record) == Start(2021, Fraction(4), StartSource.RECORD)
    assert find_start(wanted, plan, record={2019: Fraction(5)}) is None


def test_pooled_years_sum_numerators_and_denominators() -> None:
    years = [Ratio(Fraction(2), Fraction(400), 1000, 14, 14), Ratio(Fraction(1), Fraction(200), 1000, 12, 14)]
    found = pooled(years)
    assert isinstance(found, Ratio)
    assert found.value == 5
    assert found.reported == 12
    missing = NotComputable("no_data", 0, 14)
    assert pooled([years[0], missing]) == missing
    assert pooled([]) == NotComputable("no_data", 0, 0)


def test_the_average_yearly_reduction_of_a_fall_by_a_tenth_a_year_is_ten_percent() -> None:
    found = yearly_reduction(Fraction(100), Fraction(81), 2)
    assert found is not None
    assert float(found) == pytest.approx(10)
    assert yearly_reduction(Fraction(0), Fraction(1), 2) is None


def test_a_range_is_met_only_by_the_number_itself() -> None:
    assert meets(target("~", "109"), Fraction("109.4"), Direction.RANGE)
    assert not meets(target("~", "109"), Fraction(108), Direction.RANGE)
    assert meets(target("~", "10"), Fraction("9.4"), Direction.LOWER)


def test_a_target_without_a_number_is_never_met_and_has_no_way() -> None:
    wish = target("text", None)
    assert not meets(wish, Fraction(1), Direction.HIGHER)
    assert decimals_shown(wish, Fraction(1), Direction.HIGHER, 1) == 1
    assert required_by(wish, start(2020, "1"), on=date(2023, 12, 31)) is None


def test_a_typed_figure_has_no_interval_and_is_never_too_few() -> None:
    typed = Figure(Fraction("73.9"), reported=1, expected=1)
    wanted = target("~", "75", 2025)
    assert judged(wanted, typed, start=start(2020, "73")) is Status.OFF_TRACK
    assert judged(wanted, Figure(Fraction("74.3"), reported=1, expected=1), start=start(2020, "73")) is Status.ON_TRACK


def test_before_the_start_the_required_figure_is_the_start() -> None:
    for path in ("linear", "geometric"):
        assert required_by(target("<", "20"), start(2022, "25"), on=date(2021, 12, 31), path=path) == 25
    assert required_by(target("<", "20"), start(2025, "25"), on=date(2023, 12, 31)) is None
