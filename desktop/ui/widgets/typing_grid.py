"""What every table one types into shares: cells, blocks of cells, a keyboard like Excel's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea

from desktop.ui.style import fonts
from desktop.ui.widgets.cell_editor import CellEditor
from desktop.ui.widgets.chosen_grid import ChosenGrid


class TypingGrid(ChosenGrid):
    """Cells, the block chosen and the editor. It decides nothing: `settle` says whether typed text was taken."""

    cleared = Signal()
    copied = Signal()
    cut = Signal()
    pasted = Signal()
    typed_over = Signal(str)
    """Ctrl+Enter: the text in hand for every cell of the block."""
    filled = Signal(int, int)
    """Fill the block from its first row (1, 0) or its first column (0, 1)."""
    section_asked = Signal(int)
    edited = Signal(str)
    """The text in the editor, as it is typed; the cell bar shows it too."""
    given_up = Signal()
    """Esc: the cell is as it was."""
    left = Signal()
    """The editor was closed: the text was taken, or given up."""

    def __init__(self, model: QAbstractTableModel, settle: Callable[[int, int, str], bool]) -> None:
        super().__init__()
        self._settle = settle
        self._editing: QModelIndex | None = None
        self._then: Callable[[], None] | None = None
        """Where the cursor goes once the cell in hand is taken."""
        self.refuses: Callable[[int, int], bool] = lambda _row, _column: False
        """Says why nothing may be typed into a cell; asked at the first key, before anybody types in vain."""
        self.enter_goes_right = False
        self.setModel(model)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.editor = CellEditor(self.viewport())
        self.editor.moved.connect(lambda down, right: self._settle_and(lambda: self.step_by(down, right)))
        self.editor.tabbed.connect(lambda step: self._settle_and(lambda: self.tab(step)))
        self.editor.entered.connect(lambda back: self._settle_and(lambda: self.enter(back=back)))
        self.editor.left.connect(self.settle)
        self.editor.typed_over.connect(lambda: self.typed_over.emit(self.editor.whole_text()))
        self.editor.given_up.connect(self.give_up)
        self.editor.textEdited.connect(self.edited)
        model.modelAboutToBeReset.connect(self.give_up)
        self.selectionModel().currentChanged.connect(self._moved)
        self.horizontalScrollBar().valueChanged.connect(self._follow_editor)
        self.verticalScrollBar().valueChanged.connect(self._follow_editor)

    # ---- what a kind of grid says of its cells ----

    def typed_at(self, row: int, column: int) -> str:
        """What the editor begins with: the cell as a person would type it."""
        raise NotImplementedError

    def is_words(self, row: int, column: int) -> bool:
        """Whether words are typed here, so that input methods must work."""
        raise NotImplementedError

    def spoken_at(self, row: int, column: int) -> str:
        """The cell for a screen reader."""
        raise NotImplementedError

    @property
    def has_keys(self) -> bool:
        """Whether the keyboard works here or in the editor."""
        return self.hasFocus() or self.editor.hasFocus()

    @property
    def text_size(self) -> int:
        """Letters of the editor, px."""
        return fonts.TEXT

    def may_type(self, row: int, column: int) -> bool:
        """Whether this is a cell for typing at all; what is refused for a reason is refused when it is typed."""
        return row >= 0 and column >= 0

    def first_cell(self) -> tuple[int, int] | None:
        """Where the cursor stands at first."""
        return (0, 0) if self.model().rowCount() and self.model().columnCount() else None

    def step_by(self, down: int, right: int) -> None:
        """The neighbouring cell."""
        raise NotImplementedError

    def tab(self, step: int) -> None:
        """Tab: one cell on, or back."""
        self.step_by(0, step)

    def enter(self, *, back: bool) -> None:
        """Enter: down, or right where a person likes it so; with Shift the other way."""
        step = -1 if back else 1
        self.step_by(*((0, step) if self.enter_goes_right else (step, 0)))

    def end_of(self, key: Qt.Key) -> tuple[int, int] | None:
        """Where Ctrl with an arrow, Home or End goes; None for other keys."""
        current = self.currentIndex()
        rows, columns = self.model().rowCount() - 1, self.model().columnCount() - 1
        return {
            Qt.Key.Key_Home: (0, 0),
            Qt.Key.Key_End: (rows, columns),
            Qt.Key.Key_Up: (0, current.column()),
            Qt.Key.Key_Down: (rows, current.column()),
            Qt.Key.Key_Left: (current.row(), 0),
            Qt.Key.Key_Right: (current.row(), columns),
        }.get(key)

    # ---- moving ----

    def go(self, row: int, column: int) -> None:
        """Make a cell the current one and bring it into sight."""
        index = self.model().index(row, column)
        self.setCurrentIndex(index)
        self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def _moved(self, current: QModelIndex, previous: QModelIndex) -> None:
        if self._editing is not None and current != self._editing and not self.settle():
            # What was refused stays in hand: the cursor comes back to it.
            QTimer.singleShot(0, self._come_back)
        if current.isValid():
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, self.is_words(current.row(), current.column()))
        # Only what moved is painted again: a whole screen of cells costs more than a key may take.
        if current.column() != previous.column():
            across = self.horizontalHeader()
            for at in (previous.column(), current.column()):
                across.viewport().update(across.sectionViewportPosition(at), 0, across.sectionSize(at), across.height())
        if current.row() != previous.row():
            head = self.verticalHeader()
            for row in (previous.row(), current.row()):
                head.viewport().update(0, head.sectionViewportPosition(row), head.width(), head.sectionSize(row))
        for index in (previous, current):
            self._repaint(self.visualRect(index))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frames take the colour of the focus; the item view would paint every cell."""
        QAbstractScrollArea.focusInEvent(self, event)
        first = self.first_cell()
        if not self.currentIndex().isValid() and first is not None:
            self.go(*first)
        self._repaint(self._framed())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frames lose the colour of the focus."""
        QAbstractScrollArea.focusOutEvent(self, event)
        self._repaint(self._framed())

    # ---- typing ----

    @property
    def is_editing(self) -> bool:
        """Whether a cell is half typed."""
        return self._editing is not None

    def editing_at(self) -> tuple[int, int] | None:
        """Row and column of the cell that is half typed."""
        return None if self._editing is None else (self._editing.row(), self._editing.column())

    def begin_by_hand(self, text: str | None = None) -> None:
        """A first key, F2 or a double click: open the editor, unless the cell takes nothing."""
        index = self.currentIndex()
        if index.isValid() and not self.refuses(index.row(), index.column()):
            self.begin(text)

    def begin(self, text: str | None = None) -> None:
        """Open the editor on the current cell: with its figure (F2), or with what was just typed."""
        index = self.currentIndex()
        if not index.isValid() or not self.may_type(index.row(), index.column()):
            return
        self._editing = QModelIndex(index)
        self.scrollTo(index)
        row, column = index.row(), index.column()
        is_words = self.is_words(row, column)
        self.editor.by_typing = text is not None
        self.editor.setFont(fonts.font(self.text_size))
        self.editor.setAlignment(Qt.AlignmentFlag.AlignLeft if is_words else Qt.AlignmentFlag.AlignRight)
        self.editor.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, is_words)
        shown = self.typed_at(row, column) if text is None else text
        self.editor.clear_all()
        self.editor.setText(shown)
        self.editor.setAccessibleName(self.spoken_at(row, column))
        self._follow_editor()
        self.editor.show()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.end(False)
        self.edited.emit(shown)

    def settle(self) -> bool:
        """Keep what was typed, if it is taken; False where it was refused, then the text stays to be mended."""
        return self._take(None)

    def _settle_and(self, then: Callable[[], None]) -> None:
        # Refused: the text stays in the editor, so that nobody types it twice.
        self._take(then)

    def _take(self, then: Callable[[], None] | None) -> bool:
        index = self._editing
        if index is None:
            return True
        row, column, text = index.row(), index.column(), self.editor.whole_text()
        self._then = then
        taken = self._settle(row, column, text)
        if self._editing is not None and taken:
            self._leave()
        elif self._editing is None and not taken:
            # Shown as taken, then the record would not have it.
            self._then = None
            self.go(row, column)
            self.begin(text)
        self._then = None
        return taken

    def go_instead(self, then: Callable[[], None]) -> None:
        """While text is taken: the key that settled it leads elsewhere, because what was typed made a new line."""
        if self._then is not None:
            self._then = then

    def show_taken(self) -> None:
        """Paint the cell as taken and the cursor where it goes, before the record has it: a key is answered at once."""
        if self._editing is not None:
            self._leave()
            self.viewport().repaint(self.visualRect(self.currentIndex()))

    def _leave(self) -> None:
        then, self._then = self._then, None
        self._close_editor(then)

    def _come_back(self) -> None:
        if self._editing is not None:
            self.setCurrentIndex(self._editing)
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def give_up(self) -> None:
        """Leave the cell as it was."""
        if self._editing is not None:
            self._close_editor()
            self.given_up.emit()

    def _close_editor(self, then: Callable[[], None] | None = None) -> None:
        index, self._editing = self._editing, None
        if self.editor.hasFocus():
            # Before it is hidden: else Qt hands the focus round the window and paints every cell again.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        if then is not None:
            # Before it is hidden too: after something was uncovered Qt paints every cell instead of scrolling.
            then()
        self.editor.hide()
        self.editor.clear_all()
        self.left.emit()
        self._repaint(QRect() if index is None else self.visualRect(index))

    def _follow_editor(self) -> None:
        if self._editing is not None:
            self.editor.setGeometry(self.visualRect(self._editing).adjusted(-1, -1, 0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The editor stays on its cell."""
        super().resizeEvent(event)
        self._follow_editor()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Composition begun on a chosen cell opens its editor and goes on there."""
        if not self.is_editing and (event.preeditString() or event.commitString()) and self.currentIndex().isValid():
            self.begin_by_hand("")
            if self.is_editing:
                self.editor.inputMethodEvent(event)
            return
        super().inputMethodEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Another cell is chosen; what is half typed is kept first, and where it is refused the hand stays there."""
        if self._editing is not None and not self.settle():
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click edits what stands there."""
        if self.indexAt(event.position().toPoint()).isValid():
            self.begin_by_hand()

    # ---- keys ----

    def event(self, event: QEvent) -> bool:
        """Tab moves within the grid; F6 leaves it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Tab and not event.modifiers():
                self.tab(1)
                return True
            if event.key() == Qt.Key.Key_Backtab:
                self.tab(-1)
                return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Blocks, erasing, moving and typing; anything else is Qt's."""
        if self.is_editing:
            self.editor.keyPressEvent(event)
            return
        if not self.currentIndex().isValid():
            super().keyPressEvent(event)
            return
        for keys, signal in (
            (QKeySequence.StandardKey.Copy, self.copied),
            (QKeySequence.StandardKey.Cut, self.cut),
            (QKeySequence.StandardKey.Paste, self.pasted),
        ):
            if event.matches(keys):
                signal.emit()
                return
        if self._did_with_control(event):
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter(back=shift)
        elif event.key() == Qt.Key.Key_F2 and not shift:
            self.begin_by_hand()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        elif event.text() and event.text().isprintable() and not event.modifiers() & ~_PLAIN:
            self.begin_by_hand(event.text())
        else:
            super().keyPressEvent(event)

    def _did_with_control(self, event: QKeyEvent) -> bool:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        key = Qt.Key(event.key())
        end = self.end_of(key)
        if end is not None:
            self.go(*end)
        elif key in (Qt.Key.Key_D, Qt.Key.Key_R):
            self.filled.emit(*((1, 0) if key == Qt.Key.Key_D else (0, 1)))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.section_asked.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        else:
            return False
        return True


def _is_own(event: QKeyEvent) -> bool:
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return control and event.key() in (Qt.Key.Key_D, Qt.Key.Key_R, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


_PLAIN: Final = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
