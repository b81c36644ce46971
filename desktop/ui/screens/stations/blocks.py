"""What is done with the chosen block of answers: clear, copy, paste, fill; each is one change."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from desktop.application import station_writing as writing
from desktop.application.station_profiles import Line
from desktop.domain.stations.answers import read_answer
from desktop.domain.stations.facts import Way
from desktop.domain.stations.profile import Asked
from desktop.domain.values import NOT_REPORTED, Value
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.screens.entry import clipboard
from desktop.ui.screens.stations.cells import Col
from desktop.ui.style.palette import Tone
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.ui.screens.stations.screen import StationsScreen


class ProfileBlocks:
    """Blocks of the profile's answers."""

    def __init__(self, screen: StationsScreen) -> None:
        self._screen = screen
        self._grid, self._model = screen.view.grid, screen.view.profile
        self._grid.cleared.connect(self.clear)
        self._grid.copied.connect(self.copy)
        self._grid.cut.connect(self.cut)
        self._grid.pasted.connect(self.paste)
        self._grid.typed_over.connect(self.type_over)
        self._grid.filled.connect(self.fill)
        self._grid.refuses = self._refuses

    def lines(self) -> list[int]:
        """The items within the block."""
        block = self._grid.block()
        return [at for at in range(max(block.top(), 0), block.bottom() + 1) if self._model.line(at) is not None]

    def clear(self) -> None:
        """Take the chosen answers away from the day on."""
        if self._grid.is_editing:
            return
        news: list[tuple[int, Value]] = [
            (at, NOT_REPORTED)
            for at in self.lines()
            if (line := self._model.line(at)) is not None and line.fact is not None and not line.counted
        ]
        self._write(
            news, say("Take answers of a station away"), _("{count} answers taken away. Ctrl+Z brings them back.")
        )

    def copy(self) -> None:
        """Copy the block as Excel does."""
        block = self._grid.block()
        columns = [
            Col(at) for at in range(max(block.left(), 0), block.right() + 1) if not self._grid.isColumnHidden(at)
        ]
        told = [[self._model.typed_at(at, column) for column in columns] for at in self.lines()]
        QGuiApplication.clipboard().setText(clipboard.join(told))

    def cut(self) -> None:
        """Copy the block, then take its answers away."""
        self.copy()
        self.clear()

    def type_over(self, text: str) -> None:
        """Ctrl+Enter: the text in hand for every item of the block it can be an answer of, as one change."""
        editing = self._grid.editing_at()
        if editing is None:
            return
        places = self.lines() if editing[1] == Col.ANSWER else []
        if len(places) < 2:
            self._grid.settle()
            return
        read = [(at, read_answer(line.item, text)) for at in places if (line := self._open(at)) is not None]
        wrong = next((one for _, one in read if isinstance(one, Sentence)), None)
        if wrong is not None:
            self._screen.session.refuse(writing.refusal(wrong))
            return
        self._grid.give_up()
        news = [(at, one) for at, one in read if isinstance(one, Value)]
        self._write(news, say("Fill answers of a station"), _("Filled {count} answers. Ctrl+Z takes it back."))

    def _open(self, at: int) -> Line | None:
        line = self._model.line(at)
        return None if line is None or line.counted else line

    def paste(self) -> None:
        """Write a column from Excel downwards from the cell in hand, all or nothing, as one change."""
        told = clipboard.split(QGuiApplication.clipboard().text())
        block = self._grid.block()
        if not told or self._screen.uid is None:
            return
        if len(told[0]) > 1:
            self._screen.acting.read_pasted(told)
            return
        if block.left() != Col.ANSWER:
            self._screen.session.say(say("Answers are pasted as one column, into the column of answers."), Tone.BAD)
            return
        places = [at for at in range(block.top(), self._model.rowCount()) if self._model.line(at) is not None]
        if len(told) == 1:
            places = self.lines()
            told = told * len(places)
        if len(told) > len(places):
            self._screen.session.say(say("{rows} lines do not fit here.", rows=len(told)), Tone.BAD)
            return
        news: list[tuple[int, Value]] = []
        for row, (at, texts) in enumerate(zip(places, told, strict=False), 1):
            line = self._open(at)
            if line is None:
                continue
            read = read_answer(line.item, texts[0])
            if isinstance(read, Sentence):
                why = say("line {row}, “{text}”: {why}", row=row, text=texts[0][:40], why=read)
                self._screen.session.say(say("Nothing was pasted: {why}", why=why), Tone.BAD)
                return
            news.append((at, read))
        self._write(news, say("Paste answers of a station"), _("Pasted {count} answers. Ctrl+Z takes it back."))

    def fill(self, down: int, _right: int) -> None:
        """Repeat the first answer of the block for items of the same kind."""
        lines = self.lines()
        first = self._model.line(lines[0]) if lines else None
        if not down or first is None or first.fact is None or len(lines) < 2:
            return
        news = [
            (at, first.fact.value)
            for at in lines[1:]
            if (line := self._model.line(at)) is not None
            and line.item.asked is first.item.asked is not Asked.CHOICE
            and not line.counted
        ]
        self._write(news, say("Fill answers of a station"), _("Filled {count} answers. Ctrl+Z takes it back."))

    def _write(self, news: list[tuple[int, Value]], what: Sentence, told: str) -> None:
        uid = self._screen.uid
        if uid is None or not news:
            return
        said = [(uid, line.item.code, value) for at, value in news if (line := self._model.line(at)) is not None]
        day: date = self._screen.day
        done = self._screen.write(
            partial(writing.say_facts, said=said, since=day, what=what, source="window", way=Way.TYPED)
        )
        if done:
            self._screen.session.say(told.format(count=len(said)))

    def _refuses(self, row: int, column: int) -> bool:
        """Say why a cell takes nothing."""
        if self._model.may_type(row, Col(column)):
            return False
        line = self._model.line(row)
        if line is not None and line.counted and column == Col.ANSWER:
            self._screen.session.say(say("It is counted from the office's list: answer the lines below."), Tone.PLAIN)
        elif line is not None and line.fact is None and column in (Col.SINCE, Col.NOTE):
            self._screen.session.say(say("Answer the item first; then its day and note can be typed."), Tone.PLAIN)
        return True

    def hint(self) -> str:
        """What can be typed into the cell in hand."""
        view, current = self._screen.view, self._grid.currentIndex()
        if view.pages.currentWidget() is view.preview:
            return _("Enter takes the file in · Esc leaves it")
        line = self._model.line(current.row()) if current.isValid() else None
        if line is None:
            return _("Choose a station at the left") if view.all_rows else ""
        if current.column() == Col.SINCE:
            return _("The day from which it is so, as 31/12/2025")
        if line.item.asked is Asked.YES_NO:
            return _("x or c: yes · k: no · -: not applicable · Delete: not told")
        if line.item.asked is Asked.CHOICE:
            names = " · ".join(
                f"{place} {words.named(one.name_vi, one.name_en).split(',')[0]}"
                for place, one in enumerate(line.item.choices, 1)
            )
            return names if len(names) < 90 else _("Type the number or the beginning of an answer")
        return _("Enter goes down · -: not applicable · Delete: not told")
