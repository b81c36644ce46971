"""The page of one commune's form: communes at the left, the form with head and foot beside them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.system.i18n import _
from desktop.ui.screens.entry.commune.communes import CommunePanel, CommunesModel
from desktop.ui.screens.entry.commune.grid import FormGrid
from desktop.ui.screens.entry.commune.head import FormFoot, FormHeader
from desktop.ui.screens.entry.commune.model import FormModel
from desktop.ui.style.sheet import mark
from desktop.ui.widgets.parts import Empty, Panel, row, rule


class CommuneView(QWidget):
    """Everything of the page; the way decides."""

    def __init__(self, model: FormModel, communes: CommunesModel, settle: Callable[[int, int, str], bool]) -> None:
        super().__init__()
        self.setProperty("kind", "desk")
        self.is_compact = False
        self._has_list = True
        self.communes = CommunePanel(communes)
        self.header = FormHeader()
        self.grid = FormGrid(model, settle)
        self.foot = FormFoot()
        self.sheet: QFrame = Panel()
        self.sheet.setMinimumWidth(380)
        for part in (self.header, rule()):
            self.sheet.add(part)
        self.sheet.add(self.grid, 1)
        self.sheet.add(self.foot)
        self.empty = Empty(
            _("This office has no commune in this period"),
            _(
                "Choose another period above; an office begins on the day it was set up. After a merger it is carried "
                "on under Administration, Our office."
            ),
        )
        self._row = row(self.communes, gap=8)
        self._row.addWidget(self.sheet, 1)
        self._row.addWidget(self.empty, 1)
        self.setLayout(self._row)
        self.header.communes_asked.connect(self.open_communes)
        self.communes.list.installEventFilter(self)
        self.empty.hide()

    def show_count(self, count: int) -> None:
        """How many communes there are to choose from: none, one that needs no list, or several."""
        self._has_list = count > 1
        self.sheet.setVisible(count > 0)
        self.empty.setVisible(count == 0)
        self.communes.setVisible(self._has_list and not self.is_compact)
        self.header.communes.setVisible(self._has_list and self.is_compact)

    def set_compact(self, compact: bool) -> None:
        """The communes open over the page with a button; steps stand in a menu."""
        self.is_compact = compact
        self.header.set_compact(compact)
        self.foot.set_compact(compact)
        mark(self.communes, kind="popup" if compact else "panel")
        if compact:
            self._row.removeWidget(self.communes)
            self.communes.setParent(self)
            self.communes.hide()
        else:
            self._row.insertWidget(0, self.communes)
            self.communes.setVisible(self._has_list)
        self.header.communes.setVisible(self._has_list and compact)

    def open_communes(self) -> None:
        """The list over the form, in the compact layout."""
        self.communes.setGeometry(0, 0, self.communes.width(), self.height())
        self.communes.show()
        self.communes.raise_()
        self.communes.list.setFocus()
        self.communes.show_done()

    def close_communes(self) -> None:
        """Away with the list that lay over the form."""
        if self.is_compact and self.communes.isVisible():
            self.communes.hide()
            self.grid.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list that lies over the form goes when the focus leaves it or Esc is pressed."""
        if self.is_compact and event.type() is QEvent.Type.FocusOut:
            self.communes.hide()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The legend goes where the list needs its room."""
        super().resizeEvent(event)
        self.communes.show_done()
