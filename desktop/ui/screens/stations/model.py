"""The profile of a place as a Qt model: group heads and the lines of their items."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.application.station_profiles import Line, Sheet, a_year_before
from desktop.domain.stations.facts import Fact, Way
from desktop.domain.stations.profile import Asked, Group
from desktop.domain.stations.villages import is_village
from desktop.domain.values import State, Value
from desktop.system.i18n import _, render
from desktop.ui import words
from desktop.ui.screens.stations import cells
from desktop.ui.screens.stations.cells import TYPED, Col, Drawn
from desktop.wording import Sentence, say

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a group: its name, how much is told."""

    group: Group
    told: int
    asked: int


Row = Head | Line


class ProfileModel(QAbstractTableModel):
    """Items down; what holds, since when, a year before, the note."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet: Sheet | None = None
        self.rows: list[Row] = []

    def show(self, sheet: Sheet | None, only: Collection[str] | None = None) -> None:
        """Another profile, or these of its items; the same are only painted again, so that the cursor stays."""
        rows: list[Row] = []
        for group, lines in sheet.groups if sheet is not None else ():
            shown = [line for line in lines if only is None or line.item.code in only]
            if shown:
                own = [line for line in lines if not is_village(line.item.code)]
                told, asked = sum(line.fact is not None for line in own), sum(not line.idle for line in own)
                rows += [Head(group, told, asked), *shown]
        is_same = self.sheet is not None and [_key(row) for row in rows] == [_key(row) for row in self.rows]
        if is_same:
            changed = [at for at, row in enumerate(rows) if row != self.rows[at]]
            self.sheet, self.rows = sheet, rows
            for at in changed:
                self._renew(at)
            return
        self.beginResetModel()
        self.sheet, self.rows = sheet, rows
        self.endResetModel()

    def show_answer(self, row: int, value: Value, day: date) -> None:
        """An answer as it is being written; what follows from it is shown when the profile is read anew."""
        line = self.line(row)
        if line is None or self.sheet is None:
            return
        fact = None
        if value.state is not State.NOT_REPORTED:
            note = line.fact.note if line.fact is not None and line.fact.since == day else None
            fact = Fact(self.sheet.place.uid, line.item.code, day, value, Way.TYPED, note)
        self.rows[row] = replace(line, fact=fact, old=False, doubt=None)
        self._renew(row)

    def _renew(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(Col) - 1))

    def doubtful(self, row: int, step: int) -> int | None:
        """The next row below or above whose answer does not fit."""
        places = range(row + 1, len(self.rows)) if step > 0 else range(row - 1, -1, -1)
        return next((at for at in places if (line := self.line(at)) is not None and line.doubt is not None), None)

    def why(self, row: int) -> Sentence:
        """Why an answer does not fit."""
        line = self.line(row)
        return line.doubt.why if line is not None and line.doubt is not None else say("")

    def line(self, row: int) -> Line | None:
        """The item of a row; None for a group's head."""
        found = self.rows[row] if 0 <= row < len(self.rows) else None
        return found if isinstance(found, Line) else None

    def row_of(self, item: str) -> int | None:
        """The row of an item (code)."""
        return next((at for at, row in enumerate(self.rows) if isinstance(row, Line) and row.item.code == item), None)

    def heads(self) -> list[tuple[int, Head]]:
        """The groups with their rows."""
        return [(at, row) for at, row in enumerate(self.rows) if isinstance(row, Head)]

    # ---- Qt ----

    def rowCount(self, parent: Index = ROOT) -> int:
        """Heads and items."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """All columns."""
        return 0 if parent.isValid() else len(Col)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Items can be chosen, heads cannot."""
        if not index.isValid() or self.line(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, tooltip and what a screen reader says."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        at, column = index.row(), Col(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.drawn(at, column).text
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.told(at, column) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(at, column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Col):
            return None
        return self.head(Col(section)) if role == Qt.ItemDataRole.DisplayRole else None

    def head(self, column: Col) -> str:
        """The name over a column; over the earlier answers their day, where it is not a year before."""
        sheet = self.sheet
        if column is Col.BEFORE and sheet is not None and sheet.earlier != a_year_before(sheet.day):
            return words.day(sheet.earlier)
        return cells.head(column)

    # ---- cells ----

    def drawn(self, at: int, column: Col) -> Drawn:
        """What is painted."""
        line = self.line(at)
        return cells.draw(line, column) if line is not None else Drawn("")

    def may_type(self, at: int, column: Col) -> bool:
        """Answers that are not counted; day and note of what is told."""
        line = self.line(at)
        if line is None or column not in TYPED or line.counted:
            return False
        return column is Col.ANSWER or line.fact is not None

    def typed_at(self, at: int, column: Col) -> str:
        """A cell as a person would type it."""
        line = self.line(at)
        if line is None:
            return ""
        if column is Col.ANSWER:
            return cells.typed(line.item, line.fact.value if line.fact else None)
        return self.drawn(at, column).text

    def is_words(self, at: int, column: Col) -> bool:
        """Whether words are typed, so that Telex must work."""
        line = self.line(at)
        if column is not Col.ANSWER:
            return column is Col.NOTE
        return line is not None and line.item.asked in (Asked.TEXT, Asked.CHOICE)

    def told(self, at: int, column: Col) -> str:
        """Why a cell is marked, and the whole of what may be cut."""
        line = self.line(at)
        if line is None:
            return ""
        if column is Col.ANSWER and line.doubt is not None:
            return render(line.doubt.why)
        if column in (Col.ANSWER, Col.SINCE) and line.old:
            return _("Not confirmed in {year}: type it again, or copy last year.").format(
                year=self.sheet.day.year if self.sheet else ""
            )
        if column is Col.ANSWER and line.idle:
            return _("Not asked: another answer of this station makes it idle.")
        if column is Col.ANSWER and line.counted:
            return cells.counted_from(line)
        return self.drawn(at, column).text if column in (Col.NAME, Col.NOTE, Col.ANSWER, Col.BEFORE) else ""

    def spoken(self, at: int, column: Col) -> str:
        """Item, column, what stands there, why it is marked."""
        row = self.rows[at]
        if isinstance(row, Head):
            return words.named(row.group.name_vi, row.group.name_en)
        text = self.drawn(at, column).text or _("not told")
        why = self.told(at, column) if column in (Col.ANSWER, Col.SINCE) else ""
        first = f"{cells.name(row.item)}, {self.head(column)}: {text}"
        return f"{first}. {why}" if why and why != text else first


def _key(row: Row) -> str:
    return row.group.code if isinstance(row, Head) else row.item.code
