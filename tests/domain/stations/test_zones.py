"""The zone follows distance and terrain as QĐ 1300 says, and is not known where the rule or a fact is not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.stations.zones import Ground, Terrain, zone

MOUNTAIN, PLAIN, OTHER = Terrain.MOUNTAIN, Terrain.PLAIN, Terrain.OTHER
distances = st.decimals(0, 60, places=2)


@pytest.mark.parametrize(
    ("ground", "expected"),
    [
        (Ground(Decimal("4.99"), MOUNTAIN, is_especially_hard=False), 2),
        (Ground(Decimal(5), MOUNTAIN, is_especially_hard=False), 3),
        (Ground(Decimal(5), MOUNTAIN), 3),
        (Ground(Decimal("2.99"), MOUNTAIN), 2),
        (Ground(Decimal("2.99"), MOUNTAIN, is_especially_hard=True), 2),
        (Ground(Decimal(3), MOUNTAIN, is_especially_hard=True), 3),
        (Ground(Decimal(3), MOUNTAIN, is_especially_hard=False), 2),
        (Ground(Decimal("2.99"), PLAIN), 1),
        (Ground(Decimal(3), PLAIN), 2),
        (Ground(Decimal("14.99"), PLAIN), 2),
        (Ground(Decimal(15), PLAIN), 3),
        (Ground(None, OTHER, is_hard_to_reach=True), 3),
        (Ground(None, OTHER, is_hard_to_reach=False), 2),
    ],
)
def test_the_zone_is_that_of_the_table(ground, expected):
    assert zone(ground).zone == expected
    assert zone(ground).source


@pytest.mark.parametrize(
    "ground",
    [
        Ground(),
        Ground(Decimal(4)),
        Ground(None, MOUNTAIN),
        Ground(None, PLAIN),
        Ground(Decimal(4), MOUNTAIN),  # three to five kilometres: whether it is especially hard decides
        Ground(Decimal(4), OTHER),
        Ground(Decimal(20), PLAIN, shares_site=True),
    ],
)
def test_nothing_is_made_up_where_a_fact_or_the_rule_is_not_known(ground):
    found = zone(ground)
    assert found.zone is None
    assert str(found.why)


@given(distances, distances, st.sampled_from([MOUNTAIN, PLAIN]), st.sampled_from([True, False]))
def test_farther_is_never_nearer(one, other, terrain, hard):
    near, far = sorted((one, other))
    before, after = (zone(Ground(km, terrain, is_especially_hard=hard)).zone for km in (near, far))
    assert before is not None
    assert after is not None
    assert before <= after
