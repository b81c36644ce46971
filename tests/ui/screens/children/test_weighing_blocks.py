"""Blocks and whole lists are pasted, new children are typed in one line."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.application import children, children_matching, weighing
from desktop.application.children import NewChild
from desktop.application.erasing import erase_child
from desktop.application.records import open_record
from desktop.domain.children import Measurement, Position, Sex
from desktop.ui.places import Place
from desktop.ui.screens.children import erased
from desktop.ui.screens.children.weighing.columns import Col
from tests.ui.conftest import settle
from tests.ui.screens.children.looking import CONTROL, SHIFT, here, kept, typed, uid_at, waiting


def test_a_block_from_excel_fills_weight_and_height_over_the_columns_between(qtbot, window, part, grid):
    grid.go(2, Col.WEIGHT)
    QGuiApplication.clipboard().setText("12,1\t88,5\n11,4\t85\n")
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    first, second = kept(window, uid_at(part, 2)), kept(window, uid_at(part, 3))
    assert (first.weight, first.lenhei) == (12100, 885)
    assert (second.weight, second.lenhei) == (11400, 850)
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert kept(window, uid_at(part, 2)) != first


def test_a_pasted_block_may_say_absent_and_position(qtbot, window, part, grid):
    grid.go(2, Col.WEIGHT)
    QGuiApplication.clipboard().setText("12,1\t88,5\tnằm\nVắng\t\t\n")
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert kept(window, uid_at(part, 2)).position is Position.LYING
    assert kept(window, uid_at(part, 3)).absent


def test_one_cell_that_cannot_be_read_stops_the_whole_block(qtbot, window, part, grid, said):
    before = kept(window, uid_at(part, 2))
    grid.go(2, Col.WEIGHT)
    QGuiApplication.clipboard().setText("12,1\nmười một\n")
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert kept(window, uid_at(part, 2)) == before
    assert part.model.row(3).child.name in said[-1]


def test_what_lies_below_the_list_is_told(qtbot, part, grid, said):
    last = len(part.model.shown) - 1
    grid.go(last, Col.WEIGHT)
    QGuiApplication.clipboard().setText("12,1\n11,9\n")
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert any("1 ô nằm ngoài" in told for told in said)


def test_a_copied_block_is_text_for_excel(qtbot, part, grid):
    grid.go(0, Col.WEIGHT)
    qtbot.keyClick(grid, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(grid, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text().splitlines() == [part.model.text(at, Col.WEIGHT) for at in (0, 1)]


def test_fill_down_and_type_over_a_block(qtbot, window, part, grid):
    grid.go(2, Col.MUAC)
    typed(qtbot, grid, "130", Qt.Key.Key_Up)
    grid.go(2, Col.MUAC)
    qtbot.keyClick(grid, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(grid, Qt.Key.Key_D, CONTROL)
    assert kept(window, uid_at(part, 3)).muac == 130


def test_a_new_child_is_one_line_at_the_bottom(qtbot, window, part, grid):
    count = len(part.model.shown)
    grid.go(count, Col.NAME)
    typed(qtbot, grid, "Giàng A Tếnh")
    assert here(grid) == (count, Col.SEX)
    assert part.model.is_new_line(count + 1)
    uid = uid_at(part, count)
    typed(qtbot, grid, "nam")
    assert here(grid) == (count, Col.BIRTH)
    typed(qtbot, grid, "14/3/2023")
    assert here(grid) == (count, Col.WEIGHT)
    typed(qtbot, grid, "9,1")
    assert here(grid) == (count, Col.LENHEI)
    typed(qtbot, grid, "74,5")
    with open_record(window.session.path) as record:
        sheet = weighing.sheet(record, session=part.held.uid)
    line = next(line for line in sheet.lines if line.child.uid == uid)
    assert line.child.name == "Giàng A Tếnh"
    assert line.child.sex is Sex.MALE
    assert line.child.birth_date == date(2023, 3, 14)
    assert (line.now.weight, line.now.lenhei) == (9100, 745)
    assert part.model.by_uid(uid).scores.ha is not None


def test_a_new_child_that_resembles_one_of_the_list_is_told_at_once(qtbot, part, grid, said):
    known = part.model.row(5).child
    count = len(part.model.shown)
    grid.go(count, Col.NAME)
    grid.begin(known.name)
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    grid.go(count, Col.BIRTH)
    grid.begin(f"{known.birth_date:%d/%m/%Y}")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert any("xem Trẻ trùng" in told and known.name in told for told in said)


def test_known_particulars_are_not_typed_over_by_a_slip(qtbot, part, grid, said):
    grid.go(0, Col.NAME)
    qtbot.keyClick(grid, Qt.Key.Key_X)
    assert not grid.is_editing
    assert "Ctrl+Enter" in said[-1]
    grid.go(0, Col.HA)
    qtbot.keyClick(grid, Qt.Key.Key_5)
    assert not grid.is_editing


def test_a_copied_list_with_names_finds_known_children_and_registers_the_others(qtbot, window, part, grid):
    known = part.model.row(waiting(part)).child
    grid.go(len(part.model.shown), Col.NAME)
    lines = [
        "STT\tHọ và tên\tGiới\tNgày sinh\tCân\tCao",
        f"1\t{known.name}\t{'nam' if known.sex is Sex.MALE else 'nữ'}\t{known.birth_date:%d/%m/%Y}\t9,9\t81",
        "2\tPhàng A Sử\tnam\t05/05/2022\t12,4\t88,5",
        "3\tPhàng Thị Sử\tnữ\t05/06/2023\tVắng",
    ]
    QGuiApplication.clipboard().setText("\n".join(lines))
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert kept(window, known.uid).weight == 9900
    new = {row.child.name: row for row in part.model.all_rows}
    assert new["Phàng A Sử"].now.lenhei == 885
    assert new["Phàng A Sử"].child.birth_date == date(2022, 5, 5)
    assert new["Phàng Thị Sử"].is_absent
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert kept(window, known.uid) is None
    assert "Phàng A Sử" not in {row.child.name for row in part.model.all_rows}


def pasted(qtbot, grid, at, column, *lines):
    grid.go(at, column)
    QGuiApplication.clipboard().setText("\n".join(lines))
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)


def test_headings_over_pasted_figures_say_which_column_each_is(qtbot, window, part, grid):
    at = waiting(part)
    pasted(qtbot, grid, at, Col.WEIGHT, "Chiều cao (cm)\tCân nặng (kg)", "80,5\t9,8")
    found = kept(window, uid_at(part, at))
    assert (found.weight, found.lenhei) == (9800, 805)


def test_a_list_with_headings_finds_its_children_wherever_the_cursor_stands(qtbot, window, part, grid):
    at = waiting(part)
    known = part.model.row(at).child
    part.writing.take_text(at, Col.MUAC, "131")
    part.writing.take_text(at, Col.NOTE, "mẹ đi vắng")
    head, line = "TT\tNgày sinh\tHọ và tên\tCao\tCân", f"1\t{known.birth_date:%Y-%m-%d}\t{known.name}\t81\t9.9"
    pasted(qtbot, grid, 3, Col.LENHEI, head, line)
    found = kept(window, known.uid)
    assert (found.weight, found.lenhei) == (9900, 810)
    assert (found.muac, found.note) == (131, "mẹ đi vắng")
    assert len(part.model.all_rows) == 60


def test_a_pasted_list_leaves_the_cursor_where_the_next_one_goes(qtbot, part, grid, said):
    pasted(qtbot, grid, len(part.model.shown), Col.NAME, "Phàng A Sử\tnam\t5/5/2022\t12", "Phàng A Sử\tnam\t5/5/22\t13")
    assert here(grid) == (61, Col.NAME)
    assert "1 trẻ mới" in said[-1]
    assert "lặp lại" in said[-1]


@pytest.mark.parametrize(("answer", "names"), [(None, 0), ("others", 1), ("all", 2)])
def test_a_pasted_list_brings_an_erased_child_back_only_where_a_person_says_so(
    qtbot, window, part, grid, monkeypatch, answer, names
):
    gone = part.model.row(waiting(part)).child
    erase_child(window.session.record, uid=gone.uid, reason="Đơn số 12")
    window.screens[Place.CHILDREN].load()
    asked = []
    monkeypatch.setattr(erased, "ask_pasted", lambda *told, **more: asked.append((told[1:], more)) or answer)
    lines = (f"{gone.name}\tnam\t{gone.birth_date:%d/%m/%Y}\t9,9\t81", "Phàng A Sử\tnam\t5/5/2022\t12")
    pasted(qtbot, grid, len(part.model.shown), Col.NAME, *lines)
    assert [(told[0][0][0], more) for told, more in asked] == [(gone.name, {"others": 1})]
    assert len(part.model.all_rows) == 59 + names


def test_after_the_height_of_a_new_child_comes_the_line_of_the_next(qtbot, part, grid):
    at = len(part.model.shown)
    grid.go(at, Col.NAME)
    for text in ("Phàng A Sử", "nam", "5/5/2022", "12", "85"):
        grid.begin(text)
        qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert here(grid) == (at + 1, Col.NAME)
    assert part.model.row(at).now.lenhei == 850


def test_a_visit_under_an_entry_that_was_merged_is_typed_over_like_any_other(qtbot, window, part, grid):
    at, record = waiting(part), window.session.record
    known = part.model.row(at).child
    twin = NewChild(known.unit, known.name, known.sex, known.birth_date, mother=known.mother)
    uid = children.register(record, new=[twin]).uids[0]
    weighing.measure(record, measurements=[Measurement(uid, part.day, part.held_uid, 9500, 800)])
    children_matching.merge(record, keep=known.uid, other=uid)
    window.screens[Place.CHILDREN].load()
    at = part.model.line_of(known.uid)
    assert part.model.row(at).now.child == uid
    grid.go(at, Col.WEIGHT)
    typed(qtbot, grid, "9,9")
    assert kept(window, known.uid).weight == 9900
    part.writing.mark("v", [part.model.row(at)])
    assert kept(window, known.uid).absent
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert kept(window, known.uid).weight == 9900
    for column in (Col.WEIGHT, Col.LENHEI):
        grid.go(part.model.line_of(known.uid), column)
        qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert kept(window, known.uid) is None


def test_of_a_session_of_several_days_each_line_has_its_day(qtbot, window, part, grid, monkeypatch):
    held = part.held
    weighing.change_session(window.session.record, session=replace(held, last=held.first + timedelta(days=3)))
    window.screens[Place.CHILDREN].load()
    assert part.view.days.count() == 4
    at, second = waiting(part), held.first + timedelta(days=1)
    uid = uid_at(part, at)
    part.view.days.setCurrentIndex(1)
    part.view.days.activated.emit(1)
    grid.go(at, Col.WEIGHT)
    typed(qtbot, grid, "9,9")
    assert kept(window, uid).day == second
    grid.go(part.model.line_of(uid), Col.WEIGHT)
    monkeypatch.setattr("desktop.ui.dialogs.ask.confirm", lambda *_told, **_more: f"{held.first:%d/%m/%Y}")
    part.view.menu_day.trigger()
    assert (kept(window, uid).day, kept(window, uid).weight) == (held.first, 9900)
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert kept(window, uid).day == second
    weighing.measure(window.session.record, measurements=[Measurement(uid, held.first, None, 9100)])
    part.view.menu_day.trigger()
    assert kept(window, uid).day == second
    assert weighing.found_on(window.session.record, children=[uid], day=held.first) == {uid}


def test_a_long_pasted_list_is_written_by_a_worker_as_one_change(qtbot, window, part, grid, said):
    lines = [f"Phàng A {chr(65 + at % 26)}{chr(65 + at // 26)}\tnam\t{1 + at % 28}/5/2022\t12" for at in range(250)]
    pasted(qtbot, grid, len(part.model.shown), Col.NAME, *lines)
    settle(qtbot, window)
    assert len(part.model.all_rows) == 310
    assert "250 trẻ mới" in said[-1]
    window.step_history("undo")
    assert len(part.model.all_rows) == 60
