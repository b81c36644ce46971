"""The communes with the figure chosen to divide by, what their forms say, and what is about to be chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QLineEdit

from desktop.application.denominators import Line
from desktop.domain.values import Value
from desktop.system.i18n import _
from desktop.ui import figures, words
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.tables import Column, Index, RowsModel, Table

PROPOSED: Final = 4
"""The column that is typed into."""


class LineModel(RowsModel[Line]):
    """Lines with a column of proposals, which is typed into; what is typed is read by the screen."""

    def __init__(self) -> None:
        self.proposed: dict[str, Value] = {}
        self.take: Callable[[Line, str], bool] = lambda _line, _text: False
        super().__init__(_columns(self.proposed))

    def propose(self, amounts: dict[str, Value]) -> None:
        """Other proposals, by unit uid."""
        self.proposed.clear()
        self.proposed.update(amounts)
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Proposals are typed in place."""
        known = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return known | Qt.ItemFlag.ItemIsEditable if index.column() == PROPOSED else known

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The editor begins with the figure as a person would type it."""
        if role == Qt.ItemDataRole.EditRole and index.isValid():
            return figures.typed(self.proposed.get(self.rows[index.row()].commune.uid))
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """What was typed; refused text leaves the proposal as it was."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if not self.take(self.rows[index.row()], str(value)):
            return False
        self.dataChanged.emit(index, index)
        return True


class LineTable(Table):
    """Digits typed on a line go into its proposal; Enter takes them and goes down."""

    def __init__(self, model: LineModel) -> None:
        super().__init__(model, name=_("Figures to divide by"))
        self._editing: int | None = None
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Typing begins at once."""
        current = self.currentIndex()
        place = self.model().index(current.row(), PROPOSED)
        if not current.isValid():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # While one types, the editor's own Enter comes here too.
            if self._editing is None:
                self._down(current.row())
        elif event.key() == Qt.Key.Key_F2:
            self._begin(place)
        elif event.key() == Qt.Key.Key_Delete:
            self.model().setData(place, "")
        elif event.text().isdigit():
            self._begin(place)
            editor = self.viewport().findChild(QLineEdit)
            if editor is not None:
                editor.setText(event.text())
        else:
            super().keyPressEvent(event)

    def _begin(self, place: QModelIndex) -> None:
        self.setCurrentIndex(place)
        self._editing = place.row()
        self.edit(place)

    def _down(self, row: int) -> None:
        below = self.model().index(row + 1, PROPOSED)
        if below.isValid():
            self.setCurrentIndex(below)

    def closeEditor(self, editor: Any, hint: Any) -> None:
        """After Enter the next line."""
        super().closeEditor(editor, hint)
        row, self._editing = self._editing, None
        self.setFocus()
        if row is not None and hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._down(row)


def _columns(proposed: dict[str, Value]) -> list[Column[Line]]:
    return [
        Column(_("Commune, town"), lambda line: words.unit_name(line.commune.name), width=150),
        Column(
            _("Chosen"),
            lambda line: figures.figure(line.chosen),
            number=True,
            strong=lambda _line: True,
            width=86,
        ),
        Column(_("Source of the chosen"), lambda line: line.source or _("the forms"), stretch=True),
        Column(
            _("State"),
            lambda line: "" if line.official is None else _("final") if line.official else _("provisional"),
            sign=lambda line: None if line.official is None else Sign.CHECKED if line.official else Sign.SOON,
            tone=lambda line: None if line.official is None else Tone.GOOD if line.official else Tone.WARN,
            width=108,
        ),
        Column(
            _("To be chosen"),
            lambda line: figures.figure(proposed.get(line.commune.uid)),
            number=True,
            tone=lambda line: Tone.BUSY if proposed.get(line.commune.uid) != line.chosen else None,
            strong=lambda line: proposed.get(line.commune.uid) != line.chosen,
            width=104,
        ),
        Column(_("In the form"), lambda line: figures.figure(line.typed), number=True, width=96),
    ]
