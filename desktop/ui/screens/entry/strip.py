"""A line above the matrix that says what holds now, with the way out of it beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QPushButton

from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import Elided, SignLabel, row


class Strip(QFrame):
    """Sign, one sentence, small buttons; gone when it has nothing to say."""

    def __init__(self, sign: Sign, *acts: QPushButton, tone: Tone = Tone.BUSY) -> None:
        super().__init__()
        self.setProperty("kind", "notice")
        self.setProperty("tone", tone.value)
        self.setFixedHeight(30)
        self.sentence = Elided()
        line = row(SignLabel(sign, ""), gap=8, margins=(9, 0, 4, 0))
        line.addWidget(self.sentence, 1)
        for act in acts:
            line.addWidget(act)
        self.setLayout(line)
        self.hide()

    def say(self, text: str) -> None:
        """Show a sentence; an empty one hides the line."""
        self.sentence.setText(text)
        self.sentence.setToolTip(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
