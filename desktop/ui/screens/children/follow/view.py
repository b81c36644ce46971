"""The page of the follow-up list: filters, the list, what to do."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from desktop.application.children_follow import Why
from desktop.system.i18n import _
from desktop.ui.screens.children.follow.lines import HEIGHT, MOTHER, SEX, WEIGHT, Line, columns
from desktop.ui.screens.children.switching import FollowSwitch
from desktop.ui.widgets.filtering import FilterBox
from desktop.ui.widgets.parts import Empty, Panel, button, column, label, row
from desktop.ui.widgets.tables import RowsModel, Table

ALL: Final = "all"


class FollowView(QWidget):
    """Filters, the list, what to do."""

    def __init__(self) -> None:
        super().__init__()
        self.villages = QComboBox()
        self.villages.setAccessibleName(_("Village"))
        self.villages.setMinimumWidth(150)
        self.villages.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.model: RowsModel[Line] = RowsModel(columns(), group=lambda line: line.followed is None)
        self.table = Table(self.model, name=_("Children to follow up"))
        self.search = FilterBox(_("Find a child on the list"))
        self.search.setPlaceholderText(_("Name, mother, village"))
        self.filters: dict[str, QPushButton] = {}
        line = row(gap=0)
        for key in (ALL, *Why):
            made = button("", kind="switch")
            made.setCheckable(True)
            made.setAutoExclusive(True)
            self.filters[key] = made
            line.addWidget(made)
        self.filters[ALL].setChecked(True)
        switch = QWidget()
        switch.setLayout(line)
        self.switch = FollowSwitch()
        self.told = label("", "head")
        self.rule = label(
            _(
                "Faltering: lost weight, or 0.67 SD of weight for age. Weighed again: after 1 month (severe), "
                "3 months (moderate), 6 months."
            ),
            "hint",
        )
        self.copy = button(_("Copy the list"), tip=_("For Excel or a message  Ctrl+C"))
        self.paper = button(_("Print…"), icon="print_16_regular", tip=_("See, save and print the list  Ctrl+P"))
        self.paper.setAccessibleName(_("Print…"))
        self.treat = button(_("Treatment…"), kind="small", tip=_("Put the child on the register of acute malnutrition"))
        self.panel = Panel()
        head = QWidget()
        head.setLayout(row(self.switch, self.told, None, self.rule, margins=(8, 0, 11, 0)))
        head.setFixedHeight(36)
        self.panel.add(head)
        self.panel.add(self.table, 1)
        self.all = button(_("Remove filter"))
        self.empty = Empty("", "", self.all)
        self.panel.add(self.empty, 1)
        self.keys = label(_("Enter: the child's page"), "hint")
        self.panel.add_foot(switch, self.search, None, self.keys, self.treat)
        self.setLayout(column(self.panel, gap=0))

    def set_compact(self, compact: bool) -> None:
        """Fewer words above the list, fewer columns; the reasons get their room."""
        self.rule.setVisible(not compact)
        self.keys.setVisible(not compact)
        self.paper.setText("" if compact else _("Print…"))
        self.villages.setMinimumWidth(110 if compact else 150)
        self.copy.setProperty("away", compact)
        self.copy.setVisible(not compact and self.isVisible())
        for at in (SEX, MOTHER, WEIGHT, HEIGHT):
            self.table.setColumnHidden(at, compact)
        self.table.setColumnWidth(0, 132 if compact else 170)
