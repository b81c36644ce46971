"""The signs of every status, drawn as shapes: the font has no tick or box, and colour alone says nothing."""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from desktop.ui.style.palette import Tone, palette


class Sign(StrEnum):
    """One shape for one meaning, in every place."""

    CHECKED = "checked"
    COMPLETE = "complete"
    IN_ENTRY = "in_entry"
    NOT_STARTED = "not_started"
    ON_PATH = "on_path"
    OFF_PATH = "off_path"
    WARNING = "warning"
    KEPT = "kept"
    ERROR = "error"
    LATE = "late"
    SOON = "soon"
    RETURNED = "returned"
    LOCKED = "locked"
    INFO = "info"
    TOO_FEW = "too_few"


TONES: Final = {
    Sign.CHECKED: Tone.GOOD,
    Sign.COMPLETE: Tone.GOOD,
    Sign.IN_ENTRY: Tone.BUSY,
    Sign.NOT_STARTED: Tone.MUTE,
    Sign.ON_PATH: Tone.GOOD,
    Sign.OFF_PATH: Tone.BAD,
    Sign.WARNING: Tone.WARN,
    Sign.KEPT: Tone.WARN,
    Sign.ERROR: Tone.BAD,
    Sign.LATE: Tone.BAD,
    Sign.SOON: Tone.WARN,
    Sign.RETURNED: Tone.BAD,
    Sign.LOCKED: Tone.MUTE,
    Sign.INFO: Tone.BUSY,
    Sign.TOO_FEW: Tone.MUTE,
}


def paint(painter: QPainter, sign: Sign, place: QRectF) -> None:
    """Draw a sign in a square; it is laid out on a field of 16 by 16."""
    tones = palette()
    ink = QColor(tones.ink2 if sign is Sign.LOCKED else tones.text(TONES[sign]))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(place.topLeft())
    painter.scale(place.width() / 16, place.height() / 16)
    _SHAPES[sign](painter, ink)
    painter.restore()


@lru_cache(maxsize=128)
def _drawn(sign: Sign, size: int, ratio: float, _colours: object) -> QPixmap:
    pixmap = QPixmap(QSize(size, size) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint(painter, sign, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def pixmap(sign: Sign, size: int = 14, ratio: float | None = None) -> QPixmap:
    """The sign as a picture for labels and lists, at the screen's ratio; kept, because lists repeat it."""
    known = ratio if ratio is not None else _ratio()
    return _drawn(sign, size, known, palette())


def _ratio() -> float:
    application = QGuiApplication.instance()
    return application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0


def _pen(ink: QColor, width: float = 1.6) -> QPen:
    return QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _inner() -> QColor:
    return QColor(palette().on_accent if not palette().high_contrast else palette().sheet)


def _disc(painter: QPainter, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawEllipse(QPointF(8, 8), 7.2, 7.2)


def _ring(painter: QPainter, ink: QColor, width: float = 1.5) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(ink, width))
    painter.drawEllipse(QPointF(8, 8), 6.5, 6.5)


def _tick(painter: QPainter, ink: QColor, *, shift: float = 0.0) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(ink, 1.7))
    painter.drawPolyline(QPolygonF([QPointF(4.9, 8.3 + shift), QPointF(7.1, 10.4 + shift), QPointF(11.2, 6 + shift)]))


def _checked(painter: QPainter, ink: QColor) -> None:
    _disc(painter, ink)
    _tick(painter, _inner())


def _complete(painter: QPainter, ink: QColor) -> None:
    _ring(painter, ink)
    _tick(painter, ink)


def _in_entry(painter: QPainter, ink: QColor) -> None:
    _ring(painter, ink)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPie(QRectF(1.5, 1.5, 13, 13), 90 * 16, 180 * 16)


def _not_started(painter: QPainter, ink: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = _pen(ink, 1.4)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([2.0, 1.65])
    painter.setPen(pen)
    painter.drawEllipse(QPointF(8, 8), 6.5, 6.5)


def _on_path(painter: QPainter, ink: QColor) -> None:
    _disc(painter, ink)
    painter.setPen(_pen(_inner(), 1.6))
    painter.drawLine(QPointF(4.6, 8), QPointF(11.2, 8))
    painter.drawPolyline(QPolygonF([QPointF(8.4, 5.2), QPointF(11.3, 8), QPointF(8.4, 10.8)]))


def _off_path(painter: QPainter, ink: QColor) -> None:
    painter.setPen(_pen(ink, 1))
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF([QPointF(1.2, 2.4), QPointF(14.8, 2.4), QPointF(8, 14.4)]))
    painter.setPen(_pen(_inner(), 1.5))
    painter.drawLine(QPointF(8, 4.8), QPointF(8, 8.2))
    painter.drawPoint(QPointF(8, 10.8))


def _triangle() -> QPolygonF:
    return QPolygonF([QPointF(8, 1.6), QPointF(15, 14.2), QPointF(1, 14.2)])


def _warning(painter: QPainter, _ink: QColor) -> None:
    fill = QColor(palette().warn_sign)
    painter.setPen(_pen(fill, 1))
    painter.setBrush(fill)
    painter.drawPolygon(_triangle())
    painter.setPen(_pen(QColor(palette().sheet if palette().high_contrast else palette().ink), 1.6))
    painter.drawLine(QPointF(8, 6.2), QPointF(8, 9.6))
    painter.drawPoint(QPointF(8, 12))


def _kept(painter: QPainter, ink: QColor) -> None:
    painter.setPen(_pen(ink, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(_triangle())
    painter.setPen(_pen(ink, 1.4))
    painter.drawPolyline(QPolygonF([QPointF(5.6, 10.3), QPointF(7.3, 11.9), QPointF(10.2, 8.4)]))


def _error(painter: QPainter, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawRoundedRect(QRectF(1.4, 1.4, 13.2, 13.2), 1.6, 1.6)
    painter.setPen(_pen(_inner(), 1.8))
    painter.drawLine(QPointF(5.2, 5.2), QPointF(10.8, 10.8))
    painter.drawLine(QPointF(10.8, 5.2), QPointF(5.2, 10.8))


def _clock(painter: QPainter, ink: QColor) -> None:
    _ring(painter, ink)
    painter.setPen(_pen(ink, 1.5))
    painter.drawPolyline(QPolygonF([QPointF(8, 4.4), QPointF(8, 8.2), QPointF(10.9, 9.4)]))


def _returned(painter: QPainter, ink: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(ink, 1.7))
    path = QPainterPath(QPointF(3, 6))
    path.lineTo(9.6, 6)
    path.cubicTo(14.6, 6, 14.6, 13, 9.6, 13)
    path.lineTo(7, 13)
    painter.drawPath(path)
    painter.drawPolyline(QPolygonF([QPointF(5.8, 2.9), QPointF(2.7, 6), QPointF(5.8, 9.1)]))


def _locked(painter: QPainter, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawRoundedRect(QRectF(3, 7, 10, 7.4), 1.4, 1.4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(ink, 1.6))
    path = QPainterPath(QPointF(5.2, 7))
    path.lineTo(5.2, 5)
    path.arcTo(QRectF(5.2, 2, 5.6, 5.6), 180, -180)
    path.lineTo(10.8, 7)
    painter.drawPath(path)


def _info(painter: QPainter, ink: QColor) -> None:
    _disc(painter, ink)
    painter.setPen(_pen(_inner(), 1.8))
    painter.drawPoint(QPointF(8, 4.9))
    painter.drawLine(QPointF(8, 7.8), QPointF(8, 11.4))


def _too_few(painter: QPainter, ink: QColor) -> None:
    _ring(painter, ink, 1.4)
    painter.setPen(_pen(ink, 1.7))
    for step in range(3):
        painter.drawPoint(QPointF(5.2 + 2.8 * step, 8))


_SHAPES: Final[dict[Sign, Callable[[QPainter, QColor], None]]] = {
    Sign.CHECKED: _checked,
    Sign.COMPLETE: _complete,
    Sign.IN_ENTRY: _in_entry,
    Sign.NOT_STARTED: _not_started,
    Sign.ON_PATH: _on_path,
    Sign.OFF_PATH: _off_path,
    Sign.WARNING: _warning,
    Sign.KEPT: _kept,
    Sign.ERROR: _error,
    Sign.LATE: _clock,
    Sign.SOON: _clock,
    Sign.RETURNED: _returned,
    Sign.LOCKED: _locked,
    Sign.INFO: _info,
    Sign.TOO_FEW: _too_few,
}


def paint_hatch(painter: QPainter, place: QRectF, ink: QColor) -> None:
    """Thin strokes rising to the right, every 5 px on a common raster, so that neighbouring cells join."""
    painter.save()
    painter.setClipRect(place)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1))
    step, height = 5, place.height()
    start = math.floor((place.left() - height) / step) * step
    at = float(start)
    while at < place.right():
        painter.drawLine(QPointF(at, place.bottom()), QPointF(at + height, place.top()))
        at += step
    painter.restore()
