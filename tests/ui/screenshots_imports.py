"""Pictures of the import desk and of filling in a template."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl

from tests.ui.offices import SAMPLES, TODAY

if TYPE_CHECKING:
    from tests.ui.screenshots import Photographer


def imports(camera: Photographer) -> None:
    """The import desk: empty, reading, read, doubtful, refused, differences, other layouts, written."""
    screen = camera.show("imports")
    camera.take("nhap-tu-excel-trong")
    odd = odd_book(camera.folder / "Báo cáo trạm Hồ Bốn.xlsx")
    screen.add_files([SAMPLES / "tong-hop-2021-tcvn3.xlsx", SAMPLES / "tong-hop-2022.xlsx", odd])
    camera.take("nhap-tu-excel")
    _reading(camera, screen)
    view = screen.view
    sheets = [one.file for one in screen.desk.sheets]
    view.left.files.selectRow(sheets.index(odd.name))
    dash = next(one for one in screen.plan.findings if one.rule == "import.dash")
    view.findings.point_at(dash)
    screen.show_finding(dash)
    camera.take("nhap-tu-excel-con-ngo")
    if camera.window.is_compact:
        view.toggle.setChecked(True)
        camera.take("nhap-tu-excel-phat-hien")
        view.toggle.setChecked(False)
    _settling(camera, screen)
    view.show_way(1)
    camera.take("nhap-tu-excel-so-voi-so")
    view.show_way(0)
    screen.wishes[odd.name] = replace(screen.wanted(odd.name), period=_period("2023"))
    screen.read()
    camera.settle()
    refused = next(one for one in screen.plan.findings if one.rule == "import.period_differs")
    view.findings.point_at(refused)
    camera.take("nhap-tu-excel-sai-ky")
    screen.wishes.clear()
    screen.read()
    camera.settle()
    screen.write()
    camera.take("nhap-tu-excel-da-ghi")
    camera.window.step_history("undo")
    camera.settle()
    screen.leave()
    camera.window.choose_period(_period("2024"))
    _ours(camera)


def weighing_lists(camera: Photographer) -> None:
    """Lists of children: known, new and doubtful ones, and what the file says; written."""
    from desktop.application.children_import import ListWish, apply_lists, lists_of
    from desktop.application.imports import read_files
    from desktop.application.records import open_record

    june = SAMPLES / "can-do-tre-2024-06.xlsx"
    with open_record(camera.window.session.path, today=TODAY) as record:
        read = read_files(record, files=[june])
        apply_lists(record, plan=lists_of(record, files=read.files, wish=ListWish(), today=TODAY))
    screen = camera.show("imports")
    screen.add_files([weighing_book(june, camera.folder / "Cân đo tháng 12 năm 2024.xlsx")])
    camera.take("nhap-tu-excel-can-do")
    screen.view.show_way(0)
    camera.take("nhap-tu-excel-can-do-nhu-excel")
    screen.view.show_way(1)
    doubtful = next(one for one in screen.desk.lists.rows if one.others)
    screen.settle_child(doubtful, doubtful.others[0].uid)
    camera.settle()
    screen.write()
    camera.take("nhap-tu-excel-can-do-da-ghi")
    screen.leave()


def weighing_book(june: Path, out: Path) -> Path:
    """The sample half a year later: two mothers written otherwise, one child anew, one twice, one slip of a digit."""
    book = openpyxl.load_workbook(june)
    for name in book.sheetnames[2:]:
        del book[name]
    for page in book.worksheets:
        page["A4"] = "Ngày cân đo: 02/12/2024"
    page = book.worksheets[0]
    page["G8"], page["G9"] = "Sùng Thị Mảy", "Vàng Thị Sáo"
    page["H10"] = "115"
    last = page.max_row
    page.append([41, "Giàng A Mới", "x", None, "05/09/2024", 2, "Lý Thị Sáng", "5,2", None, "57,4"])
    page.append([42, *(page.cell(last, column).value for column in range(2, 14))])
    book.save(out)
    return out


def _ours(camera: Photographer) -> None:
    """Our own template filled in by a commune, and an answered query sheet."""
    from desktop.application import queries, templates
    from desktop.application.records import open_record

    period = _period("2024")
    with open_record(camera.window.session.path, today=TODAY) as record:
        made = camera.folder / templates.template_name(record, unit="04459", form="commune", period=period)
        templates.write_template(
            record, unit="04459", form="commune", period=period, out=made, today=TODAY, filled=True
        )
        asked = camera.folder / "Hỏi lại số liệu.xlsx"
        queries.write(record, unit="04486", period=period, out=asked, today=TODAY)
    _answer(asked)
    screen = camera.show("imports")
    screen.add_files([made, asked])
    camera.take("nhap-tu-excel-mau-xa")
    screen.view.left.files.selectRow(1)
    camera.take("nhap-tu-excel-tra-loi")
    screen.leave()


def filling(camera: Photographer) -> None:
    """Filling in: empty, refused, cells before saving, saved."""
    screen = camera.show("imports")
    screen.view.show_tab(filling=True)
    camera.take("dien-vao-mau-trong")
    old = camera.folder / "mẫu tỉnh.csv"
    old.write_text("Xã;Dân số trung bình\nXã Hồ Bốn;\n", encoding="utf-8")
    work = screen.filling
    work.choose(old)
    camera.take("dien-vao-mau-tu-choi")
    book = openpyxl.load_workbook(SAMPLES / "tong-hop-2024.xlsx")
    page = book["TH"]
    for row in range(7, 22):
        for column in range(3, 20):
            if (row, column) not in ((8, 3), (9, 11)):
                page.cell(row, column).value = None
    page["C8"] = 2800
    page["D10"] = "=C10-100"
    path = camera.folder / "Mẫu Sở Y tế 2024.xlsx"
    book.save(path)
    work.choose(path)
    camera.settle()
    work.view.toggle(work.view.model.rows[1])
    camera.take("dien-vao-mau")
    work.save(camera.folder / "Mẫu Sở Y tế 2024 (đã điền).xlsx")
    camera.take("dien-vao-mau-da-luu")
    work.leave()
    screen.view.show_tab(filling=False)


def _period(text: str):
    from desktop.domain.periods import Period

    return Period.parse(text)


def _reading(camera: Photographer, screen) -> None:
    """The dialog of a long reading."""
    from desktop.ui.dialogs.progress import Progress
    from desktop.ui.jobs import RunningJob
    from desktop.wording import say

    job = RunningJob(
        say("Read {count} files", count=40), lambda _record, _step: None, stopping=say("Nothing has been written yet.")
    )
    dialog = Progress(screen.view, job)
    dialog.show()
    dialog.follow(26, 40)
    camera.take("nhap-tu-excel-dang-doc", dialog)
    job.is_over = True
    job.ended.emit()
    camera.settle()


def _settling(camera: Photographer, screen) -> None:
    """Choosing what a heading means."""
    from desktop.ui.screens.imports.curing import meanings
    from desktop.ui.screens.imports.picking import PickDialog

    view = screen.sheet
    taken = next(one for one in view.taken if not one.is_unit and one.written.startswith("Khẩu"))
    dialog = PickDialog(camera.window, taken, meanings(screen.session, units=False), view.reading.sender)
    dialog.show()
    camera.take("nhap-tu-excel-chon-nghia", dialog)
    dialog.close()


def odd_book(path: Path) -> Path:
    """A commune's own sheet: an unknown heading, an unknown name, dashes, a ten-fold slip, a figure typed otherwise."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "Năm 2024"
    rows = [
        ["TRẠM Y TẾ XÃ HỒ BỐN"],
        ["SỐ LIỆU NĂM 2024"],
        [],
        ["STT", "Xã", "Khẩu", "Dân số trung bình", "Số người có thẻ BHYT", "Tử vong mẹ", "Trẻ đẻ sống", "Ghi chú"],
        [1, "Xã Hồ Bốn", 2815, 2825, "2.78O", "-", 76, ""],
        [2, "Xã Nậm Có", 4100, 4122, 3990, "-", "9O", "số gộp"],
        [3, "Khu trung tâm", 6001, 6001, 5900, 0, 172, ""],
        [4, "Xã Chế Tạo", 3500, 3551, 3500, "-", "12,5", ""],
        ["", "Cộng", "=SUM(C5:C8)", None, None, None, None, ""],
    ]
    for row in rows:
        page.append(row)
    book.save(path)
    return path


def _answer(path: Path) -> None:
    """Fill in the first answers of a query sheet."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    marks = {cell.value: (cell.row, cell.column) for line in page.iter_rows() for cell in line if cell.value}
    columns = {name: marks[f"sotram.col:{name}"][1] for name in ("answer", "correct", "reason")}
    rows = sorted(place[0] for mark, place in marks.items() if str(mark).startswith("sotram.row:"))
    page.cell(rows[0], columns["answer"]).value = "sửa"
    page.cell(rows[0], columns["correct"]).value = 88
    if len(rows) > 2:
        page.cell(rows[2], columns["answer"]).value = "đúng"
        page.cell(rows[2], columns["reason"]).value = "đã đối chiếu sổ, trẻ ở xã khác đến cân"
    book.save(path)
