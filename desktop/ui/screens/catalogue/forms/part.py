"""Joins the page of forms with the record: reading, installing a file, writing a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.application import catalogue, regimes
from desktop.application.records import Record
from desktop.application.regime_facts import regimes as official
from desktop.application.regime_preview import read_bytes
from desktop.application.regimes import Installed
from desktop.domain.elements import Form
from desktop.domain.text import fold
from desktop.system.i18n import _
from desktop.ui.dialogs import faults
from desktop.ui.dialogs.ask import Choice, choose
from desktop.ui.dialogs.progress import Progress
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.screens.catalogue.forms.dialog import InstallDialog
from desktop.ui.screens.catalogue.forms.page import FormsPage, Known, rows_of
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.wording import say

KINDS: Final = "*.xlsx *.xlsm *.xls *.ods *.yaml *.yml"


class FormsPart(QObject):
    """A regime is installed as one change; its forms and their days are shown at once."""

    def __init__(self, session: Session, page: FormsPage, window: QWidget) -> None:
        super().__init__(page)
        self._session, self._page, self._window = session, page, window
        self._forms: list[Form] = []
        self._text = ""
        page.install.clicked.connect(self.ask_file)
        page.write.clicked.connect(self.ask_out)

    def load(self) -> None:
        """Read the forms, those in force first."""
        forms = catalogue.catalogue(self._session.record).forms.values()
        self._forms = sorted(forms, key=lambda one: (one.valid_to is not None, one.code))
        self.narrow(self._text)

    def narrow(self, text: str) -> None:
        """Show what fits a filter; of a regime that fits by its name everything."""
        self._text = text
        wanted = fold(text).split()
        self._page.show_forms([one for one in self._forms if _fits(f"{one.name_vi} {one.name_en} {one.code}", wanted)])
        rows = rows_of(official())
        named = {row.regime.code for row in rows if row.is_head and _fits(_words(row), wanted)}
        kept = [row for row in rows if row.regime.code in named or (not row.is_head and _fits(_words(row), wanted))]
        heads = {row.regime.code for row in kept}
        self._page.show_regimes([row for row in rows if row in kept or (row.is_head and row.regime.code in heads)])

    def ask_file(self) -> None:
        """Choose a file."""
        files = _("Regimes of reports") + f" ({KINDS})"
        name, _filter = QFileDialog.getOpenFileName(self._window, _("Install from a file…"), "", files)
        if name:
            self.install(Path(name))

    def install(self, file: Path) -> None:
        """Show what a file does; install it where the person says so."""
        asked = InstallDialog(self._window, self._session, file)
        if asked.exec() != QDialog.DialogCode.Accepted or asked.preview is None:
            return
        begin = asked.begin

        def work(record: Record, _step: Step) -> Installed:
            return regimes.install_file(record, data=read_bytes(file), name=file.name, begin=begin)

        job = RunningJob(say("Install {file}", file=file.name), work, stopping=say("Nothing is installed."))
        job.succeeded.connect(lambda done: self._installed(file, done))
        job.failed.connect(lambda fault: faults.show(self._window, fault))
        Progress(self._window, job)
        self._session.jobs.start(job, writes=True)

    def _installed(self, file: Path, done: Installed) -> None:
        self._session.tell(done.changes)
        if done.changes.changed:
            self._session.say(say("Installed {file}.", file=file.name), Tone.GOOD)
        else:
            self._session.say(say("{file} brings nothing that is not installed already.", file=file.name))

    def ask_out(self) -> None:
        """Choose what to write and where."""
        choices = (
            Choice("empty", _("Empty sheets")),
            Choice("held", _("What is installed")),
        )
        text = _("A spreadsheet to change and install again: what is installed, or empty sheets to fill in.")
        answer = choose(self._window, _("Write forms as a spreadsheet"), text, choices, safe="held")
        if answer is None:
            return
        proposed = "che-do-bao-cao-trong.xlsx" if answer == "empty" else "che-do-bao-cao.xlsx"
        name, _filter = QFileDialog.getSaveFileName(
            self._window, _("Write forms as a spreadsheet"), proposed, "Excel (*.xlsx)"
        )
        if name:
            self.write(Path(name), empty=answer == "empty")

    def write(self, out: Path, *, empty: bool) -> None:
        """Write the workbook beside the window."""
        today = self._session.today()

        def work(record: Record, _step: Step) -> Path:
            return regimes.write_regime(record, out=out, today=today, empty=empty)

        job = RunningJob(say("Write {file}", file=out.name), work)
        job.succeeded.connect(lambda file: self._session.say(say("Saved {file}.", file=file.name)))
        job.failed.connect(lambda fault: faults.show(self._window, fault))
        self._session.jobs.start(job, writes=False)


def _words(row: Known) -> str:
    if row.fact is not None:
        return f"{row.fact.text} {row.fact.number or ''}"
    return row.gap or f"{row.regime.symbol} {row.regime.title or ''} {row.regime.subject}"


def _fits(text: str, wanted: list[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in wanted)
