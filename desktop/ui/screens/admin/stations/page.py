"""Trạm: stations, satellite points and polyclinics of the communes on the last day of the period."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from desktop.application.stations import Station
from desktop.domain.text import fold
from desktop.domain.units import UnitKind
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.filtering import FilterBox
from desktop.ui.widgets.parts import Empty, Panel, button, column
from desktop.ui.widgets.tables import Column, RowsModel, Table


def kind_name(kind: UnitKind) -> str:
    """What a place of care is, in words."""
    return {
        UnitKind.STATION: _("health station"),
        UnitKind.SATELLITE: _("satellite point"),
        UnitKind.POLYCLINIC: _("polyclinic"),
    }.get(kind, kind.value)


def state_of(one: Station) -> str:
    """What a person has to decide about it."""
    if one.commune is None:
        return _("its commune was shared out: say which it belongs to")
    return _("its commune has ended") if one.is_left_behind else ""


class StationsPage(QWidget):
    """The list, and what can be done with it."""

    added = Signal()
    changed = Signal(object)
    closed = Signal(object)
    profile_asked = Signal(object)
    usual_asked = Signal()
    joined = Signal()

    def __init__(self) -> None:
        super().__init__()
        columns: Sequence[Column[Station]] = (
            Column(_("Commune"), lambda one: words.unit_name(one.commune.name) if one.commune else "–", width=140),
            Column(_("Name"), lambda one: one.name, stretch=True, strong=lambda one: one.kind is UnitKind.STATION),
            Column(_("Kind"), lambda one: kind_name(one.kind), width=110),
            Column(
                _("From"),
                lambda one: words.day(one.valid_from) if one.valid_from else _("the beginning"),
                width=94,
            ),
            Column(_("Facility code"), lambda one: one.facility_code, width=80),
            Column(
                _("To decide"),
                state_of,
                sign=lambda one: Sign.WARNING if state_of(one) else None,
                tone=lambda one: Tone.WARN if state_of(one) else None,
                width=220,
            ),
        )
        self.model = RowsModel(columns)
        self.table = Table(self.model, name=_("Stations"))
        self.table.row_opened.connect(self.changed)
        self.table.row_chosen.connect(lambda _row: self._allow())
        self.panel = Panel(_("Stations"))
        self.filter = FilterBox(_("Filter the list"))
        self.filter.textChanged.connect(self._show)
        self.panel.add_to_head(self.filter)
        self.panel.add(self.table, 1)
        self.usual = button(_("One station for each commune without one"), self.usual_asked.emit)
        first = button(_("One station for each commune without one"), self.usual_asked.emit, kind="primary")
        self.empty = Empty(
            _("No station is listed yet"),
            _(
                "Each is linked to its commune from a day; after a merger the old stations become points "
                "of the new one."
            ),
            first,
        )
        self.panel.add(self.empty, 1)
        self.add = button(_("Add…"), self.added.emit, icon="add_16_regular")
        self.change = button(_("Change…"), lambda: self._emit(self.changed))
        self.close_one = button(_("Works no longer…"), lambda: self._emit(self.closed))
        self.profile = button(_("Profile"), lambda: self._emit(self.profile_asked))
        self.join = button(_("Old stations become points…"), self.joined.emit, kind="primary")
        self.panel.add_foot(self.add, self.change, self.close_one, self.profile, None, self.usual, self.join)
        whole = column(gap=4)
        whole.addWidget(self.panel, 1)
        self.setLayout(whole)
        self._rows: Sequence[Station] = ()
        self._day = ""

    def show_stations(self, rows: Sequence[Station], *, lacking: int, joinings: int, day: str) -> None:
        """The list on a day; how many communes have none, how many wait for their old stations to be joined."""
        self._rows, self._day = rows, day
        self.usual.setVisible(bool(rows) and lacking > 0)
        self.join.setVisible(joinings > 0)
        self._show()

    def _show(self) -> None:
        wanted = fold(self.filter.text()).split()
        shown = [one for one in self._rows if all(word in fold(_searched(one)) for word in wanted)]
        self.model.show(shown)
        count = len([one for one in self._rows if one.kind is UnitKind.STATION])
        self.panel.set_title(
            _("On {day}: {stations} stations, {others} points and polyclinics").format(
                day=self._day, stations=count, others=len(self._rows) - count
            )
        )
        self.table.setColumnHidden(len(self.model.columns) - 1, not any(state_of(one) for one in shown))
        self.table.setVisible(bool(self._rows))
        self.empty.setVisible(not self._rows)
        self._allow()

    def _allow(self) -> None:
        for part in (self.change, self.close_one, self.profile):
            part.setEnabled(self.chosen is not None)

    @property
    def chosen(self) -> Station | None:
        """The row chosen."""
        at = self.table.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def _emit(self, signal: SignalInstance) -> None:
        if self.chosen is not None:
            signal.emit(self.chosen)


def _searched(one: Station) -> str:
    return f"{one.name} {one.commune.name if one.commune else ''} {one.facility_code}"
