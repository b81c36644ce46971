"""Small workbooks of every kind, made on the spot."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from html import escape

_ODS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)

Rows = Sequence[Sequence[object]]


def xlsx(
    rows: Rows,
    *,
    sheet: str = "TH",
    merges: Sequence[str] = (),
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[str] = (),
    font: str | None = None,
) -> bytes:
    """One sheet written by openpyxl (formulas have no cached value)."""
    return xlsx_book({sheet: rows}, merges=merges, hidden_rows=hidden_rows, hidden_columns=hidden_columns, font=font)


def xlsx_book(
    sheets: dict[str, Rows],
    *,
    merges: Sequence[str] = (),
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[str] = (),
    font: str | None = None,
    hidden: Sequence[str] = (),
) -> bytes:
    import openpyxl
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for place, row in enumerate(rows, 1):
            for column, cell in enumerate(row, 1):
                if cell is None or cell == "":
                    continue
                made = page.cell(place, column, cell)
                if font:
                    made.font = Font(name=font)
        for merge in merges:
            page.merge_cells(merge)
        for row_number in hidden_rows:
            page.row_dimensions[row_number].hidden = True
        for letter in hidden_columns:
            page.column_dimensions[letter].hidden = True
        if name in hidden:
            page.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(rows: Rows, *, sheet: str = "TH", merges: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """One sheet of Excel 97-2003; `merges` counts rows and columns from 0 and takes the text of its first cell."""
    import xlwt

    book = xlwt.Workbook()
    page = book.add_sheet(sheet)
    covered = {(row, column) for a, b, c, d in merges for row in range(a, b + 1) for column in range(c, d + 1)}
    for top, bottom, left, right in merges:
        page.write_merge(top, bottom, left, right, str(rows[top][left]))
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell not in (None, "") and (place, column) not in covered:
                page.write(place, column, xlwt.Formula(str(cell)[1:]) if str(cell).startswith("=") else cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(rows: Rows, *, sheet: str = "TH") -> bytes:
    """One sheet of an OpenDocument spreadsheet."""
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    return ods_content(f'<table:table table:name="{escape(sheet)}">{lines}</table:table>')


def ods_content(tables: str) -> bytes:
    out = io.BytesIO()
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODS} office:version="1.2"><office:body>'
            f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def _ods_cell(cell: object) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
    return (
        f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    )


def csv_text(rows: Rows, delimiter: str = ";") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(["" if cell is None else cell for cell in row] for row in rows)
    return out.getvalue()
