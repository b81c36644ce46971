"""Where the table of a sheet stands and which column holds what, found by the meaning of its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final

from desktop.domain.elements import Element
from desktop.domain.findings import Finding, Severity
from desktop.domain.periods import Period
from desktop.domain.text import fold, squeeze
from desktop.exchange.grid import Raw, Sheet, column_letter
from desktop.exchange.headings import Headings, is_column_number
from desktop.exchange.parts_of_year import names_parts, parts_of_year, without_parts
from desktop.exchange.sheets_claims import assign
from desktop.exchange.titles import read_titles
from desktop.wording import say

_MOST_HEADING_ROWS: Final = 4
_COMPARED_ROWS: Final = 1_000
_LOOKED_AT: Final = (60, 1_000)
_CODE_HEADING: Final = re.compile(r"^ma(?: so)?(?: (?:xa|dvhc|don vi|dia ban|hanh chinh|phuong|tinh|huyen).*)?$|^code$")
_UNIT_HEADING: Final = re.compile(
    r"\b(?:xa|thi tran|phuong|don vi|dia phuong|dia ban|dia diem|ten xa|ten don vi|noi dung don vi|tram y te|tyt|"
    r"dvhc|commune|unit)\b"
)
_ORDER_HEADING: Final = re.compile(r"^(?:s\.?t\.?t\.?|tt|t\.t|so tt|so thu tu|no\.?|#)$")
_ANSWERS: Final = frozenset("x|v|co|khong|ko|chua|✓|chua bao cao|khong ap dung".split("|"))
_TITLE_WORDS: Final = re.compile(
    r"cong hoa xa hoi|doc lap|bieu so|mau so|don vi (?:tinh|bao cao|nhan|lap)|ban hanh kem|kem theo|:\s*\w|"
    r"trung tam y te|so y te|ubnd|uy ban nhan dan|benh vien|phong y te|\(?ngay \d"
)
_COMPARED: Final = re.compile(r"%|so sanh|tang|giam|ty le|ghi chu")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_SCALED: Final = re.compile(
    r"\b(?:nghin|ngan|trieu) (?:nguoi|tre|ba me|luot|the|dan)\b|\(\s*(?:nghin|ngan|trieu|1[.,]?000)\b"
)
_NUMERIC: Final = re.compile(r"(?=.*[^%\s])[\d\s.,%+\-–—…x✓]+")


@dataclass(frozen=True, slots=True)
class Table:
    """Heading rows (first and last), the element of each column, and the columns that name the unit."""

    top: int
    bottom: int
    columns: dict[int, Element]
    headings: dict[int, str]
    unit_columns: tuple[int, ...] = ()
    code_columns: tuple[int, ...] = ()
    order_columns: frozenset[int] = frozenset()
    ignored: dict[int, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def same_as(self, other: Table) -> bool:
        """Whether another block of headings says the same columns hold the same things."""
        return self.columns == other.columns


def find_table(
    sheet: Sheet, headings: Headings, start: int = 1, period: Period | None = None, *, named: bool = False
) -> Table | None:
    """Find the first table at or below a row; None where no row speaks of the catalogue's elements.

    With a period, columns whose headings name another one are left out; `named`: those that name none too.
    """
    anchor = _anchor(sheet, headings, start)
    return None if anchor is None else _table(sheet, headings, anchor, start, period, named=named)


def _anchor(sheet: Sheet, headings: Headings, start: int) -> int | None:
    """The first row with about as many known headings as any row has."""
    hits: dict[int, int] = {}
    for limit in _LOOKED_AT:
        hits = {row: _hits(sheet, headings, row) for row in range(start, min(len(sheet.rows), start + limit) + 1)}
        if any(hits.values()):
            break
    most = max(hits.values(), default=0)
    if most == 0:
        return None
    if most == 1:
        return next((row for row, count in hits.items() if count and _names_a_unit_column(sheet, row)), None)
    return next(row for row, count in hits.items() if count * 2 >= most and count > 1)


def _hits(sheet: Sheet, headings: Headings, row: int) -> int:
    """How many cells of a row name an element by themselves."""
    texts = {squeeze(cell) for cell in sheet.rows[row - 1] if type(cell) is str and len(cell) > 2}
    return sum(headings.knows(text) for text in texts if not _NUMERIC.fullmatch(text))


def _names_a_unit_column(sheet: Sheet, row: int) -> bool:
    return any(type(cell) is str and _UNIT_HEADING.search(fold(cell)) for cell in sheet.rows[row - 1])


def _table(
    sheet: Sheet, headings: Headings, anchor: int, start: int, period: Period | None, *, named: bool
) -> Table | None:
    top, bottom = _block(sheet, headings, anchor, start)
    grid = _Grid(sheet)
    width = max((len(row) for row in sheet.rows[top - 1 : bottom]), default=0)
    paths = {column: grid.path(column, top, bottom) for column in range(1, width + 1)}
    others = {
        column for column, path in paths.items() if period is not None and _of_other_time(path, period, named=named)
    }
    meant = {column: without_parts(path) for column, path in paths.items()}
    below = sheet.rows[bottom : bottom + _COMPARED_ROWS]
    cells = {column: tuple(line[column - 1] if column <= len(line) else "" for line in below) for column in paths}
    return _columns(meant, paths, headings, top, bottom, others, cells)


def _of_other_time(path: Sequence[str], period: Period, *, named: bool) -> bool:
    """Whether a column's headings name periods (`named`: or none), and the one asked for is not among them."""
    periods = parts_of_year(path, period.year) or read_titles(path).periods
    return (named or bool(periods)) and period not in periods


def is_heading_row(cells: Sequence[Raw]) -> bool:
    """Whether a row holds words only: no figures, no marks, no yes or no."""
    filled = [cell for cell in cells if cell != "" and not (type(cell) is str and not cell.strip())]
    years = [cell for cell in filled if _YEAR.fullmatch(_as_text(cell).strip())]
    words = [cell for cell in filled if type(cell) is str and not _NUMERIC.fullmatch(cell.strip())]
    if years:  # a line of years below its headings; a commune's name beside them would make it a line of data
        return len(years) > 1 and len(years) + sum(bool(_COMPARED.search(fold(str(word)))) for word in words) == len(
            filled
        )
    return bool(filled) and len(words) == len(filled) and not any(fold(str(word)) in _ANSWERS for word in words)


def is_number_row(cells: Sequence[Raw]) -> bool:
    """Whether a row only numbers its columns: (1) (2) (3), or A B 1 2 3."""
    filled = [_as_text(cell) for cell in cells if cell != "" and not (type(cell) is str and not cell.strip())]
    if len(filled) < 3 or not all(map(is_column_number, filled)):
        return False
    counted = [int(found.group()) for text in filled if (found := re.search(r"\d+", text.split("=")[0]))]
    if not counted:
        return all(text.strip("()[] ").isalpha() for text in filled) and filled[0].strip("()[] ").lower() in ("a", "i")
    return len(counted) >= len(filled) // 2 and all(b - a == 1 for a, b in pairwise(counted))


def _as_text(cell: Raw) -> str:
    if isinstance(cell, date):  # as it reads on the sheet: the day a paper was signed, not a year
        return f"{cell:%d/%m/%Y}"
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _block(sheet: Sheet, headings: Headings, anchor: int, start: int) -> tuple[int, int]:
    """First and last row of the headings around a row that is one of them."""
    top = bottom = anchor
    while top > start and anchor - top < _MOST_HEADING_ROWS - 1 and _is_group_row(sheet, top - 1):
        top -= 1
    while bottom < len(sheet.rows) and bottom - anchor < _MOST_HEADING_ROWS - 2:
        below = sheet.rows[bottom]
        if not is_heading_row(below) or is_number_row(below):
            break
        if not (_adds_headings(sheet, headings, top, bottom + 1) or names_parts(below)):
            break
        bottom += 1
    return top, bottom


def _is_group_row(sheet: Sheet, row: int) -> bool:
    """A row of headings above headings; a title stands alone at the left or across the sheet."""
    cells = sheet.rows[row - 1]
    if not is_heading_row(cells):
        return False
    filled = [column for column, cell in enumerate(cells, 1) if cell != ""]
    if len(filled) > 1:
        return not (_looks_like_title(cells) or _names_one_period(sheet, row, filled))
    merge = _merge_at(sheet, row, filled[0])
    return merge is not None and merge[1] > 2 and merge[3] > merge[1]


def _looks_like_title(cells: Sequence[Raw]) -> bool:
    """Two-part letterheads ("SỞ Y TẾ ... | CỘNG HÒA XÃ HỘI ...") and lines about the unit of count are titles."""
    return bool(_TITLE_WORDS.search(fold(" ".join(str(cell) for cell in cells if cell != ""))))


def _names_one_period(sheet: Sheet, row: int, filled: list[int]) -> bool:
    """A single "Năm 2022" beside other words is part of a title; over a group of columns it is a heading."""
    dated = [column for column in filled if read_titles([str(sheet.at(row, column))]).periods]
    if len(dated) != 1:
        return False
    merge = _merge_at(sheet, row, dated[0])
    return merge is None or merge[1] == merge[3]


def _adds_headings(sheet: Sheet, headings: Headings, top: int, row: int) -> bool:
    """Whether a row of words below headings names elements itself, or together with the headings above."""
    grid = _Grid(sheet)
    for column, cell in enumerate(sheet.rows[row - 1], 1):
        if cell == "":
            continue
        path = grid.path(column, top, row)
        if (len(path) > 1 and headings.find(path)) or headings.knows(squeeze(str(cell))):
            return True
    return False


def _merge_at(sheet: Sheet, row: int, column: int) -> tuple[int, int, int, int] | None:
    return next((m for m in sheet.merged or () if m[0] <= row <= m[2] and m[1] <= column <= m[3]), None)


class _Grid:
    """The headings above a column: merged cells hold for all they cover, a group's name for the blanks beside it."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def path(self, column: int, top: int, bottom: int) -> tuple[str, ...]:
        texts: list[str] = []
        for row in range(top, bottom + 1):
            text = self._text(row, column, bottom)
            if text and (not texts or texts[-1] != text):
                texts.append(text)
        return tuple(texts)

    def _text(self, row: int, column: int, bottom: int) -> str:
        cell = self.sheet.at(row, column)
        if cell != "":
            return squeeze(_as_text(cell))
        merge = _merge_at(self.sheet, row, column)
        if merge:
            return squeeze(_as_text(self.sheet.at(merge[0], merge[1])))
        return self._group_beside(row, column, bottom)

    def _group_beside(self, row: int, column: int, bottom: int) -> str:
        """A group written once over several columns without merging: its own column has a heading below it."""
        if row >= bottom or not any(self.sheet.at(below, column) != "" for below in range(row + 1, bottom + 1)):
            return ""
        for left in range(column - 1, 0, -1):
            cell = self.sheet.at(row, left)
            if cell == "":
                continue
            has_own = any(self.sheet.at(below, left) != "" for below in range(row + 1, bottom + 1))
            return squeeze(_as_text(cell)) if has_own and not _merge_at(self.sheet, row, left) else ""
        return ""


def _columns(
    paths: dict[int, tuple[str, ...]],
    told: dict[int, tuple[str, ...]],
    headings: Headings,
    top: int,
    bottom: int,
    others: set[int],
    cells: dict[int, tuple[Raw, ...]],
) -> Table | None:
    shown = {column: " – ".join(path) for column, path in told.items() if path}
    codes = tuple(column for column, path in paths.items() if path and _CODE_HEADING.match(fold(path[-1])))
    orders = {column for column, path in paths.items() if path and _ORDER_HEADING.match(fold(path[-1]))}
    options = {
        column: list(headings.find(path))
        for column, path in paths.items()
        if column not in codes and column not in orders and column not in others
    }
    scaled = {column for column, found in options.items() if found and _SCALED.search(fold(shown[column]))}
    options = {column: found for column, found in options.items() if column not in scaled}
    chosen, findings = assign({column: found for column, found in options.items() if found}, shown, cells)
    if not chosen:
        return None
    units = tuple(
        column
        for column, path in paths.items()
        if column not in chosen and column not in codes and path and _UNIT_HEADING.search(fold(" ".join(path)))
    )
    known = {*chosen, *units, *codes, *orders}
    ignored = {column: text for column, text in shown.items() if column not in known}
    return Table(
        top,
        bottom,
        {c: m.element for c, m in chosen.items()},
        shown,
        units,
        codes,
        frozenset(orders),
        ignored,
        (*findings, *(_in_thousands(column, shown[column]) for column in sorted(scaled))),
    )


def _in_thousands(column: int, heading: str) -> Finding:
    message = say("The column “{heading}” counts in thousands or millions; it is left out.", heading=heading)
    advice = say("The record counts in ones: write the whole figures, or type them in.")
    return Finding("import.scaled", Severity.ERROR, message, advice, column=column_letter(column))


def title_lines(sheet: Sheet, table: Table) -> list[str]:
    """The lines above a table, each with all its words, and a group heading that spans most of its columns."""
    groups = [
        squeeze(_as_text(sheet.at(row, left)))
        for row, left, _, right in sheet.merged or ()
        if table.top <= row < table.bottom and (right - left + 1) * 2 > len(table.columns) > 2
    ]
    return [*_lines(sheet.rows[: table.top - 1]), *groups]


def _lines(rows: Sequence[Sequence[Raw]]) -> Iterator[str]:
    for row in rows:
        words = [squeeze(_as_text(cell)) for cell in row if cell != ""]
        if words:
            yield " ; ".join(words)
