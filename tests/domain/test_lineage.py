"""Lineage: what is said to be a territory is that territory, nothing is counted twice, and nothing is invented."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.acts import DatedPart
from desktop.domain.lineage import ALL, Lineage, Reason, Weight
from desktop.domain.units import Register, Unit, UnitKind, UnitVersion
from tests.domain.territories import FIRST, country

SEEDS = st.integers(0, 10**6)
REFORM = date(2025, 7, 1)
EVE = REFORM - timedelta(days=1)
BEFORE, AFTER = date(2024, 12, 31), date(2025, 12, 31)


def asked(seed, made):
    """A random set of units on a random day, and another random day."""
    random = Random(seed)
    days = [FIRST, *made.dates, *(day - timedelta(days=1) for day in made.dates)]
    on, of = random.choice(days), random.choice(days)
    standing = made.on(on)
    return random.sample(standing, random.randint(1, len(standing))), on, of


@given(SEEDS, st.booleans())
def test_what_is_exact_is_the_territory_itself(seed, shares):
    made = country(seed, shares=shares)
    units, on, of = asked(seed, made)
    found = Lineage.of(made.parts, made.register).composed(units, on=on, of=of)
    if found.is_exact:
        assert set(found.weights) <= set(made.on(of))
        land = [piece for uid in found.weights for piece in made.land[uid]]
        assert sorted(land) == sorted(piece for uid in units for piece in made.land[uid])


@given(SEEDS)
def test_the_whole_country_is_known_on_all_boundaries(seed):
    made = country(seed)
    known = Lineage.of(made.parts, made.register)
    days = [FIRST, *made.dates]
    for on in days:
        for of in days:
            found = known.composed(made.on(on), on=on, of=of)
            assert found.is_exact
            assert sorted(found.weights) == sorted(made.on(of))
            assert made.total(list(found.weights)) == made.total(made.on(on))


@given(SEEDS)
def test_old_figures_of_all_new_units_add_to_the_whole_with_shares(seed):
    made = country(seed, shares=True)
    known = Lineage.of(made.parts, made.register)
    last = made.dates[-1]
    alone = [known.composed([unit], on=last, of=FIRST) for unit in made.on(last)]
    assert not any(found.gaps for found in alone)
    added = {}
    for found in alone:
        assert all(0 < weight.share <= 1 for weight in found.weights.values())
        for uid, weight in found.weights.items():
            added[uid] = added.get(uid, Fraction(0)) + weight.share
    assert added == dict.fromkeys(made.on(FIRST), Fraction(1))


@given(SEEDS)
def test_a_set_has_no_more_than_its_units_and_no_unit_twice(seed):
    made = country(seed, shares=True)
    known = Lineage.of(made.parts, made.register)
    units, on, of = asked(seed, made)
    found = known.composed(units, on=on, of=of)
    assert all(0 < weight.share <= 1 for weight in found.weights.values())
    if not found.gaps and of <= on:
        each = [known.composed([unit], on=on, of=of) for unit in units]
        for uid in found.weights:
            assert found.weights[uid].share == sum(
                one.weights[uid].share for one in each if uid in one.weights and not one.gaps
            )


@given(SEEDS, st.randoms())
def test_the_order_of_acts_and_parts_does_not_matter(seed, random):
    made = country(seed, shares=True)
    shuffled = [*made.parts, *made.parts[:3]]
    random.shuffle(shuffled)
    units, on, of = asked(seed, made)
    one, other = Lineage.of(made.parts, made.register), Lineage.of(shuffled, made.register)
    assert one.composed(units, on=on, of=of) == other.composed(units, on=on, of=of)


@given(SEEDS)
def test_an_act_taken_back_leaves_what_was_before(seed):
    made = country(seed)
    fewer = country(seed, acts=5)
    day = fewer.dates[-1]
    kept = [part for part in made.parts if part.date <= day]
    assert kept == fewer.parts
    units, on, of = asked(seed, fewer)
    before = Lineage.of(fewer.parts, fewer.register).composed(units, on=on, of=of)
    assert Lineage.of(kept, fewer.register).composed(units, on=on, of=of) == before


@given(SEEDS)
def test_touching_finds_all_that_has_land_in_common_with_what_was_asked(seed):
    made = country(seed)
    units, on, of = asked(seed, made)
    land = {piece for uid in units for piece in made.land[uid]}
    found = Lineage.of(made.parts, made.register).touching(units, of)
    assert set(found) >= {uid for uid in made.on(of) if made.land[uid] & land}
    assert set(found) <= set(made.on(of))
    del on


# ---- one by one ----


def unit(uid, begin=None, end=None):
    return Unit(uid, UnitKind.COMMUNE, (UnitVersion(begin, end, uid, uid, None),))


def known(*parts, old="ab", new="xy", going_on=""):
    register = Register.of(
        [
            *(unit(uid, None, EVE) for uid in old),
            *(unit(uid, REFORM, None) for uid in new),
            *(unit(uid) for uid in going_on),
        ]
    )
    return Lineage.of([DatedPart("act", REFORM, *part) for part in parts], register)


def test_two_whole_parts_are_the_merged_unit():
    merged = known(("a", "x", True), ("b", "x", True), new="x")
    assert dict(merged.composed(["x"], on=AFTER, of=BEFORE).weights) == {"a": ALL, "b": ALL}
    assert dict(merged.composed(["a", "b"], on=BEFORE, of=AFTER).weights) == {"x": ALL}


def test_a_merged_figure_is_never_divided_again():
    merged = known(("a", "x", True), ("b", "x", True), new="x")
    found = merged.composed(["a"], on=BEFORE, of=AFTER)
    assert [(gap.reason, gap.unit) for gap in found.gaps] == [(Reason.SPLIT_WITHOUT_SHARES, "x")]


def test_a_divided_unit_needs_shares_and_then_gives_an_estimate():
    divided = known(("a", "x", False), ("a", "y", False), old="a")
    assert divided.composed(["x"], on=AFTER, of=BEFORE).gaps[0].reason is Reason.SPLIT_WITHOUT_SHARES
    assert divided.composed(["x", "y"], on=AFTER, of=BEFORE).is_exact
    assert divided.composed(["a"], on=BEFORE, of=AFTER).is_exact
    shared = known(("a", "x", False, 3000), ("a", "y", False), old="a")
    assert dict(shared.composed(["x"], on=AFTER, of=BEFORE).weights) == {"a": Weight(Fraction(3, 10), True)}
    assert dict(shared.composed(["y"], on=AFTER, of=BEFORE).weights) == {"a": Weight(Fraction(7, 10), True)}


def test_shares_of_thirds_still_make_one():
    thirds = known(("a", "x", False, 3333), ("a", "y", False, 3333), ("a", "z", False, 3333), old="a", new="xyz")
    assert dict(thirds.composed(["x"], on=AFTER, of=BEFORE).weights) == {"a": Weight(Fraction(1, 3), True)}


@pytest.mark.parametrize(("share", "reason"), [(None, Reason.SPLIT_WITHOUT_SHARES), (4000, None)])
def test_a_lonely_part_says_nothing_of_the_rest(share, reason):
    part = known(("a", "x", False, share), old="a", new="x")
    found = part.composed(["x"], on=AFTER, of=BEFORE)
    assert [gap.reason for gap in found.gaps] == ([reason] if reason else [])
    assert dict(found.weights) == ({} if reason else {"a": Weight(Fraction(2, 5), True)})
    assert part.composed(["a"], on=BEFORE, of=AFTER).gaps[0].reason is Reason.NO_ACT


def test_a_unit_that_begins_or_ends_without_an_act_is_named():
    nothing = known(old="a", new="x", going_on="c")
    assert [gap.unit for gap in nothing.composed(["x", "c"], on=AFTER, of=BEFORE).gaps] == ["x"]
    assert [gap.unit for gap in nothing.composed(["a", "c"], on=BEFORE, of=AFTER).gaps] == ["a"]
    assert nothing.composed(["c"], on=AFTER, of=BEFORE).is_exact


def test_a_unit_divided_and_brought_together_again_is_whole_without_shares():
    later = date(2027, 1, 1)
    register = Register.of(
        [
            unit("a", None, EVE),
            unit("b", None, EVE),
            unit("x", REFORM, later - timedelta(days=1)),
            unit("y", REFORM, later - timedelta(days=1)),
            unit("z", later),
        ]
    )
    parts = [
        DatedPart("1", REFORM, "a", "x", whole=False),
        DatedPart("1", REFORM, "a", "y", whole=False),
        DatedPart("1", REFORM, "b", "y", whole=True),
        DatedPart("2", later, "x", "z", whole=True),
        DatedPart("2", later, "y", "z", whole=True),
    ]
    found = Lineage.of(parts, register).composed(["z"], on=date(2027, 6, 1), of=BEFORE)
    assert dict(found.weights) == {"a": ALL, "b": ALL}


def test_contradicting_and_circular_parts_end_without_an_answer():
    twice = known(("a", "x", True), ("a", "y", True), old="a")
    assert twice.composed(["x"], on=AFTER, of=BEFORE).gaps
    circle = known(("a", "x", True), ("x", "a", True), old="a", new="x")
    assert circle.composed(["x"], on=AFTER, of=BEFORE).weights
    itself = known(("c", "c", True), old="", new="", going_on="c")
    assert itself.composed(["c"], on=AFTER, of=BEFORE).is_exact
