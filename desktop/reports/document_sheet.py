"""A document as a workbook: its text on the first sheet, each of its tables on one of its own, figures as numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from desktop.reports.model import (
    Align,
    Block,
    Cell,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    RowKind,
    Table,
    ToWrite,
    head_places,
    plain_text,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_FONT: Final = "Times New Roman"
_TEXT_WIDTH: Final = 110
_LETTERS: Final = 105  # of 12 pt that fit on a line of that width
_LINE: Final = 16.5  # points
_LEAST: Final = 9
_MOST: Final = 44
_DIGITS: Final = re.compile(r"^-?[0-9][0-9.]*(?:,(?P<decimals>[0-9]+))?(?P<unit>[^0-9].*)?$")


def document_workbook(document: Document, *, made: date) -> bytes:
    """The workbook's bytes; the same document and day give the same bytes."""
    import xlsxwriter

    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    title = f"{document.type} {document.subject}".strip()
    book.set_properties({"title": title, "created": datetime.combine(made, time())})
    formats = _Formats(book)
    text = book.add_worksheet("Văn bản")
    text.set_column(0, 0, _TEXT_WIDTH)
    text.set_paper(9)
    text.fit_to_pages(1, 0)
    tables = list(_tables(document))
    names = [_sheet_name(at, annex) for at, (_table, annex) in enumerate(tables, 1)]
    for at, (line, style) in enumerate(_lines(document, names)):
        text.write_string(at, 0, line, formats.text[style])
        text.set_row(at, _LINE * max(1, -(-len(line) // _LETTERS)))
    for (table, _annex), name in zip(tables, names, strict=True):
        _write(book.add_worksheet(name), table, formats)
    book.close()
    return held.getvalue()


class _Formats:
    """The few looks there are; those of numbers are made as they are met."""

    def __init__(self, book: Workbook) -> None:
        plain = {"font_name": _FONT, "font_size": 12, "valign": "top", "text_wrap": True}
        self._book = book
        self._ruled = {"font_name": _FONT, "font_size": 11, "border": 1, "valign": "vcenter", "text_wrap": True}
        self._made: dict[tuple[str, str, bool], Format] = {}
        self.text = {
            "plain": book.add_format(plain),
            "bold": book.add_format(plain | {"bold": True}),
            "title": book.add_format(plain | {"bold": True, "align": "center", "font_size": 14}),
            "italic": book.add_format(plain | {"italic": True}),
        }
        self.head = book.add_format(self._ruled | {"bold": True, "align": "center"})

    def cell(self, align: Align, number: str, *, bold: bool) -> Format:
        """A ruled cell; `number` is Excel's format, empty for text."""
        key = align.value, number, bold
        if key not in self._made:
            told = {"align": {"centre": "center"}.get(align.value, align.value), "bold": bold}
            self._made[key] = self._book.add_format(self._ruled | told | ({"num_format": number} if number else {}))
        return self._made[key]


def _tables(document: Document) -> Iterator[tuple[Table, bool]]:
    yield from ((block, False) for block in document.blocks if isinstance(block, Table))
    for annex in document.annexes:
        yield from ((block, True) for block in annex.blocks if isinstance(block, Table))


def _sheet_name(at: int, annex: bool) -> str:  # noqa: FBT001 - told apart in one place
    return f"Phụ lục, bảng {at}" if annex else f"Bảng {at}"


def _lines(document: Document, names: list[str]) -> Iterator[tuple[str, str]]:
    """The text from top to bottom, each line with its look; a table is named by its sheet."""
    sheets = iter(names)
    agency = document.agency
    for line in (agency.parent, agency.name):
        if line:
            yield line.upper(), "bold"
    number = document.number if document.number is not None else "      "
    day = f"ngày {document.dated:%d/%m/%Y}" if document.dated else f"ngày      tháng      năm {document.year}"
    yield f"Số: {number}/{document.symbol}", "plain"
    yield f"{document.place}, {day}", "italic"
    yield document.type.upper(), "title"
    yield document.subject, "title"
    if document.addressees:
        yield f"Kính gửi: {'; '.join(document.addressees)}.", "plain"
    for block in (*document.blocks, document.closing):
        yield from _said(block, sheets)
    for signed in document.signature.posts:
        yield signed, "bold"
    if document.signature.name:
        yield document.signature.name, "bold"
    if document.recipients:
        yield f"Nơi nhận: {'; '.join(document.recipients)}.", "italic"
    for annex in document.annexes:
        yield annex.title, "title"
        for block in annex.blocks:
            yield from _said(block, sheets)


def _said(block: Block, sheets: Iterator[str]) -> Iterator[tuple[str, str]]:
    if isinstance(block, Heading):
        yield block.text, "bold"
    elif isinstance(block, Paragraph):
        yield plain_text(block.spans), "plain"
    elif isinstance(block, Table):
        yield f"{block.caption or block.name}: xem trang tính “{next(sheets)}”.", "italic"
    elif isinstance(block, ToWrite):
        yield "…" * 30, "plain"
    elif isinstance(block, Picture):
        yield block.caption, "italic"
    else:
        assert isinstance(block, PageBreak)  # noqa: S101 - there is no other block; a sheet has no pages to break


def _write(sheet: Worksheet, table: Table, formats: _Formats) -> None:
    top = 0
    for line in (table.caption, table.unit):
        if line:
            sheet.write_string(top, 0, line, formats.text["bold" if line == table.caption else "italic"])
            top += 1
    _head(sheet, table, top, formats)
    first = top + len(table.head)
    for at, row in enumerate(table.rows, first):
        bold = row.kind is not RowKind.PLAIN
        for column, cell in enumerate(row.cells):
            _cell(sheet, at, column, cell, table.columns[column].align, formats, bold=bold)
        if row.kind is RowKind.GROUP and len(row.cells) < len(table.columns):
            for column in range(len(row.cells), len(table.columns)):
                sheet.write_blank(at, column, None, formats.cell(Align.LEFT, "", bold=True))
    below = first + len(table.rows)
    for at, line in enumerate([table.legend, *(plain_text(note.spans) for note in table.notes)]):
        if line:
            sheet.write_string(below + at, 0, line)
    for column in range(len(table.columns)):
        longest = max(
            (len(_printed(row.cells[column])) for row in table.rows if column < len(row.cells) > 1), default=0
        )
        sheet.set_column(column, column, min(max(longest + 2, _LEAST), _MOST))
    sheet.freeze_panes(first, table.key_columns)
    if table.head:
        sheet.repeat_rows(top, first - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _head(sheet: Worksheet, table: Table, top: int, formats: _Formats) -> None:
    cells = [cell for row in table.head for cell in row]
    places: dict[int, list[tuple[int, int]]] = {}
    for down, row in enumerate(head_places(table) if table.head else ()):
        for right, index in enumerate(row):
            places.setdefault(index, []).append((down, right))
    for index, held in places.items():
        (down, right), (last_down, last_right) = held[0], held[-1]
        if len(held) > 1:
            sheet.merge_range(top + down, right, top + last_down, last_right, cells[index].text, formats.head)
        else:
            sheet.write_string(top + down, right, cells[index].text, formats.head)


def _printed(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.text + cell.mark


def _cell(sheet: Worksheet, at: int, column: int, cell: Cell, align: Align, formats: _Formats, *, bold: bool) -> None:
    """A figure is a number that looks as it is printed; everything else, and what is printed as words, is text."""
    shape = _DIGITS.match(cell.text) if isinstance(cell, Figure) and cell.value is not None else None
    if shape is None or not isinstance(cell, Figure) or cell.value is None:
        sheet.write_string(at, column, _printed(cell), formats.cell(align, "", bold=bold))
        return
    decimals = len(shape["decimals"] or "")
    behind = ((shape["unit"] or "") + cell.mark).replace('"', "")
    number = "#,##0" + ("." + "0" * decimals if decimals else "") + (f'"{behind}"' if behind else "")
    sheet.write_number(at, column, float(cell.value), formats.cell(align, number, bold=bold))
