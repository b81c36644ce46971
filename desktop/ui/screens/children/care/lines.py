"""The care of one child on its page: supplements in a line, treatments below, and the acts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.application.child_care import CarePage
from desktop.system.i18n import _
from desktop.ui.screens.children.care import words
from desktop.ui.widgets.parts import button, column, label, row

MOST = 3
"""Treatments shown, the newest."""


class CareLines(QWidget):
    """Says what is known; emits what is asked for."""

    given_asked = Signal()
    treatment_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.given = label("", "second", wrap=True)
        self.treatments = label("", wrap=True)
        self.give = button(_("Supplement…"), self.given_asked.emit, kind="small")
        self.treat = button(_("Treatment…"), self.treatment_asked.emit, kind="small")
        told = column(self.given, self.treatments, gap=2)
        line = row(gap=6)
        line.addLayout(told, 1)
        line.addWidget(self.give)
        line.addWidget(self.treat)
        self.setLayout(line)

    def show_care(self, care: CarePage) -> None:
        """Another child's care."""
        given = words.given_line(care.given)
        self.given.setText(given or _("No supplement noted."))
        told = [
            _("Acute malnutrition: {line}").format(line=words.treatment_line(one))
            for one in reversed(care.treatments[-MOST:])
        ]
        self.treatments.setText("\n".join(told))
        self.treatments.setVisible(bool(told))
