"""Tổng hợp đúng hạn: the real pages of the summary of a quarter, half or year; printed, saved as PDF or for Excel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QWidget

from desktop.application import punctuality
from desktop.application.records import Record
from desktop.domain.periods import Period
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.dialogs import faults
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.saving import save_bytes
from desktop.ui.session import Session
from desktop.ui.widgets.pages import PagesView, PdfPages
from desktop.ui.widgets.parts import button, column, label, row
from desktop.wording import say


def periods_of(year: int) -> list[Period]:
    """What can be summed up: the year, its halves, its nine months, its quarters."""
    spans = ((1, 12), (1, 6), (7, 12), (1, 9), (1, 3), (4, 6), (7, 9), (10, 12))
    return [Period.of_months(year, first, year, last) for first, last in spans]


class PunctualityDialog(QDialog):
    """A period above, the pages below."""

    def __init__(self, parent: QWidget, session: Session, *, form: str | None) -> None:
        super().__init__(parent)
        self._session, self._form = session, form
        self.data: bytes = b""
        self._reading: RunningJob | None = None
        self.setWindowTitle(_("Summary of punctuality"))
        over = parent.window()
        self.resize(min(900, over.width() - 60), over.height() - 40)
        self.periods = QComboBox()
        self.periods.setAccessibleName(_("Period"))
        for period in periods_of(session.period.last.year):
            self.periods.addItem(words.period_name(period), period.id)
        self.periods.setCurrentIndex(max(self.periods.findData(session.period.id), 0))
        self.periods.activated.connect(lambda _at: self.read())
        self.told = label("", "second")
        self.pages = PagesView()
        self.print = button(_("Print…"), self.print_pages, icon="print_16_regular")
        self.pdf = button(_("Save PDF…"), self.save_pdf, icon="document_pdf_16_regular")
        self.excel = button(_("Save for Excel…"), self.save_excel, icon="save_16_regular")
        body = column(gap=8, margins=(16, 14, 16, 14))
        body.addLayout(row(label(_("Summary of punctuality"), "subject"), self.periods, self.told, None))
        body.addWidget(self.pages, 1)
        body.addLayout(row(self.print, self.pdf, self.excel, None, button(_("Close"), self.accept)))
        self.setLayout(body)
        self.read()

    @property
    def period(self) -> Period:
        """The period chosen."""
        return Period.parse(str(self.periods.currentData()))

    def read(self) -> None:
        """Make the pages beside the window."""
        period, today, form = self.period, self._session.today(), self._form

        def work(record: Record, _step: Step) -> tuple[bytes, int]:
            return punctuality.summary_pdf(record, period=period, today=today, form=form)

        self._allow(allowed=False)
        self.told.setText(_("The pages are being made…"))
        job = self._reading = RunningJob(say("Make a document"), work)
        job.succeeded.connect(lambda made, period=period: self._show(period, *made))
        job.failed.connect(lambda fault: faults.show(self, fault))
        self._session.jobs.start(job, writes=False)

    def _show(self, period: Period, data: bytes, count: int) -> None:
        if period != self.period:
            return
        self.data = data
        self.pages.show_pages(PdfPages(data))
        self.told.setText(_("{count} pages").format(count=count) if count != 1 else _("1 page"))
        self._allow(allowed=True)

    def _allow(self, *, allowed: bool) -> None:
        for part in (self.print, self.pdf, self.excel):
            part.setEnabled(allowed)

    def _name(self, suffix: str) -> str:
        return f"dung-han-{self.period.id}.{suffix}"

    def print_pages(self) -> None:
        """On paper."""
        from desktop.ui.printing import ask_printer

        ask_printer(self, self._session, self.data, self._name("pdf"))

    def save_pdf(self) -> None:
        """The very bytes shown."""
        name, _filter = QFileDialog.getSaveFileName(self, _("Save PDF"), self._name("pdf"), "PDF (*.pdf)")
        if name:
            save_bytes(self._session, Path(name), self.data)

    def save_excel(self) -> None:
        """The counts, and every form late or missing."""
        name, _filter = QFileDialog.getSaveFileName(self, _("Save for Excel"), self._name("xlsx"), "Excel (*.xlsx)")
        if not name:
            return
        period, today, form = self.period, self._session.today(), self._form

        def work(record: Record, _step: Step) -> bytes:
            return punctuality.summary_xlsx(record, period=period, today=today, form=form)

        job = RunningJob(say("Make a document"), work)
        job.succeeded.connect(lambda data: save_bytes(self._session, Path(name), data))
        job.failed.connect(lambda fault: faults.show(self, fault))
        self._session.jobs.start(job, writes=False)
