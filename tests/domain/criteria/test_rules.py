"""Rules by which the record proposes points: read as offices write them, and given back the same."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.criteria.rules import BadRule, Band, Fault, Scale, ScoreRule, faults, parse

F = Fraction


def test_the_first_limit_that_holds_gives_its_points():
    rule = parse("insurance_coverage: >=95 = 2; >=90 = 1,5; khác = 0")
    scale = rule.scale(None)
    assert scale is not None
    assert [scale.points(F(told)) for told in (100, 95, 94, 90, 89)] == [F(2), F(2), F("1.5"), F("1.5"), F(0)]


def test_a_zone_has_its_own_limits():
    rule = parse("stunting_rate: ≤20 = 2; khác = 0 | vùng 3: ≤25 = 2; khác = 0")
    assert rule.scale(None) is None
    assert [rule.scale(zone).points(F(22)) for zone in (1, 2, 3)] == [F(0), F(0), F(2)]


def test_yes_and_no_are_words():
    rule = parse("tram.clean_water: có = 1; không = 0")
    assert rule.scales[0].bands == (Band("=", F(1), F(1)), Band("=", F(0), F(0)))


def test_a_share_of_two_figures():
    assert parse("tram.drugs_present / tram.drugs_listed: >=70 = 1; khác = 0").codes == (
        "tram.drugs_present",
        "tram.drugs_listed",
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "insurance_coverage",
        "insurance_coverage:",
        "a b: >=1 = 1",
        "x: >=1",
        "x: >=một = 1",
        "x: khác = 0",
        "x: khác = 0; >=1 = 1",
        "x: >=1 = 1 | >=2 = 2",
        "x: vùng 1: >=1 = 1 | vùng 1,2: >=1 = 1",
        "x: >=1e5 = 1",
        "x: >=1.000.000 = 1",
    ],
)
def test_what_cannot_be_read_is_refused(text):
    with pytest.raises(BadRule):
        parse(text)


def test_points_above_the_maximum_and_zones_without_limits_are_named():
    assert faults(parse("x: >=1 = 3; khác = 0"), maximum=F(2)) == [Fault.POINTS]
    assert faults(parse("x: vùng 1,2: >=1 = 2"), maximum=F(2)) == [Fault.ZONES]
    assert faults(parse("x: >=1 = 2 | vùng 3: >=0,5 = 2"), maximum=F(2)) == []


_POINTS = st.integers(0, 40).map(lambda half: F(half, 2))
_BANDS = st.lists(
    st.builds(Band, st.sampled_from([">=", "<=", ">", "<", "="]), st.integers(-9999, 99999).map(lambda n: F(n, 100)),
              _POINTS),
    min_size=1, max_size=3,
).map(tuple)  # fmt: skip
_SCALES = st.builds(Scale, _BANDS, st.none() | _POINTS)


@given(_SCALES, st.none() | _SCALES, st.sampled_from(["insurance_coverage", "tram.doctors_working", "a/b"]))
def test_a_rule_written_and_read_is_the_same(usual, hard, source):
    zoned = () if hard is None else (Scale(hard.bands, hard.otherwise, (3,)),)
    rule = ScoreRule(source, (usual, *zoned))
    assert parse(rule.text()) == rule


@given(st.text(max_size=40))
def test_any_text_is_a_rule_or_refused(text):
    try:
        rule = parse(text)
    except BadRule:
        return
    assert parse(rule.text()) == rule
