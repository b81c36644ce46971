"""A growth chart on paper: the same description as on the screen, drawn as vectors; the grounds differ in grey too."""

from __future__ import annotations

from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.flowables import Flowable

from desktop.reports.growth_chart import Align, Area, Dot, Drawing, Ink, Point, Stroke, Words
from desktop.reports.pdf.fonts import BOLD, REGULAR, clean, register, width

INKS: Final = {
    Ink.CURVE: HexColor(0x3A3A3A),
    Ink.MEDIAN: HexColor(0x000000),
    Ink.GRID: HexColor(0xD5D5D5),
    Ink.FRAME: HexColor(0x7A7A7A),
    Ink.SEVERE: HexColor(0xE2E2E2),
    Ink.MODERATE: HexColor(0xF2F2F2),
    Ink.CHILD: HexColor(0x000000),
    Ink.AXIS: HexColor(0x000000),
    Ink.LIMIT: HexColor(0x000000),
    Ink.DOUBT: HexColor(0x000000),
    Ink.GOOD: HexColor(0x000000),
    Ink.SAFE: HexColor(0xF2F2F2),
}
"""Documents are black on white (look.md 11): the two grounds are told apart by their grey and their curves."""
WHITE: Final = HexColor(0xFFFFFF)
PAD: Final = 0.8 * mm
MIDDLE: Final = 0.34
"""How far the baseline lies below the middle of a line of text, in parts of its size."""


class PrintedChart(Flowable):
    """The chart between paragraphs of a document."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__()
        self._drawing = drawing
        self.width, self.height = drawing.width * mm, drawing.height * mm

    def wrap(self, _wide: float, _high: float) -> tuple[float, float]:
        """As large as it was described."""
        return self.width, self.height

    def draw(self) -> None:
        """The marks in their order."""
        paint(self.canv, self._drawing)


def paint(canvas: Canvas, drawing: Drawing, *, left: float = 0, bottom: float = 0) -> None:
    """Draw the chart with its lower left corner at a place of the page, in points."""
    register()
    canvas.saveState()
    canvas.translate(left, bottom)
    for mark in drawing.marks:
        if isinstance(mark, Area):
            _area(canvas, mark, drawing)
        elif isinstance(mark, Stroke):
            _stroke(canvas, mark, drawing)
        elif isinstance(mark, Dot):
            _dot(canvas, mark, drawing)
        else:
            _words(canvas, mark, drawing)
    canvas.restoreState()


def _at(point: Point, drawing: Drawing) -> Point:
    """Points from the lower left corner; the description counts mm from the upper one."""
    return point[0] * mm, (drawing.height - point[1]) * mm


def _area(canvas: Canvas, mark: Area, drawing: Drawing) -> None:
    path = canvas.beginPath()
    path.moveTo(*_at(mark.points[0], drawing))
    for point in mark.points[1:]:
        path.lineTo(*_at(point, drawing))
    path.close()
    canvas.setFillColor(INKS[mark.ink])
    canvas.drawPath(path, stroke=0, fill=1)


def _stroke(canvas: Canvas, mark: Stroke, drawing: Drawing) -> None:
    path = canvas.beginPath()
    path.moveTo(*_at(mark.points[0], drawing))
    for point in mark.points[1:]:
        path.lineTo(*_at(point, drawing))
    canvas.setStrokeColor(INKS[mark.ink])
    canvas.setLineWidth(mark.width * mm)
    canvas.setLineJoin(1)
    canvas.setLineCap(0 if mark.dash else 1)
    canvas.setDash([part * mm for part in mark.dash] if mark.dash else [])
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.setDash([])


def _dot(canvas: Canvas, mark: Dot, drawing: Drawing) -> None:
    x, y = _at(mark.at, drawing)
    canvas.setFillColor(WHITE if mark.hollow else INKS[mark.ink])
    canvas.setStrokeColor(INKS[mark.ink] if mark.hollow else WHITE)
    canvas.setLineWidth(0.2 * mm)
    canvas.circle(x, y, mark.radius * mm, stroke=1, fill=1)


def _words(canvas: Canvas, mark: Words, drawing: Drawing) -> None:
    font, size, text = BOLD if mark.bold else REGULAR, mark.size * mm, clean(mark.text)
    wide = width(text, font, size)
    x, y = _at(mark.at, drawing)
    x -= {Align.LEFT: 0.0, Align.RIGHT: wide, Align.CENTRE: wide / 2}[mark.align]
    if mark.boxed:
        canvas.setFillColor(WHITE)
        canvas.setStrokeColor(INKS[mark.ink])
        canvas.setLineWidth(0.15 * mm)
        canvas.rect(x - PAD, y - size * 0.7, wide + 2 * PAD, size * 1.4, stroke=1, fill=1)
    canvas.setFillColor(INKS[Ink.AXIS if mark.boxed else mark.ink])
    canvas.setFont(font, size)
    canvas.drawString(x, y - size * MIDDLE, text)
