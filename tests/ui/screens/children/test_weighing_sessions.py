"""Findings, filters, sessions and what stands beside the list."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from desktop.application import growth, weighing
from desktop.application.growth_charts import measured as as_visit
from desktop.application.records import open_record
from desktop.domain.findings import Severity
from desktop.domain.growth.scores import Index
from desktop.ui.places import Place
from desktop.ui.screens.children.weighing.columns import Col
from desktop.ui.screens.children.weighing.counts import count
from desktop.ui.screens.children.weighing.rows import State
from tests.ui.conftest import settle
from tests.ui.screens.children.looking import CONTROL, here, kept, typed, uid_at, waiting


def test_a_digit_slip_is_a_finding_beside_the_list_and_is_mended_by_its_button(qtbot, window, part, grid):
    at = waiting(part)
    uid = uid_at(part, at)
    right = round(part.model.row(at).before.lenhei + 30, -1)
    grid.go(at, Col.WEIGHT)
    typed(qtbot, grid, "9,9", Qt.Key.Key_Tab)
    typed(qtbot, grid, f"{right / 100:.1f}".replace(".", ","))
    row = part.model.by_uid(uid)
    assert any(finding.severity is Severity.ERROR for finding in row.findings)
    assert row.standing.state is State.FAULTY
    part.view.side.show_page("findings")
    card = next(card for card in part.view.side.list.cards if card.finding.unit == f"uid:{uid}")
    assert card.finding.mend
    card.mend_asked.emit(card.finding)
    assert kept(window, uid).lenhei == right
    assert not any(finding.severity is Severity.ERROR for finding in part.model.by_uid(uid).findings)


def test_f8_goes_from_finding_to_finding(qtbot, part, grid):
    grid.go(0, Col.WEIGHT)
    places = part.found.places()
    assert places
    qtbot.keyClick(part.view, Qt.Key.Key_F8)
    assert here(grid) == next(((row, Col(column)) for row, column in places if (row, column) > (0, Col.WEIGHT)), None)


def test_the_counts_speak_of_the_list(part):
    told = part.view.done.text()
    rows = part.model.all_rows
    measured = sum(row.is_measured for row in rows)
    assert f"{measured}/{len(rows)}" in told
    assert "Thấp còi" in part.view.rates.text()
    part._show_side()
    estimate = next(
        one
        for one in growth.rates([as_visit(row.child, row.now) for row in rows if row.is_measured]).estimates
        if (one.group, one.index, one.cutoff) == ("All", "HA", "-2")
    )
    share = count(rows).shares[Index.HA]
    assert (share.cases, share.among) == (round(estimate.value * estimate.n / 100), estimate.n)
    assert f"({estimate.lower:.1f}–{estimate.upper:.1f})".replace(".", ",") in part.view.rates.text()


def test_filters_and_a_search_without_marks_narrow_the_list(qtbot, part):
    part.view.filters["absent"].click()
    assert [part.model.row(at).is_absent for at in range(part.model.rowCount())] == [True] * part.model.rowCount()
    part.view.filters["all"].click()
    part.view.search.setText("giang a")
    assert part.model.rowCount()
    found = [part.model.row(at).child for at in range(part.model.rowCount())]
    assert all("Giàng" in f"{child.name} {child.mother}" for child in found)
    part.view.search.setText("khong co ai")
    assert part.view.nothing.isVisible()
    part.view.unfilter.click()
    assert part.model.rowCount() == len(part.model.all_rows) + 1


def test_a_child_measured_under_a_filter_stays_under_the_hand(qtbot, part, grid):
    part.view.filters["waiting"].click()
    count = part.model.rowCount()
    grid.go(0, Col.WEIGHT)
    typed(qtbot, grid, "9,8")
    assert part.model.rowCount() == count
    assert here(grid) == (1, Col.WEIGHT)


def test_another_session_and_another_commune_show_their_lists(qtbot, window, screen, part):
    assert [part.view.sessions.itemText(at) for at in range(part.view.sessions.count())] == [
        "Đợt 12/2024 (10/12)",
        "Đợt 06/2024 (10/06)",
    ]
    part.view.sessions.setCurrentIndex(1)
    part.view.sessions.activated.emit(1)
    assert part.held.first == date(2024, 6, 10)
    screen.choose_commune(window.session.communes[1].uid)
    assert part.held is None
    assert "chưa có đợt cân đo" in part.view.empty.title.text()
    assert part.view.first.isVisible()


def test_a_session_is_opened_with_its_day(qtbot, window, screen, part, monkeypatch):
    from desktop.ui.screens.children.weighing.sessions import SessionDialog

    screen.choose_commune(window.session.communes[1].uid)
    asked = []

    def accept(dialog):
        dialog.first.setText("5/12/2024")
        asked.append(dialog.deed.isEnabled())
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(SessionDialog, "exec", accept)
    part.view.first.click()
    assert asked == [True]
    assert part.held.first == date(2024, 12, 5)
    assert part.model.is_new_line(0)


def test_a_session_is_renamed_and_one_with_measurements_is_not_struck(qtbot, window, screen, part, monkeypatch, said):
    from desktop.ui.dialogs import ask
    from desktop.ui.screens.children.weighing.sessions import SessionDialog

    def accept(dialog):
        dialog.name.setText("Ngày vi chất đợt 2")
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(SessionDialog, "exec", accept)
    part.view.menu_change.trigger()
    assert part.view.sessions.currentText() == "Ngày vi chất đợt 2 (10/12)"
    monkeypatch.setattr(ask, "confirm", lambda *_words, **_more: "")
    part.view.menu_strike.trigger()
    assert part.held is not None
    assert "đã được cân đo" in said[-1] or "cân đo" in said[-1]


def test_a_session_opened_by_mistake_leaves_the_lists_and_comes_back(qtbot, window, screen, part, monkeypatch):
    from desktop.application.weighing import NewSession
    from desktop.ui.dialogs import ask

    with open_record(window.session.path) as record:
        weighing.open_session(record, new=NewSession(screen.commune.uid, date(2024, 12, 20)), source="cli")
    screen.load()
    count = part.view.sessions.count()
    part.sessions.choose(part.view.sessions.itemData(0))
    assert part.held.first == date(2024, 12, 20)
    monkeypatch.setattr(ask, "confirm", lambda *_words, **_more: "")
    part.view.menu_strike.trigger()
    assert part.view.sessions.count() == count - 1
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert part.view.sessions.count() == count


def test_three_hundred_children_need_no_widget_each(part):
    from PySide6.QtWidgets import QWidget

    count = len(part.grid.findChildren(QWidget))
    part.model.show(part.model.all_rows * 5, part.model.day)
    assert part.model.rowCount() > 300
    assert len(part.grid.findChildren(QWidget)) == count


def test_the_child_in_hand_is_shown_with_its_history_and_what_was_just_typed(qtbot, window, part, grid):
    at = waiting(part)
    grid.go(at, Col.WEIGHT)
    qtbot.waitUntil(lambda: part.view.side.name.text() == part.model.row(at).child.name)
    before = part.view.side.visits.visits.rowCount()
    typed(qtbot, grid, "9,8", Qt.Key.Key_Up)
    grid.go(at, Col.LENHEI)
    qtbot.waitUntil(lambda: part.view.side.name.text() == part.model.row(at).child.name)
    qtbot.waitUntil(lambda: part.view.side.visits.visits.rowCount() == min(before + 1, 3))
    assert part.view.side.visits.visits.rows[0].measurement.weight == 9800


def test_the_page_has_its_place_its_keys_and_its_help(qtbot, window, screen):
    assert window.navigation.rows[Place.CHILDREN].isChecked()
    assert "V: vắng" in screen.hint()
    window.show_place(Place.OVERVIEW)
    number = list(window.navigation.rows).index(Place.CHILDREN) + 1
    qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.AltModifier)
    assert window.place is Place.CHILDREN
    window.show_help()
    assert window.help_window.text.toPlainText().startswith("Trẻ em")
    window.help_window.close()


def test_each_list_shown_is_noted_once_in_the_access_log(qtbot, window, screen):
    from desktop.application import access

    settle(qtbot, window)
    screen.load()
    looks = [look for look in access.log(window.session.record) if look.what == "session"]
    assert len(looks) == 1
    assert looks[0].rows == 60
