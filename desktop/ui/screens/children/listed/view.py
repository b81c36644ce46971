"""The list of children at the left, the page of one of them at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from desktop.application.children import Found
from desktop.system.i18n import _
from desktop.ui.screens.children import words
from desktop.ui.screens.children.listed.page import PagePanel
from desktop.ui.style.palette import Tone
from desktop.ui.widgets.filtering import FilterBox
from desktop.ui.widgets.parts import Empty, Panel, button, column, row
from desktop.ui.widgets.tables import Column, RowsModel, Table

WIDTH = 336
NARROW = 272


class ListedView(QWidget):
    """Search, list, page."""

    def __init__(self) -> None:
        super().__init__()
        self._names: Mapping[str, str] = {}
        self._is_search = self._is_compact = False
        self.doubles = button(_("Duplicates…"), icon="people_16_regular")
        self.new = button(_("New child…"), icon="add_16_regular")
        self.search = FilterBox(_("Find a child"))
        self.search.setPlaceholderText(_("Name, mother, or birth date"))
        self.search.setMinimumWidth(190)
        self.search.setMaximumWidth(1000)
        self.model: RowsModel[Found] = RowsModel(self._columns())
        self.table = Table(self.model, name=_("List of children"), lines=2)
        self.left = Panel(" ")
        self.left.setFixedWidth(WIDTH)
        bar = QWidget()
        line = row(margins=(8, 6, 8, 6))
        line.addWidget(self.search, 1)
        bar.setLayout(line)
        self.left.add(bar)
        self.left.add(self.table, 1)
        self.nobody = Empty("", "")
        self.left.add(self.nobody, 1)
        self.page = PagePanel()
        body = row(gap=8)
        body.addWidget(self.left)
        body.addWidget(self.page, 1)
        self.setLayout(column(gap=0))
        self.layout().addLayout(body)  # type: ignore[union-attr]

    def show_list(self, found: Sequence[Found], names: Mapping[str, str], title: str, *, is_search: bool) -> None:
        """Other children; a search names their communes."""
        self._names, self._is_search = names, is_search
        self.model.show(found)
        self.left.set_title(title)
        self.table.setVisible(bool(found))
        self.nobody.setVisible(not found)
        self.nobody.title.setText(_("Nobody found") if is_search else _("No child on the list yet"))
        self.nobody.text.setText(
            _("Try fewer letters, the mother's name, or the birth date as 12/03/2022.")
            if is_search
            else _("Add a child, type new ones at the foot of a weighing list, or take a list in from Excel.")
        )

    def set_compact(self, compact: bool) -> None:
        """A narrower list: the sex stands below the birth date."""
        self._is_compact = compact
        for act in (self.doubles, self.new):
            act.setIconSize(QSize(0, 0) if compact else QSize(16, 16))
        self.table.setColumnHidden(1, compact)
        self.left.setFixedWidth(NARROW if compact else WIDTH)
        self.page.set_compact(compact)

    def _columns(self) -> list[Column[Found]]:
        return [
            Column(_("Full name"), lambda one: one.child.name, second=self._about, stretch=True),
            Column(_("Sex"), lambda one: words.sex(one.child.sex), width=40),
            Column(
                _("Born on"),
                lambda one: words.born(one.child) or _("unknown"),
                second=self._state,
                tone=lambda one: Tone.WARN if one.child.birth_date is None else None,
                width=92,
            ),
        ]

    def _about(self, one: Found) -> str:
        place = self._names.get(one.unit, "") if self._is_search else ""
        mother = _("mother: {name}").format(name=one.child.mother) if one.child.mother else ""
        return " · ".join(part for part in (place, one.child.village, mother) if part)

    def _state(self, one: Found) -> str:
        told = words.presence(one.status.what) if one.status is not None else ""
        return told or (words.sex(one.child.sex) if self._is_compact else "")
