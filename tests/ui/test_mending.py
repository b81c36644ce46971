"""One click mends what the checks found, in both ways, as one change that Ctrl+Z takes back."""

import pytest
from PySide6.QtCore import Qt

from desktop.application import entry, submissions
from desktop.application.records import open_record
from desktop.domain.findings import Finding, Mend, Severity
from desktop.domain.periods import Period
from desktop.domain.values import NOT_REPORTED, number
from desktop.ui.places import Place
from desktop.ui.screens.entry.findings.mending import mend_words
from desktop.ui.screens.entry.findings.model import Breach
from desktop.wording import say

YEAR = Period.of_year(2024)


@pytest.fixture
def screen(window):
    return window.screens[Place.ENTRY]


@pytest.fixture
def panel(screen):
    screen.side.toggle()
    return screen.side.panel


def first(screen):
    return screen.session.communes[0]


def write(window, screen, **cells):
    """Somebody else types, and the window reads it."""
    with open_record(window.session.path) as record:
        for element, figure in cells.items():
            entry.type_value(record, unit=first(screen).uid, period=YEAR, element=element, value=number(figure))
    screen.load()


def held(window, screen, element):
    with open_record(window.session.path) as record:
        matrix = entry.matrix(record, form="commune", period=YEAR, checked=False)
    row = next(row for row in matrix.rows if row.commune == first(screen))
    return row.cells[
        next(at for at, column in enumerate(matrix.columns) if column.element.code == element)
    ].figure.value


def choose(qtbot, screen, panel, *elements):
    """Put the cursor of the list on a breach with a mend of these cells."""

    def row():
        wanted = (first(screen).code, set(elements))
        rows = [(at, one.first) for at, one in enumerate(panel.model.rows) if isinstance(one, Breach)]
        return next((at for at, f in rows if (f.unit, {part.element for part in f.mend}) == wanted), None)

    qtbot.waitUntil(lambda: not panel.model.fold_all_but(None) and row() is not None, timeout=10_000)
    panel.rows.show_row(row())


@pytest.mark.parametrize("way", ["matrix", "commune"])
def test_a_nought_too_many_is_taken_away_by_one_click(qtbot, window, screen, panel, way):
    screen.ways.show(way)
    if not panel.isVisible():
        screen.side.toggle()
    write(window, screen, live_births=1720)
    choose(qtbot, screen, panel, "live_births")
    assert panel.card.mend.text() == "Sửa thành 172"
    panel.card.mend.click()
    assert held(window, screen, "live_births") == number(172)
    assert window.status.word.text() == "Đã sửa. Ctrl+Z để hoàn tác."
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert held(window, screen, "live_births") == number(1720)


def test_exchanged_columns_are_put_right_as_one_change(qtbot, window, screen, panel):
    right = held(window, screen, "population"), held(window, screen, "under5")
    write(window, screen, population=right[1].amount // 10_000, under5=right[0].amount // 10_000)
    choose(qtbot, screen, panel, "population", "under5")
    assert panel.card.mend.text().startswith("Đổi chỗ (1) và (")
    panel.card.mend.click()
    assert (held(window, screen, "population"), held(window, screen, "under5")) == right
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (held(window, screen, "under5"), held(window, screen, "population")) == right


def test_a_checked_form_refuses_the_mend_and_says_who_may_open_it(qtbot, window, screen, panel):
    write(window, screen, live_births=1720)
    code = first(screen).code
    with open_record(window.session.path) as record:
        submissions.complete(record, unit=code, form="commune", period=YEAR, reason="chưa có")
        submissions.check(record, unit=code, form="commune", period=YEAR)
    screen.load()
    choose(qtbot, screen, panel, "live_births")
    panel.card.mend.click()
    assert "đã kiểm tra" in window.status.word.text()
    assert held(window, screen, "live_births") == number(1720)
    assert screen.model.text(0, screen.model.column_of("live_births")) == "1.720"


def test_a_figure_typed_since_the_checks_is_not_overwritten(qtbot, window, screen, panel):
    write(window, screen, live_births=1720)
    choose(qtbot, screen, panel, "live_births")
    grid = screen.ways.grid
    grid.setFocus()
    grid.go(0, screen.model.column_of("live_births"))
    qtbot.keyClicks(grid, "1")
    grid.editor.setText("175")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    panel.card.mend.click()
    assert held(window, screen, "live_births") == number(175)


@pytest.mark.parametrize(
    ("mend", "words"),
    [
        ((), ""),
        ((Mend("1", "x", number(5788)),), "Sửa thành 5.788"),
        ((Mend("1", "x", NOT_REPORTED),), "Bỏ số này"),
        ((Mend("1", "x", NOT_REPORTED), Mend("1", "y", NOT_REPORTED)), "Bỏ 2 số này"),
        ((Mend("1", "x", number(1)), Mend("1", "y", number(2))), "Đổi chỗ (3) và (4)"),
        ((Mend("1", "x", number(1)), Mend("2", "x", number(2))), "Đổi chỗ với Xã Hai"),
    ],
)
def test_the_button_says_what_it_does(styled, mend, words):
    finding = Finding("r", Severity.WARNING, say("Not reported"), unit="1", element="x", mend=mend)
    assert mend_words(finding, {"y": 3, "x": 4}, {"2": "Xã Hai"}.__getitem__) == words
