"""The first start: office, plans, how to begin; nothing is made before the last step."""

import pytest
from PySide6.QtCore import Qt

from desktop.application import offices
from desktop.application.records import open_record, setting
from desktop.system.settings import Settings
from desktop.ui import app
from desktop.ui.places import Place
from tests.ui.conftest import settle
from tests.ui.offices import NOW, TODAY


@pytest.fixture
def window(qtbot, styled, tmp_path):
    made = app.make_window(tmp_path / "moi.sotramdb", kept=Settings(maximised=False), now=lambda: NOW, today=TODAY)
    qtbot.addWidget(made, before_close_func=lambda window: window.session.jobs.close())
    made.show()
    app.begin(made)
    settle(qtbot, made)
    yield made
    made.session.jobs.close()


@pytest.fixture
def guide(window):
    return window.guide.view


def find(qtbot, guide, text):
    qtbot.keyClicks(guide.search, text)
    qtbot.waitUntil(lambda: guide.seats.count() > 0, timeout=20_000)


def test_the_window_begins_with_the_guide_alone(window, guide):
    assert guide.isVisible()
    assert not window.navigation.isVisible()
    assert not guide.next.isEnabled()


def test_an_office_is_found_without_marks_and_named_as_offices_are(qtbot, guide):
    find(qtbot, guide, "mu cang chai")
    assert guide.name.text().startswith("Trung tâm Y tế huyện Mù C")
    assert guide.next.isEnabled()


def test_the_plans_of_the_province_are_ticked(qtbot, guide):
    find(qtbot, guide, "mu cang chai")
    guide.next.click()
    choice = guide.choice()
    assert set(choice.plans) == {"62-NQ/TU-yen-bai", "55/KH-UBND-yen-bai"}


def test_nothing_is_made_before_the_last_step_and_then_the_matrix_is_open(qtbot, window, guide):
    find(qtbot, guide, "mu cang chai")
    guide.next.click()
    guide.next.click()
    assert not window.session.path.exists()
    qtbot.mouseClick(guide.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.place is Place.ENTRY, timeout=30_000)
    assert window.navigation.isVisible()
    assert window.screens[Place.ENTRY].model.rowCount() == 14
    with open_record(window.session.path) as record:
        assert offices.office(record, on=window.session.period.last).level == "district"
        assert not setting(record, "sample")


def test_an_area_needs_its_communes_and_its_name(qtbot, guide):
    guide.levels.button(1).setChecked(True)
    find(qtbot, guide, "lao cai")
    assert guide.communes.count() > 50
    assert not guide.next.isEnabled()
    guide.communes.item(0).setCheckState(Qt.CheckState.Checked)
    qtbot.keyClicks(guide.name, "TTYT khu vuc Mu Cang Chai")
    assert guide.next.isEnabled()


def test_the_sample_year_is_marked_as_sample_and_can_be_put_aside(qtbot, window, guide):
    find(qtbot, guide, "mu cang chai")
    guide.show_step(2)
    guide.sample.setChecked(True)
    guide.next.click()
    qtbot.waitUntil(lambda: window.place is Place.OVERVIEW, timeout=60_000)
    settle(qtbot, window)
    assert window.header.sample.isVisible()
    window.session.jobs.stop_all()
    window.session.let_go()
    window.session.path.unlink()
    window.session.restarted.emit()
    assert window.guide.view.isVisible()
    settle(qtbot, window)
