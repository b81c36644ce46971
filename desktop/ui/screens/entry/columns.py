"""Chọn cột: which sections and elements the matrix shows, remembered for the form."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTreeWidget, QTreeWidgetItem, QWidget

from desktop.application.entry import Column
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.widgets.parts import button, column, label, row

CODE = Qt.ItemDataRole.UserRole


class ColumnChooser(QDialog):
    """Sections with their elements, each with a tick; `hidden` is what was left without."""

    def __init__(self, parent: QWidget | None, columns: Sequence[Column], hidden: Collection[str]) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(_("Choose columns"))
        self.setMinimumSize(420, 360)
        self.resize(460, 480)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(_("Columns of the form"))
        self.tree.setUniformRowHeights(True)
        self._fill(columns, hidden)
        self.show_all = button(_("Show all"), self._tick_all, kind="small")
        self.count = label("", "hint")
        self.leave = button(_("Leave as it was"), self.reject)
        self.take = button(_("Show these columns"), self.accept, kind="primary")
        self.take.setDefault(True)
        body = column(label(_("Columns shown in this form"), "subject"), gap=10, margins=(20, 18, 20, 16))
        body.addWidget(label(_("Columns that are not shown are kept, summed and sent as before."), "second", wrap=True))
        body.addWidget(self.tree, 1)
        body.addLayout(row(self.show_all, self.count, None))
        body.addLayout(row(None, self.leave, self.take))
        self.setLayout(body)
        self.tree.itemChanged.connect(self._recount)
        self._recount()

    def _fill(self, columns: Sequence[Column], hidden: Collection[str]) -> None:
        section: QTreeWidgetItem | None = None
        last = None
        for known in columns:
            if section is None or known.section is not last:
                last = known.section
                name = f"{last.number}. {words.named(last.name_vi, last.name_en)}"
                section = QTreeWidgetItem(self.tree, [name])
                section.setFlags(section.flags() | Qt.ItemFlag.ItemIsAutoTristate | Qt.ItemFlag.ItemIsUserCheckable)
            name = f"({known.number})  {words.named(known.element.name_vi, known.element.name_en)}"
            item = QTreeWidgetItem(section, [name])
            item.setToolTip(0, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setData(0, CODE, known.element.code)
            is_hidden = known.element.code in hidden
            item.setCheckState(0, Qt.CheckState.Unchecked if is_hidden else Qt.CheckState.Checked)
        self.tree.expandAll()
        first = self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first)

    def _items(self) -> list[QTreeWidgetItem]:
        sections = [self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount())]
        return [part.child(at) for part in sections if part is not None for at in range(part.childCount())]

    @property
    def hidden(self) -> set[str]:
        """Codes of the elements without a tick."""
        return {item.data(0, CODE) for item in self._items() if item.checkState(0) is Qt.CheckState.Unchecked}

    def _tick_all(self) -> None:
        for item in self._items():
            item.setCheckState(0, Qt.CheckState.Checked)

    def _recount(self) -> None:
        items = self._items()
        shown = len(items) - len(self.hidden)
        self.count.setText(_("{shown} of {all} columns").format(shown=shown, all=len(items)))
        self.take.setEnabled(shown > 0)
