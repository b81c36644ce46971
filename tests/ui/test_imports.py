"""The import desk: nothing is written before the person says so; then everything as one change."""

import csv
import shutil
import zipfile

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from desktop.application import entry, offices, templates
from desktop.application.imports import Outcome, Wanted
from desktop.application.learned import learned
from desktop.application.records import open_record
from desktop.domain.findings import Finding, Severity
from desktop.domain.periods import Period
from desktop.domain.values import NOT_REPORTED, ZERO, number
from desktop.ui.places import Place
from desktop.ui.screens.imports.curing import meanings, remember
from desktop.ui.screens.imports.picking import FORGET, PickDialog
from desktop.ui.screens.imports.taken import Sure, Taken
from desktop.ui.widgets.parts import Notice
from desktop.wording import say
from tests.exchange.template.make import fill
from tests.ui.conftest import opened, settle
from tests.ui.offices import SAMPLES, TODAY
from tests.ui.screenshots_imports import odd_book

YEAR = Period.of_year(2024)


@pytest.fixture
def empty(tmp_path):
    path = tmp_path / "moi.sotramdb"
    offices.create_office(path, level="district", unit="137", today=TODAY)
    return path


@pytest.fixture
def window(qtbot, styled, empty):
    made = opened(qtbot, empty)
    yield made
    made.session.jobs.close()


@pytest.fixture
def screen(qtbot, window):
    return window.show_place(Place.IMPORTS)


def cells(path):
    with open_record(path) as record:
        rows = entry.matrix(record, form="commune", period=YEAR).rows
    return {row.commune.code: [cell.figure.touched for cell in row.cells] for row in rows}, rows


def read(qtbot, window, screen, *names):
    screen.add_files([SAMPLES / name for name in names])
    settle(qtbot, window)


def test_the_empty_desk_says_what_to_do(screen):
    assert screen.view.first_act.isVisible()
    assert screen.view.first_act.text() == "Chọn tệp…"


def test_reading_shows_what_would_change_and_writes_nothing(qtbot, window, screen):
    read(qtbot, window, screen, "tong-hop-2024.xlsx")
    touched, _rows = cells(window.session.path)
    assert not any(any(line) for line in touched.values())
    assert screen.view.write.isEnabled()
    assert screen.view.write.text() == f"Ghi {len(screen.plan.writes)} ô vào sổ"
    assert sum(head.is_read for head in screen.sheet.heads.rows.values()) == 14
    assert "chưa có gì được ghi" in screen.view.effect_head.text()


def test_rows_and_columns_are_those_of_the_excel_file(qtbot, window, screen):
    read(qtbot, window, screen, "tong-hop-2022.xlsx")
    grid = screen.view.grid.sheet
    assert grid.headerData(2, Qt.Orientation.Horizontal) == "C"
    assert screen.sheet.heads.columns["C"].text == "Dân số t. bình"
    assert screen.sheet.heads.rows[7].text == "TT Mù Căng Chải"
    assert grid.text(6, 1) == "Thị trấn Mù Cang Chải"
    assert grid.text(6, 2) == "5.740"
    assert screen.view.left.period.currentText() == "Tệp: Năm 2022"


def test_writing_puts_all_cells_into_the_record_as_one_change(qtbot, window, screen):
    read(qtbot, window, screen, "tong-hop-2024.xlsx")
    count = len(screen.plan.writes)
    qtbot.mouseClick(screen.view.write, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    _touched, rows = cells(window.session.path)
    assert rows[1].cells[0].figure.value == number(2820)
    assert screen.view.done.findChild(Notice).title.text() == f"Đã ghi {count} ô vào sổ."
    assert not screen.view.write.isVisible()
    window.step_history("undo")
    touched, _rows = cells(window.session.path)
    assert not any(any(line) for line in touched.values())
    settle(qtbot, window)
    assert screen.written is None  # what was taken back can be written again
    assert screen.view.write.isEnabled()


def test_what_was_written_meanwhile_is_never_overwritten_unseen(qtbot, window, screen):
    read(qtbot, window, screen, "tong-hop-2024.xlsx")
    with open_record(window.session.path) as other:
        uid = next(one.uid for one in window.session.communes if one.code == "04459")
        entry.type_value(other, unit=uid, period=YEAR, element="population", value=number(1))
    screen.write()
    settle(qtbot, window)
    settle(qtbot, window)
    assert screen.written is None
    assert screen.desk.counts[Outcome.KEPT] == 1
    screen.write()
    settle(qtbot, window)
    assert screen.written == len(screen.plan.writes)


def test_the_matrix_shows_what_was_written_without_being_told_again(qtbot, window, screen):
    read(qtbot, window, screen, "tong-hop-2024.xlsx")
    screen.write()
    settle(qtbot, window)
    qtbot.mouseClick(screen.view.go, Qt.MouseButton.LeftButton)
    assert window.place is Place.ENTRY
    assert window.screens[Place.ENTRY].model.text(1, 0) == "2.820"


def test_reading_the_same_file_again_has_nothing_to_write(qtbot, window, screen):
    read(qtbot, window, screen, "tong-hop-2024.xlsx")
    screen.write()
    settle(qtbot, window)
    screen.leave()
    window.show_place(Place.IMPORTS)
    read(qtbot, window, screen, "tong-hop-2024.xlsx")
    assert not screen.view.write.isEnabled()
    assert screen.plan.same > 200


def test_files_can_be_dropped(qtbot, window, screen):
    data = QMimeData()
    data.setUrls(
        [QUrl.fromLocalFile(str(SAMPLES / "tong-hop-2023.xlsx")), QUrl.fromLocalFile(str(SAMPLES / "expected.json"))]
    )
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    screen.view.dropEvent(drop)
    settle(qtbot, window)
    assert [path.name for path in screen.files] == ["tong-hop-2023.xlsx"]


def test_a_finding_leads_to_its_cell_by_sign(qtbot, window, screen):
    read(qtbot, window, screen, "tong-hop-2024.xlsx")
    placed = next(finding for finding in screen.plan.findings if finding.row and finding.column)
    screen.show_finding(placed)
    index = screen.view.grid.currentIndex()
    assert (index.row() + 1, screen.view.grid.sheet.columns[index.column()]) == (placed.row, placed.column)
    assert screen.view.grid.sheet.worst(index.row(), index.column()) is placed.severity


def test_the_findings_are_saved_for_excel(qtbot, window, screen, tmp_path):
    read(qtbot, window, screen, "tong-hop-2024.xlsx")
    out = tmp_path / "phát hiện.csv"
    screen.write_findings(out)
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows[0] == ["Tệp", "Vị trí", "Dấu", "Phát hiện", "Cách làm"]
    assert len(rows) == len(screen.plan.findings) + 1


def test_a_file_that_is_no_workbook_is_a_finding_not_a_fault(qtbot, window, screen, tmp_path):
    wrong = tmp_path / "hỏng.xlsx"
    wrong.write_bytes(b"PK not really")
    screen.add_files([wrong])
    settle(qtbot, window)
    assert screen.plan.findings
    assert not screen.view.write.isEnabled()


# ---- files of every kind ----


@pytest.fixture
def odd(tmp_path):
    """A commune's own sheet: an unknown heading, an unknown name, dashes."""
    return odd_book(tmp_path / "Báo cáo trạm.xlsx")


def fill_cell(path, element, content):
    book = openpyxl.load_workbook(path)
    fill(book.worksheets[0], element, content)
    book.save(path)


def choose(qtbot, window, screen, *paths):
    screen.add_files(list(paths))
    settle(qtbot, window)


def test_a_folder_and_an_archive_are_read_whole(qtbot, window, screen, tmp_path):
    (tmp_path / "quý" / "sâu").mkdir(parents=True)
    shutil.copy(SAMPLES / "tong-hop-2023.xlsx", tmp_path / "quý" / "sâu" / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "quý" / "b.zip", "w") as archive:
        archive.write(SAMPLES / "tong-hop-2024.xlsx", "tong-hop-2024.xlsx")
    choose(qtbot, window, screen, tmp_path / "quý")
    assert {view.file for view in screen.desk.sheets} == {"a.xlsx", "b.zip/tong-hop-2024.xlsx"}
    assert len(screen.plan.periods) == 2


def test_a_folder_without_workbooks_leaves_the_desk_empty(qtbot, window, screen, tmp_path):
    choose(qtbot, window, screen, tmp_path)
    assert screen.desk is None
    assert screen.view.first_act.isVisible()


def test_a_block_copied_in_excel_is_read_like_a_file(qtbot, window, screen):
    QApplication.clipboard().setText("Số liệu năm 2024\nXã\tDân số trung bình\tTrẻ đẻ sống\nXã Hồ Bốn\t2.820\t76\n")
    screen.paste()
    settle(qtbot, window)
    assert [(cell.unit, cell.told) for cell in screen.plan.cells] == [("04459", number(2820)), ("04459", number(76))]
    QApplication.clipboard().setText("một ô")
    screen.paste()
    assert len(screen.files) == 1


def test_letters_of_2021_are_shown_as_unicode(qtbot, window, screen):
    read(qtbot, window, screen, "tong-hop-2021-tcvn3.xlsx")
    assert screen.view.left.encoding.currentText() == "Tệp: TCVN3"
    assert screen.view.grid.sheet.text(8, 1) == "Xã Nậm Có"


def test_our_template_filled_in_is_read_by_its_cells(qtbot, window, screen, tmp_path):
    with open_record(window.session.path) as record:
        out = tmp_path / "mẫu.xlsx"
        templates.write_template(record, unit="04459", form="commune", period=YEAR, out=out, today=TODAY)
    fill_cell(out, "population", 2820)
    choose(qtbot, window, screen, out)
    assert screen.sheet.layout == "template"
    assert screen.view.left.own.isVisible()
    cell = screen.plan.cells[0]
    assert screen.sheet.heads.rows[cell.row].text == "Dân số t. bình"
    assert screen.view.grid.isColumnHidden(0)


def test_a_file_can_be_taken_from_the_desk(qtbot, window, screen):
    read(qtbot, window, screen, "tong-hop-2023.xlsx", "tong-hop-2024.xlsx")
    screen.view.left.files.selectRow(0)
    qtbot.keyClick(screen.view.left.files, Qt.Key.Key_Delete)
    settle(qtbot, window)
    assert [view.file for view in screen.desk.sheets] == ["tong-hop-2024.xlsx"]
    qtbot.mouseClick(screen.view.left.remove, Qt.MouseButton.LeftButton)
    assert screen.desk is None
    assert screen.view.first_act.isVisible()


# ---- doubts, settled ----


def cure(screen, rule, key):
    finding = next(one for one in screen.plan.findings if one.rule == rule)
    screen.view.findings.point_at(finding)
    button = screen.view.findings.card.buttons[key]
    button.click()


def test_a_dash_is_settled_for_the_whole_file_beside_its_finding(qtbot, window, screen, odd):
    choose(qtbot, window, screen, odd)
    assert {cell.told for cell in screen.plan.cells if cell.element == "maternal_deaths"} == {NOT_REPORTED}
    cure(screen, "import.dash", "dash:zero")
    settle(qtbot, window)
    assert {cell.told for cell in screen.plan.cells if cell.element == "maternal_deaths"} == {ZERO}
    assert screen.view.left.dash.currentText() == "0"
    assert "import.dash" not in {one.rule for one in screen.plan.findings}


def answer(monkeypatch, key, for_all=False):
    def exec_(dialog):
        dialog.answer = key
        dialog.for_everybody.setChecked(for_all)
        return 1

    monkeypatch.setattr(PickDialog, "exec", exec_)


def test_a_heading_is_settled_from_a_list_and_remembered_for_its_sender(qtbot, window, screen, odd, monkeypatch):
    choose(qtbot, window, screen, odd)
    answer(monkeypatch, "live_births")
    cure(screen, "import.extra_column", "heading")
    settle(qtbot, window)
    taken = {one.written: one for one in screen.sheet.taken}
    assert (taken["Khẩu"].code, taken["Khẩu"].sure) == ("live_births", Sure.SETTLED)
    assert learned(window.session.record, sender=screen.sheet.reading.sender).headings["khau"] == "live_births"
    assert "khau" not in learned(window.session.record).headings


def test_an_unknown_name_becomes_a_commune_and_can_be_forgotten(qtbot, window, screen, odd, monkeypatch):
    choose(qtbot, window, screen, odd)
    town = next(one.uid for one in window.session.communes if one.code == "04456")
    answer(monkeypatch, town, for_all=True)
    cure(screen, "import.unknown_unit", "unit")
    settle(qtbot, window)
    assert "04456" in {cell.unit for cell in screen.plan.cells}
    assert learned(window.session.record).units["khu trung tam"] == town
    with open_record(window.session.path) as record:
        taken = Taken("7", "Khu trung tâm", "04456", "", Sure.SETTLED, is_unit=True)
        remember(record, taken, FORGET, "", screen.sheet.reading.sender)
        assert "khu trung tam" not in learned(record).units


def test_the_list_of_meanings_narrows_without_marks(qtbot, window, screen, odd):
    choose(qtbot, window, screen, odd)
    taken = next(one for one in screen.sheet.taken if one.written == "Khẩu")
    dialog = PickDialog(window, taken, meanings(window.session, units=False), "ai đó")
    qtbot.addWidget(dialog)
    dialog.filter.setText("dan so")
    assert [one.key for one in dialog.model.rows] == ["population"]
    qtbot.mouseClick(dialog.deed, Qt.MouseButton.LeftButton)
    assert (dialog.answer, dialog.for_all) == ("population", False)


def test_another_period_is_refused_until_the_file_decides(qtbot, window, screen, odd):
    choose(qtbot, window, screen, odd)
    screen.wishes[odd.name] = Wanted(period=Period.of_year(2023))
    screen.read()
    settle(qtbot, window)
    assert not screen.view.write.isEnabled()
    cure(screen, "import.period_differs", "period")
    settle(qtbot, window)
    assert screen.view.write.isEnabled()


def test_typed_figures_are_replaced_for_one_file_only_when_asked(qtbot, window, screen):
    session = window.session
    uid = next(one.uid for one in session.communes if one.code == "04459")
    for year in ("2023", "2024"):
        period = Period.parse(year)
        session.write(
            lambda record, period=period: entry.type_value(
                record, unit=uid, period=period, element="population", value=number(1)
            )
        )
    read(qtbot, window, screen, "tong-hop-2023.xlsx", "tong-hop-2024.xlsx")
    assert screen.desk.counts[Outcome.KEPT] == 2
    cure(screen, "import.kept", "replace")
    settle(qtbot, window)
    assert screen.desk.counts[Outcome.KEPT] == 1
    assert screen.view.left.replacing.isChecked()
    screen.view.show_way(1)
    screen.view.comparison.narrow(Outcome.CHANGED)
    model = screen.view.comparison.model
    assert [model.data(model.index(0, column)) for column in (0, 1, 4)] == ["Khác số", "Xã Hồ Bốn", "1"]


# ---- asking, sizes ----


def test_what_files_leave_open_is_asked_as_message_and_workbook(qtbot, window, screen, odd, tmp_path):
    choose(qtbot, window, screen, odd)
    screen.asking.fill_menu()
    assert screen.view.menu.actions()[0].text().startswith("Xã Hồ Bốn (")
    screen.asking.copy_message("04459", YEAR)
    settle(qtbot, window)
    assert "Hồ Bốn" in QApplication.clipboard().text()
    for suffix in (".pdf", ".xlsx"):
        screen.asking.write_one("04459", YEAR, tmp_path / f"hỏi{suffix}")
        settle(qtbot, window)
        assert (tmp_path / f"hỏi{suffix}").stat().st_size > 1000
    (tmp_path / "phiếu").mkdir()
    screen.asking.write_all(tmp_path / "phiếu")
    settle(qtbot, window)
    assert len(list((tmp_path / "phiếu").iterdir())) == len(screen.asking.asked) > 1


def test_two_thousand_findings_are_listed_and_gone_through(qtbot, window, screen):
    findings = [
        Finding("import.not_a_number", Severity.ERROR, say("“{shown}” is not a number; nothing was read.", shown=str(n)),
                file="f.xlsx", sheet="TH", row=n + 1, column="C")
        for n in range(2000)
    ]  # fmt: skip
    panel = screen.view.findings
    panel.show_findings(findings)
    assert panel.model.rowCount() == 2001
    panel.step(1)
    panel.step(1)
    assert panel.rows.current().first.row == 2


def test_alike_findings_share_a_card_that_goes_to_each_cell_in_turn(qtbot, window, screen, odd):
    choose(qtbot, window, screen, odd)
    dash = next(one for one in screen.plan.findings if one.rule == "import.dash")
    panel = screen.view.findings
    panel.point_at(dash)
    seen = []
    panel.went.connect(lambda finding: seen.append(finding.row))
    for _time in range(4):
        panel.rows.went.emit(panel.rows.current())
    assert seen == [5, 6, 8, 5]


@pytest.mark.parametrize("width", [1366, 910])
def test_every_part_can_be_reached_in_any_width(qtbot, window, screen, odd, width):
    window.resize(width, 465 if width < 1000 else 697)
    choose(qtbot, window, screen, odd)
    view = screen.view
    if width < 1000:
        view.toggle.setChecked(True)
        assert view.findings.isVisible()
        view.toggle.setChecked(False)
        view.left.show_part(2)
    assert view.left.taken.isVisible()
    assert view.left.settle.isVisible()
    assert view.write.isVisible()
