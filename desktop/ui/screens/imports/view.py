"""The import desk: files at the left, what they say in the middle, findings at the right; nothing is written before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.application.imports import ImportPlan
from desktop.domain.elements import Catalogue
from desktop.domain.findings import Finding, Severity
from desktop.system.i18n import _, render
from desktop.ui import words
from desktop.ui.screens.imports.model import Counts, Line, SheetView, columns
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.findings import FindingList, place
from desktop.ui.widgets.parts import Empty, PageBar, Panel, SignLabel, button, column, label, row
from desktop.ui.widgets.tables import Column, RowsModel, Table

SUFFIXES = (".xlsx", ".xls", ".ods", ".csv", ".xlsm")


class ImportView(QWidget):
    """Everything of the page."""

    files_asked = Signal()
    files_dropped = Signal(object)
    sheet_chosen = Signal(object)
    options_changed = Signal()
    write_asked = Signal()
    leave_asked = Signal()
    save_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "desk")
        self.setAcceptDrops(True)
        self.bar = PageBar(_("From Excel"))
        self.add = button(_("Add files…"), self.files_asked.emit, icon="add_16_regular")
        self.bar.add(self.add)
        self.stack = QStackedLayout()
        first = Panel()
        self.first_act = button(_("Choose files…"), self.files_asked.emit, kind="primary")
        first.add(
            Empty(
                _("No file chosen yet"),
                _(
                    "Choose the summary files of the communes, or drop them here. Nothing is written "
                    "before you have seen what would change."
                ),
                self.first_act,
            ),
            1,
        )
        self.stack.addWidget(first)
        self.stack.addWidget(self._desk())
        body: QVBoxLayout = column(self.bar, gap=4)
        body.addLayout(self.stack, 1)
        self.setLayout(body)

    def _desk(self) -> QWidget:
        desk = QWidget()
        line = row(gap=8)
        line.addWidget(self._left())
        line.addWidget(self._middle(), 1)
        self.findings_panel = Panel(_("Findings"))
        self.findings_panel.setFixedWidth(292)
        self.counted = label("", "hint")
        self.findings_panel.add_to_head(self.counted)
        self.findings = FindingList(_("Findings"))
        self.findings_panel.add(self.findings, 1)
        line.addWidget(self.findings_panel)
        desk.setLayout(line)
        return desk

    def _left(self) -> Panel:
        panel = Panel(_("Files chosen"))
        panel.setFixedWidth(236)
        self.left = panel
        self.files_model: RowsModel[SheetView] = RowsModel(
            [
                Column(
                    "",
                    lambda view: view.file.file,
                    second=_sheet_words,
                    sign=_sheet_sign,
                    stretch=True,
                    tip=lambda view: f"{view.file.file}\n{_sheet_words(view)}",
                )
            ]
        )
        self.files = Table(self.files_model, name=_("Files chosen"), lines=2)
        self.files.row_chosen.connect(self.sheet_chosen)
        panel.add(self.files, 2)
        panel.add(label("  " + _("How it was read"), "head"))
        facts = QFormLayout()
        facts.setContentsMargins(11, 6, 11, 8)
        facts.setVerticalSpacing(3)
        self.facts = {name: label("", "head") for name in ("period", "kind", "encoding", "accepted", "skipped")}
        for part in self.facts.values():
            part.setAlignment(Qt.AlignmentFlag.AlignRight)
            part.setWordWrap(True)
        facts.addRow(label(_("Period"), "second"), self.facts["period"])
        facts.addRow(label(_("Figures"), "second"), self.facts["kind"])
        facts.addRow(label(_("Letters"), "second"), self.facts["encoding"])
        facts.addRow(label(_("Rows taken"), "second"), self.facts["accepted"])
        facts.addRow(label(_("Rows left out"), "second"), self.facts["skipped"])
        held = QWidget()
        held.setLayout(facts)
        panel.add(held)
        self.encoding = QComboBox()
        self.encoding.setAccessibleName(_("Letters of the files"))
        for name, text in (
            ("", _("Letters: found out")),
            ("unicode", _("Letters: Unicode")),
            ("tcvn3", _("Letters: TCVN3")),
            ("vni", _("Letters: VNI")),
        ):
            self.encoding.addItem(text, name)
        self.encoding.activated.connect(self.options_changed)
        self.replace = QCheckBox(_("Replace typed figures too"))
        self.replace.toggled.connect(self.options_changed)
        panel.add_inset(column(self.encoding, self.replace, gap=6))
        return panel

    def _middle(self) -> Panel:
        panel = Panel(_("What the file says"))
        self.middle = panel
        self.middle_hint = label("", "hint")
        panel.add_to_head(self.middle_hint)
        self.lines_model: RowsModel[Line] = RowsModel([])
        self.lines = Table(self.lines_model, name=_("What the file says"))
        panel.add(self.lines, 1)
        self.legend_words = label(_("grey: as it stands in the record · bold: replaces another figure"), "hint")
        self.legend_place = label(_("rows and columns as in Excel"), "hint")
        legend = row(
            SignLabel(Sign.ERROR, _("error"), small=True),
            SignLabel(Sign.WARNING, _("warning"), small=True),
            self.legend_words,
            None,
            self.legend_place,
            gap=12,
        )
        panel.add_inset(legend, (11, 5, 11, 2))
        self.effect_head = label(_("If written now (nothing is written yet)"), "head")
        self.effect = label("", wrap=True)
        panel.add_inset(column(self.effect_head, self.effect, gap=4), (11, 4, 11, 10))
        self.cancel = button(_("Leave"), self.leave_asked.emit)
        self.save = button(_("Save findings…"), self.save_asked.emit)
        self.write = button(_("Write"), self.write_asked.emit, kind="primary")
        self.undo_hint = label(_("Written at once, taken back with Ctrl+Z."), "hint")
        panel.add_foot(self.undo_hint, None, self.cancel, self.save, self.write)
        return panel

    # ---- showing ----

    def show_nothing(self) -> None:
        """No file is chosen."""
        self.stack.setCurrentIndex(0)
        self.bar.subtitle.setText("")
        self.add.setVisible(False)

    def show_plan(self, plan: ImportPlan, views: list[SheetView], *, written: int | None = None) -> None:
        """What the files say and what writing would do."""
        self.stack.setCurrentIndex(1)
        self.add.setVisible(True)
        counts = Counts.of(plan)
        files = len(plan.files)
        state = _("written") if written is not None else _("not written")
        self.bar.subtitle.setText(_("{count} files · {state}").format(count=files, state=state))
        self.left.set_title(_("Files chosen ({count})").format(count=files))
        self.files_model.show(views)
        self.show_findings(plan.findings)
        self.effect_head.setText(_("If written now (nothing is written yet)") if written is None else _("Done"))
        if written is not None:
            self.effect.setText(_("{count} cells written into the record.").format(count=written))
        else:
            self.effect.setText(
                _(
                    "{new} new cells · {changed} cells with another figure · {same} as they stand · "
                    "{kept} typed figures kept"
                ).format(new=counts.new, changed=counts.changed, same=counts.same, kept=counts.kept)
            )
        count = len(plan.writes)
        self.write.setText(_("Write {count} cells").format(count=count) if count != 1 else _("Write 1 cell"))
        self.write.setEnabled(bool(count) and written is None)
        self.cancel.setText(_("Leave") if written is None else _("To the figures"))
        self.save.setEnabled(bool(plan.findings))

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """All findings of all files."""
        errors = sum(finding.severity is Severity.ERROR for finding in findings)
        warnings = sum(finding.severity is Severity.WARNING for finding in findings)
        self.counted.setText(_("{errors} errors · {warnings} warnings").format(errors=errors, warnings=warnings))
        several = len({finding.file for finding in findings}) > 1
        where = (lambda finding: f"{place(finding)} · {finding.file}") if several else place
        self.findings.show_findings(findings, _("Nothing to look at in these files."), where)

    def show_sheet(self, view: SheetView, known: Catalogue) -> None:
        """One sheet."""
        self.lines_model = RowsModel(columns(view, known))
        shown = Table(self.lines_model, name=_("What the file says"))
        self.lines_model.show(view.lines)
        self.middle.replace(self.lines, shown)
        self.lines = shown
        self.middle.set_title(_("{file}, sheet {sheet}").format(file=view.file.file, sheet=view.sheet.sheet))
        self.middle_hint.setText("")
        sheet = view.sheet
        self.facts["period"].setText(words.period_name(sheet.period) if sheet.period else _("not read"))
        self.facts["kind"].setText(_kind_word(sheet.kind.value))
        self.facts["encoding"].setText({"unicode": "Unicode", "tcvn3": "TCVN3", "vni": "VNI"}[sheet.encoding.value])
        self.facts["accepted"].setText(str(sheet.accepted))
        numbers = ", ".join(str(skipped.row) for skipped in sheet.skipped[:8])
        self.facts["skipped"].setText(numbers + (", …" if len(sheet.skipped) > 8 else "") or "0")
        told = "\n".join(f"{_('row {row}').format(row=s.row)}: {render(s.reason)}" for s in sheet.skipped[:20])
        self.facts["skipped"].setToolTip(told)

    def set_compact(self, compact: bool) -> None:
        """The findings make room."""
        self.left.setFixedWidth(190 if compact else 236)
        self.findings_panel.setFixedWidth(210 if compact else 292)
        for part in (self.undo_hint, self.legend_words, self.legend_place):
            part.setVisible(not compact)

    # ---- dropping ----

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files that can be read may be dropped."""
        if any(path.suffix.lower() in SUFFIXES for path in _paths(event)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        self.files_dropped.emit([path for path in _paths(event) if path.suffix.lower() in SUFFIXES])
        event.acceptProposedAction()


def _paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def _sheet_words(view: SheetView) -> str:
    letters = {"unicode": "Unicode", "tcvn3": "TCVN3", "vni": "VNI"}[view.sheet.encoding.value]
    return _("{sheet} · {count} communes · {letters}").format(
        sheet=view.sheet.sheet, count=view.sheet.accepted, letters=letters
    )


def _sheet_sign(view: SheetView) -> Sign:
    grades = {finding.severity for finding in view.findings}
    if Severity.ERROR in grades:
        return Sign.ERROR
    return Sign.WARNING if Severity.WARNING in grades else Sign.CHECKED


def _kind_word(kind: str) -> str:
    return {"actual": _("actual"), "estimate": _("estimated"), "assigned": _("assigned")}[kind]


TONE_OF = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.WARN, Severity.NOTE: Tone.BUSY}
