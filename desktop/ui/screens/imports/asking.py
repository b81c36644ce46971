"""Query sheets from the desk: what the files of a commune leave open, as message, paper or workbook for the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu

from desktop.application import import_queries, queries
from desktop.application.imports import ImportPlan
from desktop.application.records import Record
from desktop.application.sheets_of_ours import file_name, put_file
from desktop.domain.periods import Period
from desktop.domain.query_sheet import QuerySheet
from desktop.errors import AppError
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.dialogs import faults
from desktop.ui.dialogs.progress import Progress
from desktop.ui.jobs import RunningJob, Step
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.ui.screens.imports.model import Desk
    from desktop.ui.screens.imports.screen import ImportScreen
    from desktop.ui.screens.imports.view import ImportView

MOST = 40


class Asking(QObject):
    """The menu of communes there is something to ask."""

    def __init__(self, screen: ImportScreen, view: ImportView) -> None:
        super().__init__(screen)
        self._screen, self._view = screen, view
        self.asked: Mapping[import_queries.Asked, int] = {}
        view.menu.aboutToShow.connect(self.fill_menu)

    def offer(self, desk: Desk) -> None:
        """The communes that these files leave something open about."""
        self.asked = desk.asked
        self._view.ask.setEnabled(bool(self.asked))

    def fill_menu(self) -> None:
        """The menu, made when it is opened."""
        menu, desk = self._view.menu, self._screen.desk
        menu.clear()
        if desk is None:
            return
        several = len({period for _unit, period in self.asked}) > 1
        for (unit, period), count in list(self.asked.items())[:MOST]:
            name = desk.units.get(unit, unit)
            told = f"{name}, {words.period_name(period)}" if several else name
            self._acts(menu.addMenu(f"{told} ({count})"), unit, period)
        if len(self.asked) > 1:
            menu.addSeparator()
            menu.addAction(_("All communes, Excel into a folder…"), self.save_all)

    def _acts(self, menu: QMenu, unit: str, period: Period) -> None:
        menu.addAction(_("Copy the questions for a message"), partial(self.copy_message, unit, period))
        menu.addAction(_("Save the query sheet, PDF…"), partial(self.save_one, unit, period, ".pdf"))
        xlsx = _("Save the query sheet, Excel for the answers…")
        menu.addAction(xlsx, partial(self.save_one, unit, period, ".xlsx"))

    def copy_message(self, unit: str, period: Period) -> None:
        """The questions as a short text on the clipboard."""
        plan = self._plan()

        def work(record: Record, _step: Step) -> str:
            return queries.text(import_queries.sheet(record, plan=plan, unit=unit, period=period))

        self._start(say("Make a document"), work, self._copied)

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        count = sum(line[:1].isdigit() for line in text.splitlines())
        self._screen.session.say(say("{count} questions copied; paste them into a message.", count=count))

    def save_one(self, unit: str, period: Period, suffix: str) -> None:
        """The sheet of one commune as a PDF or a workbook."""
        desk = self._screen.desk
        name = desk.units.get(unit, unit) if desk else unit
        proposed = file_name("Hỏi lại số liệu", unit, name, period.id, suffix=suffix)
        kinds = {".pdf": "PDF (*.pdf)", ".xlsx": "Excel (*.xlsx)"}[suffix]
        chosen, _filter = QFileDialog.getSaveFileName(self._view, _("Save the query sheet"), proposed, kinds)
        if chosen:
            self.write_one(unit, period, Path(chosen))

    def write_one(self, unit: str, period: Period, out: Path) -> None:
        """Write the sheet of one commune."""
        plan, today = self._plan(), self._screen.session.today()

        def work(record: Record, _step: Step) -> Path:
            asked = import_queries.sheet(record, plan=plan, unit=unit, period=period)
            return put_file(out, _data(record, asked, out.suffix.lower(), today))

        self._start(say("Make a document"), work, self._saved)

    def save_all(self) -> None:
        """A workbook for each commune."""
        name = QFileDialog.getExistingDirectory(self._view, _("Choose a folder"))
        if name:
            self.write_all(Path(name))

    def write_all(self, folder: Path) -> None:
        """Write a workbook for each commune into a folder."""
        plan, wanted, today = self._plan(), list(self.asked), self._screen.session.today()

        def work(record: Record, step: Step) -> int:
            for at, (unit, period) in enumerate(wanted):
                step(at, len(wanted))
                asked = import_queries.sheet(record, plan=plan, unit=unit, period=period)
                put_file(folder / queries.sheet_name(asked, suffix=".xlsx"), _data(record, asked, ".xlsx", today))
            return len(wanted)

        self._start(say("Write {count} query sheets", count=len(wanted)), work, self._saved_all)

    def _plan(self) -> ImportPlan:
        plan = self._screen.plan
        return plan if plan is not None else ImportPlan((), (), (), 0, 0)

    def _start(self, what: Sentence, work: Callable[[Record, Step], object], then: Callable[..., None]) -> None:
        job = RunningJob(what, work, stopping=say("Sheets that are written stay."))
        job.succeeded.connect(then)
        job.failed.connect(self._refused)
        Progress(self._view, job)
        self._screen.jobs.start(job, writes=False)

    def _refused(self, fault: BaseException) -> None:
        if isinstance(fault, AppError):
            self._screen.session.refuse(fault)
        else:
            faults.show(self._view, fault)

    def _saved(self, file: Path) -> None:
        self._screen.session.say(say("Saved {file}.", file=file.name))

    def _saved_all(self, count: int) -> None:
        self._screen.session.say(say("Wrote {count} query sheets.", count=count))


def _data(record: Record, asked: QuerySheet, suffix: str, today: date) -> bytes:
    return queries.pdf(record, asked, today=today)[0] if suffix == ".pdf" else queries.xlsx(record, asked, today=today)
