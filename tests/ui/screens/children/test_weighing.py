"""The weighing list by real keys: down the columns, one letter for absent and oedema, z-scores at once, nothing lost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from desktop.application import children, children_matching, growth, weighing
from desktop.application.children import NewChild
from desktop.application.erasing import erase_child
from desktop.application.growth_charts import measured as as_visit
from desktop.application.records import open_record
from desktop.domain.children import Measurement, Position, Sex
from desktop.domain.findings import Severity
from desktop.domain.growth.scores import Index
from desktop.system import half_typed
from desktop.ui.places import Place
from desktop.ui.screens.children import erased
from desktop.ui.screens.children.weighing.columns import Col
from desktop.ui.screens.children.weighing.counts import count
from desktop.ui.screens.children.weighing.rows import State
from tests.ui.conftest import opened, settle

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


# ---- typing ----


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


# ---- letters that are keys ----


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


# ---- blocks ----


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


# ---- a new child ----


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


# ---- findings ----


def test_a_digit_slip_is_a_finding_beside_the_list_and_is_mended_by_its_button(qtbot, window, part, grid):
    at = waiting(part)
    uid = uid_at(part, at)
    right = round(part.model.row(at).before.lenhei + 30, -1)
    grid.go(at, Col.WEIGHT)
    typed(qtbot, grid, "9,9", Qt.Key.Key_Tab)
    typed(qtbot, grid, f"{right / 100:.1f}".replace(".", ","))
    row = part.model.by_uid(uid)
    assert any(finding.severity is Severity.ERROR for finding in row.findings)
    assert row.standing.state is State.FAULTY
    part.view.side.show_page("findings")
    card = next(card for card in part.view.side.list.cards if card.finding.unit == f"uid:{uid}")
    assert card.finding.mend
    card.mend_asked.emit(card.finding)
    assert kept(window, uid).lenhei == right
    assert not any(finding.severity is Severity.ERROR for finding in part.model.by_uid(uid).findings)


def test_f8_goes_from_finding_to_finding(qtbot, part, grid):
    grid.go(0, Col.WEIGHT)
    places = part.found.places()
    assert places
    qtbot.keyClick(part.view, Qt.Key.Key_F8)
    assert here(grid) == next(((row, Col(column)) for row, column in places if (row, column) > (0, Col.WEIGHT)), None)


# ---- filters, counts, sessions ----


def test_the_counts_speak_of_the_list(part):
    told = part.view.done.text()
    rows = part.model.all_rows
    measured = sum(row.is_measured for row in rows)
    assert f"{measured}/{len(rows)}" in told
    assert "Thấp còi" in part.view.rates.text()
    part._show_side()
    estimate = next(
        one
        for one in growth.rates([as_visit(row.child, row.now) for row in rows if row.is_measured]).estimates
        if (one.group, one.index, one.cutoff) == ("All", "HA", "-2")
    )
    share = count(rows).shares[Index.HA]
    assert (share.cases, share.among) == (round(estimate.value * estimate.n / 100), estimate.n)
    assert f"({estimate.lower:.1f}–{estimate.upper:.1f})".replace(".", ",") in part.view.rates.text()


def test_filters_and_a_search_without_marks_narrow_the_list(qtbot, part):
    part.view.filters["absent"].click()
    assert [part.model.row(at).is_absent for at in range(part.model.rowCount())] == [True] * part.model.rowCount()
    part.view.filters["all"].click()
    part.view.search.setText("giang a")
    assert part.model.rowCount()
    found = [part.model.row(at).child for at in range(part.model.rowCount())]
    assert all("Giàng" in f"{child.name} {child.mother}" for child in found)
    part.view.search.setText("khong co ai")
    assert part.view.nothing.isVisible()
    part.view.unfilter.click()
    assert part.model.rowCount() == len(part.model.all_rows) + 1


def test_a_child_measured_under_a_filter_stays_under_the_hand(qtbot, part, grid):
    part.view.filters["waiting"].click()
    count = part.model.rowCount()
    grid.go(0, Col.WEIGHT)
    typed(qtbot, grid, "9,8")
    assert part.model.rowCount() == count
    assert here(grid) == (1, Col.WEIGHT)


def test_another_session_and_another_commune_show_their_lists(qtbot, window, screen, part):
    assert [part.view.sessions.itemText(at) for at in range(part.view.sessions.count())] == [
        "Đợt 12/2024 (10/12)",
        "Đợt 06/2024 (10/06)",
    ]
    part.view.sessions.setCurrentIndex(1)
    part.view.sessions.activated.emit(1)
    assert part.held.first == date(2024, 6, 10)
    screen.choose_commune(window.session.communes[1].uid)
    assert part.held is None
    assert "chưa có đợt cân đo" in part.view.empty.title.text()
    assert part.view.first.isVisible()


def test_a_session_is_opened_with_its_day(qtbot, window, screen, part, monkeypatch):
    from desktop.ui.screens.children.weighing.sessions import SessionDialog

    screen.choose_commune(window.session.communes[1].uid)
    asked = []

    def accept(dialog):
        dialog.first.setText("5/12/2024")
        asked.append(dialog.deed.isEnabled())
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(SessionDialog, "exec", accept)
    part.view.first.click()
    assert asked == [True]
    assert part.held.first == date(2024, 12, 5)
    assert part.model.is_new_line(0)


def test_a_session_is_renamed_and_one_with_measurements_is_not_struck(qtbot, window, screen, part, monkeypatch, said):
    from desktop.ui.dialogs import ask
    from desktop.ui.screens.children.weighing.sessions import SessionDialog

    def accept(dialog):
        dialog.name.setText("Ngày vi chất đợt 2")
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(SessionDialog, "exec", accept)
    part.view.menu_change.trigger()
    assert part.view.sessions.currentText() == "Ngày vi chất đợt 2 (10/12)"
    monkeypatch.setattr(ask, "confirm", lambda *_words, **_more: "")
    part.view.menu_strike.trigger()
    assert part.held is not None
    assert "đã được cân đo" in said[-1] or "cân đo" in said[-1]


def test_a_session_opened_by_mistake_leaves_the_lists_and_comes_back(qtbot, window, screen, part, monkeypatch):
    from desktop.application.weighing import NewSession
    from desktop.ui.dialogs import ask

    with open_record(window.session.path) as record:
        weighing.open_session(record, new=NewSession(screen.commune.uid, date(2024, 12, 20)), source="cli")
    screen.load()
    count = part.view.sessions.count()
    part.sessions.choose(part.view.sessions.itemData(0))
    assert part.held.first == date(2024, 12, 20)
    monkeypatch.setattr(ask, "confirm", lambda *_words, **_more: "")
    part.view.menu_strike.trigger()
    assert part.view.sessions.count() == count - 1
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert part.view.sessions.count() == count


def test_three_hundred_children_need_no_widget_each(part):
    from PySide6.QtWidgets import QWidget

    count = len(part.grid.findChildren(QWidget))
    part.model.show(part.model.all_rows * 5, part.model.day)
    assert part.model.rowCount() > 300
    assert len(part.grid.findChildren(QWidget)) == count


# ---- the side, the shell ----


def test_the_child_in_hand_is_shown_with_its_history_and_what_was_just_typed(qtbot, window, part, grid):
    at = waiting(part)
    grid.go(at, Col.WEIGHT)
    qtbot.waitUntil(lambda: part.view.side.name.text() == part.model.row(at).child.name)
    before = part.view.side.visits.visits.rowCount()
    typed(qtbot, grid, "9,8", Qt.Key.Key_Up)
    grid.go(at, Col.LENHEI)
    qtbot.waitUntil(lambda: part.view.side.name.text() == part.model.row(at).child.name)
    qtbot.waitUntil(lambda: part.view.side.visits.visits.rowCount() == min(before + 1, 3))
    assert part.view.side.visits.visits.rows[0].measurement.weight == 9800


def test_the_page_has_its_place_its_keys_and_its_help(qtbot, window, screen):
    assert window.navigation.rows[Place.CHILDREN].isChecked()
    assert "V: vắng" in screen.hint()
    window.show_place(Place.OVERVIEW)
    number = list(window.navigation.rows).index(Place.CHILDREN) + 1
    qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.AltModifier)
    assert window.place is Place.CHILDREN
    window.show_help()
    assert window.help_window.text.toPlainText().startswith("Trẻ em")
    window.help_window.close()


def test_each_list_shown_is_noted_once_in_the_access_log(qtbot, window, screen):
    from desktop.application import access

    settle(qtbot, window)
    screen.load()
    looks = [look for look in access.log(window.session.record) if look.what == "session"]
    assert len(looks) == 1
    assert looks[0].rows == 60


# ---- pasting lists ----


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
