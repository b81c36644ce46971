"""The profile beside an earlier day: which, and only what changed since."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop.application import station_profiles as profiles
from desktop.ui import words
from desktop.ui.days import read_day
from desktop.ui.screens.stations.cells import Col
from desktop.ui.style.palette import Tone
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.ui.screens.stations.screen import StationsScreen


class Comparing:
    """The earlier day, and the filter."""

    def __init__(self, screen: StationsScreen) -> None:
        self._screen = screen
        self.earlier: date | None = None
        """The day compared with; a year before where nobody chose one."""
        self.only: frozenset[str] | None = None
        """The items shown (codes) while only what changed is asked for; they stay while one types."""
        screen.view.against.editingFinished.connect(self.choose)
        screen.view.changed.toggled.connect(lambda _on: self.toggle())

    def show(self) -> None:
        """The day in its field; one that is no longer earlier is forgotten."""
        if self.earlier is not None and self.earlier >= self._screen.day:
            self.earlier = None
        self._screen.view.against.setText(words.day(self.earlier or profiles.a_year_before(self._screen.day)))

    def forget(self) -> None:
        """All items again, until `keep`."""
        self.only = None

    def choose(self) -> None:
        """Another day to compare with; empty is a year before, what is no earlier day is put back."""
        screen, text = self._screen, self._screen.view.against.text().strip()
        usual = profiles.a_year_before(screen.day)
        day = read_day(text, screen.session.today()) if text else usual
        if day is None or day >= screen.day:
            screen.session.say(say("Choose a day before {day} to compare with.", day=screen.day), Tone.BAD)
        elif day != (self.earlier or usual) and screen.settle():
            self.earlier = None if day == usual else day
            if screen.uid is not None:
                screen.open(screen.uid)
        self.show()

    def toggle(self) -> None:
        """Only what changed since the earlier day, or all items again; the cursor stays on its item."""
        if self._screen.uid is None or not self._screen.settle():
            return
        held = self._screen.view.profile.line(self._screen.view.grid.currentIndex().row())
        self._screen.view.grid.compares = self._screen.view.changed.isChecked()
        self._screen.open(self._screen.uid)
        at = self._screen.view.profile.row_of(held.item.code) if held is not None else None
        place = (at, Col.ANSWER) if at is not None else self._screen.view.grid.first_cell()
        if place is not None:
            self._screen.view.grid.go(*place)

    def keep(self) -> None:
        """While it is asked for, show only the items that are answered otherwise than on the earlier day."""
        sheet = self._screen.sheet
        if sheet is not None and self._screen.view.changed.isChecked():
            self.only = frozenset(line.item.code for line in sheet.lines if line.is_changed)
            self._screen.view.profile.show(sheet, self.only)
