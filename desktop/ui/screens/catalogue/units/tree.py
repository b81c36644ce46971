"""The units standing on a day as a tree, narrowed by what is searched."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from desktop.application.units import UnitRow
from desktop.domain.text import fold
from desktop.system.i18n import _

UID = Qt.ItemDataRole.UserRole


class UnitTree(QTreeWidget):
    """Names and codes; those the office serves are bold and open from the start."""

    unit_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setColumnCount(2)
        self.setHeaderLabels([_("Unit"), _("Code")])
        self.setAccessibleName(_("Units"))
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().resizeSection(1, 76)
        self._items: dict[str, QTreeWidgetItem] = {}
        self.currentItemChanged.connect(self._choose)

    def show_units(self, rows: Sequence[UnitRow], ours: Collection[str]) -> None:
        """Show the units of a day; the one chosen stays chosen where it still stands."""
        held = self.chosen
        self.blockSignals(True)
        self.clear()
        self._items = {row.uid: QTreeWidgetItem([row.name, row.code or ""]) for row in rows}
        strong = QFont(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        for row in rows:
            item, above = self._items[row.uid], self._items.get(row.above or "")
            item.setData(0, UID, row.uid)
            item.setToolTip(0, row.name)
            if row.uid in ours:
                item.setFont(0, strong)
            if above is None:
                self.addTopLevelItem(item)
            else:
                above.addChild(item)
        self.blockSignals(False)
        self._open_to(uid for uid in ours if uid in self._items)
        if held in self._items:
            self.choose(held)
        elif ours and (first := next((row.uid for row in rows if row.uid in ours), None)):
            self.choose(first)

    def _open_to(self, uids: object) -> None:
        for uid in uids:  # type: ignore[attr-defined]
            above = self._items[uid].parent()
            while above is not None:
                above.setExpanded(True)
                above = above.parent()

    def narrow(self, text: str) -> int:
        """Hide what does not fit the words searched, and open the way to what does; how many fit."""
        wanted = fold(text).split()
        found = 0
        for item in self._items.values():
            item.setHidden(bool(wanted))
        for item in self._items.values():
            held = fold(f"{item.text(0)} {item.text(1)}")
            if not all(word in held for word in wanted):
                continue
            found += 1
            item.setHidden(False)
            above = item.parent() if wanted else None
            while above is not None:
                above.setHidden(False)
                above.setExpanded(True)
                above = above.parent()
        return found

    @property
    def chosen(self) -> str:
        """The uid of the unit chosen, or nothing."""
        item = self.currentItem()
        return str(item.data(0, UID)) if item is not None else ""

    def choose(self, uid: str) -> None:
        """Choose a unit and show it."""
        item = self._items.get(uid)
        if item is not None:
            self.setCurrentItem(item)
            self.scrollToItem(item)

    def _choose(self, current: QTreeWidgetItem | None, _previous: QTreeWidgetItem | None) -> None:
        if current is not None:
            self.unit_chosen.emit(str(current.data(0, UID)))
