"""All stations at the left with how much of each is told; the profile of one; the item in hand at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.application.station_profiles import Summary
from desktop.domain.text import fold
from desktop.domain.units import UnitKind
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.screens.stations.grid import ProfileGrid
from desktop.ui.screens.stations.model import ProfileModel
from desktop.ui.screens.stations.preview import PreviewPanel
from desktop.ui.screens.stations.side import NARROW as SIDE_NARROW
from desktop.ui.screens.stations.side import WIDTH as SIDE
from desktop.ui.screens.stations.side import ItemSide
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.filtering import FilterBox
from desktop.ui.widgets.parts import Elided, Empty, PageBar, Panel, SignLabel, button, column, label, row
from desktop.ui.widgets.tables import Column, RowsModel, Table

WIDTH: Final = 236
NARROW: Final = 196
USUAL: Final = "tram y te "


class StationsView(QWidget):
    """Page bar, list, profile, item."""

    def __init__(self, settle: Callable[[int, int, str], bool]) -> None:
        super().__init__()
        self.setProperty("kind", "desk")
        self._make_bar()
        self._make_list()
        self.profile = ProfileModel()
        self.grid = ProfileGrid(self.profile, settle)
        self._make_profile()
        self.side = ItemSide()
        self.preview = PreviewPanel()
        self.nobody = Empty("", "")
        self.pages = QStackedWidget()
        self._rows: Sequence[Summary] = ()
        self._compact = False
        self.changed.toggled.connect(lambda _on: self._show_days())
        self._build()

    def _make_bar(self) -> None:
        self.bar = PageBar(_("Health stations"))
        self.day = QLineEdit()
        self.day.setFixedWidth(92)
        self.day.setAccessibleName(_("As of day"))
        self.day_name = label(_("As of"), "second")
        self.copy = button(_("Copy"))
        self.excel = button(_("Excel"))
        self.paper = button(_("Print"), icon="print_16_regular")
        self.feed = button(_("Into the form…"), tip=_("Take figures of the period's form from the profiles"))
        self.against = QLineEdit()
        self.against.setFixedWidth(92)
        self.against.setAccessibleName(_("Compared with"))
        self.against_name = label(_("Compared with"), "second")
        self.changed = button(" ", kind="switch", tip=_("Only what is answered otherwise than on the earlier day"))
        self.changed.setCheckable(True)
        self.bar.add(self.day_name, self.day, self.against_name, self.against, self.changed)
        self.bar.add(self.copy, self.excel, self.paper, self.feed)

    def _make_list(self) -> None:
        self.model: RowsModel[Summary] = RowsModel(_columns())
        self.table = Table(self.model, name=_("List of stations"), lines=2)
        self.left = Panel(" ")
        self.left.setFixedWidth(WIDTH)
        self.filter = FilterBox(_("Find a station"))
        self.filter.setMaximumWidth(1000)
        self.filter.setMinimumWidth(120)
        search = QWidget()
        line = row(margins=(8, 6, 8, 6))
        line.addWidget(self.filter, 1)
        search.setLayout(line)
        self.left.add(search)
        self.left.add(self.table, 100)
        self.unfilter = button(_("Clear the filter"), self.filter.clear, kind="link")
        nobody = QWidget()
        nobody.setLayout(column(label(_("No station fits the filter."), "second", wrap=True), self.unfilter, gap=4,
                                margins=(11, 8, 11, 8)))  # fmt: skip
        self.no_match = nobody
        self.left.add(nobody)
        nobody.hide()
        self.left.add_rest()
        self.filter.textChanged.connect(lambda _text: self._show())

    def _make_profile(self) -> None:
        self.middle = Panel(" ")
        self.zone = SignLabel(Sign.TOO_FEW, "")
        self.zone_why = Elided()
        self.zone_why.setProperty("kind", "second")
        self.facts = Elided()
        self.facts.setProperty("kind", "second")
        told = QWidget()
        zone = row(gap=6)
        zone.addWidget(self.zone)
        zone.addWidget(self.zone_why, 1)
        body = column(gap=2, margins=(11, 6, 11, 6))
        body.addWidget(self.facts)
        body.addLayout(zone)
        told.setLayout(body)
        self.middle.add(told)
        self.middle.add(self.grid, 1)

    def _build(self) -> None:
        sheet = QWidget()
        parts = row(gap=8)
        parts.addWidget(self.left)
        parts.addWidget(self.middle, 1)
        parts.addWidget(self.side)
        whole = column(gap=0)
        whole.addLayout(parts, 1)
        sheet.setLayout(whole)
        empty = Panel()
        empty.add(self.nobody, 1)
        for page in (sheet, self.preview, empty):
            self.pages.addWidget(page)
        page_bar: QVBoxLayout = column(self.bar, gap=4)
        page_bar.addWidget(self.pages, 1)
        self.setLayout(page_bar)

    @property
    def all_rows(self) -> Sequence[Summary]:
        """Every station of the day, whatever is filtered."""
        return self._rows

    def offer(self, act: QPushButton) -> None:
        """An act under the words of the empty page."""
        layout = self.nobody.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertLayout(3, row(None, act, None))

    def menu(self, made: QPushButton) -> QMenu:
        """A menu of a button of the page bar."""
        made.setProperty("kind", "menu")
        menu = QMenu(made)
        made.setMenu(menu)
        return menu

    def show_page(self, name: str) -> None:
        """`sheet`, `preview` or `empty`."""
        self.pages.setCurrentIndex(("sheet", "preview", "empty").index(name))
        for tool in (self.day, self.changed, self.copy, self.excel, self.paper, self.feed):
            tool.setVisible(name == "sheet")
        self._show_days()

    def set_compact(self, compact: bool) -> None:
        """Narrower lists; the item in hand keeps its answers."""
        self.left.setFixedWidth(NARROW if compact else WIDTH)
        self.side.setFixedWidth(SIDE_NARROW if compact else SIDE)
        self.preview.set_compact(compact)
        self._compact = compact
        self._show_days()

    def _show_days(self) -> None:
        """The days and their names; where there is little room, the earlier one while only changes are shown."""
        is_sheet, compares = self.pages.currentIndex() == 0, self.changed.isChecked()
        self.day_name.setVisible(is_sheet and (not self._compact or not compares))
        for part in (self.against_name, self.against):
            part.setVisible(is_sheet and (not self._compact or compares))

    def show_changed(self, count: int) -> None:
        """How many items are answered otherwise than on the earlier day."""
        self.changed.setText(_("{count} changed").format(count=count))
        self.changed.setEnabled(count > 0 or self.changed.isChecked())

    def show_list(self, rows: Sequence[Summary]) -> None:
        """The stations of a day; the chosen one stays chosen."""
        self._rows = rows
        self._show()

    def renew(self, one: Summary) -> None:
        """One station's line anew; the list stays where it is."""
        self._rows = [one if row.place.uid == one.place.uid else row for row in self._rows]
        at = next((at for at, row in enumerate(self.model.rows) if row.place.uid == one.place.uid), None)
        if at is not None:
            self.model.rows = tuple(one if place == at else row for place, row in enumerate(self.model.rows))
            self.model.dataChanged.emit(self.model.index(at, 0), self.model.index(at, self.model.columnCount() - 1))

    def _show(self) -> None:
        wanted = fold(self.filter.text()).split()
        held = self.table.chosen()
        shown = [one for one in self._rows if all(word in fold(_searched(one)) for word in wanted)]
        self.model.show(shown)
        self.no_match.setVisible(bool(wanted) and not shown)
        self.table.setVisible(self.no_match.isHidden())
        stations = sum(one.place.kind is UnitKind.STATION for one in self._rows)
        title = _("{stations} stations, {others} points")
        self.left.set_title(title.format(stations=stations, others=len(self._rows) - stations))
        if held is not None:
            self.choose(held.place.uid)

    def choose(self, uid: str) -> None:
        """Mark a station in the list."""
        at = next((at for at, one in enumerate(self.model.rows) if one.place.uid == uid), None)
        if at is not None and self.table.currentIndex().row() != at:
            held = self.table.blockSignals(True)
            self.table.setCurrentIndex(self.model.index(at, 0))
            self.table.blockSignals(held)


def _searched(one: Summary) -> str:
    return f"{one.place.name} {one.place.commune.name if one.place.commune else ''} {one.place.facility_code}"


def _columns() -> list[Column[Summary]]:
    return [
        Column(
            _("Station"),
            _short,
            second=_about,
            stretch=True,
            strong=lambda one: one.place.kind is UnitKind.STATION,
            tip=lambda one: one.place.name,
        ),
        Column(
            _("Told"),
            lambda one: f"{one.completeness.answered}/{one.completeness.asked}",
            second=_old,
            sign=lambda one: _sign(one)[0],
            tone=lambda one: _sign(one)[1],
            tip=lambda one: _sign(one)[2],
            width=82,
        ),
    ]


def _short(one: Summary) -> str:
    """The name; of a station, or of what was one, only that of the commune it is called after."""
    name = one.place.name
    if fold(name).startswith(USUAL):
        return words.capital(words.unit_name(words.capital(name[len(USUAL) :])))
    return words.capital(name)


def _about(one: Summary) -> str:
    from desktop.ui.screens.admin.stations.page import kind_name, state_of

    home = words.unit_name(one.place.commune.name) if one.place.commune else "–"
    told = kind_name(one.place.kind)
    return state_of(one.place) or (told if _short(one) == home else f"{told} · {home}")


def _old(one: Summary) -> str:
    return _("{count} old").format(count=one.completeness.old) if one.completeness.old else ""


def _sign(one: Summary) -> tuple[Sign, Tone, str]:
    told = one.completeness
    if one.doubts:
        return Sign.ERROR, Tone.BAD, _("{count} answers do not fit each other").format(count=one.doubts)
    if not told.answered:
        return Sign.NOT_STARTED, Tone.MUTE, _("nothing told yet")
    if told.is_whole:
        return Sign.COMPLETE, Tone.GOOD, _("all told and confirmed in the year")
    if told.answered == told.asked:
        return Sign.SOON, Tone.WARN, _("{count} answers are not confirmed in the year").format(count=told.old)
    return Sign.IN_ENTRY, Tone.BUSY, _("{count} items are not told").format(count=told.asked - told.answered)
