"""The picture of rates over the years beside the plans' ways."""

from datetime import date

import pytest

from desktop.reports.growth_chart import Dot, Ink, Stroke, Words
from desktop.reports.trend_chart import TrendPoint, Way, draw_trend

POINTS = [
    TrendPoint(date(2023, 12, 12), 31.8, 26.0, 38.2, "31,8"),
    TrendPoint(date(2024, 12, 31), 35.0, 28.5, 42.1, "35,0"),
]
STEEP = Way(((date(2022, 12, 31), 45.7), (date(2023, 12, 31), 35.9), (date(2025, 12, 31), 22.2)), "A: 22,2")
FLAT = Way(((date(2022, 12, 31), 45.7), (date(2030, 12, 31), 21.5)), "B: 21,5")
ALONE = Way(((date(2025, 12, 31), 22.2),), "C: 22,2")


def drawn(points, *ways):
    return draw_trend(points, ways, size=(130.0, 48.0), across="Cuối năm")


def test_rates_stand_with_their_limits_on_their_days_and_ways_are_dashed_to_their_targets():
    found = drawn(POINTS, STEEP, FLAT)
    strokes = [mark for mark in found.marks if isinstance(mark, Stroke)]
    assert [len(mark.points) for mark in strokes if mark.dash] == [3, 2]
    told = {mark.text: mark for mark in found.marks if isinstance(mark, Words)}
    assert {"2022", "2030", "35,0", "A: 22,2", "B: 21,5", "%", "Cuối năm"} <= set(told)
    rates = [mark for mark in found.marks if isinstance(mark, Dot) and mark.ink is Ink.CHILD]
    assert rates[1].at[0] == pytest.approx(told["2024"].at[0])
    assert rates[0].at[1] > rates[1].at[1]
    assert told["35,0"].at[1] < rates[1].at[1]


@pytest.mark.parametrize("points", [[], POINTS[:1], POINTS])
@pytest.mark.parametrize("ways", [(), (ALONE,), (STEEP, FLAT), (ALONE, STEEP, FLAT)])
def test_every_mark_stays_on_the_sheet(points, ways):
    found = drawn(points, *ways)
    for mark in found.marks:
        for x, y in mark.points if isinstance(mark, Stroke) else [mark.at]:
            assert -0.01 <= x <= 130.01
            assert 0 <= y <= 48
