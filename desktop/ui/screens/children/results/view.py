"""The tab of results: the sentence and the forms at the left above the groups, the chart and the past at the right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QPushButton, QScrollArea, QSizePolicy, QWidget

from desktop.domain.nutrition import FORMS
from desktop.reports.interval_chart import ROW
from desktop.system.i18n import _
from desktop.ui.screens.children.results.reading import GROUPINGS
from desktop.ui.screens.children.results.tables import FormsTable, GroupsTable, TrendTable, form_name
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.growth_chart import GrowthChart, Make
from desktop.ui.widgets.parts import Empty, Panel, SignLabel, button, column, label, row

CHART_REST = 72
"""px of the chart's heads and axis."""
TREND = 176
"""px of the lines of the past."""
WHOLE, GROUPS, CHART = "whole", "groups", "chart"
"""The pages that stand one at a time where there is little room."""


class ResultsView(QWidget):
    """Everything the tab shows; it computes nothing."""

    grouping_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._tools()
        self.told = label("", "head", wrap=True)
        self.how = label("", "hint", wrap=True)
        self.silent = label("", "hint", wrap=True)
        self.differs = SignLabel(Sign.WARNING, "")
        self.see = button(_("See them…"), kind="small")
        self.forms, self.groups, self.trend = FormsTable(), GroupsTable(), TrendTable()
        self.chart = GrowthChart()
        self.chart.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.trend_chart = GrowthChart()
        self.trend_chart.setMinimumHeight(TREND)
        self.chart_title = label("", "head")
        self.legend = label("", "hint", wrap=True)
        self.moved = label("", "", wrap=True)
        self.aims = label("", "second", wrap=True)
        self.page_bar = self._pages()
        self.left, self.right = self._left(), self._right()
        body = row(gap=8)
        body.addWidget(self.left, 11)
        body.addWidget(self.right, 9)
        self.body = QWidget()
        self.body.setLayout(body)
        self.empty = Empty("", "")
        self.blank = Panel()
        self.blank.add(self.empty, 1)
        self.blank.hide()
        whole = column(self.page_bar, gap=0)
        whole.addWidget(self.body, 1)
        whole.addWidget(self.blank, 1)
        self.setLayout(whole)
        self._is_compact = False
        self._page = WHOLE
        self.page_bar.hide()

    def _pages(self) -> QWidget:
        """What is shown where there is little room: the whole, the groups or the charts; beside it who was reached."""
        self.pages: dict[str, QPushButton] = {}
        line = row(gap=0, margins=(0, 0, 0, 6))
        for key, text in ((WHOLE, _("Together")), (GROUPS, _("Groups")), (CHART, _("Chart"))):
            made = button(text, partial(self.choose_page, key), kind="switch")
            made.setCheckable(True)
            made.setAutoExclusive(True)
            self.pages[key] = made
            line.addWidget(made)
        self.pages[WHOLE].setChecked(True)
        self.reached = label("", "second")
        line.addSpacing(12)
        line.addWidget(self.reached, 1)
        bar = QWidget()
        bar.setLayout(line)
        bar.setFixedHeight(36)
        return bar

    def _tools(self) -> None:
        self.reach = QComboBox()
        self.reach.setAccessibleName(_("Whose results"))
        self.reach.setMinimumWidth(130)
        self.counted = QComboBox()
        self.counted.setAccessibleName(_("Which measurement counts"))
        self.counted.setFixedWidth(190)
        self.paper = button(_("Report…"), icon="print_16_regular", tip=_("See, save and print the report  Ctrl+P"))
        self.paper.setAccessibleName(_("Report…"))
        self.feed = button(_("Fill the form…"), kind="primary", tip=_("Take these figures into the form of the period"))

    def _left(self) -> QWidget:
        top = Panel()
        first = row(gap=8)
        first.addWidget(self.told, 1)
        first.addWidget(self.counted)
        lines = column(gap=3)
        lines.addLayout(first)
        for part in (self.how, self.silent):
            lines.addWidget(part)
        warning = row(gap=8)
        warning.addWidget(self.differs, 1)
        warning.addWidget(self.see)
        lines.addLayout(warning)
        top.add_inset(lines)
        top.add(self.forms)
        top.add_rest()
        groups = Panel()
        groups.add(self._switch())
        groups.add(self.groups.whole, 1)
        self.undeclared = Empty(
            _("Nobody has said yet which communes are hard areas"),
            _("Say which communes lie in area III and which are especially disadvantaged: they are counted apart."),
            self.say_areas,
        )
        self.undeclared.hide()
        groups.add(self.undeclared, 1)
        self.top, self.grouped = top, groups
        made = QWidget()
        body = column(top, gap=8)
        body.addWidget(groups, 1)
        made.setLayout(body)
        return made

    def _switch(self) -> QWidget:
        self.groupings: dict[str, QPushButton] = {}
        line = row(gap=0, margins=(8, 0, 8, 0))
        for key, text in zip(GROUPINGS, grouping_names(), strict=True):
            made = button(text, partial(self.grouping_chosen.emit, key), kind="switch")
            made.setCheckable(True)
            made.setAutoExclusive(True)
            self.groupings[key] = made
            line.addWidget(made)
        line.addStretch(1)
        self.declare = button(_("Say the areas…"), kind="link")
        self.declare.hide()
        self.say_areas = button(_("Say the areas…"))
        self.form_choice = QComboBox()
        self.form_choice.setAccessibleName(_("Form of malnutrition"))
        for form in FORMS:
            self.form_choice.addItem(form_name(form))
        self.form_choice.activated.connect(self.forms.selectRow)
        self.forms.row_chosen.connect(lambda chosen: self.form_choice.setCurrentIndex(FORMS.index(chosen.form)))
        line.addWidget(self.declare)
        line.addWidget(self.form_choice)
        bar = QWidget()
        bar.setLayout(line)
        bar.setFixedHeight(38)
        return bar

    def _right(self) -> QWidget:
        chart = Panel()
        chart.add_inset(column(self.chart_title, self.legend, gap=2))
        self.roll = QScrollArea()
        self.roll.setFrameShape(QFrame.Shape.NoFrame)
        self.roll.setWidgetResizable(True)
        self.roll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setLayout(column(self.chart, gap=0, margins=(6, 0, 6, 0)))
        inner.layout().addStretch(1)  # type: ignore[union-attr]
        inner.setProperty("kind", "sheet")
        self.roll.setWidget(inner)
        chart.add(self.roll, 1)
        past = Panel(_("Over time"))
        self.by_period = button(_("Periods"), kind="switch")
        self.by_session = button(_("Sessions"), kind="switch")
        line = row(gap=0)
        for choice in (self.by_period, self.by_session):
            choice.setCheckable(True)
            choice.setAutoExclusive(True)
            line.addWidget(choice)
        self.by_period.setChecked(True)
        switch = QWidget()
        switch.setLayout(line)
        past.add_to_head(self._ways_of_showing())
        past.add_to_head(switch)
        past.head_row.setFixedHeight(36)
        past.add(self.trend)
        self.trend_sheet = QWidget()
        self.trend_sheet.setLayout(column(self.trend_chart, gap=0, margins=(6, 4, 6, 0)))
        past.add(self.trend_sheet, 1)
        past.add_inset(column(self.moved, self.aims, gap=2))
        made = QWidget()
        body = column(gap=8)
        body.addWidget(chart, 1)
        body.addWidget(past)
        made.setLayout(body)
        self.compared, self.past = chart, past
        return made

    def _ways_of_showing(self) -> QWidget:
        """The past as a table or as lines; where there is little room the groups stand in the table's place."""
        self.as_table = button(_("Table"), kind="switch")
        self.as_chart = button(_("Chart"), kind="switch")
        line = row(gap=0, margins=(0, 0, 8, 0))
        for choice in (self.as_table, self.as_chart):
            choice.setCheckable(True)
            choice.setAutoExclusive(True)
            line.addWidget(choice)
        self.as_table.setChecked(True)
        self.as_chart.toggled.connect(lambda _on: self._arrange())
        switch = QWidget()
        switch.setLayout(line)
        return switch

    # ---- what is shown ----

    def show_blank(self, title: str, text: str) -> None:
        """There are no results: why and what to do."""
        self.empty.title.setText(title)
        self.empty.text.setText(text)
        self.blank.setVisible(True)
        self._arrange()

    def show_results(self) -> None:
        """There are results."""
        self.blank.hide()
        self._arrange()

    def show_chart(self, make: Make | None, rows: int, title: str, legend: str) -> None:
        """Another chart of so many rows."""
        self.chart_title.setText(title)
        self.legend.setText(legend)
        self.legend.setVisible(bool(legend))
        self.chart.setFixedHeight(round(12 * ROW * rows) + CHART_REST)
        self.chart.show_chart(make, title)

    def show_trend_height(self, rows: int) -> None:
        """As many lines as there are periods, at most five; the newest is seen."""
        self.trend.setFixedHeight(28 + min(max(rows, 1), 5) * self.trend.row_height + 2)
        self.trend.scrollToBottom()

    def show_differing(self, number: int) -> None:
        """How many figures of the form say something else."""
        text = _("{count} figures typed in the form are not what the list says.").format(count=number)
        self.differs.show_state(Sign.WARNING, text, Tone.WARN)
        self.differs.setVisible(bool(number))
        self.see.setVisible(bool(number))

    def choose_page(self, page: str) -> None:
        """The whole, the groups or the charts; only where there is little room."""
        self._page = page
        self.pages[page].setChecked(True)
        self._arrange()

    def show_areas(self, *, is_asked: bool, is_known: bool) -> None:
        """The subtotals of areas: what they are counted from, or how it is said."""
        self.declare.setVisible(is_asked and is_known)
        self.undeclared.setVisible(is_asked and not is_known)
        self.groups.whole.setVisible(not is_asked or is_known)

    def set_compact(self, compact: bool) -> None:
        """One page at a time, or all side by side."""
        self._is_compact = compact
        fill = QSizePolicy.Policy.Preferred if compact else QSizePolicy.Policy.Maximum
        self.top.setSizePolicy(QSizePolicy.Policy.Preferred, fill)
        self.paper.setText("" if compact else _("Report…"))
        self.as_table.setText(_("By group") if compact else _("Table"))
        self.as_chart.setText(_("Over the years") if compact else _("Chart"))
        self.reach.setMinimumWidth(96 if compact else 130)
        self.reach.setMaximumWidth(104 if compact else 220)
        self._arrange()

    def _arrange(self) -> None:
        is_blank, compact, page = not self.blank.isHidden(), self._is_compact, self._page
        lines = self.as_chart.isChecked()
        self.trend.setVisible(not lines and not compact)
        self.trend_sheet.setVisible(lines)
        self.compared.setVisible(not (lines and compact))
        self.page_bar.setVisible(compact and not is_blank)
        self.form_choice.setVisible(compact)
        self.reached.setText("" if page == WHOLE else self.told.text())
        self.body.setVisible(not is_blank)
        self.left.setVisible(not compact or page != CHART)
        self.top.setVisible(not compact or page == WHOLE)
        self.grouped.setVisible(not compact or page == GROUPS)
        self.right.setVisible(not compact or page == CHART)


def grouping_names() -> Sequence[str]:
    """The words of the groupings, in their order."""
    return (_("Commune"), _("Age"), _("Sex"), _("Village"), _("Ethnic group"), _("Areas"))
