"""The block of cells that is chosen: its frames, and that only what moved is painted again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QItemSelection, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTableView

from desktop.ui.style.palette import colour
from desktop.ui.widgets.viewports import give_viewport

if TYPE_CHECKING:
    from desktop.ui.widgets.tables import Index

FRAME: Final = 2


class ChosenGrid(QTableView):
    """A table in which a block is chosen and framed."""

    def __init__(self) -> None:
        super().__init__()
        give_viewport(self)

    @property
    def has_keys(self) -> bool:
        """Whether the keyboard works here, so that the frames bear the accent."""
        return self.hasFocus()

    def paint_parts(self, event: QPaintEvent, paint: Callable[[QPainter, QRect, QRect | None], None]) -> None:
        """Each part that must be painted, on its ground, by `paint` (painter, part, chosen block); then the frames."""
        painter = QPainter(self.viewport())
        chosen = self._block()
        for part in cast("Iterable[QRect]", event.region()):
            painter.setClipRect(part)
            painter.fillRect(part, colour("sheet"))
            paint(painter, part, chosen)
        painter.setClipping(False)
        self.paint_frames(painter, chosen)

    def _block(self) -> QRect | None:
        """The chosen block as a rectangle of (column, row), or None."""
        ranges = self.selectionModel().selection()
        if ranges.isEmpty():
            return None
        found = QRect()
        for part in ranges.toList():
            found = found.united(QRect(QPoint(part.left(), part.top()), QPoint(part.right(), part.bottom())))
        return found

    def block(self) -> QRect:
        """The chosen block, at least the current cell: (left column, top row, columns, rows)."""
        current = self.currentIndex()
        return self._block() or QRect(current.column(), current.row(), 1, 1)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """The frames reach a little over the cells of the block."""
        super().selectionChanged(selected, deselected)
        for part in (*selected.toList(), *deselected.toList()):
            self._repaint(self.visualRect(part.topLeft()).united(self.visualRect(part.bottomRight())))

    def dataChanged(self, topLeft: Index, bottomRight: Index, roles: Sequence[int] = ()) -> None:
        """Only the cells that changed are painted again; for more than one Qt would paint them all."""
        if topLeft == bottomRight:
            super().dataChanged(topLeft, bottomRight)
        else:
            self._repaint(self.visualRect(topLeft).united(self.visualRect(bottomRight)))

    def paint_frames(self, painter: QPainter, chosen: QRect | None) -> None:
        """The frames of block and current cell, in the accent while the keyboard is here."""
        current = self.currentIndex()
        if not current.isValid():
            return
        ink = colour("accent" if self.has_keys else "frame")
        painter.setPen(QPen(ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if chosen is not None and (chosen.width() > 1 or chosen.height() > 1):
            painter.drawRect(self._rect_of(chosen).adjusted(0, 0, -1, -1))
        painter.drawRect(self.visualRect(current).adjusted(0, 0, -1, -1))

    def _rect_of(self, block: QRect) -> QRect:
        model = self.model()
        first, last = model.index(block.top(), block.left()), model.index(block.bottom(), block.right())
        return self.visualRect(first).united(self.visualRect(last))

    def _framed(self) -> QRect:
        return self._rect_of(self.block())

    def _repaint(self, place: QRect) -> None:
        self.viewport().update(place.adjusted(-FRAME, -FRAME, FRAME, FRAME))
