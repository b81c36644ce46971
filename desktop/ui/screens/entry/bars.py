"""The bars around the matrix: the cell bar above, the finding bar at the foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QWidget

from desktop.domain.findings import Finding, Severity
from desktop.system.i18n import _, render
from desktop.ui.style.palette import Tone
from desktop.ui.style.sheet import mark
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import Elided, SignLabel, button, row


class BarInput(QLineEdit):
    """The input of the cell bar: Enter keeps, Esc gives up."""

    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the cell as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
            return
        super().keyPressEvent(event)


class CellBar(QWidget):
    """Where the cursor stands, what stands there, the whole name, last year and the change."""

    def __init__(self) -> None:
        super().__init__()
        self.place = QLineEdit()
        self.place.setReadOnly(True)
        self.place.setFixedWidth(152)
        self.place.setProperty("kind", "place")
        self.place.setAccessibleName(_("Place"))
        self.place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.input = BarInput()
        self.input.setFixedWidth(112)
        self.input.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.input.setAccessibleName(_("Figure of the cell"))
        self.name, self.past = Elided(), Elided()
        self.name.setProperty("kind", "head")
        self.past.setProperty("kind", "second")
        self.note = button(_("Note"), kind="link", icon="note_add_16_regular", tip=_("Note of the cell  Shift+F2"))
        self.history = button(
            _("History of cell"), kind="link", icon="history_16_regular", tip=_("Who wrote what  Alt+H")
        )
        self.source = button(_("Number's source"), kind="link", tip=_("Where the number comes from  F4"))
        self.acts = (self.note, self.history, self.source)
        self._row = row(self.place, self.input, 6, gap=6)
        self._row.addWidget(self.name, 3)
        self._row.addWidget(self.past, 2)
        self._row.addWidget(self.note)
        self._row.addWidget(self.history)
        self._row.addWidget(self.source)
        self.setLayout(self._row)
        self.setFixedHeight(32)

    def show_cell(self, place: str, figure: str, name: str, past: str) -> None:
        """Another cell."""
        self.place.setText(place)
        self.place.setCursorPosition(0)
        self.place.setToolTip(f"{place}\n{name}" if name else place)
        self.input.setText(figure)
        self.name.setText(name)
        self.name.setToolTip(name)
        self.past.setText(past)
        self.past.setToolTip(past)


def _counted(findings: Sequence[Finding]) -> tuple[int, int, int, Finding | None]:
    """Open errors, open warnings, kept ones (cells of one broken rule count once), and the worst open finding."""
    grades = list(Severity)
    breaches = {
        (finding.unit, finding.group or finding.id): finding for finding in findings if finding.kept is not None
    }
    breaches |= {(finding.unit, finding.group or finding.id): finding for finding in findings if finding.kept is None}
    open_ones = [finding for finding in breaches.values() if finding.kept is None]
    errors = sum(finding.severity is Severity.ERROR for finding in open_ones)
    warnings = sum(finding.severity is Severity.WARNING for finding in open_ones)
    everyone = (finding for finding in findings if finding.kept is None)
    worst = min(everyone, key=lambda finding: grades.index(finding.severity), default=None)
    return errors, warnings, len(breaches) - len(open_ones), worst


class FindingBar(QFrame):
    """The worst finding in a sentence, how many there are, the way to the next one."""

    next_asked = Signal()
    keep_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "notice")
        self.setFixedHeight(33)
        self.word = SignLabel(None, "", strong=True)
        self.sentence = Elided()
        self.errors = SignLabel(Sign.ERROR, "")
        self.warnings = SignLabel(Sign.WARNING, "")
        self.kept = SignLabel(Sign.KEPT, "")
        self.keep: QPushButton = button(
            _("Keep, with reason…"), lambda: self.keep_asked.emit(self._finding), kind="small"
        )
        self.next = button(_("Next finding  F8"), self.next_asked.emit, kind="small")
        line = row(self.word, gap=10, margins=(9, 0, 5, 0))
        line.addWidget(self.sentence, 1)
        for part in (self.errors, self.warnings, self.kept, self.keep, self.next):
            line.addWidget(part)
        self.setLayout(line)
        self._finding: Finding | None = None
        self._counted_of: Sequence[Finding] | None = None
        self._counted: tuple[int, int, int, Finding | None] = (0, 0, 0, None)
        self._compact = False
        # As a form begins; said before it is styled, it need not be styled anew when the figures come.
        self.show_findings((), None, str)

    def set_compact(self, compact: bool) -> None:
        """Shorter buttons."""
        self._compact = compact
        self.next.setText(_("Next  F8") if compact else _("Next finding  F8"))

    def show_findings(
        self, findings: Sequence[Finding], current: Finding | None, name_of: Callable[[str | None], str]
    ) -> None:
        """All findings of the form, and the one the cursor stands on (else the worst); `name_of` a commune's code."""
        if findings is not self._counted_of:
            self._counted_of, self._counted = findings, _counted(findings)
        errors, warnings, kept, worst = self._counted
        shown = current or worst
        self._finding = shown
        self._count(self.errors, errors, _("{count} errors"), _("1 error"))
        self._count(self.warnings, warnings, _("{count} warnings"), _("1 warning"))
        self._count(self.kept, kept, _("{count} kept"), _("1 kept"))
        self.next.setVisible(bool(findings))
        self.keep.setVisible(shown is not None and shown.kept is None and shown.severity is not Severity.NOTE)
        if shown is None:
            self._show(Sign.CHECKED, Tone.GOOD, _("No finding"), _("The checks found nothing to look at in this form."))
            return
        sign, tone, word = {
            Severity.ERROR: (Sign.ERROR, Tone.BAD, _("Error")),
            Severity.WARNING: (Sign.WARNING, Tone.WARN, _("Warning")),
            Severity.NOTE: (Sign.INFO, Tone.BUSY, _("Remark")),
        }[shown.severity]
        if shown.kept is not None:
            sign, tone, word = Sign.KEPT, Tone.WARN, _("Kept")
        name = name_of(shown.unit)
        said = f"{name}: {render(shown.message)}" if name else render(shown.message)
        if shown.kept is not None:
            said = _("{message} Reason: {reason}").format(message=said, reason=shown.kept.reason)
        elif shown.advice is not None:
            said = f"{said} {render(shown.advice)}"
        self._show(sign, tone, word, said)

    def _count(self, part: SignLabel, count: int, many: str, one: str) -> None:
        part.setVisible(bool(count))
        part.words.setText((one if count == 1 else many.format(count=count)) if not self._compact else str(count))

    def _show(self, sign: Sign, tone: Tone, word: str, sentence: str) -> None:
        mark(self, tone=tone.value)
        self.word.show_state(sign, word, tone)
        self.sentence.setText(sentence)
        self.sentence.setToolTip(sentence)
        self.setAccessibleName(f"{word}. {sentence}")
