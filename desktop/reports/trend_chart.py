"""Rates over the years with their 95 % limits, beside the ways plans want them to go (look.md 10).

Drawn with the marks of a growth chart, so that screen and paper paint it alike. Across stand ends of years, because the
ways are known at ends of years; sizes in millimetres.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from desktop.reports.growth_chart import (
    SCREEN,
    Align,
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

DASH: Final = (1.2, 0.8)
YEAR: Final = 365.25
LETTER: Final = 0.6


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A rate in percent with its limits, on the day it stands for; `words` are the rate as it is written."""

    day: date
    rate: float
    lower: float
    upper: float
    words: str


@dataclass(frozen=True, slots=True)
class Way:
    """What a plan asks of some days, in percent, oldest first; one day alone is the target without a way to it."""

    steps: tuple[tuple[date, float], ...]
    words: str


def draw_trend(
    points: Sequence[TrendPoint],
    ways: Sequence[Way],
    *,
    size: tuple[float, float],
    across: str,
    style: Style = SCREEN,
    decimal: str = ",",
) -> Drawing:
    """The rates joined in their order and the ways dashed, on a sheet of `size` mm; `across` names the days."""
    wide, high = size
    text = style.text
    plot = (text * 2.9, text * 1.2, wide - text * 1.4, high - text * 3.1)
    field = _Field.of(points, ways, plot)
    marks: list[Mark] = [*_grid(field, across, style, decimal)]
    ends: list[float] = []
    for place, way in enumerate(ways):
        marks += _way(way, field, style, Ink.AXIS if place else Ink.MEDIAN, ends)
    marks += _rates(points, field, style)
    if points:
        marks.append(_last(points[-1], field, style))
    return Drawing(wide, high, plot, tuple(marks))


def _year(day: date) -> float:
    """The end of a year is its number: 31/12/2024 is 2024."""
    return day.year - 1 + (day - date(day.year - 1, 12, 31)).days / YEAR if day.month < 12 or day.day < 31 else day.year


@dataclass(frozen=True, slots=True)
class _Field:
    first: float
    last: float
    least: float
    most: float
    plot: tuple[float, float, float, float]

    @classmethod
    def of(cls, points: Sequence[TrendPoint], ways: Sequence[Way], plot: tuple[float, float, float, float]) -> _Field:
        shown = [_year(one.day) for one in points]
        asked = [_year(day) for way in ways for day, _ in way.steps]
        known = [one for point in points for one in (point.lower, point.upper)]
        known += [wanted for way in ways for _, wanted in way.steps]
        most = min(100.0, max([*known, 5.0]))
        least = min([*known, most])
        # From 0 where that costs little room: else near rates could not be told apart.
        step = nice_step(most - least or most, 4)
        least = 0.0 if least < most * 0.4 else math.floor(least / step) * step
        first = math.floor(min([*(year - 0.2 for year in shown), *asked], default=0.0))
        last = max(math.ceil(max([*shown, *asked], default=0.0) + 0.1), first + 2)
        return cls(first, last, least, math.ceil(most / step) * step, plot)

    def x(self, year: float) -> float:
        left, _top, right, _bottom = self.plot
        return left + (year - self.first) / (self.last - self.first) * (right - left)

    def y(self, percent: float) -> float:
        _left, top, _right, bottom = self.plot
        return bottom - (percent - self.least) / (self.most - self.least) * (bottom - top)

    def holds(self, height: float, others: Sequence[float], text: float) -> bool:
        """Whether a line of words has room there."""
        _left, top, _right, bottom = self.plot
        return top + text / 2 < height < bottom - text / 2 and all(abs(height - one) >= text for one in others)


def _grid(field: _Field, across: str, style: Style, decimal: str) -> Iterator[Mark]:
    left, top, right, bottom = field.plot
    text = style.text
    room = max(1, int((right - left) / (text * 3.6)))
    for year in ticks(field.first, field.last, max(1.0, nice_step(field.last - field.first, room))):
        x = field.x(year)
        yield Stroke(((x, top), (x, bottom)), Ink.GRID, style.hair)
        yield Words((x, bottom + text * 1.05), f"{year:.0f}", text, Ink.AXIS, Align.CENTRE)
    most = max(2, min(5, int((bottom - top) / (text * 2))))
    for value in ticks(field.least, field.most, nice_step(field.most - field.least, most)):
        y = field.y(value)
        yield Stroke(((left, y), (right, y)), Ink.GRID, style.hair)
        yield Words((left - text * 0.5, y), f"{value:g}".replace(".", decimal), text, Ink.AXIS, Align.RIGHT)
    yield Stroke(((left, top), (right, top), (right, bottom), (left, bottom), (left, top)), Ink.FRAME, style.hair)
    yield Words((left + text * 0.5, top + text * 0.9), "%", text, Ink.AXIS)
    yield Words(((left + right) / 2, bottom + text * 2.35), across, text, Ink.AXIS, Align.CENTRE)


def _way(way: Way, field: _Field, style: Style, ink: Ink, ends: list[float]) -> Iterator[Mark]:
    """A dashed line to its target, a hollow dot, with its words beneath or, where others stand there, above."""
    places = tuple((field.x(_year(day)), field.y(wanted)) for day, wanted in way.steps)
    if not places:
        return
    if len(places) > 1:
        yield Stroke(places, ink, style.line, DASH)
    x, y = places[-1]
    text, right = style.text, field.plot[2]
    yield Dot((x, y), style.dot * 0.8, ink, hollow=True)
    # A way comes from the left, mostly from above: its words stand at its right, else above or below its end.
    if x + text + len(way.words) * text * LETTER < right and all(abs(y - other) >= text for other in ends):
        ends.append(y)
        yield Words((x + text * 0.7, y), way.words, text, ink, bold=True)
        return
    height = next((one for one in (y + text * k for k in (-1.6, -2.8, 1.5, 2.7)) if field.holds(one, ends, text)), y)
    ends.append(height)
    yield Words((min(x + text * 4, right - text * 0.3), height), way.words, text, ink, Align.RIGHT, bold=True)


def _rates(points: Sequence[TrendPoint], field: _Field, style: Style) -> Iterator[Mark]:
    tip = style.text * 0.3
    for one in points:
        x, upper, lower = field.x(_year(one.day)), field.y(one.upper), field.y(one.lower)
        yield Stroke(((x, upper), (x, lower)), Ink.CHILD, style.line)
        for y in (upper, lower):
            yield Stroke(((x - tip, y), (x + tip, y)), Ink.CHILD, style.line)
    places = [(field.x(_year(one.day)), field.y(one.rate)) for one in points]
    for pair in pairwise(places):
        yield Stroke(pair, Ink.CHILD, style.thick)
    for place in places:
        yield Dot(place, style.dot, Ink.CHILD)


def _last(newest: TrendPoint, field: _Field, style: Style) -> Words:
    """The newest rate in words above its limits, or below where there is no room."""
    text = style.text
    # Beside the whisker, not above it: the line of the year's end stands there.
    across = min(field.x(_year(newest.day)) + text * 0.5, field.plot[2] - len(newest.words) * text * LETTER)
    over = field.y(newest.upper) - text * 0.6
    height = over if over - text * 0.6 > field.plot[1] else field.y(newest.lower) + text
    return Words((across, height), newest.words, text, Ink.CHILD, Align.LEFT, bold=True)
