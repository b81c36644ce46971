"""Nhập từ Excel: files are read on a worker, shown, and written only when the person says so."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from desktop.application import imports
from desktop.application.changes import Subject
from desktop.application.children_import import ChildRow
from desktop.application.file_names import is_of, names_apart, renamed
from desktop.application.import_writing import write_all
from desktop.application.imports import Compared, Imported, ImportPlan, Wanted
from desktop.application.records import Record
from desktop.domain.findings import Finding
from desktop.domain.periods import Period
from desktop.system.i18n import _
from desktop.ui.dialogs import faults
from desktop.ui.dialogs.progress import Progress
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.places import Place, Target
from desktop.ui.screens.filling.screen import Filling
from desktop.ui.screens.imports.asking import Asking
from desktop.ui.screens.imports.curing import Curing
from desktop.ui.screens.imports.listing import ListAnswers, ask_day, lists_are_gone
from desktop.ui.screens.imports.model import Desk, SheetView, desk_of
from desktop.ui.screens.imports.pasting import forget_pasted, pasted_file
from desktop.ui.screens.imports.saving import save_findings, write_findings
from desktop.ui.screens.imports.view import SUFFIXES, ImportView
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.ui.widgets.findings import place
from desktop.wording import say


class ImportScreen(Screen):
    """The import desk."""

    place = Place.IMPORTS
    shows = frozenset({Subject.CATALOGUE, Subject.OFFICE, Subject.VALUES, Subject.SUBMISSIONS, Subject.CHILDREN})
    help = "nhap-tu-excel"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._view = ImportView()
        self.files: list[Path] = []
        self.wishes: dict[str, Wanted] = {}
        self.lists = ListAnswers()
        self.desk: Desk | None = None
        self.written: int | None = None
        self._chosen = 0
        self._job: RunningJob | None = None
        self.curing = Curing(self, self._view)
        self.asking = Asking(self, self._view)
        self.filling = Filling(session)
        self._view.add_tab_page(self.filling.view)
        self._view.side_changed.connect(self.filling.view.show_side)
        self.filling.shown.connect(self._view.refresh_bar)
        self._connect()
        self._view.show_nothing()

    def _connect(self) -> None:
        view = self._view
        view.files_asked.connect(self.ask_files)
        view.folder_asked.connect(self.ask_folder)
        view.paste_asked.connect(self.paste)
        view.files_dropped.connect(self.add_files)
        view.left.sheet_chosen.connect(self.show_sheet)
        view.left.wish_changed.connect(self.wish)
        view.left.remove_asked.connect(lambda shown: self.remove(shown.file))
        view.left.day_asked.connect(lambda: ask_day(self))
        view.lists.settled.connect(self.settle_child)
        view.write_asked.connect(self.write)
        view.leave_asked.connect(self.leave)
        view.go_asked.connect(self.go_to_cells)
        view.undo_asked.connect(lambda: self.session.history_asked.emit("undo"))
        view.save_asked.connect(lambda: save_findings(self._view, self.session, self.plan))
        view.findings.went.connect(self.show_finding)
        view.comparison.went.connect(self.show_cell)
        view.grid.selectionModel().currentChanged.connect(lambda _now, _before: self._moved())
        for keys, by in (("F8", 1), ("Shift+F8", -1)):
            QShortcut(QKeySequence(keys), view, lambda by=by: view.findings.step(by))

    @property
    def view(self) -> QWidget:
        """The page."""
        return self._view

    @property
    def plan(self) -> ImportPlan | None:
        """What the files say, where some were read."""
        return self.desk.plan if self.desk else None

    @property
    def sheet(self) -> SheetView | None:
        """The sheet that is shown."""
        sheets = self.desk.sheets if self.desk else ()
        return sheets[self._chosen] if self._chosen < len(sheets) else None

    def load(self) -> None:
        """Read the files again: record, catalogue or what was settled may have changed."""
        self.filling.read()
        if self.files and self.written is None:
            self.read()
        elif self.written is not None and self._was_taken_back():
            self.written = None
            self.read()

    def _was_taken_back(self) -> bool:
        from desktop.application.figures import figures

        plan = self.plan
        if plan is None or not plan.writes:
            return self.desk is not None and lists_are_gone(self.session.record, self.desk.lists)
        first = plan.writes[0]
        held = figures(
            self.session.record,
            period=Period.parse(first.period),
            uids=[first.uid],
            kind=first.kind,
            only=[first.element],
        )
        figure = held.get(first.uid, {}).get(first.element)
        return figure is None or figure.value != first.after

    def set_compact(self, compact: bool) -> None:
        """Use little room."""
        self._view.set_compact(compact)
        self.filling.view.set_compact(compact)

    def hint(self) -> str:
        """The cell of the file the cursor stands on."""
        index = self._view.grid.currentIndex()
        if self.desk is None or not index.isValid():
            return ""
        return self._view.grid.sheet.tip(index.row(), index.column())

    def _moved(self) -> None:
        self.session.hint_changed.emit()

    # ---- choosing ----

    def ask_files(self) -> None:
        """Choose files."""
        wanted = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        names, _filter = QFileDialog.getOpenFileNames(self._view, _("Choose files"), "", f"{_('Workbooks')} ({wanted})")
        self.add_files([Path(name) for name in names])

    def ask_folder(self) -> None:
        """Choose a folder: all workbooks in and below it."""
        name = QFileDialog.getExistingDirectory(self._view, _("Choose a folder"))
        self.add_files([Path(name)] if name else [])

    def paste(self) -> None:
        """Read the block that was copied in Excel as if it were a file."""
        file = pasted_file(QApplication.clipboard().text(), self.session.now())
        if file is None:
            self.session.say(_("Nothing to paste: copy the rows with their headings in Excel first."))
            return
        self.add_files([file])

    def add_files(self, paths: list[Path]) -> None:
        """Add files and folders and read all of them; a new desk begins where the last one was written."""
        if not paths:
            return
        if self._view.is_filling:
            self.filling.choose(paths[0])
            return
        if self.written is not None:
            self._clear()
        self.files += [path for path in paths if path not in self.files]
        self.read()

    def remove(self, name: str) -> None:
        """Take a file from the desk; an archive goes with all that is in it."""
        if self.desk is None or self.written is not None:
            return
        kept = [path for path, called in self.desk.names.items() if not is_of(name, called)]
        self.wishes.pop(name, None)
        self.files = kept
        if kept:
            self.read()
        else:
            self._clear()
            self._view.show_nothing()

    def wish(self, wanted: Wanted) -> None:
        """Read the file of the chosen sheet otherwise."""
        view = self.sheet
        if view is not None and self.written is None:
            self.wishes[view.file] = wanted
            self.read()

    def wanted(self, file: str) -> Wanted:
        """What was asked of a file."""
        return self.wishes.get(file, Wanted())

    def settle_child(self, row: ChildRow, answer: str) -> None:
        """Take a doubtful row of a list for a child, or for a new one."""
        self.lists.settled[row.place] = answer
        self.read()

    # ---- reading ----

    def read(self) -> None:
        """Read all files on a worker; nothing is written."""
        if not self.files or self.written is not None:
            return
        asked, wishes, before = list(self.files), dict(self.wishes), self.desk.names if self.desk else {}
        answers, today = self.lists.copy(), self.session.today()

        def work(record: Record, step: Step) -> Desk:
            files, head = imports.workbooks_in(asked), record.head()
            each = renamed(wishes, before, names_apart(files))
            plan = imports.read_files(record, files=files, each=each, step=step)
            lists = answers.read(record, plan, each, today, step)
            step(len(files), max(len(files), 1))
            return desk_of(record, files, plan, head, lists)

        what = (
            say("Read {count} files", count=len(asked)) if len(asked) != 1 else say("Read {file}", file=asked[0].name)
        )
        job = RunningJob(what, work, stopping=say("Nothing has been written yet."))
        job.succeeded.connect(lambda desk: self._show_read(job, desk))
        job.failed.connect(lambda fault: faults.show(self._view, fault))
        job.cancelled.connect(lambda: self._stopped(job))
        Progress(self._view, job)
        self._job = job
        self.jobs.start(job, writes=False)

    def _show_read(self, job: RunningJob, desk: Desk) -> None:
        if job is not self._job or self.written is not None:  # a later reading has overtaken it
            return
        if not desk.files:
            self._clear()
            self._view.show_nothing()
            self.session.say(_("There is no workbook in this folder."))
            return
        self.show_desk(desk)

    def _stopped(self, job: RunningJob) -> None:
        if job is self._job and self.desk is None:
            self._clear()
            self._view.show_nothing()

    def show_desk(self, desk: Desk) -> None:
        """Show what was read; the sheet that was shown stays."""
        held = self.sheet
        if self.desk is not None and self.desk.names != desk.names:
            self.wishes = renamed(self.wishes, self.desk.names, desk.names)
        self.desk = desk
        places = {(view.file, view.sheet): at for at, view in enumerate(desk.sheets)}
        first = next((at for at, view in enumerate(desk.sheets) if view.cells), 0)
        self._chosen = places.get((held.file, held.sheet), first) if held else first
        self._view.show_desk(desk, self._chosen, written=self.written)
        self.asking.offer(desk)
        if self.sheet is not None:
            self.show_sheet(self.sheet)
        self._view.refresh_bar()

    def show_sheet(self, view: SheetView) -> None:
        """Show one sheet."""
        desk = self.desk
        if desk is None:
            return
        self._chosen = desk.sheets.index(view) if view in desk.sheets else 0
        written = self.written is not None
        self._view.left.show_sheet(view, self.wanted(view.file), self.session.period, closed=written)
        self._view.show_sheet(view, desk, written=written)

    def show_finding(self, finding: Finding) -> None:
        """Put the cursor on the cell a finding speaks of."""
        self._choose_sheet(finding.file, finding.sheet)
        if finding.row or finding.column:
            self._go_to(finding.row, finding.column)
        self.session.say(_("Cell {place} in the file").format(place=place(finding)))

    def show_cell(self, cell: Compared) -> None:
        """Put the cursor on a figure's cell, as in Excel."""
        self._go_to(cell.row, cell.column)
        self._view.findings.point_at_cell(cell.file, cell.sheet, cell.row, cell.column)

    def _choose_sheet(self, file: str | None, sheet: str | None) -> None:
        sheets = self.desk.sheets if self.desk else ()
        at = next((n for n, one in enumerate(sheets) if one.file == file and sheet in (None, one.sheet)), None)
        if at is not None and at != self._chosen:
            self._view.left.files.selectRow(at)

    def _go_to(self, row: int | None, column: str | None) -> None:
        grid = self._view.grid
        at, letter = grid.sheet.place_of(row, column)
        if row is None:
            at = max(grid.rowAt(0), 0)
        self._view.show_way(0)
        grid.go(at, letter)

    # ---- writing ----

    def write(self) -> None:
        """Write what was shown, as one change, on the writer's thread."""
        desk, wishes = self.desk, dict(self.wishes)
        if desk is None or desk.is_empty or self.written is not None:
            return
        plan, lists, answers, today = desk.plan, desk.lists, self.lists.copy(), self.session.today()

        def work(record: Record, step: Step) -> Imported | None:
            if record.head() != desk.head:  # somebody wrote meanwhile: only what was shown may be written
                again = imports.read_files(record, files=desk.files, each=wishes)
                if (again.writes, again.reasons) != (plan.writes, plan.reasons):
                    return None
                if answers.read(record, again, wishes, today).rows != lists.rows:
                    return None
            return write_all(record, plan=plan, lists=lists, step=step)

        job = RunningJob(
            say("Write {count} cells", count=len(plan.writes) + lists.cells),
            work,
            stopping=say("Nothing of the lists has been written yet.") if not plan.writes else None,
        )
        job.succeeded.connect(self._wrote)
        job.failed.connect(lambda fault: faults.show(self._view, fault))
        self._view.write.setEnabled(False)
        Progress(self._view, job)
        self.jobs.start(job, writes=True)

    def _wrote(self, done: Imported | None) -> None:
        if self.desk is None:
            return
        if done is None:
            self.read()
            self.session.say(_("The record has changed meanwhile. Nothing was written; look again."), Tone.WARN)
            return
        self.written = done.written
        self.show_desk(self.desk)
        self.session.tell(done.changes)
        self.session.say(_("Wrote {count} cells. Ctrl+Z takes it back.").format(count=done.written))

    def go_to_cells(self) -> None:
        """To the first figure written, on the page where figures are typed."""
        plan = self.plan
        if plan is None or not plan.writes:
            has_lists = bool(self.desk and self.desk.lists.rows)
            self.leave()
            if has_lists:
                self.session.go(Place.CHILDREN)
            return
        shown = self.sheet
        first = next((one for one in plan.writes if shown and one.file == shown.file), plan.writes[0])
        self._clear()
        self._view.show_nothing()
        self.session.choose_period(Period.parse(first.period))
        self.session.go(Place.ENTRY, way="matrix", unit=first.unit, element=first.element, kind=str(first.kind))

    def leave(self) -> None:
        """Back to the figures; what was chosen here is forgotten."""
        plan = self.plan
        if self.written is not None and plan and plan.periods:
            self.session.choose_period(plan.periods[-1])
        self._clear()
        self._view.show_nothing()
        self.session.go(Place.ENTRY)

    def _clear(self) -> None:
        forget_pasted()
        self.files, self.wishes, self.desk, self.written, self._chosen = [], {}, None, None, 0
        self.lists = ListAnswers()
        self._job = None

    def write_findings(self, out: Path) -> None:
        """Write the list of findings."""
        write_findings(self.session, self.plan, out)

    def go(self, target: Target) -> None:
        """A tab of the page: `import` or `fill`."""
        if target.get("tab") is not None:
            self._view.show_tab(filling=target.get("tab") == "fill")
