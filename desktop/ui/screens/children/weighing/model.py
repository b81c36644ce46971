"""The weighing list as a Qt model: lines that can be replaced one by one, filtered without being read anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.domain.findings import Finding
from desktop.system.i18n import _, render
from desktop.ui.screens.children import words
from desktop.ui.screens.children.care.words import given_line
from desktop.ui.screens.children.weighing.cells import Drawn, draw, text_of
from desktop.ui.screens.children.weighing.columns import PARTICULARS, SCORES, TYPED, Col, head, spoken
from desktop.ui.screens.children.weighing.rows import Row

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class WeighingModel(QAbstractTableModel):
    """Children down; the last line takes the name of a new child."""

    moved = Signal()
    """A line changed, so counts and findings may have."""

    def __init__(self) -> None:
        super().__init__()
        self.day = date.min
        self.all_rows: list[Row] = []
        self.shown: list[int] = []
        """Places in `all_rows`, in the order shown."""
        self.takes_new = False
        """Whether the last line takes a new child: not while a filter is on."""
        self._drawn: dict[int, dict[Col, Drawn]] = {}
        self._base_of: dict[str, int] = {}

    # ---- contents ----

    def show(self, rows: Sequence[Row], day: date, *, takes_new: bool = True) -> None:
        """Show a list as read."""
        self.beginResetModel()
        self.all_rows = list(rows)
        self.day = day
        self.shown = list(range(len(rows)))
        self.takes_new = takes_new
        self._drawn.clear()
        # What was found of a child may stand under another entry that was merged into it.
        self._base_of = {row.now.child: at for at, row in enumerate(rows) if row.now is not None}
        self._base_of |= {row.child.uid: at for at, row in enumerate(rows)}
        self.endResetModel()
        self.moved.emit()

    def arrange(self, keeps: Callable[[Row], bool] | None) -> None:
        """Show the lines that fit; None shows all."""
        self.beginResetModel()
        self.shown = [at for at, row in enumerate(self.all_rows) if keeps is None or keeps(row)]
        self.takes_new = keeps is None
        self.endResetModel()

    def put(self, row: Row) -> None:
        """Show a line anew."""
        base = self._base_of[row.child.uid]
        self.all_rows[base] = row
        self._drawn.pop(base, None)
        if base in self.shown:
            at = self.shown.index(base)
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(Col) - 1))

    def put_all(self, rows: Iterable[Row]) -> None:
        """Show lines anew, then say so once."""
        for row in rows:
            self.put(row)
        self.moved.emit()

    def add(self, row: Row) -> int:
        """A new child at the end; gives its line."""
        at = len(self.shown)
        self.beginInsertRows(ROOT, at, at)
        self._base_of[row.child.uid] = len(self.all_rows)
        self.shown.append(len(self.all_rows))
        self.all_rows.append(row)
        self.endInsertRows()
        self.moved.emit()
        return at

    def row(self, at: int) -> Row | None:
        """The child of a shown line; None for the line of a new one."""
        return self.all_rows[self.shown[at]] if 0 <= at < len(self.shown) else None

    def line_of(self, uid: str | None) -> int | None:
        """Where a child is shown."""
        base = self._base_of.get(uid or "")
        return self.shown.index(base) if base is not None and base in self.shown else None

    def by_uid(self, uid: str) -> Row | None:
        """A child of the list, shown or not."""
        base = self._base_of.get(uid)
        return None if base is None else self.all_rows[base]

    def findings(self) -> list[tuple[Row, Finding]]:
        """What is found on the list, line by line."""
        return [(row, finding) for row in self.all_rows for finding in row.findings]

    # ---- Qt ----

    def rowCount(self, parent: Index = ROOT) -> int:
        """Children shown, and the line of a new one."""
        return 0 if parent.isValid() else len(self.shown) + self.takes_new

    def columnCount(self, parent: Index = ROOT) -> int:
        """All columns."""
        return 0 if parent.isValid() else len(Col)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells can be chosen; the grid types into them itself."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, tooltip and what a screen reader says."""
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        at, column = index.row(), Col(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(at, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.told(at, column) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(at, column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Col):
            return None
        return head(Col(section)) if role == Qt.ItemDataRole.DisplayRole else None

    # ---- cells ----

    def is_new_line(self, at: int) -> bool:
        """Whether this is the line of a new child."""
        return self.takes_new and at == len(self.shown)

    def may_type(self, at: int, column: Col) -> bool:
        """What a visit finds; particulars where they are not known yet or the child is new."""
        row = self.row(at)
        if row is None:
            return self.is_new_line(at) and column is Col.NAME
        if column in PARTICULARS:
            return row.is_new or (column is not Col.NAME and not text_of(row, column, self.day))
        return column in TYPED

    def drawn(self, at: int, column: Col) -> Drawn:
        """What is painted; kept until the line changes."""
        row = self.row(at)
        if column is Col.NUMBER:
            return Drawn(str(at + 1), ink="ink2")
        if row is None:
            return Drawn(_("New child: type the full name") if column is Col.NAME else "", ink="ink3", italic=True)
        held = self._drawn.setdefault(self.shown[at], {})
        made = held.get(column)
        if made is None:
            made = held[column] = draw(row, column, self.day)
        return made

    def text(self, at: int, column: Col) -> str:
        """What a cell shows."""
        return self.drawn(at, column).text

    def typed_at(self, at: int, column: Col) -> str:
        """A cell as a person would type it."""
        row = self.row(at)
        if row is None or (row.is_absent and column is not Col.NOTE and column not in PARTICULARS):
            return ""
        if column is Col.POSITION:
            return words.position(row.now.position) if row.now is not None else ""
        return text_of(row, column, self.day).replace("\u2212", "-")

    def told(self, at: int, column: Col) -> str:
        """Findings of the cell, all classes, village and mother."""
        row = self.row(at)
        if row is None:
            return ""
        if column is Col.CLASS or column in SCORES:
            return "\n".join((*row.standing.told, *(render(finding.message) for finding in row.findings)))
        if column is Col.NAME:
            return about(row)
        if column is Col.CARE:
            return given_line(row.given)
        from desktop.ui.screens.children.weighing.columns import ELEMENTS

        told = [render(f.message) for f in row.findings if ELEMENTS.get(f.element or "") is column]
        if row.now is not None and row.now.day != self.day and column in (Col.WEIGHT, Col.LENHEI):
            told.insert(0, _("Weighed on {day}").format(day=f"{row.now.day:%d/%m/%Y}"))
        return "\n".join(told)

    def spoken(self, at: int, column: Col) -> str:
        """Child, column, what stands there, findings."""
        row = self.row(at)
        name = row.child.name if row is not None else _("New child")
        text = self.text(at, column) or _("not typed")
        parts = (f"{name}, {spoken(column)}: {text}", self.told(at, column) if column is not Col.NAME else "")
        return ". ".join(part for part in parts if part)


def about(row: Row) -> str:
    """Village, mother and what became of the child, in one line each."""
    child = row.child
    told = [child.name]
    if child.village:
        told.append(child.village)
    if child.mother:
        told.append(_("Mother: {name}").format(name=child.mother))
    if row.status is not None:
        told.append(f"{words.presence(row.status.what)} {row.status.valid_from:%d/%m/%Y}")
    if not row.expected:
        told.append(_("Not on the list of this day"))
    return "\n".join(told)
