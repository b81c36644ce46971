"""Estimates are proposed from the year so far with their rule in words, and never count as reported."""

import pytest

from desktop.application import checks, entry, estimates, history, plans, submissions, values
from desktop.application.offices import communes_of
from desktop.domain.periods import Period
from desktop.domain.values import NOT_REPORTED, YES, Kind, number

YEAR = Period.of_year(2024)


def cells(record, period, element, *told, unit=0):
    commune = communes_of(record, on=YEAR.last)[unit]
    value = number(told[0]) if isinstance(told[0], int) else told[0]
    entry.type_value(record, unit=commune.uid, period=Period.parse(period), element=element, value=value)


def proposed(record, element, period=YEAR):
    """The whole year's proposal of the first commune: value and rule, None where there is none."""
    uid = communes_of(record, on=period.last)[0].uid
    found = estimates.propose(record, form="commune", period=period, units=[uid], elements=[element])
    return (found[0].value, str(found[0].rule)) if found else None


def test_a_flow_takes_last_years_share_of_the_same_months(district):
    cells(district, "2023NineMonths", "live_births", 60)
    cells(district, "2023", "live_births", 90)
    cells(district, "2024NineMonths", "live_births", 71)
    value, rule = proposed(district, "live_births")
    assert value == number(107)
    assert rule == "9 months of 2024: 71, by last year's share of these months (60 of 90)."


def test_without_last_year_the_other_months_are_like_these(district):
    cells(district, "2024NineMonths", "live_births", 70)
    assert proposed(district, "live_births") == (number(93), "9 months of 2024: 70, the other months like these.")


def test_the_longest_part_counts_and_quarters_make_a_half(district):
    cells(district, "2024Q1", "live_births", 10)
    cells(district, "2024Q2", "live_births", 20)
    assert proposed(district, "live_births")[0] == number(60)
    cells(district, "2024Q3", "live_births", 30)
    assert proposed(district, "live_births")[0] == number(80)
    cells(district, "2024C10", "live_births", 65)
    assert proposed(district, "live_births")[0] == number(78)


def test_a_gap_in_the_quarters_ends_the_part(district):
    cells(district, "2024Q1", "live_births", 10)
    cells(district, "2024Q3", "live_births", 30)
    assert proposed(district, "live_births")[0] == number(40)


def test_a_last_year_that_contradicts_itself_is_not_used(district):
    cells(district, "2023Q1", "live_births", 60)
    cells(district, "2023", "live_births", 30)
    cells(district, "2024Q1", "live_births", 10)
    assert proposed(district, "live_births")[0] == number(40)


@pytest.mark.parametrize("element", ["insured", "population"])
def test_a_stock_and_an_average_keep_the_last_figure(district, element):
    cells(district, "2023", element, 100)
    assert proposed(district, element) == (number(100), "The last known figure, of year 2023.")
    cells(district, "2024Q1", element, 110)
    cells(district, "2024NineMonths", element, 130)
    cells(district, "2024S1", element, 120)
    assert proposed(district, element) == (number(130), "The last known figure, of 9 months of 2024.")


def test_what_is_reported_needs_no_estimate_and_nothing_known_gives_none(district):
    assert proposed(district, "live_births") is None
    cells(district, "2024Q1", "live_births", 10)
    cells(district, "2024", "live_births", 41)
    assert proposed(district, "live_births") is None
    cells(district, "2024", "live_births", NOT_REPORTED)
    assert proposed(district, "live_births")[0] == number(40)


def test_a_quarter_is_estimated_from_its_months(district):
    cells(district, "202401", "live_births", 3)
    cells(district, "202402", "live_births", 5)
    assert proposed(district, "live_births", Period.parse("2024Q1"))[0] == number(12)


def test_proposals_are_written_in_one_change_and_keep_what_a_person_typed(filled):
    year = Period.of_year(2026)
    first, second = communes_of(filled, on=year.last)[:2]
    for commune in (first, second):
        entry.type_value(
            filled, unit=commune.uid, period=Period.parse("2026S1"), element="live_births", value=number(9)
        )
    entry.type_value(filled, unit=first.uid, period=year, element="live_births", value=number(20), kind=Kind.ESTIMATE)
    found = estimates.propose(filled, form="commune", period=year)
    assert estimates.write_proposals(filled, period=year, proposals=found).changed
    rows = values.value_rows(filled, period=year, element="live_births", kind=Kind.ESTIMATE)
    assert [row.value for row in rows] == [number(20), number(18)]
    history.undo(filled, source="window")
    rows = values.value_rows(filled, period=year, element="live_births", kind=Kind.ESTIMATE)
    assert [row.value for row in rows] == [number(20)]
    estimates.write_proposals(filled, period=year, proposals=found, replace=True)
    rows = values.value_rows(filled, period=year, element="live_births", kind=Kind.ESTIMATE)
    assert [row.value for row in rows] == [number(18), number(18)]


def test_a_reason_for_what_was_reported_keeps_no_estimate(filled):
    found = [f for f in checks.findings(filled, period=YEAR) if f.rule == "stunted_within_measured"]
    checks.keep(filled, ids=[f.id for f in found], period=YEAR, reason="đã hỏi trạm")
    assert all(f.kept for f in checks.findings(filled, period=YEAR) if f.rule == "stunted_within_measured")
    rows = values.value_rows(filled, period=YEAR, unit=found[0].unit)
    uid = next(c.uid for c in communes_of(filled, on=YEAR.last) if c.code == found[0].unit)
    typed = [entry.Typed(uid, r.element, r.value) for r in rows]
    entry.type_block(filled, cells=typed, period=YEAR, kind=Kind.ESTIMATE)
    told = checks.findings(filled, period=YEAR, kind=Kind.ESTIMATE)
    assert {f.kept for f in told if f.rule == "stunted_within_measured"} == {None}


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (Kind.ACTUAL, "Type Số người có thẻ BHYT"),
        (Kind.ESTIMATE, "Type the estimate of Số người có thẻ BHYT"),
        (Kind.ASSIGNED, "Type the assigned figure of Số người có thẻ BHYT"),
    ],
)
def test_history_says_which_kind_was_typed(district, kind, told):
    uid = communes_of(district, on=YEAR.last)[0].uid
    entry.type_value(district, unit=uid, period=YEAR, element="insured", value=number(1), kind=kind)
    assert str(history.history(district, limit=1)[0].what) == told


def test_an_estimate_never_counts_as_reported(filled):
    before = values.value_rows(filled, period=YEAR), plans.status(filled, code="62-NQ/TU-yen-bai", period=YEAR)
    uid = communes_of(filled, on=YEAR.last)[0].uid
    cells_ = [entry.Typed(uid, "insured", number(1)), entry.Typed(uid, "commune_meets_criteria", YES)]
    entry.type_block(filled, cells=cells_[:1], period=YEAR, kind=Kind.ESTIMATE)
    assert (
        values.value_rows(filled, period=YEAR),
        plans.status(filled, code="62-NQ/TU-yen-bai", period=YEAR),
    ) == before
    year = Period.of_year(2026)
    now = communes_of(filled, on=year.last)[0].uid
    entry.type_block(filled, cells=[entry.Typed(now, "insured", number(1))], period=year, kind=Kind.ESTIMATE)
    assert {row.state for row in submissions.rows(filled, period=year)} == {"not_started"}
    assert entry.matrix(filled, form="commune", period=year).rows[0].cells[1].figure.touched is False
