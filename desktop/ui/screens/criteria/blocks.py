"""Blocks of the score sheet: copied, cut, pasted, filled, cleared; each is one change, all of it or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from desktop.ui.screens.criteria.grid import ScoreGrid
from desktop.ui.screens.criteria.model import TYPED, Col
from desktop.ui.screens.entry import clipboard
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.ui.screens.criteria.screen import CriteriaScreen

News = list[tuple[int, int, str]]


class Blocks:
    """What is done with the block chosen in a grid."""

    def __init__(self, screen: CriteriaScreen, grid: ScoreGrid) -> None:
        self._screen, self._grid, self._model = screen, grid, screen.model
        grid.cleared.connect(self.clear)
        grid.copied.connect(self.copy)
        grid.cut.connect(self.cut)
        grid.pasted.connect(self.paste)
        grid.filled.connect(self.fill)
        grid.typed_over.connect(self.type_over)

    def _columns(self) -> list[int]:
        block = self._grid.block()
        return [at for at in range(block.left(), block.right() + 1) if not self._grid.isColumnHidden(at)]

    def _rows(self) -> list[int]:
        block = self._grid.block()
        return list(range(block.top(), block.bottom() + 1))

    def _typed(self) -> list[tuple[int, int]]:
        return [(row, at) for row in self._rows() for at in self._columns() if at in TYPED]

    def clear(self) -> None:
        """Take the points of the block away."""
        if not self._grid.is_editing:
            self._write([(row, at, "") for row, at in self._typed() if self._model.text(row, at)])

    def copy(self) -> None:
        """Copy the block as text."""
        lines = [[self._model.text(row, at) for at in self._columns()] for row in self._rows()]
        QGuiApplication.clipboard().setText(clipboard.join(lines))

    def cut(self) -> None:
        """Copy, then clear."""
        self.copy()
        self.clear()

    def paste(self) -> None:
        """Lay what was copied over the cells from the first of the block on; criteria and totals are passed over."""
        lines = clipboard.split(QGuiApplication.clipboard().text())
        block = self._grid.block()
        shown = [at for at in Col if at >= block.left() and not self._grid.isColumnHidden(at)]
        news: News = []
        for row, line in enumerate(lines, block.top()):
            news += [(row, at, text.strip()) for at, text in zip(shown, line, strict=False) if at in TYPED]
        self._write(news)

    def fill(self, down: int, _right: int) -> None:
        """Repeat the first row of the block downwards."""
        rows = self._rows()
        if down and len(rows) > 1:
            self._write([(row, at, self._model.text(rows[0], at)) for row in rows[1:] for at in self._columns()])

    def type_over(self, text: str) -> None:
        """Ctrl+Enter in the editor: the same points in every cell of the block."""
        self._grid.give_up()
        self._write([(row, at, text.strip()) for row, at in self._typed()])

    def _write(self, news: News) -> None:
        taken = [one for one in news if one[1] in TYPED and self._model.may_type(one[0], one[1])]
        taken = [one for one in taken if self._model.text(one[0], one[1]) != one[2]]
        if taken and self._screen.writing.put_cells(taken) and len(taken) > 1:
            self._screen.session.say(say("{count} cells written. Ctrl+Z takes them back.", count=len(taken)))
