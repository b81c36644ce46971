"""How one cell is painted: every state told apart by ground, sign and letters (look.md 6)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap, QPolygon

from desktop.system.i18n import _
from desktop.ui.screens.entry.looks import Drawn, Look
from desktop.ui.screens.entry.measure import PLAIN, Measure
from desktop.ui.style import signs
from desktop.ui.style.palette import colour
from desktop.ui.style.signs import Sign, paint_hatch
from desktop.ui.widgets.cell_text import paint_text

TILE: Final = 40
_SIGNS: Final = {Look.ERROR: Sign.ERROR, Look.WARNING: Sign.WARNING, Look.KEPT: Sign.KEPT}
_GROUNDS: Final = {Look.ERROR: "bad_tint", Look.WARNING: "warn_tint", Look.LOCKED: "band", Look.NOT_APPLICABLE: "head"}
_INKS: Final = {
    Look.ERROR: "bad",
    Look.LOCKED: "ink2",
    Look.GHOST: "ink3",
    Look.DERIVED: "ink2",
    Look.NOT_DUE: "ink3",
    Look.NOT_APPLICABLE: "ink3",
    Look.NOT_REPORTED: "ink3",
}

_ITALIC: Final = frozenset({Look.GHOST, Look.DERIVED, Look.NOT_DUE, Look.NOT_REPORTED})


def paint_cell(
    painter: QPainter, drawn: Drawn, place: QRect, *, is_text: bool, marked: bool, ratio: float, measure: Measure
) -> None:
    """Ground, sign, text and note of one cell of the matrix."""
    paint_figure(painter, place, drawn.look, drawn.text, is_text=is_text, marked=marked, ratio=ratio, measure=measure)
    if drawn.has_note:
        paint_note(painter, place)


def paint_figure(
    painter: QPainter,
    place: QRect,
    look: Look,
    text: str,
    *,
    is_text: bool,
    marked: bool,
    ratio: float,
    measure: Measure = PLAIN,
) -> None:
    """Ground, sign and text of a figure in its state."""
    ground = _GROUNDS.get(look)
    if marked and ground is None:
        ground = "accent_tint"
    if ground:
        painter.fillRect(place, colour(ground))
    if look is Look.NOT_REPORTED:
        painter.drawTiledPixmap(place.adjusted(0, 0, -1, -1), _hatch(ratio, colour("hatch").name()))
        if place.width() >= measure.wide:
            text = _("not reported")
    left = place.left() + measure.margin + 2
    sign = _SIGNS.get(look)
    if sign is not None:
        corner = QPoint(place.left() + 4, place.top() + (place.height() - measure.sign) // 2)
        painter.drawPixmap(corner, signs.pixmap(sign, measure.sign, ratio))
        left = place.left() + measure.sign + 7
    if text:
        italic = look in _ITALIC
        weight = 600 if look is Look.ERROR else 400
        room = place.left() + place.width() - measure.inset - left
        painter.setPen(colour(_INKS.get(look, "ink")))
        paint_text(
            painter, QRect(left, place.top(), room, place.height() - 1), text,
            pixels=measure.text, weight=weight, italic=italic, is_text=is_text,
        )  # fmt: skip


@lru_cache(maxsize=8)
def _hatch(ratio: float, ink: str) -> QPixmap:
    pixmap = QPixmap(QSize(TILE, TILE) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_hatch(painter, QRectF(0, 0, TILE, TILE), colour("hatch") if ink else colour("line"))
    painter.end()
    return pixmap


def paint_note(painter: QPainter, place: QRect) -> None:
    """The corner of a cell with a note."""
    right, top = place.right(), place.top()
    painter.setBrush(colour("accent"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(QPolygon([QPoint(right - 6, top), QPoint(right, top), QPoint(right, top + 6)]))
