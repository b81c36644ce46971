"""The share of communes that meet the standard, year by year, beside what the plans ask for: a small chart in mm.

Drawn with the marks of a growth chart, so that screen and paper paint it alike (look.md 10: the path dashed with
diamonds, direct labels, the unit at the top).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from desktop.domain.rounding import half_up
from desktop.reports.growth_chart import PAPER, Align, Area, Dot, Drawing, Ink, Mark, Stroke, Style, Words
from desktop.reports.numbers import vietnamese

STEPS: Final = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class Goal:
    """What a plan asks for: a share in percent by the end of a year."""

    year: int
    share: Fraction


def draw_path(
    years: Sequence[tuple[int, Fraction | None]],
    goals: Sequence[Goal],
    *,
    size: tuple[float, float],
    style: Style = PAPER,
) -> Drawing:
    """Shares in percent by year (None: not known) and the plans' goals, on a sheet of so many mm."""
    text = style.text
    plot = (text * 2.9, text * 2.2, size[0] - text * 2.2, size[1] - text * 2.0)
    known = [year for year, _share in years] + [goal.year for goal in goals]
    if not known:
        return Drawing(size[0], size[1], plot, ())
    # A single year would stand on the axis: one is shown on either side.
    alone = 1 if len(set(known)) == 1 else 0
    scale = _Scale(min(known) - alone, max(known) + alone, plot)
    marks: list[Mark] = [*_axes(scale, plot, style, known), *_goals(goals, scale, style)]
    points = [(scale.at(year, share), share) for year, share in years if share is not None]
    if len(points) > 1:
        marks.append(Stroke(tuple(point for point, _share in points), Ink.CHILD, style.thick))
    marks += [Dot(point, style.dot / 2 if style is not PAPER else style.dot, Ink.CHILD) for point, _share in points]
    if points:
        (x, y), share = points[-1]
        above = y - text * 1.1 if share < 92 else y + text * 1.2
        marks.append(Words((x, above), _percent(share), text, Ink.CHILD, Align.CENTRE, bold=True))
    return Drawing(size[0], size[1], plot, tuple(marks))


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int
    plot: tuple[float, float, float, float]

    def at(self, year: int, share: Fraction | float) -> tuple[float, float]:
        left, top, right, bottom = self.plot
        across = (year - self.first) / (self.last - self.first)
        return left + across * (right - left), bottom - float(share) / 100 * (bottom - top)


def _percent(share: Fraction) -> str:
    return f"{vietnamese(half_up(share, 1))}%"


def _axes(scale: _Scale, plot: tuple[float, float, float, float], style: Style, known: Sequence[int]) -> Iterator[Mark]:
    left, _top, right, bottom = plot
    for step in STEPS:
        y = scale.at(scale.first, step)[1]
        yield Stroke(((left, y), (right, y)), Ink.FRAME if not step else Ink.GRID, style.hair)
        yield Words((left - style.text * 0.5, y), str(step), style.text, Ink.AXIS, Align.RIGHT)
    yield Words((left, plot[1] - style.text * 1.3), "%", style.text, Ink.AXIS, Align.RIGHT)
    every = max(1, -(-len(set(known)) * style.text * 3.2 // (right - left)))
    years = [year for year in range(scale.first, scale.last + 1) if (scale.last - year) % int(every) == 0]
    for year in years:
        yield Words((scale.at(year, 0)[0], bottom + style.text), str(year), style.text, Ink.AXIS, Align.CENTRE)


def _goals(goals: Sequence[Goal], scale: _Scale, style: Style) -> Iterator[Mark]:
    """The way from goal to goal, dashed, with a diamond at each."""
    at = {goal.year: goal for goal in goals}
    points = [scale.at(goal.year, goal.share) for _year, goal in sorted(at.items())]
    if len(points) > 1:
        yield Stroke(tuple(points), Ink.AXIS, style.line, (1.2, 0.8))
    half = style.text * 0.42
    for (x, y), (_year, goal) in zip(points, sorted(at.items()), strict=True):
        corners = ((x - half, y), (x, y - half), (x + half, y), (x, y + half))
        yield Area(corners, Ink.MODERATE)
        yield Stroke((*corners, corners[0]), Ink.AXIS, style.line)
        yield Words((x, y - style.text * 1.1), _percent(goal.share), style.text, Ink.AXIS, Align.CENTRE)
