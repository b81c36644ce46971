"""Báo cáo: the report is made on a worker, shown as the very PDF that is saved and printed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.application import plans, reports
from desktop.application.boundary_days import boundary_days
from desktop.application.changes import Subject
from desktop.application.lineages import communes_on
from desktop.application.records import Record
from desktop.domain.findings import Finding
from desktop.domain.text import fold
from desktop.errors import AppError
from desktop.system.i18n import _, render
from desktop.ui import words
from desktop.ui.dialogs import faults
from desktop.ui.dialogs.progress import Progress
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.places import Place
from desktop.ui.saving import save_bytes
from desktop.ui.screens.reports.kinds import Units
from desktop.ui.screens.reports.printing import print_pages
from desktop.ui.screens.reports.view import ReportsView
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.ui.widgets.pages import PdfPages
from desktop.wording import say

Made = tuple[bytes, int, list[Finding]]


class ReportScreen(Screen):
    """One report of a plan and the period of the header."""

    place = Place.REPORTS
    shows = frozenset(
        {
            Subject.VALUES,
            Subject.SUBMISSIONS,
            Subject.FINDINGS,
            Subject.PLANS,
            Subject.OFFICE,
            Subject.CATALOGUE,
            Subject.CRITERIA,
        }
    )
    help = "bao-cao"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._view = ReportsView()
        self._making: RunningJob | None = None
        self._again = False
        self._plans: list[tuple[str, str]] = []
        view = self._view
        view.report_changed.connect(self.choose_report)
        view.choice_changed.connect(self.make)
        view.boundaries_changed.connect(self.choose_boundaries)
        view.save_asked.connect(self.ask_where)
        view.print_asked.connect(self.ask_printer)
        view.zoom_chosen.connect(self.zoom)
        view.findings.chosen.connect(self.show_finding)
        view.show_zoom(session.settings.zoom)
        view.show_nothing(_("Making the report…"), "")
        QShortcut(QKeySequence("Ctrl+P"), view, self.ask_printer)

    @property
    def view(self) -> QWidget:
        """The page."""
        return self._view

    @property
    def pages(self) -> PdfPages | None:
        """The document shown."""
        return self._view.pages.pages

    def load(self) -> None:
        """Show the choices of the period and make the report."""
        session = self.session
        known = [
            (plan.code, f"{plan.symbol} · {plan.title}")
            for plan in plans.plans_of(session.record).values()
            if any(target.year for target in plan.targets)
        ]
        every = [("", _("All plans with targets"))] if len(known) > 1 else []
        self._plans = [*every, *reversed(known)]
        self._view.show_boundaries(boundary_days(session.record, period=session.period, today=session.today()))
        self._show_choices()
        period = render(session.period.sentence())
        self._view.period.setText(_("Period: {period}, chosen at the top of the window.").format(period=period))
        self._show_subtitle()
        self.make()

    def _show_subtitle(self) -> None:
        period = render(self.session.period.sentence())
        self._view.bar.subtitle.setText(f"{self._view.kind.title()}, {period}")

    def _show_choices(self) -> None:
        """Plans, and the units that stand on the boundaries chosen."""
        session, kind = self.session, self._view.kind
        day = self._view.boundaries.day if kind.has_plans else None
        communes = session.communes if day is None else communes_on(session.record, day, beside=session.period.last)
        units = [("", session.office.name)] if kind.units is not Units.COMMUNE else []
        units += [(c.code, words.unit_name(c.name)) for c in communes] if kind.units is not Units.OFFICE else []
        self._view.show_choices(self._plans, units)
        self._view.show_kind(kind)

    def choose_report(self) -> None:
        """Make another report of the same period."""
        self._show_choices()
        self._show_subtitle()
        self.make()

    def choose_boundaries(self) -> None:
        """Report on other boundaries."""
        self._show_choices()
        self.make()

    def set_compact(self, compact: bool) -> None:
        """Use little room."""
        self._view.set_compact(compact)

    def make(self) -> None:
        """Make the report on a worker; while one is being made the next waits."""
        if self._making is not None:
            self._again = True
            return
        period, today = self.session.period, self.session.today()
        unit = self._view.unit.currentData() or None
        kind = self._view.kind
        plan = (self._view.plan.currentData() or None) if kind.has_plans else None
        day = self._view.boundaries.day if kind.has_plans else None

        def work(record: Record, _step: Step) -> Made:
            data, count = reports.report_pdf(
                record, name=kind.name, unit=unit, period=period, today=today, plan=plan, boundaries=day
            )
            found = reports.findings_of(record, unit=unit, period=period, boundaries=day) if kind.has_plans else []
            return data, count, found

        job = RunningJob(say("Make the report"), work)
        job.succeeded.connect(self._show)
        job.failed.connect(self._refused)
        job.ended.connect(self._made)
        self._making = job
        Progress(self._view, job)
        self.jobs.start(job, writes=False)

    def _made(self) -> None:
        self._making = None
        if self._again:
            self._again = False
            self.make()

    def _show(self, made: Made) -> None:
        data, _count, findings = made
        self._view.show_pages(PdfPages(data))
        names = {commune.code: words.unit_name(commune.name) for commune in self.session.communes}
        self._view.show_findings([finding for finding in findings if finding.kept is None], names)

    def _refused(self, fault: BaseException) -> None:
        if isinstance(fault, AppError):
            self._view.show_nothing(render(fault.title), render(fault.advice) if fault.advice else "")
            return
        self._view.show_nothing(_("The report could not be made"), "")
        faults.show(self._view, fault)

    def show_finding(self, finding: Finding) -> None:
        """Go to the cell a finding speaks of."""
        self.session.go(Place.ENTRY, unit=finding.unit or "", element=finding.element or "")

    def zoom(self, percent: int) -> None:
        """Zoom, and remember it."""
        self._view.show_zoom(percent)
        self.session.keep(zoom=percent)

    def ask_where(self) -> None:
        """Ask for a file name and save the PDF shown."""
        if self.pages is None:
            return
        name, _filter = QFileDialog.getSaveFileName(self._view, _("Save PDF"), self.file_name(), "PDF (*.pdf)")
        if name:
            self.save(Path(name))

    def file_name(self) -> str:
        """A name that says what the file is, without marks."""
        office = fold(self._view.unit.currentText()).replace(" ", "-")
        kind = self._view.kind
        day = self._view.boundaries.day if kind.has_plans else None
        ground = f"-dia-gioi-{day:%Y-%m-%d}" if day is not None else ""
        return f"{kind.file}-{self.session.period.id}-{office}{ground}.pdf"

    def save(self, out: Path) -> None:
        """Write the very bytes shown, whole or not at all."""
        if self.pages is None:
            return
        save_bytes(self.session, out, self.pages.data)

    def ask_printer(self) -> None:
        """Ask for a printer and print what is shown."""
        if self.pages is None:
            return
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.file_name().removesuffix(".pdf"))
        printer.setFromTo(1, len(self.pages))
        dialog = QPrintDialog(printer, self._view)
        dialog.setWindowTitle(_("Print"))
        dialog.setMinMax(1, len(self.pages))
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            first, last = (printer.fromPage() or 1) - 1, (printer.toPage() or len(self.pages)) - 1
            count = print_pages(printer, self.pages, first, last)
            self.session.say(say("Sent {count} pages to the printer.", count=count))
