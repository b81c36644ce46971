"""Cells put into the XML of one sheet, everything else left as it stands, byte for byte.

Works on the text of the part: a library that builds the sheet anew loses what it does not know (pictures, charts,
extensions). A cell keeps its style; where there is none yet it takes that of its row, else of its column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Final

from desktop.exchange.grid import column_letter, column_number

Place = tuple[int, int]
Content = int | Decimal | str

_DATA: Final = re.compile(r"<((?:\w+:)?)sheetData(?:\s[^>]*)?(/>|>(.*?)</(?:\w+:)?sheetData>)", re.DOTALL)
_ROW: Final = re.compile(
    r"<(?:\w+:)?row(?=[\s/>])((?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(/>|>(.*?)</(?:\w+:)?row>)", re.DOTALL
)
_CELL: Final = re.compile(r"<(?:\w+:)?c(?=[\s/>])((?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_ATTRIBUTE: Final = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d+)")
_COLUMN: Final = re.compile(r"<(?:\w+:)?col\s([^>]*?)/?>")
_FORMULA: Final = re.compile(r"<(?:\w+:)?f(?=[\s/>])")
_VALUE: Final = re.compile(r"<(?:\w+:)?v(?:\s[^>]*)?>[^<]+</(?:\w+:)?v>")
_DIMENSION: Final = re.compile(r"(<(?:\w+:)?dimension\s+ref=[\"'])([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?([\"'])")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell as it stands: its place, its attributes, its text in the part."""

    column: int
    attributes: Mapping[str, str]
    inside: str
    text: str

    @property
    def has_formula(self) -> bool:
        return bool(_FORMULA.search(self.inside))


def put_cells(xml: str, cells: Mapping[Place, Content], stale: frozenset[Place] = frozenset()) -> str:
    """The sheet with cells written and the cached results of `stale` formula cells dropped.

    A cell that holds a formula is never written over.
    """
    found = _DATA.search(xml)
    if found is None:
        return xml
    prefix, styles = found[1], _column_styles(xml)
    body = found[3] or ""
    rows = _Rows(prefix, styles, cells, stale).written(body)
    opening = xml[found.start() : found.start(2)]
    data = f"{opening}>{rows}</{prefix}sheetData>"
    return _widened(xml[: found.start()] + data + xml[found.end() :], cells)


def formulas(xml: str) -> Iterator[tuple[Place, str]]:
    """Every formula cell with the text of its formula ("" where it is shared with another cell)."""
    found = _DATA.search(xml)
    for number, row in _numbered_rows((found[3] or "") if found else ""):
        if not _FORMULA.search(row[0]):
            continue
        for cell in _cells(row[3] or ""):
            if cell.has_formula:
                text = re.search(r"<(?:\w+:)?f(?:\s[^>]*)?>(.*?)</(?:\w+:)?f>", cell.inside, re.DOTALL)
                yield (number, cell.column), text[1] if text else ""


def _attributes(text: str) -> dict[str, str]:
    return {name: one if one is not None else other for name, one, other in _pairs(text)}


def _pairs(text: str) -> Iterator[tuple[str, str | None, str]]:
    for found in _ATTRIBUTE.finditer(text):
        yield found[1], found[2], found[3]


def _column_styles(xml: str) -> list[tuple[int, int, str]]:
    head = xml[: xml.find("sheetData")]
    found = []
    for column in _COLUMN.finditer(head):
        told = _attributes(column[1])
        if "style" in told:
            found.append((int(told.get("min", "0")), int(told.get("max", "0")), told["style"]))
    return found


def _numbered_rows(body: str) -> Iterator[tuple[int, re.Match[str]]]:
    number = 0
    for row in _ROW.finditer(body):
        told = _attributes(row[1]).get("r")
        number = int(told) if told else number + 1
        yield number, row


def _cells(inside: str) -> Iterator[_Cell]:
    column = 0
    for cell in _CELL.finditer(inside):
        told = _attributes(cell[1])
        named = _REFERENCE.fullmatch(told.get("r", ""))
        column = column_number(named[1]) if named else column + 1
        yield _Cell(column, told, cell[3] or "", cell[0])


class _Rows:
    """The rows of a sheet while cells are put into them."""

    def __init__(
        self, prefix: str, styles: list[tuple[int, int, str]], cells: Mapping[Place, Content], stale: frozenset[Place]
    ) -> None:
        self.prefix, self.styles, self.stale = prefix, styles, stale
        self.by_row: dict[int, dict[int, Content]] = {}
        for (row, column), content in cells.items():
            self.by_row.setdefault(row, {})[column] = content
        self.stale_rows = {row for row, _ in stale}

    def written(self, body: str) -> str:
        """All rows; those that nothing concerns are copied as they are."""
        parts: list[str] = []
        end = 0
        waiting = sorted(self.by_row)
        for number, row in _numbered_rows(body):
            parts.append(body[end : row.start()])
            end = row.end()
            while waiting and waiting[0] < number:
                parts.append(self._new_row(waiting.pop(0)))
            if waiting and waiting[0] == number:
                waiting.pop(0)
            concerned = number in self.by_row or number in self.stale_rows
            parts.append(self._row(number, row) if concerned else row[0])
        parts.append(body[end:])
        parts += [self._new_row(number) for number in waiting]
        return "".join(parts)

    def _new_row(self, number: int) -> str:
        cells = "".join(
            self._cell((number, column), content, self._style(column, {}))
            for column, content in sorted(self.by_row[number].items())
        )
        return f'<{self.prefix}row r="{number}">{cells}</{self.prefix}row>'

    def _row(self, number: int, row: re.Match[str]) -> str:
        told = _attributes(row[1])
        wanted = dict(self.by_row.get(number, {}))
        inside = row[3] or ""
        parts: list[str] = []
        end = place = 0
        for cell in _cells(inside):
            begin = inside.index(cell.text, end)
            parts.append(inside[end:begin])
            end = begin + len(cell.text)
            before = sorted(column for column in wanted if column < cell.column)
            parts += [self._cell((number, at), wanted.pop(at), self._style(at, told)) for at in before]
            parts.append(self._standing(number, cell, wanted))
            place = cell.column
        parts.append(inside[end:])
        for column in sorted(wanted):
            parts.append(self._cell((number, column), wanted[column], self._style(column, told)))
            place = max(place, column)
        return f"<{self.prefix}row{_spanned(row[1], self.by_row.get(number, {}))}>{''.join(parts)}</{self.prefix}row>"

    def _standing(self, number: int, cell: _Cell, wanted: dict[int, Content]) -> str:
        """A cell that is there already: written, freed of its old result, or as it was."""
        if cell.column in wanted:
            content = wanted.pop(cell.column)
            if not cell.has_formula:
                return self._cell((number, cell.column), content, cell.attributes.get("s"))
        if cell.has_formula and (number, cell.column) in self.stale:
            kept = _VALUE.sub("", cell.text)
            if kept == cell.text:
                return kept
            return re.sub(r"(<(?:\w+:)?c(?=\s)[^>]*?)\st=(?:\"[^\"]*\"|'[^']*')", r"\1", kept, count=1)
        return cell.text

    def _style(self, column: int, row: Mapping[str, str]) -> str | None:
        if row.get("customFormat") in ("1", "true") and "s" in row:
            return row["s"]
        return next((style for first, last, style in self.styles if first <= column <= last), None)

    def _cell(self, place: Place, content: Content, style: str | None) -> str:
        row, column = place
        tag = f"{self.prefix}c"
        told = f'<{tag} r="{column_letter(column)}{row}"' + (f' s="{style}"' if style is not None else "")
        if isinstance(content, int):
            return f"{told}><{self.prefix}v>{content}</{self.prefix}v></{tag}>"
        if isinstance(content, str):
            text = escape(content, quote=False)
            inline = f'<{self.prefix}is><{self.prefix}t xml:space="preserve">{text}</{self.prefix}t></{self.prefix}is>'
            return f'{told} t="inlineStr">{inline}</{tag}>'
        return f"{told}><{self.prefix}v>{content:f}</{self.prefix}v></{tag}>"


def _spanned(attributes: str, written: Mapping[int, Content]) -> str:
    """The attributes of a row; `spans` is dropped where a cell lies outside of it (it is only a hint)."""
    text = attributes.rstrip()
    spans = re.search(r"\sspans=[\"'](\d+):(\d+)[\"']", text)
    if spans and any(not int(spans[1]) <= column <= int(spans[2]) for column in written):
        text = text[: spans.start()] + text[spans.end() :]
    return text


def _widened(xml: str, cells: Mapping[Place, Content]) -> str:
    """The sheet with its `dimension` over the new cells too."""
    found = _DIMENSION.search(xml, 0, xml.find("sheetData"))
    if not found or not cells:
        return xml
    top, left = int(found[3]), column_number(found[2])
    bottom, right = int(found[5] or found[3]), column_number(found[4] or found[2])
    rows, columns = [row for row, _ in cells], [column for _, column in cells]
    area = (min(top, *rows), min(left, *columns), max(bottom, *rows), max(right, *columns))
    if area == (top, left, bottom, right):
        return xml
    told = f"{column_letter(area[1])}{area[0]}:{column_letter(area[3])}{area[2]}"
    return f"{xml[: found.start()]}{found[1]}{told}{found[6]}{xml[found.end() :]}"
