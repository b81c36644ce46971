"""The findings of files: one list of any length, grouped by sheet; below it the chosen one with what settles it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from desktop.domain.findings import Finding
from desktop.system.i18n import _, render
from desktop.ui.screens.entry.findings.model import Breach, FindingsModel, Group, count_words
from desktop.ui.screens.entry.findings.rows import FindingRows
from desktop.ui.screens.imports.grouping import grouped_by_sheet
from desktop.ui.widgets.findings import look, place
from desktop.ui.widgets.parts import Panel, SignLabel, button, column, label, row

WIDTH: Final = 284
BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class Cure:
    """One way to settle a finding: a key the screen knows, and its words."""

    key: str
    text: str


class FileFindings(FindingsModel):
    """Groups are sheets instead of communes; the place of a finding is its cell."""

    def show_groups(self, groups: Iterable[Group]) -> None:
        """Other findings, as they were grouped on the worker."""
        self.beginResetModel()
        self.groups = list(groups)
        for group in self.groups:
            group.is_unfolded = self._is_unfolded(group.unit)
        self._flatten()
        self.endResetModel()

    def place(self, breach: Breach) -> str:
        """The cell, row or column, and how many more; the sheet stands over the group."""
        cell = breach.first
        at = place(Finding(cell.rule, cell.severity, cell.message, row=cell.row, column=cell.column))
        more = len(breach.findings) - 1
        return f"{at} +{more}" if more and at else at


class Card(QFrame):
    """One finding in full, and the buttons that settle it."""

    cure_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "foot")
        self.word = SignLabel(None, "", strong=True)
        self.place = label("", "hint")
        self.message = label(wrap=True)
        self.advice = label("", "hint", wrap=True)
        for part in (self.message, self.advice):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = row(self.word, gap=6)
        head.addWidget(self.place)
        body = column(gap=4, margins=(11, 8, 8, 9))
        body.addLayout(head)
        body.addWidget(self.message)
        body.addWidget(self.advice)
        self._cures: QVBoxLayout = column(gap=4)
        body.addLayout(self._cures)
        self.setLayout(body)
        self.buttons: dict[str, QWidget] = {}

    def show_finding(self, finding: Finding, where: str, cures: Sequence[Cure]) -> None:
        """One finding; where the desk can settle it, that stands instead of the advice to mend the file."""
        sign, tone, word = look(finding)
        self.word.show_state(sign, word, tone)
        self.place.setText(where)
        self.message.setText(render(finding.message))
        advice = render(finding.advice) if finding.advice is not None else ""
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice) and not cures)
        for part in self.buttons.values():
            self._cures.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.buttons = {}
        for cure in cures:
            made = button(cure.text, partial(self.cure_asked.emit, cure.key), kind="small")
            self.buttons[cure.key] = made
            self._cures.addWidget(made)


class FindingPanel(Panel):
    """All findings of all files."""

    went = Signal(object)
    """A `Finding` to go to."""
    cure_asked = Signal(str, object)
    """A cure's key and its `Finding`."""

    def __init__(self) -> None:
        super().__init__(_("Findings"))
        self.setFixedWidth(WIDTH)
        self.model = FileFindings()
        self.counts = label("", "hint")
        self.add_to_head(self.counts)
        self.rows = FindingRows(self.model)
        self.rows.setLayoutMode(QListView.LayoutMode.Batched)
        self.rows.setBatchSize(BATCH)
        self.nothing = label(_("Nothing to look at in these files."), "hint", wrap=True)
        self.nothing.setMargin(11)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add(self.rows, 1)
        self.add(self.nothing, 1)
        self.card = Card()
        self.add(self.card)
        self.next = button(_("Next  F8"), lambda: self.step(1), kind="small")
        self.add_foot(self.next, None)
        self._seen: dict[Finding, int] = {}
        self.rows.went.connect(self._go)
        self.rows.chosen_changed.connect(self._show_chosen)
        self.card.cure_asked.connect(self._cure)
        self.cures_of: Callable[[Finding], Sequence[Cure]] = _no_cures

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Other findings; the list stays where it was."""
        self.show_groups(grouped_by_sheet(findings))

    def show_groups(self, groups: Sequence[Group]) -> None:
        """The same, grouped before."""
        top = self.rows.verticalScrollBar().value()
        self.model.show_groups(groups)
        errors, warnings, _kept = self.model.counts()
        said = count_words(errors, warnings, 0)
        self.counts.setText(said)
        self.setAccessibleDescription(said)
        self.rows.setVisible(bool(groups))
        self.nothing.setVisible(not groups)
        self.next.setEnabled(bool(groups))
        self.rows.verticalScrollBar().setValue(top)
        self._show_chosen()

    def point_at(self, finding: Finding) -> None:
        """Choose a finding in the list."""
        at = next(
            (n for n, one in enumerate(self.model.rows) if isinstance(one, Breach) and finding in one.findings), None
        )
        if at is not None:
            self.rows.show_row(at)

    def point_at_cell(self, file: str, sheet: str, row_number: int, letter: str) -> None:
        """Choose the finding of a cell, where it has one."""
        for at, one in enumerate(self.model.rows):
            if isinstance(one, Breach):
                cells = {(first.row, first.column, first.sheet, first.file) for first in one.findings}
                if (row_number, letter, sheet, file) in cells:
                    self.rows.show_row(at)
                    return

    def step(self, by: int) -> None:
        """The next finding, round the list."""
        places = [at for at, one in enumerate(self.model.rows) if isinstance(one, Breach)]
        if not places:
            return
        here = self.rows.currentIndex().row()
        ahead = [at for at in places if (at > here if by > 0 else at < here)]
        at = (ahead[0] if by > 0 else ahead[-1]) if ahead else (places[0] if by > 0 else places[-1])
        self.rows.show_row(at)
        current = self.rows.current()
        if current is not None:
            self._go(current)

    def _go(self, breach: Breach) -> None:
        """To its cell; where several are alike, to each in turn."""
        at = self._seen.get(breach.first, -1) + 1
        self._seen = {breach.first: at % len(breach.findings)}
        self.went.emit(breach.findings[at % len(breach.findings)])

    def _show_chosen(self) -> None:
        chosen = self.rows.current() if self.rows.selectionModel().hasSelection() else None
        self.card.setVisible(chosen is not None)
        if chosen is not None:
            self.card.show_finding(chosen.first, self.model.place(chosen), self.cures_of(chosen.first))

    def _cure(self, key: str) -> None:
        current = self.rows.current()
        if current is not None:
            self.cure_asked.emit(key, current.first)


def _no_cures(_finding: Finding) -> Sequence[Cure]:
    return ()
