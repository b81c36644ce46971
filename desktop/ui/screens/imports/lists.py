"""Weighing lists on the desk: which child each row is, what would be written, and the doubtful ones to be settled."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.application.children_import import NEW, ChildRow, ListSheet, Who
from desktop.domain.children import Child
from desktop.domain.children_growth import centimetres, kilograms
from desktop.system.i18n import _, grouped
from desktop.ui import words
from desktop.ui.screens.imports.list_words import who_words
from desktop.ui.screens.imports.switches import Switches
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import button, column, label, row
from desktop.ui.widgets.tables import Column, RowsModel, Table

_SIGNS: Final = {
    Who.KNOWN: Sign.COMPLETE,
    Who.NEW: Sign.NOT_STARTED,
    Who.DOUBTFUL: Sign.WARNING,
    Who.TWICE: Sign.RETURNED,
}
_FIRST: Final = (Who.DOUBTFUL, Who.TWICE, Who.NEW, Who.KNOWN)


class ListTable(QWidget):
    """Switches narrow the list; opening a doubtful row asks which child it is."""

    settled = Signal(object, str)
    """A `ChildRow`, and the uid of a child or NEW."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[ChildRow, ...] = ()
        self.who: Who | None = None
        self.is_written = False
        self._kinds: Switches[Who] = Switches(_FIRST, who_words, self.narrow)
        self.switches = self._kinds.made
        self.settle = button(_("Which child is it?"), self.ask, kind="small")
        self.model: RowsModel[ChildRow] = RowsModel(_columns())
        self.table = Table(self.model, name=_("Children of the list"), lines=2)
        self.table.row_opened.connect(lambda _row: self.ask())
        self.table.row_chosen.connect(lambda _row: self._enable())
        body = column(gap=0)
        body.addLayout(self._kinds.line)
        body.addWidget(self.table, 1)
        body.addLayout(row(self.settle, None, margins=(12, 6, 11, 0)))
        self.empty = label(_("Nothing of this list can be written; the findings say why."), "hint", wrap=True)
        self.empty.setMargin(12)
        body.addWidget(self.empty)
        self.setLayout(body)

    def show_list(self, listed: ListSheet, *, written: bool) -> None:
        """Another list: what is to be settled first."""
        self.is_written = written
        self._rows = tuple(sorted(listed.rows, key=lambda one: (_FIRST.index(one.who), one.placed.row.row)))
        self._kinds.count(len(self._rows), {who: listed.count(who) for who in _FIRST})
        self.empty.setVisible(not self._rows)
        self.narrow(self.who if self.who is None or listed.count(self.who) else None)

    def narrow(self, who: Who | None) -> None:
        """Only rows of one kind; None shows all."""
        self.who = who
        self.switches[who].setChecked(True)
        shown = [one for one in self._rows if who is None or one.who is who]
        self.model.show(shown)
        if shown:
            self.table.selectRow(0)
        self._enable()

    def _enable(self) -> None:
        chosen = self.table.chosen()
        self.settle.setVisible(any(_is_open(one) for one in self._rows) and not self.is_written)
        self.settle.setEnabled(chosen is not None and _is_open(chosen))

    def ask(self) -> None:
        """Which child the chosen row is."""
        chosen: ChildRow | None = self.table.chosen()
        if chosen is not None and _is_open(chosen) and not self.is_written:
            place = self.table.visualRect(self.table.currentIndex()).bottomLeft()
            self.menu(chosen).popup(self.table.viewport().mapToGlobal(place))

    def menu(self, chosen: ChildRow) -> QMenu:
        """The children it may be, and a new one."""
        made = QMenu(self)
        for child in chosen.others:
            made.addAction(_child_words(child), partial(self.settled.emit, chosen, child.uid))
        if chosen.others:
            made.addSeparator()
        made.addAction(_("A new child"), partial(self.settled.emit, chosen, NEW))
        return made


def _columns() -> list[Column[ChildRow]]:
    return [
        Column(
            _("What happens"),
            lambda one: who_words(one.who),
            sign=lambda one: _SIGNS[one.who],
            tone=lambda one: Tone.WARN if one.who is Who.DOUBTFUL else None,
            width=88,
        ),
        Column(_("Row"), lambda one: str(one.placed.row.row), number=True, width=48),
        Column(_("In the file"), lambda one: one.placed.row.name, second=_particulars, stretch=True, tip=_particulars),
        Column(_("In the record"), _in_record, second=_in_record_more, stretch=True, tip=_in_record_more),
        Column(_("Weighed on"), lambda one: words.day(one.placed.day), second=_note, width=84),
        Column("kg", _weight, number=True, width=52, strong=lambda one: bool(one.cells)),
        Column("cm", _length, number=True, width=52, strong=lambda one: bool(one.cells)),
    ]


def _particulars(one: ChildRow) -> str:
    row = one.placed.row
    sex = {"m": _("boy"), "f": _("girl")}.get(row.sex or "", "")
    born = words.day(row.birth_date) if row.birth_date else ""
    return " · ".join(part for part in (born, row.mother, sex) if part)


def _is_open(one: ChildRow) -> bool:
    """Whether a person may say which child it is, or that it is a new one."""
    return one.asked or one.who is Who.DOUBTFUL


def _child_words(child: Child) -> str:
    born = words.day(child.birth_date) if child.birth_date else ""
    return " · ".join(part for part in (child.name, born, child.mother) if part)


def _in_record(one: ChildRow) -> str:
    if one.who is Who.TWICE:
        return _("row {row}").format(row=one.first_row)
    if one.who is Who.DOUBTFUL:
        return one.others[0].name if one.others else _("erased")
    if one.who is Who.NEW:
        return _("will be registered")
    if one.asked:
        return next((child.name for child in one.others if child.uid == one.child), "")
    return _("as in the list") if one.filled is None else _("completed from the list")


def _in_record_more(one: ChildRow) -> str:
    if one.who is Who.DOUBTFUL and one.erased:
        return words.day(one.erased)
    if one.who is Who.NEW or not one.others:
        return ""
    child = next((child for child in one.others if child.uid == one.child), one.others[0])
    many = len(one.others) > 1 and one.who is Who.DOUBTFUL
    more = _("and {count} more").format(count=len(one.others) - 1) if many else ""
    born = words.day(child.birth_date) if child.birth_date else ""
    return " · ".join(part for part in (born, child.mother, more) if part)


def _note(one: ChildRow) -> str:
    return one.placed.row.note


def _weight(one: ChildRow) -> str:
    row = one.placed.row
    if row.absent:
        return _("absent")
    return grouped(kilograms(row.weight)) if row.weight is not None else ""


def _length(one: ChildRow) -> str:
    row = one.placed.row
    return grouped(centimetres(row.lenhei)) if row.lenhei is not None else ""
