"""The list "theo địa giới": on which boundaries a page shows its figures. Hidden where nothing ever changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox

from desktop.application.boundary_days import BoundaryDays
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.style.sheet import mark


class BoundaryList(QComboBox):
    """Boundaries of the period first, then the others; what was chosen stays chosen while it is offered."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Boundaries"))
        self.setToolTip(_("Show the figures on the boundaries of another time: counts are added, rates made anew"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setIconSize(QSize(0, 0))
        self.hide()
        self.activated.connect(self._told)

    @property
    def day(self) -> date | None:
        """The day whose boundaries are chosen; None for those of the period."""
        held = self.currentData()
        return held if isinstance(held, date) else None

    def offer(self, choices: Sequence[BoundaryDays], *, own: bool = True) -> None:
        """Offer the boundaries of a period; `own` false leaves out those of the period itself."""
        held = self.day
        self.clear()
        if own:
            self.addItem(_("Boundaries of the period"), None)
        for one in choices:
            if not one.is_own:
                self.addItem(boundary_words(one), one.day)
        days = [self.itemData(at) for at in range(self.count())]
        self.setCurrentIndex(days.index(held) if held in days else 0)
        self.setVisible(self.count() > int(own))
        mark(self, tone="busy" if self.day is not None and own else "")

    def _told(self) -> None:
        mark(self, tone="busy" if self.day is not None else "")
        self.chosen.emit()


def boundary_words(days: BoundaryDays) -> str:
    """A stretch of boundaries as the office says it."""
    if days.last is None and days.first is not None:
        return _("New boundaries, from {day}").format(day=words.day(days.first))
    if days.first is None and days.last is not None:
        return _("Old boundaries, until {day}").format(day=words.day(days.last))
    if days.first is not None and days.last is not None:
        return _("Boundaries {first}–{last}").format(first=words.day(days.first), last=words.day(days.last))
    return _("Boundaries of the period")
