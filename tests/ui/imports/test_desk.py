"""The import desk: nothing is written before the person says so; then everything as one change."""

import csv

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from desktop.application import entry
from desktop.application.imports import Outcome
from desktop.application.records import open_record
from desktop.domain.values import number
from desktop.ui.places import Place
from desktop.ui.widgets.parts import Notice
from tests.ui.conftest import settle
from tests.ui.imports.conftest import YEAR, read
from tests.ui.offices import SAMPLES


def cells(path):
    with open_record(path) as record:
        rows = entry.matrix(record, form="commune", period=YEAR).rows
    return {row.commune.code: [cell.figure.touched for cell in row.cells] for row in rows}, rows


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
