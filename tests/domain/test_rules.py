"""Rules find the planted errors of the sample years and leave the other cells alone."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.findings import Severity
from desktop.domain.rules import Rule, RuleKind, Sheet, check
from desktop.domain.rules_history import is_far
from desktop.domain.values import NO, NOT_REPORTED, YES, Value, number
from desktop.exchange.catalogue_file import read_catalogue

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = json.loads((ROOT / "tests/data/samples/expected.json").read_text("utf-8"))
FILE, _ = read_catalogue((ROOT / "resources/catalogue/commune-year.yaml").read_text("utf-8"), "commune-year.yaml")
FORM = FILE.catalogue.forms["commune"]
COLUMNS = {code: place for place, code in enumerate(FORM.elements, 1)}
YEARS = ("2021", "2022", "2023", "2024")


def as_value(typed: object) -> Value:
    if typed is None:
        return NOT_REPORTED
    if isinstance(typed, bool):
        return YES if typed else NO
    assert isinstance(typed, int)
    return number(typed)


FIGURES = {
    key.split("|")[0]: {
        unit: {code: as_value(typed) for code, typed in cells.items()} for unit, cells in sheet["values"].items()
    }
    for key, sheet in EXPECTED["periods"].items()
    if key[:4] in YEARS
}


def sheet_of(figures, period, *earlier):
    past = tuple((name, FIGURES[name]) for name in earlier)
    return Sheet(period, figures, FILE.catalogue.elements, COLUMNS, EXPECTED["units"], past)


def flagged(year):
    earlier = [str(past) for past in range(int(year) - 1, 2020, -1)]
    return check(sheet_of(FIGURES[year], year, *earlier), FILE.rules)


@pytest.mark.parametrize(
    "planted", EXPECTED["planted"], ids=lambda row: f"{row['period']}-{row['unit']}-{row['element']}"
)
def test_every_planted_error_is_found(planted):
    cells = {(finding.unit, finding.element) for finding in flagged(planted["period"])}
    assert (planted["unit"], planted["element"]) in cells


def test_at_most_one_other_cell_in_twenty_is_flagged():
    planted = {(row["period"], row["unit"], row["element"]) for row in EXPECTED["planted"]}
    cells = {(year, f.unit, f.element) for year in YEARS[1:] for f in flagged(year)}
    everything = sum(len(row) for year in YEARS[1:] for row in FIGURES[year].values())
    assert len(cells - planted) <= 0.05 * (everything - len(planted))


def test_the_first_year_of_a_record_raises_no_alarm():
    assert flagged("2021") == []


def test_a_tenfold_slip_is_named():
    advice = [str(f.advice) for f in flagged("2022") if f.rule == "history" and f.unit == "04462"]
    assert advice == ["Perhaps a digit too many or too few: 134."]


def test_findings_of_one_breach_share_a_group_and_a_finding_keeps_its_id():
    first, second = (f for f in flagged("2024") if f.rule == "stunted_within_measured")
    assert first.group == second.group
    assert first.id != second.id
    assert first.id == next(f for f in flagged("2024") if f.rule == first.rule).id
    assert first.severity is Severity.ERROR


def changed(year, unit, **cells):
    figures = {name: dict(row) for name, row in FIGURES[year].items()}
    figures[unit] |= {code: as_value(typed) for code, typed in cells.items()}
    return figures


def test_two_columns_exchanged_are_found_without_breaking_any_limit():
    row = FIGURES["2022"]["04477"]
    figures = changed("2022", "04477")
    figures["04477"]["insured"], figures["04477"]["ehr"] = row["ehr"], row["insured"]
    cells = {f.element for f in check(sheet_of(figures, "2022", "2021"), FILE.rules) if f.rule == "swapped"}
    assert {"insured", "ehr"} <= cells


def test_a_row_typed_twice_is_found():
    figures = changed("2022", "04489")
    figures["04489"] = dict(figures["04492"])
    assert {f.unit for f in check(sheet_of(figures, "2022"), FILE.rules) if f.rule == "other_unit"} == {
        "04489",
        "04492",
    }


def test_an_unusual_share_is_found_in_the_first_year():
    figures = changed("2021", "04456", insured=556)
    rules = {f.rule for f in check(sheet_of(figures, "2021"), FILE.rules)}
    assert "usual_insured" in rules


def test_one_wrong_year_does_not_accuse_the_right_year_after_it():
    found = {(f.unit, f.element) for f in flagged("2024") if f.rule == "history"}
    assert ("04459", "population") not in found


def test_negative_and_fractional_counts_and_words_are_errors():
    figures = changed("2021", "04456", doctors=-1)
    figures["04456"]["live_births"] = Value(number(1).state, 15_000)
    figures["04456"]["under1"] = YES
    found = {f.element for f in check(sheet_of(figures, "2021"), FILE.rules) if f.rule == "limits"}
    assert found == {"doctors", "live_births", "under1"}


def test_parts_that_do_not_make_their_whole_are_found():
    rule = Rule("parts", RuleKind.SUM_EQUALS, Severity.ERROR, ("stunted", "underweight"), ("measured",))
    assert {f.element for f in check(sheet_of(FIGURES["2021"], "2021"), [rule])} == {
        "stunted",
        "underweight",
        "measured",
    }


@given(st.integers(0, 4), st.integers(0, 4))
def test_small_counts_are_never_far_from_each_other(now, then):
    rule = Rule("history", RuleKind.HISTORY, Severity.WARNING)
    ratio, limit = rule.parameter("ratio", "1.2"), rule.parameter("limit", "3")
    assert not is_far(now * 10_000, then * 10_000, moved=1.0, ratio=ratio, limit=limit)


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_far_is_mutual(now, then):
    rule = Rule("history", RuleKind.HISTORY, Severity.WARNING)
    ratio, limit = rule.parameter("ratio", "1.2"), rule.parameter("limit", "3")
    there = is_far(now, then, moved=1.0, ratio=ratio, limit=limit)
    assert there == is_far(then, now, moved=1.0, ratio=ratio, limit=limit)


@given(st.lists(st.integers(-(10**9), 10**9), min_size=24, max_size=24), st.integers(-(10**6), 10**6))
def test_no_figure_however_wrong_stops_the_checks(amounts, old):
    places = iter(amounts)
    codes = ("population", "under5", "measured", "stunted")
    figures = {unit: {code: number(next(places)) for code in codes} for unit in list(EXPECTED["units"])[:6]}
    past = {unit: {code: number(old) for code in codes} for unit in figures}
    for earlier in ((), (("2023", past),)):
        sheet = Sheet("2024", figures, FILE.catalogue.elements, COLUMNS, EXPECTED["units"], earlier)
        found = {(f.unit, f.element, f.severity) for f in check(sheet, FILE.rules)}
        for unit, cells in figures.items():
            for code, value in cells.items():
                assert value.amount is None or value.amount >= 0 or (unit, code, Severity.ERROR) in found
