"""Finding cards: sign, word, place; what is wrong; what to do. A bar in the colour of the status at the left."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.findings import Finding, Severity
from desktop.system.i18n import _, render
from desktop.ui.style.palette import Tone, palette
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import Elided, SignLabel, button, column, label, row

MOST = 200


def look(finding: Finding) -> tuple[Sign, Tone, str]:
    """Sign, tone and word of a finding."""
    if finding.kept is not None:
        return Sign.KEPT, Tone.WARN, _("Kept")
    return {
        Severity.ERROR: (Sign.ERROR, Tone.BAD, _("Error")),
        Severity.WARNING: (Sign.WARNING, Tone.WARN, _("Warning")),
        Severity.NOTE: (Sign.INFO, Tone.BUSY, _("Remark")),
    }[finding.severity]


def place(finding: Finding) -> str:
    """Where it is in a file: sheet, cell or row."""
    cell = f"{finding.column or ''}{finding.row or ''}"
    if finding.row and not finding.column:
        cell = _("row {row}").format(row=finding.row)
    elif finding.column and not finding.row:
        cell = _("column {column}").format(column=finding.column)
    return ", ".join(part for part in (finding.sheet, cell) if part)


class FindingCard(QFrame):
    """One finding; a click or Enter goes to its place."""

    chosen = Signal(object)
    mend_asked = Signal(object)

    def __init__(self, finding: Finding, where: str, mend: str = "") -> None:
        super().__init__()
        self.finding = finding
        sign, self._tone, word = look(finding)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        body = column(gap=2, margins=(12, 7, 8, 8))
        head = SignLabel(sign, word, strong=True, tone=self._tone)
        line = row(head)
        at = Elided(where)
        at.setProperty("kind", "hint")
        at.setToolTip(where)
        at.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(at, 1)
        body.addLayout(line)
        body.addWidget(label(render(finding.message), wrap=True))
        if finding.advice is not None:
            body.addWidget(label(render(finding.advice), "hint", wrap=True))
        if mend:
            body.addLayout(row(button(mend, lambda: self.mend_asked.emit(finding), kind="small"), None))
        self.setLayout(body)
        said = f"{word}. {where}. {render(finding.message)}"
        self.setAccessibleName(said)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar at the left, the hairline below, the light ground of the current one."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(palette().accent_light if self.hasFocus() else palette().sheet))
        painter.fillRect(0, 0, 3, self.height(), QColor(palette().text(self._tone)))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(palette().line))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        self.setFocus()
        self.chosen.emit(self.finding)


class FindingList(QScrollArea):
    """Cards below each other, errors first."""

    chosen = Signal(object)
    mend_asked = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cards: list[FindingCard] = []

    def show_findings(
        self,
        findings: Sequence[Finding],
        nothing: str,
        where: Callable[[Finding], str] = place,
        mend: Callable[[Finding], str] = lambda _finding: "",
        *,
        most: int = MOST,
    ) -> None:
        """Other findings; `nothing` is said where there are none. Cells of one broken rule share a card.

        `mend` is what the button on a card says that mends it, empty for no button.
        """
        findings = list({(f.group or f.id, str(f.message), where(f)): f for f in reversed(findings)}.values())[::-1]
        ordered = sorted(
            findings, key=lambda finding: (finding.kept is not None, list(Severity).index(finding.severity))
        )
        sheet = QWidget()
        sheet.setProperty("kind", "sheet")
        body = QVBoxLayout()
        body.setSpacing(0)
        body.setContentsMargins(0, 0, 0, 0)
        self.cards = [FindingCard(finding, where(finding), mend(finding)) for finding in ordered[:most]]
        for card in self.cards:
            card.chosen.connect(self.chosen)
            card.mend_asked.connect(self.mend_asked)
            body.addWidget(card)
        if not findings:
            body.addLayout(column(label(nothing, "hint", wrap=True), margins=(11, 9, 11, 9)))
        elif len(ordered) > most:
            more = _("{count} more in the saved list.").format(count=len(ordered) - most)
            body.addLayout(column(label(more, "hint"), margins=(11, 9, 11, 9)))
        body.addStretch(1)
        sheet.setLayout(body)
        self.setWidget(sheet)
