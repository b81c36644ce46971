"""Whose column it is: the same answer in every record of a commune, its centre and their province."""

from itertools import combinations

import pytest

from desktop.application.packages.whose import _BEYOND, _SCORER, giver

LEVELS = {"C": "commune", "D": "district", "P": "province"}
KNOWN = {"C": "CD", "D": "CDP", "P": "DP"}


@pytest.mark.parametrize("column", _SCORER)
@pytest.mark.parametrize("wrote", [set(some) for size in (1, 2, 3) for some in combinations("CDP", size)])
def test_every_office_names_the_same_giver(column, wrote):
    owner = next(office for office, level in LEVELS.items() if level in _SCORER[column])
    answers = {
        giver(_SCORER[column], wrote, {near: LEVELS[near] for near in KNOWN[office]}, _BEYOND.get(LEVELS[office], ""))
        for office in LEVELS
    }
    assert answers == {owner if owner in wrote else ""}
