"""The query sheet as .xlsx: what is asked is locked, the answer is chosen from a list or written beside it."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from desktop.domain.query_sheet import AskedCell, QuerySheet
from desktop.exchange.identity import HIDDEN_SHEET, Identity, column_mark, row_mark
from desktop.exchange.query_sheet.marks import CONFIRMED, CORRECTED, Mark
from desktop.exchange.sheet_names import sheet_names
from desktop.exchange.template.words import cell_of
from desktop.exchange.template.writing import Styles, lines, put_value, set_page, value_style

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WIDTHS: Final = (5.0, 25.0, 9.0, 11.0, 42.0, 11.0, 12.0, 30.0)
_HEADS: Final = (
    "STT",
    "Chỉ tiêu",
    "Đơn vị tính",
    "Số đã báo cáo",
    "Nội dung cần xem lại",
    "Trả lời của xã",
    "Sửa thành",
    "Lý do, giải thích",
)
_MARKS: Final = {1: "number", 2: "name", 6: "answer", 7: "correct", 8: "reason"}
_HOW: Final = (
    "Cách trả lời: số đúng thì chọn “đúng” và ghi lý do; số sai thì chọn “sửa” và ghi số đúng ở cột “Sửa thành”; "
    "không có thì ghi 0, không áp dụng ghi x, chưa có ghi … Lưu tệp và gửi lại, không cần đổi tên."
)
_LINE: Final = 16.0


def query_xlsx(asked: QuerySheet, identity: Identity, *, office: str, period: str, made: date) -> bytes:
    """The workbook; the same questions and day give the same bytes. `period` is spoken, as "năm 2024"."""
    import xlsxwriter

    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    book.set_properties({"title": "Phiếu hỏi lại số liệu", "created": datetime.combine(made, time())})
    (name,) = sheet_names([asked.unit_name])
    page = _Page(book.add_worksheet(name), Styles(book))
    page.head(asked, identity, office, period)
    for question in asked.questions:
        page.rows(question.number, question.cells, " ".join(filter(None, (question.text, question.hint))))
    for place, cell in enumerate(asked.missing, len(asked.questions) + 1):
        page.rows(place, (cell,), "Chưa có số liệu. Ghi số ở cột “Sửa thành”, hoặc nêu lý do.")
    page.foot()
    hidden = book.add_worksheet(HIDDEN_SHEET)
    hidden.write_string(0, 0, name)
    hidden.write_string(0, 1, identity.text())
    hidden.very_hidden()
    book.close()
    return held.getvalue()


class _Page:
    """The sheet while it is written."""

    def __init__(self, sheet: Worksheet, styles: Styles) -> None:
        self.sheet, self.styles = sheet, styles
        self.row = 0
        sheet.set_column(0, 0, 3, styles(), {"hidden": True})
        for column, width in enumerate(_WIDTHS, 1):
            sheet.set_column(column, column, width, styles())

    def head(self, asked: QuerySheet, identity: Identity, office: str, period: str) -> None:
        """Who asks whom about which period, and the headings."""
        self.sheet.write_string(0, 0, identity.text())
        self.sheet.write_string(0, 1, office, self.styles(bold=True))
        title = self.styles(bold=True, align="center", font_size=14)
        self.sheet.merge_range(2, 1, 2, len(_HEADS), "PHIẾU HỎI LẠI SỐ LIỆU", title)
        middle = self.styles(align="center", italic=True)
        self.sheet.merge_range(3, 1, 3, len(_HEADS), f"Đơn vị: {asked.unit_name}. Kỳ báo cáo: {period}", middle)
        for column, mark in _MARKS.items():
            self.sheet.write_string(5, column, column_mark(mark))
        self.sheet.set_row(5, None, None, {"hidden": True})
        style = self.styles.ruled(bold=True, align="center", bg_color="#E7EDF3")
        for column, text in enumerate(_HEADS, 1):
            self.sheet.write_string(6, column, text, style)
        self.sheet.set_row(6, 2 * _LINE)
        self.sheet.freeze_panes(7, 0)
        self.sheet.repeat_rows(6)
        self.row = 7

    def rows(self, number: int, cells: Iterable[AskedCell], text: str) -> None:
        """The figures of one question; its words stand beside the first of them."""
        plain = self.styles.ruled()
        middle = self.styles.ruled(align="center")
        held = list(cells)
        first = self.row
        for cell in held:
            self.sheet.write_string(self.row, 0, row_mark(Mark(cell.element.code, cell.rules, cell.value).text()))
            self.sheet.write_number(self.row, 1, number, middle)
            self.sheet.write_string(self.row, 2, cell.name, plain)
            self.sheet.write_string(self.row, 3, cell.element.unit, middle)
            style = value_style(self.styles, cell.element, locked=True)
            put_value(self.sheet, (self.row, 4), cell_of(cell.value, cell.element), style)
            self._answer(cell)
            high = max(lines(cell.name, _WIDTHS[1]), lines(text, _WIDTHS[4]) / len(held))
            self.sheet.set_row(self.row, _LINE * max(1.2, high))
            self.row += 1
        if len(held) > 1:
            self.sheet.merge_range(first, 5, self.row - 1, 5, text, plain)
        else:
            self.sheet.write_string(first, 5, text, plain)

    def _answer(self, cell: AskedCell) -> None:
        look = self.styles.ruled(locked=False, bg_color="#FFFDE7", align="center")
        self.sheet.write_blank(self.row, 6, None, look)
        told = "Chọn “đúng” hoặc “sửa”; cũng có thể ghi lời giải thích."
        words = {"validate": "list", "source": [CONFIRMED, CORRECTED], "error_type": "information"}
        self.sheet.data_validation(
            self.row, 6, self.row, 6, {**words, "error_title": "Trả lời của xã", "error_message": told}
        )
        self.sheet.write_blank(self.row, 7, None, value_style(self.styles, cell.element, locked=False))
        self.sheet.write_blank(self.row, 8, None, self.styles.ruled(locked=False, bg_color="#FFFDE7"))

    def foot(self) -> None:
        """How to answer, who answers, the page."""
        small = self.styles(italic=True, text_wrap=True, valign="top", font_size=10)
        self.sheet.merge_range(self.row, 1, self.row, len(_HEADS), _HOW, small)
        self.sheet.set_row(self.row, 30)
        bold = self.styles(align="center", bold=True)
        self.sheet.merge_range(self.row + 2, 1, self.row + 2, 4, "Người trả lời", bold)
        self.sheet.merge_range(self.row + 2, 6, self.row + 2, 8, "Thủ trưởng đơn vị", bold)
        set_page(self.sheet, landscape=True)
        self.sheet.print_area(0, 1, self.row + 8, len(_HEADS))
        self.sheet.set_selection(7, 6, 7, 6)
