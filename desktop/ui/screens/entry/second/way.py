"""Nhập hai lần: a chosen form typed again without sight of the first entry, then compared record by record."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from desktop.application import catalogue, double_entry
from desktop.application.changes import Changes
from desktop.application.double_entry import Comparison
from desktop.application.entry import Typed
from desktop.application.offices import Commune
from desktop.application.records import Record
from desktop.domain.values import NOT_REPORTED, Value
from desktop.system.i18n import _
from desktop.ui import figures, words
from desktop.ui.places import Place, Target
from desktop.ui.screens.entry.reading import Reader
from desktop.ui.screens.entry.second.model import SECOND, SecondModel
from desktop.ui.screens.entry.second.view import Differing, SecondView
from desktop.ui.screens.entry.ways import Way
from desktop.ui.style.palette import Tone
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.ui.screens.entry.screen import EntryScreen


class SecondWay(Way):
    """The second entry of the form and period of its screen."""

    help = "han-gui-bieu#Nhập hai lần"

    def __init__(self, screen: EntryScreen) -> None:
        super().__init__(screen)
        self.model = SecondModel()
        self._view = SecondView(self.model, self.take_text)
        self.reader = Reader(self.session, self._view)
        self.commune: Commune | None = None
        self._compared: list[Comparison] = []
        view = self._view
        view.commune_chosen.connect(lambda one: self.show_commune(one.commune))
        view.way_chosen.connect(self.show_page)
        view.chosen.connect(self.settle_cells)
        view.opened.connect(self._open)
        view.grid.cleared.connect(self._clear)
        view.grid.section_asked.connect(self.step_commune)

    @property
    def view(self) -> SecondView:
        """The page."""
        return self._view

    def load(self) -> None:
        """Read the second entries; the commune and the page stay."""
        if self.screen.form not in catalogue.entered_twice(self.session.record):
            return
        record, form, period = self.session.record, self.screen.form, self.session.period
        self._compared = double_entry.compare(record, form=form, period=period)
        row = self._row() or 0
        self._view.communes_model.show(self._compared)
        self._view.show_differences(self._differing())
        self._view.show_page("type" if self._view.typing.isChecked() else "compare")
        if self._compared:
            self.commune = None
            self._view.communes.selectRow(row)
            self.show_commune(self._compared[row].commune)

    def _row(self) -> int | None:
        uid = self.commune.uid if self.commune else ""
        return next((at for at, one in enumerate(self._compared) if one.commune.uid == uid), None)

    def _differing(self) -> list[Differing]:
        columns = {column.element.code: column for column in self.screen.model.all_columns}
        return [
            Differing(one.commune, columns[difference.element], difference)
            for one in self._compared
            for difference in one.differences
            if difference.element in columns
        ]

    def show_page(self, name: str) -> None:
        """Type, or compare; what is half typed is kept first."""
        if not self.settle():
            self._view.show_page("type")
            return
        self._view.show_page(name)
        if name == "compare":
            self.load()
            self._view.table.setFocus()
        else:
            self._view.grid.setFocus()

    def show_commune(self, commune: Commune) -> None:
        """Another commune's second entry, at the same line."""
        if self.commune is not None and commune.uid == self.commune.uid:
            return
        if not self.settle():
            return
        self.commune = commune
        record, form, period = self.session.record, self.screen.form, self.session.period
        held = double_entry.second(record, form=form, period=period).get(commune.uid, {})
        row = max(self._view.grid.currentIndex().row(), 0)
        self.model.show(self.screen.model.all_columns, dict(held))
        self._view.panel.set_title(_("{commune}, second entry").format(commune=words.unit_name(commune.name)))
        if self.model.lines:
            self._view.grid.go(min(row, len(self.model.lines) - 1), SECOND)
        self._show_count()

    def step_commune(self, step: int) -> None:
        """The next or previous commune."""
        row = self._row()
        if row is not None and 0 <= row + step < len(self._compared) and self.settle():
            self._view.communes.selectRow(row + step)
            self._view.grid.setFocus()

    def _show_count(self) -> None:
        told = _("Typed a second time: {done}/{all} cells")
        self._view.count.setText(told.format(done=len(self.model.typed), all=len(self.model.lines)))
        self.session.hint_changed.emit()

    # ---- typing ----

    def take_text(self, row: int, column: int, text: str) -> bool:
        """Write what was typed; False where it was refused, and the status bar says why."""
        held = self.model.value(row)
        if self.commune is None or (held is not None and text == figures.typed(held)):
            return True
        if held is None and not text.strip():
            return True
        read = self.reader.read(text, self.model.lines[row].element, form=self.screen.form)
        if read is None:
            return False
        if isinstance(read, Sentence):
            self.session.say(read, Tone.BAD)
            return False
        return self._write(row, read)

    def _clear(self) -> None:
        row = self._view.grid.currentIndex().row()
        if row >= 0:
            self._write(row, NOT_REPORTED)

    def _write(self, row: int, value: Value) -> bool:
        if self.commune is None:
            return False
        cell = Typed(self.commune.uid, self.model.lines[row].element.code, value)
        intent = partial(_type, [cell], self.screen)
        if not self._told(intent):
            return False
        self.model.put(row, value)
        self._show_count()
        return True

    def _told(self, intent: Callable[[Record], Changes]) -> bool:
        """Write without reading the whole page anew at every key."""
        self.screen.writing.is_own = True
        try:
            return self.session.write(intent) is not None
        finally:
            self.screen.writing.is_own = False

    # ---- comparing ----

    def settle_cells(self, which: str) -> None:
        """Take the first or the second figure of the cells chosen, into both entries."""
        by_commune: dict[str, dict[str, Value]] = {}
        for one in self._view.picked():
            value = one.difference.first if which == "first" else one.difference.second
            by_commune.setdefault(one.commune.uid, {})[one.column.element.code] = value or NOT_REPORTED
        count, form, period = 0, self.screen.form, self.session.period
        for uid, chosen in by_commune.items():

            def intent(record: Record, uid: str = uid, chosen: dict[str, Value] = chosen) -> Changes:
                return double_entry.resolve(record, form=form, period=period, unit=uid, chosen=chosen)

            if self.session.write(intent) is None:
                return
            count += len(chosen)
        if count:
            self.session.say(say("{count} cells settled. Ctrl+Z takes it back.", count=count), Tone.GOOD)

    def _open(self, one: Differing) -> None:
        where = (("way", "commune"), ("unit", one.commune.code), ("element", one.column.element.code))
        self.session.asked.emit(Target(Place.ENTRY, where))

    # ---- what the page asks of a way ----

    def settle(self) -> bool:
        """Keep a half-typed cell."""
        return self._view.grid.settle()

    def set_compact(self, compact: bool) -> None:
        """Use little room."""
        self._view.set_compact(compact)

    def hint(self) -> str:
        """The keys."""
        if self._view.typing.isChecked():
            return _("Enter down · Ctrl+PgDn next commune")
        return _("Enter opens the commune's form · Shift or Ctrl choose several")

    def go(self, target: Target) -> None:
        """A commune and an element of it."""
        unit, element = target.get("unit"), target.get("element")
        row = next((at for at, one in enumerate(self._compared) if one.commune.code == unit), None)
        if row is not None:
            self._view.communes.selectRow(row)
        line = next((at for at, one in enumerate(self.model.lines) if one.element.code == element), None)
        if line is not None:
            self._view.grid.go(line, SECOND)
        if self._view.typing.isChecked():
            self._view.grid.setFocus()

    def place(self) -> Target | None:
        """The commune shown and its line."""
        row = self._view.grid.currentIndex().row()
        if self.commune is None or row < 0:
            return None
        where = (("unit", self.commune.code), ("element", self.model.lines[row].element.code))
        return Target(Place.ENTRY, where)


def _type(cells: list[Typed], screen: EntryScreen, record: Record) -> Changes:
    return double_entry.type_second(record, form=screen.form, period=screen.session.period, cells=cells)
