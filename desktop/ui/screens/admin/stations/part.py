"""The acts of the page of stations."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from desktop.application import stations
from desktop.application.stations import Station
from desktop.domain.units import REFORM
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.dialogs.ask import confirm
from desktop.ui.places import Place
from desktop.ui.screens.admin.stations.dialogs import JoinDialog, StationDialog, typed_day
from desktop.ui.screens.admin.stations.page import StationsPage
from desktop.ui.session import Session


class StationsPart(QObject):
    """Joins the page of stations with what can be done; every act is one change that Ctrl+Z takes back."""

    def __init__(self, session: Session, page: StationsPage, window: QWidget) -> None:
        super().__init__(page)
        self._session, self._page, self._window = session, page, window
        page.added.connect(self.add)
        page.changed.connect(self.change)
        page.closed.connect(self.close)
        page.profile_asked.connect(lambda one: session.go(Place.STATIONS, station=one.uid))
        page.usual_asked.connect(self.add_usual)
        page.joined.connect(self.join)

    def load(self) -> None:
        """Read the stations on the last day of the period."""
        record, on = self._session.record, self._session.period.last
        rows = [*stations.stations(record, on=on), *stations.astray(record, on=on)]
        self._page.show_stations(
            rows,
            lacking=len(stations.without_station(record, on=on)),
            joinings=len(stations.joinings(record, on=on)),
            day=words.day(on),
        )

    def add_usual(self) -> None:
        """One station for each commune without one."""
        on = self._session.period.last
        self._session.write(lambda record: stations.add_usual_stations(record, on=on))

    def add(self) -> None:
        """A new place of care."""
        asked = StationDialog(self._window, title=_("Add a station"), communes=self._session.communes, day="")
        if asked.exec() != QDialog.DialogCode.Accepted or asked.commune is None:
            return
        home = asked.commune
        self._session.write(
            lambda record: stations.add_station(
                record,
                name=asked.name.text(),
                commune=home,
                valid_from=asked.from_day,
                kind=asked.kind,
                facility_code=asked.code.text(),
            )[1]
        )

    def change(self, one: Station) -> None:
        """Another name, kind, commune or code, from a day on."""
        title = _("Change {name}").format(name=one.name)
        day = words.day(self._session.period.last)
        asked = StationDialog(self._window, title=title, communes=self._session.communes, day=day, held=one)
        if asked.exec() != QDialog.DialogCode.Accepted or asked.from_day is None:
            return
        day_of_change, code = asked.from_day, asked.code.text().strip()
        self._session.write(
            lambda record: stations.change_station(
                record,
                uid=one.uid,
                valid_from=day_of_change,
                name=asked.name.text(),
                commune=asked.commune,
                kind=asked.kind if asked.kind is not one.kind else None,
                facility_code=code if code != one.facility_code else None,
            )
        )

    def close(self, one: Station) -> None:
        """It works for the last time on a day."""
        day = confirm(
            self._window,
            _("{name} works no longer?").format(name=one.name),
            _("What was entered for it stays."),
            deed=_("Save"),
            leave=_("Cancel"),
            reason=_("Last day it works"),
            reason_text=words.day(self._session.period.last),
            needs_reason=True,
        )
        last = typed_day(day) if day else None
        if last is not None:
            self._session.write(lambda record: stations.close_station(record, uid=one.uid, last=last))

    def join(self) -> None:
        """Old stations become points of the new ones."""
        found = stations.joinings(self._session.record, on=self._session.period.last)
        asked = JoinDialog(self._window, found, words.day(REFORM))
        on = typed_day(asked.day.text()) if asked.exec() == QDialog.DialogCode.Accepted else None
        if on is not None:
            chosen = asked.chosen
            self._session.write(lambda record: stations.join_stations(record, on=on, chosen=chosen))
