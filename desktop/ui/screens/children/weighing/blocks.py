"""Blocks of the weighing list: clear, copy, cut, paste, fill; each is one change, all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QGuiApplication

from desktop.domain.children import Measurement
from desktop.system.i18n import render
from desktop.ui.screens.children.weighing.columns import FOUND, Col
from desktop.ui.screens.children.weighing.rows import Row
from desktop.ui.screens.entry import clipboard
from desktop.ui.style.palette import Tone
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.ui.screens.children.weighing.part import WeighingPart

News = list[tuple[int, Col, str]]
_COLUMNS: Final[dict[str, Col]] = {
    "weight": Col.WEIGHT,
    "lenhei": Col.LENHEI,
    "lying": Col.LENHEI,
    "standing": Col.LENHEI,
    "position": Col.POSITION,
    "muac": Col.MUAC,
    "oedema": Col.OEDEMA,
    "note": Col.NOTE,
}
"""Where a column goes whose heading says what it holds, whatever the order."""


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
        from desktop.exchange.weighing import pasted

        if not self.part.settle():
            return
        lines = clipboard.split(QGuiApplication.clipboard().text())
        block = self.grid.block()
        if not lines or block.top() < 0:
            return
        if self._is_list(lines, block.top(), block.left()):
            self.part.writing.paste_children(lines)
            return
        lines = pasted.in_letters(lines)
        columns = self._columns(block.left())
        heads = pasted.heads_of(lines[0]) if len(lines) > 1 else None
        if heads is not None:
            lines, columns = lines[1:], [_COLUMNS.get(role or "") for role in heads]
        if not columns or self.model.row(block.top()) is None:
            self.part.session.say(say("Choose the cell where the pasted figures begin."), Tone.WARN)
            return
        if len(lines) == 1 and len(lines[0]) == 1:
            lines = lines * block.height()
        self._write_lines(lines, columns, block.top())

    def _columns(self, left: int) -> list[Col | None]:
        return [one for one in FOUND if one >= left and not self.grid.isColumnHidden(one)]

    def _write_lines(self, lines: Sequence[Sequence[str]], columns: Sequence[Col | None], top: int) -> None:
        inside = lines[: len(self.model.shown) - top]
        cells: News = [
            (top + down, column, text)
            for down, line in enumerate(inside)
            for column, text in zip(columns, line, strict=False)
            if column is not None
        ]
        outside = sum(bool(cell) for line in lines for cell in line) - sum(bool(text) for *_place, text in cells)
        more = say("{count} cells lie outside the list and were left out.", count=outside) if outside else None
        self._write(cells, what="pasted", more=more)

    def _is_list(self, lines: Sequence[Sequence[str]], row: int, column: int) -> bool:
        """Whether a list with names is pasted: at the line of a new child, over names, or with its headings."""
        from desktop.exchange.weighing.pasted import names_children

        if self.model.is_new_line(row):
            return True
        over_names = column <= Col.NAME and any(any(letter.isalpha() for letter in cell) for cell in lines[0][:2])
        return over_names or names_children(lines)

    def _write(self, cells: Sequence[tuple[int, Col, str]], *, what: str, more: Sentence | None = None) -> bool:
        """Read every cell, then write the lines that changed; one that cannot be read stops all of it.

        `more` is told with what was done.
        """
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
        if made and not self.part.writing.write(list(made.values()), _told(what, count)):
            return False
        if more is not None:
            done = f"{render(_told(what, count))} " if made else ""
            self.part.session.say(done + render(more), Tone.WARN)
        return True


def _told(what: str, count: int) -> Sentence:
    if what == "pasted":
        return say("Pasted {count} cells. Ctrl+Z takes it back.", count=count)
    if what == "filled":
        return say("Filled {count} cells. Ctrl+Z takes it back.", count=count)
    return say("Cleared {count} cells. Ctrl+Z takes it back.", count=count)
