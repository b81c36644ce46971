"""A child's charts: WHO's own lines, visits where they belong, and nothing drawn where sex or age is missing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.application import growth
from desktop.application.growth_charts import chart, label
from desktop.domain.children import Child, Measurement, Position, Sex
from desktop.domain.growth import scores as engine
from desktop.domain.growth.ages import DAYS_IN_MONTH, LYING_UNTIL
from desktop.domain.growth.scores import Index
from desktop.reports.growth_chart import LEVELS, SCREEN, Dot, value_at
from desktop.system.i18n import render

BORN = date(2022, 5, 19)
CHILD = Child("c", "u", "Cứ A Dê", Sex.MALE, BORN)


def visit(days, weight=11100, lenhei=834, **more):
    return Measurement("c", BORN + timedelta(days=days), None, weight, lenhei, **more)


@pytest.mark.parametrize("index", [Index.HA, Index.WA])
@pytest.mark.parametrize("days", [0, 30, 365, 730, 731, 1000, 1826])
def test_the_drawn_line_is_the_standard_on_every_day(index, days):
    made = chart(index, CHILD, [])
    for level in LEVELS:
        exact = growth.curve(index, engine.Sex.BOY, level).y[days]
        near = [height for piece in made.pieces if (height := value_at(piece[level], days / DAYS_IN_MONTH)) is not None]
        assert min(abs(height - exact) for height in near) < 0.03


def test_length_and_height_part_at_day_731():
    pieces = chart(Index.HA, CHILD, []).pieces
    assert len(pieces) == 2
    assert pieces[0][0][-1][0] == pytest.approx((LYING_UNTIL - 1) / DAYS_IN_MONTH)
    assert pieces[1][0][0][0] == pytest.approx(LYING_UNTIL / DAYS_IN_MONTH)
    assert len(chart(Index.WA, CHILD, []).pieces) == 1


def test_a_visit_stands_where_its_score_says():
    made = chart(Index.HA, CHILD, [visit(936)])
    (plotted,) = made.plotted
    below, above = (value_at(made.pieces[1][level], plotted.visit.x) for level in (-3, -2))
    assert plotted.score.z == engine.Score(plotted.score.z, flagged=False).z
    assert below < plotted.visit.y < above
    assert -3 < plotted.score.z < -2
    assert "83,4 cm" in render(label(plotted, Index.HA), "vi")


def test_a_length_measured_lying_is_drawn_as_the_height_it_counts_as():
    made = chart(Index.HA, CHILD, [visit(936, position=Position.LYING)])
    assert made.plotted[0].visit.y == pytest.approx(82.7)


def test_weight_for_height_draws_the_standard_of_the_last_visit_with_its_visits():
    young, old = visit(500, 9500, 780), visit(936)
    made = chart(Index.WH, CHILD, [young, old])
    assert [one.measurement for one in made.plotted] == [old]
    assert made.pieces[0][0][0][0] == 65
    first = chart(Index.WH, CHILD, [young])
    assert [one.measurement for one in first.plotted] == [young]
    assert first.pieces[0][0][0][0] == 45


def test_an_implausible_figure_is_a_hollow_dot_and_absence_none():
    made = chart(Index.HA, CHILD, [visit(800, lenhei=83), visit(936), Measurement("c", BORN, absent=True)])
    drawing = made.drawing((90, 80), style=SCREEN)
    assert [mark.hollow for mark in drawing.marks if isinstance(mark, Dot)] == [True, False]


def test_without_sex_nothing_is_drawn_and_without_age_weight_for_height_only():
    assert chart(Index.HA, replace(CHILD, sex=None), [visit(936)]) is None
    unknown = replace(CHILD, birth_date=None)
    assert chart(Index.HA, unknown, [visit(936)]) is None
    assert chart(Index.WA, unknown, [visit(936)]) is None
    assert len(chart(Index.WH, unknown, [visit(936)]).plotted) == 1
