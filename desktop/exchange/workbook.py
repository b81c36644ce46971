"""Reading somebody's workbook: .xlsx .xlsm .xlsb .xls .ods .csv into plain cells, safely.

Values come from calamine. The kind of a file is told from its content. A file that cannot be read is an AppError
`cannot_read_file` that says what to do; nothing here trusts a size that a file claims.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from desktop.domain.findings import Finding, Severity
from desktop.errors import AppError
from desktop.exchange.grid import Merge, Raw, Sheet, Workbook
from desktop.exchange.sheets_csv import read_csv
from desktop.exchange.sheets_xlsx import BookFacts, SheetFacts, read_facts
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

LARGEST_FILE: Final = 64 * 1024 * 1024
LARGEST_UNPACKED: Final = 512 * 1024 * 1024
LAST_ROW: Final = 200_000
LAST_COLUMN: Final = 1_000
MOST_CELLS: Final = 4_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")
_SAVE_AGAIN: Final = say("Open it in Excel or LibreOffice, save it as an Excel workbook (.xlsx), and try again.")
_ODS_ERROR = re.compile(rb"<text:p>(?:#[A-Z0-9/]+[!?]|#N/A|Err:\d+)</text:p>")
_ODS_REPEAT = re.compile(rb'number-(rows|columns)-repeated="(\d+)"')


def read_workbook(data: bytes, name: str) -> Workbook:
    """Read the bytes of a file named `name`.

    Raises AppError `cannot_read_file` for files that are too large, locked, damaged or of another kind.
    """
    if len(data) > LARGEST_FILE:
        raise _refusal(
            say("{file} is larger than 64 MB.", file=name), say("Delete the sheets that are not needed and save it.")
        )
    kind = _kind(data, name)
    if kind == "csv":
        sheet = _cut(Sheet(PurePath(name).stem, read_csv(data), merged=None))
        return Workbook(name, kind, (sheet,), _with_file(name, sheet.findings))
    facts = read_facts(data) if kind == "xlsx" else None
    sheets = tuple(_sheets(data, name, facts))
    notes = [finding for sheet in sheets for finding in sheet.findings]
    if kind != "xlsx":
        notes.append(_hidden_unknown())
    if kind == "ods" and (count := _ods_errors(data)):
        notes.append(_errors_unread(count))
    return Workbook(name, kind, sheets, _with_file(name, notes))


def _with_file(name: str, findings: list[Finding] | tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(replace(finding, file=name) for finding in findings)


def _hidden_unknown() -> Finding:
    return Finding(
        "import.hidden_unknown",
        Severity.NOTE,
        say("This kind of file does not tell which rows, columns and sheets are hidden; all of them are read."),
    )


def _ods_errors(data: bytes) -> int:
    """How many cells of an .ods show an error; calamine gives them as empty ones."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return len(_ODS_ERROR.findall(_bytes_of(archive, "content.xml")))


def _errors_unread(count: int) -> Finding:
    return Finding(
        "import.cell_error",
        Severity.ERROR,
        say("{count} cells of the file show an error of the spreadsheet program; they were not read.", count=count),
        say("Correct the cells and import the file again, or type the figures."),
    )


def _refusal(title: Sentence, advice: Sentence) -> AppError:
    return AppError("cannot_read_file", title, advice)


def _kind(data: bytes, name: str) -> str:
    if not data.strip(b"\0 \t\r\n"):
        raise _refusal(say("{file} is empty.", file=name), say("Ask the sender for the file again."))
    if data.startswith(b"PK"):
        return _zip_kind(data, name)
    if data.startswith(_OLE):
        return _ole_kind(data, name)
    if data.startswith(_OLD_EXCEL):
        raise _refusal(say("{file} was saved by a very old Excel.", file=name), _SAVE_AGAIN)
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"<") or b"mso-application" in head:
        raise _refusal(say("{file} is a web page or XML named like a workbook.", file=name), _SAVE_AGAIN)
    if head.startswith((b"%pdf", b"{\\rtf", b"\x89png", b"\xff\xd8\xff", b"gif8", b"rar!", b"7z\xbc\xaf")):
        raise _refusal(say("{file} is not a workbook.", file=name), say("Choose an .xlsx, .xls, .ods or .csv file."))
    if b"\0" in data[:2000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")) and not _looks_utf16(data):
        raise _damaged(name)
    return "csv"


def _looks_utf16(data: bytes) -> bool:
    head = data[:400]
    return min(head[::2].count(0), head[1::2].count(0)) == 0 and head.count(0) > len(head) // 4


def _damaged(name: str) -> AppError:
    return _refusal(
        say("{file} cannot be read: it is damaged or of another kind.", file=name),
        say("Copy it again from where it came from, or open it in Excel and save it as .xlsx."),
    )


def _zip_kind(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            _check_size(archive, parts, name)
            kind = _kind_by_parts(archive, names, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as fault:
        raise _damaged(name) from fault
    if kind is None:
        raise _refusal(say("{file} is not a workbook.", file=name), say("Choose an .xlsx, .xls, .ods or .csv file."))
    return kind


def _bytes_of(archive: zipfile.ZipFile, part: str) -> bytes:
    try:
        return archive.read(part)
    except KeyError:
        return b""


def _kind_by_parts(archive: zipfile.ZipFile, names: set[str], name: str) -> str | None:
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "content.xml" in names and b"encryption-data" in _bytes_of(archive, "META-INF/manifest.xml"):
        raise _locked(name)
    if "content.xml" in names and b"spreadsheet" in archive.read("mimetype" if "mimetype" in names else "content.xml"):
        return "ods"
    return None


def _check_size(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], name: str) -> None:
    """Unpack every part once in small pieces: sizes in the archive's table are claims, not facts."""
    total = 0
    for part in parts:
        if part.flag_bits & 1:
            raise _locked(name)
        if total + part.file_size > LARGEST_UNPACKED:
            raise _too_much(name)
        with archive.open(part) as stream:
            while piece := stream.read(1 << 20):
                total += len(piece)
                if total > LARGEST_UNPACKED:
                    raise _too_much(name)
    if "content.xml" in {part.filename for part in parts}:
        _check_repeats(archive.read("content.xml"), name)


def _check_repeats(content: bytes, name: str) -> None:
    """An .ods may say "this row a million times" in one line; that is fine for empty ones only."""
    for found in _ODS_REPEAT.finditer(content):
        limit = LAST_ROW if found[1] == b"rows" else LAST_COLUMN
        if int(found[2]) <= limit:
            continue
        close = b"</table:table-row>" if found[1] == b"rows" else b">"
        piece = content[content.rfind(b"<", 0, found.start()) : content.find(close, found.end()) + 1]
        if b"value-type" in piece:
            raise _too_much(name)


def _too_much(name: str) -> AppError:
    return _refusal(
        say("{file} holds far more cells than a report can have.", file=name),
        say("Copy the table alone into a new workbook and import that."),
    )


def _locked(name: str) -> AppError:
    return _refusal(
        say("{file} is locked with a password.", file=name),
        say("Open it in Excel with its password, remove the password, save it, and try again."),
    )


def _ole_kind(data: bytes, name: str) -> str:
    if _ENCRYPTED in data:
        raise _locked(name)
    if _WORD in data and "Workbook".encode("utf-16-le") not in data:
        raise _refusal(say("{file} is not a workbook.", file=name), say("Choose an .xlsx, .xls, .ods or .csv file."))
    return "xls"


def _sheets(data: bytes, name: str, facts: BookFacts | None) -> Iterator[Sheet]:
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    try:
        book = load_workbook(io.BytesIO(data))
        for place, meta in enumerate(book.sheets_metadata):
            if meta.typ is not SheetTypeEnum.WorkSheet:
                continue
            hidden = meta.visible is not SheetVisibleEnum.Visible
            known = facts.sheets.get(meta.name, SheetFacts()) if facts else SheetFacts()
            fonts = facts.fonts if facts else frozenset()
            yield _sheet(data, book, place, meta.name, hidden=hidden, known=known, fonts=fonts)
    except PasswordError as fault:
        raise _locked(name) from fault
    except (CalamineError, OSError, ValueError) as fault:
        raise _damaged(name) from fault
    except BaseException as fault:
        if type(fault).__name__ == "PanicException":
            raise _damaged(name) from fault
        raise


def _sheet(
    data: bytes,
    book: CalamineWorkbook,
    place: int,
    name: str,
    *,
    hidden: bool,
    known: SheetFacts,
    fonts: frozenset[str],
) -> Sheet:
    merged: tuple[Merge, ...] | None = known.merged
    if known.last_row * known.last_column > MOST_CELLS:
        rows = _far_rows(data, name)
    else:
        source = book.get_sheet_by_index(place)
        rows = _rows(source)
        ranges = source.merged_cell_ranges
        merged = None if ranges is None else tuple((a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in ranges)
    for row, column, cell in known.odd_cells:
        _put(rows, row, column, cell)
    return _cut(
        Sheet(
            name,
            rows,
            merged,
            hidden,
            known.hidden_rows,
            known.hidden_columns,
            fonts,
            known.percents,
        ),
        known,
    )


def _rows(source: CalamineSheet) -> list[list[Raw]]:
    if source.total_height * source.total_width <= MOST_CELLS:
        return source.to_python(skip_empty_area=False)  # type: ignore[return-value]
    first = source.start[0] if source.start else 0
    kept: list[list[Raw]] = [[] for _ in range(min(first, LAST_ROW))]
    kept.extend(list[Raw](row[:LAST_COLUMN]) for row in islice(source.iter_rows(), max(LAST_ROW - first, 0)))
    return kept


def _far_rows(data: bytes, name: str) -> list[list[Raw]]:
    """The near part of a sheet with a stray cell far away, read row by row: calamine would fill the space between."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        sheet = book[name]
        sheet.reset_dimensions()
        rows = [
            [_blank(cell) for cell in row[:LAST_COLUMN]] for row in sheet.iter_rows(max_row=LAST_ROW, values_only=True)
        ]
    finally:
        book.close()
    while rows and all(cell == "" for cell in rows[-1]):
        rows.pop()
    return rows


def _blank(cell: object) -> Raw:
    return "" if cell is None else cell  # type: ignore[return-value]


def _put(rows: list[list[Raw]], row: int, column: int, cell: Raw) -> None:
    if row > LAST_ROW or column > LAST_COLUMN:
        return
    while len(rows) < row:
        rows.append([])
    line = rows[row - 1]
    line.extend([""] * (column - len(line)))
    line[column - 1] = cell


def _cut(sheet: Sheet, known: SheetFacts | None = None) -> Sheet:
    """Keep the part a report can have; what lies beyond is said, not read."""
    width = max(map(len, sheet.rows), default=0)
    far = known is not None and known.last_row * known.last_column > MOST_CELLS
    if len(sheet.rows) <= LAST_ROW and width <= LAST_COLUMN and not far:
        return sheet
    note = Finding(
        "import.far_cells",
        Severity.NOTE,
        say("Cells far below or far to the right of the table were not read."),
        sheet=sheet.name,
    )
    return replace(sheet, rows=[row[:LAST_COLUMN] for row in sheet.rows[:LAST_ROW]], findings=(note,))
