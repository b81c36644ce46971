"""How one cell of the matrix is painted: every state told apart by ground, sign and letters (look.md 6)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygon

from desktop.system.i18n import _
from desktop.ui.screens.entry.heads import INSET, MARGIN
from desktop.ui.screens.entry.model import Look, MatrixModel
from desktop.ui.style import fonts, signs
from desktop.ui.style.palette import colour
from desktop.ui.style.signs import Sign, paint_hatch

SIGN: Final = 12
WIDE: Final = 92
_SIGNS: Final = {Look.ERROR: Sign.ERROR, Look.WARNING: Sign.WARNING, Look.KEPT: Sign.KEPT}
_GROUNDS: Final = {Look.ERROR: "bad_tint", Look.WARNING: "warn_tint", Look.LOCKED: "band", Look.NOT_APPLICABLE: "head"}
_INKS: Final = {
    Look.ERROR: "bad",
    Look.LOCKED: "ink2",
    Look.GHOST: "ink3",
    Look.NOT_APPLICABLE: "ink3",
    Look.NOT_REPORTED: "ink3",
}
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


def paint_cell(
    painter: QPainter, model: MatrixModel, place: QRect, at: tuple[int, int], *, marked: bool, ratio: float
) -> None:
    """Ground, sign, text and note of one cell of the matrix."""
    row, column = at
    look = model.look(row, column)
    is_text = model.is_text(column)
    paint_figure(painter, place, look, model.text(row, column), is_text=is_text, marked=marked, ratio=ratio)
    if model.cells[row][column].figure.note:
        paint_note(painter, place)


def paint_figure(
    painter: QPainter, place: QRect, look: Look, text: str, *, is_text: bool, marked: bool, ratio: float
) -> None:
    """Ground, sign and text of a figure in its state."""
    ground = _GROUNDS.get(look)
    if marked and ground is None:
        ground = "accent_tint"
    if ground:
        painter.fillRect(place, colour(ground))
    if look is Look.NOT_REPORTED:
        paint_hatch(painter, QRectF(place).adjusted(0, 0, -1, -1), colour("hatch"))
        if place.width() >= WIDE:
            text = _("not reported")
    inner = place.adjusted(MARGIN + 2, 0, -INSET, -1)
    sign = _SIGNS.get(look)
    if sign is not None:
        corner = QPoint(place.left() + 4, place.top() + (place.height() - SIGN) // 2)
        painter.drawPixmap(corner, signs.pixmap(sign, SIGN, ratio))
        inner.setLeft(place.left() + SIGN + 7)
    if text:
        italic = look in (Look.GHOST, Look.NOT_REPORTED)
        painter.setFont(fonts.font(fonts.TEXT, 600 if look is Look.ERROR else 400, italic=italic))
        painter.setPen(colour(_INKS.get(look, "ink")))
        painter.drawText(inner, _LEFT if is_text else _RIGHT, _fitting(painter, text, inner, is_text=is_text))


def paint_note(painter: QPainter, place: QRect) -> None:
    """The corner of a cell with a note."""
    right, top = place.right(), place.top()
    painter.setBrush(colour("accent"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(QPolygon([QPoint(right - 6, top), QPoint(right, top), QPoint(right, top + 6)]))


def _fitting(painter: QPainter, text: str, inner: QRect, *, is_text: bool) -> str:
    # Figures are of one width, at most 9 px: most texts need no measuring.
    if len(text) * 9 <= inner.width() or painter.fontMetrics().horizontalAdvance(text) <= inner.width() + 2:
        return text
    if is_text:
        return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
    return "###"
