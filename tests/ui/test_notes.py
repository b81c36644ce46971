"""Notes beside figures: typed, shown in both ways at once, without reading the matrix anew."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication

from desktop.application import commune_form, submissions
from desktop.application.records import open_record
from desktop.domain.periods import Period
from desktop.domain.values import number
from desktop.ui.screens.entry.commune.lines import Col

YEAR = Period.of_year(2024)


@pytest.fixture
def way(screen):
    screen.ways.show("commune")
    screen.ways.shown.view.grid.setFocus()
    return screen.ways.shown


def kept(window, unit, element):
    """What the record holds in a cell, asked through a connection of its own."""
    with open_record(window.session.path) as record:
        made = commune_form.commune_form(record, unit=unit, form="commune", period=YEAR)
    return next(line.figure for line in made.lines if line.column.element.code == element)


def test_a_note_is_typed_inline_with_vietnamese_composition(qtbot, window, way):
    grid = way.view.grid
    grid.go(way.model.row_of("population"), Col.NOTE)
    assert grid.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    qtbot.keyClicks(grid, "t")
    grid.editor.setText("theo sổ hộ tịch")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert kept(window, way.code, "population").note == "theo sổ hộ tịch"
    assert way.model.note(way.model.row_of("population")) == "theo sổ hộ tịch"
    assert kept(window, way.code, "population").value == number(5945)


def test_a_note_of_a_form_stands_in_the_matrix_which_is_not_read_anew(qtbot, window, screen, way):
    grid, row = way.view.grid, way.model.row_of("population")
    read_anew, read_form = QSignalSpy(screen.model.modelReset), QSignalSpy(way.model.modelReset)
    grid.go(row, Col.NOTE)
    qtbot.keyClicks(grid, "so ho tich")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    cell = screen.model.cell_at(way.model.form.commune.uid, "population")
    assert (cell.figure.note, cell.figure.value) == ("so ho tich", number(5945))
    assert (read_anew.count(), read_form.count()) == (0, 0)
    grid.go(row, Col.NOTE)
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    grid.editor.clear()
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return)
    assert kept(window, way.code, "population").note is None
    assert read_anew.count() == 0


def test_a_note_of_the_matrix_stands_in_the_form_and_is_taken_back_by_undo(qtbot, window, screen, way):
    unit, row = way.code, way.model.row_of("population")
    screen.ways.show("matrix")
    grid = screen.view.grid
    grid.go(0, screen.model.column_of("population"))
    read_anew = QSignalSpy(screen.model.modelReset)

    def answer():
        asked = QApplication.activeModalWidget()
        asked.field.setText("đã hỏi trạm")
        asked.buttons["deed"].click()

    QTimer.singleShot(0, answer)
    qtbot.keyClick(grid, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    assert kept(window, unit, "population").note == "đã hỏi trạm"
    assert read_anew.count() == 0
    assert way.model.note(row) == "đã hỏi trạm"
    window.step_history("undo")
    assert kept(window, unit, "population").note is None
    assert screen.model.cell(0, grid.currentIndex().column()).figure.note is None


def test_a_note_keeps_the_findings_of_its_cell(qtbot, window, screen, way):
    unit = next(row.commune.code for row in screen.model.rows if row.commune.name.endswith("Dế Su Phình"))
    way.show_commune(unit)
    row = way.model.row_of("stunted")
    qtbot.waitUntil(lambda: way.model.worst(row) is not None, timeout=10_000)
    way.view.grid.go(row, Col.NOTE)
    qtbot.keyClicks(way.view.grid, "hoi lai")
    qtbot.keyClick(way.view.grid.editor, Qt.Key.Key_Return)
    assert way.model.worst(row) is not None


@pytest.mark.parametrize("shown", ["matrix", "commune"])
def test_a_closed_form_says_why_at_the_first_key(qtbot, window, screen, shown):
    with open_record(window.session.path) as record:
        unit = screen.model.rows[0].commune.code
        submissions.complete(record, unit=unit, form="commune", period=YEAR, reason="chưa có")
        submissions.check(record, unit=unit, form="commune", period=YEAR)
    screen.load()
    screen.ways.show(shown)
    grid = screen.ways.grid
    grid.setFocus()
    for key in ("5", None):
        window.status.word.setText("")
        grid.go(0, 1) if shown == "matrix" else grid.go(screen.ways.shown.model.row_of("insured"), Col.NOW)
        qtbot.keyClicks(grid, key) if key else qtbot.keyClick(grid, Qt.Key.Key_F2)
        assert not grid.is_editing
        assert "đã kiểm tra" in window.status.word.text()


@pytest.mark.parametrize(
    ("element", "column", "told"),
    [
        ("population", Col.PAST, "số của kỳ khác"),
        ("population", Col.PLAN, "Chỉ tiêu giao"),
        ("population", Col.NAME, "chỉ để xem"),
        (None, Col.NOW, "Tỷ lệ do chương trình tính"),
    ],
)
def test_a_cell_that_is_only_read_says_where_it_is_typed(qtbot, window, way, element, column, told):
    row = way.model.row_of(element) if element else next(at for at, line in enumerate(way.model.lines) if line.rate)
    way.view.grid.go(row, column)
    qtbot.keyClicks(way.view.grid, "5")
    assert not way.view.grid.is_editing
    assert told in window.status.word.text()
