"""Điền vào mẫu: the workbook and how it is read at the left, the cells in the middle, findings at the right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.application.filling import Action, FillCell, FillPlan
from desktop.domain.elements import Catalogue
from desktop.domain.periods import Period
from desktop.domain.values import Kind
from desktop.system.i18n import _, grouped, render
from desktop.ui import words
from desktop.ui.screens.imports.findings import FindingPanel
from desktop.ui.screens.imports.left import WIDTH, kind_words
from desktop.ui.screens.imports.switches import Switches
from desktop.ui.screens.imports.taken import Sure, Taken
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import Elided, Empty, Notice, Panel, button, column, label, row, rule
from desktop.ui.widgets.tables import ROW, Column, RowsModel, Table

FIRST: Final = (
    Action.WRITE, Action.REPLACE, Action.KEPT, Action.SAME, Action.FORMULA, Action.MERGED, Action.UNKNOWN,
)  # fmt: skip
WRITTEN: Final = (Action.WRITE, Action.REPLACE)
_SIGNS: Final = {
    Action.SAME: Sign.COMPLETE,
    Action.KEPT: Sign.KEPT,
    Action.FORMULA: Sign.LOCKED,
    Action.MERGED: Sign.LOCKED,
    Action.UNKNOWN: Sign.NOT_STARTED,
}
_SURE: Final = {Sure.YES: Sign.CHECKED, Sure.SETTLED: Sign.KEPT, Sure.DOUBTFUL: Sign.WARNING, Sure.NO: Sign.NOT_STARTED}
Key = tuple[str, int, str]


def action_words(action: Action) -> str:
    """What becomes of a cell, in words."""
    return {
        Action.WRITE: _("fill in"),
        Action.REPLACE: _("replace"),
        Action.SAME: _("says the same"),
        Action.KEPT: _("holds another figure, kept"),
        Action.FORMULA: _("formula, kept"),
        Action.MERGED: _("merged, kept"),
        Action.UNKNOWN: _("no figure in the record"),
    }[action]


def short_words(action: Action) -> str:
    """The same on a switch."""
    return {
        Action.WRITE: _("Fill in"),
        Action.REPLACE: _("Replace"),
        Action.SAME: _("Same"),
        Action.KEPT: _("Kept"),
        Action.FORMULA: _("Formula"),
        Action.MERGED: _("Merged"),
        Action.UNKNOWN: _("No figure"),
    }[action]


def key_of(cell: FillCell) -> Key:
    """Where a cell is: sheet, row, column."""
    return (cell.sheet, cell.row, cell.column)


class CellTable(Table):
    """A click on the sign, or Space, takes a cell out or puts it back."""

    toggled = Signal(object)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The first column is the mark."""
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        if index.isValid() and index.column() == 0:
            self.toggled.emit(index.data(ROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space marks."""
        index: QModelIndex = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and index.isValid():
            self.toggled.emit(index.data(ROW))
            return
        super().keyPressEvent(event)


class FillView(QWidget):
    """Everything of the tab below the page bar."""

    file_asked = Signal()
    options_changed = Signal()
    settle_asked = Signal(object)
    save_asked = Signal()
    leave_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.without: set[Key] = set()
        self._cells: Sequence[FillCell] = ()
        self._known: Catalogue | None = None
        self.action: Action | None = None
        self._is_compact = self._has_sheets = False
        self.stack = QStackedLayout()
        self.stack.addWidget(self._first())
        self.stack.addWidget(self._desk())
        self.setLayout(self.stack)

    def _first(self) -> Panel:
        panel = Panel()
        self.refusal = QWidget()
        self._refusal: QVBoxLayout = column(margins=(12, 12, 12, 0))
        self.refusal.setLayout(self._refusal)
        self.refusal.hide()
        panel.add(self.refusal)
        self.first_act = button(_("Choose a workbook…"), self.file_asked.emit, kind="primary")
        text = _(
            "Choose a workbook that somebody else wants filled in, or drop it here. Its empty cells are matched with "
            "the figures of the period shown above and shown to you first; then a copy is saved. Formats, formulas and "
            "other sheets stay as they are."
        )
        panel.add(Empty(_("No workbook chosen yet"), text, self.first_act), 1)
        return panel

    def _desk(self) -> QWidget:
        desk = QWidget()
        self.findings = FindingPanel()
        line = row(gap=8)
        line.addWidget(self._left())
        line.addWidget(self._middle(), 1)
        line.addWidget(self.findings)
        desk.setLayout(line)
        return desk

    def _left(self) -> Panel:
        panel = Panel(_("Workbook"))
        panel.setFixedWidth(WIDTH)
        self.left = panel
        form = QFormLayout()
        form.setContentsMargins(11, 8, 8, 6)
        form.setVerticalSpacing(4)
        form.setHorizontalSpacing(6)
        self.file = Elided()
        self.period = label("", "head")
        self.sheets = label("", "second", wrap=True)
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Figures"))
        self.kinds: tuple[Kind | None, ...] = (None, *Kind)
        self.kind.addItems([_("as the title says"), *(kind_words(one) for one in Kind)])
        self.kind.activated.connect(lambda _at: self.options_changed.emit())
        self.replacing = QCheckBox(_("Replace other figures too"))
        self.replacing.clicked.connect(lambda _on: self.options_changed.emit())
        form.addRow(label(_("File"), "second"), self.file)
        form.addRow(label(_("Period"), "second"), self.period)
        form.addRow(label(_("Sheets"), "second"), self.sheets)
        form.addRow(label(_("Figures"), "second"), self.kind)
        form.addRow(self.replacing)
        held = QWidget()
        held.setLayout(form)
        panel.add(held)
        panel.add(rule())
        self.taken_model: RowsModel[Taken] = RowsModel(
            [
                Column(_("In the file"), lambda one: f"{one.place}  {one.short}", width=118, tip=_whole),
                Column(_("Taken for"), lambda one: one.meaning, sign=lambda one: _SURE[one.sure], stretch=True),
            ]
        )
        self.taken = Table(self.taken_model, name=_("Headings and names"))
        self.taken.row_opened.connect(self.settle_asked)
        panel.add(self.taken, 1)
        self.settle = button(_("Settle…"), self._settle, kind="small")
        panel.add_foot(self.settle, None, button(_("Another workbook…"), self.file_asked.emit, kind="small"))
        return panel

    def _settle(self) -> None:
        chosen = self.taken.chosen()
        if chosen is not None:
            self.settle_asked.emit(chosen)

    def _middle(self) -> Panel:
        panel = Panel(_("What will stand in the workbook"))
        self.middle = panel
        self.hint = label(_("Space takes a cell out or puts it back"), "hint")
        panel.add_to_head(self.hint)
        self.switches: Switches[Action] = Switches(FIRST, short_words, self.narrow)
        head = QWidget()
        head.setLayout(self.switches.line)
        panel.add(head)
        self.model: RowsModel[FillCell] = RowsModel(self._columns())
        self.table = CellTable(self.model, name=_("Cells of the workbook"))
        self.table.toggled.connect(self.toggle)
        panel.add(self.table, 1)
        self.saved = QWidget()
        self._saved: QVBoxLayout = column(margins=(8, 8, 8, 8))
        self.saved.setLayout(self._saved)
        self.saved.hide()
        panel.add(self.saved)
        self.leave = button(_("Leave"), self.leave_asked.emit)
        self.source_hint = label(_("The workbook itself is never written over."), "hint")
        self.save = button(_("Save as…"), self.save_asked.emit, kind="primary")
        panel.add_foot(self.source_hint, None, self.leave, self.save)
        return panel

    def _columns(self) -> list[Column[FillCell]]:
        return [
            Column("", lambda _one: "", sign=self._mark, width=30, tip=self._mark_words),
            Column(_("Cell"), self._place, width=54, tip=lambda one: one.sheet),
            Column(_("Commune, town"), lambda one: words.unit_name(one.unit_name), width=128),
            Column(_("Item"), self._name, stretch=True, tip=self._full),
            Column(_("Now"), lambda one: one.held, number=True, width=66, tone=lambda _one: Tone.MUTE),
            Column(_("Will stand"), self._text, number=True, width=76, strong=self._is_taken),
            Column(_("What happens"), self._action, sign=lambda one: _SIGNS.get(one.action), width=146),
        ]

    def _place(self, one: FillCell) -> str:
        return f"{one.sheet}!{one.column}{one.row}" if self._has_sheets else f"{one.column}{one.row}"

    def _mark(self, one: FillCell) -> Sign | None:
        if one.action not in WRITTEN:
            return None
        return Sign.CHECKED if self._is_taken(one) else Sign.NOT_STARTED

    def _mark_words(self, one: FillCell) -> str:
        if one.action not in WRITTEN:
            return ""
        return _("will be written") if self._is_taken(one) else _("taken out")

    def _is_taken(self, one: FillCell) -> bool:
        return one.action in WRITTEN and key_of(one) not in self.without

    def _text(self, one: FillCell) -> str:
        return one.text if self._is_taken(one) else one.held

    def _action(self, one: FillCell) -> str:
        if one.action in WRITTEN and not self._is_taken(one):
            return _("taken out")
        return words.capital(action_words(one.action))

    def _name(self, one: FillCell) -> str:
        element = self._known.elements.get(one.element) if self._known else None
        return words.short(element) if element else one.element

    def _full(self, one: FillCell) -> str:
        element = self._known.elements.get(one.element) if self._known else None
        return words.named(element.name_vi, element.name_en) if element else one.element

    # ---- showing ----

    @property
    def has_plan(self) -> bool:
        """Whether cells are shown."""
        return self.stack.currentIndex() == 1

    def show_nothing(self, refused: tuple[str, str] | None = None) -> None:
        """No workbook is chosen, or the chosen one was refused: why, and what to do."""
        while self._refusal.count():
            old = self._refusal.takeAt(0).widget()
            if old is not None:
                old.deleteLater()
        if refused is not None:
            self._refusal.addWidget(Notice(Tone.BAD, *refused))
        self.refusal.setVisible(refused is not None)
        self.stack.setCurrentIndex(0)

    def show_plan(self, plan: FillPlan, taken: Sequence[Taken], known: Catalogue) -> None:
        """What would be written."""
        self._known = known
        self.stack.setCurrentIndex(1)
        self.saved.hide()
        self.file.setText(plan.file.name)
        self.file.setToolTip(str(plan.file))
        self.show_period(plan.period)
        self.sheets.setText(", ".join(plan.columns) or "0")
        self.taken_model.show(taken)
        self.settle.setEnabled(bool(taken))
        self.findings.show_findings(plan.findings)
        order = {action: place for place, action in enumerate(FIRST)}
        self._cells = sorted(plan.cells, key=lambda one: order[one.action])
        self._has_sheets = len({cell.sheet for cell in plan.cells}) > 1
        self.table.setColumnWidth(1, 96 if self._has_sheets else 54)
        self.without &= {key_of(cell) for cell in plan.cells}
        counts = Counter(one.action for one in plan.cells)
        self.switches.count(len(plan.cells), counts)
        self.narrow(self.action if self.action is None or counts[self.action] else None)
        self._count()

    def show_period(self, period: Period) -> None:
        """The period of the figures: that of the window."""
        self.period.setText(words.capital(render(period.sentence())))

    def narrow(self, action: Action | None) -> None:
        """Only cells with one action; None shows all."""
        self.action = action
        self.switches.made[action].setChecked(True)
        self.model.show([one for one in self._cells if action in (None, one.action)])

    def toggle(self, cell: FillCell) -> None:
        """Take a cell out, or put it back."""
        if cell.action not in WRITTEN:
            return
        self.without ^= {key_of(cell)}
        self.table.viewport().update()
        self._count()

    def _count(self) -> None:
        count = sum(self._is_taken(one) for one in self._cells)
        out = len(self.without)
        text = _("1 cell") if count == 1 else _("{count} cells").format(count=grouped(count))
        self.save.setText(_("Save as… ({cells})").format(cells=text))
        self.save.setEnabled(bool(count))
        said = _("{count} taken out").format(count=out) if out else _("Space takes a cell out or puts it back")
        self.hint.setText(said)

    def show_saved(self, file: Path, cells: int) -> None:
        """The copy lies on the disk."""
        while self._saved.count():
            old = self._saved.takeAt(0).widget()
            if old is not None:
                old.deleteLater()
        title = _("{count} cells filled in, saved as {file}.").format(count=grouped(cells), file=file.name)
        self._saved.addWidget(Notice(Tone.GOOD, title, str(file.parent)))
        self.saved.show()

    def set_compact(self, compact: bool) -> None:
        """Little room: the findings come in the place of the left panel, with a button."""
        self._is_compact = compact
        self.left.setFixedWidth(210 if compact else WIDTH)
        self.taken.setColumnWidth(0, 96 if compact else 118)
        self.findings.setFixedWidth(248 if compact else 284)
        self.hint.setVisible(not compact)
        self.source_hint.setVisible(not compact)
        self.show_side(on=False)

    def show_side(self, on: bool) -> None:
        """Show the findings instead of the left panel; with room both stand."""
        self.findings.setVisible(on or not self._is_compact)
        self.left.setVisible(not (on and self._is_compact))


def _whole(one: Taken) -> str:
    return one.written
