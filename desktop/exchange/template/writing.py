"""Writing templates as .xlsx: locked headings, an open column for figures and one for notes, A4 upright.

The sheet is protected without a password against slips, not against people. Column A and one row are hidden and carry
the marks by which the sheet is read back (`exchange/identity.py`).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from desktop.domain.elements import Element, ValueType
from desktop.exchange.identity import HIDDEN_SHEET, column_mark, row_mark
from desktop.exchange.sheet_names import sheet_names
from desktop.exchange.template.model import Template, TemplateRow
from desktop.exchange.template.words import LEGEND, NO_TEXT, NOT_APPLICABLE_TEXT, NOT_REPORTED_TEXT, YES_TEXT, cell_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FONT: Final = "Times New Roman"
_NUMBER_WIDTH: Final = 5.0
_NAME_WIDTH: Final = 40.0
_UNIT_WIDTH: Final = 9.0
_EARLIER_WIDTH: Final = 11.0
_ENTRY_WIDTH: Final = 14.0
_NOTE_WIDTH: Final = 20.0
_LINE: Final = 17.0
_STATES: Final = ("x", "…", "...", NOT_APPLICABLE_TEXT, NOT_REPORTED_TEXT)


def template_xlsx(templates: Sequence[Template], *, made: date) -> bytes:
    """One workbook, one sheet a template; the same templates and day give the same bytes."""
    import xlsxwriter

    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    book.set_properties({"title": templates[0].title, "created": datetime.combine(made, time())})
    styles = Styles(book)
    names = sheet_names([template.unit for template in templates])
    for name, template in zip(names, templates, strict=True):
        _Page(book.add_worksheet(name), styles, template).write()
    hidden = book.add_worksheet(HIDDEN_SHEET)
    for row, (name, template) in enumerate(zip(names, templates, strict=True)):
        hidden.write_string(row, 0, name)
        hidden.write_string(row, 1, template.identity.text())
    hidden.very_hidden()
    book.close()
    return held.getvalue()


class Styles:
    """The few formats of our sheets, each made once."""

    def __init__(self, book: Workbook) -> None:
        """Formats are made as they are asked for."""
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **wanted: Any) -> Format:
        """A format in our font."""
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": FONT, "font_size": 12, "valign": "vcenter", **wanted})
        return self._made[key]

    def ruled(self, **wanted: Any) -> Format:
        """A cell of a ruled table."""
        return self(border=1, text_wrap=True, **wanted)


class _Page:
    """One sheet while it is written."""

    def __init__(self, sheet: Worksheet, styles: Styles, template: Template) -> None:
        self.sheet, self.styles, self.template = sheet, styles, template
        past = len(template.earlier)
        self.entry, self.note = 4 + past, 5 + past
        self.row = 0

    def write(self) -> None:
        """Head, table, legend, signatures, page."""
        self._widths()
        self._head()
        self._columns()
        for section in self.template.sections:
            self._section(section.number, section.name)
            first = self.row
            for row in section.rows:
                self._figure(row)
            self._validate(first, [row.element for row in section.rows])
        self._foot()
        self._page()

    def _widths(self) -> None:
        narrow = max(0, len(self.template.earlier) - 1) * _EARLIER_WIDTH
        widths = (_NUMBER_WIDTH, _NAME_WIDTH - narrow, _UNIT_WIDTH, *[_EARLIER_WIDTH] * len(self.template.earlier))
        self.sheet.set_column(0, 0, 3, self.styles(), {"hidden": True})
        for column, width in enumerate((*widths, _ENTRY_WIDTH, _NOTE_WIDTH), 1):
            self.sheet.set_column(column, column, width, self.styles())

    def _head(self) -> None:
        told = self.template
        bold = self.styles(bold=True)
        self.sheet.write_string(0, 0, told.identity.text())
        self.sheet.write_string(0, 1, f"Đơn vị báo cáo: {told.unit}", bold)
        self.sheet.write_string(1, 1, f"Đơn vị nhận: {told.office}", self.styles())
        title = self.styles(bold=True, align="center", text_wrap=True, font_size=14)
        self.sheet.merge_range(3, 1, 3, self.note, told.title.upper(), title)
        middle = self.styles(align="center", italic=True)
        due = f". Hạn gửi: {told.due}" if told.due else ""
        self.sheet.merge_range(4, 1, 4, self.note, f"Kỳ báo cáo: {told.period}{due}", middle)
        self.row = 6

    def _columns(self) -> None:
        marks = {1: "number", 2: "name", 3: "unit", self.entry: "entry", self.note: "note"}
        for column, mark in marks.items():
            self.sheet.write_string(self.row, column, column_mark(mark))
        self.sheet.set_row(self.row, None, None, {"hidden": True})
        head = self.styles.ruled(bold=True, align="center", bg_color="#E7EDF3")
        entry = self.template.entry
        for column, text in enumerate(("STT", "Chỉ tiêu", "Đơn vị tính", *self.template.earlier, entry, "Ghi chú"), 1):
            self.sheet.write_string(self.row + 1, column, text, head)
        self.sheet.set_row(self.row + 1, 2 * _LINE)
        self.sheet.freeze_panes(self.row + 2, 0)
        self.sheet.repeat_rows(self.row + 1)
        self.row += 2

    def _section(self, number: str, name: str) -> None:
        style = self.styles.ruled(bold=True)
        self.sheet.write_string(self.row, 1, number, self.styles.ruled(bold=True, align="center"))
        self.sheet.write_string(self.row, 2, name, style)
        for column in range(3, self.note + 1):
            self.sheet.write_blank(self.row, column, None, style)
        self.sheet.set_row(self.row, _LINE * lines(name, _NAME_WIDTH))
        self.row += 1

    def _figure(self, told: TemplateRow) -> None:
        element = told.element
        self.sheet.write_string(self.row, 0, row_mark(element.code))
        self.sheet.write_number(self.row, 1, told.number, self.styles.ruled(align="center"))
        self.sheet.write_string(self.row, 2, element.name_vi, self.styles.ruled())
        self.sheet.write_string(self.row, 3, element.unit, self.styles.ruled(align="center"))
        for column, value in enumerate(told.earlier, 4):
            self._value(column, cell_of(value, element), element, locked=True)
        self._value(self.entry, cell_of(told.now, element), element, locked=False)
        put_value(self.sheet, (self.row, self.note), told.note, self.styles.ruled(locked=False))
        width = _NAME_WIDTH - max(0, len(self.template.earlier) - 1) * _EARLIER_WIDTH
        self.sheet.set_row(self.row, _LINE * max(lines(element.name_vi, width), 1.1))
        self.row += 1

    def _validate(self, first: int, elements: list[Element]) -> None:
        """One rule for neighbours that take the same: a rule for each cell makes 137 communes wait half a minute."""
        for _, group in groupby(enumerate(elements, first), key=lambda one: _taken(one[1])):
            rows = list(group)
            validate(self.sheet, (rows[0][0], rows[-1][0]), self.entry, rows[0][1])

    def _value(self, column: int, cell: int | Decimal | str | None, element: Element, *, locked: bool) -> None:
        put_value(self.sheet, (self.row, column), cell, value_style(self.styles, element, locked=locked))

    def _foot(self) -> None:
        small = self.styles(italic=True, text_wrap=True, valign="top", font_size=10)
        self.sheet.merge_range(self.row, 1, self.row, self.note, LEGEND, small)
        self.sheet.set_row(self.row, 40)
        middle = self.styles(align="center", italic=True)
        bold = self.styles(align="center", bold=True)
        right = min(3, self.note - 2)
        day = "Ngày ...... tháng ...... năm ........"
        self.sheet.merge_range(self.row + 2, right, self.row + 2, self.note, day, middle)
        self.sheet.merge_range(self.row + 3, 1, self.row + 3, 2, "Người lập biểu", bold)
        self.sheet.merge_range(self.row + 3, right, self.row + 3, self.note, "Thủ trưởng đơn vị", bold)
        self.row += 9

    def _page(self) -> None:
        set_page(self.sheet, landscape=False)
        self.sheet.print_area(0, 1, self.row, self.note)
        self.sheet.set_selection(self._first(), self.entry, self._first(), self.entry)

    def _first(self) -> int:
        """The row of the first figure: head, marks, headings and a section stand above it."""
        return 9


def set_page(sheet: Worksheet, *, landscape: bool) -> None:
    """A4, one page wide, locked without a password."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.6, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_footer("&C&P/&N")
    sheet.hide_gridlines(2)
    sheet.protect("", {"format_columns": True, "format_rows": True, "format_cells": True})


def value_style(styles: Styles, element: Element, *, locked: bool) -> Format:
    """How a figure stands in a cell: numbers right with thousands, words in the middle, open cells tinted."""
    look: dict[str, Any] = {} if locked else {"locked": False, "bg_color": "#FFFDE7"}
    if element.type is ValueType.TEXT:
        return styles.ruled(**look)
    if element.type is ValueType.YES_NO:
        return styles.ruled(align="center", **look)
    decimals = "." + "0" * element.decimals if element.type is ValueType.DECIMAL and element.decimals else ""
    return styles.ruled(align="right", indent=1, num_format=f"#,##0{decimals}", **look)


def put_value(sheet: Worksheet, place: tuple[int, int], cell: int | Decimal | str | None, style: Format) -> None:
    """Write what `cell_of` gives: numbers as numbers, words as words."""
    if cell is None:
        sheet.write_blank(*place, None, style)
    elif isinstance(cell, str):
        sheet.write_string(*place, cell, style)
    else:
        sheet.write_number(*place, cell, style)


def _taken(element: Element) -> tuple[object, ...]:
    """What the entry cell of an element takes."""
    return element.type, element.decimals, element.minimum, element.maximum, element.unit


def validate(sheet: Worksheet, rows: tuple[int, int], column: int, element: Element) -> None:
    """What the cells of some rows (first, last) take, told when it is entered: numbers, a list, words of the states."""
    if element.type is ValueType.TEXT:
        return
    about = {"input_title": element.unit[:32] or "Số liệu", "error_title": "Chưa đúng cách ghi"}
    if element.type is ValueType.YES_NO:
        words = [YES_TEXT, NO_TEXT, NOT_APPLICABLE_TEXT, NOT_REPORTED_TEXT]
        told = "Chọn trong danh sách: có, không, không áp dụng, chưa báo cáo."
        sheet.data_validation(
            rows[0], column, rows[1], column, {**about, "validate": "list", "source": words, "error_message": told}
        )
        return
    cell = f"{_letter(column)}{rows[0] + 1}"
    whole = element.type is ValueType.COUNT
    limits = [f"ISNUMBER({cell})", f"INT({cell})={cell}" if whole else f"ROUND({cell},{element.decimals})={cell}"]
    limits += [f"{cell}>={element.minimum}"] if element.minimum is not None else []
    limits += [f"{cell}<={element.maximum}"] if element.maximum is not None else []
    states = ",".join(f'{cell}="{word}"' for word in _STATES)
    told = "Ghi số nguyên" if whole else f"Ghi số, nhiều nhất {element.decimals} chữ số thập phân"
    hint = f"{told}. 0: không phát sinh; x: không áp dụng; …: chưa báo cáo."
    wrong = f"{told}, hoặc 0, x, … Không ghi dấu “-”: 0 là không phát sinh, x là không áp dụng, … là chưa báo cáo."
    formula = f"=OR(AND({','.join(limits)}),{states})"
    rule = {**about, "validate": "custom", "value": formula, "input_message": hint, "error_message": wrong}
    sheet.data_validation(rows[0], column, rows[1], column, rule)


def _letter(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def lines(text: str, width: float) -> int:
    """About how many lines a text takes in a column; Excel does not stretch rows of files it did not write."""
    return max(1, -(-len(text) * 9 // int(width * 10)))
