"""The search line of the matrix: find (Ctrl+F), and replace (Ctrl+H)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit

from desktop.system.i18n import _
from desktop.ui.widgets.parts import button, label, row


class SeekField(QLineEdit):
    """Enter goes on, Shift+Enter back, Esc leaves."""

    stepped = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a search line."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class SeekBar(QFrame):
    """What is sought, what it is replaced by, how often it is there."""

    sought = Signal()
    stepped = Signal(int)
    replace_asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.setFixedHeight(38)
        self.field, self.by = SeekField(), SeekField()
        for part, name in ((self.field, _("Find in the table")), (self.by, _("Replace by"))):
            part.setAccessibleName(name)
            part.setPlaceholderText(name)
            part.setMinimumWidth(120)
            part.setMaximumWidth(260)
            part.left.connect(self.left)
        self.field.stepped.connect(self.stepped)
        self.by.stepped.connect(lambda _step: self.replace_asked.emit())
        self.field.textChanged.connect(lambda _text: self.sought.emit())
        self.whole = QCheckBox(_("Whole cell"))
        self.whole.toggled.connect(lambda _on: self.sought.emit())
        self.count = label("", "hint")
        self.previous = button(
            "", lambda: self.stepped.emit(-1), kind="icon", icon="chevron_left_16_regular", tip=_("Previous  Shift+F3")
        )
        self.next = button(
            "", lambda: self.stepped.emit(1), kind="icon", icon="chevron_right_16_regular", tip=_("Next  F3")
        )
        self.replace = button(_("Replace…"), self.replace_asked.emit, kind="small")
        self.close_it = button(_("Close  Esc"), self.left.emit, kind="link")
        line = row(self.field, self.previous, self.next, self.by, self.replace, self.whole, gap=8, margins=(6, 0, 6, 0))
        line.addWidget(self.count)
        line.addStretch(1)
        line.addWidget(self.close_it)
        self.setLayout(line)
        self.hide()

    def begin(self, *, replacing: bool) -> None:
        """Show the line and take the keyboard."""
        self.by.setVisible(replacing)
        self.replace.setVisible(replacing)
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_count(self, text: str) -> None:
        """How many places there are, and which one the cursor is on."""
        self.count.setText(text)
