"""A child's charts with the tabs that choose between them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.application.growth_charts import CHARTS, Chart, chart, label
from desktop.domain.children import Child, Measurement
from desktop.domain.growth.classes import index_words
from desktop.domain.growth.scores import Index
from desktop.reports.growth_chart import SCREEN, Drawing
from desktop.system.i18n import _, render
from desktop.ui.screens.children import words
from desktop.ui.widgets.growth_chart import GrowthChart
from desktop.ui.widgets.parts import button, column, row
from desktop.ui.widgets.parts import label as text_label

SHORT: Final = {Index.HA: lambda: _("Height/age"), Index.WA: lambda: _("Weight/age"), Index.WH: lambda: _("W/H")}


class Charts(QWidget):
    """Height for age, weight for age, weight for height: one at a time, or all three beside each other."""

    def __init__(self, *, all_at_once: bool = False) -> None:
        super().__init__()
        self._child: Child | None = None
        self._measurements: Sequence[Measurement] = ()
        self._all = all_at_once
        self.whole = False
        """Whether all of the standard is drawn, or the part around the visits."""
        self.shown = Index.HA
        self.charts = {index: GrowthChart() for index in CHARTS}
        self.tabs: dict[Index, QPushButton] = {}
        self.held: QWidget | None = None
        """What stands beside the charts under a tab of its own, where there is no room below them."""
        self._held_tab = button(_("Measurements"), self.show_held, kind="tab")
        self._held_tab.setCheckable(True)
        self._held_tab.setAutoExclusive(True)
        self._held_tab.hide()
        self._is_held_shown = False
        self.why = text_label("", "hint", wrap=True)
        self.why.setContentsMargins(11, 9, 11, 9)
        self._body = body = column(gap=0)
        if all_at_once:
            line = row(gap=8)
            for index in CHARTS:
                name = text_label(render(index_words(index)), "head")
                line.addLayout(column(name, self.charts[index], gap=2), 1)
            body.addLayout(line, 1)
        else:
            body.addLayout(self._tab_line())
            for made in self.charts.values():
                body.addWidget(made, 1)
        body.addWidget(self.why)
        self.setLayout(body)
        self._show()

    def _tab_line(self) -> QHBoxLayout:
        line = row(gap=0, margins=(4, 0, 4, 0))
        for index in CHARTS:
            made = button(SHORT[index](), kind="tab")
            made.setToolTip(render(index_words(index)))
            made.setCheckable(True)
            made.setAutoExclusive(True)
            made.clicked.connect(partial(self.choose, index))
            self.tabs[index] = made
            line.addWidget(made)
        line.addWidget(self._held_tab)
        line.addStretch(1)
        self.tabs[self.shown].setChecked(True)
        return line

    def choose(self, index: Index, _on: bool = True) -> None:
        """Another chart."""
        self.shown = index
        self._is_held_shown = False
        self._show()

    def hold(self, held: QWidget, title: str) -> None:
        """Take something in under a tab of its own."""
        self.held = held
        self._body.insertWidget(1, held, 1)
        self._held_tab.setText(title)
        self._held_tab.show()
        self._show()

    def let_go(self) -> None:
        """Give it back: it stands elsewhere."""
        self.held, self._is_held_shown = None, False
        self._held_tab.hide()
        if self.tabs:
            self.tabs[self.shown].setChecked(True)
        self._show()

    def show_held(self) -> None:
        """What was taken in, in the place of the charts."""
        self._is_held_shown = self.held is not None
        self._held_tab.setChecked(self._is_held_shown)
        self._show()

    def show_child(self, child: Child | None, measurements: Sequence[Measurement]) -> None:
        """Another child, its measurements oldest first."""
        self._child, self._measurements = child, measurements
        self._show()

    def show_whole(self, *, whole: bool) -> None:
        """All of the standard, or the part around the visits."""
        self.whole = whole
        self._show()

    def _show(self) -> None:
        why = ""
        for index, widget in self.charts.items():
            made = chart(index, self._child, self._measurements) if self._child is not None else None
            is_seen = (self._all or index is self.shown) and made is not None and not self._is_held_shown
            widget.setVisible(is_seen)
            if is_seen and made is not None and self._child is not None:
                widget.show_chart(partial(self._draw, made), spoken(made, self._child))
        if self._child is not None and self._child.sex is None:
            why = _("The sex is not known: no curves can be drawn.")
        elif self._child is not None and self._child.birth_date is None:
            why = _("The birth date is not known: only weight for height can be drawn.")
        if self.held is not None:
            self.held.setVisible(self._is_held_shown)
        self.why.setText(why)
        self.why.setVisible(bool(why) and not self._is_held_shown)

    def _draw(self, made: Chart, across: float, down: float) -> Drawing:
        last = render(label(made.plotted[-1], made.index)) if made.plotted else ""
        return made.drawing((across, down), style=SCREEN, label=last, whole=self.whole)


def spoken(made: Chart, child: Child) -> str:
    """The chart in words: whose, which, every visit."""
    visits = "; ".join(f"{one.measurement.day:%d/%m/%Y}: {render(label(one, made.index))}" for one in made.plotted)
    return f"{child.name}, {words.sex(child.sex)}. {render(index_words(made.index))}. {visits or _('No visit yet')}"
