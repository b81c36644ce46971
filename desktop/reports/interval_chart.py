"""Dots with their 95 % limits, a row a commune: who differs from whom is seen without a map (look.md 10).

Worst first. A diamond: the whole interval lies on the bad side of what is wanted; a triangle: worse, but not sure; a
disc: not worse. Drawn with the marks of a growth chart, so that screen and paper paint it alike. Sizes in millimetres.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from typing import Final

from desktop.domain.rounding import half_up
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

ROW: Final = 1.6
"""Height of a row in parts of the size of the words."""
FEW: Final = 10
"""Under so many cases, or children without, an interval that holds the target says nothing (contract, `too_few`)."""


class Standing(StrEnum):
    """How a rate stands to what is wanted."""

    WORSE = "worse"
    UNSURE = "unsure"
    MEETS = "meets"
    FEW = "few"
    NONE = "none"


_SPOKEN: Final = frozenset((Standing.NONE, Standing.FEW))
"""Standings told in words in place of a dot."""


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """A rate with its limits in percent, the cases and the children counted; None where nobody was counted."""

    name: str
    rate: float | None
    lower: float = 0.0
    upper: float = 0.0
    found: int = 0
    counted: int = 0

    def standing(self, line: float | None) -> Standing:
        """How it stands to the line, the target or else the whole's rate."""
        if self.rate is None:
            return Standing.NONE
        if line is None:
            return Standing.MEETS
        if self.lower <= line <= self.upper and min(self.found, self.counted - self.found) < FEW:
            return Standing.FEW
        if self.rate <= line:
            return Standing.MEETS
        return Standing.WORSE if self.lower > line else Standing.UNSURE


@dataclass(frozen=True, slots=True)
class ChartWords:
    """What is written: heads of the columns at the right, and words in place of a dot."""

    percent: str
    cases: str
    over: str
    none: str
    few: str
    decimal: str = ","

    def count(self, number: int) -> str:
        """A count with the thousands set apart as the language does."""
        return f"{number:,}".replace(",", "." if self.decimal == "," else ",")


@dataclass(frozen=True, slots=True)
class Line:
    """A line down the chart with its words: the target (dashed), the whole's rate (solid)."""

    value: float
    words: str


def _runs(spoken: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The first row and the one after the last of each run of rows in which no words stand."""
    first = 0
    for is_spoken, some in groupby(spoken):
        last = first + len(list(some))
        if not is_spoken:
            yield first, last
        first = last


def sorted_rows(rows: Sequence[IntervalRow]) -> list[IntervalRow]:
    """Worst first, those without a rate last, else in the order given."""
    return sorted(rows, key=lambda row: (row.rate is None, -(row.rate or 0.0)))


def draw_intervals(
    rows: Sequence[IntervalRow],
    *,
    wide: float,
    names: float,
    words: ChartWords,
    style: Style = PAPER,
    aim: Line | None = None,
    whole: Line | None = None,
    beside: Sequence[IntervalRow] = (),
) -> Drawing:
    """The rows, worst first; `names` mm for their names; a lower rate is better.

    `beside` are rows of other charts that shall have the same axis.
    """
    size = style.text
    top, step = size * 3.4, size * ROW
    bottom = top + step * len(rows)
    columns = _Columns(wide - size * 0.4, size, over=aim is not None)
    plot = (names, top, columns.left - size * 0.8, bottom)
    shown = sorted_rows(rows)
    known = [one for row in (*shown, *beside) if row.rate is not None for one in (row.lower, row.upper)]
    known += [one.value for one in (aim, whole) if one is not None]
    scale = _Scale.of(plot[0], plot[2], known)
    line = aim or whole
    marks: list[Mark] = []
    if aim is not None and scale.at(aim.value) > plot[0]:
        right = scale.at(aim.value)
        marks.append(Area(((plot[0], top), (right, top), (right, bottom), (plot[0], bottom)), Ink.SAFE))
    marks += _axis(scale, plot, style, words)
    # Where words stand in place of a rate no line may cross them.
    spoken = [row.standing(line.value if line else None) in _SPOKEN for row in shown]
    runs = [(top + step * first, top + step * last) for first, last in _runs(spoken)]
    marks += _lines(aim, whole, scale, plot, runs, style)
    marks += columns.heads(top - size * 0.9, words)
    for place, row in enumerate(shown):
        y = top + step * (place + 0.5)
        if (place + 1) % 5 == 0 and place + 1 < len(shown):
            marks.append(Stroke(((size * 0.2, y + step / 2), (wide, y + step / 2)), Ink.FRAME, style.hair))
        marks += _row(row, y, scale, plot, style, words, line)
        marks += columns.of(row, y, words, aim)
    return Drawing(wide, bottom + size * 2.0, plot, tuple(marks))


@dataclass(frozen=True, slots=True)
class _Scale:
    left: float
    right: float
    least: float
    most: float

    @classmethod
    def of(cls, left: float, right: float, known: Sequence[float]) -> _Scale:
        most = min(100.0, max([*known, 5.0]))
        least = min([*known, most])
        # From 0 where that costs little room: else the limits of near rates could not be told apart.
        step = nice_step(most - least or most, 5)
        least = 0.0 if least < most * 0.4 else math.floor(least / step) * step
        return cls(left, right, least, min(100.0, math.ceil(most / step) * step))

    def at(self, percent: float) -> float:
        part = (min(max(percent, self.least), self.most) - self.least) / (self.most - self.least)
        return self.left + part * (self.right - self.left)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Percent, cases of counted, and cases over the target, at the right of the plot."""

    right: float
    size: float
    over: bool

    @property
    def left(self) -> float:
        return self._percent - self.size * 2.6

    @property
    def _cases(self) -> float:
        return self.right - (self.size * 3.8 if self.over else 0.0)

    @property
    def _percent(self) -> float:
        return self._cases - self.size * 5.4

    def heads(self, y: float, words: ChartWords) -> Iterator[Mark]:
        yield Words((self._percent, y), words.percent, self.size, Ink.AXIS, Align.RIGHT)
        yield Words((self._cases, y), words.cases, self.size, Ink.AXIS, Align.RIGHT)
        if self.over:
            yield Words((self.right, y), words.over, self.size, Ink.AXIS, Align.RIGHT)

    def of(self, row: IntervalRow, y: float, words: ChartWords, aim: Line | None) -> Iterator[Mark]:
        if row.rate is None:
            return
        few = row.standing(aim.value if aim else None) is Standing.FEW
        if not few:
            text = f"{half_up(Fraction(row.found * 100, row.counted), 1)}".replace(".", words.decimal)
            yield Words((self._percent, y), text, self.size, Ink.MEDIAN, Align.RIGHT, bold=True)
        yield Words(
            (self._cases, y), f"{words.count(row.found)}/{words.count(row.counted)}", self.size, Ink.AXIS, Align.RIGHT
        )
        if aim is not None:
            more = round(row.found - aim.value * row.counted / 100)
            if more > 0 and not few:
                yield Words((self.right, y), f"+{more}", self.size, Ink.LIMIT, Align.RIGHT)


def _axis(scale: _Scale, plot: tuple[float, float, float, float], style: Style, words: ChartWords) -> Iterator[Mark]:
    left, top, right, bottom = plot
    for value in ticks(scale.least, scale.most, nice_step(scale.most - scale.least, 5)):
        x = scale.at(value)
        yield Stroke(((x, top), (x, bottom)), Ink.GRID, style.hair)
        text = f"{value:g}".replace(".", words.decimal)
        yield Words((x, bottom + style.text * 0.9), text, style.text, Ink.AXIS, Align.CENTRE)
    yield Stroke(((left, top), (right, top), (right, bottom), (left, bottom), (left, top)), Ink.FRAME, style.hair)


def _lines(
    aim: Line | None,
    whole: Line | None,
    scale: _Scale,
    plot: tuple[float, float, float, float],
    runs: Sequence[tuple[float, float]],
    style: Style,
) -> Iterator[Mark]:
    """The two lines, broken where `runs` (from, to) end, with their words above: the left one's end at its line, the
    right one's begin there.
    """
    top = plot[1]
    aim_is_left = aim is None or whole is None or aim.value <= whole.value
    if aim is not None:
        x = scale.at(aim.value)
        yield from (Stroke(((x, one), (x, other)), Ink.MEDIAN, style.line, (1.2, 0.8)) for one, other in runs)
        yield _told((x, top - style.text * 2.3), aim.words, style, Ink.MEDIAN, plot, is_left=aim_is_left)
    if whole is not None:
        x = scale.at(whole.value)
        yield from (Stroke(((x, one), (x, other)), Ink.CHILD, style.line) for one, other in runs)
        yield _told((x, top - style.text * 0.9), whole.words, style, Ink.CHILD, plot, is_left=not aim_is_left)


def _told(
    at: tuple[float, float],
    text: str,
    style: Style,
    ink: Ink,
    plot: tuple[float, float, float, float],
    *,
    is_left: bool,
) -> Words:
    """Words beside their line, turned to the side on which they have room."""
    long = len(text) * style.text * 0.6
    fits_left, fits_right = at[0] - long >= 0, at[0] + long <= plot[2]
    to_left = (is_left and fits_left) or not fits_right
    return Words(at, text, style.text, ink, Align.RIGHT if to_left else Align.LEFT, bold=True)


def _row(
    row: IntervalRow,
    y: float,
    scale: _Scale,
    plot: tuple[float, float, float, float],
    style: Style,
    words: ChartWords,
    line: Line | None,
) -> Iterator[Mark]:
    yield Words((style.text * 0.4, y), _fitting(row.name, plot[0] - style.text * 0.8, style), style.text, Ink.MEDIAN)
    standing = row.standing(line.value if line else None)
    if row.rate is None or standing in _SPOKEN:
        text = words.few if standing is Standing.FEW else words.none
        yield Words((plot[0] + style.text * 0.5, y), text, style.text, Ink.AXIS)
        return
    ink = {Standing.WORSE: Ink.LIMIT, Standing.UNSURE: Ink.DOUBT}.get(standing, Ink.GOOD if line else Ink.CHILD)
    left, x, right = scale.at(row.lower), scale.at(row.rate), scale.at(row.upper)
    end = style.text * 0.35
    yield Stroke(((left, y), (right, y)), ink, style.line * 1.2)
    for tip in (left, right):
        yield Stroke(((tip, y - end), (tip, y + end)), ink, style.line * 1.2)
    part = style.text * 0.48
    if standing is Standing.WORSE:
        yield Area(((x, y - part), (x + part, y), (x, y + part), (x - part, y)), ink)
    elif standing is Standing.UNSURE:
        yield Area(((x, y - part), (x + part, y + part * 0.8), (x - part, y + part * 0.8)), ink)
    else:
        yield Dot((x, y), part * 0.85, ink)


def _fitting(name: str, room: float, style: Style) -> str:
    """A name cut to its room; a letter is about half its size wide."""
    most = max(4, int(room / (style.text * 0.52)))
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
