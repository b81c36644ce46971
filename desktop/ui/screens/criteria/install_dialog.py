"""An office's official table before it is loaded: what it says, what is wrong with it, what changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from desktop.application.records import Record
from desktop.domain.findings import Severity, has_errors
from desktop.errors import AppError
from desktop.system.i18n import _, render
from desktop.ui.session import Session
from desktop.ui.widgets.findings import FindingList
from desktop.ui.widgets.parts import button, column, label, row, rule
from desktop.ui.widgets.tables import Column, RowsModel, Table

if TYPE_CHECKING:
    from desktop.application.criteria_tables import Difference, Installed


class InstallDialog(QDialog):
    """The preview of a table; nothing is kept before “Load”."""

    def __init__(self, parent: QWidget, session: Session, file: Path) -> None:
        super().__init__(parent)
        self.setModal(True)
        self._session, self._file = session, file
        self.found: Installed | None = None
        self._content = b""
        title = _("Load the criteria from {file}?").format(file=file.name)
        self.setWindowTitle(title)
        self.resize(720, 520)
        self.told = label("", wrap=True)
        self.model: RowsModel[Difference] = RowsModel(
            [
                Column(_("No."), lambda one: one.code, width=70),
                Column(_("What changes"), lambda one: render(one.what), stretch=True, tip=lambda one: render(one.what)),
            ]
        )
        self.table = Table(self.model, name=_("What changes"))
        self.findings = FindingList(_("Findings of the table"))
        self.deed = button(_("Load"), self.load, kind="primary")
        body = column(label(title, "subject", wrap=True), self.told, rule(), gap=8, margins=(20, 18, 20, 16))
        body.addWidget(self.table, 1)
        body.addWidget(label(_("Findings of the table"), "head"))
        body.addWidget(self.findings, 1)
        body.addLayout(row(None, button(_("Do not load"), self.reject), self.deed))
        self.setLayout(body)
        self._preview()

    def _preview(self) -> None:
        from desktop.application.criteria_tables import install

        self.deed.setEnabled(False)
        try:
            self._content = self._file.read_bytes()
            self.found = install(self._session.record, content=self._content, name=self._file.name, dry_run=True)
        except OSError:
            self.told.setText(
                _("{file} cannot be read. Close it if another program shows it.").format(file=self._file.name)
            )
            return
        except AppError as fault:
            self.told.setText(" ".join(render(part) for part in (fault.title, fault.advice) if part))
            return
        one = self.found.criteria
        self.findings.show_findings(self.found.findings, _("Nothing is wrong with the table."))
        self.model.show(self.found.differences)
        self.table.setVisible(bool(self.found.differences))
        if one is not None:
            told = _("{name}, from {year} on: {criteria} criteria, {rows} rows. Earlier years keep their set.").format(
                name=one.name, year=one.first_year, criteria=len(one.criteria), rows=len(one.rows)
            )
            if self.found.years_kept:
                years = ", ".join(map(str, self.found.years_kept))
                told += " " + _("Communes already scored in {years} keep the set they were scored with.").format(
                    years=years
                )
            self.told.setText(told)
        else:
            wrong = sum(found.severity is Severity.ERROR for found in self.found.findings)
            self.told.setText(
                _(
                    "{count} faults: nothing is loaded. Correct these cells in the file, save it and choose it again."
                ).format(count=wrong)
            )
        self.deed.setEnabled(one is not None and not has_errors(list(self.found.findings)))

    def load(self) -> None:
        """Keep the table as one change."""

        def intent(record: Record) -> Installed:
            from desktop.application.criteria_tables import install

            return install(record, content=self._content, name=self._file.name, dry_run=False)

        if self._session.write(intent) is not None:
            self.accept()
