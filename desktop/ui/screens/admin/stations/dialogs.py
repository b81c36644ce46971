"""One place of care, and the old stations that become points of the new one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.application.offices import Commune
from desktop.application.stations import KINDS, Joining, Station
from desktop.domain.units import UnitKind
from desktop.system.i18n import _
from desktop.ui.screens.admin.stations.page import kind_name
from desktop.ui.widgets.parts import button, column, label, row

ROLE = Qt.ItemDataRole.UserRole


def typed_day(text: str) -> date | None:
    """14/01/2025; None where it is no day."""
    parts = text.strip().replace("-", "/").split("/")
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except (ValueError, IndexError):
        return None


class StationDialog(QDialog):
    """Name, kind, commune, facility code, and from which day that is so."""

    def __init__(
        self, parent: QWidget | None, *, title: str, communes: Sequence[Commune], day: str, held: Station | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setFixedWidth(460)
        self.name, self.code, self.day = QLineEdit(), QLineEdit(), QLineEdit(day)
        self.kinds, self.communes = QComboBox(), QComboBox()
        for kind in KINDS:
            self.kinds.addItem(kind_name(kind), kind.value)
        for commune in communes:
            self.communes.addItem(commune.name, commune.uid)
        if held is not None:
            self.name.setText(held.name)
            self.code.setText(held.facility_code)
            self.kinds.setCurrentIndex(KINDS.index(held.kind))
            self.communes.setCurrentIndex(self.communes.findData(held.commune.uid if held.commune else ""))
        body = column(label(title, "subject"), gap=7, margins=(20, 18, 20, 16))
        asked: tuple[tuple[str, QWidget], ...] = (
            (_("Name"), self.name),
            (_("Kind"), self.kinds),
            (_("Commune"), self.communes),
            (_("Facility code"), self.code),
            (_("From day; empty: from the beginning") if held is None else _("From day"), self.day),
        )
        for name, part in asked:
            part.setAccessibleName(name)
            caption = label(name, "second")
            caption.setBuddy(part)
            body.addWidget(caption)
            body.addWidget(part)
        self.day.setMaximumWidth(110)
        self.code.setMaximumWidth(160)
        self._may_be_empty = held is None
        self.save = button(_("Save"), self.accept, kind="primary")
        body.addLayout(row(None, button(_("Cancel"), self.reject), self.save))
        self.setLayout(body)
        for field in (self.name, self.day):
            field.textChanged.connect(lambda _text: self._allow())
        self._allow()

    def _allow(self) -> None:
        fits = self.from_day is not None or (self._may_be_empty and not self.day.text().strip())
        self.save.setEnabled(bool(self.name.text().strip()) and fits and self.commune is not None)

    @property
    def from_day(self) -> date | None:
        """The day as typed; None: from the beginning."""
        return typed_day(self.day.text())

    @property
    def kind(self) -> UnitKind:
        """What it is."""
        return UnitKind(str(self.kinds.currentData()))

    @property
    def commune(self) -> str | None:
        """The commune's uid."""
        found = self.communes.currentData()
        return str(found) if found else None


class JoinDialog(QDialog):
    """The new communes with old stations: each chosen gets one station, of which the old ones become points."""

    def __init__(self, parent: QWidget | None, joinings: Sequence[Joining], day: str) -> None:
        super().__init__(parent)
        title = _("Old stations become points of the new one")
        self.setWindowTitle(title)
        self.setFixedWidth(640)
        self.day = QLineEdit(day)
        self.day.setMaximumWidth(110)
        self.day.setAccessibleName(_("From day"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Communes"))
        self.list.setMinimumHeight(260)
        self.list.setWordWrap(True)
        self.list.setSpacing(3)
        for one in joinings:
            names = ", ".join(place.name for place in one.places if place.is_left_behind)
            item = QListWidgetItem(f"{one.name}\n← {names}")
            item.setData(ROLE, (one.commune.uid, one.name))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)
        self.save = button(_("Make the change"), self.accept, kind="primary")
        body = column(
            label(title, "subject"),
            label(
                _("The old ones keep their names and what was entered for them; before the day they stay stations."),
                "second",
                wrap=True,
            ),
            gap=8,
            margins=(20, 18, 20, 16),
        )
        body.addLayout(row(label(_("From day"), "second"), self.day, None))
        body.addWidget(self.list)
        body.addLayout(row(None, button(_("Cancel"), self.reject), self.save))
        self.setLayout(body)
        self.day.textChanged.connect(lambda _text: self._allow())
        self.list.itemChanged.connect(lambda _item: self._allow())
        self._allow()

    def _allow(self) -> None:
        self.save.setEnabled(bool(self.chosen) and typed_day(self.day.text()) is not None)

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """Uid of the commune and name of its station, of those ticked."""
        items = [self.list.item(at) for at in range(self.list.count())]
        return [item.data(ROLE) for item in items if item.checkState() is Qt.CheckState.Checked]
