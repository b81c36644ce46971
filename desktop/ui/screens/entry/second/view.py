"""The page of double entry: communes, the second entry of one of them, and where the two entries differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QWidget

from desktop.application.double_entry import Comparison, Difference
from desktop.application.entry import Column as FormColumn
from desktop.application.offices import Commune
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.screens.entry.second.grid import SecondGrid
from desktop.ui.screens.entry.second.model import SecondModel, shown
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import Empty, Panel, button, column, label, row
from desktop.ui.widgets.tables import Column, RowsModel, Table


@dataclass(frozen=True, slots=True)
class Differing:
    """A cell that was typed differently."""

    commune: Commune
    column: FormColumn
    difference: Difference


class SecondView(QWidget):
    """Typing and comparing, one at a time; while one types nothing of the first entry is seen."""

    commune_chosen = Signal(object)
    chosen = Signal(str)
    """`first` or `second` of the cells chosen."""
    way_chosen = Signal(str)
    opened = Signal(object)

    def __init__(self, model: SecondModel, settle: Callable[[int, int, str], bool]) -> None:
        super().__init__()
        self._is_compact = False
        self.typing = button(_("Type a second time"), lambda: self.way_chosen.emit("type"), kind="switch")
        self.comparing = button(_("Compare the two"), lambda: self.way_chosen.emit("compare"), kind="switch")
        for made in (self.typing, self.comparing):
            made.setCheckable(True)
            made.setAutoExclusive(True)
        self.typing.setChecked(True)
        self.communes_model: RowsModel[Comparison] = RowsModel(_commune_columns())
        self.communes = Table(self.communes_model, name=_("List of communes"))
        self.communes.row_chosen.connect(self.commune_chosen)
        self.left = Panel(_("Commune, town"))
        self.left.setFixedWidth(232)
        self.left.add(self.communes, 1)
        self.grid = SecondGrid(model, settle)
        self.panel = Panel(" ")
        self.panel.add(self.grid, 1)
        self.count = label("", "second")
        self.panel.add_foot(self.count, None, label(_("The first entry stays hidden until you compare."), "hint"))
        self.differing: RowsModel[Differing] = RowsModel(_difference_columns())
        self.table = Table(self.differing, name=_("Cells that differ"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.row_opened.connect(self.opened)
        self.compared = Panel(_("Cells that differ"))
        self.compared.add(self.table, 1)
        self.agree = Empty(
            _("Nothing differs"), _("Forms typed a second time agree with the first; the others are not begun yet.")
        )
        self.compared.add(self.agree, 1)
        self.take_first = button(_("The first is right"), lambda: self.chosen.emit("first"))
        self.take_second = button(_("The second is right"), lambda: self.chosen.emit("second"))
        self.compared.add_foot(
            label(_("Look at the paper, then choose."), "hint"), None, self.take_first, self.take_second
        )
        self.pages = QStackedWidget()
        self.pages.addWidget(self.panel)
        self.pages.addWidget(self.compared)
        body = row(gap=8)
        body.addWidget(self.left)
        whole = column(gap=4)
        whole.addLayout(row(self.typing, self.comparing, None, gap=0))
        whole.addWidget(self.pages, 1)
        body.addLayout(whole, 1)
        self.setLayout(body)

    def show_page(self, name: str) -> None:
        """Typing or comparing."""
        is_typing = name == "type"
        (self.typing if is_typing else self.comparing).setChecked(True)
        self.pages.setCurrentWidget(self.panel if is_typing else self.compared)
        # How many cells differ would tell while one types.
        self.communes.setColumnHidden(2, is_typing)
        self.left.setVisible(is_typing or not self._is_compact)

    def show_differences(self, found: list[Differing]) -> None:
        """The cells that differ, commune by commune."""
        self.differing.show(found)
        self.table.setVisible(bool(found))
        self.agree.setVisible(not found)
        for part in (self.take_first, self.take_second):
            part.setEnabled(bool(found))
        self.compared.set_title(_("Cells that differ: {count}").format(count=len(found)))
        if found:
            self.table.selectRow(0)

    def picked(self) -> list[Differing]:
        """The differing cells chosen."""
        return [self.differing.rows[index.row()] for index in self.table.selectionModel().selectedRows()]

    def set_compact(self, compact: bool) -> None:
        """A narrower list, and none beside the comparison."""
        self._is_compact = compact
        self.left.setVisible(self.typing.isChecked() or not compact)
        self.left.setFixedWidth(180 if compact else 232)


def _state(one: Comparison) -> str:
    if not one.second:
        return _("not begun")
    return str(len(one.differences)) if one.differences else ""


def _sign(one: Comparison) -> Sign:
    if not one.second:
        return Sign.NOT_STARTED
    return Sign.WARNING if one.differences else Sign.CHECKED


def _commune_columns() -> list[Column[Comparison]]:
    return [
        Column(_("Name"), lambda one: words.unit_name(one.commune.name), stretch=True),
        Column(_("Second"), lambda one: str(one.second) if one.second else "", number=True, width=62),
        Column(
            _("Differ"),
            lambda one: str(len(one.differences)) if one.differences else "",
            sign=_sign,
            tip=lambda one: _state(one) or _("the two entries agree"),
            width=52,
        ),
    ]


def _difference_columns() -> list[Column[Differing]]:
    return [
        Column(_("Commune, town"), lambda one: words.unit_name(one.commune.name), width=150),
        Column(_("No."), lambda one: f"({one.column.number})", width=48),
        Column(
            _("Figures of the form"),
            lambda one: words.named(one.column.element.name_vi, one.column.element.name_en),
            stretch=True,
        ),
        Column(
            _("First entry"),
            lambda one: _figure(one.difference.first),
            number=True,
            width=110,
            tone=lambda one: None if one.difference.first else Tone.MUTE,
        ),
        Column(
            _("Second entry"),
            lambda one: _figure(one.difference.second),
            number=True,
            width=110,
            tone=lambda one: None if one.difference.second else Tone.MUTE,
        ),
    ]


def _figure(value: object) -> str:
    from desktop.domain.values import NOT_REPORTED, Value

    if not isinstance(value, Value):
        return _("not typed")
    return _("not reported") if value == NOT_REPORTED else shown(value)
