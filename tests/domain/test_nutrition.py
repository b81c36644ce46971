"""Sums of groups are the whole, a child is counted once, rates are those of the growth engine."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.application import growth
from desktop.domain.growth.columns import Columns
from desktop.domain.growth.groupings import everyone
from desktop.domain.growth.levels import Form, Level
from desktop.domain.growth.prevalence import prevalence
from desktop.domain.growth.zscores import zscores
from desktop.domain.nutrition import FORMS, Area, Cases, Point, Tally, reduction, supplied, whole
from desktop.domain.nutrition_counts import Roll, count

COMMUNES = ("a", "b", "c")
CHILDREN = st.lists(
    st.tuples(
        st.sampled_from(COMMUNES),
        st.sampled_from(("m", "f", "")),
        st.one_of(st.none(), st.integers(0, 1900)),
        st.sampled_from(("Bản Mù", "bản mù", "Háng Tày", "")),
        st.sampled_from(("Mông", "Kinh", "")),
        st.one_of(st.none(), st.integers(2000, 22000)),
        st.one_of(st.none(), st.integers(450, 1150)),
        st.booleans(),
        st.booleans(),
    ),
    max_size=60,
)


def counted(children, **more):
    children = sorted(children, key=lambda one: not one[8])
    seen = [one for one in children if one[8]]
    columns = Columns.of(
        sex=[{"m": 1, "f": 2}.get(one[1], 0) for one in seen],
        days=np.array([np.nan if one[2] is None else one[2] for one in seen], np.float64),
        milligrams=[(one[5] or 0) * 1000 for one in seen],
        micrometres=[(one[6] or 0) * 1000 for one in seen],
        position=[0] * len(seen),
        oedema=[one[7] for one in seen],
    )
    roll = Roll(
        np.array([COMMUNES.index(one[0]) for one in children], np.int64),
        np.array([{"m": 1, "f": 2}.get(one[1], 0) for one in children], np.int64),
        np.array([-1 if one[2] is None else one[2] for one in children], np.int64),
        [one[3] for one in children],
        [one[4] for one in children],
        frozenset(COMMUNES.index(one) for one in more.pop("unlisted", ())),
    )
    found = zscores(growth.standards(), columns)
    return count(roll, columns, found, order=COMMUNES, **more), columns, found


@given(CHILDREN)
@settings(max_examples=60, deadline=None)
def test_the_groups_of_every_grouping_add_up_to_the_whole(children):
    found, _, _ = counted(children)
    for groups in (found.communes, found.ages, found.sexes, found.ethnic_groups):
        assert whole(one.tally for one in groups) == whole([found.total])
    for one in found.communes:
        assert whole(group.tally for group in found.villages.get(one.key, ())) == whole([one.tally])


@given(CHILDREN)
@settings(max_examples=60, deadline=None)
def test_rates_are_those_of_the_growth_engine(children):
    found, columns, scored = counted(children)
    told = {(one.index, one.cutoff): one for one in prevalence(columns, scored, [everyone(columns)]).estimates}
    for form, index, low, high in (
        (Form.STUNTING, "HA", "-2", "-3"),
        (Form.UNDERWEIGHT, "WA", "-2", "-3"),
        (Form.WASTING, "WH", "-2", "-3"),
        (Form.OVERWEIGHT, "WH", "+2", "+3"),
    ):
        cases = found.total.of(form)
        assert cases.counted == told[index, low].n
        if cases.counted:
            assert float(cases.rate) == pytest.approx(told[index, low].value)
            assert cases.second * 100 / cases.counted == pytest.approx(told[index, high].value)


@given(CHILDREN)
@settings(max_examples=40, deadline=None)
def test_nobody_is_measured_who_is_not_listed_and_nobody_ill_who_was_not_measured(children):
    found, _, _ = counted(children)
    for one in (found.total, *(group.tally for group in found.communes)):
        assert one.measured <= one.listed
        assert all(one.of(form).found <= one.of(form).counted <= one.measured for form in FORMS)
        assert one.coverage is None or 0 <= one.coverage <= 100


def child(commune="a", days=800, lenhei=700, ethnic="Mông", village="Bản Mù", measured=True):
    return commune, "m", days, village, ethnic, 9000, lenhei, False, measured


def test_subtotals_stand_where_the_communes_are_said_to_be_so():
    found, _, _ = counted(
        [child(), child("b"), child("b", ethnic="Kinh")],
        regions_3=frozenset("b"),
        disadvantaged=frozenset(),
    )
    assert [(one.key, one.tally.measured) for one in found.areas] == [(Area.REGION_3, 2), (Area.MINORITIES, 2)]


def test_other_names_of_an_ethnic_group_are_that_group_and_what_is_not_told_is_no_minority():
    told = ("H'Mông", "Mông", "Hmông", "dân tộc Mông", "Kinh (Việt)", "KINH", "không rõ", "-", "")
    found, _, _ = counted([child(ethnic=one) for one in told])
    assert {one.key: one.tally.measured for one in found.ethnic_groups} == {"KINH": 2, "Mông": 4, "": 3}
    assert [(one.key, one.tally.measured) for one in found.areas] == [("minorities", 4)]


def test_a_village_spelled_twice_is_one_and_the_same_name_elsewhere_another():
    found, _, _ = counted([child(), child(village="bản mù"), child("b")])
    assert [(one.key, one.tally.measured) for one in found.villages["a"]] == [("Bản Mù", 2)]
    assert [(one.key, one.tally.measured) for one in found.villages["b"]] == [("Bản Mù", 1)]


def test_who_is_over_five_is_neither_listed_nor_counted():
    assert counted([child(days=1827)])[0].total == counted([])[0].total
    assert counted([child(days=1826)])[0].total.measured == 1


def test_a_commune_without_a_list_has_no_coverage():
    found, _, _ = counted([child(), child("b")], unlisted=frozenset("b"))
    assert [one.tally.listed for one in found.communes] == [1, None, 0]
    assert found.total.coverage is None


def test_a_rate_has_limits_and_a_level_and_nobody_has_neither():
    cases = Cases(20, 0, 0)
    assert (cases.rate, cases.limits.lower) == (0, 0)
    assert cases.limits.upper > 15
    assert cases.level(Form.STUNTING) is Level.VERY_LOW
    assert (Cases().rate, Cases().limits, Cases().level(Form.WASTING)) == (None, None, None)


def point(period, cases):
    return Point(period, int(period[:4]), Tally(None, 100, {Form.STUNTING: Cases(100, cases, 0)}))


def test_a_rate_keeps_what_is_wanted_unless_too_few_were_counted_to_say():
    assert Cases(1000, 100, 100).keeps(Fraction(20)) is True
    assert Cases(1000, 100, 101).keeps(Fraction(20)) is False
    assert Cases(5, 1, 0).keeps(Fraction(25)) is None
    assert Cases(5, 5, 0).keeps(Fraction(25)) is False
    assert Cases().keeps(Fraction(25)) is None


def test_rates_differ_surely_where_their_intervals_lie_apart():
    low, high = Cases(1000, 100, 100), Cases(1000, 200, 100)
    assert not low.overlaps(high)
    assert not high.overlaps(low)
    assert low.overlaps(Cases(1000, 100, 110))
    assert low.overlaps(Cases(10, 3, 0))
    assert low.overlaps(Cases())


def test_the_yearly_reduction_compares_the_same_part_of_the_year():
    trend = [point("2021S2", 90), point("2022S1", 40), point("2022S2", 35), point("2024S1", 10)]
    since, rate = reduction(trend, Form.STUNTING)
    assert since.period == "2022S1"
    assert round(rate, 6) == 50
    assert reduction(trend[:1], Form.STUNTING) is None
    assert reduction([], Form.STUNTING) is None
    assert reduction([point("2023", 0), point("2024", 4)], Form.STUNTING) is None


def test_the_list_supplies_what_the_form_asks_for():
    tally = Tally(12, 10, {Form.STUNTING: Cases(10, 2, 1), Form.OVERWEIGHT: Cases(9, 0, 1)})
    told = supplied(tally)
    assert told == {"measured": 10, "stunted": 3, "underweight": 0, "wasted": 0, "overweight": 1}
    assert tally.coverage == Fraction(250, 3)
