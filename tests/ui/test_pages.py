"""Every page shows rows of the record, leads where it says, and can be used without a mouse or without eyes."""

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)

from desktop.application import backups, offices
from desktop.application.records import open_record
from desktop.domain.plans.status import Status
from desktop.ui.places import Place, Target
from desktop.ui.screens.overview.todo import todos
from desktop.ui.shell.navigation import ORDER, place_name
from desktop.ui.shell.search import hits
from tests.ui.conftest import settle
from tests.ui.offices import TODAY

PLACES = [place for place, _icon, _name in ORDER] + [Place.IMPORTS]


def shown(qtbot, window, place):
    screen = window.show_place(place)
    settle(qtbot, window)
    return screen


def test_the_overview_says_the_state_in_one_sentence(qtbot, busy_window):
    screen = shown(qtbot, busy_window, Place.OVERVIEW)
    said = screen.view.sentence.accessibleName()
    assert said.startswith("Năm 2024: ")
    assert "/14 xã xong biểu" in said
    assert "chỉ tiêu đạt hoặc đúng lộ trình" in said
    judged = screen.picture.targets
    assert judged
    assert Status.NOT_MEASURABLE not in {row.judgement.status for row in judged}


def test_what_to_do_leads_to_where_it_is_done(qtbot, busy_window):
    screen = shown(qtbot, busy_window, Place.OVERVIEW)
    first = screen.view.todo_model.rows[0]
    assert first.what.startswith("Sửa")
    screen.view.todo.setCurrentIndex(screen.view.todo_model.index(0, 0))
    qtbot.keyClick(screen.view.todo, Qt.Key.Key_Return)
    assert busy_window.place is Place.ENTRY
    grid = busy_window.screens[Place.ENTRY].view.grid
    assert grid.matrix_model.rows[grid.currentIndex().row()].commune.code == first.target.get("unit")


def test_exchanging_keys_grows_louder_when_forms_are_ready(qtbot, window):
    screen = shown(qtbot, window, Place.OVERVIEW)
    quiet = [
        todo for todo in todos(screen.picture, today=TODAY, has_own_parent=False) if todo.target.place is Place.EXCHANGE
    ]
    from dataclasses import replace

    ready = replace(screen.picture, forms=tuple(replace(row, state="complete") for row in screen.picture.forms))
    loud = [todo for todo in todos(ready, today=TODAY, has_own_parent=False) if todo.target.place is Place.EXCHANGE]
    assert quiet[0].what == "Sắp cần trao đổi khóa"
    assert loud[0].what == "Trao đổi khóa với cấp trên"
    assert "14" in loud[0].where
    assert quiet[0].sign != loud[0].sign


def test_a_target_is_explained_down_to_the_sentence_of_the_plan(qtbot, window):
    screen = shown(qtbot, window, Place.INDICATORS)
    screen.go(Target(Place.INDICATORS, (("plan", "62-NQ/TU-yen-bai"), ("indicator", "stunting_rate"))))
    settle(qtbot, window)
    told = " ".join(label.text() for label in screen.view.source.findChildren(QWidget) if hasattr(label, "text"))
    assert "suy dinh dưỡng" in told
    assert "trẻ suy dinh dưỡng thể thấp còi" in told
    assert "stunted" not in told


def test_the_list_of_targets_is_filtered_without_marks(qtbot, window):
    screen = shown(qtbot, window, Place.INDICATORS)
    before = screen.view.model.rowCount()
    screen.view.filter.setText("bao hiem")
    assert 0 < screen.view.model.rowCount() < before
    screen.view.filter.setText("không có gì như thế")
    assert screen.view.empty.isVisible()


def test_the_catalogue_lists_units_plans_and_tasks(qtbot, window):
    screen = shown(qtbot, window, Place.CATALOGUE)
    for tab in ("elements", "indicators", "plans", "tasks"):
        screen.choose(tab)
        assert screen.view.tables[tab].rows_model.rowCount() > 1
    screen.choose("units")
    screen.view.filter.setText("mu cang chai")
    assert screen.view.units.tree.narrow("mu cang chai") >= 1


def test_a_backup_is_made_checked_and_told(qtbot, window, tmp_path):
    window.session.keep(backup_folder=str(tmp_path / "sao lưu"))
    screen = shown(qtbot, window, Place.ADMIN)
    qtbot.mouseClick(screen.view.make, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    made = list((tmp_path / "sao lưu").glob("*.sotramdb"))
    assert len(made) == 1
    assert backups.verify_backup(made[0]) == []
    window.show_facts()
    assert window.status.backup.words.text().startswith("Sao lưu đã kiểm tra: hôm nay")


def test_the_letterhead_is_kept_from_the_beginning(qtbot, window):
    screen = shown(qtbot, window, Place.ADMIN)
    screen.view.show_tab("letterhead")
    screen.view.fields["signer_name"].setText("Hoàng Văn Sơn")
    qtbot.mouseClick(screen.view.keep, Qt.MouseButton.LeftButton)
    with open_record(window.session.path) as record:
        office = offices.office(record, on=window.session.period.last)
    assert office.letterhead.signer_name == "Hoàng Văn Sơn"


@pytest.mark.parametrize("text", ["la pan", "LA PÁN", "thap coi", "bao hiem y te", "bao cao"])
def test_anything_is_found_without_marks(window, text):
    assert hits(window.session, text)


def test_search_goes_to_the_commune(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.header.search.hasFocus()
    qtbot.keyClicks(window.header.search, "la pan tan")
    assert window.search_popup.isVisible()
    qtbot.keyClick(window.header.search, Qt.Key.Key_Return)
    grid = window.screens[Place.ENTRY].view.grid
    assert grid.matrix_model.rows[grid.currentIndex().row()].commune.name == "Xã La Pán Tẩn"


def test_alt_and_a_number_jump_to_a_place_and_ctrl_b_folds(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier)
    assert window.place is ORDER[5][0]
    qtbot.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert window.navigation.is_folded


def test_f1_opens_the_help_at_this_place(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.help_window.isVisible()
    assert window.help_window.text.toPlainText().startswith("Nhập số liệu")
    window.help_window.close()


def test_a_past_period_is_said_in_the_header(window):
    from desktop.domain.periods import Period

    window.choose_period(Period.of_year(2022))
    assert window.header.period.button.text() == "Năm 2022, kỳ cũ"


def test_the_status_bar_always_says_three_things(window):
    window.show_facts()
    words = [part.words.text() for part in (window.status.saved, window.status.backup, window.status.partner)]
    assert all(words)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_little_room_is_enough_for_every_page(qtbot, busy_window, place):
    busy_window.resize(911, 465)
    assert busy_window.is_compact
    screen = shown(qtbot, busy_window, place)
    assert screen.view.width() <= 911
    assert busy_window.height() <= 470
    assert busy_window.width() <= 911


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_everything_that_takes_the_focus_has_a_name(qtbot, busy_window, place):
    screen = shown(qtbot, busy_window, place)
    nameless = [
        f"{type(part).__name__} {part.objectName()}"
        for part in screen.view.findChildren(QWidget)
        if takes_focus(part) and not spoken(part)
    ]
    assert nameless == []


@pytest.mark.parametrize("place", [place for place in PLACES if place is not Place.ENTRY], ids=str)
def test_tab_reaches_everything_on_the_page(qtbot, busy_window, place):
    screen = shown(qtbot, busy_window, place)
    wanted = {part for part in screen.view.findChildren(QWidget) if takes_focus(part) and reachable(part)}
    busy_window.activateWindow()
    qtbot.waitUntil(busy_window.isActiveWindow)
    busy_window.header.search.setFocus()
    reached = set()
    for _step in itertools.repeat(None, 120):
        busy_window.focusNextChild()
        part = QApplication.focusWidget()
        if part is None or part is busy_window.header.search:
            break
        reached.add(part)
    missed = [f"{type(part).__name__} {spoken(part)}" for part in wanted - reached]
    assert missed == [], [f"{type(part).__name__} {spoken(part)}" for part in reached]


def takes_focus(part):
    kinds = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QAbstractItemView)
    return isinstance(part, kinds) and not isinstance(part, QScrollBar) and own(part)


def own(part):
    """Not a piece of one of Qt's own widgets: the view inside a list box, the button in a table's corner."""
    parent = part.parentWidget()
    while parent is not None:
        if isinstance(parent, (QComboBox, QAbstractItemView, QLineEdit)) or type(parent).__name__.startswith(
            "QComboBoxPrivate"
        ):
            return False
        parent = parent.parentWidget()
    return True


def reachable(part):
    policy = part.focusPolicy() & Qt.FocusPolicy.TabFocus
    return (
        bool(policy)
        and part.isVisible()
        and part.isEnabled()
        and not (isinstance(part, QAbstractButton) and exclusive(part))
    )


def exclusive(part):
    """Of tabs and radio buttons Tab reaches the chosen one; arrows do the rest."""
    return part.autoExclusive() and part.isCheckable() and not part.isChecked()


def spoken(part):
    text = part.text() if isinstance(part, QAbstractButton) else ""
    return part.accessibleName() or text or part.toolTip()


def test_pages_are_called_what_the_office_calls_them(window):
    assert [place_name(place) for place, _icon, _name in ORDER] == [
        "Tổng quan", "Nhập số liệu", "Trạm y tế", "Tiêu chí quốc gia", "Trẻ em", "Chỉ tiêu", "Báo cáo", "Gửi – nhận",
        "Danh mục", "Quản trị",
    ]  # fmt: skip
