"""The decision behind a year's assigned figures: its number and its date."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from desktop.application import assigned
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.days import read_day
from desktop.ui.session import Session
from desktop.ui.widgets.parts import button, column, label, row


class DecisionDialog(QDialog):
    """Two fields; the date may be left empty until it is known."""

    def __init__(self, parent: QWidget, session: Session, form: str) -> None:
        super().__init__(parent)
        self._session, self._form = session, form
        year = session.period.year
        title = _("Decision behind the assigned figures of {year}").format(year=year)
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        held = assigned.decision(session.record, form=form, year=year)
        own = held if held is not None and held.own else None
        self.number = QLineEdit(own.number if own else "")
        self.number.setPlaceholderText("12/QĐ-UBND")
        self.day = QLineEdit(words.day(own.decided_on) if own and own.decided_on else "")
        self.day.setPlaceholderText("14/01/2025")
        self.wrong = label("", "hint", wrap=True)
        self.wrong.hide()
        body = column(label(title, "subject", wrap=True), gap=8, margins=(20, 18, 20, 16))
        for name, field in ((_("Decision number"), self.number), (_("Date of decision"), self.day)):
            caption = label(name, "second")
            caption.setBuddy(field)
            field.setAccessibleName(name)
            body.addWidget(caption)
            body.addWidget(field)
        body.addWidget(self.wrong)
        leave = button(_("Leave as it was"), self.reject)
        self.save = button(_("Save decision"), self._save, kind="primary")
        self.save.setDefault(True)
        body.addLayout(row(None, leave, self.save))
        self.setLayout(body)

    def _save(self) -> None:
        typed = self.day.text().strip()
        day = read_day(typed, self._session.today())
        if typed and day is None:
            self.wrong.setText(_("“{text}” is not a day; it is written 14/01/2025.").format(text=typed))
            self.wrong.show()
            self.day.setFocus()
            return
        number, form, year = self.number.text().strip(), self._form, self._session.period.year
        done = self._session.write(
            lambda record: assigned.put_decision(record, form=form, year=year, number=number, decided_on=day)
        )
        if done is not None:
            self.accept()


def ask_decision(parent: QWidget, session: Session, form: str) -> bool:
    """Whether the decision was written."""
    return DecisionDialog(parent, session, form).exec() == QDialog.DialogCode.Accepted
