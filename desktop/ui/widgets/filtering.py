"""A small box that narrows a list, accent-blind."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from desktop.system.i18n import _
from desktop.ui.style import icons


class FilterBox(QLineEdit):
    """Esc clears it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setPlaceholderText(_("Filter"))
        self.setAccessibleName(name)
        self.setFixedWidth(190)
        self.addAction(icons.icon("search_16_regular"), QLineEdit.ActionPosition.LeadingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc shows everything again."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)
