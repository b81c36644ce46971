"""Blocks of the form: clear, copy, cut, paste, fill; each is one change, all of it or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from desktop.domain.values import NOT_REPORTED, Value
from desktop.system.i18n import _
from desktop.ui import figures
from desktop.ui.screens.entry import clipboard
from desktop.ui.screens.entry.commune.lines import TYPED, Col
from desktop.ui.style.palette import Tone
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.ui.screens.entry.commune.grid import FormGrid
    from desktop.ui.screens.entry.commune.model import FormModel
    from desktop.ui.screens.entry.commune.way import CommuneWay


class FormBlocks:
    """What is done with the chosen block of the form."""

    def __init__(self, way: CommuneWay, model: FormModel, grid: FormGrid) -> None:
        self._way, self._model, self._grid = way, model, grid

    def lines(self) -> list[int]:
        """The elements within the block; heads and rates are left out."""
        block = self._grid.block()
        return [at for at in range(block.top(), block.bottom() + 1) if at >= 0 and self._model.lines[at].line]

    def columns(self) -> list[Col]:
        """The columns of the block that are shown."""
        block = self._grid.block()
        chosen = [Col(at) for at in range(block.left(), block.right() + 1) if at >= 0]
        return [column for column in chosen if not self._grid.isColumnHidden(column)]

    def values(self) -> list[Value]:
        """The figures of this period within the block."""
        found = [self._model.value(at) for at in self.lines()] if Col.NOW in self.columns() else []
        return [value for value in found if value is not None]

    def clear(self) -> None:
        """Say of every chosen figure that it was not reported; take chosen notes away."""
        if self._grid.is_editing:
            return
        columns = self.columns()
        if Col.NOW in columns:
            held = [(at, self._model.value(at)) for at in self.lines()]
            news = [(at, NOT_REPORTED) for at, value in held if value is not None and value != NOT_REPORTED]
            self._way.write_lines(news, _("{count} cells set to not reported. Ctrl+Z takes it back."))
        elif Col.NOTE in columns:
            self._way.write_notes([(at, "") for at in self.lines() if self._model.note(at)])

    def copy(self) -> None:
        """Copy the block as Excel does: tabs and lines; rates only where nothing else was chosen."""
        block = self._grid.block()
        lines = self.lines() or [block.top()]
        told = [[self._copied(at, column) for column in self.columns()] for at in lines]
        QGuiApplication.clipboard().setText(clipboard.join(told))

    def _copied(self, at: int, column: Col) -> str:
        if column is Col.NOW and self._model.lines[at].line:
            return figures.typed(self._model.value(at))
        line = self._model.lines[at].line
        beside = {Col.PAST: line.last_year, Col.PREVIOUS: line.previous, Col.PLAN: line.planned} if line else {}
        return figures.typed(beside[column]) if column in beside else self._model.text(at, column)

    def cut(self) -> None:
        """Copy, then clear."""
        self.copy()
        self.clear()

    def paste(self) -> None:
        """Write a column from Excel at the cursor, all cells or none, as one change."""
        told = clipboard.split(QGuiApplication.clipboard().text())
        block = self._grid.block()
        start = Col(max(block.left(), 0))
        if not told or not self._model.lines:
            return
        if start not in TYPED or len(told[0]) > 1:
            self._way.session.say(
                say("Only figures of this period and notes are typed here: paste one column into one of them."),
                Tone.BAD,
            )
            return
        lines = self.lines()
        if len(told) > 1:
            lines = [at for at in range(block.top(), len(self._model.lines)) if self._model.lines[at].line]
        if len(told) > len(lines):
            self._way.session.say(
                say(
                    "The block does not fit here: it has {rows} rows and {columns} columns.", rows=len(told), columns=1
                ),
                Tone.BAD,
            )
            return
        texts = [line[0] for line in told] if len(told) > 1 else [told[0][0]] * len(lines)
        self._take(start, list(zip(lines, texts, strict=False)))

    def _take(self, column: Col, news: list[tuple[int, str]]) -> None:
        if column is Col.NOTE:
            self._way.write_notes(news)
            return
        values: list[tuple[int, Value]] = []
        for at, text in news:
            read = self._way.read(text, at)
            if read is None:
                return
            if isinstance(read, Sentence):
                place = f"({self._model.text(at, Col.NUMBER)})"
                self._way.session.say(say("Nothing was pasted. {place}: {why}", place=place, why=read), Tone.BAD)
                return
            if text.strip() or self._model.value(at) is not None:
                values.append((at, read))
        self._way.write_lines(values, _("Pasted {count} cells. Ctrl+Z takes it back."))

    def fill(self, down: int, _right: int) -> None:
        """Repeat the first figure or note of the block downwards; nothing is filled sideways on a form."""
        lines, columns = self.lines(), self.columns()
        if not down or len(lines) < 2:
            return
        if Col.NOW in columns:
            source = self._model.value(lines[0])
            if source is not None:
                told = _("Filled {count} cells. Ctrl+Z takes it back.")
                self._way.write_lines([(at, source) for at in lines[1:]], told)
        elif Col.NOTE in columns:
            note = self._model.note(lines[0])
            self._way.write_notes([(at, note) for at in lines[1:]])
