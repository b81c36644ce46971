"""Dialogs are only for deciding: a question that names its object, what follows, verbs on the buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QLineEdit, QPushButton, QWidget

from desktop.ui.widgets.parts import button, column, label, row

WIDEST = 480


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several answers: its key and its words."""

    key: str
    text: str


class Ask(QDialog):
    """A decision. `answer` is the key chosen, None for Esc; `reason` what was typed."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        choices: Sequence[Choice],
        *,
        safe: str,
        reason: str | None = None,
        reason_text: str = "",
        needs_reason: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(title)
        self.setMaximumWidth(WIDEST)
        self.setMinimumWidth(360)
        self.answer: str | None = None
        self.body: QBoxLayout = column(label(title, "subject", wrap=True), gap=10, margins=(20, 18, 20, 16))
        if text:
            self.body.addWidget(label(text, wrap=True))
        self.field: QLineEdit | None = None
        self._needs_reason = needs_reason
        if reason is not None:
            caption = label(reason, "second")
            self.field = QLineEdit(reason_text)
            caption.setBuddy(self.field)
            self.field.setAccessibleName(reason)
            self.body.addWidget(caption)
            self.body.addWidget(self.field)
            self.field.textChanged.connect(self._allow)
        self.buttons: dict[str, QPushButton] = {}
        parts: list[QWidget | int | None] = [None]
        for choice in choices:
            is_last = choice is choices[-1]
            made = button(choice.text, partial(self._take, choice.key), kind="primary" if is_last else "")
            made.setDefault(choice.key == safe if reason is None else is_last)
            self.buttons[choice.key] = made
            parts.append(made)
        self._deed = choices[-1].key
        self.body.addLayout(row(*parts))
        self.setLayout(self.body)
        self._allow()

    @property
    def reason(self) -> str:
        """The reason as typed."""
        return self.field.text().strip() if self.field else ""

    def showEvent(self, event: QShowEvent) -> None:
        """The reason is typed at once; else the default button has the focus."""
        # Qt guesses the height of wrapped words, and cuts long ones.
        self.resize(self.width(), max(self.height(), self.body.totalHeightForWidth(self.width())))
        super().showEvent(event)
        if self.field is not None:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _allow(self) -> None:
        self.buttons_of_deed_enabled(not self._needs_reason or bool(self.reason))

    def buttons_of_deed_enabled(self, enabled: bool) -> None:
        """The deed waits for its reason."""
        if self._deed in self.buttons:
            self.buttons[self._deed].setEnabled(enabled)

    def _take(self, key: str) -> None:
        self.answer = key
        self.accept()


def confirm(
    parent: QWidget | None,
    title: str,
    text: str,
    *,
    deed: str,
    leave: str,
    reason: str | None = None,
    reason_text: str = "",
    needs_reason: bool = False,
) -> str | None:
    """Ask whether to do a deed; the reason typed (empty without one) where it is done, None where it is left."""
    asked = Ask(
        parent,
        title,
        text,
        (Choice("leave", leave), Choice("deed", deed)),
        safe="leave",
        reason=reason,
        reason_text=reason_text,
        needs_reason=needs_reason,
    )
    asked.exec()
    return asked.reason if asked.answer == "deed" else None


def choose(parent: QWidget | None, title: str, text: str, choices: Sequence[Choice], *, safe: str) -> str | None:
    """Ask which of several; the key, or None for Esc."""
    asked = Ask(parent, title, text, choices, safe=safe)
    asked.exec()
    return asked.answer
