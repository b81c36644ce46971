"""The page of the matrix: bars, grid, totals; it tells what a person wants and shows what is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QMenu,
    QPushButton,
    QScrollBar,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.application.entry import Matrix
from desktop.application.steps import STEPS
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.screens.entry.bars import CellBar, FindingBar
from desktop.ui.screens.entry.grid import MatrixView
from desktop.ui.screens.entry.legend import Legend
from desktop.ui.screens.entry.model import MatrixModel
from desktop.ui.screens.entry.seek_bar import SeekBar
from desktop.ui.screens.entry.strip import Strip
from desktop.ui.screens.entry.totals import TotalsBand
from desktop.ui.screens.entry.ways import MATRIX, WAYS
from desktop.ui.style import fonts
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import Empty, PageBar, button, column, row

PLACE, LEAST_PLACE = 122, 76
"""Room for the name of the cell's place in the compact page bar, px."""
LEAST_NAME: Final = 70
"""Room for the name of the cell's element in the compact page bar, px."""


class EntryView(QWidget):
    """Everything of the page; signals say what is wanted."""

    bar_entered = Signal(str)
    form_chosen = Signal(str)
    section_chosen = Signal(str)
    import_asked = Signal()
    undo_asked = Signal()
    redo_asked = Signal()
    act_asked = Signal(str)
    way_chosen = Signal(str)
    all_rows_asked = Signal()
    columns_asked = Signal()

    def __init__(self, model: MatrixModel, settle: Callable[[int, int, str], bool]) -> None:
        super().__init__()
        self.setProperty("kind", "desk")
        self.bar = PageBar(_("Enter data"))
        self.way = MATRIX
        self.is_compact = False
        self.tabs: dict[str, QPushButton] = {}
        if len(WAYS) > 1:
            for spec in WAYS:
                self.tabs[spec.name] = self.bar.add_tab(spec.words())
                self.tabs[spec.name].setChecked(spec.name == MATRIX)
                self.tabs[spec.name].clicked.connect(lambda _on=False, name=spec.name: self.way_chosen.emit(name))
        self._tools: dict[str, list[QWidget]] = {}
        self._fill_bar()
        self.cell_bar = CellBar()
        self.grid = MatrixView(model, settle)
        self.totals = TotalsBand(model, self.grid)
        self.across = QScrollBar(Qt.Orientation.Horizontal)
        self.across.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.findings = FindingBar()
        sheet = QFrame()
        sheet.setProperty("kind", "panel")
        self._sheet = sheet
        inside = column(gap=0, margins=(1, 1, 1, 1))
        inside.addWidget(self.grid, 1)
        inside.addWidget(self.totals)
        inside.addLayout(self._foot())
        sheet.setLayout(inside)
        self.arranged = Strip(Sign.INFO, button(_("Show all communes"), self.all_rows_asked.emit, kind="small"))
        self.offer_take = button(_("Put it back"), kind="small")
        self.offer_leave = button(_("Leave it"), kind="small")
        self.offer = Strip(Sign.WARNING, self.offer_take, self.offer_leave, tone=Tone.WARN)
        self.seek = SeekBar()
        self.empty = Empty(
            _("This office has no commune in this period"),
            _(
                "Choose another period above; an office begins on the day it was set up. After a merger it is carried "
                "on under Administration, Our office."
            ),
        )
        self.matrix_page = QWidget()
        self._body: QVBoxLayout = column(self.cell_bar, self.offer, self.seek, self.arranged, gap=4)
        self._body.addWidget(sheet, 1)
        self._body.addWidget(self.empty, 1)
        self._body.addWidget(self.findings)
        self.matrix_page.setLayout(self._body)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.matrix_page)
        self._beside = row(gap=8)
        self._beside.addWidget(self.pages, 1)
        whole = column(self.bar, gap=4)
        whole.addLayout(self._beside, 1)
        self.setLayout(whole)
        self.cell_bar.input.returnPressed.connect(lambda: self.bar_entered.emit(self.cell_bar.input.text()))
        self._join_scroll_bars()

    def _fill_bar(self) -> None:
        """What stands at the right of the page bar, and where it goes when there is no room."""
        self.undo = button("", self.undo_asked.emit, kind="icon", icon="arrow_undo_16_regular", tip=_("Undo  Ctrl+Z"))
        self.redo = button("", self.redo_asked.emit, kind="icon", icon="arrow_redo_16_regular", tip=_("Redo  Ctrl+Y"))
        self.forms = QComboBox()
        self.forms.setAccessibleName(_("Form"))
        self.forms.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.forms.activated.connect(lambda at: self.form_chosen.emit(self.forms.itemData(at)))
        self.acts = button(_("Form of the commune"), icon="checkmark_16_regular")
        self.acts.setProperty("kind", "menu")
        self.menu = QMenu(self.acts)
        self.acts.setMenu(self.menu)
        self.actions_of = {name: self.menu.addAction(text) for name, text in _act_words().items()}
        for name, action in self.actions_of.items():
            action.triggered.connect(lambda _checked=False, name=name: self.act_asked.emit(name))
        self.take_in = button(_("From Excel…"), self.import_asked.emit, icon="arrow_download_16_regular")
        self.display = button(_("View"))
        self.display.setProperty("kind", "menu")
        self.display_menu = QMenu(self.display)
        self.display.setMenu(self.display_menu)
        self.sections = self.display_menu.addMenu(_("Go to section"))
        # In the compact layout these stand in the menu instead of the bar.
        self.menu.setTitle(_("Form of the commune"))
        self._folded: dict[QWidget, QAction] = {
            self.acts: self.display_menu.addMenu(self.menu),
            self.take_in: self.display_menu.addAction(_("From Excel…")),
            self.undo: self.display_menu.addAction(_("Undo  Ctrl+Z").replace("  ", "\t")),
            self.redo: self.display_menu.addAction(_("Redo  Ctrl+Y").replace("  ", "\t")),
        }
        for part, signal in (
            (self.take_in, self.import_asked),
            (self.undo, self.undo_asked),
            (self.redo, self.redo_asked),
        ):
            self._folded[part].triggered.connect(signal)
        self.display_menu.addSeparator()
        self.bar.add(self.undo, self.redo, self.forms, self.display, self.acts, self.take_in)
        self._tools[MATRIX] = [self.display, self.acts, self.take_in]

    def _foot(self) -> QBoxLayout:
        """Under the table: how the states are typed, what is not shown, the scroll bar."""
        self.legend = Legend()
        self.unseen = QToolButton()
        self.unseen.setProperty("kind", "link")
        self.unseen.setFont(fonts.font(fonts.SMALL, 500))
        self.unseen.setFixedHeight(self.legend.height())
        self.unseen.clicked.connect(self.columns_asked)
        self.unseen.hide()
        foot = row(self.legend, self.unseen, gap=4)
        foot.addWidget(self.across, 1)
        foot.addStretch(0)
        return foot

    def set_zoom(self, percent: int) -> None:
        """The table and its totals larger or smaller."""
        self.grid.set_zoom(percent)
        self.totals.updateGeometry()

    def show_arranged(self, filter_name: str, shown: int, rows: int, hidden: int) -> None:
        """What is left out: communes by a filter, columns by choice."""
        told = ""
        if filter_name and not shown:
            told = _("No commune here: {filter}").format(filter=filter_name)
        elif filter_name:
            told = _("Only: {filter} ({shown} of {rows} communes). Totals count all.").format(
                filter=filter_name, shown=shown, rows=rows
            )
        self.arranged.say(told)
        self.unseen.setText(
            _("{count} columns not shown").format(count=hidden) if hidden > 1 else _("1 column not shown")
        )
        self.unseen.setVisible(hidden > 0)

    def add_side(self, panel: QWidget) -> None:
        """A panel at the right of every way."""
        self._beside.addWidget(panel)

    def add_way(self, name: str, page: QWidget, tools: Sequence[QWidget]) -> None:
        """Give a further way its place; its tools stand in the page bar while it is shown."""
        self.pages.addWidget(page)
        self.bar.add(*tools)
        self._tools[name] = list(tools)

    def show_way(self, name: str, page: QWidget) -> None:
        """Show a way: its tab, its page, its tools."""
        self.way = name
        if name in self.tabs:
            self.tabs[name].setChecked(True)
        self.pages.setCurrentWidget(page)
        self._show_tools()

    def _show_tools(self) -> None:
        for name, tools in self._tools.items():
            for tool in tools:
                tool.setVisible(name == self.way)
        self.cell_bar.setVisible(self.way == MATRIX and self.empty.isHidden())
        self.fit_bar()

    def fit_bar(self) -> None:
        """Whatever has no room in the page bar goes into the menu, the rarest first; words are never cut."""
        is_matrix = self.way == MATRIX
        self.bar.title.setVisible(not self.is_compact)
        for part, action in self._folded.items():
            part.setVisible(is_matrix or part in (self.undo, self.redo))
            action.setVisible(False)
        rarest = [self.take_in, self.acts, self.redo, self.undo] if is_matrix else []
        room = self.width() or self.bar.width()
        for part in rarest:
            if self._bar_need() <= room and not (self.is_compact and part in (self.take_in, self.acts)):
                continue
            part.hide()
            self._folded[part].setVisible(True)
        if self._bar_need() > room:
            self.bar.title.hide()
        if self.is_compact and is_matrix:
            # Where even that is too much the element's name gives way, then the place: both are in its tooltip.
            self.cell_bar.place.setFixedWidth(PLACE)
            self.cell_bar.name.setVisible(self._bar_need() <= room)
            lacking = self._bar_need() - (LEAST_NAME if self.cell_bar.name.isHidden() else 0) - room
            self.cell_bar.place.setFixedWidth(max(PLACE - max(lacking, 0), LEAST_PLACE))

    def _bar_need(self) -> int:
        layout, inner = self.bar.layout(), self.cell_bar.layout()
        if layout is None or inner is None:
            return 0
        # A layout remembers how wide its parts were; the cell bar has just been changed.
        inner.invalidate()
        self.cell_bar.updateGeometry()
        layout.invalidate()
        return layout.sizeHint().width() + (LEAST_NAME if self.is_compact and self.way == MATRIX else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page bar keeps what it has room for."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_bar()

    def showEvent(self, event: QShowEvent) -> None:
        """Words have their true width only once they are styled."""
        super().showEvent(event)
        QTimer.singleShot(0, self.fit_bar)

    def _join_scroll_bars(self) -> None:
        inner = self.grid.horizontalScrollBar()
        inner.rangeChanged.connect(self._follow_range)
        inner.valueChanged.connect(self.across.setValue)
        self.across.valueChanged.connect(inner.setValue)

    def _follow_range(self, least: int, most: int) -> None:
        inner = self.grid.horizontalScrollBar()
        self.across.setPageStep(inner.pageStep())
        self.across.setSingleStep(inner.singleStep())
        self.across.setRange(least, most)
        self.across.setVisible(most > least)

    def show_matrix(self, matrix: Matrix, level: str) -> None:
        """Fit everything around a matrix that the model already shows."""
        has_rows = bool(matrix.rows)
        self._sheet.setVisible(has_rows)
        self.findings.setVisible(has_rows)
        self.empty.setVisible(not has_rows)
        self.cell_bar.setVisible(has_rows and self.way == MATRIX)
        year = words.period_name(matrix.period.same_last_year())
        whole = {
            "district": _("Whole district"),
            "area": _("Whole area"),
            "province": _("Whole province"),
            "commune": _("Whole commune"),
        }[level]
        titles = (whole, _("Communes that reported"), f"{whole}, {_lower(year)}")
        self.totals.show_before(titles, matrix.totals_before)
        # Lists beside it take their width only once they are filled.
        QTimer.singleShot(0, self.fit_bar)
        self.sections.clear()
        for section in matrix.form.sections:
            name = f"{section.number}. {words.named(section.name_vi, section.name_en)}"
            act = self.sections.addAction(name)
            act.triggered.connect(lambda _on=False, number=section.number: self.section_chosen.emit(number))

    def show_forms(self, forms: list[tuple[str, str]], current: str) -> None:
        """The forms that can be filled in for this period; a single one needs no list."""
        self.forms.clear()
        for code, name in forms:
            self.forms.addItem(name, code)
        self.forms.setCurrentIndex(max(self.forms.findData(current), 0))
        self.forms.setVisible(len(forms) > 1 and not self.grid.is_compact)
        self.fit_bar()

    def set_compact(self, compact: bool) -> None:
        """One line for title and cell bar, one totals row, signs only."""
        self.is_compact = compact
        self.grid.set_compact(compact)
        self.totals.set_compact(compact)
        self.legend.set_compact(compact)
        self.findings.set_compact(compact)
        self.bar.setFixedHeight(38 if compact else 40)
        parts: list[QWidget] = [self.cell_bar.past, *self.cell_bar.acts]
        for part in parts:
            part.setVisible(not compact)
        self.cell_bar.place.setFixedWidth(PLACE if compact else 152)
        self.cell_bar.name.show()
        self.cell_bar.input.setFixedWidth(80 if compact else 112)
        self.forms.setVisible(self.forms.count() > 1 and not compact)
        if compact:
            self.bar.insert(self.cell_bar, 30)
        else:
            self._body.insertWidget(0, self.cell_bar)
        for spec in WAYS:
            if spec.name in self.tabs:
                self.tabs[spec.name].setText(spec.short() if compact else spec.words())
                self.tabs[spec.name].setMinimumWidth(0 if compact else self.tabs[spec.name].minimumWidth())
        self.bar.subtitle.hide()
        self._show_tools()
        QTimer.singleShot(0, self.fit_bar)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _act_words() -> dict[str, str]:
    return dict(
        zip(
            STEPS,
            (
                _("Form is complete…"),
                _("Form is checked"),
                _("Return the form…"),
                _("Lock the form"),
                _("Reopen the form…"),
            ),
            strict=True,
        )
    )
