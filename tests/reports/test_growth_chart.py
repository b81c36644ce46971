"""The growth chart in millimetres: nothing leaves its field, nothing is joined over the break, everything is labelled."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.reports.growth_chart import (
    LEVELS,
    PAPER,
    SCREEN,
    Align,
    Area,
    Axes,
    Dot,
    Ink,
    Stroke,
    Visit,
    Window,
    Words,
    draw,
    nice_step,
    ticks,
    ticks_across,
    value_at,
    window,
)

AXES = Axes("tháng tuổi", "cm", 6)


def curves(first, last, drop=0.0):
    """Like height-for-age: rising, flattening, the levels apart."""
    months = [first + at * (last - first) / 60 for at in range(61)]
    return {level: [(x, 50 + 7 * math.sqrt(x) - drop + level * (2 + x / 30)) for x in months] for level in LEVELS}


PIECES = [curves(0, 24), curves(24, 60, drop=0.7)]


def drawn(visits=(), *, span=0, size=(90, 80), style=SCREEN, label=""):
    shown = window(PIECES, visits, span=span, step=6)
    return draw(PIECES, visits, shown=shown, size=size, axes=AXES, style=style, label=label)


def of(drawing, kind, ink=None):
    return [mark for mark in drawing.marks if isinstance(mark, kind) and (ink is None or mark.ink is ink)]


def places(mark):
    return mark.points if isinstance(mark, Stroke | Area) else (mark.at,)


visits_drawn = st.lists(
    st.builds(Visit, x=st.floats(0, 60), y=st.floats(20, 140), trusted=st.booleans()), max_size=8
).map(lambda found: sorted(found, key=lambda visit: visit.x))


@example(visits=[Visit(0, 20, trusted=False), Visit(0, 117, trusted=False)], span=0, width=40, height=35)
@given(visits=visits_drawn, span=st.sampled_from([0, 12, 36]), width=st.floats(40, 300), height=st.floats(35, 250))
def test_curves_grounds_and_visits_stay_within_the_field(visits, span, width, height):
    drawing = drawn(visits, span=span, size=(width, height))
    left, top, right, bottom = drawing.plot
    for mark in (*of(drawing, Stroke), *of(drawing, Area), *of(drawing, Dot)):
        for x, y in places(mark):
            assert left - 1e-6 <= x <= right + 1e-6
            assert top - 1e-6 <= y <= bottom + 1e-6


@given(visits=visits_drawn, span=st.sampled_from([0, 12, 36]))
def test_the_window_holds_every_trusted_visit_and_stays_on_the_standard(visits, span):
    shown = window(PIECES, visits, span=span, step=6)
    assert 0 <= shown.left < shown.right <= 60
    for visit in visits:
        assert shown.left <= visit.x <= shown.right
        assert not visit.trusted or shown.bottom <= visit.y <= shown.top


def test_a_figure_that_is_not_trusted_does_not_press_the_curves_flat():
    visits = [Visit(20, 78), Visit(21, 7.8, trusted=False)]
    assert window(PIECES, visits, span=0, step=6) == window(PIECES, visits[:1], span=0, step=6)


def test_the_fifth_birthday_is_named_though_the_standard_ends_a_breath_before():
    assert ticks_across(0, 1826 / 30.4375, 12)[-1] == 60


def test_no_stroke_joins_the_curves_over_the_break():
    drawing = drawn()
    left, _top, right, _bottom = drawing.plot
    middle = left + (right - left) * 24 / 60
    medians = of(drawing, Stroke, Ink.MEDIAN)
    assert len(medians) == 2
    assert medians[0].points[-1][0] == pytest.approx(middle)
    assert medians[1].points[0][0] == pytest.approx(middle)
    assert medians[1].points[0][1] > medians[0].points[-1][1]


def test_levels_are_labelled_at_the_right_end_and_the_limits_stand_out():
    drawing = drawn()
    names = [mark.text for mark in of(drawing, Words) if mark.at[0] > drawing.plot[2]]
    assert names == ["\u22123", "\u22122", "\u22121", "0", "+1", "+2", "+3"]
    assert [mark.text for mark in of(drawing, Words, Ink.LIMIT)] == ["\u22123", "\u22122"]
    assert {mark.dash != () for mark in of(drawing, Stroke, Ink.CURVE)} == {True, False}


def test_a_curve_that_leaves_through_the_top_ends_exactly_there_and_has_no_label():
    shown = Window(12, 48, 70, 95)
    drawing = draw(PIECES, [], shown=shown, size=(90, 80), axes=AXES)
    assert not [mark for mark in of(drawing, Words) if mark.text == "+3"]
    tops = {y for mark in of(drawing, Stroke, Ink.CURVE) for _x, y in mark.points if y <= drawing.plot[1] + 1e-9}
    assert tops == {drawing.plot[1]}


def test_the_child_is_joined_where_it_is_trusted_and_its_last_visit_is_labelled():
    visits = [Visit(12, 70), Visit(18, 7.9, trusted=False), Visit(24, 80)]
    drawing = drawn(visits, label="80 cm")
    (line,) = of(drawing, Stroke, Ink.CHILD)
    assert len(line.points) == 2
    assert [dot.hollow for dot in of(drawing, Dot)] == [False, True, False]
    (label,) = [mark for mark in of(drawing, Words) if mark.boxed]
    assert label.text == "80 cm"
    assert label.align is Align.LEFT
    assert not of(drawn([]), Dot)


def test_paper_has_its_own_sizes_and_the_same_places():
    screen, paper = drawn([Visit(12, 70)]), drawn([Visit(12, 70)], style=PAPER)
    assert len(screen.marks) == len(paper.marks)
    assert of(paper, Stroke, Ink.MEDIAN)[0].width < of(screen, Stroke, Ink.MEDIAN)[0].width


@given(x=st.floats(0, 24))
def test_between_its_points_a_curve_is_straight(x):
    curve = PIECES[0][0]
    height = value_at(curve, x)
    assert height is not None
    below = max(point for point in curve if point[0] <= x)
    assert height >= below[1] - 1e-9
    assert value_at(curve, 24.1) is None
    assert value_at(curve, -0.1) is None


@given(low=st.floats(0, 100), span=st.floats(0.5, 200), most=st.integers(3, 12))
def test_steps_are_round_and_few(low, span, most):
    step = nice_step(span, most)
    assert float(f"{step:e}".split("e")[0]) in (1, 2, 5)
    found = ticks(low, low + span, step)
    assert 1 <= len(found) <= most + 2 or span / step < 1
