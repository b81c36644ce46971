"""The import desk: files at the left, what they say in the middle, findings at the right; nothing is written before."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QVBoxLayout, QWidget

from desktop.application.imports import Outcome
from desktop.system.i18n import _, grouped
from desktop.ui.screens.filling.view import FillView
from desktop.ui.screens.imports.comparing import Comparison
from desktop.ui.screens.imports.findings import FindingPanel
from desktop.ui.screens.imports.grid import SheetGrid
from desktop.ui.screens.imports.left import LeftPanel
from desktop.ui.screens.imports.list_words import children_words
from desktop.ui.screens.imports.lists import ListTable
from desktop.ui.screens.imports.model import Desk, SheetView
from desktop.ui.screens.imports.switches import name_switch
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import Elided, Empty, Notice, PageBar, Panel, SignLabel, button, column, label, row

WARM_AFTER: Final = 50
WARMED: Final = 8
SUFFIXES: Final = (".xlsx", ".xls", ".xlsb", ".xlsm", ".ods", ".csv", ".zip")


class ImportView(QWidget):
    """Everything of the page; the second tab is put in by the screen."""

    files_asked = Signal()
    folder_asked = Signal()
    paste_asked = Signal()
    files_dropped = Signal(object)
    write_asked = Signal()
    leave_asked = Signal()
    save_asked = Signal()
    go_asked = Signal()
    undo_asked = Signal()
    side_changed = Signal(bool)
    """Little room: the findings come in the place of the left panel, or go."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "desk")
        self.setAcceptDrops(True)
        self._is_compact = self._has_files = self._is_list = False
        self._fill: FillView | None = None
        self._state = ""
        self.bar = PageBar(_("From Excel"))
        self.import_tab = self.bar.add_tab(_("Into the record"))
        self.fill_tab = self.bar.add_tab(_("Fill in a template"))
        self.import_tab.setChecked(True)
        self.import_tab.clicked.connect(lambda: self.show_tab(filling=False))
        self.fill_tab.clicked.connect(lambda: self.show_tab(filling=True))
        self.subtitle = Elided()
        self.subtitle.setProperty("kind", "hint")
        self.bar.insert(self.subtitle, 1)
        self.toggle = button(_("Findings"), kind="toggle")
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(self._show_side)
        self.paste = button(_("Paste from Excel"), self.paste_asked.emit)
        self.folder = button(_("Add a folder…"), self.folder_asked.emit, icon="folder_open_16_regular")
        self.add = button(_("Add files…"), self.files_asked.emit, icon="add_16_regular")
        # In one part: each part that is shown on a page in sight costs a layout of the whole page.
        self.tools = QWidget()
        self.tools.setLayout(row(self.paste, self.folder, self.add))
        self.bar.add(self.toggle, self.tools)
        self.stack = QStackedLayout()
        self.stack.addWidget(self._first())
        self.stack.addWidget(self._desk())
        body: QVBoxLayout = column(self.bar, gap=4)
        body.addLayout(self.stack, 1)
        self.setLayout(body)
        self._unpolished = self.findChildren(QWidget)
        QTimer.singleShot(WARM_AFTER, self, self._warm)

    def _warm(self) -> None:
        """Style what is not seen yet, a little at a time, so that the first file appears at once."""
        for part in self._unpolished[:WARMED]:
            part.ensurePolished()
        del self._unpolished[:WARMED]
        if self._unpolished:
            QTimer.singleShot(0, self, self._warm)

    def _first(self) -> Panel:
        first = Panel()
        self.first_act = button(_("Choose files…"), self.files_asked.emit, kind="primary")
        first.add(
            Empty(
                _("No file chosen yet"),
                _(
                    "Choose the files of the communes, a whole folder or a .zip, or drop them here: summaries, "
                    "templates filled in, answered query sheets. Nothing is written before you have seen what would "
                    "change."
                ),
                self.first_act,
                button(_("Choose a folder…"), self.folder_asked.emit),
                button(_("Paste from Excel"), self.paste_asked.emit),
            ),
            1,
        )
        return first

    def _desk(self) -> QWidget:
        desk = QWidget()
        self.left = LeftPanel()
        self.findings = FindingPanel()
        line = row(gap=8)
        line.addWidget(self.left)
        line.addWidget(self._middle(), 1)
        line.addWidget(self.findings)
        desk.setLayout(line)
        return desk

    def _middle(self) -> Panel:
        panel = Panel(_("What the file says"))
        self.middle = panel
        self.excel = button(_("As in Excel"), lambda: self.show_way(0), kind="switch")
        self.beside = button(_("Beside the record"), lambda: self.show_way(1), kind="switch")
        for part in (self.excel, self.beside):
            part.setCheckable(True)
            part.setAutoExclusive(True)
            name_switch(part, part.text())
        self.excel.setChecked(True)
        switch = QWidget()
        switch.setLayout(row(self.excel, self.beside, gap=0, margins=(1, 0, 0, 0)))
        panel.add_to_head(switch)
        self.grid = SheetGrid()
        self.comparison = Comparison()
        self.ways = QStackedLayout()
        self.ways.addWidget(self._excel_page())
        self.ways.addWidget(self.comparison)
        self.lists = ListTable()
        self.ways.addWidget(self.lists)
        held = QWidget()
        held.setLayout(self.ways)
        panel.add(held, 1)
        self.done = QWidget()
        self._done: QVBoxLayout = column(margins=(8, 8, 8, 0))
        self.done.setLayout(self._done)
        self.done.hide()
        panel.add(self.done)
        self.effect_head = label("", "head")
        self.effect = label("", wrap=True)
        self.effect_line = Elided()
        panel.add_inset(column(self.effect_head, self.effect, self.effect_line, gap=3), (11, 6, 11, 8))
        self.cancel = button(_("Leave"), self.leave_asked.emit)
        self.save = button(_("Save findings…"), self.save_asked.emit)
        self.ask = button(_("Ask the communes"), kind="menu")
        self.ask.setToolTip(_("Query sheets of what these files leave open"))
        self.menu = QMenu(self.ask)
        self.ask.setMenu(self.menu)
        self.undo = button(_("Take back  Ctrl+Z"), self.undo_asked.emit)
        self.write = button(_("Write"), self.write_asked.emit, kind="primary")
        self.go = button(_("To the cells written"), self.go_asked.emit, kind="primary")
        panel.add_foot(self.cancel, None, self.save, self.ask, self.undo, self.write, self.go)
        return panel

    def _excel_page(self) -> QWidget:
        page = QWidget()
        self.legend_words = Elided(_("grey: as it stands in the record · blue corner: replaces another figure"))
        self.legend_words.setProperty("kind", "hint")
        self.legend = QWidget()
        legend = row(
            SignLabel(Sign.ERROR, _("error"), small=True),
            SignLabel(Sign.WARNING, _("warning"), small=True),
            SignLabel(Sign.LOCKED, _("closed"), small=True),
            gap=12,
            margins=(11, 4, 11, 0),
        )
        legend.addWidget(self.legend_words, 1)
        body = column(gap=0)
        body.addWidget(self.grid, 1)
        self.legend.setLayout(legend)
        body.addWidget(self.legend)
        page.setLayout(body)
        return page

    # ---- showing ----

    @property
    def is_filling(self) -> bool:
        """Whether the second tab is shown."""
        return self.fill_tab.isChecked()

    def add_tab_page(self, page: FillView) -> None:
        """What stands below the page bar in the second tab."""
        self._fill = page
        self.stack.addWidget(page)

    def show_tab(self, *, filling: bool) -> None:
        """Into the record, or filling in."""
        (self.fill_tab if filling else self.import_tab).setChecked(True)
        self._show_tab()

    def refresh_bar(self) -> None:
        """Something else is shown in the tab."""
        self._show_tab()

    def _show_tab(self) -> None:
        filling, some = self.is_filling, self._has_files
        errors, warnings, _kept = (self._fill.findings if filling and self._fill else self.findings).model.counts()
        self.toggle.setText(_("Findings ({count})").format(count=errors + warnings))
        self.subtitle.setText(self._state if some and not filling else "")
        has_list = bool(self._fill and self._fill.has_plan) if filling else some
        self.toggle.setVisible(has_list and self._is_compact)
        for part in (self.folder, self.paste):
            part.setVisible(not self._is_compact)
        self.tools.setVisible(some and not filling)
        self.stack.setCurrentIndex(2 if filling else int(some))

    def show_nothing(self) -> None:
        """No file is chosen."""
        self._has_files = False
        self._show_tab()

    def show_desk(self, desk: Desk, chosen: int, *, written: int | None = None) -> None:
        """What the files say and what writing would do; `refresh_bar` shows it."""
        self._has_files = True
        files = len({view.file for view in desk.sheets})
        state = _("written") if written is not None else _("not written")
        count = _("1 file") if files == 1 else _("{count} files").format(count=files)
        self._state = f"{count} · {state}"
        self.left.show_files(desk.sheets, chosen)
        self.findings.show_groups(desk.groups)
        self._show_effect(desk, written)
        self._show_acts(desk, written)

    def _show_effect(self, desk: Desk, written: int | None) -> None:
        self.done.setVisible(written is not None)
        self.effect_head.setVisible(written is None and not self._is_compact)
        self.effect.setVisible(written is None and not self._is_compact)
        self.effect_line.setVisible(written is None and self._is_compact)
        if written is not None:
            self._say_written(desk, written)
            return
        self.effect_head.setText(_("If written now (nothing is written yet)"))
        counts = desk.counts
        parts = [
            (counts[Outcome.NEW], _("{count} new")),
            (counts[Outcome.CHANGED], _("{count} with another figure")),
            (counts[Outcome.SAME], _("{count} as they stand")),
            (counts[Outcome.KEPT], _("{count} typed figures kept")),
            (counts[Outcome.CLOSED], _("{count} in closed forms, left as they are")),
            (counts[Outcome.LATER], _("{count} said again by a later file")),
            (len(desk.plan.reasons), _("{count} reasons from query sheets")),
        ]
        said = [words.format(count=grouped(count)) for count, words in parts if count]
        said += children_words(desk.lists)
        self.effect.setText(" · ".join(said) or _("Nothing in these files can be written."))
        self.effect_line.setText(self.effect.text())
        self.effect_line.setToolTip(self.effect.text())

    def _say_written(self, desk: Desk, written: int) -> None:
        while self._done.count():
            old = self._done.takeAt(0).widget()
            if old is not None:
                old.deleteLater()
        periods = len(desk.plan.periods)
        title = _("{count} cells written into the record.").format(count=grouped(written))
        files = len(desk.plan.files)
        text = _("{files} files. Ctrl+Z takes all of it back at once.").format(files=files)
        if periods:
            told = _("{files} files, {periods} periods. Ctrl+Z takes all of it back at once.")
            text = told.format(files=files, periods=periods)
        if desk.plan.reasons:
            told = _("{count} reasons from query sheets were kept with their findings.")
            text = f"{told.format(count=len(desk.plan.reasons))} {text}"
        self._done.addWidget(Notice(Tone.GOOD, title, "" if self._is_compact else text))

    def _show_acts(self, desk: Desk, written: int | None) -> None:
        count = len(desk.plan.writes) + desk.lists.cells
        reasons = len(desk.plan.reasons)
        self.write.setText(_("Write {count} cells").format(count=grouped(count)) if count != 1 else _("Write 1 cell"))
        if reasons and not count:
            self.write.setText(_("Write {count} reasons").format(count=reasons))
        self.write.setEnabled(bool(count or reasons))
        self.write.setVisible(written is None)
        self.undo.setVisible(written is not None)
        self.go.setVisible(written is not None)
        self.cancel.setText(_("Leave") if written is None else _("Done"))
        self.save.setEnabled(bool(desk.plan.findings))
        self.save.setVisible(written is None and not self._is_compact)

    def show_sheet(self, view: SheetView, desk: Desk, *, written: bool) -> None:
        """One sheet, in both ways."""
        title = _("{file}, sheet {sheet}").format(file=view.file, sheet=view.sheet) if view.sheet else view.file
        self.middle.set_title(title)
        self.grid.show_sheet(view)
        self.comparison.show_cells(view.compared, view.counts, desk.elements, desk.units, written=written)
        was_list, self._is_list = self._is_list, view.listed is not None
        if view.listed is not None:
            self.lists.show_list(view.listed, written=written)
        if was_list != self._is_list:
            self.show_way(int(self._is_list or self.beside.isChecked()))

    def show_way(self, way: int) -> None:
        """As in Excel (0) or beside the record (1): figures, or the children of a list."""
        (self.beside if way else self.excel).setChecked(True)
        self.ways.setCurrentIndex(2 if way and self._is_list else way)

    # ---- little room ----

    def set_compact(self, compact: bool) -> None:
        """The findings come in the place of the files, with a button."""
        self._is_compact = compact
        self.left.set_compact(compact)
        self._show_tab()
        self.save.setVisible(not compact and self.write.isVisibleTo(self))
        self.legend.setVisible(not compact)
        is_open = self.write.isVisibleTo(self)
        self.effect_head.setVisible(is_open and not compact)
        self.effect.setVisible(is_open and not compact)
        self.effect_line.setVisible(is_open and compact)
        self.findings.setFixedWidth(248 if compact else 284)
        self._show_side(on=self.toggle.isChecked())

    def _show_side(self, on: bool) -> None:
        self.findings.setVisible(on or not self._is_compact)
        self.left.setVisible(not (on and self._is_compact))
        self.side_changed.emit(on)

    # ---- dropping ----

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files that can be read, and folders, may be dropped."""
        if any(_can_be_read(path) for path in _paths(event)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        self.files_dropped.emit([path for path in _paths(event) if _can_be_read(path)])
        event.acceptProposedAction()


def _can_be_read(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES or path.is_dir()


def _paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
