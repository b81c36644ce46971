"""Nhập từ Excel: files are read on a worker, shown, and written only when the person says so."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.application import catalogue, imports
from desktop.application.changes import Subject
from desktop.application.imports import Imported, ImportPlan
from desktop.application.records import Record
from desktop.domain.findings import Finding
from desktop.system.i18n import _, render
from desktop.ui.dialogs import faults
from desktop.ui.dialogs.progress import Progress
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.places import Place
from desktop.ui.screens.imports.model import SheetView, sheets_of
from desktop.ui.screens.imports.view import SUFFIXES, ImportView
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.ui.widgets.findings import look, place
from desktop.wording import say


class ImportScreen(Screen):
    """The import desk."""

    place = Place.IMPORTS
    shows = frozenset({Subject.CATALOGUE, Subject.OFFICE})
    help = "nhap-tu-excel"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._view = ImportView()
        self.files: list[Path] = []
        self.plan: ImportPlan | None = None
        self._written: int | None = None
        view = self._view
        view.files_asked.connect(self.ask_files)
        view.files_dropped.connect(self.add_files)
        view.sheet_chosen.connect(self.show_sheet)
        view.options_changed.connect(self.read)
        view.write_asked.connect(self.write)
        view.leave_asked.connect(self.leave)
        view.save_asked.connect(self.save_findings)
        view.findings.chosen.connect(self.show_finding)
        view.show_nothing()

    @property
    def view(self) -> QWidget:
        """The page."""
        return self._view

    def load(self) -> None:
        """Read the files again where some are chosen: the catalogue may have changed."""
        if self.files and self._written is None:
            self.read()

    def set_compact(self, compact: bool) -> None:
        """Use little room."""
        self._view.set_compact(compact)

    def ask_files(self) -> None:
        """Choose files."""
        wanted = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        names, _filter = QFileDialog.getOpenFileNames(self._view, _("Choose files"), "", f"{_('Workbooks')} ({wanted})")
        self.add_files([Path(name) for name in names])

    def add_files(self, paths: list[Path]) -> None:
        """Add files and read them all; a new desk begins where the last one was written."""
        if not paths:
            return
        if self._written is not None:
            self.files, self._written = [], None
        self.files += [path for path in paths if path not in self.files]
        self.read()

    def read(self) -> None:
        """Read all files on a worker; nothing is written."""
        if not self.files or self._written is not None:
            return
        files = list(self.files)
        letters = self._view.encoding.currentData() or None
        replace = self._view.replace.isChecked()

        def work(record: Record, step: Step) -> ImportPlan:
            from desktop.domain.legacy_text import Encoding

            encoding = Encoding(letters) if letters else None
            return imports.read_files(record, files=files, encoding=encoding, replace=replace, step=step)

        job = RunningJob(
            say("Read {count} files", count=len(files)), work, stopping=say("Nothing has been written yet.")
        )
        job.succeeded.connect(self.show_plan)
        job.failed.connect(lambda fault: faults.show(self._view, fault))
        Progress(self._view, job)
        self.jobs.start(job, writes=False)

    def show_plan(self, plan: ImportPlan) -> None:
        """Show what was read."""
        self.plan = plan
        names = {commune.code: commune.name for commune in self.session.communes}
        views = sheets_of(plan, names)
        self._view.show_plan(plan, views)
        self._select_first(views)

    def _select_first(self, views: list[SheetView]) -> None:
        first = next((at for at, view in enumerate(views) if view.lines), 0 if views else None)
        if first is not None:
            self._view.files.selectRow(first)
            self.show_sheet(views[first])

    def show_sheet(self, view: SheetView) -> None:
        """Show one sheet."""
        self._view.show_sheet(view, catalogue.catalogue(self.session.record))

    def show_finding(self, finding: Finding) -> None:
        """Put the cursor on the cell a finding speaks of."""
        model = self._view.files_model
        for at, view in enumerate(model.rows):
            if (view.file.file, view.sheet.sheet) != (finding.file, finding.sheet):
                continue
            if self._view.files.currentIndex().row() != at:
                self._view.files.selectRow(at)
            for line_at, line in enumerate(view.lines):
                if line.number == finding.row:
                    letters = [letter for letter, _code in view.letters]
                    column = letters.index(finding.column) + 2 if finding.column in letters else 1
                    index = self._view.lines_model.index(line_at, column)
                    self._view.lines.setCurrentIndex(index)
                    self._view.lines.scrollTo(index)
            self.session.say(_("Cell {place} in the file").format(place=place(finding)))

    def write(self) -> None:
        """Write what was shown, as one change, on the writer's thread."""
        plan = self.plan
        if plan is None or not plan.writes:
            return

        def work(record: Record, _step: Step) -> Imported:
            return imports.apply_import(record, plan=plan)

        job = RunningJob(say("Write {count} cells", count=len(plan.writes)), work)
        job.succeeded.connect(self._wrote)
        job.failed.connect(lambda fault: faults.show(self._view, fault))
        self._view.write.setEnabled(False)
        Progress(self._view, job)
        self.jobs.start(job, writes=True)

    def _wrote(self, done: Imported) -> None:
        plan = self.plan
        if plan is None:
            return
        self._written = done.written
        self._view.show_plan(plan, list(self._view.files_model.rows), written=done.written)
        self._select_first(list(self._view.files_model.rows))
        self.session.tell(done.changes)
        self.session.say(_("Wrote {count} cells. Ctrl+Z takes it back.").format(count=done.written))

    def leave(self) -> None:
        """Back to the figures; what was chosen here is forgotten once it is written."""
        if self._written is not None and self.plan and self.plan.periods:
            self.session.choose_period(self.plan.periods[-1])
        self.files, self.plan, self._written = [], None, None
        self._view.show_nothing()
        self.session.go(Place.ENTRY)

    def save_findings(self) -> None:
        """Save all findings as a table that Excel opens."""
        if self.plan is None:
            return
        name, _filter = QFileDialog.getSaveFileName(self._view, _("Save findings"), "phat-hien.csv", "CSV (*.csv)")
        if name:
            self.write_findings(Path(name))

    def write_findings(self, out: Path) -> None:
        """Write the list of findings: UTF-8 with a mark, so that Excel reads the letters."""
        import csv

        findings = self.plan.findings if self.plan else ()
        heads = [_("File"), _("Place"), _("Sign"), _("Finding"), _("What to do")]
        try:
            with out.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file, delimiter=";")
                writer.writerow(heads)
                for finding in findings:
                    advice = render(finding.advice) if finding.advice else ""
                    writer.writerow(
                        [finding.file or "", place(finding), look(finding)[2], render(finding.message), advice]
                    )
        except OSError:
            self.session.say(say("{file} could not be written.", file=out.name), Tone.BAD)
            return
        self.session.say(say("Saved {file}.", file=out.name))
