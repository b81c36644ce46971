"""The dialogs and papers of the board: reminders, punctuality, deadlines, holidays, templates, blank forms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from desktop.application import reports, templates
from desktop.application.records import Record
from desktop.errors import AppError
from desktop.system.i18n import _
from desktop.ui.dialogs import faults
from desktop.ui.dialogs.progress import Progress
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.style.palette import Tone
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.ui.screens.board.way import BoardWay


class Papers(QObject):
    """What the tools of the page bar open; making a document never holds the window up."""

    def __init__(self, way: BoardWay) -> None:
        super().__init__(way)
        self._way = way

    def make(self, name: str) -> None:
        """Open one of them."""
        {
            "late": self.remind,
            "punctuality": self.sum_up,
            "deadlines": self.set_deadlines,
            "holidays": self.set_holidays,
            "templates": self.write_templates,
            "blank": self.print_blank,
        }[name]()

    def remind(self) -> None:
        """Whom to remind, with telephone numbers."""
        from desktop.ui.screens.board.late import LateDialog

        LateDialog(self._way.view, self._way.session, self._way.year).exec()

    def sum_up(self) -> None:
        """Who sent in time, a quarter, half or year."""
        from desktop.ui.screens.board.punctual import PunctualityDialog

        PunctualityDialog(self._way.view, self._way.session, form=self._way.model.form or None).exec()

    def set_deadlines(self) -> None:
        """When each form is due."""
        from desktop.ui.screens.board.deadlines import DeadlinesDialog

        DeadlinesDialog(self._way.view, self._way.session, self._way.screen.form).exec()

    def set_holidays(self) -> None:
        """The holidays of the year."""
        from desktop.ui.screens.board.holidays import HolidaysDialog

        HolidaysDialog(self._way.view, self._way.session, self._way.year).exec()

    # ---- forms to be filled in ----

    def form_and_period(self) -> tuple[str, Any]:
        """The form and period of the current column, else those worked on."""
        current = self._way.view.grid.currentIndex()
        if current.isValid():
            head = self._way.model.column(current.column())
            return head.form.code, head.period
        return self._way.screen.form, self._way.session.period

    def write_templates(self) -> None:
        """One workbook a commune, into a folder."""
        form, period = self.form_and_period()
        name = QFileDialog.getExistingDirectory(self._way.view, _("Folder for the templates"))
        if not name:
            return
        folder, today = Path(name), self._way.session.today()

        def work(record: Record, step: Step) -> int:
            return len(
                templates.write_templates(record, form=form, period=period, folder=folder, today=today, step=step)
            )

        def written(count: int) -> None:
            self._way.session.say(
                say("{count} templates written into {folder}.", count=count, folder=folder.name), Tone.GOOD
            )

        self.run(say("Write templates for all communes"), work, written, stopping=say("What is written stays."))

    def print_blank(self) -> None:
        """Blank forms on paper, one page a commune."""
        form, period = self.form_and_period()
        today = self._way.session.today()

        def work(record: Record, _step: Step) -> bytes:
            return reports.report_pdf(record, name="blank-form", unit=None, period=period, form=form, today=today)[0]

        self.run(say("Make a document"), work, self._print)

    def _print(self, data: bytes) -> None:
        from desktop.ui.printing import ask_printer

        ask_printer(self._way.view, self._way.session, data, _("Blank forms"))

    def run(
        self,
        what: Sentence,
        work: Callable[[Record, Step], Any],
        then: Callable[[Any], None],
        *,
        stopping: Sentence | None = None,
    ) -> None:
        """Do work beside the window, then go on with what it gave."""
        job = RunningJob(what, work, stopping=stopping)
        job.succeeded.connect(then)
        job.failed.connect(self._refused)
        Progress(self._way.view, job)
        self._way.session.jobs.start(job, writes=False)

    def _refused(self, fault: BaseException) -> None:
        if isinstance(fault, AppError):
            self._way.session.refuse(fault)
        else:
            faults.show(self._way.view, fault)
