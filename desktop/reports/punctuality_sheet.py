"""The summary of punctuality as a workbook: the counts on one sheet, every late or missing form on another."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Final

from desktop.reports.punctuality_report import (
    ARRIVALS,
    DAYS_HEAD,
    HEADS,
    LATE_HEADS,
    LEGEND,
    SHARE_HEAD,
    PunctualityInput,
    PunctualityLine,
    late_cells,
    provisional_text,
)
from desktop.reports.targets_words import period_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_FONT: Final = "Times New Roman"
_FIRST: Final = 3
_ROUND: Final = 10
_WIDTHS: Final = (5, 26, 12, 10, 10, 10, 12, 10, 14, 14)
_LATE_WIDTHS: Final = (5, 26, 40, 20, 20, 12, 12, 16)


def punctuality_workbook(data: PunctualityInput) -> bytes:
    """The workbook's bytes; the same figures and day give the same bytes."""
    import xlsxwriter

    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    title = f"Tình hình gửi báo cáo của các đơn vị {period_text(data.period)}"
    book.set_properties({"title": title, "created": datetime.combine(data.today, time())})
    _counts(book, book.add_worksheet("Tổng hợp"), data, title)
    _late(book, book.add_worksheet("Chậm, chưa gửi"), data, title)
    book.close()
    return held.getvalue()


def _formats(book: Workbook) -> tuple[Format, Format, Format, Format]:
    ruled = {"font_name": _FONT, "font_size": 12, "border": 1, "text_wrap": True, "valign": "vcenter"}
    return (
        book.add_format({"font_name": _FONT, "font_size": 14, "bold": True}),
        book.add_format({**ruled, "bold": True, "align": "center"}),
        book.add_format(ruled),
        book.add_format({**ruled, "bold": True}),
    )


def _heads(sheet: Worksheet, heads: Sequence[str], widths: Sequence[int], format: Format) -> None:
    for column, (text, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.write_string(_FIRST, column, text, format)
        sheet.set_column(column, column, width)
    sheet.freeze_panes(_FIRST + 1, 2)
    sheet.repeat_rows(_FIRST)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _counts(book: Workbook, sheet: Worksheet, data: PunctualityInput, title: str) -> None:
    big, head, cell, bold = _formats(book)
    sheet.write_string(0, 0, title, big)
    sheet.write_string(1, 0, " ".join(text for text in (LEGEND, provisional_text(data)) if text))
    _heads(sheet, ("TT", "Đơn vị", "Số biểu phải gửi", *HEADS, SHARE_HEAD, DAYS_HEAD), _WIDTHS, head)
    for place, line in enumerate(data.lines, 1):
        _line(sheet, _FIRST + place, str(place), line.name, line, cell)
    _line(sheet, _FIRST + len(data.lines) + 1, "", "Tổng cộng", data.total, bold)


def _line(sheet: Worksheet, row: int, number: str, name: str, line: PunctualityLine, format: Format) -> None:
    sheet.write_string(row, 0, number, format)
    sheet.write_string(row, 1, name, format)
    sheet.write_number(row, 2, line.owed, format)
    for column, arrival in enumerate(ARRIVALS, 3):
        sheet.write_number(row, column, line.counts.get(arrival, 0), format)
    column = 3 + len(ARRIVALS)
    if line.share is None:
        sheet.write_blank(row, column, None, format)
    else:
        sheet.write_number(row, column, round(float(line.share * 100), _ROUND), format)
    sheet.write_number(row, column + 1, line.days_late, format)


def _late(book: Workbook, sheet: Worksheet, data: PunctualityInput, title: str) -> None:
    big, head, cell, _ = _formats(book)
    sheet.write_string(0, 0, title, big)
    _heads(sheet, LATE_HEADS, _LATE_WIDTHS, head)
    for place, line in enumerate(data.late, 1):
        for column, text in enumerate(late_cells(place, line)):
            if column == 6:
                sheet.write_number(_FIRST + place, column, line.days_late, cell)
            else:
                sheet.write_string(_FIRST + place, column, text, cell)
