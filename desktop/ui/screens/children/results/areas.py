"""Which communes lie in area I, II or III and which are especially disadvantaged: said for many at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop.application.hard_areas import AreaOf, HardArea, areas, say_areas
from desktop.system.i18n import _
from desktop.ui.days import read_day
from desktop.ui.session import Session
from desktop.ui.widgets.parts import button, column, label, row
from desktop.ui.widgets.tables import Column, RowsModel, Table
from desktop.ui.words import unit_name
from desktop.wording import say


class AreasDialog(QDialog):
    """The communes with what is said of them on the day; keys and buttons change those chosen, then all are written."""

    def __init__(self, parent: QWidget | None, session: Session) -> None:
        super().__init__(parent)
        self.setModal(True)
        self._session = session
        self.setWindowTitle(_("Which communes are hard areas?"))
        self.resize(680, 420)
        self._held: Mapping[str, AreaOf] = {}
        self._now: dict[str, AreaOf] = {}
        self.day = QLineEdit(f"{session.period.first:%d/%m/%Y}")
        self.day.setAccessibleName(_("From day"))
        self.day.setMaximumWidth(110)
        self.basis = QLineEdit()
        self.basis.setAccessibleName(_("By which decision"))
        self.rows: RowsModel[AreaOf] = RowsModel(_columns())
        self.table = Table(self.rows, name=_("Communes and their areas"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.told = label("", "hint", wrap=True)
        self.leave = button(_("Leave as it was"), self.reject)
        self.deed = button(_("Note the areas"), self.write, kind="primary")
        body = column(label(self.windowTitle(), "subject"), gap=8, margins=(20, 16, 20, 16))
        body.addLayout(self._fields())
        body.addWidget(self.table, 1)
        body.addLayout(self._acts())
        body.addWidget(self.told)
        body.addLayout(row(None, self.leave, self.deed))
        self.setLayout(body)
        self.day.textChanged.connect(lambda _text: self._read())
        self._read()
        self.table.setFocus()

    def _fields(self) -> QHBoxLayout:
        line = row(gap=8)
        for field, stretch in ((self.day, 0), (self.basis, 1)):
            caption = label(field.accessibleName(), "second")
            caption.setBuddy(field)
            line.addWidget(caption)
            line.addWidget(field, stretch)
        return line

    def _acts(self) -> QHBoxLayout:
        """A button and a key for each answer."""
        self.acts: dict[str, QPushButton] = {}
        line = row(gap=4)
        for key, text, change in (
            ("1", _("Area I"), partial(_in_area, HardArea.I)),
            ("2", _("Area II"), partial(_in_area, HardArea.II)),
            ("3", _("Area III"), partial(_in_area, HardArea.III)),
            ("0", _("In no area"), partial(_in_area, None)),
            ("K", _("Especially disadvantaged"), _turned),
        ):
            act = partial(self.change, change)
            self.acts[key] = button(f"{text}  {key}", act, kind="small")
            line.addWidget(self.acts[key])
            QShortcut(QKeySequence(key), self.table, act)
        line.addStretch(1)
        return line

    # ---- what holds on the day ----

    @property
    def _day(self) -> date | None:
        return read_day(self.day.text(), self._session.today())

    def _read(self) -> None:
        """What was said until the day; what was changed here stays changed."""
        day = self._day
        found = areas(self._session.record, unit=None, on=day) if day is not None else ()
        self._held = {one.commune.uid: one for one in found}
        self._show()

    def _show(self) -> None:
        at, chosen = self.table.currentIndex().row(), {index.row() for index in self.table.selectedIndexes()}
        self.rows.show([self._now.get(uid, one) for uid, one in self._held.items()])
        selection = self.table.selectionModel()
        for place in sorted(chosen) or [0]:
            selection.select(self.rows.index(place, 0), selection.SelectionFlag.Select | selection.SelectionFlag.Rows)
        if self._held:
            selection.setCurrentIndex(self.rows.index(max(at, 0), 0), selection.SelectionFlag.NoUpdate)
        self.deed.setEnabled(bool(self._changed))
        self.told.setText(
            _("Choose communes (Ctrl+A: all), then a key or button. It holds from the day until a later word.")
            if self._day is not None
            else _("Type a day like 04/06/2021.")
        )

    @property
    def _changed(self) -> list[AreaOf]:
        return [one for uid, one in self._now.items() if uid in self._held and one != self._held[uid]]

    def change(self, change: Callable[[AreaOf], AreaOf]) -> None:
        """The communes chosen become something else."""
        for place in {index.row() for index in self.table.selectedIndexes()}:
            one = self.rows.rows[place]
            self._now[one.commune.uid] = change(one)
        self._show()

    def write(self) -> None:
        """Say all of it as one change."""
        day, basis = self._day, self.basis.text().strip()
        if day is None:
            return
        told = [replace(one, basis=basis or one.basis) for one in self._changed]
        done = self._session.write(lambda record: say_areas(record, told=told, day=day))
        if done is not None:
            self._session.say(say("Noted the areas of {count} communes. Ctrl+Z takes it back.", count=len(told)))
            self.accept()


def _in_area(area: HardArea | None, one: AreaOf) -> AreaOf:
    return replace(one, area=area)


def _turned(one: AreaOf) -> AreaOf:
    return replace(one, is_hard=not one.is_hard)


def _columns() -> list[Column[AreaOf]]:
    return [
        Column(_("Commune"), lambda one: unit_name(one.commune.name), width=180),
        Column(_("Area"), lambda one: one.area.value if one.area is not None else "–", centre=True, width=80),
        Column(_("Especially disadvantaged"), lambda one: _("yes") if one.is_hard else "–", centre=True, width=150),
        Column(_("By which decision"), lambda one: one.basis, stretch=True),
    ]
