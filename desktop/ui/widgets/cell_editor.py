"""Where a figure is typed: over its cell, gone when it is settled."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

STEPS: Final = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class CellEditor(QLineEdit):
    """Where a figure is typed: over its cell, gone when it is settled."""

    moved = Signal(int, int)
    """Settle, then go so many rows down and columns right."""
    typed_over = Signal()
    """The text for every cell of the block."""
    tabbed = Signal(int)
    """Settle, then one cell on or back."""
    entered = Signal(bool)
    """Settle, then go where Enter goes; with Shift the other way."""
    left = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "cell")
        self.setFrame(False)
        self.hide()
        self.by_typing = False
        self._composed = ""

    def whole_text(self) -> str:
        """What was typed, with what is still being composed: an input method that was interrupted loses nothing."""
        if self._composed:
            QGuiApplication.inputMethod().commit()
        if self._composed:
            self.insert(self._composed)
            self._composed = ""
        return self.text()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember what is being composed; Qt leaves it out of the text."""
        super().inputMethodEvent(event)
        self._composed = event.preeditString()

    def clear_all(self) -> None:
        """Nothing typed, nothing being composed."""
        self._composed = ""
        self.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Tab and arrows settle; Esc gives up; F2 turns arrows into the editor's own."""
        step = STEPS.get(Qt.Key(event.key()))
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.typed_over.emit()
            else:
                self.entered.emit(shift)
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.by_typing = False
        elif step and (step[0] or self.by_typing) and not shift:
            self.moved.emit(*step)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tab never leaves the form by itself."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Tab:
                self.tabbed.emit(1)
                return True
            if event.key() == Qt.Key.Key_Backtab:
                self.tabbed.emit(-1)
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Another place was clicked: what was typed is kept."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()
