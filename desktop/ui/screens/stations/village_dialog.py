"""Villages of the station in hand, typed or pasted one a line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from desktop.application.station_villages import read_lines
from desktop.errors import AppError
from desktop.system.i18n import _, render
from desktop.ui.style.palette import Tone
from desktop.ui.widgets.parts import button, column, label, row


class VillageDialog(QDialog):
    """Lines of villages; what cannot be read is said while one types, and the act says how many there are."""

    def __init__(self, parent: QWidget | None, name: str, take: Callable[[str], bool]) -> None:
        super().__init__(parent)
        self._take = take
        self.setModal(True)
        self.setWindowTitle(_("Villages"))
        self.setMinimumWidth(480)
        self.lines = QPlainTextEdit()
        self.lines.setAccessibleName(_("Villages, one a line"))
        self.lines.setPlaceholderText(_("Thái village; yes; yes\nNậm village; yes; no\nPú village; no"))
        self.lines.setTabChangesFocus(True)
        self.lines.setMinimumHeight(180)
        self.why = label("", tone=Tone.BAD, wrap=True)
        text = _(
            "One village a line, or pasted from Excel: the name; whether a health worker is active in it; whether "
            "that worker is trained. No names of people."
        )
        self.deed = button(_("Add"), self._done, kind="primary")
        body = column(
            label(_("Which villages does {name} have?").format(name=name), "subject", wrap=True),
            label(text, wrap=True),
            self.lines,
            self.why,
            gap=10,
            margins=(20, 18, 20, 16),
        )
        body.addLayout(row(None, button(_("Leave it"), self.reject), self.deed))
        self.setLayout(body)
        self.lines.textChanged.connect(self._look)
        self._look()

    def _look(self) -> None:
        """Say what cannot be read, and count what can."""
        try:
            count, why = len(read_lines(self.lines.toPlainText())), ""
        except AppError as fault:
            count, why = 0, render(fault.title) + (" " + render(fault.advice) if fault.advice else "")
        self.why.setText(why)
        self.deed.setText(_("Add {count} villages").format(count=count) if count else _("Add"))
        self.deed.setEnabled(count > 0)

    def _done(self) -> None:
        if self._take(self.lines.toPlainText()):
            self.accept()
