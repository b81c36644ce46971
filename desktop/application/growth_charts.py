"""A child's growth charts: the lines of the standard and the child's visits, ready to be drawn on screen and paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from desktop.application import growth
from desktop.domain.children import Child, Measurement, Position, Sex
from desktop.domain.children_growth import centimetres, kilograms
from desktop.domain.growth import scores as engine
from desktop.domain.growth.ages import DAYS_IN_MONTH, LYING_UNTIL
from desktop.domain.growth.scores import Index
from desktop.reports.growth_chart import LEVELS, Axes, Drawing, Piece, Style, Visit, draw, window
from desktop.system.i18n import render
from desktop.wording import Sentence, say

EVERY: Final = 7
"""Days (or millimetres) between the points of a line: nearer ones cannot be seen."""
CHARTS: Final = (Index.HA, Index.WA, Index.WH)
_SEXES: Final = {Sex.MALE: engine.Sex.BOY, Sex.FEMALE: engine.Sex.GIRL, None: engine.Sex.UNKNOWN}
_POSITIONS: Final = {
    Position.LYING: engine.Position.LYING,
    Position.STANDING: engine.Position.STANDING,
    None: engine.Position.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Plotted:
    """A visit with what it found and its place on a chart."""

    measurement: Measurement
    score: engine.Score
    visit: Visit


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart of a child; the visits oldest first."""

    index: Index
    pieces: tuple[Piece, ...]
    plotted: tuple[Plotted, ...]
    across: Sentence
    unit: str
    step: float
    span: float

    def drawing(self, size: tuple[float, float], *, style: Style, label: str = "", whole: bool = False) -> Drawing:
        """The chart on a sheet of so many mm; around the visits, or the whole of the standard."""
        visits = [one.visit for one in self.plotted]
        shown = window(self.pieces, visits, span=0 if whole else self.span, step=self.step)
        wide = shown.right - shown.left
        step = self.step * 2 if wide > self.step * 8 else self.step
        axes = Axes(render(self.across), self.unit, step)
        return draw(self.pieces, visits, shown=shown, size=size, axes=axes, style=style, label=label)


def measured(child: Child, one: Measurement) -> engine.Measurement:
    """A visit as the growth engine takes it; of a child that did not come nothing."""
    if one.absent:
        return engine.Measurement(_SEXES[child.sex], None, None, None)
    return engine.Measurement(
        _SEXES[child.sex], child.age_on(one.day), one.weight, one.lenhei, _POSITIONS[one.position], one.oedema
    )


def chart(index: Index, child: Child, measurements: Iterable[Measurement]) -> Chart | None:
    """The chart of an index; None where the sex is not known, or the age where it is asked for.

    Weight for height has two standards: the one of the last visit's age is drawn, with the visits it speaks of.
    """
    sex = _SEXES[child.sex]
    if sex is engine.Sex.UNKNOWN or (index is not Index.WH and child.birth_date is None):
        return None
    visits = [one for one in measurements if one.is_measured and not one.absent]
    found = list(zip(visits, growth.scores([measured(child, one) for one in visits]), strict=True))
    if index is not Index.WH:
        plotted = [_by_age(index, child, one, scores) for one, scores in found]
        unit = "cm" if index is Index.HA else "kg"
        return Chart(index, _by_age_pieces(index, sex), _kept(plotted), say("months of age"), unit, 6, 36)
    lying = bool(found) and _lies(child, found[-1][0])
    plotted = [_by_length(one, scores) for one, scores in found if _lies(child, one) is lying]
    across = say("length in cm (under 2 years)") if lying else say("height in cm (2 to 5 years)")
    return Chart(index, _by_length_pieces(sex, lying=lying), _kept(plotted), across, "kg", 5, 35)


def _kept(plotted: Sequence[Plotted | None]) -> tuple[Plotted, ...]:
    return tuple(one for one in plotted if one is not None)


def _lies(child: Child, one: Measurement) -> bool:
    age = child.age_on(one.day)
    return age < LYING_UNTIL if age is not None else one.position is Position.LYING


def _by_age(index: Index, child: Child, one: Measurement, scores: engine.Scores) -> Plotted | None:
    score, age = scores.of(index), child.age_on(one.day)
    if score is None or age is None:
        return None
    height = (scores.millimetres or 0) / 10 if index is Index.HA else (one.weight or 0) / 1000
    return Plotted(one, score, Visit(age / DAYS_IN_MONTH, height, not score.flagged))


def _by_length(one: Measurement, scores: engine.Scores) -> Plotted | None:
    if scores.wh is None or scores.millimetres is None or one.weight is None:
        return None
    return Plotted(one, scores.wh, Visit(scores.millimetres / 10, one.weight / 1000, not scores.wh.flagged))


@cache
def _by_age_pieces(index: Index, sex: engine.Sex) -> tuple[Piece, ...]:
    """By months; length and height part at day 731."""
    lines = {level: growth.curve(index, sex, level) for level in LEVELS}
    days = lines[0].x
    parts = [(0, days[-1])] if index is Index.WA else [(0, LYING_UNTIL - 1), (LYING_UNTIL, days[-1])]
    return tuple(
        {
            level: [
                (x / DAYS_IN_MONTH, y)
                for x, y in zip(line.x, line.y, strict=True)
                if first <= x <= last and ((x - first) % EVERY == 0 or x == last)
            ]
            for level, line in lines.items()
        }
        for first, last in parts
    )


@cache
def _by_length_pieces(sex: engine.Sex, *, lying: bool) -> tuple[Piece, ...]:
    lines = {level: growth.curve(Index.WH, sex, level, lying=lying) for level in LEVELS}
    last = lines[0].x[-1]
    return (
        {
            level: [
                (x / 10, y)
                for x, y in zip(line.x, line.y, strict=True)
                if x % EVERY == lines[0].x[0] % EVERY or x == last
            ]
            for level, line in lines.items()
        },
    )


def label(plotted: Plotted, index: Index) -> Sentence:
    """What is written at a visit: the figure and its z-score."""
    one = plotted.measurement
    if index is Index.HA:
        return say("{size} cm · z {z}", size=centimetres(one.lenhei or 0), z=plotted.score.z)
    return say("{weight} kg · z {z}", weight=kilograms(one.weight or 0), z=plotted.score.z)
