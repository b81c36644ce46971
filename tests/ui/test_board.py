"""The board: states at a glance, acts on many, deadlines, holidays, reminders; where a click leads."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.application import deadlines, submissions
from desktop.application.expected import Arrival
from desktop.application.records import open_record
from desktop.domain.periods import Period
from desktop.domain.workdays import Holiday, Rule
from desktop.ui.places import Place, Target
from desktop.ui.screens.board.deadlines import DeadlinesDialog
from desktop.ui.screens.board.holidays import HolidaysDialog, read_holiday
from desktop.ui.screens.board.late import LateDialog
from desktop.ui.screens.board.model import FILTERS, short_period
from desktop.ui.screens.board.punctual import PunctualityDialog
from desktop.ui.screens.entry.ways import MATRIX
from tests.ui.conftest import settle

YEAR = Period.of_year(2024)


@pytest.fixture
def way(qtbot, busy_window):
    screen = busy_window.screens[Place.ENTRY]
    screen.ways.show("board")
    settle(qtbot, busy_window)
    qtbot.wait(150)
    settle(qtbot, busy_window)
    return screen.ways.shown


def state(window, code):
    with open_record(window.session.path) as record:
        rows = submissions.rows(record, period=YEAR, form="commune", checked=())
    return next(row for row in rows if row.commune.code == code)


def acts_known(qtbot, window, way):
    qtbot.waitUntil(lambda: way.view.side.told is not None, timeout=30_000)
    settle(qtbot, window)


def set_deadline(qtbot, window):
    window.session.write(lambda r: deadlines.put_deadline(r, form="commune", rule=Rule(working_days=3)))
    settle(qtbot, window)


def test_every_commune_stands_with_sign_word_and_findings(way):
    model = way.model
    assert (model.rowCount(), model.columnCount()) == (14, 1)
    states = [model.cell(row, 0).state for row in range(14)]
    assert {"complete", "checked", "locked", "returned", "in_entry"} <= set(states)
    assert any(model.cell(row, 0).counts and model.cell(row, 0).counts.errors for row in range(14))
    assert "8/14 xã đã xong" in way.view.sentence.text()
    assert "Đã kiểm tra" in model.told(states.index("checked"), 0)


def test_nothing_is_late_without_a_deadline_and_late_with_one(qtbot, busy_window, way):
    assert {way.model.cell(row, 0).days_late for row in range(14)} == {0}
    set_deadline(qtbot, busy_window)
    late = [way.model.cell(row, 0) for row in range(14) if way.model.cell(row, 0).arrival is Arrival.MISSING]
    assert late
    assert {cell.days_late for cell in late} == {8}
    assert f"{len(late)} xã trễ, nhiều nhất 8 ngày" in way.view.sentence.text()
    way.view.choose_filter("late")
    assert 0 < way.model.rowCount() < 14
    way.view.choose_filter("all")
    assert way.model.rowCount() == 14


def test_a_filter_nobody_fits_says_so_and_offers_to_be_cleared(way):
    way.view.choose_filter("not_started")
    assert not way.view.empty.isHidden()
    way.view.unfilter.click()
    assert way.view.empty.isHidden()
    assert way.model.rowCount() == 14
    assert set(FILTERS) == {way.view.filters.itemData(at) for at in range(way.view.filters.count())}


def test_enter_on_a_cell_opens_the_communes_form(qtbot, busy_window, way):
    way.view.grid.go(4, 0)
    code = way.model.commune(4).code
    qtbot.keyClick(way.view.grid, Qt.Key.Key_Return)
    settle(qtbot, busy_window)
    screen = busy_window.screens[Place.ENTRY]
    assert screen.ways.name == "commune"
    assert dict(screen.ways.shown.place().where)["unit"] == code


def test_many_forms_are_checked_at_once_and_those_that_cannot_say_why(qtbot, busy_window, way):
    complete = [row for row in range(14) if way.model.cell(row, 0).state == "complete"]
    way.view.grid.selectColumn(0)
    acts_known(qtbot, busy_window, way)
    side = way.view.side
    assert side.acts["check"].text().endswith(f"({len(complete)})")
    assert side.whys["lock"].text()
    codes = [way.model.commune(row).code for row in complete]
    changes = "SELECT count(*) FROM change"
    before = busy_window.session.record.connection.execute(changes).fetchone()[0]
    side.acts["check"].click()
    settle(qtbot, busy_window)
    assert busy_window.session.record.connection.execute(changes).fetchone()[0] == before + 1
    assert {state(busy_window, code).state for code in codes} == {"checked"}


def test_an_act_nobody_may_take_says_who_may(qtbot, busy_window, way):
    row = next(at for at in range(14) if way.model.cell(at, 0).state == "in_entry")
    way.view.grid.go(row, 0)
    acts_known(qtbot, busy_window, way)
    said = []
    busy_window.session.said.connect(lambda text, _tone: said.append(text))
    way.view.side.acts["lock"].click()
    assert "Lãnh đạo" in said[-1]
    assert state(busy_window, way.model.commune(row).code).state == "in_entry"


def test_the_day_of_receipt_is_typed_for_all_chosen(qtbot, busy_window, way):
    rows = [row for row in range(14) if way.model.cell(row, 0).state == "in_entry"][:2]
    codes = [way.model.commune(row).code for row in rows]
    way._pick([(code, "commune", "2024") for code in codes])
    way.view.side.day.setText("9/1")
    way.view.side.keep_day.click()
    settle(qtbot, busy_window)
    assert {state(busy_window, code).received_on for code in codes} == {date(2025, 1, 9)}
    busy_window.step_history("undo")
    settle(qtbot, busy_window)
    assert {state(busy_window, code).received_on for code in codes} == {None}
    busy_window.step_history("redo")
    settle(qtbot, busy_window)
    said = []
    busy_window.session.said.connect(lambda text, _tone: said.append(text))
    way._pick([(code, "commune", "2024") for code in codes])
    way.view.side.day.setText("09/01/2099")
    way.view.side.keep_day.click()
    settle(qtbot, busy_window)
    assert "chưa tới" in said[-1]
    assert "hoặc trước đó" in said[-1]
    way.view.side.day.setText("mai")
    way.view.side.keep_day.click()
    assert {state(busy_window, code).received_on for code in codes} == {date(2025, 1, 9)}


def test_the_chosen_forms_stay_chosen_when_the_board_is_read_anew(qtbot, busy_window, way):
    way.view.grid.go(6, 0)
    code = way.model.commune(6).code
    set_deadline(qtbot, busy_window)
    assert [spot.commune.code for spot in way.spots()] == [code]


def test_a_deadline_is_days_or_a_day_and_nonsense_is_refused(busy_window, way):
    session = busy_window.session
    dialog = DeadlinesDialog(busy_window, session, "commune")
    assert dialog.ways["none"].isChecked()
    dialog.ways["days"].setChecked(True)
    for text, wanted in (("0", None), ("3", Rule(working_days=3))):
        dialog.days.setText(text)
        dialog.save.click()
        assert deadlines.deadline(session.record, form="commune") == wanted
    dialog.ways["day"].setChecked(True)
    dialog.day.setText("22/1")
    dialog.save.click()
    assert deadlines.deadline(session.record, form="commune") == Rule(day=22, month=1)
    assert "22/01/2025" in dialog.said.text()


def test_one_commune_may_have_a_deadline_of_its_own(busy_window, way):
    session = busy_window.session
    dialog = DeadlinesDialog(busy_window, session, "commune")
    dialog.senders.setCurrentIndex(3)
    dialog.ways["days"].setChecked(True)
    dialog.days.setText("10")
    dialog.save.click()
    uid = dialog.senders.itemData(3)
    assert deadlines.deadline(session.record, form="commune", unit=uid) == Rule(working_days=10)
    assert deadlines.deadline(session.record, form="commune") is None


def test_holidays_are_provisional_until_they_are_typed(busy_window, way):
    dialog = HolidaysDialog(busy_window, busy_window.session, 2024)
    assert not dialog.missing.isHidden()
    dialog.days.setPlainText("27/01 Tết\n28/1/2025 Tết\n1/2 làm bù")
    dialog.keep.click()
    held = deadlines.year_holidays(busy_window.session.record, year=2025)
    assert held.known
    assert not held.missing
    assert held.given[-1] == Holiday(date(2025, 2, 1), "", works=True)
    assert dialog.days.toPlainText().splitlines()[-1] == "01/02 làm bù"
    dialog.days.setPlainText("30/02 Tết")
    dialog.keep.click()
    assert "30/02" in dialog.said.text()
    dialog.forget.click()
    assert not deadlines.year_holidays(busy_window.session.record, year=2025).known


def test_computed_holidays_are_proposed_and_become_the_list_only_when_saved(busy_window, way):
    dialog = HolidaysDialog(busy_window, busy_window.session, 2024)
    assert "27/01, 28/01, 29/01, 30/01, 31/01" in dialog.missing.text()
    dialog.take.click()
    assert "07/04 Giỗ Tổ Hùng Vương" in dialog.days.toPlainText()
    assert not deadlines.year_holidays(busy_window.session.record, year=2025).known
    dialog.keep.click()
    assert deadlines.year_holidays(busy_window.session.record, year=2025).given == deadlines.proposed(2025)
    assert dialog.take.isHidden()
    dialog.forget.click()


def test_a_day_of_another_year_is_no_holiday_of_this_one():
    with pytest.raises(ValueError, match="2024"):
        read_holiday("27/01/2024 Tết", 2025)
    assert read_holiday("2/9: Quốc khánh", 2025) == Holiday(date(2025, 9, 2), "Quốc khánh")


def test_the_late_are_listed_copied_and_their_numbers_kept(qtbot, busy_window, way, tmp_path, monkeypatch):
    set_deadline(qtbot, busy_window)
    dialog = LateDialog(busy_window, busy_window.session, 2024)
    assert len(dialog.late) > 3
    dialog.table.selectRow(1)
    dialog.telephone.setText("0912 345 678")
    dialog.keep.click()
    assert dialog.late[1].telephone == "0912 345 678"
    dialog.copy.click()
    told = QApplication.clipboard().text()
    assert "0912 345 678" in told
    assert "trễ 8 ngày" in told
    out = tmp_path / "nhac.xlsx"
    monkeypatch.setattr("desktop.ui.screens.board.late.QFileDialog.getSaveFileName", lambda *_words: (str(out), ""))
    dialog.excel.click()
    assert out.read_bytes()[:2] == b"PK"


def test_nobody_late_says_what_makes_late(busy_window, way):
    dialog = LateDialog(busy_window, busy_window.session, 2020)
    assert not dialog.late
    assert not dialog.empty.isHidden()
    assert not dialog.copy.isEnabled()


def test_the_summary_shows_its_real_pages(qtbot, busy_window, way):
    dialog = PunctualityDialog(busy_window, busy_window.session, form=None)
    qtbot.waitUntil(lambda: bool(dialog.data), timeout=15_000)
    assert dialog.data[:4] == b"%PDF"
    assert dialog.excel.isEnabled()
    dialog.pages.show_pages(None)


def test_other_ways_have_their_tools_back_when_the_board_is_left(busy_window, way):
    screen = busy_window.screens[Place.ENTRY]
    assert screen.side.button.isHidden()
    screen.ways.show(MATRIX)
    assert not screen.side.button.isHidden()


def test_the_board_is_opened_by_a_target(qtbot, busy_window):
    busy_window.go(Target(Place.ENTRY, (("way", "board"), ("unit", "04489"))))
    settle(qtbot, busy_window)
    way = busy_window.screens[Place.ENTRY].ways.shown
    assert way.model.commune(way.view.grid.currentIndex().row()).code == "04489"


def test_periods_have_short_names():
    named = [
        short_period(Period.parse(text)) for text in ("202403", "2024Q3", "2024S1", "2024S2", "2024", "2024NineMonths")
    ]
    assert named == ["Tháng 3", "Quý III", "6 tháng đầu", "6 tháng cuối", "Cả năm", "9 tháng"]
