"""The board of a year as a Qt model: communes down, forms and their periods across; narrowed by form and by state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, Qt

from desktop.application.board import Board, BoardCell, BoardColumn
from desktop.application.expected import Arrival
from desktop.application.offices import Commune
from desktop.domain.periods import Calendar, Period
from desktop.system.i18n import _, render
from desktop.ui import statuses, words
from desktop.ui.screens.entry.model import ROOT, Index

DONE: Final = ("complete", "checked", "locked")
FILTERS: Final[Mapping[str, Callable[[BoardCell], bool]]] = {
    "all": lambda _cell: True,
    "late": lambda cell: cell.arrival is Arrival.MISSING or cell.state == "returned",
    "findings": lambda cell: bool(cell.counts and (cell.counts.errors or cell.counts.warnings)),
    "not_started": lambda cell: cell.state == "not_started",
    "to_check": lambda cell: cell.state == "complete",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A commune's form of a period that is chosen, with what the board knows of it."""

    commune: Commune
    column: BoardColumn
    cell: BoardCell

    @property
    def errors(self) -> int | None:
        """Open errors where the last count still holds."""
        return self.cell.counts.errors if self.cell.counts is not None and self.cell.fresh else None


def short_period(period: Period) -> str:
    """A period within its year, as a column head says it; months to day 14 say so."""
    if period.calendar is Calendar.DAY14:
        usual = period.months
        if usual is None:
            return words.period_name(period)
        return _("{period} (14)").format(period=short_period(Period.of_months(*usual)))
    months = period.months
    if months is None:
        return words.period_name(period)
    first, last = months[1], months[3]
    length = last - first + 1
    if length == 1:
        return _("Month {number}").format(number=last)
    if length == 3:
        return _("Quarter {number}").format(number=("I", "II", "III", "IV")[last // 3 - 1])
    if length == 6:
        return _("First half") if last == 6 else _("Second half")
    return _("Whole year") if length == 12 else _("{count} months").format(count=length)


def days(count: int) -> str:
    """So many days."""
    return _("1 day") if count == 1 else _("{count} days").format(count=count)


class BoardModel(QAbstractTableModel):
    """What the grid shows; `columns` are places in the board, `rows` too."""

    def __init__(self) -> None:
        super().__init__()
        self.board: Board | None = None
        self.form = ""
        self.filter = "all"
        self.columns: list[int] = []
        self.rows: list[int] = []

    def show(self, board: Board, *, form: str | None = None, filter_name: str | None = None) -> None:
        """Another board, form ("" for all) or filter."""
        self.beginResetModel()
        self.board = board
        self.form = self.form if form is None else form
        self.filter = self.filter if filter_name is None else filter_name
        chosen = [at for at, one in enumerate(board.columns) if self.form in ("", one.form.code)]
        order = {code: at for at, code in enumerate(dict.fromkeys(one.form.code for one in board.columns))}
        self.columns = sorted(chosen, key=lambda at: (order[board.columns[at].form.code], at))
        test = FILTERS[self.filter]
        self.rows = [
            at
            for at, row in enumerate(board.rows)
            if any((cell := row.cells[place]) is not None and test(cell) for place in self.columns)
        ]
        self.endResetModel()

    # ---- Qt ----

    def rowCount(self, parent: Index = ROOT) -> int:
        """Communes."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Forms and periods."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The state in words for tooltips and screen readers; the grid paints by itself."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.told(index.row(), index.column())
        return None

    # ---- what is where ----

    def commune(self, row: int) -> Commune:
        """The commune of a line."""
        assert self.board is not None  # noqa: S101 - asked only for lines of a board
        return self.board.rows[self.rows[row]].commune

    def column(self, column: int) -> BoardColumn:
        """The form and period of a column."""
        assert self.board is not None  # noqa: S101 - asked only for columns of a board
        return self.board.columns[self.columns[column]]

    def cell(self, row: int, column: int) -> BoardCell | None:
        """Where one form stands; None where the commune did not stand then."""
        assert self.board is not None  # noqa: S101 - asked only for cells of a board
        return self.board.rows[self.rows[row]].cells[self.columns[column]]

    def spot(self, row: int, column: int) -> Spot | None:
        """A form that can be chosen."""
        cell = self.cell(row, column)
        return Spot(self.commune(row), self.column(column), cell) if cell is not None else None

    def fits(self, cell: BoardCell) -> bool:
        """Whether a cell is what the filter looks for."""
        return FILTERS[self.filter](cell)

    def first_fitting(self) -> tuple[int, int] | None:
        """The first cell that the filter looks for."""
        places = ((row, column) for row in range(len(self.rows)) for column in range(len(self.columns)))
        return next((at for at in places if (cell := self.cell(*at)) is not None and self.fits(cell)), None)

    def place_of(self, form: str, period: str) -> int | None:
        """The column of a form in a period."""
        found = (at for at in range(len(self.columns)) if self.column(at).form.code == form)
        return next((at for at in found if self.column(at).period.id == period), None)

    def row_of(self, code: str | None) -> int | None:
        """The line of a commune."""
        return next((at for at in range(len(self.rows)) if self.commune(at).code == code), None)

    def done(self, column: int) -> tuple[int, int]:
        """How many communes of all have finished a form."""
        assert self.board is not None  # noqa: S101 - asked only for columns of a board
        states = self.board.states(self.columns[column])
        return sum(states[state] for state in DONE), states.total()

    def sentence(self, column: int) -> str:
        """The column in one sentence: 12/14 communes done; 1 late by 3 days."""
        if self.board is None or not 0 <= column < len(self.columns):
            return ""
        head, place = self.column(column), self.columns[column]
        done, every = self.done(column)
        cells = [cell for row in self.board.rows if (cell := row.cells[place]) is not None]
        late = [cell.days_late for cell in cells if cell.arrival is Arrival.MISSING]
        told = [_("{done}/{all} communes done").format(done=done, all=every)]
        if late:
            late_by = _("1 late by {days}") if len(late) == 1 else _("{count} late, by {days} at most")
            told.append(late_by.format(count=len(late), days=days(max(late))))
        returned = sum(cell.state == "returned" for cell in cells)
        if returned:
            told.append(_("{count} returned").format(count=returned))
        wrong = sum(bool(cell.counts and cell.counts.errors) for cell in cells)
        if wrong:
            told.append(_("{count} with errors").format(count=wrong))
        name = words.named(head.form.name_vi, head.form.name_en)
        return f"{name}, {render(head.period.sentence())}: {'; '.join(told)}"

    def told(self, row: int, column: int) -> str:
        """Everything of a cell in words."""
        cell = self.cell(row, column)
        head, name = self.column(column), words.unit_name(self.commune(row).name)
        if cell is None:
            return _("{commune} did not stand in this period.").format(commune=name)
        lines = [f"{name} · {short_period(head.period)}: {statuses.word(cell.state)}", *cell_words(cell)]
        return "\n".join(lines)


def cell_words(cell: BoardCell) -> list[str]:
    """Correction, lateness, findings and the receiver's word, one line each."""
    found = []
    if cell.keeper:
        found.append(_("History kept by {office}; no total counts it").format(office=cell.keeper))
    if cell.correction:
        found.append(_("Correction, no. {number}").format(number=cell.correction + 1))
    if cell.received_on is not None:
        found.append(_("Received {day}").format(day=words.day(cell.received_on)))
    if cell.days_late:
        told = _("Late by {days}") if cell.arrival is Arrival.MISSING else _("Came {days} late")
        found.append(told.format(days=days(cell.days_late)))
    if cell.counts is not None:
        counts = cell.counts
        told = _("Errors {errors}, warnings {warnings}, kept {kept}").format(
            errors=counts.errors, warnings=counts.warnings, kept=counts.kept
        )
        found.append(told if cell.fresh else f"{told} ({_('figures have moved since')})")
    if cell.judgement is not None:
        word = statuses.word(cell.judgement.verdict)
        found.append(f"{cell.judgement.office_name}: {word[:1].lower()}{word[1:]}")
        if cell.judgement.reason:
            found.append(f"“{cell.judgement.reason}”")
    return found
