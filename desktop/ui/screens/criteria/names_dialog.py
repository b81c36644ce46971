"""What the three columns of points are called in this office."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from desktop.application.changes import Changes
from desktop.application.records import Record
from desktop.domain.criteria.scoring import By
from desktop.system.i18n import _
from desktop.ui.screens.criteria import words
from desktop.ui.session import Session
from desktop.ui.widgets.parts import button, captioned, column, label, row

LONGEST = 24


class NamesDialog(QDialog):
    """A name for each column; an empty field gives the usual name back."""

    def __init__(self, parent: QWidget, session: Session, names: dict[By, str]) -> None:
        super().__init__(parent)
        self.setModal(True)
        self._session = session
        title = _("Names of the columns of points")
        self.setWindowTitle(title)
        self.setMinimumWidth(400)
        self.fields: dict[By, QLineEdit] = {}
        body = column(label(title, "subject", wrap=True), gap=6, margins=(20, 18, 20, 16))
        for by in By:
            usual = words.by_name(by, {})
            field = QLineEdit(names.get(by, ""))
            field.setPlaceholderText(usual)
            field.setMaxLength(LONGEST)
            field.setAccessibleName(usual)
            body.addLayout(captioned(field, 110))
            self.fields[by] = field
        body.addWidget(
            label(_("An empty name gives the usual one back. Papers keep their own words."), "hint", wrap=True)
        )
        deed = button(_("Save"), self.save, kind="primary")
        body.addLayout(row(None, button(_("Leave as it was"), self.reject), deed))
        self.setLayout(body)

    def save(self) -> None:
        """Write them; a refusal keeps the dialog open."""
        told = {by: field.text() for by, field in self.fields.items()}

        def intent(record: Record) -> Changes:
            from desktop.application.criteria_scores import name_columns

            return name_columns(record, told, source="window")

        if self._session.write(intent) is not None:
            self.accept()
