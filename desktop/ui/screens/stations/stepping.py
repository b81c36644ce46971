"""Keys that lead from station to station, and to the next answer that does not fit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from desktop.system.i18n import render
from desktop.ui.screens.stations.cells import Col
from desktop.ui.style.palette import Tone
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.ui.screens.stations.screen import StationsScreen


class Stepping:
    """The next station, the next finding."""

    def __init__(self, screen: StationsScreen) -> None:
        self._screen = screen
        screen.view.grid.section_asked.connect(self.station)
        for keys, by in (("F8", 1), ("Shift+F8", -1)):
            QShortcut(QKeySequence(keys), screen.view, partial(self.finding, by))

    def station(self, step: int) -> None:
        """Ctrl+PgDn, Ctrl+PgUp: the next station of the list, at the same item."""
        shown = [one.place.uid for one in self._screen.view.model.rows]
        at = shown.index(self._screen.uid) + step if self._screen.uid in shown else -1
        if not 0 <= at < len(shown) or not self._screen.settle():
            return
        held = self._screen.view.profile.line(self._screen.view.grid.currentIndex().row())
        column = max(self._screen.view.grid.currentIndex().column(), Col.ANSWER)
        self._screen.open(shown[at])
        row = self._screen.view.profile.row_of(held.item.code) if held is not None else None
        if row is not None:
            self._screen.view.grid.go(row, column)

    def finding(self, step: int) -> None:
        """F8: the next answer that does not fit, in this station, then in those after it."""
        if not self._screen.settle():
            return
        self._screen.catch_up()
        row = self._screen.view.profile.doubtful(self._screen.view.grid.currentIndex().row(), step)
        if row is None:
            shown = [one.place.uid for one in self._screen.view.all_rows]
            at = shown.index(self._screen.uid) if self._screen.uid in shown else 0
            around = [self._screen.view.all_rows[(at + step * by) % len(shown)] for by in range(1, len(shown) + 1)]
            found = next((one for one in around if one.doubts), None)
            if found is None:
                self._screen.session.say(say("All answers fit each other."))
                return
            self._screen.view.changed.setChecked(False)
            self._screen.open(found.place.uid)
            row = self._screen.view.profile.doubtful(-1 if step > 0 else self._screen.view.profile.rowCount(), step)
        if row is not None:
            self._screen.view.grid.go(row, Col.ANSWER)
            self._screen.view.grid.setFocus()
            self._screen.session.say(render(self._screen.view.profile.why(row)), Tone.BAD)
