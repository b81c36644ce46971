"""Before a regime's file is installed: what is new, what it takes the place of, what is wrong with it and where."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from desktop.application.records import Record
from desktop.application.regime_preview import Deed, Line, Preview, What, preview_file
from desktop.domain.findings import has_errors
from desktop.errors import AppError
from desktop.system.i18n import _, render
from desktop.ui import words
from desktop.ui.days import read_day
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.ui.widgets.findings import FindingList
from desktop.ui.widgets.parts import button, column, label, row
from desktop.ui.widgets.tables import Column, RowsModel, Table
from desktop.wording import say

PAUSE: Final = 300  # milliseconds after the last key


class InstallDialog(QDialog):
    """Reads the file beside the window, again whenever another first day is typed."""

    def __init__(self, parent: QWidget | None, session: Session, file: Path) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(_("Install a regime of reports"))
        self.resize(860, 470)
        self.file = file
        self.preview: Preview | None = None
        self.begin: date | None = None
        self._session = session
        self._asked: RunningJob | None = None
        self.day = QLineEdit()
        self.day.setFixedWidth(96)
        self.day.setAccessibleName(_("First day for what says none"))
        self.state = label("", "second", wrap=True)
        self.lines = Table(RowsModel(_columns()), name=_("What the file does"), lines=2)
        self.findings = FindingList(_("Findings in the file"))
        self.findings.setFixedWidth(290)
        self.save = button(_("Install"), self.accept, kind="primary")
        body = column(label(file.name, "subject", wrap=True), gap=8, margins=(18, 14, 18, 14))
        body.addLayout(row(label(_("First day for what says none"), "second"), self.day, None, gap=8))
        body.addWidget(self.state)
        middle = row(gap=10)
        middle.addWidget(self.lines, 1)
        middle.addWidget(self.findings)
        body.addLayout(middle, 1)
        body.addLayout(row(None, button(_("Cancel"), self.reject), self.save))
        self.setLayout(body)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.look)
        self.day.textChanged.connect(self._typed)
        self.look()

    def _typed(self) -> None:
        # What is shown is of another day: it must not be installed.
        self.save.setEnabled(False)
        self._pause.start()

    def look(self) -> None:
        """Read the file and compare, off the window's thread."""
        self._pause.stop()
        self.preview = None
        self.save.setEnabled(False)
        typed = self.day.text().strip()
        self.begin = read_day(typed, self._session.today()) if typed else None
        if typed and self.begin is None:
            self._say(_("“{text}” is not a day: write 01/03/2027.").format(text=typed), Tone.BAD)
            return
        self._say(_("Reading the file…"))
        file, begin = self.file, self.begin

        def work(record: Record, _step: Step) -> Preview:
            return preview_file(record, file=file, begin=begin)

        job = self._asked = RunningJob(say("Read {file}", file=file.name), work)
        job.succeeded.connect(lambda found: self._show(job, found))
        job.failed.connect(lambda fault: self._refused(job, fault))
        self._session.jobs.start(job, writes=False)

    def _show(self, job: RunningJob, found: Preview) -> None:
        if job is not self._asked:
            return
        self.lines.rows_model.show(found.lines)
        self.findings.show_findings(found.done.findings, _("Nothing is wrong with the file."))
        wrong = has_errors(list(found.done.findings))
        self.preview = None if wrong else found
        self.save.setEnabled(self.preview is not None)
        count = {deed: sum(line.deed is deed for line in found.lines) for deed in Deed}
        told = _("New: {new}. Renewed: {renewed}. Ending: {ends}. Check rules: {rules}.").format(
            new=count[Deed.NEW], renewed=count[Deed.RENEWED], ends=count[Deed.ENDS], rules=found.rules
        )
        why = _("The file has errors; it cannot be installed.") if wrong else ""
        self._say(f"{told} {why}".strip())

    def _refused(self, job: RunningJob, fault: BaseException) -> None:
        if job is not self._asked:
            return
        self.lines.rows_model.show(())
        self.findings.show_findings((), "")
        if not isinstance(fault, AppError):
            self.reject()
            self._session.refuse(fault)
            return
        parts = [render(fault.title), render(fault.advice) if fault.advice else ""]
        self._say(" ".join(filter(None, parts)), Tone.BAD)

    def _say(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        self.state.setText(text)
        self.state.setProperty("tone", tone.value)
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)

    def done(self, result: int) -> None:
        """What is still being read is of no use any more."""
        self._pause.stop()
        if self._asked is not None:
            self._asked.stop()
        self._asked = None
        super().done(result)


def _columns() -> list[Column[Line]]:
    kinds = {What.FORM: _("Form"), What.ELEMENT: _("Figures"), What.INDICATOR: _("Indicator")}
    return [
        Column(
            _("Name"),
            lambda one: words.named(one.name_vi, one.name_en),
            second=lambda one: f"{kinds[one.what]} · {one.code}",
            stretch=True,
            tip=lambda one: words.named(one.name_vi, one.name_en),
        ),
        Column(_("What happens"), _deed, tone=lambda one: Tone.WARN if one.deed is Deed.ENDS else None, width=142),
        Column(
            _("Continues"),
            lambda one: one.old_name or one.old or "–",
            second=lambda one: one.old if one.old_name else "",
            tip=lambda one: one.old_name,
            width=160,
        ),
    ]


def _deed(one: Line) -> str:
    day = words.day(one.day) if one.day else ""
    if one.deed is Deed.ENDS:
        return _("ends on {day}").format(day=day)
    if one.deed is Deed.RENEWED:
        return _("renewed")
    return _("new from {day}").format(day=day) if day else _("new")
