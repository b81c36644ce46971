"""F4 by keyboard: where a number comes from, in the matrix, in a commune's form and among the targets."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.ui.places import Place
from desktop.ui.screens.entry.commune.lines import Col
from desktop.ui.screens.entry.source import SourceDialog
from tests.ui.conftest import settle


@pytest.fixture
def asked():
    """Reads the dialog that the next F4 opens, does something with it, and closes it."""
    found = {}

    def look(deed=lambda shown: shown.accept()):
        def act():
            shown = QApplication.activeModalWidget()
            assert isinstance(shown, SourceDialog)
            found["lines"], found["links"] = shown.lines, [part.text() for part in shown.findChildren(QPushButton)]
            deed(shown)

        QTimer.singleShot(0, act)
        return found

    return look


def awake(qtbot, window):
    """The window takes keys again after a dialog: nobody hands the activity back on the offscreen platform."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def test_f4_in_the_matrix_says_who_wrote_what_is_missing_and_which_rates_use_it(qtbot, grid, screen, asked):
    grid.go(1, screen.model.column_of("stunted"))
    found = asked()
    qtbot.keyClick(grid, Qt.Key.Key_F4)
    said = "\n".join(found["lines"])
    assert "Số: 95 trẻ" in said
    assert "Ghi lúc" in said
    assert "13/14 xã" in said
    assert "Chưa có: Xã La Pán Tẩn" in said
    assert "chia cho Trẻ dưới 5 tuổi được cân đo (8)" in said


def test_f4_in_a_communes_form_is_the_same_and_keeps_a_half_typed_cell(qtbot, window, screen, asked):
    screen.ways.show("commune")
    way = screen.ways.shown
    grid = way.view.grid
    grid.setFocus()
    grid.go(way.model.row_of("stunted"), Col.NOW)
    qtbot.keyClicks(grid, "210")
    found = asked()
    qtbot.keyClick(grid.editor, Qt.Key.Key_F4)
    assert "Số: 210 trẻ" in "\n".join(found["lines"])
    awake(qtbot, window)
    grid.go(way.model.row_of("measured"), Col.NOW)
    found = asked()
    qtbot.keyClick(grid, Qt.Key.Key_F4)
    assert "chia cho số này" in "\n".join(found["lines"])


def test_a_rate_of_the_source_opens_among_the_targets_and_f4_goes_to_its_own_source(qtbot, window, grid, screen, asked):
    grid.go(1, screen.model.column_of("stunted"))
    asked(
        lambda shown: next(part for part in shown.findChildren(QPushButton) if part.text().startswith("Tỷ lệ")).click()
    )
    qtbot.keyClick(grid, Qt.Key.Key_F4)
    settle(qtbot, window)
    assert window.place is Place.INDICATORS
    awake(qtbot, window)
    targets = window.screens[Place.INDICATORS].view
    qtbot.keyClick(targets.table, Qt.Key.Key_F4)
    assert targets.source.isAncestorOf(QApplication.focusWidget())


def test_a_cell_nobody_wrote_says_so(qtbot, window, grid, screen, asked):
    from desktop.domain.periods import Period

    window.choose_period(Period.of_year(2025))
    settle(qtbot, window)
    grid.go(0, 0)
    found = asked()
    qtbot.keyClick(grid, Qt.Key.Key_F4)
    assert "Số: chưa báo cáo\nChưa ai ghi vào ô này" in "\n".join(found["lines"])
