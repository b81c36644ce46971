"""Prevalence against WHO's own program, against a slow second opinion, and what must hold for any survey."""

import re
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.growth.columns import Columns
from desktop.domain.growth.design import Design
from desktop.domain.growth.groupings import Grouping, by_age, by_sex, by_values, everyone, usual
from desktop.domain.growth.prevalence import CUTOFFS, prevalence
from desktop.domain.growth.scores import Index
from desktop.domain.growth.zscores import ORDER, ZScores
from tests.domain.growth.practice import commune, commune_zscores, floats, table
from tests.domain.growth.slow_survey import Asked, Row, close, figures

WHO = {"HA": "HA", "WA": "WA", "WH": "WH", "BMI": "BMI"}
PARTS = {"r": "value", "stdev": "value", "se": "se", "ll": "lower", "ul": "upper", "pop": "weighted_n", "unwpop": "n"}


@cache
def district():
    """All estimates of the made-up district, from the z-scores of WHO's program itself (three are wrong there)."""
    found = commune_zscores()
    z = found.z.copy()
    z[ORDER.index(Index.WH)] = floats(table("commune_expected"), "zwfl")
    whos = ZScores(found.micrometres, found.position, found.unlikely_position, found.bmi, z, found.flag)
    rows = table("commune_input")
    groupings = [
        *usual(commune()),
        by_values("Area", [row["area"] for row in rows]),
        by_values("Geographical region", [row["commune"] for row in rows]),
    ]
    return {(one.group, one.index, one.cutoff): one for one in prevalence(commune(), whos, groupings).estimates}


def asked(column: str) -> tuple[str, str, str]:
    """Index, cutoff and part of a column of WHO's answer."""
    if both := re.fullmatch(r"HA_2_WH_2_(\w+)", column):
        return "HAWH", "-2", PARTS[both[1]]
    if size := re.fullmatch(r"(HA|WA|WH|BMI)Z_(\w+)", column):
        return size[1], "-2", PARTS[size[2]]
    index, cutoff, part = re.fullmatch(r"(HA|WA|WH|BMI)(_?\d)?_(\w+)", column).groups()
    if part == "stdev":
        return index, "sd", "value"
    return index, "mean" if cutoff is None else cutoff.replace("_", "-") if "_" in cutoff else f"+{cutoff}", PARTS[part]


def group_of(name: str) -> str:
    return name.replace("Age group", "Age").replace("Age + sex", "Age+sex").replace(" mo.", " ").removesuffix(" mo")


@pytest.mark.parametrize("row", table("commune_prev_expected_simple"), ids=lambda row: row["Group"])
def test_prevalence_is_whos(row):
    off = {}
    for column, wanted in row.items():
        if column == "Group" or column.startswith("HA_2_WH2"):  # stunted and overweight is not asked of us
            continue
        index, cutoff, part = asked(column)
        ours = getattr(district()[group_of(row["Group"]), index, cutoff], part)
        if abs(ours - float(wanted)) > (1e-5 if part in {"lower", "upper"} else 1e-6):
            off[column] = (wanted, ours)
    assert off == {}


def test_the_district_has_38_groups_and_33_figures_each():
    assert len({group for group, _, _ in district()}) == 38
    assert len(district()) == 38 * (4 * 8 + 1)


# ---------------------------------------------------------------- any survey

z_scores = (
    st.none()
    | st.integers(-450, 450).map(lambda cents: cents / 100)
    | st.sampled_from([-3.0, -2.0, -1.0, 1.0, 2.0, 3.0])
)
rows = st.builds(
    Row,
    ha=z_scores,
    wh=z_scores,
    oedema=st.sampled_from([False] * 6 + [True]),
    group=st.sampled_from(["a", "b", "c", None]),
    weight=st.none() | st.sampled_from([0.0, 0.5, 1.0, 2.25]) | st.floats(0.01, 9),
    cluster=st.none() | st.sampled_from("uvwxyz"),
    stratum=st.none() | st.sampled_from("12345"),
)
surveys = st.lists(rows, min_size=2, max_size=30)
designs = st.builds(Asked, st.booleans(), st.booleans(), st.booleans())


def estimates(survey: list[Row], how: Asked, *, scale: float = 1.0):
    """Our answer for rows that already have z-scores: by index, cutoff and group."""
    size = len(survey)
    nothing = np.zeros(size)
    columns = Columns.of(
        sex=np.ones(size),
        days=np.full(size, 700.0),
        milligrams=nothing,
        micrometres=nothing,
        position=nothing,
        oedema=[row.oedema for row in survey],
    )
    z = np.full((4, size), np.nan)
    for index, name in ((Index.HA, "ha"), (Index.WH, "wh")):
        given = [getattr(row, name) for row in survey]
        z[ORDER.index(index)] = [np.nan if one is None else one for one in given]
    z[ORDER.index(Index.WH)][columns.oedema] = np.nan
    found = ZScores(columns.micrometres, columns.position, columns.oedema, nothing, z, np.abs(z) > 9)
    design = Design(
        np.array([np.nan if row.weight is None else row.weight * scale for row in survey]) if how.weights else None,
        [row.cluster or "" for row in survey] if how.clusters else None,
        [row.stratum or "" for row in survey] if how.strata else None,
    )
    groupings = [everyone(columns), by_values("g", [row.group or "" for row in survey])]
    return {(one.group, one.index, one.cutoff): one for one in prevalence(columns, found, groupings, design).estimates}


@given(surveys, designs)
def test_any_design_agrees_with_a_slow_second_opinion(survey, how):
    for (group, index, cutoff), ours in estimates(survey, how).items():
        if index not in {"HA", "WH", "HAWH"}:
            continue
        n, weighted, value, se, lower, upper = figures(
            survey, how, None if group == "All" else group[3:], index, cutoff
        )
        named = (survey, how, group, index, cutoff, ours)
        assert ours.n == n, named
        for mine, wanted in (
            (ours.weighted_n, weighted),
            (ours.value, value),
            (ours.lower, lower),
            (ours.upper, upper),
        ):
            assert close(mine, wanted, 1e-6 * max(1, abs(wanted))), named
        if not np.isnan(se):
            assert close(ours.se, se, 1e-7), named


def alike(left: float | None, right: float | None) -> bool:
    return left is right if left is None or right is None else left == pytest.approx(right, rel=1e-7, abs=1e-7)


@given(surveys, designs)
def test_a_rate_lies_between_its_limits(survey, how):
    for one in estimates(survey, how).values():
        if one.lower is not None:
            assert one.lower <= one.value + 1e-9
            assert one.value - 1e-9 <= one.upper
        if one.cutoff in CUTOFFS and one.lower is not None:
            assert one.lower >= 0
            assert one.upper <= 100


@given(surveys, designs, st.sampled_from([0.001, 3.0, 12345.0]))
def test_only_the_proportions_of_weights_matter(survey, how, scale):
    plain, scaled = estimates(survey, how), estimates(survey, how, scale=scale)
    for key, one in plain.items():
        for part in ("value", "se", "lower", "upper"):
            assert alike(getattr(scaled[key], part), getattr(one, part))


@given(surveys, designs, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(survey, how, chance):
    shuffled = list(survey)
    chance.shuffle(shuffled)
    before, after = estimates(survey, how), estimates(shuffled, how)
    for key, one in before.items():
        assert after[key].n == one.n
        for part in ("weighted_n", "value", "lower", "upper"):
            assert alike(getattr(after[key], part), getattr(one, part))


@given(surveys, designs)
def test_parts_of_a_whole_add_up(survey, how):
    survey = [
        Row(**{name: getattr(row, name) for name in Row.__dataclass_fields__} | {"group": row.group or "a"})
        for row in survey
    ]
    found = estimates(survey, how)
    groups = {group for group, _, _ in found} - {"All"}
    for group, index, cutoff in found:
        if group == "All":
            assert found["All", index, cutoff].n == sum(found[part, index, cutoff].n for part in groups)


@given(surveys, designs)
def test_shares_beyond_cut_offs_are_nested(survey, how):
    found = estimates(survey, how)
    for group in {group for group, _, _ in found}:
        for order in (("-3", "-2", "-1"), ("+3", "+2", "+1")):
            values = [found[group, "WH", cutoff].value for cutoff in order]
            assert None in values or values[0] <= values[1] + 1e-9 <= values[2] + 2e-9


def test_without_children_every_group_has_none():
    found = estimates([], Asked(weights=True, clusters=True, strata=True))
    assert {one.n for one in found.values()} == {0}
    assert {one.weighted_n for one in found.values()} == {None}


def test_one_child_has_a_rate_and_no_error():
    one = estimates([Row(-2.5, 0.0, oedema=False, group="a")], Asked(weights=False, clusters=False, strata=False))
    assert (one["All", "HA", "-2"].value, one["All", "HA", "-2"].se) == (100, None)
    assert (one["All", "HA", "mean"].value, one["All", "HA", "mean"].lower) == (-2.5, None)
    assert one["All", "HA", "sd"].value is None


def test_oedema_is_below_minus_three_and_in_no_mean():
    survey = [Row(0.0, 1.0, oedema=False, group="a"), Row(-2.5, 1.5, oedema=True, group="a")]
    found = estimates(survey, Asked(weights=False, clusters=False, strata=False))
    assert (found["All", "WH", "-3"].n, found["All", "WH", "-3"].value) == (2, 50)
    assert (found["All", "WH", "mean"].n, found["All", "WH", "mean"].value) == (2, 1.0)
    assert found["All", "HAWH", "-2"].value == 50


@given(surveys, designs)
def test_without_a_figure_there_is_no_error_and_no_limit(survey, how):
    for one in estimates(survey, how).values():
        assert one.value is not None or (one.se, one.lower, one.upper) == (None, None, None)
        assert one.n or one.weighted_n is None


def test_a_negative_weight_is_refused():
    survey = [Row(0.0, 0.0, oedema=False, group=None, weight=w) for w in (1.0, -0.1)]
    with pytest.raises(ValueError, match="negative"):
        estimates(survey, Asked(weights=True, clusters=False, strata=False))


def test_what_is_left_out_is_told():
    columns = Columns.of(
        sex=[1] * 4,
        days=[1826, 1827, 100, np.nan],
        milligrams=[9_000_000] * 4,
        micrometres=[0] * 4,
        position=[0] * 4,
        oedema=[False] * 4,
    )
    found = ZScores.empty(4)
    found.z[:], found.flag[:] = -1.0, False
    told = prevalence(
        columns, found, [everyone(columns)], Design(np.array([1, 1, np.nan, 1]), None, ["a", "a", "a", ""])
    )
    assert (told.too_old, told.outside_design, told.without_weight) == (1, 1, 1)
    assert told.estimates[0].n == 2


# ---------------------------------------------------------------- groups


def test_ages_are_grouped_by_unrounded_months():
    columns = Columns.of(
        sex=[0] * 5,
        months=[5.99, 6, 59.99, 60, np.nan],
        milligrams=[0] * 5,
        micrometres=[0] * 5,
        position=[0] * 5,
        oedema=[False] * 5,
    )
    grouping = by_age(columns)
    assert [grouping.title(code) if code >= 0 else None for code in grouping.codes] == [
        "Age: 00-05",
        "Age: 06-11",
        "Age: 48-59",
        None,
        None,
    ]


def test_groups_are_named_as_the_contract_says():
    columns = Columns.of(sex=[2], days=[30], milligrams=[0], micrometres=[0], position=[0], oedema=[False])
    names = [grouping.title(grouping.codes[0]) for grouping in [*usual(columns), by_values("area", ["Xã Lao Chải"])]]
    assert names == ["All", "Age: 00-05", "Sex: Female", "Age+sex: 00-05 Female", "area: Xã Lao Chải"]
    assert by_sex(columns).labels == ("Female", "Male")


@given(st.lists(st.sampled_from(["10", "9", "b", "a", "đ", "d", ""])))
def test_values_are_groups_in_order(values):
    grouping: Grouping = by_values("x", values)
    assert [grouping.labels[code] if code >= 0 else "" for code in grouping.codes] == values
    assert list(grouping.labels) == [one for one in ["9", "10", "a", "b", "d", "đ"] if one in values]
