"""Dots and limits stand where their figures say, and nothing leaves the drawing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.reports.growth_chart import Area, Dot, Ink, Stroke, Words
from desktop.reports.interval_chart import IntervalRow, draw_intervals

PERCENT = st.floats(0, 100)


def drawn(rows, **more):
    return draw_intervals(rows, wide=160, names=40, across="%", **more)


@given(st.lists(st.tuples(PERCENT, PERCENT, PERCENT).map(sorted), min_size=1, max_size=20), st.none() | PERCENT)
def test_every_mark_lies_on_the_sheet_and_dots_between_their_limits(figures, aim):
    rows = [IntervalRow(f"Xã {at}", rate, lower, upper) for at, (lower, rate, upper) in enumerate(figures)]
    drawing = drawn(rows, aim=aim, aim_words="mục tiêu")
    for mark in drawing.marks:
        points = mark.points if isinstance(mark, Stroke | Area) else (mark.at,)
        assert all(-0.01 <= x <= drawing.width + 0.01 and -0.01 <= y <= drawing.height + 0.01 for x, y in points)
    dots = [mark for mark in drawing.marks if isinstance(mark, Dot)]
    lines = [mark for mark in drawing.marks if isinstance(mark, Stroke) and mark.ink is Ink.CHILD]
    assert len(dots) == len(lines) == len(rows)
    for dot, line in zip(dots, lines, strict=True):
        assert line.points[0][0] - 1e-6 <= dot.at[0] <= line.points[1][0] + 1e-6
        assert dot.at[1] == line.points[0][1]


def test_a_commune_without_figures_has_a_name_and_no_dot():
    drawing = drawn([IntervalRow("Xã Púng Luông", None), IntervalRow("Toàn huyện", 20, 15, 25, strong=True)])
    assert sum(isinstance(mark, Dot) for mark in drawing.marks) == 1
    assert {"Xã Púng Luông", "…"} <= {mark.text for mark in drawing.marks if isinstance(mark, Words)}


def test_the_whole_lies_as_a_ground_behind_the_communes():
    drawing = drawn([IntervalRow("Xã", 10, 5, 20), IntervalRow("Toàn huyện", 20, 15, 25, strong=True)])
    (ground,) = [mark for mark in drawing.marks if isinstance(mark, Area)]
    line = next(mark for mark in drawing.marks if isinstance(mark, Stroke) and mark.ink is Ink.LIMIT)
    assert [ground.points[0][0], ground.points[1][0]] == pytest.approx([line.points[0][0], line.points[1][0]])
