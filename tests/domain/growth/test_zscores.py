"""The engine against a slow second opinion, and what must hold for any children."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.application.growth import standards
from desktop.domain.growth import zscores as engine
from desktop.domain.growth.columns import Columns
from desktop.domain.growth.scores import Index
from desktop.domain.growth.zscores import LIMITS, ZScores, zscores
from tests.domain.growth.practice import commune, commune_zscores
from tests.domain.growth.slow import Child, slow

POSITIONS = {None: 0, "l": 1, "h": 2}
NAMES = {"HA": Index.HA, "WA": Index.WA, "WH": Index.WH, "BMI": Index.BMI}


def decimals(low: float, high: float, places: int):
    return st.integers(round(low * 10**places), round(high * 10**places)).map(lambda n: Decimal(n).scaleb(-places))


def edges(*near: str):
    return st.sampled_from([Decimal(one) for one in near])


days = (
    st.none()
    | decimals(0, 1860, 0)
    | decimals(0, 1830, 2)
    | edges("273", "274", "730", "730.5", "731", "1826", "1826.25", "1827", "0")
)
months = st.none() | decimals(0, 61, 2) | edges("9", "8.99", "24", "23.99", "24.01", "60", "59.99", "59.9999")
weights = st.none() | decimals(0, 30, 1) | decimals(-1, 60, 3) | decimals(0, 40, 6)
lengths = (
    st.none()
    | decimals(40, 125, 1)
    | decimals(-1, 160, 2)
    | decimals(44, 121, 4)
    | edges(
        "45",
        "44.9",
        "64.3",
        "65",
        "110",
        "109.3",
        "109.4",
        "119.3",
        "120",
        "120.7",
        "120.8",
        "87",
        "86.9",
        "103.1",
        "0.7",
        "0.5",
    )
)
children = st.builds(
    Child,
    sex=st.sampled_from([1, 2, 1, 2, None]),
    days=days,
    months=months,
    weight=weights,
    length=lengths,
    position=st.sampled_from(["l", "h", None]),
    oedema=st.sampled_from([False, False, False, True]),
)
many = st.lists(children, min_size=1, max_size=40)


def columns_of(rows: list[Child]) -> Columns:
    return Columns.of(
        sex=[row.sex or 0 for row in rows],
        days=[np.nan if row.days is None else float(row.days) for row in rows],
        months=[np.nan if row.months is None else float(row.months) for row in rows],
        milligrams=[round((row.weight or Decimal(0)).scaleb(6)) for row in rows],
        micrometres=[round((row.length or Decimal(0)).scaleb(4)) for row in rows],
        position=[POSITIONS[row.position] for row in rows],
        oedema=[row.oedema for row in rows],
    )


def of(*rows: Child) -> ZScores:
    return zscores(standards(), columns_of(list(rows)))


def child(**given) -> Child:
    usual = {"sex": 1, "days": Decimal(1000), "months": None, "weight": Decimal(15), "length": Decimal(100)}
    return Child(**(usual | {"position": None, "oedema": False} | given))


def same(left: ZScores, right: ZScores) -> bool:
    return all(
        np.array_equal(getattr(left, name), getattr(right, name), equal_nan=name in {"z", "bmi"})
        for name in ZScores.__dataclass_fields__
    )


@given(many)
def test_the_engine_agrees_with_a_slow_second_opinion(rows):
    found = of(*rows)
    for at, row in enumerate(rows):
        wanted = slow(row)
        assert found.micrometres[at] == (wanted["length"] or Decimal(0)).scaleb(4)
        assert " lh"[found.position[at]].strip() == (wanted["position"] or "")
        assert found.unlikely_position[at] == wanted["unlikely"]
        assert np.isnan(found.bmi[at]) == (wanted["bmi"] is None)
        for name, index in NAMES.items():
            z, exact = found.of(index)[at], wanted[name]
            assert np.isnan(z) == (exact is None), (name, row)
            if exact is not None:
                assert abs(Decimal(z) - exact) <= Decimal("0.005") + abs(exact) * Decimal("1e-9"), (name, row)
                low, high = LIMITS[index]
                assert found.flagged(index)[at] == (not low <= z <= high)


@given(many, st.integers(1, 50))
def test_pieces_do_not_matter(rows, size):
    columns = columns_of(rows)
    whole = zscores(standards(), columns)
    kept = engine.PIECE
    engine.PIECE = size
    try:
        assert same(zscores(standards(), columns), whole)
    finally:
        engine.PIECE = kept


@given(many, st.randoms(use_true_random=False))
def test_the_order_of_children_does_not_matter(rows, chance):
    order = list(range(len(rows)))
    chance.shuffle(order)
    assert same(of(*(rows[at] for at in order)), of(*rows)[np.array(order)])


@given(children, decimals(0.2, 60, 2), decimals(0.01, 10, 2))
def test_more_weight_is_never_a_lower_z(row, weight, more):
    light, heavy = (of(child(**_told(row) | {"weight": kilos})) for kilos in (weight, weight + more))
    for index in (Index.WA, Index.WH, Index.BMI):
        assert np.isnan(light.of(index)[0]) == np.isnan(heavy.of(index)[0])
        assert not heavy.of(index)[0] < light.of(index)[0]


@given(children, decimals(30, 150, 2), decimals(0.01, 10, 2))
def test_more_length_is_never_a_lower_height_nor_a_higher_bmi(row, length, more):
    short, tall = (of(child(**_told(row) | {"length": size})) for size in (length, length + more))
    assert not tall.of(Index.HA)[0] < short.of(Index.HA)[0]
    assert not tall.of(Index.BMI)[0] > short.of(Index.BMI)[0]


def _told(row: Child) -> dict[str, object]:
    return {name: getattr(row, name) for name in Child.__dataclass_fields__}


def test_no_child_no_figure():
    assert len(zscores(standards(), columns_of([]))) == 0


def test_progress_is_told_by_the_piece():
    heard = []
    zscores(standards(), commune(), tell=heard.append)
    assert heard == [16_384, 20_000]


@pytest.mark.parametrize(("days", "there"), [("1826", True), ("1826.2", True), ("1826.25", False), ("1827", False)])
def test_the_day_1826_is_in_and_60_months_are_out(days, there):
    found = of(child(days=Decimal(days)))
    assert [not np.isnan(found.of(index)[0]) for index in Index] == [there] * 4


def test_days_win_over_months():
    assert same(of(child(days=Decimal(400), months=Decimal(30))), of(child(days=Decimal(400))))


def test_without_an_age_only_weight_for_height_is_known():
    found = of(child(days=None))
    assert [np.isnan(found.of(index)[0]) for index in (Index.HA, Index.WA, Index.WH, Index.BMI)] == [
        True,
        True,
        False,
        True,
    ]


def test_without_an_age_86_9_cm_lies_and_87_cm_stands():
    at = [
        of(child(days=None, length=Decimal(cm), position=how)).of(Index.WH)[0]
        for cm, how in (("86.9", None), ("86.9", "l"), ("87", None), ("87", "h"))
    ]
    assert at[0] == at[1]
    assert at[2] == at[3]
    assert of(child(days=None, length=Decimal(87), position="l")).of(Index.WH)[0] != at[2]


def test_weight_of_nothing_and_length_of_nothing_are_missing_not_absurd():
    for row in (child(weight=Decimal(0)), child(weight=Decimal(-3))):
        assert np.isnan([*of(row).of(Index.WA), *of(row).of(Index.WH), *of(row).of(Index.BMI), *of(row).bmi]).all()
    for row in (child(length=Decimal(0)), child(length=Decimal(-80)), child(length=Decimal("0.5"), position="l")):
        found = of(row)
        assert np.isnan([*found.of(Index.HA), *found.of(Index.WH), *found.of(Index.BMI), *found.bmi]).all()
        assert not found.micrometres[0]


def test_an_absurd_weight_is_flagged_not_lost():
    found = of(child(weight=Decimal(10200)))
    assert found.flagged(Index.WA)[0]
    assert found.flagged(Index.WH)[0]


@pytest.mark.parametrize(
    ("z", "rounded"),
    [
        (1.005, 1.0),
        (0.125, 0.12),
        (0.375, 0.38),
        (-0.125, -0.12),
        (2.675, 2.67),
        (-2.005, -2.0),
        (1.15, 1.15),
        (0.155, 0.16),
        (-3.0, -3.0),
        (-0.001, 0.0),
        (5.015, 5.02),
    ],
)
def test_rounding_is_rs(z, rounded):
    """The nearer candidate, of two equally near the even one: 0.155 lies as far from 0.15 as from 0.16 in binary."""
    array = np.array([z])
    engine.round_as_r(array)
    assert array[0] == rounded
    assert not np.signbit(array[0]) or rounded < 0


@given(st.lists(st.floats(-1000, 1000), min_size=1))
def test_rounding_twice_is_rounding_once(values):
    once = np.array(values)
    engine.round_as_r(once)
    twice = once.copy()
    engine.round_as_r(twice)
    assert np.array_equal(once, twice)
    assert np.abs(once - values).max() <= 0.0050001


def test_a_negative_age_is_refused():
    for age in ("days", "months"):
        with pytest.raises(ValueError, match="negative"):
            Columns.of(sex=[1], milligrams=[1], micrometres=[1], position=[0], oedema=[False], **{age: [-1.0]})


def test_a_part_of_the_answer_is_the_answer_of_a_part():
    assert same(commune_zscores()[100:200], zscores(standards(), commune()[100:200]))


def test_columns_are_joined_as_they_were_parted():
    parts = [commune()[:7], commune()[7:7], commune()[7:20_000]]
    joined = Columns.joined(parts)
    assert all(np.array_equal(getattr(joined, name), getattr(commune(), name)) for name in Columns.__dataclass_fields__)
    assert len(Columns.joined([])) == 0
