"""The list of children with a child's page, its statuses and charts, duplicates, and the follow-up list."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from desktop.application import child_care, children
from desktop.application.children import NewChild
from desktop.application.children_follow import Why
from desktop.application.records import open_record
from desktop.domain.child_care import Care, Degree, Treatment
from desktop.domain.children import Presence, Sex, Status
from desktop.domain.growth.scores import Index
from desktop.domain.text import sort_key
from desktop.ui.places import Place, Target
from desktop.ui.screens.children import erased
from desktop.ui.screens.children.listed.doubles import DoublesDialog
from desktop.ui.screens.children.listed.particulars import ParticularsDialog
from desktop.ui.screens.children.listed.status import StatusDialog
from desktop.ui.screens.children.weighing.columns import Col
from tests.ui.conftest import settle

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def listed(screen):
    screen.show_part("listed")
    return screen.parts["listed"]


@pytest.fixture
def follow(qtbot, window, screen):
    screen.show_part("follow")
    settle(qtbot, window)
    return screen.parts["follow"]


def answered(monkeypatch, dialog, fill):
    def accept(made):
        fill(made)
        assert made.deed.isEnabled()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(dialog, "exec", accept)


def test_ctrl_enter_opens_the_page_of_the_child_in_hand(qtbot, screen, part, grid):
    grid.go(4, Col.WEIGHT)
    name = part.model.row(4).child.name
    qtbot.keyClick(grid, Qt.Key.Key_Return, CONTROL)
    assert screen.shown == "listed"
    page = screen.part.view.page
    assert page.name.text() == name
    assert page.visits.visits.rowCount() == len(page.page.measurements)
    qtbot.keyClick(screen.part.view.table, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert screen.shown == "weighing"
    assert part.row_in_hand().child.name == name


def test_the_page_draws_three_charts_with_the_childs_points(listed):
    page = listed.view.page
    listed.show_child(next(f.child.uid for f in listed._listed if len(children.child_page(
        listed.session.record, uid=f.child.uid, log=False).measurements) == 3))  # fmt: skip
    for index in (Index.HA, Index.WA, Index.WH):
        chart = page.all_charts.charts[index]
        assert chart.isVisibleTo(page)
        assert page.name.text() in chart.accessibleName()
        assert chart.drawing() is not None
    near = page.all_charts.charts[Index.HA].drawing()
    page.whole.click()
    assert page.all_charts.charts[Index.HA].drawing() != near


def test_without_sex_or_birth_date_the_page_says_why_it_draws_nothing(qtbot, window, screen, listed):
    unit = screen.commune.uid
    with open_record(window.session.path) as record:
        (uid,) = children.register(record, new=[NewChild(unit, "Vàng Thị Dúa")], source="cli").uids
    screen.load()
    listed.go(Target(Place.CHILDREN, (("child", uid),)))
    assert "giới tính" in listed.view.page.all_charts.why.text()


def test_a_child_is_found_without_marks_by_its_mother_and_by_its_birth_date(qtbot, listed):
    child = listed._listed[7].child
    for text in (child.name, child.mother, f"{child.birth_date:%d/%m/%Y}"):
        listed.view.search.setText(text)
        listed._seek()
        assert child.uid in [found.child.uid for found in listed.view.model.rows]
    listed.view.search.setText("khong co ai ca")
    listed._seek()
    assert listed.view.nobody.isVisible()


def test_particulars_are_corrected_and_undone(qtbot, window, listed, monkeypatch):
    child = listed._child
    answered(monkeypatch, ParticularsDialog, lambda made: made.village.setText("Nà Hẩu"))
    listed.view.page.correct.click()
    assert "Nà Hẩu" in listed.view.page.about.text()
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert listed._child == child


def test_a_new_child_is_added_and_shown(qtbot, window, listed, monkeypatch):
    def fill(made):
        assert not made.deed.isEnabled()
        made.name.setText("Thào A Tú")
        made.sex.setCurrentIndex(1)
        made.born.setText("2/9/2023")

    answered(monkeypatch, ParticularsDialog, fill)
    listed.view.new.click()
    assert listed.view.page.name.text() == "Thào A Tú"
    assert listed._child.birth_date == date(2023, 9, 2)
    assert listed._child.sex is Sex.MALE


def test_who_moved_out_leaves_the_list_and_comes_back_when_it_is_taken_back(qtbot, window, listed, monkeypatch):
    uid = listed._child.uid
    count = len(listed._listed)

    def fill(made):
        made.what.setCurrentIndex(made.what.findData(Presence.MOVED_OUT.value))
        made.day.setText("01/12/2024")

    answered(monkeypatch, StatusDialog, fill)
    listed.view.page.status.click()
    assert len(listed._listed) == count - 1
    assert listed.view.page.page.statuses[0].what is Presence.MOVED_OUT
    assert listed._child.uid == uid
    listed.take_back(listed.view.page.page.statuses[0])
    assert len(listed._listed) == count


def test_an_entry_made_by_mistake_leaves_every_list(qtbot, window, listed, monkeypatch):
    from desktop.ui.dialogs import ask

    uid = listed._child.uid
    monkeypatch.setattr(ask, "confirm", lambda *_words, **_more: "")
    listed.view.page.strike.trigger()
    assert uid not in [found.child.uid for found in listed._listed]
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert uid in [found.child.uid for found in listed._listed]


def test_two_entries_of_one_child_are_suggested_previewed_merged_and_taken_apart_again(qtbot, window, screen, listed):
    known = listed._listed[5].child
    unit = screen.commune.uid
    with open_record(window.session.path) as record:
        twin = NewChild(unit, known.name.upper().title(), known.sex, known.birth_date, known.village)
        (uid,) = children.register(record, new=[twin], source="cli").uids
    screen.load()
    asked = DoublesDialog(window, window.session, [unit])
    qtbot.addWidget(asked)
    settle(qtbot, window)
    found = len(asked.pairs)
    asked.everywhere.click()
    assert not asked.deed.isEnabled()
    settle(qtbot, window)
    assert len(asked.pairs) >= found
    at = next(at for at, pair in enumerate(asked.pairs) if {pair.one.uid, pair.other.uid} == {known.uid, uid})
    asked.table.selectRow(at)
    assert asked.preview is not None
    if asked.preview.kept.uid != known.uid:
        asked.turn.click()
    assert asked.preview.kept.uid == known.uid
    asked.deed.click()
    assert uid not in [found.child.uid for found in listed._listed]
    settle(qtbot, window)
    asked.reject()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert uid in [found.child.uid for found in listed._listed]


# ---- follow-up ----


def test_the_follow_up_list_is_by_village_and_says_why(follow):
    lines = follow.view.model.rows
    heads = [line for line in lines if line.followed is None]
    villages = {line.village for line in lines}
    assert [head.village for head in heads] == sorted(villages, key=lambda name: (not name, sort_key(name)))
    assert sum(head.count for head in heads) == len(lines) - len(heads)
    assert all(follow.view.model.columns[-1].text(line) for line in lines if line.followed)


def test_a_reason_and_a_village_narrow_the_list(follow):
    follow.view.filters[Why.SEVERE].click()
    shown = [line.followed for line in follow.view.model.rows if line.followed]
    assert shown
    assert all(Why.SEVERE in one.case.whys for one in shown)
    follow.view.villages.setCurrentIndex(1)
    follow.view.villages.activated.emit(1)
    assert {line.village for line in follow.view.model.rows} <= {follow.view.villages.currentData()}


def test_enter_opens_the_page_of_a_followed_child(qtbot, screen, follow):
    follow.view.table.setFocus()
    follow.view.table.selectRow(1)
    name = follow.view.model.rows[1].followed.case.child.name
    qtbot.keyClick(follow.view.table, Qt.Key.Key_Return)
    assert screen.shown == "listed"
    assert screen.part.view.page.name.text() == name


def test_the_list_is_read_off_the_windows_thread_and_what_is_not_asked_for_any_more_is_dropped(qtbot, window, screen):
    screen.show_part("follow")
    follow = screen.parts["follow"]
    assert "Đang tìm" in follow.view.empty.title.text()
    assert not follow.view.treat.isEnabled()
    screen.step_commune(1)
    settle(qtbot, window)
    assert follow.view.model.rows == ()
    assert follow.view.empty.title.text() == "Không trẻ nào cần theo dõi"


def test_the_child_in_hand_stays_in_hand_when_the_list_is_read_again(qtbot, window, follow):
    follow.view.table.selectRow(4)
    held = follow.view.table.chosen()
    follow.load()
    assert follow.view.table.chosen().followed.case.child == held.followed.case.child
    settle(qtbot, window)
    assert follow.view.table.chosen().followed.case.child == held.followed.case.child


def test_who_is_in_treatment_is_told_on_the_list(qtbot, window, follow):
    child = follow.view.model.rows[2].followed.case.child
    stay = Treatment(child.uid, date(2024, 12, 20), Degree.MODERATE, Care.OUTPATIENT)
    child_care.treat(window.session.record, treatment=stay, today=window.session.today())
    follow.load()
    settle(qtbot, window)
    why = follow.view.model.columns[-1]
    told = {line.followed.case.child.uid: why.text(line) for line in follow.view.model.rows if line.followed}
    assert [uid for uid, text in told.items() if text.startswith("Đang điều trị, ")] == [child.uid]


def test_a_filter_without_a_child_offers_to_be_removed(follow):
    follow.view.search.setText("không có ai")
    follow._arrange()
    assert follow.view.empty.title.text() == "Không trẻ nào khớp bộ lọc"
    follow.view.all.click()
    assert follow.view.model.rows


# ---- the search of the shell ----


def test_ctrl_k_finds_children_and_goes_to_their_page(qtbot, window, screen, part):
    from desktop.ui.shell.search import hits

    child = part.model.row(3).child
    found = hits(window.session, child.name)
    target = next(target for _text, target in found if target.get("child") == child.uid)
    window.go(target)
    settle(qtbot, window)
    assert screen.part.view.page.name.text() == child.name
    assert not [text for text, target in hits(window.session, "s") if target.place is Place.CHILDREN and target.where]


def test_names_of_children_are_in_no_log(qtbot, window, screen, part):
    """The access log says that a list was shown, never whose names stood on it."""
    from desktop.application import access

    screen.open_child(part.model.row(0).child.uid)
    told = repr(access.log(window.session.record))
    assert not any(row.child.name in told for row in part.model.all_rows)


def test_a_child_is_erased_on_a_ground_only_and_added_again_only_where_a_person_says_so(
    qtbot, window, screen, listed, monkeypatch
):
    child = listed.view.page.page.child
    asked = []
    answers = iter(["Đơn số 12", None, ""])
    monkeypatch.setattr(erased, "confirm", lambda *told, **more: asked.append((told, more)) or next(answers))
    listed.view.page.erase.trigger()
    settle(qtbot, window)
    assert asked[0][1]["needs_reason"]
    assert child.uid not in {found.child.uid for found in listed._found}
    assert listed.view.page.page.child.uid != child.uid
    assert not erased.may_come_back(listed.view, window.session, child.name, child.birth_date)
    assert erased.may_come_back(listed.view, window.session, child.name, child.birth_date)
    assert erased.may_come_back(listed.view, window.session, "Phàng A Sử", child.birth_date)
    assert len(asked) == 3


def test_where_a_child_moved_to_stands_on_its_page(window, listed):
    page = listed.view.page
    child, other = page.page.child, window.session.communes[1]
    status = Status(child.uid, date(2024, 11, 1), Presence.MOVED_IN, other.uid)
    window.session.write(lambda record: children.say_status(record, status=status))
    listed.show_child(child.uid)
    assert other.name in page.about.text()
    assert other.name in page.statuses.itemAt(0).layout().itemAt(0).widget().text()


def test_a_status_before_the_birth_or_on_no_day_says_why(window, listed):
    asked = StatusDialog(listed.view, window.session, listed.view.page.page.child)
    for text in ("01/01/2000", "32/13/2024", "01/01/2030"):
        asked.day.setText(text)
        assert not asked.deed.isEnabled()
        assert asked.told.text()
    asked.day.setText("14/01/2025")
    assert asked.deed.isEnabled()


def test_where_there_is_little_room_the_measurements_have_a_tab_beside_the_charts(qtbot, listed):
    page = listed.view.page
    listed.set_compact(True)
    assert page.one_chart.held is page.visits
    assert not page.visits.isVisible()
    page.show_visits()
    assert page.visits.isVisible()
    page.one_chart.tabs[Index.WA].click()
    assert not page.visits.isVisible()
    listed.set_compact(False)
    assert page.visits.isVisible()
