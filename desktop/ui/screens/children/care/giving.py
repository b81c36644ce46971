"""A supplement given to one child, on any day."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QSpinBox, QWidget

from desktop.domain.child_care import Given, Supplement
from desktop.domain.children import Child
from desktop.system.i18n import _
from desktop.ui.days import read_day
from desktop.ui.screens.children.care import words
from desktop.ui.session import Session
from desktop.ui.widgets.parts import button, captioned, column, label, row

CAPTION = 110


class GiveDialog(QDialog):
    """What, when, how much; no dose takes the note of that day away."""

    def __init__(self, parent: QWidget | None, session: Session, child: Child) -> None:
        super().__init__(parent)
        self.setModal(True)
        self._today, self._child = session.today(), child
        title = _("Supplement given to {name}").format(name=child.name)
        self.setWindowTitle(title)
        self.setMinimumWidth(380)
        self.what = QComboBox()
        self.what.setAccessibleName(_("Supplement"))
        for one in Supplement:
            self.what.addItem(words.supplement(one), one.value)
        self.day = QLineEdit(session.day.strftime("%d/%m/%Y"))
        self.day.setAccessibleName(_("Given on"))
        self.doses = QSpinBox()
        self.doses.setRange(0, 1000)
        self.doses.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.doses.setValue(1)
        self.doses.setAccessibleName(_("Doses, tablets"))
        self.note = QLineEdit()
        self.note.setAccessibleName(_("Note"))
        self.told = label(_("0 doses take away what was noted on that day."), "hint", wrap=True)
        self.leave = button(_("Leave as it was"), self.reject)
        self.deed = button(_("Note it"), self.accept, kind="primary")
        self.deed.setDefault(True)
        body = column(label(title, "subject", wrap=True), gap=6, margins=(20, 18, 20, 16))
        for field in (self.what, self.day, self.doses, self.note):
            body.addLayout(captioned(field, CAPTION))
        body.addWidget(self.told)
        body.addLayout(row(None, self.leave, self.deed))
        self.setLayout(body)
        self.day.textChanged.connect(lambda _text: self._allow())

    def _allow(self) -> None:
        is_fit = self.given() is not None
        self.deed.setEnabled(is_fit)
        usual, wrong = _("0 doses take away what was noted on that day."), _("Type a day between birth and today.")
        self.told.setText(usual if is_fit else wrong)

    def given(self) -> Given | None:
        """What was said; None while the day cannot be read."""
        day = read_day(self.day.text(), self._today)
        born = self._child.birth_date
        if day is None or day > self._today or (born is not None and day < born):
            return None
        what = Supplement(self.what.currentData())
        return Given(self._child.uid, day, what, self.doses.value(), self.note.text().strip())
