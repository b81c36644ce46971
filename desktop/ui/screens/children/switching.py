"""The switch of the tab Theo dõi: who should be looked after, and the register of those treated."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.system.i18n import _
from desktop.ui.widgets.parts import button, row


class FollowSwitch(QWidget):
    """Two words; emits the name of the part that was chosen."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        line = row(gap=0)
        self.buttons: dict[str, QPushButton] = {}
        for name, text in (("follow", _("To look after")), ("care", _("In treatment"))):
            made = button(text, partial(self.chosen.emit, name), kind="switch")
            made.setCheckable(True)
            made.setAutoExclusive(True)
            self.buttons[name] = made
            line.addWidget(made)
        self.setLayout(line)

    def show_part(self, name: str) -> None:
        """Which of them is shown."""
        self.buttons[name].setChecked(True)
