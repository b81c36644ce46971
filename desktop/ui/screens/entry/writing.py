"""Writing what was typed: painted at once, then kept; what the record would not have comes back into the cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from desktop.application import entry
from desktop.application.changes import Changes
from desktop.application.entry import Cell
from desktop.application.figures import UNTOUCHED, Figure
from desktop.application.records import Record, impatient
from desktop.domain.values import Kind, State, Value
from desktop.errors import AppError
from desktop.ui import figures
from desktop.ui.screens.entry.looks import CLOSED
from desktop.ui.screens.entry.ways import Put
from desktop.ui.style.palette import Tone
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.ui.screens.entry.screen import EntryScreen
    from desktop.ui.screens.entry.view import EntryView

PATIENCE: Final = 40
"""How long a key waits for another program that writes, ms."""
AGAIN: Final = 400


class Writing(QObject):
    """The figures of a screen on their way into the record."""

    def __init__(self, screen: EntryScreen, view: EntryView) -> None:
        super().__init__(screen)
        self.screen = screen
        self.view = view
        self.is_own = False
        """A write of this screen is being told: nothing must be read anew."""
        self._again = QTimer(self, singleShot=True, interval=AGAIN)
        self._again.timeout.connect(self._try_again)

    # ---- one cell ----

    def take_text(self, row: int, column: int, text: str) -> bool:
        """Write what was typed into a shown cell; False where it was refused, and the status bar says why."""
        model = self.screen.model
        value = model.value(row, column)
        if text == figures.typed(value):
            return True
        if self.refuses(row):
            return False
        read = self.screen.read(text, column)
        if read is None:
            return False
        if isinstance(read, Sentence):
            self.screen.session.say(read, Tone.BAD)
            return False
        if read == value or (value is None and read.state is State.NOT_REPORTED and not text.strip()):
            return True
        return self.write([(row, column, read)], partial(self._type_one, row, column, read))

    def _type_one(self, row: int, column: int, value: Value, record: Record) -> Changes:
        model = self.screen.model
        return entry.type_value(
            record,
            unit=model.rows[row].commune.uid,
            period=self.screen.session.period,
            element=model.columns[column].element.code,
            value=value,
            kind=self.screen.kind,
        )

    def refuses(self, row: int, _column: int = 0) -> bool:
        """Say why nothing is taken, where the form of a shown commune is checked or locked."""
        is_closed = self.screen.model.rows[row].state in CLOSED and self.screen.kind is Kind.ACTUAL
        if is_closed:
            self.refuse_closed(row)
        return is_closed

    def refuse_closed(self, row: int) -> None:
        """Say why a cell of a checked or locked form takes nothing."""
        commune = self.screen.model.rows[row]
        if commune.state == "locked":
            told = say(
                "The form of {unit} is locked. A leader can reopen it as a correction.", unit=commune.commune.name
            )
        else:
            told = say("The form of {unit} is checked. Return it for entry first.", unit=commune.commune.name)
        self.screen.session.say(told, Tone.BAD)

    # ---- some cells ----

    def write(self, cells: Sequence[tuple[int, int, Value]], intent: Callable[[Record], Changes]) -> bool:
        """Write figures of shown cells; False where it was refused."""
        model = self.screen.model
        told = [
            (model.rows[row].commune.uid, model.columns[column].element.code, value) for row, column, value in cells
        ]
        return self.write_figures(told, intent)

    def write_figures(self, cells: Sequence[Put], intent: Callable[[Record], Changes]) -> bool:
        """Show figures of this form and period at once, then write them; without the record they are taken back."""
        return self._write([self._figure(*cell) for cell in cells], intent)

    def write_notes(self, notes: Sequence[tuple[str, str, str]], intent: Callable[[Record], Changes]) -> bool:
        """Show notes (commune uid, element, words; none take it away) at once, then write them."""
        return self._write([self._note(*note) for note in notes], intent)

    def _figure(self, uid: str, element: str, value: Value) -> tuple[str, str, Cell]:
        cell = self._cell(uid, element)
        return uid, element, replace(cell, figure=Figure(value, cell.figure.note), findings=())

    def _note(self, uid: str, element: str, note: str) -> tuple[str, str, Cell]:
        cell = self._cell(uid, element)
        return uid, element, replace(cell, figure=Figure(cell.figure.value, note or None))

    def _cell(self, uid: str, element: str) -> Cell:
        return self.screen.model.cell_at(uid, element) or Cell(UNTOUCHED, None)

    def _write(self, news: Sequence[tuple[str, str, Cell]], intent: Callable[[Record], Changes]) -> bool:
        session = self.screen.session
        if session.jobs.is_writing:
            # The one writer is busy: what is shown follows when it was written, so that nothing is shown too early.
            session.write(intent, later=lambda: self._put_behind(news), refused=self._refused_behind)
            self._after()
            return True
        undo = self._put(news)
        self.screen.show_taken()
        self.is_own = True
        faults: list[BaseException] = []
        try:
            session.write(partial(_impatiently, intent), refused=faults.append)
        except BaseException:
            undo()
            raise
        finally:
            self.is_own = False
        if faults:
            undo()
            self._say_refused(faults[0])
            return False
        self._again.stop()
        self._after()
        return True

    def _after(self) -> None:
        self.screen.show_cell()
        self.screen.checking.give_way()
        self.screen.rest()

    def _put(self, news: Sequence[tuple[str, str, Cell]]) -> Callable[[], None]:
        """Show cells everywhere; gives the way back."""
        model = self.screen.model
        known = [(cell, model.cell_at(*cell[:2])) for cell in news]
        before = [(new[0], new[1], old) for new, old in known if old is not None]
        model.put_cells([new for new, old in known if old is not None])
        states: dict[str, str] = {}
        if self.screen.kind is Kind.ACTUAL:
            states = {uid: model.set_state(uid, "in_entry") for uid in {uid for uid, _element, _cell in before}}
        if len(news) == 1:
            uid, element, _cell = news[0]
            row, column = model.row_of_uid(uid), model.column_of(element)
            if row is not None and column is not None:
                self.view.grid.fit_figure(row, column)
        else:
            self.view.grid.fit()
        self._put_beside(news)
        return partial(self._put_back, before, states)

    def _put_beside(self, cells: Sequence[tuple[str, str, Cell]]) -> None:
        self.screen.ways.put([(uid, element, cell.figure) for uid, element, cell in cells])

    def _put_behind(self, news: Sequence[tuple[str, str, Cell]]) -> None:
        self._put(news)

    def _put_back(self, before: list[tuple[str, str, Cell]], states: dict[str, str]) -> None:
        model = self.screen.model
        model.put_cells(before)
        for uid, state in states.items():
            model.set_state(uid, state)
        self._put_beside(before)

    # ---- refused ----

    def _say_refused(self, fault: BaseException) -> None:
        if isinstance(fault, AppError) and fault.code == "locked":
            told = say("Another program is writing into the record. The figure stays in its cell and is tried again.")
            self.screen.session.say(told, Tone.BAD)
            self._again.start()
        else:
            self.screen.session.refuse(fault)

    def _refused_behind(self, fault: BaseException) -> None:
        """A write that waited for a job was refused: what is shown is what the record has."""
        self.screen.session.refuse(fault)
        self.screen.load()

    def hold_on(self) -> None:
        """The hand is on the keys again: what it types now is not tried by itself."""
        self._again.stop()

    def _try_again(self) -> None:
        if self.screen.settle():
            self.screen.session.say(say("The figure is saved."))


def _impatiently(intent: Callable[[Record], Changes], record: Record) -> Changes:
    with impatient(record, PATIENCE):
        return intent(record)
