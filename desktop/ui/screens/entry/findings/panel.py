"""The panel of findings: how many, the list by commune, and below it the chosen one in full with what can be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QWidget

from desktop.domain.findings import Finding, Severity
from desktop.system.i18n import _, grouped, render
from desktop.ui.screens.entry.findings.mending import mend_words
from desktop.ui.screens.entry.findings.model import Breach, FindingsModel, count_words
from desktop.ui.screens.entry.findings.rows import FindingRows
from desktop.ui.screens.entry.history import moment_of
from desktop.ui.widgets.findings import look
from desktop.ui.widgets.parts import Panel, SignLabel, button, column, label, row

WIDTH: Final = 272
MANY: Final = 12
"""From so many findings on they can be narrowed."""
ALL: Final = "all"


def only_words() -> tuple[tuple[str, str], ...]:
    """What the list can be narrowed to."""
    return (
        (ALL, _("All findings")),
        ("open", _("Only those nobody kept")),
        ("error", _("Only errors")),
        ("warning", _("Only warnings")),
    )


def is_wanted(finding: Finding, wanted: str) -> bool:
    """Whether a finding belongs to what is shown."""
    if finding.kept is not None:
        return False
    return wanted in ("open", finding.severity.value)


class FindingCard(QFrame):
    """One finding in full: what is wrong, what to do, who kept it and why; or several, to be kept together."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "foot")
        self.word = SignLabel(None, "", strong=True)
        self.place = label("", "hint")
        self.message, self.advice, self.reason = (
            label(wrap=True),
            label("", "hint", wrap=True),
            label("", "hint", wrap=True),
        )
        for part in (self.message, self.advice, self.reason):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.mend = button(_("Mend what the checks found"), kind="small")
        self.mend.hide()
        self.keep = button(_("Keep, with reason…"), kind="small")
        self.go = button(_("Go to the cell"), kind="small")
        head = row(self.word, gap=6)
        head.addWidget(self.place)
        body = column(gap=4, margins=(11, 8, 8, 9))
        body.addLayout(head)
        for part in (self.message, self.advice, self.reason):
            body.addWidget(part)
        body.addLayout(row(self.mend, None))
        body.addLayout(row(self.keep, self.go, None, gap=6))
        self.setLayout(body)

    def show_one(self, breach: Breach, place: str, earlier: str, mend: str) -> None:
        """One breach; `earlier` is the reason accepted in an earlier year, `mend` what one click mends, in words."""
        finding = breach.first
        sign, tone, word = look(finding)
        self.word.show_state(sign, word, tone)
        self.place.setText(place)
        self._say(render(finding.message), render(finding.advice) if finding.advice else "")
        kept = finding.kept
        said = (
            _("“{reason}” {who}, {when}").format(
                reason=kept.reason, who=kept.who or _("this computer"), when=moment_of(kept.when)
            )
            if kept
            else ""
        )
        self.reason.setText(said or earlier)
        self.reason.setVisible(bool(said or earlier))
        if mend:
            self.mend.setText(mend)
        self.mend.setVisible(bool(mend))
        self.keep.setText(_("Keep, with reason…"))
        self.keep.setVisible(breach.is_open and finding.severity is not Severity.NOTE)
        self.go.show()

    def show_many(self, breaches: list[Breach]) -> None:
        """Several breaches: one reason may serve them all."""
        self.word.show_state(None, _("{count} findings chosen").format(count=grouped(len(breaches))))
        self.place.setText("")
        self._say(_("One reason may serve them all."), "")
        self.reason.hide()
        self.mend.hide()
        open_ones = [breach for breach in breaches if breach.is_open]
        self.keep.setText(_("Keep {count}, with one reason…").format(count=grouped(len(open_ones))))
        self.keep.setVisible(bool(open_ones))
        self.go.hide()

    def _say(self, message: str, advice: str) -> None:
        self.message.setText(message)
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice))


class FindingPanel(Panel):
    """What the checks say about the form that is shown, in both ways of entering."""

    went = Signal(object)
    """A `Breach` to go to."""
    keep_asked = Signal(object)
    """A list of `Breach`."""
    mend_asked = Signal(object)
    """A `Breach` whose proposed mend is taken."""
    step_asked = Signal(int)
    check_asked = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(_("Findings"))
        self.setFixedWidth(WIDTH)
        self.model = FindingsModel()
        self.counts: QLabel = label("", "hint")
        self.add_to_head(self.counts)
        close = button(
            "", self.closed.emit, kind="icon", icon="panel_left_expand_20_regular", tip=_("Hide the findings")
        )
        close.setProperty("kind", "bare")
        self.add_to_head(close)
        self.earlier: Callable[[Finding], str] = lambda _finding: ""
        """Gives the reason accepted for the same finding in an earlier year, in words."""
        self._shown: tuple[Sequence[Finding], Mapping[str, str], Mapping[str, int]] = ((), {}, {})
        self.only = QComboBox()
        self.only.setAccessibleName(_("Show only"))
        for name, text in only_words():
            self.only.addItem(text, name)
        self.only.activated.connect(lambda _at: self.show_findings(*self._shown))
        self.filter_row = QWidget()
        self.filter_row.setLayout(column(self.only, margins=(8, 4, 8, 4)))
        self.filter_row.hide()
        self.add(self.filter_row)
        self.rows = FindingRows(self.model)
        self.nothing = label(_("The checks found nothing to look at in this form."), "hint", wrap=True)
        self.nothing.setMargin(11)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add(self.rows, 1)
        self.add(self.nothing, 1)
        self.card = FindingCard()
        self.add(self.card)
        self.next = button(_("Next  F8"), lambda: self.step_asked.emit(1), kind="small")
        self.again = button(_("Check again  F9"), self.check_asked.emit, kind="small")
        self.add_foot(self.next, self.again, None)
        self.rows.went.connect(self.went)
        self.rows.chosen_changed.connect(self._show_chosen)
        self.card.keep.clicked.connect(lambda: self.keep_asked.emit(self.rows.chosen()))
        self.card.go.clicked.connect(self._go)
        self.card.mend.clicked.connect(self._mend)
        self._show_chosen()

    def show_findings(self, findings: Sequence[Finding], names: Mapping[str, str], columns: Mapping[str, int]) -> None:
        """Other findings; what was chosen stays chosen where it still stands."""
        self._shown = (findings, names, columns)
        self.filter_row.setVisible(len(findings) > MANY or self.only.currentIndex() > 0)
        wanted = self.only.currentData()
        if wanted != ALL:
            findings = [finding for finding in findings if is_wanted(finding, wanted)]
        held = self.rows.current()
        top = self.rows.verticalScrollBar().value()
        self.model.show(findings, names=names, columns=columns)
        errors, warnings, _kept = self.model.counts()
        said = count_words(errors, warnings, 0)
        self.counts.setText(said)
        self.setAccessibleDescription(said)
        has_any = bool(self.model.groups)
        self.rows.setVisible(has_any)
        self.nothing.setVisible(not has_any)
        self.nothing.setText(
            _("The checks found nothing to look at in this form.")
            if wanted == ALL
            else _("Nothing of this kind. Choose “All findings” to see the others.")
        )
        self.next.setEnabled(has_any)
        if held is not None:
            self.point_at(held.first)
        self.rows.verticalScrollBar().setValue(top)

    def point_at(self, finding: Finding | None) -> None:
        """Show the finding of the current cell in the list and below it; the focus stays where it is."""
        at = self.model.row_of(finding) if finding is not None else None
        if at is not None:
            self.rows.show_row(at)
        elif self.rows.selectionModel().hasSelection():
            self.rows.clearSelection()

    def _show_chosen(self) -> None:
        chosen = self.rows.chosen()
        self.card.setVisible(bool(chosen))
        if len(chosen) == 1:
            breach = chosen[0]
            earlier = self.earlier(breach.first) if breach.is_open else ""
            mend = mend_words(breach.first, self._shown[2], self._name_of)
            self.card.show_one(breach, self.model.place(breach), earlier, mend)
        elif chosen:
            self.card.show_many(chosen)

    def _name_of(self, unit: str) -> str:
        return self._shown[1].get(unit, unit)

    def _mend(self) -> None:
        chosen = self.rows.chosen()
        if len(chosen) == 1:
            self.mend_asked.emit(chosen[0])

    def _go(self) -> None:
        chosen = self.rows.chosen()
        if chosen:
            self.went.emit(chosen[0])
