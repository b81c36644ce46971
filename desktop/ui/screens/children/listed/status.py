"""What became of a child, from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from desktop.domain.children import Child, Measurement, Presence, Status
from desktop.system.i18n import _
from desktop.ui import words as window_words
from desktop.ui.days import read_day
from desktop.ui.screens.children import words
from desktop.ui.session import Session
from desktop.ui.widgets.parts import button, captioned, column, label, row


class StatusDialog(QDialog):
    """What, from when, and into which commune where it moved."""

    def __init__(
        self, parent: QWidget | None, session: Session, child: Child, measurements: Sequence[Measurement] = ()
    ) -> None:
        super().__init__(parent)
        self.setModal(True)
        self._today, self._child, self._measurements = session.today(), child, measurements
        title = _("What became of {name}?").format(name=child.name)
        self.setWindowTitle(title)
        self.setMinimumWidth(400)
        self.what = QComboBox()
        self.what.setAccessibleName(_("What became of it"))
        for what in Presence:
            self.what.addItem(window_words.capital(words.presence(what)), what.value)
        self.what.setCurrentIndex(self.what.findData(Presence.MOVED_OUT.value))
        self.day = QLineEdit(self._today.strftime("%d/%m/%Y"))
        self.day.setAccessibleName(_("From the day"))
        self.unit = QComboBox()
        self.unit.setAccessibleName(_("Commune it lives in from then"))
        self.unit.addItem(_("as before"), None)
        for commune in session.communes:
            self.unit.addItem(commune.name, commune.uid)
        self.note = QLineEdit()
        self.note.setAccessibleName(_("Note"))
        self.told = label("", "hint", wrap=True)
        self.leave = button(_("Leave as it was"), self.reject)
        self.deed = button(_("Save"), self.accept, kind="primary")
        self.deed.setDefault(True)
        body = column(label(title, "subject", wrap=True), gap=6, margins=(20, 18, 20, 16))
        for field in (self.what, self.day, self.unit, self.note):
            body.addLayout(captioned(field, 130, wrap=True))
        body.addWidget(self.told)
        body.addLayout(row(None, self.leave, self.deed))
        self.setLayout(body)
        self.what.currentIndexChanged.connect(lambda _at: self._allow())
        self.day.textChanged.connect(lambda _text: self._allow())
        self._allow()

    def status(self) -> Status | None:
        """What was said; None while the day cannot be."""
        day = read_day(self.day.text(), self._today)
        if day is None or self._why(day):
            return None
        what = Presence(self.what.currentData())
        unit = self.unit.currentData() if self.unit.isEnabled() else None
        return Status(self._child.uid, day, what, unit, self.note.text().strip())

    def _why(self, day: date | None) -> str:
        """What is wrong with the day."""
        born = self._child.birth_date
        if day is None:
            return _("“{text}” is no date. Type day, month and year, for example 14/03/2022.").format(
                text=self.day.text().strip()
            )
        if day > self._today:
            return _("{day} lies in the future.").format(day=f"{day:%d/%m/%Y}")
        if born is not None and day < born:
            return _("The child was born on {day}, later than this day.").format(day=f"{born:%d/%m/%Y}")
        return ""

    def _told(self, what: Presence, day: date | None) -> str:
        if what.is_here:
            return _("From that day on the child stands on the lists.")
        if what is Presence.TURNED_FIVE and self._child.birth_date is not None:
            return _("Until when the child stands on the lists, its birth date says.")
        told = _("From that day on the child stands on no list; its measurements stay.")
        later = sum(one.is_measured and day is not None and one.day >= day for one in self._measurements)
        if later:
            told = f"{told} {_('Measured on that day or later: {count} times. Is the day right?').format(count=later)}"
        return told

    def _allow(self) -> None:
        what, day = Presence(self.what.currentData()), read_day(self.day.text(), self._today)
        self.unit.setEnabled(what in (Presence.MOVED_IN, Presence.TEMPORARY))
        why = self._why(day)
        self.told.setText(why or self._told(what, day))
        self.deed.setEnabled(not why)
