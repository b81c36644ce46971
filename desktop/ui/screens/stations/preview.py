"""What a workbook would write, beside what holds, before anything is written."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.application.station_import import Arriving, Fate, StationPlan
from desktop.domain.findings import Finding, Severity, has_errors
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.screens.stations import cells
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.findings import FindingList
from desktop.ui.widgets.parts import Panel, button, column, row
from desktop.ui.widgets.tables import Column, RowsModel, Table

FINDINGS: Final = 300
NARROW: Final = 226
HELD: Final = 2
"""The column of what holds now: it goes first where there is little room."""


def fate_name(fate: Fate) -> str:
    """What becomes of an answer, in words."""
    return {
        Fate.NEW: _("new"),
        Fate.OTHER: _("other answer"),
        Fate.CONFIRMED: _("confirmed"),
        Fate.SAME: _("the same"),
        Fate.KEPT: _("typed, stays"),
    }[fate]


_SIGNS: Final = {
    Fate.NEW: (Sign.COMPLETE, Tone.GOOD),
    Fate.OTHER: (Sign.WARNING, Tone.WARN),
    Fate.CONFIRMED: (Sign.CHECKED, Tone.GOOD),
    Fate.SAME: (None, Tone.MUTE),
    Fate.KEPT: (Sign.LOCKED, Tone.MUTE),
}


class PreviewPanel(QWidget):
    """Answers of the file at the left, what was found at the right; below, the one act."""

    dropped = Signal()
    taken = Signal(bool)
    """Write it; whether typed answers give way."""

    def __init__(self) -> None:
        super().__init__()
        self.plan: StationPlan | None = None
        self._compact = False
        self.model: RowsModel[Arriving] = RowsModel(
            [
                Column(_("Station"), lambda one: one.place.name, width=210),
                Column(_("What is asked"), lambda one: cells.name(one.answer.item), stretch=True, tip=_name),
                Column(_("Holds now"), _held, width=130, tip=_held),
                Column(_("In the file"), _told, width=130, tip=_told, strong=lambda one: one.fate is not Fate.SAME),
                Column(
                    _("What becomes of it"),
                    lambda one: fate_name(one.fate),
                    sign=lambda one: _SIGNS[one.fate][0],
                    tone=lambda one: _SIGNS[one.fate][1],
                    width=128,
                ),
            ]
        )
        self.table = Table(self.model, name=_("Answers of the file"))
        self.panel = Panel(" ")
        self.panel.add(self.table, 1)
        self.over = QCheckBox(_("Typed answers give way to the file"))
        self.over.toggled.connect(lambda _on: self._count())
        self.drop = button(_("Leave it"), self.dropped.emit)
        self.take = button(" ", self._take, kind="primary")
        self.panel.add_foot(self.over, None, self.drop, self.take)
        self.findings = FindingList(_("Findings of the file"))
        self.found = Panel(_("Findings"))
        self.found.setFixedWidth(FINDINGS)
        self.found.add(self.findings, 1)
        leave = QShortcut(QKeySequence("Esc"), self, self.dropped.emit)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        body = row(gap=8)
        body.addWidget(self.panel, 1)
        body.addWidget(self.found)
        whole = column(gap=0)
        whole.addLayout(body, 1)
        self.setLayout(whole)

    def set_compact(self, compact: bool) -> None:
        """Findings stand beside only where there are some."""
        self._compact = compact
        self.found.setFixedWidth(NARROW if compact else FINDINGS)
        has_findings = bool(self.plan and self.plan.findings)
        self.found.setVisible(not compact or has_findings)
        self.table.setColumnHidden(HELD, compact and has_findings)
        self.table.setColumnWidth(0, 150 if compact else 210)
        self.table.setColumnWidth(HELD + 1, 90 if compact else 130)

    def show_plan(self, plan: StationPlan) -> None:
        """Another file; what changes something stands first."""
        self.plan = plan
        order = {Fate.OTHER: 0, Fate.KEPT: 1, Fate.NEW: 2, Fate.CONFIRMED: 3, Fate.SAME: 4}
        self.model.show(sorted(plan.rows, key=lambda one: order[one.fate]))
        self.panel.set_title(_("As of {day}: {file}").format(file=plan.file, day=words.day(plan.day)))
        self.over.setVisible(any(one.fate is Fate.KEPT for one in plan.rows))
        self.over.setChecked(False)
        nothing = _("Nothing in this file is doubtful.")
        found = sorted(plan.findings, key=lambda one: list(Severity).index(one.severity))
        sheets = {one.sheet for one in found if one.sheet}
        self.findings.show_findings(found, nothing, partial(_where, has_sheets=len(sheets) > 1), lambda _one: "")
        self.set_compact(self._compact)
        self._count()

    def _count(self) -> None:
        if self.plan is None:
            return
        count = len(self.plan.written(replace_typed=self.over.isChecked()))
        if has_errors(list(self.plan.findings)):
            self.take.setText(_("Take {count} answers without the faulty ones").format(count=count))
        else:
            self.take.setText(_("Take {count} answers").format(count=count))
        self.take.setEnabled(count > 0)

    def _take(self) -> None:
        self.taken.emit(self.over.isChecked())


def _where(one: Finding, *, has_sheets: bool) -> str:
    """The cell, with its sheet where the file has several."""
    cell = f"{one.column or ''}{one.row or ''}"
    return f"{one.sheet}!{cell}" if has_sheets and one.sheet and cell else cell


def _name(one: Arriving) -> str:
    return cells.name(one.answer.item)


def _held(one: Arriving) -> str:
    return cells.answer(one.answer.item, one.held.value) if one.held is not None else ""


def _told(one: Arriving) -> str:
    return cells.answer(one.answer.item, one.answer.value)
