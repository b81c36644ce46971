"""Ages as people say them, classes of a child, levels of a population, lines of a chart."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.application.growth import curve, rates, scores
from desktop.domain.growth.ages import AGE_GROUPS, age_group, completed_months, is_under_five, turns_five
from desktop.domain.growth.classes import (
    OVER,
    UNDER,
    Class,
    acute_class,
    acute_words,
    arm_class,
    class_of,
    class_words,
    index_words,
)
from desktop.domain.growth.levels import Form, Level, level_of, level_words
from desktop.domain.growth.scores import Index, Measurement, Position, Score, Sex

births = st.dates(date(2000, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("birth", "day", "months"),
    [
        ("2024-01-05", "2024-01-05", 0),
        ("2024-01-05", "2024-02-04", 0),
        ("2024-01-05", "2024-02-05", 1),
        ("2024-01-31", "2024-02-29", 0),
        ("2024-01-31", "2024-03-01", 1),
        ("2024-01-31", "2024-03-30", 1),
        ("2024-01-31", "2024-03-31", 2),
        ("2024-02-29", "2025-02-28", 11),
        ("2024-02-29", "2025-03-01", 12),
        ("2019-06-15", "2024-06-14", 59),
        ("2019-06-15", "2024-06-15", 60),
    ],
)
def test_months_are_full_on_their_day(birth, day, months):
    assert completed_months(date.fromisoformat(birth), date.fromisoformat(day)) == months


def test_before_the_birth_there_is_no_age():
    with pytest.raises(ValueError, match="before"):
        completed_months(date(2024, 1, 5), date(2024, 1, 4))
    assert not is_under_five(date(2024, 1, 5), date(2024, 1, 4))


@given(births, st.integers(0, 2200))
def test_months_grow_by_one_at_a_time_and_five_years_are_60(birth, days):
    day = birth + timedelta(days)
    before, after = completed_months(birth, day), completed_months(birth, day + timedelta(1))
    assert after - before in {0, 1}
    assert is_under_five(birth, day) == (before < 60) == (day < turns_five(birth))


@given(st.integers(0, 1900))
def test_groups_of_ages_are_whos(days):
    group = age_group(days)
    assert (group is None) == (days / 30.4375 >= 60)
    assert group is None or group.first <= days / 30.4375 < group.end


def test_groups_have_labels_and_words():
    assert [group.label for group in AGE_GROUPS] == ["00-05", "06-11", "12-23", "24-35", "36-47", "48-59"]
    assert str(AGE_GROUPS[0].sentence()) == "0–5 months"
    assert age_group(-1) is None


@pytest.mark.parametrize(
    ("index", "z", "found"),
    [
        (Index.HA, "-2.00", Class.NORMAL),
        (Index.HA, "-2.01", Class.GRADE_1),
        (Index.HA, "-3.00", Class.GRADE_1),
        (Index.HA, "-3.01", Class.GRADE_2),
        (Index.HA, "3.50", Class.NORMAL),
        (Index.WA, "2.50", Class.NORMAL),
        (Index.WA, "-2.50", Class.GRADE_1),
        (Index.WH, "2.00", Class.NORMAL),
        (Index.WH, "2.01", Class.OVERWEIGHT),
        (Index.WH, "3.01", Class.OBESE),
        (Index.BMI, "3.00", Class.OVERWEIGHT),
        (Index.WH, "-3.50", Class.GRADE_2),
    ],
)
def test_the_class_of_a_z_score(index, z, found):
    assert class_of(index, Score(Decimal(z), flagged=False)) is found


def test_what_has_no_z_score_what_is_implausible_and_oedema():
    assert class_of(Index.WH, None) is None
    assert class_of(Index.WH, Score(Decimal(6), flagged=True)) is Class.IMPLAUSIBLE
    assert class_of(Index.WH, None, oedema=True) is Class.OEDEMA
    assert class_of(Index.HA, Score(Decimal(-4), flagged=False), oedema=True) is Class.GRADE_2


@pytest.mark.parametrize(
    ("millimetres", "days", "found"),
    [
        (114, 400, Class.GRADE_2),
        (115, 400, Class.GRADE_1),
        (124, 400, Class.GRADE_1),
        (125, 400, Class.NORMAL),
        (114, 182, None),
        (114, 183, Class.GRADE_2),
        (114, 1826, Class.GRADE_2),
        (114, 1827, None),
        (None, 400, None),
        (0, 400, None),
        (114, None, None),
    ],
)
def test_the_arm_counts_from_6_to_59_months(millimetres, days, found):
    assert arm_class(millimetres, days) is found


@pytest.mark.parametrize(
    ("wasting", "arm", "found"),
    [
        (None, None, None),
        (Class.IMPLAUSIBLE, None, None),
        (Class.IMPLAUSIBLE, Class.GRADE_1, Class.GRADE_1),
        (Class.OEDEMA, Class.NORMAL, Class.GRADE_2),
        (Class.NORMAL, Class.GRADE_1, Class.GRADE_1),
        (Class.GRADE_2, None, Class.GRADE_2),
        (Class.OBESE, None, Class.NORMAL),
    ],
)
def test_acute_malnutrition_is_the_worse_of_both(wasting, arm, found):
    assert acute_class(wasting, arm) is found


def test_every_class_has_its_words():
    for index in Index:
        assert len({class_words(index, one) for one in Class}) == len(Class)
        assert index_words(index)
    assert {str(acute_words(one)) for one in (Class.NORMAL, Class.GRADE_1, Class.GRADE_2)}
    assert not UNDER & OVER


@pytest.mark.parametrize(
    ("form", "limits"),
    [
        (Form.STUNTING, ("2.5", "10", "20", "30")),
        (Form.WASTING, ("2.5", "5", "10", "15")),
        (Form.OVERWEIGHT, ("2.5", "5", "10", "15")),
        (Form.UNDERWEIGHT, ("10", "20", "30")),
    ],
)
def test_a_limit_belongs_to_the_worse_level(form, limits):
    levels = list(Level)[5 - len(limits) - 1 :]
    for limit, below, above in zip(map(Fraction, limits), levels, levels[1:], strict=False):
        assert level_of(form, limit - Fraction(1, 1000)) is below
        assert level_of(form, limit) is above
    assert level_of(form, 100.0) is Level.VERY_HIGH
    with pytest.raises(ValueError, match="percentage"):
        level_of(form, Decimal(101))


def test_every_level_has_its_words():
    assert len({level_words(level) for level in Level}) == 5


# ---------------------------------------------------------------- one child, and the chart

printed = {  # WHO's printed tables by month, boys: -3, median, +3 SD
    (Index.HA, 0): (44.2, 49.9, 55.6),
    (Index.WA, 0): (2.1, 3.3, 5.0),
    (Index.HA, 365): (68.6, 75.7, 82.9),
    (Index.WA, 1826): (12.4, 18.3, 27.9),
}


@pytest.mark.parametrize(("index", "day"), printed)
def test_the_lines_are_those_of_whos_printed_charts(index, day):
    lines = [curve(index, Sex.BOY, sd) for sd in (-3, 0, 3)]
    assert tuple(round(line.y[line.x.index(day)], 1) for line in lines) == pytest.approx(printed[index, day], abs=0.051)


def test_weight_for_height_has_two_tables():
    lying, standing = curve(Index.WH, Sex.GIRL, 0, lying=True), curve(Index.WH, Sex.GIRL, 0)
    assert (lying.x[0], lying.x[-1], standing.x[0], standing.x[-1]) == (450, 1100, 650, 1200)
    assert lying.y[lying.x.index(800)] == pytest.approx(standing.y[standing.x.index(793)], abs=0.001)


@pytest.mark.parametrize(("sex", "sd"), [(Sex.UNKNOWN, 0), (Sex.BOY, 4)])
def test_no_line_without_a_sex_or_beyond_three(sex, sd):
    with pytest.raises(ValueError, match="line"):
        curve(Index.HA, sex, sd)


@given(st.sampled_from([Sex.BOY, Sex.GIRL]), st.integers(0, 1826), st.integers(-3, 3))
def test_a_child_on_a_line_has_its_z_score(sex, day, sd):
    line = curve(Index.WA, sex, sd)
    (found,) = scores([Measurement(sex, day, round(line.y[day] * 1000), None)])
    assert found.wa is not None
    assert abs(found.wa.z - sd) <= Decimal("0.01")


def test_the_figures_of_one_child():
    (found,) = scores([Measurement(Sex.BOY, 244, 8000, 600, Position.STANDING)])
    assert (found.millimetres, found.unlikely_position, found.of(Index.HA)) == (
        600,
        True,
        Score(Decimal("-4.81"), flagged=False),
    )
    (nothing,) = scores([Measurement(Sex.BOY, None, None, None)])
    assert (nothing.millimetres, nothing.bmi, *map(nothing.of, Index)) == (None,) * 6
    (backwards,) = scores([Measurement(Sex.BOY, -1, 8000, 600)])
    assert [*map(backwards.of, Index)] == [None] * 4
    assert scores([]) == []


def test_rates_of_a_routine_weighing():
    rows = [Measurement(Sex.BOY, 1000, 13_000, height) for height in (800, 850, 950, 960)]
    rows.append(Measurement(Sex.GIRL, -3, 13_000, 950))
    found = {(one.group, one.index, one.cutoff): one for one in rates(rows, {"xã": ["A", "A", "B", "", "A"]}).estimates}
    assert (found["All", "HA", "-2"].n, found["All", "HA", "-2"].value) == (4, 50)
    assert (found["xã: A", "HA", "-2"].n, found["xã: A", "HA", "-2"].value) == (2, 100)
    assert (found["xã: B", "HA", "-2"].n, found["xã: B", "HA", "-2"].value) == (1, 0)
    assert rates([]).estimates[0].n == 0
