"""A record that cannot be opened at the start: somebody else has it, or its stick is not there."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from db import driver
from desktop.system.settings import Settings
from desktop.ui import app
from desktop.ui.dialogs.ask import Ask
from desktop.ui.places import Place
from tests.ui import offices
from tests.ui.conftest import settle


@pytest.fixture
def held(record):
    """The record, held by another program."""
    connection = driver.connect(str(record))
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("BEGIN EXCLUSIVE")
    yield connection
    connection.close()


@pytest.fixture
def closed_window(qtbot, styled, record):
    kept = Settings(period="2024", place="entry", maximised=False)
    made = app.make_window(record, kept=kept, now=lambda: offices.NOW, today=offices.TODAY)
    qtbot.addWidget(made, before_close_func=lambda window: window.session.jobs.close())
    made.show()
    return made


def answered(*deeds):
    """Answer one question after another; what was asked."""
    asked = []

    def act():
        shown = QApplication.activeModalWidget()
        if not isinstance(shown, Ask):
            QTimer.singleShot(50, act)
            return
        asked.append([part.text() for part in shown.buttons.values()])
        deed = deeds[len(asked) - 1]
        if len(asked) < len(deeds):
            QTimer.singleShot(50, act)
        shown.buttons[deed() if callable(deed) else deed].click()

    QTimer.singleShot(0, act)
    return asked


def test_a_record_in_use_is_tried_again_until_it_is_free(qtbot, closed_window, held):
    def free():
        held.execute("ROLLBACK")
        held.close()
        return "again"

    asked = answered("again", free)
    app.open_patiently(closed_window)
    settle(qtbot, closed_window)
    assert asked == [["Đóng chương trình", "Thử lại"]] * 2
    assert closed_window.place is Place.ENTRY
    assert closed_window.screens[Place.ENTRY].model.rowCount() == 14


def test_giving_up_closes_the_window(qtbot, closed_window, held):
    answered("close")
    app.open_patiently(closed_window)
    assert not closed_window.isVisible()
