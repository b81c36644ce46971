"""Find and replace in the matrix: one undoable change, shown before it is made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from desktop.system.i18n import _
from desktop.ui.screens.entry.looks import CLOSED
from desktop.ui.widgets.parts import button, column, label, row
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.ui.screens.entry.screen import EntryScreen
    from desktop.ui.screens.entry.seek import Planned, Sought
    from desktop.ui.screens.entry.view import EntryView

WAIT: Final = 150
SHOWN: Final = 200


class Seeking(QObject):
    """The search line, the places it found, the replacement."""

    def __init__(self, screen: EntryScreen, view: EntryView) -> None:
        super().__init__(screen)
        self.screen = screen
        self.view = view
        self.places: list[tuple[int, int]] = []
        self._waiting = QTimer(self, singleShot=True, interval=WAIT)
        self._waiting.timeout.connect(self.look)
        bar = view.seek
        bar.sought.connect(self._waiting.start)
        bar.stepped.connect(self.step)
        bar.replace_asked.connect(self.replace)
        bar.left.connect(self.leave)
        for keys, deed in (
            ("Ctrl+F", partial(self.begin, replacing=False)),
            ("Ctrl+H", partial(self.begin, replacing=True)),
            ("F3", partial(self.step, 1)),
            ("Shift+F3", partial(self.step, -1)),
        ):
            QShortcut(QKeySequence(keys), view.matrix_page, deed)
        view.display_menu.addSeparator()
        for text, keys, replacing in ((_("Find…"), "Ctrl+F", False), (_("Find and replace…"), "Ctrl+H", True)):
            action = view.display_menu.addAction(f"{text}\t{keys}")
            action.triggered.connect(lambda _on=False, replacing=replacing: self.begin(replacing=replacing))

    def begin(self, *, replacing: bool) -> None:
        """Open the search line."""
        if self.screen.settle():
            self.view.seek.begin(replacing=replacing)
            self.look()

    def leave(self) -> None:
        """Close the search line; the cell it found is in hand."""
        self.view.seek.hide()
        self.view.grid.setFocus()

    def _sought(self) -> Sought | None:
        from desktop.ui.screens.entry import seek  # at the first search

        return seek.sought(self.view.seek.field.text(), whole=self.view.seek.whole.isChecked())

    def look(self) -> None:
        """Find every place anew."""
        self._waiting.stop()
        from desktop.ui.screens.entry import seek

        what = self._sought()
        self.places = seek.places(self.screen.model, what) if what else []
        self._tell()

    def step(self, step: int) -> None:
        """The next or previous place."""
        self.look()
        if not self.places:
            return
        current = self.view.grid.currentIndex()
        here = (current.row(), current.column())
        if step > 0:
            target = next((place for place in self.places if place > here), self.places[0])
        else:
            target = next((place for place in reversed(self.places) if place < here), self.places[-1])
        self.view.grid.go(*target)
        self._tell()

    def _tell(self) -> None:
        if self._sought() is None:
            self.view.seek.show_count("")
            return
        current = self.view.grid.currentIndex()
        here = (current.row(), current.column())
        if here in self.places:
            told = _("{at} of {count}").format(at=self.places.index(here) + 1, count=len(self.places))
        else:
            told = _("{count} places").format(count=len(self.places)) if self.places else _("Not found")
        self.view.seek.show_count(told)

    # ---- replacing ----

    def planned(self) -> tuple[list[Planned], int]:
        """Every cell that would be replaced, and how many are left out because they are closed or not readable."""
        from desktop.ui.screens.entry import seek

        what, model = self._sought(), self.screen.model
        made: list[Planned] = []
        left_out = 0
        if what is None:
            return made, 0
        for row_at in range(len(model.rows)):
            for column_at in range(len(model.columns)):
                if not seek.in_cell(model, row_at, column_at, what):
                    continue
                before = seek.cell_text(model, row_at, column_at)
                after = seek.replaced(before, what, self.view.seek.by.text().strip())
                read = self.screen.read(after, column_at)
                if read is None or isinstance(read, Sentence) or model.rows[row_at].state in CLOSED:
                    left_out += 1
                elif read != model.value(row_at, column_at):
                    made.append(seek.Planned(row_at, column_at, before, read, seek.value_words(read)))
        return made, left_out

    def replace(self) -> None:
        """Show what would be replaced, then do it as one change."""
        if not self.screen.settle():
            return
        planned, left_out = self.planned()
        if not planned:
            self.screen.session.say(say("Nothing to replace."))
            return
        places = [
            f"{self.screen.model.rows[cell.row].commune.name} ({self.screen.model.columns[cell.column].number})"
            for cell in planned[:SHOWN]
        ]
        if Preview(self.view, planned, places, left_out).exec():
            self.screen.blocks.write_block(
                [((cell.row, cell.column), cell.value) for cell in planned],
                _("Replaced {count} cells. Ctrl+Z takes it back."),
                what=say("Replace {count} cells", count=len(planned)),
            )
            self.look()


class Preview(QDialog):
    """Every cell with its figure before and after; nothing is written until the button is pressed."""

    def __init__(self, parent: QWidget | None, planned: list[Planned], places: list[str], left_out: int) -> None:
        super().__init__(parent)
        self.setModal(True)
        count = len(planned)
        title = _("Replace {count} cells?").format(count=count) if count > 1 else _("Replace 1 cell?")
        self.setWindowTitle(title)
        self.setMinimumSize(440, 320)
        table = QTableWidget(len(places), 3)
        table.setHorizontalHeaderLabels([_("Cell"), _("Now"), _("After replacing")])
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.verticalHeader().hide()
        table.setAccessibleName(title)
        for at, (place, cell) in enumerate(zip(places, planned, strict=False)):
            for column_at, text in enumerate((place, cell.before, cell.after)):
                table.setItem(at, column_at, QTableWidgetItem(text))
        head = table.horizontalHeader()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column_at in (1, 2):
            table.setColumnWidth(column_at, 110)
        self.table = table
        words = [_("One change; Ctrl+Z takes all of it back.")]
        if left_out:
            words.append(
                _("{count} cells are left out: closed forms, or no figure would result.").format(count=left_out)
            )
        if count > len(places):
            words.append(_("The first {count} are shown.").format(count=len(places)))
        self.leave = button(_("Do not replace"), self.reject)
        self.deed = button(_("Replace"), self.accept, kind="primary")
        self.leave.setDefault(True)
        body = column(label(title, "subject"), gap=10, margins=(20, 18, 20, 16))
        body.addWidget(label(" ".join(words), "second", wrap=True))
        body.addWidget(table, 1)
        body.addLayout(row(None, self.leave, self.deed))
        self.setLayout(body)
