"""Typing into the matrix: by keyboard into a real record, read back by another connection."""

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desktop.application import entry, submissions
from desktop.application.records import open_record
from desktop.domain.findings import Severity
from desktop.domain.periods import Period
from desktop.domain.values import NOT_APPLICABLE, NOT_REPORTED, ZERO, number
from desktop.ui import figures
from desktop.ui.dialogs.ask import Ask
from desktop.ui.places import Place
from desktop.ui.screens.entry.looks import Look
from tests.ui.conftest import settle

YEAR = Period.of_year(2024)
STUNTED, MEASURED, POPULATION = 8, 7, 0


def kept(window, row, column):
    """What the record holds in a cell, asked through a connection of its own."""
    with open_record(window.session.path) as record:
        return entry.matrix(record, form="commune", period=window.session.period).rows[row].cells[column].figure


def answer(qtbot, key):
    """Answer the next question."""

    def act():
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, Ask)
        asked.buttons[key].click()

    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, act)


def test_the_matrix_shows_communes_down_and_elements_across(screen):
    model = screen.model
    assert (model.rowCount(), model.columnCount()) == (14, 17)
    assert model.headerData(8, Qt.Orientation.Horizontal) == "Thấp còi (9)"
    assert model.text(1, 0) == "2.820"


def test_a_typed_figure_is_in_the_record_when_the_cell_is_left(qtbot, window, grid):
    grid.go(2, POPULATION)
    qtbot.keyClicks(grid, "4")
    assert grid.is_editing
    qtbot.keyClicks(grid.editor, ".155")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert kept(window, 2, POPULATION).value == number(4155)
    assert grid.currentIndex().row() == 3
    assert window.status.saved.words.text() == "Đã lưu lúc 14:32:07"


@pytest.mark.parametrize(
    ("key", "place"),
    [
        (Qt.Key.Key_Tab, (2, 2)),
        (Qt.Key.Key_Backtab, (2, 0)),
        (Qt.Key.Key_Down, (3, 1)),
        (Qt.Key.Key_Up, (1, 1)),
        (Qt.Key.Key_Right, (2, 2)),
        (Qt.Key.Key_Left, (2, 0)),
    ],
)
def test_every_way_out_of_a_cell_keeps_it(qtbot, window, grid, key, place):
    grid.go(2, 1)
    qtbot.keyClicks(grid, "7")
    qtbot.keyClick(grid.editor, key)
    assert kept(window, 2, 1).value == number(7)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == place


def test_a_half_typed_cell_is_kept_when_another_place_is_clicked(qtbot, window, grid):
    grid.go(0, 1)
    qtbot.keyClicks(grid, "12")
    there = grid.visualRect(grid.matrix_model.index(4, 4)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert kept(window, 0, 1).value == number(12)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (4, 4)


def test_a_half_typed_cell_is_kept_when_another_page_is_opened(qtbot, window, grid):
    grid.go(0, 1)
    qtbot.keyClicks(grid, "13")
    qtbot.mouseClick(window.navigation.rows[Place.CATALOGUE], Qt.MouseButton.LeftButton)
    assert window.place is Place.CATALOGUE
    assert kept(window, 0, 1).value == number(13)


def test_a_half_typed_cell_belongs_to_the_period_it_was_typed_in(qtbot, window, grid):
    grid.go(0, 1)
    qtbot.keyClicks(grid, "14")
    window.choose_period(Period.of_year(2023))
    assert window.session.period.year == 2023
    with open_record(window.session.path) as record:
        typed = entry.matrix(record, form="commune", period=YEAR).rows[0].cells[1].figure
    assert typed.value == number(14)


def test_escape_leaves_the_cell_as_it_was(qtbot, window, grid):
    before = kept(window, 0, 1)
    grid.go(0, 1)
    qtbot.keyClicks(grid, "99")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Escape)
    assert not grid.is_editing
    assert kept(window, 0, 1) == before


def test_f2_edits_what_stands_there(qtbot, window, grid):
    grid.go(1, POPULATION)
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    assert grid.editor.text() == "2820"
    qtbot.keyClick(grid.editor, Qt.Key.Key_Backspace)
    qtbot.keyClicks(grid.editor, "1")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert kept(window, 1, POPULATION).value == number(2821)


def test_what_is_no_number_is_refused_and_stays_to_be_mended(qtbot, window, grid):
    before = kept(window, 1, POPULATION)
    grid.go(1, POPULATION)
    qtbot.keyClicks(grid, "12a")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert grid.is_editing
    assert grid.editor.text() == "12a"
    assert "12a" in window.status.word.text()
    assert kept(window, 1, POPULATION) == before


def test_delete_says_not_reported_and_zero_stays_zero(qtbot, window, grid):
    grid.go(3, 5)
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert kept(window, 3, 5).value == NOT_REPORTED
    assert grid.matrix_model.look(3, 5) is Look.NOT_REPORTED
    qtbot.keyClicks(grid, "0")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert kept(window, 3, 5).value == ZERO
    assert grid.matrix_model.text(3, 5) == "0"


def test_a_dash_is_asked_about_once_and_then_remembered(qtbot, window, grid):
    grid.go(4, 5)
    qtbot.keyClicks(grid, "-")
    answer(qtbot, "not_applicable")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert kept(window, 4, 5).value == NOT_APPLICABLE
    qtbot.keyClicks(grid, "-")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert kept(window, 5, 5).value == NOT_APPLICABLE
    assert window.session.settings.dash == {"commune": "not_applicable"}


def test_a_block_from_excel_is_one_change(qtbot, window, grid, screen):
    QGuiApplication.clipboard().setText("1.001\t1002\r\n1003\t1 004\r\n")
    grid.go(0, 1)
    qtbot.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [kept(window, row, column).value for row in (0, 1) for column in (1, 2)] == [
        number(value) for value in (1001, 1002, 1003, 1004)
    ]
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert screen.model.text(0, 1) == "5.878"
    assert screen.model.text(1, 2) == "2.635"


def test_a_block_with_one_wrong_cell_is_not_pasted_at_all(qtbot, window, grid):
    before = kept(window, 0, 1)
    QGuiApplication.clipboard().setText("5\tmười")
    grid.go(0, 1)
    qtbot.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert kept(window, 0, 1) == before
    assert "mười" in window.status.word.text()


def test_a_copied_block_pastes_back_as_it_was(qtbot, window, grid):
    model = grid.matrix_model
    grid.go(0, 0)
    block = QItemSelection(model.index(0, 0), model.index(1, 15))
    grid.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    qtbot.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied.splitlines()[1].startswith("2820\t2780\t")
    before = [kept(window, 0, column) for column in range(16)]
    qtbot.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [kept(window, 0, column) for column in range(16)] == before


def test_filling_down_repeats_the_first_row(qtbot, window, grid):
    model = grid.matrix_model
    grid.go(0, 11)
    block = QItemSelection(model.index(0, 11), model.index(3, 11))
    grid.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    qtbot.keyClick(grid, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert {kept(window, row, 11).value for row in range(4)} == {number(1)}


def test_totals_follow_the_typed_figure(qtbot, window, grid, screen):
    before = screen.model.totals[POPULATION].value.amount
    grid.go(1, POPULATION)
    qtbot.keyClicks(grid, "2830")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert screen.model.totals[POPULATION].value.amount == before + 10 * 10_000


def test_an_error_is_shown_by_sign_and_in_words_and_f8_goes_there(qtbot, window, grid, screen):
    grid.go(0, STUNTED)
    qtbot.keyClicks(grid, "9999")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.model.look(0, STUNTED) is Look.ERROR, timeout=10_000)
    assert screen.model.count(0, Severity.ERROR) >= 1
    grid.go(0, 0)
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) in ((0, MEASURED), (0, STUNTED))
    assert "9.999" in screen.view.findings.sentence.text()


def test_a_checked_form_refuses_and_says_how_to_open_it(qtbot, window, grid, screen):
    code = screen.model.rows[5].commune.code
    with open_record(window.session.path) as record:
        submissions.complete(record, unit=code, form="commune", period=YEAR, reason="chưa có")
        submissions.check(record, unit=code, form="commune", period=YEAR)
    screen.load()
    before = kept(window, 5, 1)
    grid.go(5, 1)
    qtbot.keyClicks(grid, "5")
    assert not grid.is_editing
    assert "đã kiểm tra" in window.status.word.text()
    assert kept(window, 5, 1) == before


def test_composition_is_switched_off_in_cells_of_numbers_and_never_breaks_them(grid):
    grid.go(0, 0)
    assert not grid.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    event = QInputMethodEvent("", [])
    event.setCommitString("25")
    QApplication.sendEvent(grid, event)
    assert grid.editor.text() == "25"
    grid.give_up()


def test_last_years_figure_stands_as_a_ghost_that_is_never_summed(window, screen):
    window.choose_period(Period.of_year(2025))
    assert screen.model.look(0, 0) is Look.GHOST
    assert screen.model.text(0, 0) == figures.figure(screen.model.cell(0, 0).last_year)
    assert screen.model.totals[0].reported == 0


def test_the_cell_bar_types_into_the_current_cell(qtbot, window, grid, screen):
    grid.go(1, POPULATION)
    bar = screen.view.cell_bar.input
    assert bar.text() == "2820"
    bar.setFocus()
    bar.selectAll()
    qtbot.keyClicks(bar, "2900")
    qtbot.keyClick(bar, Qt.Key.Key_Return)
    assert kept(window, 1, POPULATION).value == number(2900)


def test_while_a_job_writes_a_typed_cell_waits_its_turn_and_is_kept(qtbot, window, grid):
    import threading

    from desktop.ui.jobs import RunningJob
    from desktop.wording import say

    gate = threading.Event()
    job = RunningJob(say("Save"), lambda _record, _step: gate.wait(10))
    window.session.jobs.start(job, writes=True)
    grid.go(1, POPULATION)
    qtbot.keyClicks(grid, "2901")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert window.status.saved.words.text() == "Đang lưu…"
    gate.set()
    settle(qtbot, window)
    assert kept(window, 1, POPULATION).value == number(2901)
    assert grid.matrix_model.text(1, POPULATION) == "2.901"
    assert window.status.saved.words.text().startswith("Đã lưu lúc")


def test_undo_is_offered_in_words(qtbot, window, grid, screen):
    grid.go(1, POPULATION)
    qtbot.keyClicks(grid, "2902")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    screen.view.undo.click()
    assert screen.model.text(1, POPULATION) == "2.820"
    assert window.status.word.text().startswith("Hoàn tác: ")
    screen.view.redo.click()
    assert screen.model.text(1, POPULATION) == "2.902"


def test_closing_the_window_keeps_a_half_typed_cell(qtbot, window, grid):
    grid.go(1, POPULATION)
    qtbot.keyClicks(grid, "2903")
    window.close()
    assert kept(window, 1, POPULATION).value == number(2903)


def test_a_double_click_edits(qtbot, grid):
    place = grid.visualRect(grid.matrix_model.index(2, 2)).center()
    qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert grid.is_editing
    grid.give_up()
