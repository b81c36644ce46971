"""The status bar: saved when, last verified backup, what the superior office lacks; at right what helps now."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.system.i18n import _
from desktop.ui.shell.facts import Fact
from desktop.ui.style import fonts
from desktop.ui.style.palette import Tone, palette
from desktop.ui.style.sheet import mark
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import Elided, Rule, SignLabel, row

HEIGHT = 25
STAYS = 12_000
HELD = 1.0  # s: a refusal is not wiped away by a hint that was already on its way


class StatusBar(QWidget):
    """Always the same three facts; a word about what just happened takes the right side for a while."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.saved = SignLabel(Sign.CHECKED, "", small=True)
        self.backup = SignLabel(Sign.INFO, "", small=True)
        self.partner = SignLabel(Sign.INFO, "", small=True)
        self.word = Elided()
        self.word.setFont(fonts.font(fonts.SMALL, 500))
        self.word.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.word.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = row(self.saved, Rule(), self.backup, Rule(), self.partner, gap=10, margins=(10, 0, 12, 0))
        line.addWidget(self.word, 1)
        self.setLayout(line)
        self._hint = ""
        self._refused_at = 0.0
        self._facts: dict[SignLabel, Fact] = {}
        self.is_compact = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._quiet)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Head colour, a darker line above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(palette().head))
        painter.fillRect(0, 0, self.width(), 1, QColor(palette().line5))

    def show_facts(self, saved: Fact, backup: Fact, partner: Fact) -> None:
        """The three facts."""
        for part, fact in ((self.saved, saved), (self.backup, backup), (self.partner, partner)):
            self._show(part, fact)

    def _show(self, part: SignLabel, fact: Fact) -> None:
        self._facts[part] = fact
        part.show_state(fact.sign, (fact.short if self.is_compact else "") or fact.text, fact.tone)
        part.setToolTip(fact.text)
        part.setAccessibleName(fact.text)

    def set_compact(self, compact: bool) -> None:
        """Fewer words."""
        self.is_compact = compact
        for part, fact in self._facts.items():
            self._show(part, fact)

    def show_saved(self, fact: Fact) -> None:
        """Only the first of them: after every cell."""
        self._show(self.saved, fact)

    def show_pending(self) -> None:
        """A write is under way."""
        self.saved.show_state(Sign.IN_ENTRY, _("Saving…"), Tone.BUSY)

    def say(self, text: str, tone: Tone) -> None:
        """A word about what just happened, or was refused; refusals stay until the next word."""
        self.word.setText(text)
        self.word.setToolTip(text)
        mark(self.word, tone=tone.value)
        self.word.setAccessibleName(text)
        self._refused_at = monotonic() if tone is Tone.BAD else 0.0
        if tone is Tone.BAD:
            self._timer.stop()
        else:
            self._timer.start(STAYS)

    def show_hint(self, text: str) -> None:
        """What helps now, where nothing else is being said."""
        self._hint = text
        if not self._timer.isActive() and monotonic() - self._refused_at > HELD:
            self._quiet()

    def _quiet(self) -> None:
        self.word.setText(self._hint)
        self.word.setToolTip(self._hint)
        mark(self.word, tone="")
