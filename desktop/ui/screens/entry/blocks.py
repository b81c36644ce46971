"""Blocks of cells: clear, copy, cut, paste, fill; each is one change, all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from desktop.application import entry
from desktop.application.changes import Changes
from desktop.application.entry import Typed
from desktop.application.records import Record
from desktop.domain.periods import Period
from desktop.domain.values import NOT_REPORTED, Kind, State, Value, number
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
        what = say("Clear {count} cells", count=len(news))
        self.write_block(news, _("{count} cells set to not reported. Ctrl+Z takes it back."), what=what)

    def copy_block(self) -> None:
        """Copy the block as Excel and Calc take it."""
        block, model = self.view.grid.block(), self.screen.model
        cells = [
            [model.value(row, column) for column in range(block.left(), block.right() + 1)]
            for row in range(block.top(), block.bottom() + 1)
        ]
        QGuiApplication.clipboard().setMimeData(clipboard.copied(cells))

    def cut_block(self) -> None:
        """Copy, then clear."""
        self.copy_block()
        self.clear_block()

    def paste(self) -> None:
        """Write a block at the cursor, all its cells or none, as one change; what lies over the edge is told."""
        mime, block, model = QGuiApplication.clipboard().mimeData(), self.view.grid.block(), self.screen.model
        known = clipboard.own(mime)
        lines: list[list[str]] | list[list[Value | None]] | None = known or self._texts(mime.text())
        if not lines or not model.rows or not self.screen.settle():
            return
        if len(lines) == 1 and len(lines[0]) == 1:
            lines = [[lines[0][0]] * block.width() for _row in range(block.height())]  # type: ignore[assignment]
        rows, columns = len(lines), len(lines[0])
        fits_down, fits_right = len(model.rows) - block.top(), len(model.columns) - block.left()
        inside = [line[:fits_right] for line in lines[:fits_down]]
        news = self._read_block(block.top(), block.left(), inside)
        if news is None:
            return
        over = max(rows - fits_down, 0), max(columns - fits_right, 0)
        self.write_block(news, _("Pasted {count} cells. Ctrl+Z takes it back."))
        if any(over):
            self._say_left_out(*over, count=rows * columns - len(inside) * len(inside[0]))

    def _texts(self, text: str) -> list[list[str]] | None:
        """The cells of a pasted text; where commas stand between thousands a person is asked once for the block."""
        lines = clipboard.split(text)
        doubtful = clipboard.foreign(lines)
        if doubtful is None:
            return lines
        here = figures.figure(number(int(doubtful.replace(",", "").split(".")[0])))
        from desktop.ui.dialogs.ask import Choice, choose

        chosen = choose(
            self.view,
            _("What does “{text}” mean?").format(text=doubtful),
            _("The pasted figures seem to come from a program that writes commas between thousands."),
            (
                Choice("leave", _("Do not paste")),
                Choice("decimal", _("A decimal comma")),
                Choice("thousands", _("Thousands: {figure}").format(figure=here)),
            ),
            safe="leave",
        )
        if chosen == "thousands":
            return [[clipboard.from_english(cell) for cell in line] for line in lines]
        return lines if chosen == "decimal" else None

    def _say_left_out(self, rows: int, columns: int, *, count: int) -> None:
        self.screen.session.say(
            say(
                "{count} cells lie outside the table and were left out: {rows} rows, {columns} columns.",
                count=count,
                rows=rows,
                columns=columns,
            ),
            Tone.WARN,
        )

    def _read_block(
        self, top: int, left: int, lines: Sequence[Sequence[str | Value | None]]
    ) -> list[tuple[tuple[int, int], Value]] | None:
        news, model = [], self.screen.model
        for down, line in enumerate(lines):
            for right, told in enumerate(line):
                row, column = top + down, left + right
                read = self._read(told, column)
                if read is None:
                    return None
                if isinstance(read, Sentence):
                    place = f"{model.rows[row].commune.name} ({model.columns[column].number})"
                    self.screen.session.say(say("Nothing was pasted. {place}: {why}", place=place, why=read), Tone.BAD)
                    return None
                is_blank = told is None or (isinstance(told, str) and not told.strip())
                if not is_blank or model.value(row, column) is not None:
                    news.append(((row, column), read))
        return news

    def _read(self, told: str | Value | None, column: int) -> Value | Sentence | None:
        if told is None:
            return NOT_REPORTED
        if isinstance(told, str):
            return self.screen.read(told, column)
        # Copied here: a state fits everywhere; a figure or words must fit what the column takes.
        if told.state in (State.NOT_REPORTED, State.NOT_APPLICABLE):
            return told
        return self.screen.read(clipboard.plain(told), column)

    def type_over(self, text: str) -> None:
        """Write the text in hand into every cell of the block; what is refused stays in hand."""
        news: list[tuple[tuple[int, int], Value]] = []
        for (row, column), _old in self.values():
            read = self.screen.read(text, column)
            if read is None:
                return
            if isinstance(read, Sentence):
                self.screen.session.say(read, Tone.BAD)
                return
            news.append(((row, column), read))
        self.view.grid.give_up()
        what = say("Fill {count} cells", count=len(news))
        self.write_block(news, _("Filled {count} cells. Ctrl+Z takes it back."), what=what)

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
        what = say("Fill {count} cells", count=len(news))
        self.write_block(news, _("Filled {count} cells. Ctrl+Z takes it back."), what=what)

    def write_block(
        self, news: Sequence[tuple[tuple[int, int], Value]], told: str, *, what: Sentence | None = None
    ) -> None:
        """Write cells as one change and say how many; refused as a whole where a form is closed."""
        changed = [(at, value) for at, value in news if self.screen.model.value(*at) != value]
        closed = next(
            (
                at
                for at, _value in changed
                if self.screen.kind is Kind.ACTUAL and self.screen.model.rows[at[0]].state in CLOSED
            ),
            None,
        )
        if closed is not None:
            self.screen.writing.refuse_closed(closed[0])
            return
        if not changed:
            return
        cells = [
            Typed(self.screen.model.rows[row].commune.uid, self.screen.model.columns[column].element.code, value)
            for (row, column), value in changed
        ]
        intent = partial(_type_block, cells, self.screen.session.period, self.screen.kind, what)
        if self.screen.writing.write([(row, column, value) for (row, column), value in changed], intent):
            self.screen.session.say(told.format(count=len(changed)))


def _type_block(cells: list[Typed], period: Period, kind: Kind, what: Sentence | None, record: Record) -> Changes:
    return entry.type_block(record, cells=cells, period=period, kind=kind, what=what)
