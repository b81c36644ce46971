"""A decision of the province that recognises a commune, or the day from which it no longer holds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from desktop.application.changes import Changes
from desktop.application.records import Record
from desktop.system.i18n import _
from desktop.ui.days import read_day
from desktop.ui.session import Session
from desktop.ui.widgets.parts import button, captioned, column, label, row

if TYPE_CHECKING:
    from desktop.application.criteria_recognitions import Recognised
    from desktop.application.offices import Commune


class RecogniseDialog(QDialog):
    """Number, day and year of a new decision; of a decision that stands only the day of withdrawal."""

    def __init__(
        self, parent: QWidget, session: Session, commune: Commune, year: int, withdrawn: Recognised | None = None
    ) -> None:
        super().__init__(parent)
        self.setModal(True)
        self._session, self._commune, self._held = session, commune, withdrawn
        self.decision = QLineEdit(withdrawn.decision if withdrawn else "")
        self.decision.setAccessibleName(_("Decision number"))
        self.decision.setPlaceholderText("1626/QĐ-UBND")
        self.day = QLineEdit(f"{withdrawn.day:%d/%m/%Y}" if withdrawn else "")
        self.day.setAccessibleName(_("Day of the decision"))
        self.year = QLineEdit(str(withdrawn.year if withdrawn else year))
        self.year.setAccessibleName(_("Recognised for the year"))
        self.from_ = QLineEdit()
        self.from_.setAccessibleName(_("Withdrawn from"))
        self.note = QLineEdit(withdrawn.note or "" if withdrawn else "")
        self.note.setAccessibleName(_("Note"))
        form = _("Withdraw the recognition of {commune}?") if withdrawn else _("Recognition of {commune}")
        title = form.format(commune=commune.name)
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        fields = [self.decision, self.day, self.year, self.note]
        if withdrawn:
            fields.insert(3, self.from_)
            for field in fields[:3]:
                field.setEnabled(False)
        body = column(label(title, "subject", wrap=True), gap=6, margins=(20, 18, 20, 16))
        for field in fields:
            body.addLayout(captioned(field, 140, wrap=True))
            field.textChanged.connect(lambda _text: self._allow())
        told = (
            _("From that day on it counts nowhere; the decision stays in the list.")
            if withdrawn
            else _("Recognised is what the province decides; the points only foretell it.")
        )
        body.addWidget(label(told, "hint", wrap=True))
        self.deed = button(_("Withdraw") if withdrawn else _("Save"), self.save, kind="primary")
        body.addLayout(row(None, button(_("Leave as it was"), self.reject), self.deed))
        self.setLayout(body)
        self._allow()
        (self.from_ if withdrawn else self.decision).setFocus()

    def _day(self, field: QLineEdit) -> date | None:
        return read_day(field.text(), self._session.today())

    def _allow(self) -> None:
        if self._held is not None:
            self.deed.setEnabled(self._day(self.from_) is not None)
            return
        year = self.year.text().strip()
        ready = bool(self.decision.text().strip()) and self._day(self.day) is not None
        self.deed.setEnabled(ready and year.isascii() and year.isdigit() and len(year) == 4)

    def save(self) -> None:
        """Write it; a refusal keeps the dialog open."""
        if self._session.write(self._withdraw if self._held is not None else self._recognise) is not None:
            self.accept()

    def _withdraw(self, record: Record) -> Changes:
        from desktop.application.criteria_recognitions import withdraw

        from_ = self._day(self.from_)
        assert self._held is not None  # noqa: S101 - the dialog was made for it
        assert from_ is not None  # noqa: S101 - the button waits for it
        return withdraw(
            record, unit=self._commune.code, day_of_decision=self._held.day, from_=from_,
            note=self.note.text().strip() or None, source="window",
        )  # fmt: skip

    def _recognise(self, record: Record) -> Changes:
        from desktop.application.criteria_recognitions import recognise

        day = self._day(self.day)
        assert day is not None  # noqa: S101 - the button waits for it
        return recognise(
            record, unit=self._commune.code, year=int(self.year.text()), decision=self.decision.text().strip(),
            day=day, note=self.note.text().strip() or None, source="window",
        )  # fmt: skip
