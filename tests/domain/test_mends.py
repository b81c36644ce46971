"""A mend is proposed where the slip of the hand is plain, and a digit that is missing is never made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.findings import Mend
from desktop.domain.mends import exchanged_digits, is_clear, tenfold
from desktop.domain.rules import Sheet, check
from desktop.domain.values import NOT_REPORTED, SCALE, number
from tests.domain.test_rules import COLUMNS, EXPECTED, FIGURES, FILE, changed, flagged, sheet_of

UNIT = "04477"


def mends(found, rule):
    return {finding.mend for finding in found if finding.rule == rule}


def mended(figures, mend):
    made = {unit: dict(cells) for unit, cells in figures.items()}
    for one in mend:
        made[one.unit][one.element] = one.value
    return made


def test_a_nought_too_many_is_taken_away():
    assert mends([f for f in flagged("2022") if f.unit == "04462"], "history") == {
        (Mend("04462", "stunted", number(134)),)
    }


def test_two_columns_are_exchanged_by_one_mend_of_both_cells():
    found = [f for f in flagged("2022") if f.unit == "04468" and f.mend]
    assert {f.mend for f in found} == {(Mend("04468", "measured", number(487)), Mend("04468", "under5", number(511)))}
    assert {f.element for f in found} == {"measured", "under5"}


def test_exchanged_digits_are_turned_back_where_a_part_is_greater_than_its_whole():
    before, whole = FIGURES["2021"][UNIT]["ehr"], FIGURES["2022"][UNIT]["population"]
    assert before.amount is not None
    assert whole.amount is not None
    right, typed = next(
        (figure, turned)
        for figure in range(before.amount // SCALE, whole.amount // SCALE)
        if (turned := int(str(figure)[1] + str(figure)[0] + str(figure)[2:])) > 1.2 * whole.amount / SCALE
    )
    found = check(sheet_of(changed("2022", UNIT, ehr=typed), "2022", "2021"), FILE.rules)
    assert (Mend(UNIT, "ehr", number(right)),) in {f.mend for f in found if f.rule == "ehr_within_population"}


def test_the_row_of_another_unit_is_taken_away_and_the_right_one_is_not_accused():
    figures = changed("2022", "04489")
    figures["04489"] = dict(FIGURES["2022"]["04492"])
    found = [f for f in check(sheet_of(figures, "2022", "2021"), FILE.rules) if f.rule == "other_unit"]
    assert {f.unit for f in found} == {"04489"}
    (mend,) = {f.mend for f in found}
    assert {(one.unit, one.element, one.value) for one in mend} == {("04489", f.element, NOT_REPORTED) for f in found}


def test_without_a_past_nobody_knows_whose_the_row_is():
    figures = changed("2022", "04489")
    figures["04489"] = dict(FIGURES["2022"]["04492"])
    found = [f for f in check(sheet_of(figures, "2022"), FILE.rules) if f.rule == "other_unit"]
    assert {f.mend for f in found} == {()}


def test_figures_in_each_others_row_change_places():
    def year(*figures):
        return {unit: {"population": number(figure)} for unit, figure in zip("ABCDEF", figures, strict=True)}

    past = year(1000, 4000, 9000, 20000, 500, 2000)
    sheet = Sheet(
        "2022", year(4030, 1010, 9050, 20100, 503, 2001), FILE.catalogue.elements, COLUMNS, {}, (("2021", past),)
    )
    found = [f for f in check(sheet, FILE.rules) if f.rule == "history"]
    pair = {Mend("A", "population", number(1010)), Mend("B", "population", number(4030))}
    assert {f.unit for f in found} == {"A", "B"}
    assert all(set(f.mend) == pair for f in found)


def test_a_single_figure_of_another_commune_is_taken_away():
    found = [f for f in flagged("2023") if (f.unit, f.element, f.rule) == ("04459", "population", "history")]
    assert [f.mend for f in found] == [(Mend("04459", "population", NOT_REPORTED),)]


@pytest.mark.parametrize(
    ("now", "before", "clear"),
    [(1340, 130, True), (1345, 130, False), (13, 130, False), (134_000, 130, True), (5.788, 5700, True)],
)
def test_a_tenfold_slip_is_clear_only_where_all_digits_are_there(now, before, clear):
    amount, past = round(now * SCALE), before * SCALE
    slip = tenfold(amount, past)
    assert slip is not None
    assert is_clear(amount, slip, SCALE) is clear


@pytest.mark.parametrize(
    ("now", "before", "turned"),
    [(7588, 5619, 5788), (71, 18, 17), (51, 17, None), (1988, 9000, 9188), (90, 9, None), (4411, 9000, None)],
)
def test_digits_are_turned_back_only_where_one_way_fits(now, before, turned):
    found = exchanged_digits(now * SCALE, before * SCALE, SCALE)
    assert found == (None if turned is None else turned * SCALE)


@given(st.integers(-(10**6), 10**7), st.integers(0, 10**7))
def test_turned_digits_are_the_same_digits(now, before):
    found = exchanged_digits(now * SCALE, before * SCALE, SCALE)
    if found is not None:
        assert sorted(str(found // SCALE)) == sorted(str(now))
        assert abs(found - before * SCALE) * 10 <= before * SCALE


@pytest.mark.parametrize("year", ["2022", "2023", "2024"])
def test_what_was_mended_is_not_asked_about_again(year):
    earlier = [str(past) for past in range(int(year) - 1, 2020, -1)]
    found = [f for f in flagged(year) if f.mend]
    for finding in found:
        again = check(sheet_of(mended(FIGURES[year], finding.mend), year, *earlier), FILE.rules)
        assert (finding.rule, finding.unit, finding.element) not in {(f.rule, f.unit, f.element) for f in again}


def test_no_mend_of_the_sample_years_puts_a_figure_in_a_right_cell():
    planted = {(row["period"], row["unit"], row["element"]) for row in EXPECTED["planted"]}
    told = {(year, one.unit, one.element) for year in ("2022", "2023", "2024") for f in flagged(year) for one in f.mend}
    assert told <= planted
