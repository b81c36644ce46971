"""The page of stations: a profile typed cell by cell as of a day, copied, taken from Excel, fed into the form."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from desktop.application import station_import as desk
from desktop.application import station_profiles as profiles
from desktop.domain.periods import Period
from desktop.domain.stations.facts import Way
from desktop.domain.values import NOT_APPLICABLE, YES, State, Value, number
from desktop.ui.dialogs.ask import Ask
from desktop.ui.places import Place, Target
from desktop.ui.screens.stations import acting
from desktop.ui.screens.stations.cells import Col
from desktop.ui.screens.stations.model import Head
from tests.ui.conftest import settle

DAY = date(2024, 12, 31)


@pytest.fixture
def grid(screen):
    screen.view.grid.setFocus()
    return screen.view.grid


def go(screen, item, column=Col.ANSWER):
    screen.view.grid.go(screen.view.profile.row_of(item), column)
    screen.follow()


def typed(qtbot, grid, text, key=Qt.Key.Key_Return):
    grid.begin(text)
    qtbot.keyClick(grid.editor, key)


def value(screen, item):
    line = screen.view.profile.line(screen.view.profile.row_of(item))
    return line.fact.value if line.fact else None


def told(record, screen, item):
    return profiles.history_of(record, uid=screen.uid, item=item)


def test_stations_stand_at_the_left_with_how_much_is_told(screen):
    view = screen.view
    QAbstractItemModelTester(view.profile, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert len(view.model.rows) == 15
    assert view.table.chosen().place.uid == screen.uid
    assert view.model.data(view.model.index(0, 1)).startswith("29/10")
    view.filter.setText("nam co")
    assert len(view.model.rows) == 1
    view.filter.setText("")
    assert "vùng" in view.zone.accessibleName().casefold()
    assert isinstance(view.profile.rows[0], Head)
    texts = [view.profile.spoken(at, Col.ANSWER) for at in range(view.profile.rowCount())]
    assert all(texts)


def test_an_answer_is_saved_when_the_cursor_leaves_it(qtbot, screen, grid, window):
    go(screen, "nurses")
    typed(qtbot, grid, "4")
    assert value(screen, "nurses") == number(4)
    assert screen.view.profile.line(grid.currentIndex().row()).item.code == "midwives"
    assert told(window.session.record, screen, "nurses")[0].since == DAY
    window.step_history("undo")
    settle(qtbot, window)
    assert value(screen, "nurses") == number(2)


def test_what_is_no_answer_stays_in_hand(qtbot, screen, grid, said):
    go(screen, "nurses")
    typed(qtbot, grid, "hai")
    assert grid.is_editing
    assert "hai" in said[-1]
    grid.give_up()
    go(screen, "telephone", Col.SINCE)
    grid.begin_by_hand("1")
    assert not grid.is_editing


def test_day_and_note_belong_to_what_was_said(qtbot, screen, grid, window):
    go(screen, "nurses", Col.SINCE)
    typed(qtbot, grid, "1/2/2024")
    (fact,) = told(window.session.record, screen, "nurses")
    assert fact.since == date(2024, 2, 1)
    go(screen, "nurses")
    screen.view.side.note.setText("một người nghỉ thai sản")
    screen.view.side.note.editingFinished.emit()
    assert told(window.session.record, screen, "nurses")[0].note == "một người nghỉ thai sản"
    go(screen, "nurses", Col.SINCE)
    typed(qtbot, grid, "mai")
    assert grid.is_editing
    grid.give_up()


def test_answers_are_clicked_at_the_right(qtbot, screen, grid):
    side = screen.view.side
    go(screen, "internet")
    qtbot.mouseClick(side.yes, Qt.MouseButton.LeftButton)
    assert value(screen, "internet") == YES
    qtbot.mouseClick(side.away, Qt.MouseButton.LeftButton)
    assert value(screen, "internet") == NOT_APPLICABLE
    go(screen, "building_kind")
    assert side.box.currentData() == "solid"
    side.box.setCurrentIndex(side.box.findData("makeshift"))
    side.box.activated.emit(side.box.currentIndex())
    assert value(screen, "building_kind") == Value(State.TEXT, text="makeshift")
    side.history.selectRow(0)
    qtbot.mouseClick(side.unsay, Qt.MouseButton.LeftButton)
    assert value(screen, "building_kind") == Value(State.TEXT, text="solid")


def test_another_day_shows_what_held_then(screen):
    screen.view.day.setText("30/06/2023")
    screen.choose_day()
    assert value(screen, "doctors") is None
    assert value(screen, "rooms") == number(9)
    screen.view.day.setText("mai")
    screen.choose_day()
    assert screen.view.day.text() == "30/06/2023"
    screen.session.choose_period(Period.parse("2023"))
    screen.load()
    assert screen.day == date(2023, 12, 31)


def test_blocks_are_cleared_copied_pasted_and_filled(qtbot, screen, grid, said):
    go(screen, "computers")
    QGuiApplication.clipboard().setText("2\nx\nk\n")
    screen.blocks.paste()
    assert [value(screen, item) for item in ("computers", "internet")] == [number(2), YES]
    go(screen, "computers")
    screen.blocks.copy()
    assert QGuiApplication.clipboard().text().strip() == "2"
    QGuiApplication.clipboard().setText("đỏ")
    screen.blocks.paste()
    assert "đỏ" in said[-1]
    screen.blocks.clear()
    assert value(screen, "computers") is None
    go(screen, "computers", Col.NOTE)
    screen.blocks.paste()
    assert value(screen, "computers") is None
    assert screen.hint()


def test_last_year_is_copied_when_asked(screen, monkeypatch, said):
    monkeypatch.setattr(Ask, "exec", lambda self: self._take("one"))
    screen.acting.copy_last_year()
    assert told(screen.session.record, screen, "rooms")[0].way is Way.COPIED
    assert "6" in said[-1]
    screen.acting.copy_last_year()
    assert "Không còn" in said[-1]


def test_another_stations_profile_is_taken_over(screen, monkeypatch):
    rich = screen.uid
    screen.go(Target(Place.STATIONS, (("station", screen.view.model.rows[-1].place.uid),)))
    assert value(screen, "rooms") is None
    monkeypatch.setattr(acting.CopyDialog, "exec", lambda self: self.box.setCurrentIndex(0) or 1)
    screen.acting.copy_other()
    assert value(screen, "rooms") == number(9)
    assert screen.view.model.rows[0].place.uid == rich


def test_a_workbook_is_looked_at_before_it_is_taken(qtbot, screen, window, tmp_path):
    file = tmp_path / "tram.csv"
    file.write_text(";Trạm Y tế xã Hồ Bốn\nSố máy tính;4\nĐiều dưỡng;hai\nBác sĩ;7\n", encoding="utf-8")
    screen.acting.read_file(file)
    settle(qtbot, window)
    view = screen.view
    assert view.pages.currentWidget() is view.preview
    assert [one.fate for one in view.preview.model.rows] == [desk.Fate.KEPT, desk.Fate.NEW]
    view.preview.over.setChecked(True)
    view.preview.take.click()
    assert view.pages.currentIndex() == 0
    uid = profiles.place_named(window.session.record, "04459", on=DAY).uid
    screen.go(Target(Place.STATIONS, (("station", uid), ("item", "computers"))))
    assert (value(screen, "computers"), value(screen, "doctors")) == (number(4), number(7))
    empty = tmp_path / "khac.csv"
    empty.write_text("a;b\n", encoding="utf-8")
    screen.acting.read_file(empty)
    settle(qtbot, window)
    view.preview.drop.click()
    assert view.pages.currentIndex() == 0


def test_a_list_and_the_form_are_asked_about_first(qtbot, screen, window, tmp_path, monkeypatch):
    file = tmp_path / "ds.csv"
    file.write_text("Tên;Đơn vị;Số lượng cần có\nCân trẻ em;cái;2\n", encoding="utf-8")
    monkeypatch.setattr(acting, "confirm", lambda *_parts, **_more: "")
    screen.acting.read_list("equipment", file)
    settle(qtbot, window)
    assert screen.view.profile.row_of("equipment:can_tre_em") is not None
    go(screen, "equipment_listed")
    screen.view.grid.begin_by_hand("3")
    assert not screen.view.grid.is_editing
    monkeypatch.setattr(Ask, "exec", lambda self: self._take(list(self.buttons)[-1]))
    screen.acting.feed()
    settle(qtbot, window)
    assert window.session.record is not None


def test_papers_and_the_template_are_saved(qtbot, screen, window, tmp_path, monkeypatch):
    monkeypatch.setattr(
        acting.QFileDialog, "getSaveFileName", lambda _parent, _title, name, _kinds: (str(tmp_path / name), "")
    )
    screen.acting.save_template()
    settle(qtbot, window)
    screen.acting.save_paper(acting.papers.SUMMARY)
    settle(qtbot, window)
    assert {one.suffix for one in tmp_path.iterdir()} >= {".xlsx", ".pdf"}


def test_two_days_are_compared_and_only_what_changed_is_shown(qtbot, screen, grid, said):
    view = screen.view
    go(screen, "nurses")
    assert (view.against.text(), view.changed.text().split()[0]) == ("31/12/2023", "23")
    view.changed.click()
    assert view.profile.row_of("rooms") is None
    assert screen.view.profile.line(grid.currentIndex().row()).item.code == "nurses"
    typed(qtbot, grid, "5")
    screen.follow()
    assert (value(screen, "nurses"), view.profile.row_of("telephone")) == (number(5), None)
    view.against.setText("31/12/2022")
    view.against.editingFinished.emit()
    assert view.profile.head(Col.BEFORE) == "31/12/2022"
    assert view.profile.row_of("rooms") is not None
    for text in ("mai", "31/12/2024"):
        view.against.setText(text)
        view.against.editingFinished.emit()
        assert (view.against.text(), "31/12/2024" in said[-1]) == ("31/12/2022", True)
    view.against.setText("")
    view.against.editingFinished.emit()
    view.changed.click()
    assert view.against.text() == "31/12/2023"
    assert view.profile.row_of("telephone") is not None


def test_keys_lead_to_the_next_station_and_the_next_doubt(qtbot, screen, grid):
    first, item = screen.uid, "computers"
    go(screen, item)
    qtbot.keyClick(grid, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert screen.uid != first
    assert screen.view.profile.line(grid.currentIndex().row()).item.code == item
    screen.stepping.finding(1)
    assert screen.view.profile.line(grid.currentIndex().row()).item.code == "assistant_doctors_traditional"
    screen.view.model.show([])
    qtbot.keyClick(grid, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert screen.uid != first


def test_a_block_takes_one_text_and_is_cut(qtbot, screen, grid, said):
    go(screen, "his")
    qtbot.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    grid.begin_by_hand("m")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert grid.is_editing
    assert "có hoặc không" in said[-1]
    grid.editor.setText("x")
    qtbot.keyClick(grid.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [value(screen, item) for item in ("his", "insurance_portal")] == [YES, YES]
    screen.blocks.cut()
    assert QGuiApplication.clipboard().text().split() == ["có", "có"]
    assert value(screen, "his") is None


def test_a_refused_text_keeps_its_station_chosen(qtbot, screen, grid):
    go(screen, "nurses")
    grid.begin_by_hand("h")
    screen.view.table.selectRow(5)
    qtbot.waitUntil(lambda: screen.view.table.chosen().place.uid == screen.uid)
    assert grid.is_editing
    grid.give_up()


def test_villages_are_listed_answered_and_counted(qtbot, screen, grid, monkeypatch):
    def fill(self):
        self.lines.setPlainText("Bản Thái; chị Hoa")
        assert (self.deed.isEnabled(), "chị Hoa" in self.why.text()) == (False, True)
        self.lines.setPlainText("Bản Thái\tx\tx\nBản Nậm\tkhông")
        assert "2" in self.deed.text()
        self.deed.click()
        return self.result()

    monkeypatch.setattr(acting.VillageDialog, "exec", fill)
    go(screen, "computers")
    assert screen.view.side.villages.isHidden()
    go(screen, "villages_with_worker")
    screen.view.side.villages.click()
    assert (value(screen, "villages"), value(screen, "villages_with_worker")) == (number(2), number(1))
    go(screen, "villages")
    grid.begin_by_hand("3")
    assert not grid.is_editing
    go(screen, "village:Bản Nậm")
    typed(qtbot, grid, "1")
    screen.follow()
    assert value(screen, "villages_with_worker") == number(2)
    screen.blocks.clear()
    screen.follow()


def test_a_pasted_table_is_looked_at_like_a_workbook(qtbot, screen, grid, window):
    go(screen, "address")
    QGuiApplication.clipboard().setText("1\tBác sỹ\t2\n2\tMáy tính dùng được\t4\n3\tXe máy\t1\n")
    screen.blocks.paste()
    settle(qtbot, window)
    view = screen.view
    assert view.pages.currentWidget() is view.preview
    told = {one.answer.item.code: one.answer.value for one in view.preview.model.rows}
    assert told == {"doctors": number(2), "computers": number(4)}
    assert {one.place.uid for one in view.preview.model.rows} == {screen.uid}
    view.preview.take.click()
    assert value(screen, "computers") == number(4)
