"""What a cell of a regime's workbook says, as a person would write it in a catalogue file."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from desktop.domain.text import fold, nfc
from desktop.exchange.grid import Raw, Sheet
from desktop.exchange.marked_yaml import Node
from desktop.exchange.regime.columns import NO, SEPARATOR, YES, Column, Shape

_GROUPED: Final = re.compile(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?")
_COMMA: Final = re.compile(r"[+-]?\d+,\d+")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})")
_MIDNIGHT: Final = re.compile(r"[ T]00:00(:00)?$")


def node(line: int, column: Column, raw: Raw) -> Node:
    """The cell as a node of the catalogue's tree, in the code of its column."""
    text = as_text(raw)
    if column.shape is Shape.LIST:
        parts = [part.strip() for part in text.split(SEPARATOR)]
        return Node(line, [Node(line, column.code(part)) for part in parts if part])
    if column.shape is Shape.SETTINGS:
        return Node(line, _settings(line, text))
    if column.shape is Shape.CHOICE:
        return Node(line, column.code(text))
    if column.shape is Shape.FLAG:
        told = fold(text)
        yes, no = told in (fold(YES), "x", "true", "1"), told in (fold(NO), "false", "0")
        return Node(line, "true" if yes else "false" if no else text)
    if column.shape is Shape.DAY:
        return Node(line, _day(text))
    if column.shape is Shape.NUMBER:
        return Node(line, _number(text))
    return Node(line, text)


def as_text(raw: Raw) -> str:
    """A cell as text: whole numbers without decimals, days as 2027-03-01, no space around."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, float):
        return str(int(raw)) if raw == int(raw) else f"{Decimal(repr(raw)):f}"
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    return nfc(str(raw)).strip()


def through_merges(sheet: Sheet) -> Sheet:
    """The sheet with cells merged downwards filled: each of their rows says what the merged cell says.

    A row that holds nothing of its own stays empty, and what is merged sideways stays in its first column.
    """
    own = {at for at, row in enumerate(sheet.rows, 1) if any(as_text(cell) for cell in row)}
    rows = [list(row) for row in sheet.rows]
    for top, left, bottom, _right in sheet.merged or ():
        value = sheet.at(top, left)
        for at in range(top + 1, min(bottom, len(rows)) + 1):
            if at in own and value != "":
                line = rows[at - 1]
                line.extend([""] * (left - len(line)))
                line[left - 1] = value
    return Sheet(sheet.name, rows, sheet.merged, sheet.hidden, sheet.hidden_rows, sheet.hidden_columns)


def _settings(line: int, text: str) -> dict[str, Node]:
    pairs = [part.split("=", 1) for part in text.split(SEPARATOR) if part.strip()]
    return {pair[0].strip(): Node(line, _number(pair[-1].strip()) if len(pair) > 1 else "") for pair in pairs}


def _number(text: str) -> str:
    """A number typed as text the Vietnamese way, 0,5 or 100.000, with a point; anything else as it stands."""
    if _GROUPED.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    return text.replace(",", ".") if _COMMA.fullmatch(text) else text


def _day(text: str) -> str:
    """A day written 01/03/2027, 1-3-2027 or 2027/3/1 as 2027-03-01; anything else as it stands."""
    text = _MIDNIGHT.sub("", text)
    if not text.isascii():
        return text
    if found := _YEAR_LAST.fullmatch(text):
        return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    if found := _YEAR_FIRST.fullmatch(text):
        return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}"
    return text
