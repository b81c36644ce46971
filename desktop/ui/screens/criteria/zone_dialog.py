"""The zone of a commune: by the health department's decision, or by the rule of distance and terrain."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from desktop.application.changes import Changes
from desktop.application.records import Record
from desktop.domain.criteria.sets import ZONES
from desktop.system.i18n import _, render
from desktop.ui.days import read_day
from desktop.ui.screens.criteria import words
from desktop.ui.session import Session
from desktop.ui.widgets.parts import button, captioned, column, label, row

if TYPE_CHECKING:
    from desktop.application.offices import Commune


class ZoneDialog(QDialog):
    """Which zone, from when, by which decision."""

    def __init__(self, parent: QWidget, session: Session, commune: Commune, year: int) -> None:
        super().__init__(parent)
        from desktop.application.criteria_zones import zone_of

        self.setModal(True)
        self._session, self._commune = session, commune
        title = _("Zone of {commune}").format(commune=commune.name)
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        found = zone_of(session.record, unit_uid=commune.uid, on=min(date(year, 12, 31), session.today()))
        self.zone = QComboBox()
        self.zone.setAccessibleName(_("Zone"))
        self.zone.addItem(_("by the rule"), None)
        for number in ZONES:
            self.zone.addItem(words.zone(number).capitalize(), number)
        self.zone.setCurrentIndex(max(self.zone.findData(found.number if found.is_decided else None), 0))
        self.day = QLineEdit(f"{date(year, 1, 1):%d/%m/%Y}")
        self.day.setAccessibleName(_("From the day"))
        self.basis = QLineEdit()
        self.basis.setAccessibleName(_("Decision, or why"))
        self.basis.setPlaceholderText(_("Decision number and day"))
        self.leave = button(_("Leave as it was"), self.reject)
        self.deed = button(_("Save"), self.save, kind="primary")
        body = column(label(title, "subject", wrap=True), gap=6, margins=(20, 18, 20, 16))
        body.addWidget(label(render(found.basis), "second", wrap=True))
        for field in (self.zone, self.day, self.basis):
            body.addLayout(captioned(field, 130, wrap=True))
        told = _(
            "Zones 1, 2 and 3 go by distance and terrain; the areas I, II and III of hard communes are something else."
        )
        body.addWidget(label(told, "hint", wrap=True))
        body.addLayout(row(None, self.leave, self.deed))
        self.setLayout(body)
        self.day.textChanged.connect(lambda _text: self._allow())
        self._allow()

    def _from(self) -> date | None:
        return read_day(self.day.text(), self._session.today())

    def _allow(self) -> None:
        self.deed.setEnabled(self._from() is not None)

    def save(self) -> None:
        """Write it; a refusal keeps the dialog open."""
        day, zone, basis = self._from(), self.zone.currentData(), self.basis.text().strip()
        if day is None:
            return

        def intent(record: Record) -> Changes:
            from desktop.application.criteria_zones import set_zone

            return set_zone(record, unit=self._commune.code, zone=zone, day=day, basis=basis, source="window")

        if self._session.write(intent) is not None:
            self.accept()
