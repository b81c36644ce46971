"""Between office and commune: the query sheet as message, paper or workbook; the form on paper; a template."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu

from desktop.application import queries, reports, templates
from desktop.application.records import Record
from desktop.domain.query_sheet import QuerySheet
from desktop.domain.text import fold
from desktop.errors import AppError
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.dialogs import faults
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.places import Place
from desktop.ui.style.palette import Tone
from desktop.ui.widgets.parts import button
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.ui.screens.entry.commune.model import FormModel
    from desktop.ui.screens.entry.commune.way import CommuneWay


class Asking(QObject):
    """The menu of a commune's form; making a document never holds the window up."""

    def __init__(self, way: CommuneWay, model: FormModel) -> None:
        super().__init__(way)
        self._way, self._model = way, model
        self.button = button(_("Ask the commune"), tip=_("Query sheet, paper form and template of this commune"))
        self.button.setProperty("kind", "menu")
        self.menu = QMenu(self.button)
        self.button.setMenu(self.menu)
        self.actions: dict[str, QAction] = {}
        for name, text, deed in (
            ("message", _("Copy the questions for a message"), self.copy_message),
            ("print", _("Print the query sheet…"), self.print_query),
            ("pdf", _("Save the query sheet, PDF…"), partial(self.save_query, "pdf")),
            ("xlsx", _("Save the query sheet, Excel for the answers…"), partial(self.save_query, "xlsx")),
            ("answers", _("Read the answers…"), lambda: self._way.session.go(Place.IMPORTS)),
            ("", "", None),
            ("form", _("Print the form…"), partial(self.print_form, "filled-form")),
            ("blank", _("Print a blank form…"), partial(self.print_form, "blank-form")),
            ("template", _("Save an Excel template for the commune…"), self.save_template),
        ):
            if deed is None:
                self.menu.addSeparator()
            else:
                self.actions[name] = self.menu.addAction(text)
                self.actions[name].triggered.connect(partial(_call, deed))

    # ---- the query sheet ----

    def copy_message(self) -> None:
        """The questions as a short text on the clipboard."""
        told = self._told()
        self._make(lambda record: _asked_text(record, told), self._copied)

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        count = sum(line[:1].isdigit() for line in text.splitlines())
        self._way.session.say(say("{count} questions copied; paste them into a message.", count=count))

    def print_query(self) -> None:
        """The sheet on paper."""
        told = self._told()
        today, name = self._way.session.today(), _("Query sheet of {commune}").format(commune=self._commune())
        self._make(lambda record: _asked_pdf(record, told, today), partial(self._print, name))

    def save_query(self, kind: str) -> None:
        """The sheet as a PDF or as a workbook with room for answers."""
        told, today = self._told(), self._way.session.today()
        kinds = {"pdf": "PDF (*.pdf)", "xlsx": "Excel (*.xlsx)"}
        out = self._where(_("Save the query sheet"), f"hoi-lai-so-lieu-{self._slug()}.{kind}", kinds[kind])
        if out is not None:
            self._make(
                lambda record: queries.write(record, out=out, today=today, **told).file,
                self._saved,
            )

    # ---- the form itself ----

    def print_form(self, name: str) -> None:
        """The form as it stands, or blank to be written by hand."""
        told, today = self._told(), self._way.session.today()
        self._make(
            lambda record: reports.report_pdf(record, name=name, today=today, **told)[0],
            partial(self._print, self._commune()),
        )

    def save_template(self) -> None:
        """A workbook the commune fills in."""
        told, today = self._told(), self._way.session.today()
        proposed = templates.template_name(self._way.session.record, **told)
        out = self._where(_("Save an Excel template"), proposed, "Excel (*.xlsx)")
        if out is not None:
            kind = self._way.screen.kind
            self._make(
                lambda record: templates.write_template(record, out=out, today=today, kind=kind, **told).file,
                self._saved,
            )

    # ---- parts ----

    def _told(self) -> dict[str, Any]:
        form = self._model.form
        if form is None:
            return {}
        return {"unit": form.commune.code, "form": form.form.code, "period": form.period}

    def _commune(self) -> str:
        return words.unit_name(self._model.form.commune.name) if self._model.form else ""

    def _slug(self) -> str:
        return f"{fold(self._commune()).replace(' ', '-')}-{self._way.session.period.id}"

    def _where(self, title: str, proposed: str, kinds: str) -> Path | None:
        name, _filter = QFileDialog.getSaveFileName(self._way.view, title, proposed, kinds)
        return Path(name) if name else None

    def _make(self, work: Callable[[Record], Any], then: Callable[[Any], None]) -> None:
        if not self._way.settle() or self._model.form is None:
            return

        def read(record: Record, _step: Step) -> object:
            return work(record)

        job = RunningJob(say("Make a document"), read)
        job.succeeded.connect(then)
        job.failed.connect(self._refused)
        self._way.session.jobs.start(job, writes=False)

    def _refused(self, fault: BaseException) -> None:
        if isinstance(fault, AppError):
            self._way.session.refuse(fault)
        else:
            faults.show(self._way.view, fault)

    def _print(self, name: str, data: bytes) -> None:
        from desktop.ui.printing import ask_printer

        ask_printer(self._way.view, self._way.session, data, name)

    def _saved(self, file: Path) -> None:
        self._way.session.say(say("Saved {file}.", file=file.name), Tone.PLAIN)


def _call(deed: Callable[[], object], *_checked: bool) -> None:
    deed()


def _asked(record: Record, told: dict[str, Any]) -> QuerySheet:
    asked = queries.sheet(record, **told)
    if asked.is_empty:
        raise AppError(
            "nothing_to_ask",
            say("There is nothing to ask {unit}.", unit=asked.unit_name),
            say("Choose a commune with findings."),
        )
    return asked


def _asked_text(record: Record, told: dict[str, Any]) -> str:
    return queries.text(_asked(record, told))


def _asked_pdf(record: Record, told: dict[str, Any], today: date) -> bytes:
    return queries.pdf(record, _asked(record, told), today=today)[0]
