"""The menu "Xem": what the matrix shows, how large, in which order; and where Enter goes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from desktop.system.i18n import _
from desktop.ui.screens.entry.arranging import KEEPS, Arranging, filter_words
from desktop.ui.screens.entry.measure import STEP, fitting
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.ui.screens.entry.screen import EntryScreen
    from desktop.ui.screens.entry.view import EntryView

USUAL: Final = 100


class Display(QObject):
    """Acts of the menu, and their keys."""

    def __init__(self, screen: EntryScreen, view: EntryView, arranging: Arranging) -> None:
        super().__init__(screen)
        self.screen = screen
        self.view = view
        self.arranging = arranging
        menu = view.display_menu
        menu.addAction(_("Choose columns…")).triggered.connect(self.choose_columns)
        self.order = self._sort_menu(menu)
        self.filters = self._filter_menu(menu)
        menu.addSeparator()
        for text, keys, deed in (
            (_("Larger"), "Ctrl++", partial(self.zoom, 1)),
            (_("Smaller"), "Ctrl+-", partial(self.zoom, -1)),
            (_("Usual size"), "Ctrl+0", partial(self.zoom, 0)),
        ):
            self._act(menu, text, keys, deed)
        self._key("Ctrl+=", partial(self.zoom, 1))
        full = menu.addAction(f"{_('Full screen')}\tF11")
        full.triggered.connect(self.full_screen)
        QShortcut(QKeySequence("F11"), view, self.full_screen)
        menu.addSeparator()
        self.enter = self._enter_menu(menu)
        menu.aboutToShow.connect(self._show_ticks)
        head = view.grid.horizontalHeader()
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._head_menu)
        view.grid.zoom_asked.connect(self.zoom)
        view.all_rows_asked.connect(partial(arranging.show_only, ""))
        view.columns_asked.connect(self.choose_columns)
        self.apply_settings()

    def _act(self, menu: QMenu, text: str, keys: str, deed: partial[None]) -> QAction:
        # The key stands in the words and is a shortcut of the page: an action's own would be heard in every way.
        action = menu.addAction(f"{text}\t{keys}")
        action.triggered.connect(deed)
        self._key(keys, deed)
        return action

    def _key(self, keys: str, deed: partial[None]) -> None:
        QShortcut(QKeySequence(keys), self.view.matrix_page, deed)

    def _sort_menu(self, menu: QMenu) -> dict[str, QAction]:
        sorting = menu.addMenu(_("Sort communes"))
        acts = {
            "register": sorting.addAction(_("In the order of the list")),
            "up": sorting.addAction(_("By this column, smallest first")),
            "down": sorting.addAction(_("By this column, largest first")),
        }
        acts["register"].triggered.connect(lambda: self.arranging.sort(None))
        acts["up"].triggered.connect(lambda: self.sort_here(largest_first=False))
        acts["down"].triggered.connect(lambda: self.sort_here(largest_first=True))
        return acts

    def _filter_menu(self, menu: QMenu) -> dict[str, QAction]:
        filters, group = menu.addMenu(_("Show only communes")), QActionGroup(menu)
        made = {"": filters.addAction(_("All communes"))}
        for name in KEEPS:
            if name == "not_started":
                filters.addSeparator()
            made[name] = filters.addAction(filter_words(name))
        for name, action in made.items():
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _on=False, name=name: self.arranging.show_only(name))
        return made

    def _enter_menu(self, menu: QMenu) -> dict[str, QAction]:
        ways, group = menu.addMenu(_("The Enter key goes")), QActionGroup(menu)
        made = {"down": ways.addAction(_("Down")), "right": ways.addAction(_("To the right"))}
        for name, action in made.items():
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _on=False, name=name: self.choose_enter(name))
        return made

    def _show_ticks(self) -> None:
        self.filters[self.arranging.filter].setChecked(True)
        self.enter[self.screen.session.settings.enter].setChecked(True)
        has_cell = self.view.grid.currentIndex().isValid()
        self.order["up"].setEnabled(has_cell)
        self.order["down"].setEnabled(has_cell)
        self.order["register"].setEnabled(self.arranging.is_sorted)

    def apply_settings(self) -> None:
        """Zoom and the way of Enter as they are remembered."""
        kept = self.screen.session.settings
        self.view.grid.enter_goes_right = kept.enter == "right"
        if self.view.grid.measure.percent != kept.table_zoom:
            self.view.set_zoom(fitting(kept.table_zoom))

    def choose_enter(self, where: str) -> None:
        """Enter goes down or to the right from now on."""
        self.screen.session.keep(enter=where)
        self.apply_settings()
        told = say("Enter goes to the right.") if where == "right" else say("Enter goes down.")
        self.screen.session.say(told)

    def zoom(self, steps: int) -> None:
        """Larger, smaller, or (0) the usual size; remembered."""
        percent = fitting(self.view.grid.measure.percent + steps * STEP) if steps else USUAL
        self.screen.session.keep(table_zoom=percent)
        self.view.set_zoom(percent)
        self.screen.session.say(say("The table at {percent}%", percent=percent))

    def full_screen(self) -> None:
        """The whole screen for the window, or its frame again."""
        window = self.view.window()
        if window.isFullScreen():
            window.showMaximized() if self._was_maximised else window.showNormal()
        else:
            self._was_maximised = window.isMaximized()
            window.showFullScreen()
            self.screen.session.say(say("F11 leaves the full screen."))

    _was_maximised = False

    def sort_here(self, *, largest_first: bool) -> None:
        """Sort by the column of the cell in hand."""
        column = self.view.grid.currentIndex().column()
        if column >= 0:
            self.arranging.sort(column, largest_first=largest_first)

    def choose_columns(self) -> None:
        """Ask which columns are shown."""
        from desktop.ui.screens.entry.columns import ColumnChooser

        if not self.screen.settle():
            return
        chooser = ColumnChooser(self.view, self.screen.model.all_columns, self.arranging.hidden())
        if chooser.exec():
            self.arranging.hide(chooser.hidden)

    def _head_menu(self, place: QPoint) -> None:
        grid = self.view.grid
        column = grid.horizontalHeader().logicalIndexAt(place)
        if column < 0 or not self.screen.settle():
            return
        grid.go(max(grid.currentIndex().row(), 0), column)
        self._show_ticks()
        menu = QMenu(grid)
        menu.addActions(list(self.order.values()))
        menu.addSeparator()
        code = self.screen.model.columns[column].element.code
        menu.addAction(_("Hide this column")).triggered.connect(
            lambda: self.arranging.hide(self.arranging.hidden() | {code})
        )
        menu.addAction(_("Choose columns…")).triggered.connect(self.choose_columns)
        menu.exec(grid.horizontalHeader().viewport().mapToGlobal(place))
        menu.deleteLater()
