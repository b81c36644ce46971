"""The documents of the criteria: made beside the window, shown as the very PDF that is saved and printed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QWidget

from desktop.application.records import Record
from desktop.domain.periods import Period
from desktop.domain.text import fold
from desktop.errors import AppError
from desktop.system.i18n import _, render
from desktop.ui.dialogs import faults
from desktop.ui.dialogs.progress import Progress
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.saving import save_bytes
from desktop.ui.session import Session
from desktop.ui.widgets.pages import PagesView, PdfPages
from desktop.ui.widgets.parts import button, column, row
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.ui.screens.criteria.screen import CriteriaScreen

TITLES: Final[dict[str, Sentence]] = {
    "criteria-self": say("Self-score sheet of the commune…"),
    "criteria-check": say("Minutes of the check of the commune…"),
    "criteria-summary": say("Summary by commune…"),
    "criteria-heat": say("Heat table…"),
    "criteria-report": say("Report on the result and next year's plan…"),
}
OF_COMMUNE: Final = frozenset({"criteria-self", "criteria-check"})


class Papers(QObject):
    """Makes one of the documents and shows it."""

    def __init__(self, screen: CriteriaScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self.dialog: PaperDialog | None = None

    def menu(self, parent: QWidget) -> QMenu:
        """The documents to choose from."""
        made = QMenu(parent)
        for name, title in TITLES.items():
            if name == "criteria-summary":
                made.addSeparator()
            made.addAction(render(title), partial(self.make, name))
        made.addSeparator()
        made.addAction(_("Evidence of the commune as ZIP…"), self.ask_pack)
        return made

    def ask_pack(self) -> None:
        """Ask where the commune's evidence goes."""
        sheet = self._screen.sheet
        if sheet is None:
            return
        name = f"minh-chung-{self._screen.year}-{fold(sheet.standing.commune.name).replace(' ', '-')}.zip"
        chosen, _filter = QFileDialog.getSaveFileName(
            self._screen.view, _("Evidence of the commune"), name, "ZIP (*.zip)"
        )
        if chosen:
            self.pack(Path(chosen))

    def pack(self, out: Path) -> None:
        """Write the files of the commune with a list of them into one ZIP."""
        screen = self._screen
        unit, year = screen.unit or "", screen.year

        def work(record: Record, _step: Step) -> int:
            from desktop.application.criteria_evidence import pack

            return pack(record, unit=unit, year=year, file=out)

        def written(count: int) -> None:
            screen.session.say(say("{count} files written into {file}.", count=count, file=out.name))

        job = RunningJob(say("Write the evidence"), work)
        job.succeeded.connect(written)
        job.failed.connect(self._refused)
        Progress(screen.view, job)
        screen.session.jobs.start(job, writes=False)

    def make(self, name: str) -> None:
        """Make a document of the year, or of the commune chosen, on a worker."""
        screen, session = self._screen, self._screen.session
        if not screen.part.settle():
            return
        unit = screen.unit if name in OF_COMMUNE else None
        period, today = Period.of_year(screen.year), session.today()

        def work(record: Record, _step: Step) -> bytes:
            from desktop.application.criteria_papers import paper_pdf

            return paper_pdf(record, name=name, unit=unit, period=period, today=today)[0]

        job = RunningJob(say("Make a document"), work)
        job.succeeded.connect(lambda data: self._show(name, unit, data))
        job.failed.connect(self._refused)
        Progress(screen.view, job)
        session.jobs.start(job, writes=False)

    def _show(self, name: str, unit: str | None, data: bytes) -> None:
        sheet = self._screen.sheet
        where = f"-{fold(sheet.standing.commune.name).replace(' ', '-')}" if unit and sheet is not None else ""
        file = f"{name.replace('criteria', 'tieu-chi')}-{self._screen.year}{where}.pdf"
        title = render(TITLES[name]).rstrip("…")
        self.dialog = PaperDialog(self._screen.view, self._screen.session, title, file, data)
        self.dialog.open()

    def _refused(self, fault: BaseException) -> None:
        if isinstance(fault, AppError):
            self._screen.session.refuse(fault)
        else:
            faults.show(self._screen.view, fault)


class PaperDialog(QDialog):
    """The pages, with what can be done with them."""

    def __init__(self, parent: QWidget, session: Session, title: str, file: str, data: bytes) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(title)
        self._session, self._title, self._file, self._data = session, title, file, data
        self.pages = PagesView()
        self.pages.show_pages(PdfPages(data))
        self.print = button(_("Print…"), self.ask_printer, icon="print_16_regular")
        self.save = button(_("Save PDF…"), self.ask_where, kind="primary", icon="document_pdf_16_regular")
        body = column(gap=8, margins=(12, 12, 12, 12))
        body.addWidget(self.pages, 1)
        body.addLayout(row(None, button(_("Close"), self.reject), self.print, self.save))
        self.setLayout(body)
        screen = parent.window()
        self.resize(min(900, screen.width() - 60), min(640, screen.height() - 40))
        self.finished.connect(lambda _result: self.pages.show_pages(None))

    def ask_where(self) -> None:
        """Ask for a file and write the very bytes shown."""
        name, _filter = QFileDialog.getSaveFileName(self, _("Save PDF"), self._file, "PDF (*.pdf)")
        if name:
            save_bytes(self._session, Path(name), self._data)

    def ask_printer(self) -> None:
        """Ask for a printer and print what is shown."""
        from desktop.ui.printing import ask_printer

        ask_printer(self, self._session, self._data, self._title)
