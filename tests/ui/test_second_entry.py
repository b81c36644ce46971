"""Double entry: reachable only where it is switched on, blind while typed, compared, settled, undone."""

import pytest
from PySide6.QtCore import Qt

from desktop.application import catalogue, double_entry, duties, entry
from desktop.domain.periods import Period
from desktop.domain.values import number
from desktop.ui.places import Place
from desktop.ui.screens.entry.second.model import SECOND
from desktop.ui.screens.entry.ways import MATRIX
from tests.ui.conftest import settle

YEAR = Period.of_year(2024)


def switch(window, *forms):
    window.session.write(lambda record: double_entry.put_entered_twice(record, forms=forms))


@pytest.fixture
def way(qtbot, window):
    switch(window, "commune")
    screen = window.screens[Place.ENTRY]
    screen.ways.show("second")
    settle(qtbot, window)
    return screen.ways.shown


def type_into(qtbot, grid, row, text):
    grid.setFocus()
    grid.go(row, SECOND)
    qtbot.keyClicks(grid, text)
    qtbot.keyClick(grid.editor if grid.is_editing else grid, Qt.Key.Key_Return)


def first(window, uid, element):
    found = entry.matrix(window.session.record, form="commune", period=YEAR, checked=False)
    at = next(n for n, column in enumerate(found.columns) if column.element.code == element)
    return next(row.cells[at].figure.value for row in found.rows if row.commune.uid == uid)


def test_it_is_offered_only_where_it_is_switched_on(window):
    screen = window.screens[Place.ENTRY]
    tab = screen.view.tabs["second"]
    assert tab.isHidden()
    switch(window, "commune")
    assert not tab.isHidden()
    screen.ways.show("second")
    switch(window)
    assert tab.isHidden()
    assert screen.ways.name == MATRIX


def test_the_first_entry_is_not_seen_while_one_types(way):
    model = way.model
    assert [model.text(row, SECOND) for row in range(model.rowCount())] == [""] * model.rowCount()
    assert way.view.communes.isColumnHidden(2)


def test_what_is_typed_a_second_time_is_no_figure(qtbot, window, way):
    uid = way.commune.uid
    before = first(window, uid, "population")
    type_into(qtbot, way.view.grid, 0, "9.999")
    assert way.view.grid.currentIndex().row() == 1
    held = double_entry.second(window.session.record, form="commune", period=YEAR)
    assert held == {uid: {"population": number(9999)}}
    assert first(window, uid, "population") == before


def test_differing_cells_are_compared_and_the_second_taken(qtbot, window, way):
    uid = way.commune.uid
    type_into(qtbot, way.view.grid, 0, "9.999")
    way.show_page("compare")
    found = way.view.differing.rows
    assert found[0].difference.second == number(9999)
    assert len(found) == len(way.model.lines)
    way.view.table.selectRow(0)
    way.view.take_second.click()
    assert first(window, uid, "population") == number(9999)
    assert len(way.view.differing.rows) == len(found) - 1
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert first(window, uid, "population") != number(9999)
    assert len(way.view.differing.rows) == len(found)


def test_taking_the_first_for_many_cells_makes_them_agree(qtbot, window, way):
    type_into(qtbot, way.view.grid, 0, "9.999")
    way.show_page("compare")
    way.view.table.selectAll()
    way.view.take_first.click()
    assert not way.view.differing.rows
    assert not way.view.agree.isHidden()


def test_refused_text_stays_in_the_cell(qtbot, window, way):
    type_into(qtbot, way.view.grid, 0, "12x4")
    assert way.view.grid.is_editing
    way.view.grid.give_up()
    assert not double_entry.second(window.session.record, form="commune", period=YEAR)


def test_control_page_down_goes_to_the_next_commune(qtbot, way):
    before = way.commune.uid
    way.view.grid.go(3, SECOND)
    qtbot.keyClick(way.view.grid, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert way.commune.uid != before
    assert way.view.grid.currentIndex().row() == 3


def test_the_office_switches_its_habits_under_administration(qtbot, window):
    admin = window.show_place(Place.ADMIN)
    habits = admin.view.habits
    assert not habits.two_people.isChecked()
    habits.two_people.click()
    habits.forms["commune"].click()
    assert duties.two_people(window.session.record)
    assert catalogue.entered_twice(window.session.record) == {"commune"}
    habits.forms["commune"].click()
    assert catalogue.entered_twice(window.session.record) == frozenset()
