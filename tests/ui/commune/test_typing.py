"""Biểu xã by keyboard: the same figures as the matrix, one commune at a time."""

from datetime import date

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication

from desktop.application import entry
from desktop.application.records import open_record
from desktop.domain.periods import Period
from desktop.domain.values import NOT_APPLICABLE, NOT_REPORTED, ZERO, number
from desktop.ui.days import read_day
from desktop.ui.places import Place, Target
from desktop.ui.screens.entry.commune.lines import Col
from desktop.ui.screens.entry.commune.model import signed
from desktop.ui.screens.entry.looks import Look
from tests.ui.commune.conftest import CONTROL, YEAR, answer, at, here, kept


def test_the_form_has_sections_elements_and_rates_of_one_commune(way):
    model = way.model
    assert model.form.commune.name == "Thị trấn Mù Căng Chải"
    assert [line.section.number for line in model.lines if line.is_head][:3] == ["I", "II", "III"]
    assert sum(line.line is not None for line in model.lines) == 17
    rate = next(line for line in model.lines if line.rate and line.rate.top == "insured")
    row = model.lines.index(rate)
    assert model.text(row, Col.NOTE) == "(2) : (1)"
    assert model.text(row - 1, Col.PAST) != ""


def test_a_typed_figure_is_in_the_record_when_the_cell_is_left(qtbot, window, way, grid):
    at(way, "population")
    qtbot.keyClicks(grid, "6")
    qtbot.keyClicks(grid.editor, ".001")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert kept(window, way, "population").value == number(6001)
    assert here(way) == ("insured", Col.NOW)


def test_enter_steps_over_heads_and_rates(qtbot, way, grid):
    at(way, "ehr")
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert here(way) == ("under1", Col.NOW)
    qtbot.keyClick(grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert here(way) == ("ehr", Col.NOW)


def test_tab_goes_to_the_note_and_from_there_to_the_next_figure(qtbot, way, grid):
    at(way, "population")
    qtbot.keyClick(grid, Qt.Key.Key_Tab)
    assert here(way) == ("population", Col.NOTE)
    qtbot.keyClick(grid, Qt.Key.Key_Tab)
    assert here(way) == ("insured", Col.NOW)
    qtbot.keyClick(grid, Qt.Key.Key_Backtab)
    assert here(way) == ("population", Col.NOTE)


def test_arrows_never_rest_on_the_head_of_a_section(qtbot, way, grid):
    at(way, "under1")
    for _step in range(3):
        qtbot.keyClick(grid, Qt.Key.Key_Up)
        assert not way.model.lines[grid.currentIndex().row()].is_head


def test_escape_leaves_the_cell_as_it_was(qtbot, window, way, grid):
    before = kept(window, way, "insured")
    at(way, "insured")
    qtbot.keyClicks(grid, "9")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Escape)
    assert not grid.is_editing
    assert kept(window, way, "insured") == before


def test_delete_zero_and_the_dash_are_three_states(qtbot, window, way, grid):
    at(way, "deaths_under1")
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert kept(window, way, "deaths_under1").value == NOT_REPORTED
    assert way.model.look(grid.currentIndex().row()) is Look.NOT_REPORTED
    qtbot.keyClicks(grid, "0")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert kept(window, way, "deaths_under1").value == ZERO
    at(way, "deaths_under1")
    qtbot.keyClicks(grid, "-")
    answer("not_applicable")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert kept(window, way, "deaths_under1").value == NOT_APPLICABLE


def test_a_rate_follows_the_typed_figure(qtbot, way, grid):
    model = way.model
    row = next(at for at, line in enumerate(model.lines) if line.rate and line.rate.top == "insured")
    at(way, "population")
    qtbot.keyClicks(grid, "8")
    grid.editor.setText("11756")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert model.text(row, Col.NOW) == "50,0"
    assert model.text(row, Col.CHANGE).startswith("\u2212")


def test_a_column_from_excel_skips_heads_and_rates_and_is_one_change(qtbot, window, way, grid):
    QGuiApplication.clipboard().setText("5.001\r\n4.002\r\n4003\r\n4 004\r\n105\r\n")
    at(way, "population")
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    typed = [kept(window, way, code).value for code in ("population", "insured", "health_managed", "ehr", "under1")]
    assert typed == [number(value) for value in (5001, 4002, 4003, 4004, 105)]
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert way.model.text(way.model.row_of("population"), Col.NOW) == "5.945"


def test_a_column_with_one_wrong_figure_is_not_pasted_at_all(qtbot, window, way, grid):
    before = kept(window, way, "population")
    QGuiApplication.clipboard().setText("5001\nmười")
    at(way, "population")
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert kept(window, way, "population") == before
    assert "mười" in window.status.word.text()


def test_a_copied_block_pastes_back_as_it_was(qtbot, window, way, grid):
    model = way.model
    first, last = model.row_of("population"), model.row_of("under1")
    grid.go(first, Col.NOW)
    block = QItemSelection(model.index(first, Col.NOW), model.index(last, Col.NOW))
    grid.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    qtbot.keyClick(grid, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text().splitlines()[:2] == ["5945", "5878"]
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert kept(window, way, "insured").value == NOT_REPORTED
    grid.go(first, Col.NOW)
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert kept(window, way, "insured").value == number(5878)


def test_the_next_commune_keeps_the_element_and_a_half_typed_cell(qtbot, window, way, grid):
    at(way, "stunted")
    first = way.model.form.commune.code
    qtbot.keyClicks(grid, "7")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Escape)
    qtbot.keyClicks(grid, "77")
    way.step_commune(1)
    assert way.model.form.commune.code != first
    assert here(way) == ("stunted", Col.NOW)
    qtbot.keyClick(grid, Qt.Key.Key_PageUp, CONTROL)
    assert way.model.form.commune.code == first
    assert kept(window, way, "stunted").value == number(77)


def test_a_commune_is_chosen_in_the_list(qtbot, way):
    view = way.view.communes.list
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert way.model.form.commune.name == "Xã Hồ Bốn"
    assert way.view.header.name.text() == "Xã Hồ Bốn"


def test_control_with_arrows_goes_from_section_to_section(qtbot, way, grid):
    at(way, "population")
    qtbot.keyClick(grid, Qt.Key.Key_Down, CONTROL)
    assert here(way) == ("under1", Col.NOW)
    assert way.view.header.sections.currentIndex() == 1
    qtbot.keyClick(grid, Qt.Key.Key_Up, CONTROL)
    assert here(way) == ("population", Col.NOW)


def test_switching_the_way_keeps_the_cell_both_ways(screen, way):
    way.show_commune(way.communes.rows[4][0].code)
    at(way, "measured")
    screen.ways.show("matrix")
    current = screen.view.grid.currentIndex()
    assert screen.model.rows[current.row()].commune.code == way.communes.rows[4][0].code
    assert screen.model.columns[current.column()].element.code == "measured"
    screen.view.grid.go(2, 0)
    screen.ways.show("commune")
    assert way.model.form.commune.code == screen.model.rows[2].commune.code
    assert here(way) == ("population", Col.NOW)


def test_a_figure_typed_in_one_way_stands_in_the_other(qtbot, screen, way, grid):
    at(way, "population")
    qtbot.keyClicks(grid, "6")
    grid.editor.setText("6002")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert screen.model.text(0, 0) == "6.002"
    screen.ways.show("matrix")
    matrix = screen.view.grid
    matrix.go(0, 0)
    qtbot.keyClicks(matrix, "6")
    matrix.editor.setText("6003")
    qtbot.keyClick(matrix.editor, Qt.Key.Key_Return)
    assert way.model.text(way.model.row_of("population"), Col.NOW) == "6.003"


def test_undo_reaches_over_both_ways(qtbot, window, screen, way, grid):
    at(way, "population")
    qtbot.keyClicks(grid, "6")
    grid.editor.setText("6004")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    screen.ways.show("matrix")
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert screen.model.text(0, 0) == "5.945"
    screen.ways.show("commune")
    assert way.model.text(way.model.row_of("population"), Col.NOW) == "5.945"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14/01/2025", date(2025, 1, 14)),
        ("6-1-25", date(2025, 1, 6)),
        ("6/1", date(2025, 1, 6)),
        ("31/12", date(2024, 12, 31)),
        ("31/02/2025", None),
        ("hôm qua", None),
        ("", None),
    ],
)
def test_days_are_read_as_offices_write_them(text, day):
    assert read_day(text, date(2025, 1, 14)) == day


def test_a_target_of_the_search_opens_the_form(window, screen, way):
    code = way.communes.rows[7][0].code
    window.go(Target(Place.ENTRY, (("way", "commune"), ("unit", code), ("element", "measured"))))
    assert way.model.form.commune.code == code
    assert here(way) == ("measured", Col.NOW)


def test_a_period_without_figures_shows_an_empty_form(window, way):
    window.choose_period(Period.of_year(2025))
    assert way.model.count() == (0, 17)
    assert way.model.look(way.model.row_of("population")) is Look.BLANK
    assert way.life.why_not("check")


def test_a_difference_is_written_with_its_sign():
    assert [signed(amount) for amount in (750_000, -10_000, 0)] == ["+75", "\u22121", "0"]
    assert signed(2, places=1) == "+0,2"


def test_what_somebody_else_writes_takes_no_half_typed_cell_away(qtbot, window, screen, way, grid):
    at(way, "stunted")
    qtbot.keyClicks(grid, "12")
    uid = way.model.form.commune.uid
    with open_record(window.session.path) as record:
        entry.type_value(record, unit=uid, period=YEAR, element="under1", value=number(77))
    screen.load()
    assert way.model.text(way.model.row_of("under1"), Col.NOW) == "77"
    assert grid.is_editing
    assert grid.editor.text() == "12"
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert kept(window, way, "stunted").value == number(12)


def test_communes_are_found_by_name_without_marks_and_stepping_stays_among_them(qtbot, way, grid):
    panel = way.view.communes
    panel.filter.setText("che")
    shown = [commune.name for at, (commune, _state) in enumerate(way.communes.rows) if not panel.list.isRowHidden(at)]
    assert shown == ["Xã Chế Cu Nha", "Xã Chế Tạo"]
    way.step_commune(1)
    assert way.model.form.commune.name == "Xã Chế Cu Nha"
    way.step_commune(1)
    assert way.model.form.commune.name == "Xã Chế Tạo"
    way.step_commune(1)
    assert way.model.form.commune.name == "Xã Chế Tạo"
    panel.filter.clear()
    assert not any(panel.list.isRowHidden(at) for at in range(14))


def test_one_commune_alone_needs_no_list_and_none_says_what_to_do(way):
    for count, has_list, is_empty in ((14, True, False), (1, False, False), (0, False, True)):
        way.view.show_count(count)
        assert way.view.communes.isVisible() == has_list
        assert way.view.empty.isVisible() == is_empty
    way.view.set_compact(True)
    way.view.show_count(14)
    assert way.view.header.communes.isVisible()
    assert not way.view.communes.isVisible()
