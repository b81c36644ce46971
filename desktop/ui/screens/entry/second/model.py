"""The second entry of one commune's form as a Qt model; the first entry is not in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, Qt

from desktop.application.entry import Column
from desktop.domain.values import State, Value
from desktop.system.i18n import _
from desktop.ui import figures, words
from desktop.ui.screens.entry.model import ROOT, Index

NUMBER: Final = 0
NAME: Final = 1
UNIT: Final = 2
SECOND: Final = 3


def shown(value: Value | None) -> str:
    """A figure of either entry; a dash for not applicable."""
    return "–" if value is not None and value.state is State.NOT_APPLICABLE else figures.figure(value)


class SecondModel(QAbstractTableModel):
    """Elements down; number, name, unit, and what was typed the second time."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[Column] = ()
        self.typed: dict[str, Value] = {}
        self.heads = (_("No."), _("Figures of the form"), _("Unit"), _("Second entry"))

    def show(self, lines: Sequence[Column], typed: dict[str, Value]) -> None:
        """Another form or commune."""
        self.beginResetModel()
        self.lines, self.typed = lines, typed
        self.endResetModel()

    def put(self, row: int, value: Value) -> None:
        """Show a figure that was just written."""
        self.typed[self.lines[row].element.code] = value
        index = self.index(row, SECOND)
        self.dataChanged.emit(index, index)

    def value(self, row: int) -> Value | None:
        """What was typed the second time."""
        return self.typed.get(self.lines[row].element.code)

    def rowCount(self, parent: Index = ROOT) -> int:
        """Elements."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Four."""
        return 0 if parent.isValid() else len(self.heads)

    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        line = self.lines[row]
        if column == SECOND:
            return shown(self.value(row))
        return (str(line.number), words.named(line.element.name_vi, line.element.name_en), line.element.unit)[column]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, tooltip, what a screen reader says."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.text(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(row)
        return None

    def spoken(self, row: int) -> str:
        """A line for a screen reader."""
        return f"{self.text(row, NUMBER)}. {self.text(row, NAME)}: {self.text(row, SECOND) or _('not typed yet')}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            across = Qt.AlignmentFlag.AlignRight if section == SECOND else Qt.AlignmentFlag.AlignLeft
            return across | Qt.AlignmentFlag.AlignVCenter
        return None
