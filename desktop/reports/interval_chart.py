"""Dots with their 95 % limits, a row a commune: who differs from whom is seen without a map (look.md 10).

Drawn with the marks of a growth chart, so that screen and paper paint it alike. Sizes in millimetres.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.reports.growth_chart import (
    PAPER,
    Align,
    Area,
    Dot,
    Drawing,
    Ink,
    Mark,
    Stroke,
    Style,
    Words,
    nice_step,
    ticks,
)

ROW: Final = 1.9
"""Height of a row in parts of the size of the words."""


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """A rate with its limits in percent; None where nobody was counted. The strong row is the whole."""

    name: str
    rate: float | None
    lower: float | None = None
    upper: float | None = None
    strong: bool = False


def draw_intervals(
    rows: Sequence[IntervalRow],
    *,
    wide: float,
    names: float,
    across: str,
    style: Style = PAPER,
    aim: float | None = None,
    aim_words: str = "",
) -> Drawing:
    """Rows from above in their order; `names` mm for the names, a line down at the `aim`, a tint at the whole."""
    size = style.text
    top, step = size * (2.2 if aim is not None else 0.6), size * ROW
    bottom = top + step * len(rows)
    plot = (names, top, wide - size * 1.5, bottom)
    known = [value for row in rows for value in (row.rate, row.upper) if value is not None]
    most = min(100.0, max([*known, aim or 0.0, 5.0]) * 1.05)
    scale = _Scale(plot[0], plot[2], most)
    marks: list[Mark] = [*_tint(rows, scale, plot), *_axis(scale, plot, across, style)]
    if aim is not None:
        x = scale.at(aim)
        marks.append(Stroke(((x, top), (x, bottom)), Ink.LIMIT, style.line, (1.2, 0.8)))
        is_right = x > (plot[0] + plot[2]) / 2
        align = Align.RIGHT if is_right else Align.LEFT
        marks.append(Words((x, top - size * 0.9), aim_words, size, Ink.LIMIT, align))
    for place, row in enumerate(rows):
        marks += _row(row, top + step * (place + 0.5), scale, plot, style)
    return Drawing(wide, bottom + size * 3.0, plot, tuple(marks))


@dataclass(frozen=True, slots=True)
class _Scale:
    left: float
    right: float
    most: float

    def at(self, percent: float) -> float:
        return self.left + min(percent, self.most) / self.most * (self.right - self.left)


def _tint(rows: Sequence[IntervalRow], scale: _Scale, plot: tuple[float, float, float, float]) -> Iterator[Mark]:
    """The limits of the whole behind all rows: a commune whose line leaves them differs."""
    for row in rows:
        if row.strong and row.lower is not None and row.upper is not None:
            left, right = scale.at(row.lower), scale.at(row.upper)
            corners = ((left, plot[1]), (right, plot[1]), (right, plot[3]), (left, plot[3]))
            yield Area(corners, Ink.MODERATE)


def _axis(scale: _Scale, plot: tuple[float, float, float, float], across: str, style: Style) -> Iterator[Mark]:
    left, top, right, bottom = plot
    for value in ticks(0, scale.most, nice_step(scale.most, 8)):
        x = scale.at(value)
        yield Stroke(((x, top), (x, bottom)), Ink.GRID, style.hair)
        text = f"{value:g}".replace(".", ",")
        yield Words((x, bottom + style.text * 0.85), text, style.text, Ink.AXIS, Align.CENTRE)
    corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
    yield Stroke(corners, Ink.FRAME, style.hair)
    yield Words(((left + right) / 2, bottom + style.text * 2.2), across, style.text, Ink.AXIS, Align.CENTRE)


def _row(
    row: IntervalRow, y: float, scale: _Scale, plot: tuple[float, float, float, float], style: Style
) -> Iterator[Mark]:
    yield Words((plot[0] - style.text * 0.5, y), row.name, style.text, Ink.AXIS, Align.RIGHT, bold=row.strong)
    if row.rate is None:
        yield Words((plot[0] + style.text * 0.4, y), "…", style.text, Ink.AXIS)
        return
    ink = Ink.LIMIT if row.strong else Ink.CHILD
    if row.lower is not None and row.upper is not None:
        yield Stroke(((scale.at(row.lower), y), (scale.at(row.upper), y)), ink, style.line * 1.4)
    yield Dot((scale.at(row.rate), y), style.dot, ink)
