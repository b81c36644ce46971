"""Side by side with the record: every figure of the files, what stands there, what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.application.imports import Compared, Outcome
from desktop.domain.elements import Element
from desktop.domain.values import State, Value
from desktop.system.i18n import _
from desktop.ui import figures, words
from desktop.ui.screens.imports.grid import outcome_words
from desktop.ui.screens.imports.model import FIRST
from desktop.ui.screens.imports.switches import Switches
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import column
from desktop.ui.widgets.tables import Column, RowsModel, Table

_SIGNS: Final = {
    Outcome.NEW: Sign.NOT_STARTED,
    Outcome.CHANGED: Sign.INFO,
    Outcome.SAME: Sign.COMPLETE,
    Outcome.KEPT: Sign.KEPT,
    Outcome.CLOSED: Sign.LOCKED,
    Outcome.LATER: Sign.RETURNED,
}


def told(value: Value | None) -> str:
    """A figure in words where it is none: nothing, not reported, not applicable."""
    if value is None:
        return _("nothing")
    states = {State.NOT_REPORTED: _("not reported"), State.NOT_APPLICABLE: _("not applicable")}
    return states.get(value.state) or figures.figure(value)


def difference(cell: Compared) -> str:
    """How much more or less the file says; empty where one of both is no number."""
    if cell.held is None or cell.held.amount is None or cell.told.amount is None:
        return ""
    by = cell.told.amount - cell.held.amount
    if not by:
        return ""
    shown = figures.figure(Value(State.NUMBER, abs(by)))
    return f"+{shown}" if by > 0 else f"\u2212{shown}"


class Comparison(QWidget):
    """Switches with counts narrow the list; a row leads to its cell."""

    went = Signal(object)
    """A `Compared`."""

    def __init__(self) -> None:
        super().__init__()
        self._cells: Sequence[Compared] = ()
        self._elements: Mapping[str, Element] = {}
        self._units: Mapping[str, str] = {}
        self._written = False
        self.outcome: Outcome | None = None
        self._kinds: Switches[Outcome] = Switches(FIRST, outcome_words, self.narrow)
        self.switches = self._kinds.made
        self.model: RowsModel[Compared] = RowsModel(self._columns())
        self.table = Table(self.model, name=_("Beside the record"))
        self.table.row_opened.connect(self.went)
        body = column(gap=0)
        body.addLayout(self._kinds.line)
        body.addWidget(self.table, 1)
        self.setLayout(body)

    def _columns(self) -> list[Column[Compared]]:
        return [
            Column(
                _("What happens"),
                self._outcome,
                sign=lambda one: _SIGNS[one.outcome],
                tone=lambda one: Tone.BUSY if one.outcome is Outcome.CHANGED else None,
                width=120,
            ),
            Column(_("Commune, town"), lambda one: self._units.get(one.unit, one.unit), width=104),
            Column(_("Item"), self._name, stretch=True, tip=self._full),
            Column(
                _("Cell"), lambda one: f"{one.column}{one.row}", width=42, tip=lambda one: f"{one.file}, {one.sheet}"
            ),
            Column(_("In the record"), lambda one: told(one.held), number=True, width=92, tone=_mute),
            Column(_("In the file"), lambda one: told(one.told), number=True, width=98, strong=_is_write),
            Column(_("Difference"), difference, number=True, width=78),
        ]

    def _outcome(self, one: Compared) -> str:
        if self._written and one.outcome in (Outcome.NEW, Outcome.CHANGED):
            return _("written")
        return words.capital(outcome_words(one.outcome))

    def _name(self, one: Compared) -> str:
        element = self._elements.get(one.element)
        return words.short(element) if element else one.element

    def _full(self, one: Compared) -> str:
        element = self._elements.get(one.element)
        return words.named(element.name_vi, element.name_en) if element else one.element

    def show_cells(
        self,
        cells: Sequence[Compared],
        counts: Mapping[Outcome, int],
        elements: Mapping[str, Element],
        units: Mapping[str, str],
        *,
        written: bool = False,
    ) -> None:
        """Other figures in their order, with how many have each outcome; the switch stays where it has something."""
        self._cells = cells
        self._elements, self._units, self._written = elements, units, written
        self._kinds.count(len(cells), counts)
        self.narrow(self.outcome if self.outcome is None or counts.get(self.outcome, 0) else None)

    def narrow(self, outcome: Outcome | None) -> None:
        """Only figures with one outcome; None shows all."""
        self.outcome = outcome
        self.switches[outcome].setChecked(True)
        self.model.show(self._cells if outcome is None else [one for one in self._cells if one.outcome is outcome])


def _mute(one: Compared) -> Tone | None:
    return Tone.MUTE if one.held is None else None


def _is_write(one: Compared) -> bool:
    return one.outcome in (Outcome.NEW, Outcome.CHANGED)
