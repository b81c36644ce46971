"""A growth chart as lines, areas, dots and words in millimetres: the window paints it, the printer prints it.

The origin is the upper left corner, y runs down. Curves are given, so this knows no standard; its look is look.md 10:
0, ±2 and ±3 solid, ±1 dotted, labelled at the right end; the grounds below -3 and from -3 to -2 tinted; where the
standard breaks (day 731, lying before and standing after) no stroke joins the pieces.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

Point = tuple[float, float]
Piece = Mapping[int, Sequence[Point]]
"""For each z the curve over the same, rising x."""
LEVELS: Final = (-3, -2, -1, 0, 1, 2, 3)
NAMED_FIRST: Final = (-2, 0, 2, -3, 3, -1, 1)


class Ink(StrEnum):
    """What is drawn, so that screen and paper choose their own colours."""

    CURVE = "curve"
    MEDIAN = "median"
    GRID = "grid"
    FRAME = "frame"
    SEVERE = "severe"
    MODERATE = "moderate"
    CHILD = "child"
    AXIS = "axis"
    LIMIT = "limit"
    DOUBT = "doubt"
    GOOD = "good"
    SAFE = "safe"


class Align(StrEnum):
    """Where words stand beside their point."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Stroke:
    """An open line; width and dashes in mm."""

    points: tuple[Point, ...]
    ink: Ink
    width: float
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A filled shape without outline."""

    points: tuple[Point, ...]
    ink: Ink


@dataclass(frozen=True, slots=True)
class Dot:
    """A visit of the child; hollow where the figure is not to be trusted."""

    at: Point
    radius: float
    ink: Ink
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text, its middle at the height of `at`; boxed words stand in a white frame."""

    at: Point
    text: str
    size: float
    ink: Ink
    align: Align = Align.LEFT
    bold: bool = False
    boxed: bool = False


Mark = Stroke | Area | Dot | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """The marks in the order they are painted; width and height in mm."""

    width: float
    height: float
    plot: tuple[float, float, float, float]
    """Left, top, right, bottom of the plotted field."""
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """Sizes in mm."""

    text: float
    hair: float
    line: float
    thick: float
    dot: float


PIXEL: Final = 25.4 / 96
LETTER: Final = 0.6
"""About how wide a bold letter is, in parts of its size."""
SCREEN: Final = Style(text=12 * PIXEL, hair=PIXEL, line=1.2 * PIXEL, thick=2.4 * PIXEL, dot=5 * PIXEL)
"""look.md 10: labels of 12 px, hairlines, own data 2,4 px with dots of 5 px."""
PAPER: Final = Style(text=2.8, hair=0.1, line=0.25, thick=0.55, dot=0.9)


@dataclass(frozen=True, slots=True)
class Visit:
    """A point of the child in the units of the axes."""

    x: float
    y: float
    trusted: bool = True


@dataclass(frozen=True, slots=True)
class Window:
    """What of the curves is seen."""

    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True)
class Axes:
    """Words of the axes, and the steps of the lines across; None finds them."""

    across: str
    unit: str
    step: float | None = None


def value_at(curve: Sequence[Point], x: float) -> float | None:
    """The curve's height at x, straight between its points; None beside it."""
    if not curve or not curve[0][0] <= x <= curve[-1][0]:
        return None
    at = bisect_left(curve, x, key=lambda point: point[0])
    right = curve[at]
    if right[0] == x or at == 0:
        return right[1]
    left = curve[at - 1]
    return left[1] + (right[1] - left[1]) * (x - left[0]) / (right[0] - left[0])


def window(pieces: Sequence[Piece], visits: Sequence[Visit], *, span: float, step: float) -> Window:
    """What is shown: whole steps around the visits, at least `span` wide (0: all of the standard).

    Upwards and downwards all curves that pass, and every visit whose figure is trusted: one that is not would press the
    curves flat, and is drawn at the edge.
    """
    first = min(piece[0][0][0] for piece in pieces)
    last = max(piece[0][-1][0] for piece in pieces)
    left, right = first, last
    if span and visits:
        left = max(first, math.floor(min(visit.x for visit in visits) / step) * step - step)
        right = min(last, max(left + span, math.ceil(max(visit.x for visit in visits) / step) * step + step))
        left = max(first, min(left, right - span))
    heights = [
        height
        for piece in pieces
        for level in (LEVELS[0], LEVELS[-1])
        for x in (left, right, *(point[0] for point in piece[level] if left < point[0] < right))
        if (height := value_at(piece[level], x)) is not None
    ]
    heights += [visit.y for visit in visits if visit.trusted]
    room = (max(heights) - min(heights)) * 0.03
    return Window(left, right, max(0.0, min(heights) - room), max(heights) + room)


def nice_step(span: float, most: int) -> float:
    """The smallest of 1, 2, 5, 10, 20, 50… (or a tenth of them) that parts a span into at most so many steps."""
    power = 10.0 ** math.floor(math.log10(span / most))
    return next(power * factor for factor in (1, 2, 5, 10, 20) if span / (power * factor) <= most)


def ticks(low: float, high: float, step: float) -> list[float]:
    """The multiples of a step within a range."""
    return [at * step for at in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def ticks_across(low: float, high: float, step: float) -> list[float]:
    """The same, with the end of a standard that lies a breath before its last step: 1826 days are 59,99 months."""
    return ticks(low, high + step / 100, step)


class _Field:
    """From the units of the axes to millimetres."""

    def __init__(self, shown: Window, plot: tuple[float, float, float, float]) -> None:
        self.shown, self.plot = shown, plot

    def x(self, value: float) -> float:
        left, _top, right, _bottom = self.plot
        return left + (value - self.shown.left) / (self.shown.right - self.shown.left) * (right - left)

    def y(self, value: float) -> float:
        _left, top, _right, bottom = self.plot
        return bottom - (value - self.shown.bottom) / (self.shown.top - self.shown.bottom) * (bottom - top)

    def held(self, value: float) -> float:
        """The height in mm, kept within the field."""
        return min(max(self.y(value), self.plot[1]), self.plot[3])


def draw(
    pieces: Sequence[Piece],
    visits: Sequence[Visit],
    *,
    shown: Window,
    size: tuple[float, float],
    axes: Axes,
    style: Style = SCREEN,
    label: str = "",
) -> Drawing:
    """The chart on a sheet of `size` mm; `label` is written at the last visit. Visits are joined in their order."""
    width, height = size
    plot = (style.text * 2.9, style.text * 0.8, width - style.text * 2.4, height - style.text * 3.0)
    field = _Field(shown, plot)
    marks: list[Mark] = [
        *_areas(pieces, field),
        *_grid(field, axes, style),
        *_curves(pieces, field, style),
        *_frame(field, axes, style),
        *_child(visits, field, style, label),
    ]
    return Drawing(width, height, plot, tuple(marks))


def _run(curve: Sequence[Point], shown: Window) -> list[Point]:
    """The part of a curve over the window, ending exactly at its sides."""
    if not curve:
        return []
    left, right = max(shown.left, curve[0][0]), min(shown.right, curve[-1][0])
    if left > right:
        return []
    inner = [point for point in curve if left < point[0] < right]
    ends = [(x, height) for x in (left, right) if (height := value_at(curve, x)) is not None]
    return [ends[0], *inner, *ends[1:]]


def _areas(pieces: Sequence[Piece], field: _Field) -> Iterator[Area]:
    for piece in pieces:
        severe, moderate = _run(piece[-3], field.shown), _run(piece[-2], field.shown)
        lower = tuple((field.x(x), field.held(y)) for x, y in severe)
        upper = tuple((field.x(x), field.held(y)) for x, y in moderate)
        if len(lower) < 2:
            continue
        bottom = field.plot[3]
        yield Area((*lower, (lower[-1][0], bottom), (lower[0][0], bottom)), Ink.SEVERE)
        yield Area((*upper, *reversed(lower)), Ink.MODERATE)


def _grid(field: _Field, axes: Axes, style: Style) -> Iterator[Mark]:
    left, top, right, bottom = field.plot
    shown = field.shown
    step = axes.step or nice_step(shown.right - shown.left, 8)
    for value in ticks_across(shown.left, shown.right, step):
        x = field.x(value)
        yield Stroke(((x, top), (x, bottom)), Ink.GRID, style.hair)
        yield Words((x, bottom + style.text * 0.85), f"{value:g}", style.text, Ink.AXIS, Align.CENTRE)
    for value in ticks(shown.bottom, shown.top, nice_step(shown.top - shown.bottom, 8)):
        y = field.y(value)
        yield Stroke(((left, y), (right, y)), Ink.GRID, style.hair)
        yield Words((left - style.text * 0.5, y), f"{value:g}", style.text, Ink.AXIS, Align.RIGHT)


def _frame(field: _Field, axes: Axes, style: Style) -> Iterator[Mark]:
    left, top, right, bottom = field.plot
    corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
    yield Stroke(corners, Ink.FRAME, style.hair)
    yield Words((left + style.text * 0.5, top + style.text * 0.9), axes.unit, style.text, Ink.AXIS)
    yield Words(((left + right) / 2, bottom + style.text * 2.1), axes.across, style.text, Ink.AXIS, Align.CENTRE)


def _curves(pieces: Sequence[Piece], field: _Field, style: Style) -> Iterator[Mark]:
    ends: dict[int, Point] = {}
    for level in LEVELS:
        ink = Ink.MEDIAN if level == 0 else Ink.CURVE
        width = style.line * 1.4 if level == 0 else style.line
        dash = (style.line, style.line * 2.2) if abs(level) == 1 else ()
        for piece in pieces:
            for part in _clipped([(field.x(x), field.y(y)) for x, y in _run(piece[level], field.shown)], field.plot):
                yield Stroke(tuple(part), ink, width, dash)
                ends[level] = part[-1]
    yield from _names(ends, field, style)


def _names(ends: Mapping[int, Point], field: _Field, style: Style) -> Iterator[Words]:
    """The names of the curves that reach the right side; where they crowd the limits of the classes come first."""
    placed: dict[int, float] = {}
    for level in NAMED_FIRST:
        end = ends.get(level)
        if end is None or end[0] < field.plot[2] - style.text:
            continue
        if all(abs(end[1] - other) >= style.text * 0.85 for other in placed.values()):
            placed[level] = end[1]
    for level in sorted(placed):
        name = f"{level:+d}".replace("-", "\u2212") if level else "0"
        is_limit = level in (-3, -2)
        ink = Ink.LIMIT if is_limit else Ink.AXIS
        place = (field.plot[2] + style.text * 0.4, placed[level])
        yield Words(place, name, style.text, ink, bold=is_limit or level == 0)


def _clipped(points: Sequence[Point], plot: tuple[float, float, float, float]) -> Iterator[list[Point]]:
    """The parts of a line within top and bottom of the field; it ends exactly on them."""
    _left, top, _right, bottom = plot
    part: list[Point] = []
    for start, end in pairwise(points):
        cut = _cut(start, end, top, bottom)
        if cut is None:
            if part:
                yield part
            part = []
            continue
        if not part or part[-1] != cut[0]:
            if len(part) > 1:
                yield part
            part = [cut[0]]
        part.append(cut[1])
    if len(part) > 1:
        yield part


def _cut(start: Point, end: Point, top: float, bottom: float) -> tuple[Point, Point] | None:
    if max(start[1], end[1]) < top or min(start[1], end[1]) > bottom:
        return None
    return _held(start, end, top, bottom), _held(end, start, top, bottom)


def _held(point: Point, other: Point, top: float, bottom: float) -> Point:
    """The point, or where the line to the other one crosses the edge it lies behind."""
    edge = top if point[1] < top else bottom if point[1] > bottom else None
    if edge is None or point[1] == other[1]:
        return point
    part = (edge - point[1]) / (other[1] - point[1])
    return point[0] + (other[0] - point[0]) * part, edge


def _child(visits: Sequence[Visit], field: _Field, style: Style, label: str) -> Iterator[Mark]:
    places = [(field.x(visit.x), field.held(visit.y)) for visit in visits]
    joined = tuple(place for place, visit in zip(places, visits, strict=True) if visit.trusted)
    if len(joined) > 1:
        yield Stroke(joined, Ink.CHILD, style.thick)
    for place, visit in zip(places, visits, strict=True):
        yield Dot(place, style.dot, Ink.CHILD, hollow=not visit.trusted)
    if label and places:
        yield Words(_label_place(places, field, style, label), label, style.text, Ink.CHILD, bold=True, boxed=True)


def _label_place(places: Sequence[Point], field: _Field, style: Style, label: str) -> Point:
    """Beside the last dot, where it covers least of the child's line and stays within the field."""
    x, y = places[-1]
    left, top, right, bottom = field.plot
    wide, tall = len(label) * style.text * LETTER + style.text, style.text * 1.7
    path = [_between(one, two, part / 8) for one, two in pairwise(places) for part in range(8)] or [(x, y)]
    best: tuple[float, Point] | None = None
    for side in (x + style.text * 0.3, x - wide + style.text * 0.7, x - wide * 0.7):
        for down in (style.text * 1.9, -style.text * 1.9, style.text * 3.4, -style.text * 3.4):
            start = max(left + style.text * 0.5, min(side, right - wide))
            middle = y + down
            covered = sum(start <= a <= start + wide and abs(b - middle) <= tall / 2 for a, b in path)
            is_out = middle - tall / 2 < top or middle + tall / 2 > bottom
            cost = covered + 100 * is_out + abs(down) / style.text * 0.1 + abs(start - side) / style.text * 0.05
            if best is None or cost < best[0]:
                best = (cost, (start, middle))
    assert best is not None  # noqa: S101 - twelve places were tried
    return best[1]


def _between(one: Point, two: Point, part: float) -> Point:
    return one[0] + (two[0] - one[0]) * part, one[1] + (two[1] - one[1]) * part
