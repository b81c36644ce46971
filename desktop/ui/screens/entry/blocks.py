"""Blocks of cells: clear, copy, cut, paste, fill; each is one change, all of it or nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from desktop.application import entry
from desktop.application.changes import Changes
from desktop.application.entry import Typed
from desktop.application.records import Record
from desktop.domain.periods import Period
from desktop.domain.values import NOT_REPORTED, Kind, Value
from desktop.system.i18n import _
from desktop.ui import figures
from desktop.ui.screens.entry import clipboard
from desktop.ui.screens.entry.looks import CLOSED
from desktop.ui.style.palette import Tone
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.ui.screens.entry.screen import EntryScreen
    from desktop.ui.screens.entry.view import EntryView


class Blocks:
    """What is done with the chosen block of a screen."""

    def __init__(self, screen: EntryScreen, view: EntryView) -> None:
        self.screen = screen
        self.view = view

    def values(self) -> list[tuple[tuple[int, int], Value | None]]:
        """Every cell of the block in reading order: its place and its figure."""
        block = self.view.grid.block()
        return [
            ((row, column), self.screen.model.value(row, column))
            for row in range(block.top(), block.bottom() + 1)
            for column in range(block.left(), block.right() + 1)
        ]

    def clear_block(self) -> None:
        """Say of every chosen cell that it was not reported."""
        if self.view.grid.is_editing:
            return
        news = [(at, NOT_REPORTED) for at, value in self.values() if value is not None and value != NOT_REPORTED]
        self._write_block(news, _("{count} cells set to not reported. Ctrl+Z takes it back."))

    def copy_block(self) -> None:
        """Copy the block as Excel does: tabs and lines."""
        block = self.view.grid.block()
        lines = [
            [figures.typed(self.screen.model.value(row, column)) for column in range(block.left(), block.right() + 1)]
            for row in range(block.top(), block.bottom() + 1)
        ]
        QGuiApplication.clipboard().setText(clipboard.join(lines))

    def cut_block(self) -> None:
        """Copy, then clear."""
        self.copy_block()
        self.clear_block()

    def paste(self) -> None:
        """Write a block from Excel at the cursor, all cells or none, as one change."""
        lines = clipboard.split(QGuiApplication.clipboard().text())
        block = self.view.grid.block()
        if not lines or not self.screen.model.rows:
            return
        if len(lines) == 1 and len(lines[0]) == 1:
            lines = [[lines[0][0]] * block.width() for _row in range(block.height())]
        if block.top() + len(lines) > len(self.screen.model.rows) or block.left() + max(map(len, lines)) > len(
            self.screen.model.columns
        ):
            self.screen.session.say(
                say(
                    "The block does not fit here: it has {rows} rows and {columns} columns.",
                    rows=len(lines),
                    columns=max(map(len, lines)),
                ),
                Tone.BAD,
            )
            return
        news = self._read_block(block.top(), block.left(), lines)
        if news is not None:
            self._write_block(news, _("Pasted {count} cells. Ctrl+Z takes it back."))

    def _read_block(self, top: int, left: int, lines: list[list[str]]) -> list[tuple[tuple[int, int], Value]] | None:
        news = []
        for down, line in enumerate(lines):
            for right, text in enumerate(line):
                row, column = top + down, left + right
                read = self.screen.read(text, column)
                if read is None:
                    return None
                if isinstance(read, Sentence):
                    place = f"{self.screen.model.rows[row].commune.name} ({self.screen.model.columns[column].number})"
                    self.screen.session.say(say("Nothing was pasted. {place}: {why}", place=place, why=read), Tone.BAD)
                    return None
                if text.strip() or self.screen.model.value(row, column) is not None:
                    news.append(((row, column), read))
        return news

    def fill_block(self, down: int, right: int) -> None:
        """Repeat the block's first row downwards or its first column to the right."""
        block = self.view.grid.block()
        news = []
        for (row, column), _old in self.values():
            source = self.screen.model.value(block.top() if down else row, block.left() if right else column)
            if source is not None and (row, column) != (
                block.top() if down else row,
                block.left() if right else column,
            ):
                news.append(((row, column), source))
        self._write_block(news, _("Filled {count} cells. Ctrl+Z takes it back."))

    def _write_block(self, news: list[tuple[tuple[int, int], Value]], told: str) -> None:
        changed = [(at, value) for at, value in news if self.screen.model.value(*at) != value]
        closed = next((at for at, _value in changed if self.screen.model.rows[at[0]].state in CLOSED), None)
        if closed is not None:
            self.screen.writing.refuse_closed(closed[0])
            return
        if not changed:
            return
        cells = [
            Typed(self.screen.model.rows[row].commune.uid, self.screen.model.columns[column].element.code, value)
            for (row, column), value in changed
        ]
        intent = partial(_type_block, cells, self.screen.session.period, self.screen.kind)
        if self.screen.writing.write([(row, column, value) for (row, column), value in changed], intent):
            self.screen.session.say(told.format(count=len(changed)))


def _type_block(cells: list[Typed], period: Period, kind: Kind, record: Record) -> Changes:
    return entry.type_block(record, cells=cells, period=period, kind=kind)
