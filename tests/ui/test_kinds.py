"""Estimates and assigned figures in both ways: the switch, the decision, dividing a total, proposals."""

from datetime import date

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop.application import assigned, entry
from desktop.application.records import open_record
from desktop.domain.periods import Period
from desktop.domain.values import Kind, number
from desktop.ui.places import Place
from desktop.ui.screens.entry.commune.lines import Col
from desktop.ui.screens.entry.kinds.decision import DecisionDialog
from desktop.ui.screens.entry.kinds.distribution import DistributionDialog
from desktop.ui.screens.entry.kinds.proposals import ProposalsDialog
from desktop.ui.screens.entry.looks import Look
from tests.ui.conftest import settle

YEAR = Period.of_year(2024)


@pytest.fixture
def screen(window):
    made = window.screens[Place.ENTRY]
    made.ways.show("commune")
    made.ways.shown.view.grid.setFocus()
    return made


def kept(window, row, column, kind):
    with open_record(window.session.path) as record:
        made = entry.matrix(record, form="commune", period=window.session.period, kind=kind, checked=False)
    return made.rows[row].cells[column].figure.value


def test_a_figure_is_typed_as_the_kind_that_is_shown(qtbot, window, screen):
    actual = kept(window, 0, 0, Kind.ACTUAL)
    screen.kinds.choose(Kind.ESTIMATE)
    grid = screen.ways.shown.view.grid
    grid.go(1, Col.NOW)
    qtbot.keyClicks(grid, "6000")
    qtbot.keyClick(grid.editor if grid.is_editing else grid, Qt.Key.Key_Return)
    assert kept(window, 0, 0, Kind.ESTIMATE) == number(6000)
    assert kept(window, 0, 0, Kind.ACTUAL) == actual
    screen.ways.show("matrix")
    assert screen.model.text(0, 0) == "6.000"
    screen.kinds.choose(Kind.ACTUAL)
    assert screen.model.text(0, 0) == "5.945"


def test_estimates_have_no_steps_and_no_gaps(screen):
    screen.kinds.choose(Kind.ESTIMATE)
    way = screen.ways.shown
    assert way.view.foot.buttons["complete"].isHidden()
    assert way.view.header.state.isHidden()
    assert way.model.look(way.model.row_of("population")) is Look.BLANK
    assert not screen.kinds.strip.isHidden()
    screen.kinds.choose(Kind.ACTUAL)
    assert not way.view.foot.buttons["complete"].isHidden()
    assert screen.kinds.strip.isHidden()


def test_another_page_leads_to_the_figures_of_a_kind(window, screen):
    unit, element = screen.model.rows[3].commune.code, screen.model.columns[2].element.code
    window.session.go(Place.ENTRY, way="matrix", unit=unit, element=element, kind="estimate")
    assert screen.kind is Kind.ESTIMATE
    assert screen.kinds.list.currentText() == "Ước thực hiện"
    current = screen._view.grid.currentIndex()
    assert (current.row(), current.column()) == (3, 2)


def test_figures_are_assigned_for_whole_years_only(window, screen):
    screen.kinds.choose(Kind.ASSIGNED)
    assert screen.kind is Kind.ASSIGNED
    window.choose_period(Period.parse("2024Q3"))
    assert screen.kind is Kind.ACTUAL
    assert screen.kinds.list.currentIndex() == 0


def test_the_decision_stands_beside_the_assigned_figures(window, screen):
    screen.kinds.choose(Kind.ASSIGNED)
    dialog = DecisionDialog(window, window.session, "commune")
    dialog.number.setText("12/QĐ-UBND")
    dialog.day.setText("ngày mai")
    dialog.save.click()
    assert not dialog.wrong.isHidden()
    dialog.day.setText("5/1/2024")
    dialog.save.click()
    with open_record(window.session.path) as record:
        held = assigned.decision(record, form="commune", year=2024)
    assert held is not None
    assert (held.number, held.decided_on) == ("12/QĐ-UBND", date(2024, 1, 5))
    assert "12/QĐ-UBND ngày 05/01/2024" in screen.kinds.strip.text.text()


def test_a_total_is_divided_by_a_rule_one_sees_and_undone_at_once(qtbot, window, screen):
    screen.kinds.choose(Kind.ASSIGNED)
    dialog = DistributionDialog(window, window.session, form="commune", element="insured")
    assert not dialog.write.isEnabled()
    dialog.total.setText("60.000")
    assert dialog.write.isEnabled()
    assert sum(part.value.amount for part in dialog.found.parts) == 60_000 * 10_000
    dialog.rule.setCurrentIndex(2)
    assert {part.value.amount // 10_000 for part in dialog.found.parts} <= {4285, 4286}
    dialog.write.click()
    assert kept(window, 0, 1, Kind.ASSIGNED) in (number(4285), number(4286))
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert kept(window, 0, 1, Kind.ASSIGNED).amount is None
    assert screen.ways.shown.model.count()[0] == 0


def test_proposals_are_shown_with_their_rule_and_taken_as_estimates(qtbot, window, screen):
    window.choose_period(Period.of_year(2025))
    screen.kinds.choose(Kind.ESTIMATE)
    shown = []

    def take():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ProposalsDialog)
        shown.extend(dialog.proposals)
        dialog.take.click()

    timer = QTimer(interval=20)
    timer.timeout.connect(lambda: take() if QApplication.activeModalWidget() else None)
    timer.start()
    screen.kinds.strip.propose.click()
    qtbot.waitUntil(lambda: bool(shown), timeout=10_000)
    timer.stop()
    settle(qtbot, window)
    way = screen.ways.shown
    first = shown[0]
    assert {one.commune.code for one in shown} == {way.model.form.commune.code}
    assert way.model.value(way.model.row_of(first.element.code)) == first.value
