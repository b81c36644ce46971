"""Blocks of the weighing list: clear, copy, cut, paste, fill; each is one change, all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from desktop.domain.children import Measurement
from desktop.ui.screens.children.weighing.columns import FOUND, Col
from desktop.ui.screens.children.weighing.rows import Row
from desktop.ui.screens.entry import clipboard
from desktop.ui.style.palette import Tone
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.ui.screens.children.weighing.part import WeighingPart

News = list[tuple[int, Col, str]]


class Blocks:
    """What is done with the chosen block."""

    def __init__(self, part: WeighingPart) -> None:
        self.part = part
        self.grid = part.grid
        self.model = part.model

    def rows(self) -> list[Row]:
        """The children of the chosen lines."""
        block = self.grid.block()
        found = (self.model.row(at) for at in range(block.top(), block.bottom() + 1))
        return [row for row in found if row is not None]

    def _cells(self) -> list[tuple[int, Col]]:
        block = self.grid.block()
        return [
            (at, Col(column))
            for at in range(block.top(), block.bottom() + 1)
            for column in range(block.left(), block.right() + 1)
            if Col(column) in FOUND and self.model.row(at) is not None
        ]

    def clear(self) -> None:
        """Empty the chosen cells; of a child marked absent the mark."""
        if self.grid.is_editing:
            return
        absent = [row for row in self.rows() if row.is_absent]
        if absent and len(absent) == len(self.rows()):
            self.part.writing.mark("v", absent)
            return
        cells: News = [(at, column, "") for at, column in self._cells()]
        self._write(cells, what="cleared")

    def copy(self) -> None:
        """Copy the block as text in Vietnamese notation."""
        block = self.grid.block()
        lines = [
            [
                self.model.text(at, Col(column)).replace("\u2212", "-")
                for column in range(block.left(), block.right() + 1)
                if not self.grid.isColumnHidden(column)
            ]
            for at in range(block.top(), block.bottom() + 1)
            if self.model.row(at) is not None
        ]
        QGuiApplication.clipboard().setText(clipboard.join(lines))

    def cut(self) -> None:
        """Copy, then empty."""
        self.copy()
        self.clear()

    def fill(self, down: int, _right: int) -> None:
        """Repeat the block's first line downwards."""
        if not down:
            return
        top = self.grid.block().top()
        self._write([(at, column, self.model.typed_at(top, column)) for at, column in self._cells()], what="filled")

    def type_over(self, text: str) -> None:
        """Write the text in hand into every cell of the block."""
        cells: News = [(at, column, text) for at, column in self._cells()]
        self.grid.give_up()
        self._write(cells, what="filled")

    def paste(self) -> None:
        """Write a copied block at the cursor into the columns one types into, all its cells or none."""
        if not self.part.settle():
            return
        lines = clipboard.split(QGuiApplication.clipboard().text())
        block = self.grid.block()
        if not lines or block.top() < 0:
            return
        if self.model.is_new_line(block.top()):
            self.part.writing.paste_children(lines)
            return
        columns = [one for one in FOUND if one >= block.left() and not self.grid.isColumnHidden(one)]
        if not columns or self.model.row(block.top()) is None:
            self.part.session.say(say("Choose the cell where the pasted figures begin."), Tone.WARN)
            return
        if len(lines) == 1 and len(lines[0]) == 1:
            lines = lines * block.height()
        inside = lines[: len(self.model.shown) - block.top()]
        cells: News = [
            (block.top() + down, column, text)
            for down, line in enumerate(inside)
            for column, text in zip(columns, line, strict=False)
        ]
        left_out = sum(len(line) for line in lines) - len(cells)
        if self._write(cells, what="pasted") and left_out:
            self.part.session.say(
                say("{count} cells lie outside the list and were left out.", count=left_out), Tone.WARN
            )

    def _write(self, cells: Sequence[tuple[int, Col, str]], *, what: str) -> bool:
        """Read every cell, then write the lines that changed; one that cannot be read stops all of it."""
        made: dict[str, Measurement] = {}
        count = 0
        for at, column, text in cells:
            row = self.model.row(at)
            if row is None:
                continue
            held = made.get(row.child.uid)
            read = self.part.writing.changed(replace(row, now=held or row.now), column, text)
            if isinstance(read, Sentence):
                told = say("Nothing was changed. {name}: {why}", name=row.child.name, why=read)
                self.part.session.say(told, Tone.BAD)
                self.grid.go(at, column)
                return False
            if read is not None:
                made[row.child.uid] = read
                count += 1
        return not made or self.part.writing.write(list(made.values()), _told(what, count))


def _told(what: str, count: int) -> Sentence:
    if what == "pasted":
        return say("Pasted {count} cells. Ctrl+Z takes it back.", count=count)
    if what == "filled":
        return say("Filled {count} cells. Ctrl+Z takes it back.", count=count)
    return say("Cleared {count} cells. Ctrl+Z takes it back.", count=count)
