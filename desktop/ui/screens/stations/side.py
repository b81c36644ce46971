"""Beside the profile: the item in hand with its answers to click, where it comes from, and all that was said of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QScrollArea, QWidget

from desktop.application.station_profiles import Line
from desktop.domain.stations import villages
from desktop.domain.stations.facts import Fact, Way
from desktop.domain.stations.profile import Asked
from desktop.system.i18n import _, render
from desktop.ui import words
from desktop.ui.screens.stations import cells
from desktop.ui.style.palette import Tone
from desktop.ui.widgets.parts import Panel, button, column, label, row
from desktop.ui.widgets.tables import Column, RowsModel, Table

WIDTH: Final = 256
NARROW: Final = 216
EDGES: Final = 16
"""Border and margin of the panel at both sides, and a scroll bar: measured without it, one that is shown stays."""
LEAST: Final = 70
"""Height of the head and one line of what was said of an item."""


def way_name(way: Way) -> str:
    """How a fact came, in words."""
    return {Way.TYPED: _("typed"), Way.IMPORT: _("from Excel"), Way.COPIED: _("copied")}[way]


class ItemSide(Panel):
    """The item in hand."""

    answered = Signal(str)
    """An answer chosen by a click, as it would be typed."""
    noted = Signal(str)
    """The note of the item in hand."""
    villages_asked = Signal()
    """Name villages of the station."""
    unsaid = Signal(object)
    """A fact to take away as if it had not been said."""

    def __init__(self) -> None:
        super().__init__(" ")
        self.setFixedWidth(WIDTH)
        self._line: Line | None = None
        self.name = label("", "subject", wrap=True)
        self.about = label("", "second", wrap=True)
        self.doubt = label("", tone=Tone.BAD, wrap=True)
        self.box = QComboBox()
        self.box.setAccessibleName(_("Answer"))
        self.box.setPlaceholderText(_("Choose an answer"))
        self.box.setMinimumWidth(120)
        self.box.activated.connect(lambda _at: self.answered.emit(str(self.box.currentData())))
        self.yes = button(words.capital(_("yes")), partial(self.answered.emit, "x"), kind="small")
        self.no = button(words.capital(_("no")), partial(self.answered.emit, "k"), kind="small")
        self.away = button(_("Not applicable"), partial(self.answered.emit, "-"), kind="small")
        self.buttons = QWidget()
        self.buttons.setLayout(row(self.yes, self.no, self.away, None, gap=4))
        self.villages = button(_("Villages…"), self.villages_asked.emit, kind="small")
        self.note = QLineEdit()
        self.note.setAccessibleName(_("Note"))
        self.note.setPlaceholderText(_("Note"))
        self.note.editingFinished.connect(self._noted)
        inset = column(self.name, self.doubt, self.box, self.buttons, self.note, gap=6, margins=(11, 8, 11, 8))
        inset.addLayout(row(self.villages, None))
        inset.addWidget(self.about)
        head = QWidget()
        head.setProperty("kind", "sheet")
        head.setLayout(inset)
        self._inset = inset
        self.area = QScrollArea()
        """What is said of the item: it scrolls where there is little room, so that nothing is cut or overlaps."""
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(head)
        self.add(self.area, 8)
        self.model: RowsModel[Fact] = RowsModel(self._columns())
        self.history = Table(self.model, name=_("What was said of it"), lines=2)
        self.history.setMinimumHeight(LEAST)
        self.history.row_chosen.connect(lambda _row: self._allow())
        self.nothing = label(_("Nothing was said of it yet."), "second", wrap=True)
        self.add(self.history, 1)
        empty = QWidget()
        empty.setLayout(column(self.nothing, gap=0, margins=(11, 8, 11, 8)))
        self._empty = empty
        self.add(empty)
        self.add_rest()
        self.unsay: QPushButton = button(_("Take this day away"), self._unsay, kind="small")
        self.add_foot(self.unsay, None)

    def _columns(self) -> list[Column[Fact]]:
        return [
            Column(_("From day"), lambda one: words.day(one.since), second=lambda one: way_name(one.way), width=90),
            Column(_("Answer"), self._said, second=lambda one: one.note or "", stretch=True, tip=self._said),
        ]

    def _said(self, one: Fact) -> str:
        return (cells.answer(self._line.item, one.value) if self._line is not None else "") or _("not told")

    def show_item(self, line: Line | None, history: Sequence[Fact], *, may_answer: bool, follows: str = "") -> None:
        """Another item; its answers can be clicked where there are few. `follows`: what is concluded from it."""
        self._line = line
        self.set_title(_("Item in hand"))
        is_listed = line is not None and (line.item.code in villages.COUNTS or villages.is_village(line.item.code))
        self.villages.setVisible(is_listed and may_answer)
        for part in (self.name, self.about, self.doubt, self.box, self.buttons, self.note):
            part.setVisible(line is not None)
        if line is None:
            self.history.hide()
            self._empty.hide()
            self.unsay.hide()
            return
        self.name.setText(cells.name(line.item))
        parts = [
            _("Unit: {unit}").format(unit=line.item.unit) if line.item.unit else "",
            _("Needed: {count}").format(count=line.item.needed) if line.item.needed is not None else "",
            cells.counted_from(line) if line.counted else "",
            follows,
            _("Source: {source}").format(source=line.item.source),
        ]
        self.about.setText("\n".join(part for part in parts if part))
        self.doubt.setText(render(line.doubt.why) if line.doubt is not None else "")
        self.doubt.setVisible(line.doubt is not None)
        self.note.setVisible(line.fact is not None and not line.counted)
        self.note.setText(line.fact.note or "" if line.fact is not None else "")
        self._offer(line, may_answer=may_answer)
        self.model.show(history)
        self.history.setVisible(bool(history))
        self._empty.setVisible(not history)
        self.unsay.setVisible(bool(history))
        self._allow()
        self._fit()

    def _fit(self) -> None:
        """What is said of the item is as high as its words, the rest is the list's."""
        self.area.setMaximumHeight(max(self._inset.totalHeightForWidth(self.width() - EDGES), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words break anew."""
        super().resizeEvent(event)
        self._fit()

    def _offer(self, line: Line, *, may_answer: bool) -> None:
        """A list of the choices, or buttons for yes, no and what does not apply."""
        is_open = may_answer and not line.counted
        is_choice = line.item.asked is Asked.CHOICE
        self.box.setVisible(is_open and is_choice)
        self.buttons.setVisible(is_open and not is_choice)
        if is_choice:
            self.box.clear()
            for place, choice in enumerate(line.item.choices, 1):
                self.box.addItem(f"{place} {words.named(choice.name_vi, choice.name_en)}", choice.code)
            self.box.addItem(_("Not applicable"), "-")
            held = (line.fact.value.text or "-") if line.fact is not None else ""
            self.box.setCurrentIndex(self.box.findData(held))
        for act in (self.yes, self.no):
            act.setVisible(line.item.asked is Asked.YES_NO)

    def _allow(self) -> None:
        self.unsay.setEnabled(self.history.chosen() is not None)

    def _noted(self) -> None:
        fact = self._line.fact if self._line is not None else None
        if fact is not None and self.note.text().strip() != (fact.note or ""):
            self.noted.emit(self.note.text())

    def _unsay(self) -> None:
        fact = self.history.chosen()
        if fact is not None:
            self.unsaid.emit(fact)
