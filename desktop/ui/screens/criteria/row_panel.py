"""The row in hand: its rule, what the record proposes with its figures, the reason, the files that prove it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.application.changes import Changes
from desktop.application.records import Record
from desktop.domain.criteria.scoring import By
from desktop.errors import AppError
from desktop.system.i18n import _, grouped, render
from desktop.ui.dialogs.progress import Progress
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.screens.criteria import words
from desktop.ui.screens.criteria.grid import ScoreGrid
from desktop.ui.screens.criteria.lines import LineKind, SheetLine
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import SignLabel, button, column, label, row, rule
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.criteria_evidence import Evidence
    from desktop.application.criteria_overview import Sheet, SheetRow
    from desktop.ui.screens.criteria.screen import CriteriaScreen

KILO = 1024
ENDINGS: Final = tuple(".pdf .jpg .jpeg .png .tif .tiff .heic .docx .xlsx .doc .xls .odt .ods".split())
"""What the window offers to choose; what is kept is decided by the content."""


class RowPanel(QScrollArea):
    """Explains a row; every act here works on the column one stands in."""

    def __init__(self, screen: CriteriaScreen, grid: ScoreGrid) -> None:
        super().__init__()
        self._screen, self._grid = screen, grid
        self.setWidgetResizable(True)
        self.setAccessibleName(_("Row in hand"))
        self._line: SheetLine | None = None
        QShortcut(QKeySequence("Insert"), grid, self.ask_file, context=Qt.ShortcutContext.WidgetShortcut)

    def take_focus(self) -> None:
        """F4: the first act of the panel takes the focus, so that files can be opened and removed by keyboard."""
        acts = [one for one in self.widget().findChildren(QPushButton) if one.isEnabled()]
        (acts[0] if acts else self).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the sheet."""
        if event.key() == Qt.Key.Key_Escape:
            self._grid.setFocus()
            return
        super().keyPressEvent(event)

    def show_line(self, line: SheetLine | None, sheet: Sheet | None) -> None:
        """Explain a line of the sheet."""
        self._line = line
        held = QWidget()
        held.setProperty("kind", "sheet")
        body: QVBoxLayout = column(gap=6, margins=(12, 6, 12, 12))
        if line is None or sheet is None:
            body.addWidget(label(_("Choose a row of the sheet."), "second", wrap=True))
        else:
            for part in self._parts(line):
                body.addWidget(part)
        body.addStretch(1)
        held.setLayout(body)
        self.setWidget(held)

    def _parts(self, line: SheetLine) -> Iterator[QWidget]:
        yield label(f"{line.code} {line.name}".strip() or _("Total points"), "head", wrap=True)
        yield label(self._rule(line), "second", wrap=True)
        if line.kind is not LineKind.ROW or line.row is None:
            return
        if not line.applies:
            yield label(_("Not asked in the zone of the commune."), "second", wrap=True)
            return
        yield rule()
        yield from self._proposal(line.row)
        yield rule()
        yield from self._reasons(line.row)
        yield rule()
        yield from self._files(line.row)

    def _rule(self, line: SheetLine) -> str:
        told = [
            _("At most {points} points.").format(points=words.points(line.maximum))
            if line.maximum
            else _("The maximum is not known.")
        ]
        found = line.row
        if found is not None and found.steps:
            steps = "; ".join(words.points(step) for step in found.steps)
            told.append(_("Points that can be given: {steps}.").format(steps=steps))
        is_row = found is not None and found.row.code != found.criterion.number
        if line.least is not None and line.least:
            text = _("Knock-out under {points}.") if is_row else _("Fails under {points} points.")
            told.append(text.format(points=words.points(line.least)))
        if line.left:
            told.append(_("{points} points can still be gained.").format(points=words.points(line.left)))
        return " ".join(told)

    # ---- what the record says ----

    def _proposal(self, found: SheetRow) -> Iterator[QWidget]:
        yield label(_("What the record gives"), "head")
        proposal = found.proposal
        if proposal is None:
            yield label(_("This row has no rule that reads it from the record."), "hint", wrap=True)
            return
        yield label(render(proposal.basis), wrap=True)
        if proposal.points is None:
            if proposal.why_not is not None:
                yield label(render(proposal.why_not), "second", wrap=True)
            return
        text = _("Take {points} points").format(points=words.points(proposal.points))
        taken = button(text, partial(self._screen.take_proposal, self._grid), kind="small")
        taken.setToolTip(_("Into the column one stands in  Ctrl+Enter"))
        yield _line(taken)

    # ---- reasons and files ----

    def _ask_reason(self) -> None:
        self._screen.writing.ask_reason(self._grid.currentIndex().row(), self._grid)

    def _reasons(self, found: SheetRow) -> Iterator[QWidget]:
        yield label(_("Points and reasons"), "head")
        names = self._screen.model.names
        for by in By:
            cell = found.cells.get(by)
            given = words.points(cell.points) if cell is not None and cell.points is not None else _("no points yet")
            text = f"{words.by_name(by, names)}: {given}"
            if cell is not None and cell.points is not None and cell.origin == "record":
                text += f" ({_('from the record')})"
            if cell is not None and cell.reason:
                text += f". {cell.reason}"
            yield label(text, "" if by is self._screen.model.by else "second", wrap=True)
        asked = button(_("Reason…"), self._ask_reason, kind="small")
        asked.setToolTip(_("Reason…") + "  Shift+F2")
        yield _line(asked)

    def _files(self, found: SheetRow) -> Iterator[QWidget]:
        yield label(_("Evidence"), "head")
        if found.row.evidence:
            yield label(_("Asked for: {list}.").format(list="; ".join(found.row.evidence)), "hint", wrap=True)
        files = [one for by in By if (cell := found.cells.get(by)) is not None for one in cell.evidence]
        for one in files:
            yield self._file(one)
        if not files:
            yield SignLabel(Sign.NOT_STARTED, _("No file yet"), small=True)
        add = button(_("Add a file…"), self.ask_file, kind="small", icon="attach_16_regular")
        add.setToolTip(_("Add a file…") + "  Insert")
        yield _line(add)

    def _file(self, one: Evidence) -> QWidget:
        made = QWidget()
        opened = button(one.name, partial(self.open_file, one), kind="link", tip=one.name)
        opened.setMinimumWidth(60)
        told = _("{size} KB").format(size=grouped(max(1, one.size // KILO)))
        size = label(told if one.is_here else _("the file did not come along"), "hint")
        gone = button(_("Remove"), partial(self.remove_file, one), kind="link")
        line = row(gap=4)
        line.addWidget(opened, 1)
        line.addWidget(size)
        line.addWidget(gone)
        made.setLayout(line)
        return made

    def ask_file(self) -> None:
        """Ask for a file that proves the row."""
        if self._line is None or self._line.row is None:
            return
        kinds = f"{_('Documents and pictures')} ({' '.join(f'*{ending}' for ending in ENDINGS)})"
        name, _filter = QFileDialog.getOpenFileName(
            self, _("Evidence for {row}").format(row=self._line.code), "", kinds
        )
        if name:
            self.add_file(Path(name))

    def add_file(self, path: Path) -> None:
        """Keep a file in the record as evidence of the row."""
        if self._line is None:
            return
        screen, code = self._screen, self._line.code
        unit, year, by, today = screen.unit or "", screen.year, screen.model.by, screen.session.today()
        set_code = screen.set_code

        def work(record: Record, _step: Step) -> tuple[Evidence, Changes]:
            from desktop.application import criteria_evidence

            return criteria_evidence.add(
                record, unit=unit, year=year, code=code, by=by, path=path, today=today, criteria_set=set_code,
                source="window",
            )  # fmt: skip

        def added(done: tuple[Evidence, Changes]) -> None:
            found, changes = done
            screen.session.tell(changes)
            if not changes.changed:
                screen.session.say(say("This file is there already: {name}.", name=found.name))

        # A file may be large: beside the window.
        job = RunningJob(say("Add a file"), work)
        job.succeeded.connect(added)
        job.failed.connect(screen.session.refuse)
        Progress(screen.view, job)
        screen.session.jobs.start(job, writes=True)

    def open_file(self, one: Evidence) -> None:
        """Put a copy beside the user's other temporary files and let the system show it."""
        from tempfile import mkdtemp

        from desktop.application import criteria_evidence

        try:
            path = criteria_evidence.extract(self._screen.session.record, one.uid, Path(mkdtemp(prefix="so-tram-")))
        except AppError as fault:
            self._screen.session.refuse(fault)
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._screen.session.say(_("No program shows files of this kind."), Tone.WARN)

    def remove_file(self, one: Evidence) -> None:
        """Take a file away; Ctrl+Z brings it back."""

        def intent(record: Record) -> Changes:
            from desktop.application import criteria_evidence

            return criteria_evidence.remove(record, uid=one.uid, source="window")

        self._screen.session.write(intent)


def _line(part: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(row(part, None))
    return made
