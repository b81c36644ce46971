"""Keys of the matrix: where Enter and Tab go, states without the mouse, input methods, and texts that are never lost."""

import subprocess
import sys
import textwrap

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop.application import entry
from desktop.application.records import open_record
from desktop.domain.periods import Period
from desktop.domain.values import NOT_APPLICABLE, NOT_REPORTED, State, number
from desktop.system import half_typed
from desktop.ui.places import Place
from tests.ui.conftest import opened, settle

POPULATION = 0
YEAR = Period.of_year(2024)
CONTROL = Qt.KeyboardModifier.ControlModifier


def kept(window, row, column):
    with open_record(window.session.path) as record:
        return entry.matrix(record, form="commune", period=YEAR).rows[row].cells[column].figure


def here(grid):
    return grid.currentIndex().row(), grid.currentIndex().column()


def typed(qtbot, grid, text, key=Qt.Key.Key_Return):
    qtbot.keyClicks(grid, text[0])
    # Qt's test keys know ASCII only.
    grid.editor.insert(text[1:])
    qtbot.keyClick(grid.editor, key)


# ---- where keys go ----


def test_enter_goes_down_or_to_the_right_as_it_was_chosen(qtbot, window, grid, screen):
    grid.go(2, 3)
    typed(qtbot, grid, "7")
    assert here(grid) == (3, 3)
    screen.display.choose_enter("right")
    typed(qtbot, grid, "8")
    assert here(grid) == (3, 4)
    qtbot.keyClick(grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert here(grid) == (3, 3)
    assert window.session.settings.enter == "right"


def test_after_a_run_of_tabs_enter_goes_to_the_start_of_the_next_row(qtbot, window, grid):
    grid.go(1, 2)
    typed(qtbot, grid, "11", Qt.Key.Key_Tab)
    typed(qtbot, grid, "12", Qt.Key.Key_Tab)
    typed(qtbot, grid, "13")
    assert here(grid) == (2, 2)
    assert [kept(window, 1, column).value for column in (2, 3, 4)] == [number(11), number(12), number(13)]


def test_an_arrow_ends_the_run_of_tabs(qtbot, grid):
    grid.go(1, 2)
    typed(qtbot, grid, "11", Qt.Key.Key_Tab)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    typed(qtbot, grid, "13")
    assert here(grid) == (2, 4)


@pytest.mark.parametrize(
    ("text", "value"), [("0", number(0)), ("na", NOT_APPLICABLE), ("chưa báo cáo", NOT_REPORTED), ("12", number(12))]
)
def test_every_state_is_typed(qtbot, window, grid, text, value):
    grid.go(3, 5)
    typed(qtbot, grid, text)
    assert kept(window, 3, 5).value == value


def test_the_legend_says_which_keys_type_the_states_and_what_the_dash_means(window, screen):
    assert [(key, meaning) for _picture, key, meaning in screen.view.legend.parts()] == [
        ("0", "số 0"),
        ("Delete", "chưa báo cáo"),
        ("na", "không áp dụng"),
        ("-", "hỏi một lần"),
    ]
    window.session.keep(dash={"commune": "zero"})
    screen.load()
    assert screen.view.legend.parts()[-1][2] == "số 0"
    assert screen.view.legend.isVisible()


# ---- input methods ----


def key(grid, code, text=""):
    """A key as a keyboard program sends it: to whatever has the focus."""
    target = QApplication.focusWidget()
    assert target is not None
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text))


@pytest.fixture
def words(screen, grid):
    """A cell that takes words."""
    column = next(
        (at for at, known in enumerate(screen.model.columns) if screen.model.is_text(at)),
        None,
    )
    if column is None:
        from dataclasses import replace

        from desktop.domain.elements import ValueType

        first = screen.model.columns[POPULATION]
        screen.model.columns[POPULATION] = replace(first, element=replace(first.element, type=ValueType.TEXT))
        column = POPULATION
    grid.go(0, column)
    return column


def test_a_keyboard_that_takes_back_and_types_anew_composes_in_the_cell(grid, words):
    for code, text in (
        (Qt.Key.Key_T, "T"),
        (Qt.Key.Key_H, "h"),
        (Qt.Key.Key_O, "o"),
        (Qt.Key.Key_Backspace, "\b"),
        (Qt.Key.Key_unknown, "ô"),
        (Qt.Key.Key_N, "n"),
    ):
        key(grid, code, text)
    assert grid.editor.text() == "Thôn"
    grid.give_up()


def test_the_first_letter_taken_back_does_not_clear_the_cell(window, grid, words):
    before = kept(window, 0, words)
    for code, text in ((Qt.Key.Key_D, "d"), (Qt.Key.Key_Backspace, "\b"), (Qt.Key.Key_unknown, "đ")):
        key(grid, code, text)
    assert grid.editor.text() == "đ"
    grid.give_up()
    assert kept(window, 0, words) == before


def test_what_is_still_being_composed_is_kept_when_enter_comes(grid, words):
    taken = []
    grid._settle = lambda row, column, text: taken.append(text) or True
    QApplication.sendEvent(grid, QInputMethodEvent("Thô", []))
    assert grid.is_editing
    grid.settle()
    assert taken == ["Thô"]


def test_composition_goes_on_and_is_committed_in_the_editor(grid, words):
    QApplication.sendEvent(grid, QInputMethodEvent("Tho", []))
    done = QInputMethodEvent("", [])
    done.setCommitString("Thôn Nả")
    QApplication.sendEvent(grid.editor, done)
    assert grid.editor.text() == "Thôn Nả"
    grid.give_up()


@pytest.mark.parametrize("typed_text", ["12\u200b", "\ufeff12", "\u202f12", "1\u200b2"])
def test_invisible_letters_of_keyboards_do_not_spoil_a_figure(qtbot, window, grid, typed_text):
    grid.go(0, 1)
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    grid.editor.setText(typed_text)
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert kept(window, 0, 1).value == number(12)


def test_pasted_decomposed_letters_are_composed(qtbot, screen, grid):
    QGuiApplication.clipboard().setText("kho\u0302ng a\u0301p du\u0323ng")
    grid.go(0, 1)
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert screen.model.value(0, 1) == NOT_APPLICABLE


# ---- never lost ----


def test_a_refused_text_stays_in_its_cell_when_another_is_clicked(qtbot, window, grid):
    grid.go(1, POPULATION)
    qtbot.keyClicks(grid, "12a")
    there = grid.visualRect(grid.matrix_model.index(4, 4)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert grid.is_editing
    assert grid.editor.text() == "12a"
    assert here(grid) == (1, POPULATION)
    assert "12a" in window.status.word.text()


def test_a_refused_text_keeps_page_form_and_period(qtbot, window, grid, screen):
    grid.go(1, POPULATION)
    qtbot.keyClicks(grid, "12a")
    assert window.show_place(Place.CATALOGUE) is None
    window.choose_period(Period.of_year(2023))
    assert (window.place, window.session.period) == (Place.ENTRY, YEAR)
    assert grid.editor.text() == "12a"


def test_reading_anew_keeps_the_cell_in_hand(qtbot, window, grid, screen):
    grid.go(1, POPULATION)
    qtbot.keyClicks(grid, "28")
    with open_record(window.session.path) as record:
        unit = screen.model.rows[5].commune.uid
        entry.type_value(record, unit=unit, period=YEAR, element="population", value=number(3000))
    screen.load()
    assert grid.is_editing
    assert grid.editor.text() == "28"
    assert screen.model.value(5, POPULATION) == number(3000)
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert kept(window, 1, POPULATION).value == number(28)


HOLD = """
    import sys, time
    from pathlib import Path
    from desktop.application.records import open_record
    from desktop.wording import say
    with open_record(Path(sys.argv[1])) as record:
        with record.change(say("Save"), source="cli"):
            print("held", flush=True)
            sys.stdin.readline()
"""


def test_while_another_program_writes_the_figure_stays_in_its_cell_and_is_tried_again(qtbot, window, grid):
    other = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLD), str(window.session.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdin is not None
    assert other.stdout is not None
    try:
        assert other.stdout.readline().strip() == "held"
        before = kept(window, 1, POPULATION)
        grid.go(1, POPULATION)
        typed(qtbot, grid, "2904")
        assert grid.is_editing
        assert grid.editor.text() == "2904"
        assert "Số vẫn còn trong ô" in window.status.word.text()
        assert kept(window, 1, POPULATION) == before
        assert grid.matrix_model.value(1, POPULATION) == before.value
    finally:
        other.stdin.write("\n")
        other.stdin.close()
        other.wait(20)
        other.stdout.close()
    qtbot.waitUntil(lambda: not grid.is_editing, timeout=10_000)
    assert kept(window, 1, POPULATION).value == number(2904)
    assert window.status.word.text() == "Đã lưu số vừa gõ."


def test_a_write_that_fails_takes_the_figure_back_and_says_so(qtbot, window, grid, screen, monkeypatch):
    from desktop.errors import AppError
    from desktop.wording import say

    def full(*_words, **_names):
        raise AppError("no_room", say("The drive is full."))

    before = screen.model.text(1, POPULATION), screen.model.totals[POPULATION]
    monkeypatch.setattr(entry, "type_value", full)
    grid.go(1, POPULATION)
    typed(qtbot, grid, "2905")
    assert grid.editor.text() == "2905"
    assert here(grid) == (1, POPULATION)
    assert (screen.model.text(1, POPULATION), screen.model.totals[POPULATION]) == before
    grid.give_up()


def test_the_cell_is_painted_before_the_record_has_it(qtbot, window, grid, screen):
    seen = []
    window.session.pending.connect(
        lambda on: seen.append((on, grid.is_editing, screen.model.text(1, POPULATION), here(grid)))
    )
    grid.go(1, POPULATION)
    typed(qtbot, grid, "2906")
    assert seen[0] == (True, False, "2.906", (2, POPULATION))


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SOTRAM_HOME", str(tmp_path / "home"))


def test_a_half_typed_cell_outlives_the_program(qtbot, home, styled, record):
    first = opened(qtbot, record)
    grid = first.screens[Place.ENTRY].view.grid
    grid.setFocus()
    grid.go(2, POPULATION)
    qtbot.keyClicks(grid, "41")
    qtbot.waitUntil(lambda: half_typed.recall(record) is not None)
    assert half_typed.recall(record).text == "41"
    first.session.jobs.close()
    first.session.let_go()  # as a crash leaves it: nothing settled, nothing forgotten
    grid.left.disconnect()

    second = opened(qtbot, record)
    view = second.screens[Place.ENTRY].view
    assert view.offer.isVisible()
    assert "“41”" in view.offer.sentence.text()
    assert "Nậm Có (1)" in view.offer.sentence.text()
    view.offer_take.click()
    assert view.grid.editor.text() == "41"
    assert here(view.grid) == (2, POPULATION)
    qtbot.keyClick(view.grid.editor, Qt.Key.Key_Return)
    assert kept(second, 2, POPULATION).value == number(41)
    assert half_typed.recall(record) is None
    assert not view.offer.isVisible()
    second.session.jobs.close()


def test_a_settled_cell_is_not_offered_again(qtbot, home, window, grid):
    grid.go(2, POPULATION)
    qtbot.keyClicks(grid, "42")
    qtbot.waitUntil(lambda: half_typed.recall(window.session.path) is not None)
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert half_typed.recall(window.session.path) is None


def test_undo_after_a_restart_takes_back_the_last_cell(qtbot, styled, record):
    first = opened(qtbot, record)
    grid = first.screens[Place.ENTRY].view.grid
    grid.setFocus()
    grid.go(1, POPULATION)
    typed(qtbot, grid, "2907")
    settle(qtbot, first)
    first.close()
    second = opened(qtbot, record)
    view = second.screens[Place.ENTRY].view
    assert view.grid.matrix_model.text(1, POPULATION) == "2.907"
    view.undo.click()
    assert kept(second, 1, POPULATION).value == number(2820)
    view.redo.click()
    assert kept(second, 1, POPULATION).value == number(2907)
    second.session.jobs.close()


def test_a_state_of_words_is_kept_as_text(words, screen):
    assert screen.read("Tho\u0302n", words).state is State.TEXT


# ---- blocks by keyboard ----


def test_shift_and_arrows_grow_the_block_from_the_cell_in_hand(qtbot, grid):
    grid.go(2, 3)
    shift = Qt.KeyboardModifier.ShiftModifier
    for code in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(grid, code, shift)
    block = grid.block()
    assert (block.top(), block.bottom(), block.left(), block.right()) == (2, 4, 3, 4)
    assert here(grid) == (2, 3)
    qtbot.keyClick(grid, Qt.Key.Key_Up, shift)
    qtbot.keyClick(grid, Qt.Key.Key_Up, shift)
    qtbot.keyClick(grid, Qt.Key.Key_Up, shift)
    block = grid.block()
    assert (block.top(), block.bottom()) == (1, 2)
    qtbot.keyClick(grid, Qt.Key.Key_Down, shift | CONTROL)
    block = grid.block()
    assert (block.top(), block.bottom(), block.left(), block.right()) == (2, 13, 3, 4)


def test_control_and_enter_type_into_every_cell_of_the_block(qtbot, window, grid):
    grid.go(2, 3)
    qtbot.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(grid, "9")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return, CONTROL)
    assert [kept(window, row, 3).value for row in (2, 3)] == [number(9), number(9)]
    assert not grid.is_editing


def test_a_text_in_the_cell_bar_outlives_a_reading(qtbot, screen, grid):
    grid.go(1, POPULATION)
    bar = screen.view.cell_bar.input
    bar.setFocus()
    bar.selectAll()
    qtbot.keyClicks(bar, "29")
    screen.load()
    assert bar.text() == "29"
    assert bar.isModified()
