"""The weighing list is typed down the columns; letters are keys where no letters are asked."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.application import weighing
from desktop.application.records import open_record
from desktop.domain.children import Position
from desktop.system import half_typed
from desktop.ui.places import Place
from desktop.ui.screens.children.weighing.columns import Col
from desktop.ui.screens.children.weighing.rows import State
from tests.ui.conftest import opened
from tests.ui.screens.children.looking import CONTROL, SHIFT, here, kept, typed, uid_at, waiting


def test_a_typed_weight_is_kept_when_the_cursor_leaves_and_enter_goes_down(qtbot, window, part, grid):
    at = waiting(part)
    grid.go(at, Col.WEIGHT)
    typed(qtbot, grid, "9,8")
    assert here(grid)[1] is Col.WEIGHT
    assert here(grid)[0] > at
    assert kept(window, uid_at(part, at)).weight == 9800
    assert part.model.text(at, Col.WEIGHT) == "9,8"


@pytest.mark.parametrize("text", ["83,4", "83.4", " 83,4 "])
def test_a_height_gives_scores_class_and_colour_at_once(qtbot, window, part, grid, text):
    at = waiting(part)
    grid.go(at, Col.WEIGHT)
    typed(qtbot, grid, "9,8", Qt.Key.Key_Tab)
    assert here(grid) == (at, Col.LENHEI)
    assert part.model.row(at).standing.state is State.PARTLY
    typed(qtbot, grid, text.strip())
    assert kept(window, uid_at(part, at)).lenhei == 834
    row = part.model.row(at)
    assert row.scores.ha is not None
    assert part.model.text(at, Col.HA).replace("\u2212", "-").replace(",", ".") == f"{row.scores.ha.z:.2f}"
    assert part.model.text(at, Col.CLASS)
    assert row.standing.state is not State.WAITING


def test_at_the_foot_of_a_column_enter_goes_to_the_head_of_the_next(qtbot, part, grid):
    last = len(part.model.shown) - 1
    grid.go(last, Col.WEIGHT)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert here(grid) == (0, Col.LENHEI)
    qtbot.keyClick(grid, Qt.Key.Key_Return, SHIFT)
    assert here(grid) == (last, Col.WEIGHT)


def test_tab_goes_over_what_is_computed_to_the_next_line(qtbot, part, grid):
    grid.go(0, Col.OEDEMA)
    qtbot.keyClick(grid, Qt.Key.Key_Tab)
    assert here(grid) == (1, Col.WEIGHT)
    qtbot.keyClick(grid, Qt.Key.Key_Backtab)
    assert here(grid) == (0, Col.OEDEMA)


@pytest.mark.parametrize("text", ["cân", "7,8,9", "9,8765", "200", "0"])
def test_what_is_no_weight_stays_in_hand(qtbot, window, part, grid, said, text):
    at = waiting(part)
    grid.go(at, Col.WEIGHT)
    grid.begin(text)
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert grid.is_editing
    assert grid.editor.text() == text
    assert said
    qtbot.keyClick(grid.editor, Qt.Key.Key_Escape)
    assert kept(window, uid_at(part, at)) is None


def test_heights_are_taken_to_the_millimetre_only(qtbot, part, grid, said):
    grid.go(waiting(part), Col.LENHEI)
    grid.begin("83,45")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert grid.is_editing
    assert "83,4" in said[-1]
    grid.give_up()


@pytest.mark.parametrize(("text", "amount"), [("124", 124), ("12,4", 124), ("11,5", 115)])
def test_an_arm_is_taken_in_millimetres_or_centimetres(qtbot, window, part, grid, text, amount):
    at = waiting(part)
    grid.go(at, Col.MUAC)
    typed(qtbot, grid, text)
    assert kept(window, uid_at(part, at)).muac == amount


def test_undo_and_redo_go_through_the_record(qtbot, window, part, grid):
    at = waiting(part)
    uid = uid_at(part, at)
    grid.go(at, Col.WEIGHT)
    typed(qtbot, grid, "9,8")
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert kept(window, uid) is None
    assert part.model.by_uid(uid).now is None
    qtbot.keyClick(window, Qt.Key.Key_Y, CONTROL)
    assert kept(window, uid).weight == 9800


def test_delete_empties_and_an_emptied_line_waits_again(qtbot, window, part, grid):
    at = waiting(part)
    grid.go(at, Col.WEIGHT)
    typed(qtbot, grid, "9,8")
    grid.go(at, Col.WEIGHT)
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert kept(window, uid_at(part, at)) is None
    assert part.model.row(at).standing.state is State.WAITING


def test_a_half_typed_cell_is_kept_when_the_page_is_left(qtbot, window, part, grid):
    at = waiting(part)
    uid = uid_at(part, at)
    grid.go(at, Col.WEIGHT)
    qtbot.keyClicks(grid, "9")
    grid.editor.insert(",9")
    window.show_place(Place.OVERVIEW)
    assert kept(window, uid).weight == 9900


def test_a_page_is_not_left_while_a_cell_is_refused(qtbot, window, part, grid):
    grid.go(waiting(part), Col.WEIGHT)
    grid.begin("x9")
    assert window.show_place(Place.OVERVIEW) is None
    assert window.place is Place.CHILDREN
    grid.give_up()


def test_a_half_typed_cell_outlives_a_change_by_somebody_else(qtbot, window, part, grid):
    at = waiting(part)
    other = uid_at(part, 0)
    grid.go(at, Col.WEIGHT)
    qtbot.keyClicks(grid, "9")
    with open_record(window.session.path, actor="dòng lệnh") as record:
        held = part.model.by_uid(other)
        weighing.measure(record, measurements=[part.writing.held(held)], source="cli")
    window.screens[Place.CHILDREN].load()
    assert grid.is_editing
    assert grid.editor.text() == "9"
    grid.give_up()


def test_a_half_typed_figure_outlives_the_program_and_is_written_by_enter_only(qtbot, window, part, grid, record):
    at = waiting(part)
    uid = uid_at(part, at)
    grid.go(at, Col.WEIGHT)
    qtbot.keyClicks(grid, "9")
    grid.editor.insert(",7")
    part.resuming._keep()
    assert "9,7" in half_typed.file(half_typed.OF_CHILDREN).read_text(encoding="utf-8")
    again = opened(qtbot, record, place="children")
    other = again.screens[Place.CHILDREN].part
    assert other.grid.is_editing
    assert other.grid.editor.text() == "9,7"
    assert kept(window, uid) is None
    qtbot.keyClick(other.grid.editor, Qt.Key.Key_Return)
    assert kept(window, uid).weight == 9700
    assert not half_typed.file(half_typed.OF_CHILDREN).exists()
    grid.give_up()


def test_a_half_typed_name_is_kept_nowhere(qtbot, part, grid):
    grid.go(part.model.rowCount() - 1, Col.NAME)
    qtbot.keyClicks(grid, "Giang")
    part.resuming._keep()
    assert not half_typed.file(half_typed.OF_CHILDREN).exists()
    grid.give_up()


def test_v_marks_absent_and_takes_it_back(qtbot, window, part, grid):
    at = waiting(part)
    grid.go(at, Col.WEIGHT)
    qtbot.keyClick(grid, Qt.Key.Key_V)
    assert kept(window, uid_at(part, at)).absent
    assert part.model.text(at, Col.WEIGHT) == "vắng"
    assert part.model.row(at).standing.state is State.ABSENT
    qtbot.keyClick(grid, Qt.Key.Key_V)
    assert kept(window, uid_at(part, at)) is None


def test_a_figure_typed_for_an_absent_child_says_it_came(qtbot, window, part, grid):
    at = waiting(part)
    grid.go(at, Col.WEIGHT)
    qtbot.keyClick(grid, Qt.Key.Key_V)
    typed(qtbot, grid, "9,8")
    found = kept(window, uid_at(part, at))
    assert found.weight == 9800
    assert not found.absent


def test_enter_passes_over_absent_children(qtbot, part, grid):
    grid.go(3, Col.WEIGHT)
    qtbot.keyClick(grid, Qt.Key.Key_V)
    grid.go(2, Col.WEIGHT)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert here(grid) == (4, Col.WEIGHT)


def test_p_is_oedema_and_counts_as_severe_without_weight_scores(qtbot, window, part, grid):
    grid.go(0, Col.LENHEI)
    qtbot.keyClick(grid, Qt.Key.Key_P)
    assert kept(window, uid_at(part, 0)).oedema
    row = part.model.row(0)
    assert row.standing.state is State.SEVERE
    assert row.scores.wa is None
    assert row.scores.ha is not None
    assert part.model.text(0, Col.CLASS) == "Phù"


@pytest.mark.parametrize(("key", "position"), [(Qt.Key.Key_N, Position.LYING), (Qt.Key.Key_D, Position.STANDING)])
def test_n_and_d_say_how_the_child_was_measured_and_scores_follow(qtbot, window, part, grid, key, position):
    before = part.model.row(0).scores.millimetres
    grid.go(0, Col.LENHEI)
    qtbot.keyClick(grid, key)
    assert kept(window, uid_at(part, 0)).position is position
    days = part.model.row(0).child.age_on(date(2024, 12, 10))
    usual = Position.LYING if days < 731 else Position.STANDING
    assert (part.model.row(0).scores.millimetres == before) is (position is usual)


def test_one_letter_marks_all_chosen_lines_as_one_change(qtbot, window, part, grid):
    grid.go(2, Col.WEIGHT)
    for _step in range(2):
        qtbot.keyClick(grid, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(grid, Qt.Key.Key_V)
    assert all(part.model.row(at).is_absent for at in (2, 3, 4))
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert not any(part.model.row(at).is_absent for at in (2, 3, 4))


def test_letters_are_words_where_words_are_typed(qtbot, part, grid):
    grid.go(part.model.rowCount() - 1, Col.NAME)
    qtbot.keyClick(grid, Qt.Key.Key_V)
    assert grid.is_editing
    assert grid.editor.text() == "v"
    grid.give_up()
