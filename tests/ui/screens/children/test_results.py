"""The tab of results: what was found, in every group, and the form filled from it after a look."""

import pytest
from PySide6.QtCore import Qt

from desktop.application import values
from desktop.domain.growth.levels import Form
from desktop.domain.values import SCALE
from desktop.reports.growth_chart import Stroke, Words
from desktop.ui.screens.children.papers import open_nutrition
from desktop.ui.screens.children.results.areas import AreasDialog
from desktop.ui.screens.children.results.feeding import FeedingDialog
from desktop.ui.screens.children.results.part import ALL
from tests.ui.conftest import settle


@pytest.fixture
def results(qtbot, window, screen):
    screen.show_part("results")
    settle(qtbot, window)
    return screen.parts["results"]


def shown(results):
    groups = results.view.groups
    return [row.name for row in (*groups.groups.rows, *groups.together.rows)]


def test_the_whole_office_is_shown_with_which_measurement_counts(results):
    view = results.view
    assert view.reach.currentData() == ALL
    assert "trẻ trong danh sách" in view.told.text()
    assert "1/14 xã" in view.told.text()
    assert "lần cân đo cuối từ 01/01/2024 đến 31/12/2024" in view.how.text()
    assert len(shown(results)) == 15
    assert shown(results)[-1] == "Cộng chung"
    assert not results.screen.view.communes.isVisible()


def test_groups_follow_the_form_chosen_and_the_chart_names_who_was_not_measured(results):
    view = results.view
    view.forms.selectRow(2)
    assert view.groups.form is Form.WASTING
    assert "Gầy còm" in view.chart_title.text()
    view.forms.selectRow(0)
    drawn = {mark.text for mark in view.chart.drawing().marks if isinstance(mark, Words)}
    assert {"chưa có số đo", "vượt"} <= drawn
    results.choose_grouping("ages")
    assert shown(results)[:2] == ["0–5 tháng", "6–11 tháng"]
    results.choose_grouping("villages")
    assert "Hua Khắt" in shown(results)[-2] + shown(results)[0] + shown(results)[1]


def test_the_trend_goes_by_periods_or_by_sessions(results):
    view = results.view
    assert [row.name for row in view.trend.points.rows] == ["năm 2023", "năm 2024"]
    view.by_session.click()
    assert [row.name for row in view.trend.points.rows] == ["12/12/2023", "10/06/2024", "10/12/2024"]
    assert "từ 12/12/2023" in view.moved.text()
    view.as_chart.click()
    assert view.trend_chart.isVisible()
    assert not view.trend.isVisible()
    assert "10/06/2024" in view.trend_chart.accessibleName()
    dashed = [mark for mark in view.trend_chart.drawing().marks if isinstance(mark, Stroke) and mark.dash]
    assert len(dashed) == sum(len(way.steps) > 1 for way in results.found.ways[:2])


def test_a_session_or_a_commune_alone_may_be_asked_for(qtbot, window, results):
    view = results.view
    view.counted.setCurrentIndex(2)
    results.compute()
    settle(qtbot, window)
    assert "10/06" in view.how.text()
    uid = window.session.communes[1].uid
    view.reach.setCurrentIndex(view.reach.findData(uid))
    results.choose_reach(uid)
    settle(qtbot, window)
    assert results.screen.commune.uid == uid
    assert view.empty.title.text() == "Trong kỳ chưa có trẻ nào được cân đo"


def test_the_form_is_filled_after_a_look_and_what_was_typed_stays(qtbot, window, results):
    session = window.session
    code = session.communes[0].code
    dialog = FeedingDialog(window, session, unit=None, sessions=None)
    qtbot.addWidget(dialog)
    settle(qtbot, window)
    kept = [row for row in dialog.rows.rows if not row.is_written]
    assert len(kept) == 3
    assert not dialog.deed.isEnabled()
    assert "gầy còm" in dialog.lacking.text()
    dialog.replaces.setChecked(True)
    assert dialog.deed.isEnabled()
    dialog.write()
    settle(qtbot, window)
    (told,) = values.value_rows(session.record, period=session.period, unit=code, element="measured")
    assert told.value.amount == results.found.results.found.total.measured * SCALE


def test_the_report_is_seen_before_it_is_printed(qtbot, window, results):
    dialog = open_nutrition(results.view, window.session, unit=None, sessions=None)
    settle(qtbot, window)
    assert dialog.pages.pages is not None
    assert dialog.save.isEnabled()
    dialog.reject()


def test_areas_are_said_for_many_communes_with_keys_and_counted_apart(qtbot, window, results, monkeypatch):
    def said(dialog):
        dialog.day.setText("04/06/2021")
        dialog.basis.setText("Quyết định 861/QĐ-TTg")
        dialog.table.setFocus()
        dialog.table.selectRow(0)
        qtbot.keyClick(dialog.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        for key in "3K":
            dialog.acts[key].click()
        dialog.day.setText("31/31/2021")
        assert not dialog.deed.isEnabled()
        dialog.day.setText("04/06/2021")
        assert [(one.area, one.is_hard) for one in dialog.rows.rows[:3]] == [
            ("III", True),
            ("III", True),
            (None, False),
        ]
        dialog.write()

    results.choose_grouping("areas")
    assert results.view.undeclared.isVisible()
    monkeypatch.setattr(AreasDialog, "exec", said)
    results.view.say_areas.click()
    settle(qtbot, window)
    assert shown(results) == ["Xã khu vực III", "Xã đặc biệt khó khăn"]
    assert not results.view.undeclared.isVisible()
    window.step_history("undo")
    settle(qtbot, window)
    assert results.view.undeclared.isVisible()


def test_what_the_form_says_else_is_asked_anew_when_the_form_changes(qtbot, window, results):
    view, code = results.view, window.session.communes[0].code
    assert view.differs.isVisible()
    kept = values.value_rows(window.session.record, period=window.session.period, unit=code, element="stunted")
    dialog = FeedingDialog(window, window.session, unit=None, sessions=None)
    qtbot.addWidget(dialog)
    settle(qtbot, window)
    dialog.replaces.setChecked(True)
    dialog.write()
    qtbot.waitUntil(lambda: not view.differs.isVisible(), timeout=10_000)
    window.step_history("undo")
    qtbot.waitUntil(view.differs.isVisible, timeout=10_000)
    assert kept == values.value_rows(window.session.record, period=window.session.period, unit=code, element="stunted")


def test_where_there_is_little_room_the_groups_have_a_page_of_their_own(results):
    view = results.view
    view.set_compact(True)
    view.choose_page("groups")
    assert not view.top.isVisible()
    assert not view.right.isVisible()
    assert "trẻ trong danh sách" in view.reached.text()
    view.form_choice.setCurrentIndex(2)
    view.form_choice.activated.emit(2)
    assert view.groups.form is Form.WASTING
    view.choose_page("chart")
    assert not view.left.isVisible()
    view.set_compact(False)
    assert view.top.isVisible()
    assert view.right.isVisible()
