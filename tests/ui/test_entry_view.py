"""What the matrix shows: chosen columns, sorting, filters, size; finding and replacing; blocks over the edge."""

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QMimeData, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.application import entry
from desktop.application.records import open_record
from desktop.domain.periods import Period
from desktop.domain.values import NOT_APPLICABLE, NOT_REPORTED, ZERO, number
from desktop.ui.places import Place, Target
from desktop.ui.screens.entry.columns import ColumnChooser
from desktop.ui.screens.entry.seeking import Preview

YEAR = Period.of_year(2024)
CONTROL = Qt.KeyboardModifier.ControlModifier


def kept(window, name, element):
    with open_record(window.session.path) as record:
        matrix = entry.matrix(record, form="commune", period=YEAR)
    column = next(at for at, known in enumerate(matrix.columns) if known.element.code == element)
    return next(row for row in matrix.rows if row.commune.name == name).cells[column].figure.value


def names(screen):
    return [row.commune.name for row in screen.model.rows]


def here(grid):
    return grid.currentIndex().row(), grid.currentIndex().column()


def answer(kind, act):
    def do():
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, kind)
        act(asked)

    QTimer.singleShot(0, do)


# ---- columns ----


def test_columns_left_out_are_remembered_for_the_form_and_still_counted(window, screen, grid):
    before = {
        column.element.code: total for column, total in zip(screen.model.columns, screen.model.totals, strict=True)
    }
    codes = [column.element.code for column in screen.model.columns[1:3]]

    def untick(asked):
        for item in asked._items()[1:3]:
            item.setCheckState(0, Qt.CheckState.Unchecked)
        asked.take.click()

    answer(ColumnChooser, untick)
    screen.display.choose_columns()
    assert [column.number for column in screen.model.columns[:3]] == [1, 4, 5]
    assert window.session.settings.hidden == {"commune": " ".join(sorted(codes))}
    assert screen.model.totals[1] == before[screen.model.columns[1].element.code]
    assert screen.view.unseen.text() == "2 cột không hiện"
    screen.load()
    assert len(screen.model.columns) == len(before) - 2


def test_going_to_a_column_that_is_not_shown_shows_it(screen, grid):
    code = screen.model.columns[4].element.code
    screen.arranging.hide([code])
    assert screen.model.column_of(code) is None
    screen.go(Target(Place.ENTRY, (("element", code),)))
    assert grid.currentIndex().column() == screen.model.column_of(code) == 4


def test_typing_goes_into_the_element_that_is_shown(qtbot, window, screen, grid):
    screen.arranging.hide([screen.model.columns[1].element.code])
    grid.go(1, 1)
    element = screen.model.columns[1].element.code
    qtbot.keyClicks(grid, "77")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert kept(window, "Xã Hồ Bốn", element) == number(77)


# ---- sorting, filters ----


def test_rows_are_sorted_by_a_column_with_gaps_at_the_foot(screen, grid):
    grid.go(0, 8)
    screen.display.sort_here(largest_first=True)
    figures = [screen.model.value(row, 8) for row in range(len(screen.model.rows))]
    amounts = [figure.amount for figure in figures if figure is not None and figure.amount is not None]
    assert amounts == sorted(amounts, reverse=True)
    assert grid.horizontalHeader().sorted_by == (8, True)
    screen.arranging.sort(None)
    assert names(screen)[:2] == ["TT Mù Căng Chải", "Xã Hồ Bốn"] or names(screen)[1] == "Xã Hồ Bốn"


def test_a_typed_figure_does_not_make_its_row_jump(qtbot, window, screen, grid):
    grid.go(0, 0)
    screen.display.sort_here(largest_first=True)
    order = names(screen)
    grid.go(0, 0)
    qtbot.keyClicks(grid, "1")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert names(screen) == order
    assert kept(window, order[0], "population") == number(1)
    assert here(grid) == (1, 0)


def test_only_communes_with_gaps_are_shown_and_the_way_out_is_said(qtbot, screen, grid):
    whole = screen.model.totals[0]
    screen.arranging.show_only("gaps")
    shown = names(screen)
    assert 0 < len(shown) < 14
    assert screen.model.totals[0] == whole
    assert screen.view.arranged.isVisible()
    assert f"{len(shown)}/14" in screen.view.arranged.sentence.text()
    qtbot.mouseClick(screen.view.arranged.findChild(type(screen.view.undo)), Qt.MouseButton.LeftButton)
    assert len(screen.model.rows) == 14
    assert not screen.view.arranged.isVisible()


def test_a_filter_that_nothing_fits_says_so(screen):
    screen.arranging.show_only("locked")
    assert screen.model.rows == []
    assert screen.view.arranged.sentence.text() == "Không có xã nào: Đã khóa"
    screen.arranging.show_only("")
    assert len(screen.model.rows) == 14


def test_going_to_a_commune_that_is_filtered_away_shows_all(screen, grid):
    screen.arranging.show_only("gaps")
    hidden = next(row.commune for row in screen.model.all_rows if row.commune.name not in names(screen))
    screen.go(Target(Place.ENTRY, (("unit", hidden.code),)))
    assert screen.model.rows[grid.currentIndex().row()].commune == hidden


# ---- size ----


def test_the_table_grows_and_shrinks_and_remembers(qtbot, window, screen, grid):
    row, width = grid.measure.row, grid.columnWidth(0)
    qtbot.keyClick(grid, Qt.Key.Key_Plus, CONTROL)
    qtbot.keyClick(grid, Qt.Key.Key_Plus, CONTROL)
    assert window.session.settings.table_zoom == 120
    assert grid.rowHeight(0) == round(row * 1.2)
    assert grid.columnWidth(0) > width
    qtbot.keyClick(grid, Qt.Key.Key_0, CONTROL)
    assert (window.session.settings.table_zoom, grid.rowHeight(0), grid.columnWidth(0)) == (100, row, width)
    qtbot.keyClick(grid, Qt.Key.Key_Minus, CONTROL)
    assert window.session.settings.table_zoom == 90


def test_f11_takes_the_whole_screen_and_gives_it_back(qtbot, window, grid):
    qtbot.keyClick(grid, Qt.Key.Key_F11)
    assert window.isFullScreen()
    qtbot.keyClick(grid, Qt.Key.Key_F11)
    assert not window.isFullScreen()


# ---- find, replace ----


def seek(qtbot, screen, text):
    qtbot.keyClick(screen.view.grid, Qt.Key.Key_F, CONTROL)
    screen.view.seek.field.setText(text)
    screen.seeking.look()


@pytest.mark.parametrize("text", ["2.820", "2820", "ho bon", "HỒ BỐN"])
def test_figures_and_names_are_found_without_marks(qtbot, screen, grid, text):
    grid.go(0, 0)
    seek(qtbot, screen, text)
    qtbot.keyClick(screen.view.seek.field, Qt.Key.Key_Return)
    assert here(grid) == (1, 0)
    qtbot.keyClick(screen.view.seek.field, Qt.Key.Key_Escape)
    assert grid.hasFocus()
    assert not screen.view.seek.isVisible()


def test_notes_and_states_are_found(qtbot, window, screen, grid):
    uid = screen.model.rows[6].commune.uid
    with open_record(window.session.path) as record:
        entry.type_value(
            record, unit=uid, period=YEAR, element="population", value=number(5399), note="Theo sổ hộ tịch"
        )
        entry.type_value(record, unit=uid, period=YEAR, element="underweight", value=NOT_APPLICABLE)
    screen.load()
    seek(qtbot, screen, "so ho tich")
    assert screen.seeking.places == [(6, 0)]
    seek(qtbot, screen, "khong ap dung")
    assert (6, screen.model.column_of("underweight")) in screen.seeking.places


def test_replacing_is_shown_first_and_is_one_change(qtbot, window, screen, grid):
    zeros = [
        (row, column)
        for row in range(14)
        for column in range(len(screen.model.columns))
        if screen.model.value(row, column) == ZERO
    ]
    qtbot.keyClick(grid, Qt.Key.Key_H, CONTROL)
    screen.view.seek.field.setText("0")
    screen.view.seek.by.setText("na")
    screen.view.seek.whole.setChecked(True)
    shown = []

    def take(asked):
        shown.append((asked.table.rowCount(), asked.table.item(0, 1).text(), asked.table.item(0, 2).text()))
        asked.deed.click()

    answer(Preview, take)
    screen.seeking.replace()
    assert shown == [(len(zeros), "0", "không áp dụng")]
    assert {screen.model.value(*at) for at in zeros} == {NOT_APPLICABLE}
    assert window.status.word.text() == f"Đã thay {len(zeros)} ô. Ctrl+Z để hoàn tác."
    screen.step_history("undo")
    assert {screen.model.value(*at) for at in zeros} == {ZERO}


def test_a_replacement_that_is_not_wanted_changes_nothing(qtbot, screen, grid):
    screen.view.seek.field.setText("2820")
    screen.view.seek.by.setText("2821")
    answer(Preview, lambda asked: asked.leave.click())
    screen.seeking.replace()
    assert screen.model.value(1, 0) == number(2820)


# ---- blocks ----


def choose(grid, top, left, bottom, right):
    model = grid.matrix_model
    grid.go(top, left)
    block = QItemSelection(model.index(top, left), model.index(bottom, right))
    grid.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def test_a_block_over_the_edge_is_pasted_as_far_as_it_goes_and_the_rest_is_told(qtbot, window, screen, grid):
    QGuiApplication.clipboard().setText("1\t2\n3\t4\n5\t6\n")
    grid.go(12, 0)
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert [screen.model.value(row, column) for row in (12, 13) for column in (0, 1)] == list(map(number, (1, 2, 3, 4)))
    assert window.status.word.text() == "2 ô nằm ngoài bảng nên không dán: thừa 1 dòng, 0 cột."


def test_a_quoted_cell_with_line_breaks_is_one_cell(qtbot, screen, grid):
    QGuiApplication.clipboard().setText('"1.\n234"\t5\n')
    grid.go(0, 0)
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert "1. 234" in screen.view.window().status.word.text()
    QGuiApplication.clipboard().setText('"\n1.234\n"\t5\n')
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert (screen.model.value(0, 0), screen.model.value(0, 1)) == (number(1234), number(5))


def test_the_table_of_another_program_is_read_as_text_only(qtbot, screen, grid):
    mime = QMimeData()
    mime.setText("1.005,0\t12")
    mime.setHtml("<table><tr><td>999</td><td>888</td></tr></table>")
    QGuiApplication.clipboard().setMimeData(mime)
    grid.go(0, 0)
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert screen.model.value(0, 0) != number(999)


def test_copied_numbers_are_exact_for_excel_and_calc(qtbot, grid):
    choose(grid, 1, 0, 1, 1)
    qtbot.keyClick(grid, Qt.Key.Key_C, CONTROL)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text() == "2820\t2780\n"
    assert '<td x:num="2820" sdval="2820">2820</td>' in mime.html()


def test_every_state_comes_back_as_it_was_copied(qtbot, window, screen, grid):
    uid = screen.model.rows[0].commune.uid
    with open_record(window.session.path) as record:
        for element, value in (("insured", NOT_APPLICABLE), ("managed", NOT_REPORTED)):
            code = screen.model.columns[1 if element == "insured" else 2].element.code
            entry.type_value(record, unit=uid, period=YEAR, element=code, value=value)
    window.session.keep(dash={"commune": "zero"})
    screen.load()
    choose(grid, 0, 1, 0, 2)
    qtbot.keyClick(grid, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text().startswith("không áp dụng\t")
    grid.go(5, 1)
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert [screen.model.value(5, column) for column in (1, 2)] == [NOT_APPLICABLE, NOT_REPORTED]


def test_a_matrix_of_filtered_rows_takes_a_block_in_the_order_shown(qtbot, window, screen, grid):
    grid.go(0, 0)
    screen.display.sort_here(largest_first=False)
    first, second = names(screen)[:2]
    QGuiApplication.clipboard().setText("11\n12\n")
    grid.go(0, 0)
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert (kept(window, first, "population"), kept(window, second, "population")) == (number(11), number(12))


def test_commas_between_thousands_are_asked_about_once_for_the_block(qtbot, screen, grid):
    from desktop.ui.dialogs.ask import Ask

    QGuiApplication.clipboard().setText("1,234\t56\n2,345,678\t7\n")
    grid.go(0, 0)
    answer(Ask, lambda asked: asked.buttons["thousands"].click())
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert [screen.model.value(row, column) for row in (0, 1) for column in (0, 1)] == [
        number(value) for value in (1234, 56, 2345678, 7)
    ]


def test_a_doubtful_block_that_is_not_wanted_changes_nothing(qtbot, screen, grid):
    from desktop.ui.dialogs.ask import Ask

    before = screen.model.value(0, 0)
    QGuiApplication.clipboard().setText("1,234")
    grid.go(0, 0)
    answer(Ask, lambda asked: asked.buttons["leave"].click())
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert screen.model.value(0, 0) == before


def test_gaps_in_columns_that_are_not_shown_are_counted_when_a_form_is_completed(screen, grid):
    gap = next(
        (row, column)
        for row in range(14)
        for column in range(len(screen.model.columns))
        if screen.model.value(row, column) in (None, NOT_REPORTED)
    )
    before = screen.model.rows[gap[0]].state
    screen.arranging.hide([screen.model.columns[gap[1]].element.code])
    grid.go(gap[0], 0)
    asked = []
    from desktop.ui.dialogs.ask import Ask

    def leave(dialog):
        asked.append(dialog.windowTitle())
        dialog.reject()

    answer(Ask, leave)
    screen.acts.act_on_forms("complete")
    assert len(asked) == 1
    assert screen.model.rows[gap[0]].state == before
