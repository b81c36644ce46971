"""Files of every kind on the desk: folders, archives, what was copied, our own templates."""

import shutil
import zipfile

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.application import templates
from desktop.application.imports import Wanted
from desktop.application.records import open_record
from desktop.domain.values import number
from tests.exchange.template.make import fill
from tests.ui.conftest import settle
from tests.ui.imports.conftest import YEAR, choose, read
from tests.ui.offices import SAMPLES, TODAY


def fill_cell(path, element, content):
    book = openpyxl.load_workbook(path)
    fill(book.worksheets[0], element, content)
    book.save(path)


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


def test_files_of_one_name_are_told_apart_and_one_is_taken_away(qtbot, window, screen, tmp_path):
    for folder, source in (("Chế Tạo", "tong-hop-2022"), ("Nậm Có", "tong-hop-2023")):
        (tmp_path / folder).mkdir()
        shutil.copy(SAMPLES / f"{source}.xlsx", tmp_path / folder / "bao-cao.xlsx")
    choose(qtbot, window, screen, tmp_path / "Chế Tạo" / "bao-cao.xlsx")
    screen.wishes["bao-cao.xlsx"] = Wanted(replace=True)
    choose(qtbot, window, screen, tmp_path / "Nậm Có" / "bao-cao.xlsx")
    assert [view.file for view in screen.desk.sheets] == ["Chế Tạo/bao-cao.xlsx", "Nậm Có/bao-cao.xlsx"]
    assert screen.wanted("Chế Tạo/bao-cao.xlsx").replace
    assert not screen.wanted("Nậm Có/bao-cao.xlsx").replace
    screen.remove("Nậm Có/bao-cao.xlsx")
    settle(qtbot, window)
    assert [view.file for view in screen.desk.sheets] == ["bao-cao.xlsx"]
    assert screen.wanted("bao-cao.xlsx").replace
