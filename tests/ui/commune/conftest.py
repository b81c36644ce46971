"""One commune's form in the window: fixtures and what the record holds, asked through a connection of its own."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop.application import commune_form
from desktop.application.records import open_record
from desktop.domain.periods import Period
from desktop.ui.dialogs.ask import Ask
from desktop.ui.places import Place
from desktop.ui.screens.entry.commune.lines import Col

YEAR = Period.of_year(2024)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(window):
    made = window.screens[Place.ENTRY]
    made.ways.show("commune")
    return made


@pytest.fixture
def way(screen):
    screen.ways.shown.view.grid.setFocus()
    return screen.ways.shown


@pytest.fixture
def grid(way):
    return way.view.grid


@pytest.fixture
def panel(qtbot, screen, way):
    qtbot.waitUntil(lambda: bool(screen.side.panel.model.groups), timeout=10_000)
    screen.side.panel.model.fold_all_but(None)
    return screen.side.panel


def at(way, element, column=Col.NOW):
    way.view.grid.go(way.model.row_of(element), column)


def here(way):
    current = way.view.grid.currentIndex()
    return way.model.lines[current.row()].code, Col(current.column())


def kept(window, way, element):
    """What the record holds in a cell, asked through a connection of its own."""
    with open_record(window.session.path) as record:
        made = commune_form.commune_form(
            record, unit=way.model.form.commune.code, form="commune", period=window.session.period
        )
    return next(line.figure for line in made.lines if line.column.element.code == element)


def answer(key, reason=None):
    """Answer the next question."""

    def act():
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, Ask)
        if reason is not None:
            asked.field.setText(reason)
        asked.buttons[key].click()

    QTimer.singleShot(0, act)
