"""A growth chart on the screen: the description in millimetres, painted crisply at the screen's ratio."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.reports.growth_chart import PIXEL, Align, Area, Dot, Drawing, Ink, Point, Stroke, Words
from desktop.ui.style import fonts
from desktop.ui.style.palette import palette

SEVERE: Final = "#F3CFC7"
MODERATE: Final = "#FBEADF"
"""Below -3, and from -3 to -2 (look.md 10)."""
SAFE: Final = "#E9F5F1"
"""The good side of a target."""
Make = Callable[[float, float], Drawing]
"""The chart for a sheet of so many mm across and down."""


def ink(name: Ink) -> QColor:
    """The colour on the screen; in high contrast the grounds have none."""
    tones = palette()
    return QColor(
        {
            Ink.CURVE: tones.ink2,
            Ink.MEDIAN: tones.ink,
            Ink.GRID: tones.line,
            Ink.FRAME: tones.line5,
            Ink.SEVERE: tones.sheet if tones.high_contrast else SEVERE,
            Ink.MODERATE: tones.sheet if tones.high_contrast else MODERATE,
            Ink.CHILD: tones.accent,
            Ink.AXIS: tones.ink2,
            Ink.LIMIT: tones.bad,
            Ink.DOUBT: tones.warn,
            Ink.GOOD: tones.good,
            Ink.SAFE: tones.sheet if tones.high_contrast else SAFE,
        }[name]
    )


class GrowthChart(QWidget):
    """One chart, made anew for each size."""

    def __init__(self) -> None:
        super().__init__()
        self._make: Make | None = None
        self._drawn: tuple[QSize, Drawing] | None = None
        self.setMinimumSize(200, 140)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_chart(self, make: Make | None, spoken: str) -> None:
        """Another chart; `spoken` says in words what it shows."""
        self._make, self._drawn = make, None
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

    def drawing(self) -> Drawing | None:
        """The description for the size now."""
        if self._make is None:
            return None
        if self._drawn is None or self._drawn[0] != self.size():
            self._drawn = self.size(), self._make(self.width() * PIXEL, self.height() * PIXEL)
        return self._drawn[1]

    def paintEvent(self, event: QPaintEvent) -> None:
        """The marks in their order."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(palette().sheet))
        drawing = self.drawing()
        if drawing is not None:
            paint(painter, drawing)


def paint(painter: QPainter, drawing: Drawing) -> None:
    """All marks; hairlines lie on whole px of the device."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mark in drawing.marks:
        if isinstance(mark, Area):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink(mark.ink))
            painter.drawPolygon(QPolygonF([_at(point) for point in mark.points]))
        elif isinstance(mark, Stroke):
            _stroke(painter, mark)
        elif isinstance(mark, Dot):
            _dot(painter, mark)
        else:
            _words(painter, mark)


def _at(point: Point) -> QPointF:
    return QPointF(point[0] / PIXEL, point[1] / PIXEL)


def _snapped(point: Point, ratio: float) -> QPointF:
    """The middle of the device's px, so that a hairline stays one px."""
    place = _at(point)
    return QPointF((int(place.x() * ratio) + 0.5) / ratio, (int(place.y() * ratio) + 0.5) / ratio)


def _stroke(painter: QPainter, mark: Stroke) -> None:
    width = mark.width / PIXEL
    pen = QPen(ink(mark.ink), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    if mark.dash:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([part / mark.width for part in mark.dash])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    is_hair = mark.ink in (Ink.GRID, Ink.FRAME)
    ratio = painter.device().devicePixelRatioF()
    points = [_snapped(point, ratio) if is_hair else _at(point) for point in mark.points]
    painter.drawPolyline(QPolygonF(points))


def _dot(painter: QPainter, mark: Dot) -> None:
    radius = mark.radius / PIXEL
    painter.setPen(QPen(ink(mark.ink) if mark.hollow else QColor(palette().sheet), 1.4))
    painter.setBrush(QColor(palette().sheet) if mark.hollow else ink(mark.ink))
    painter.drawEllipse(_at(mark.at), radius, radius)


def _words(painter: QPainter, mark: Words) -> None:
    font = fonts.font(round(mark.size / PIXEL), 600 if mark.bold else 400)
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(mark.text), metrics.height()
    place = _at(mark.at)
    left = place.x() - {Align.LEFT: 0.0, Align.RIGHT: width, Align.CENTRE: width / 2}[mark.align]
    room = QRectF(left, place.y() - height / 2, width + 1, height)
    if mark.boxed:
        box = room.adjusted(-5, -2, 5, 2).toRect()
        painter.fillRect(box, QColor(palette().sheet))
        painter.setPen(QPen(ink(mark.ink), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(QColor(palette().ink) if mark.boxed else ink(mark.ink))
    painter.setFont(font)
    painter.drawText(
        room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextDontClip, mark.text
    )
