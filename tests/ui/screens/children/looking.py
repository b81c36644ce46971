"""What tests of the weighing list look at."""

from PySide6.QtCore import Qt

from desktop.application import weighing
from desktop.application.records import open_record
from desktop.ui.places import Place
from desktop.ui.screens.children.weighing.columns import Col
from desktop.ui.screens.children.weighing.rows import State

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def typed(qtbot, grid, text, key=Qt.Key.Key_Return):
    """Text and a key as a hand types them."""
    qtbot.keyClicks(grid, text[0])
    # Qt's test keys know ASCII only.
    grid.editor.insert(text[1:])
    qtbot.keyClick(grid.editor, key)


def here(grid):
    return grid.currentIndex().row(), Col(grid.currentIndex().column())


def kept(window, uid):
    """The measurement of the session as another program would read it."""
    part = window.screens[Place.CHILDREN].parts["weighing"]
    with open_record(window.session.path) as record:
        sheet = weighing.sheet(record, session=part.held.uid)
    return next(line.now for line in sheet.lines if line.child.uid == uid)


def waiting(part):
    """The first line nobody has measured yet."""
    rows = part.model.all_rows
    return next(at for at, row in enumerate(rows) if row.standing.state is State.WAITING and row.before is not None)


def uid_at(part, at):
    return part.model.row(at).child.uid
