"""Which formulas of a workbook may give another result once some cells are written.

Only references are read, not meanings: where a formula cannot be judged (names, tables, INDIRECT) it counts as
depending. Their cached results are dropped, so that no program shows an old sum beside new figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Final

from desktop.exchange.fill.sheet_xml import Place
from desktop.exchange.grid import column_number

_TEXT: Final = re.compile(r'"(?:[^"]|"")*"')
_REFERENCE: Final = re.compile(
    r"(?:(?P<sheet>'(?:[^']|'')+'|[\w.]+)!)?"
    r"(?:\$?(?P<left>[A-Z]{1,3})\$?(?P<top>\d+)(?::\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>\d+))?"
    r"|\$?(?P<first>[A-Z]{1,3}):\$?(?P<last>[A-Z]{1,3})(?![\w(])"
    r"|\$?(?P<from>\d+):\$?(?P<to>\d+))(?![\w(])"
)
_NAME: Final = re.compile(r"(?<![\w.!'$])[^\W\d][\w.]*(?![\w.(!'])")
_UNCERTAIN: Final = re.compile(r"\b(?:INDIRECT|OFFSET)\s*\(|\[|:[A-Z]+\(", re.IGNORECASE)
_OTHER_BOOK: Final = re.compile(r"'\[\d+\](?:[^']|'')*'!|\[\d+\][\w.]*!")
_WORDS: Final = frozenset(("TRUE", "FALSE"))
_FAR: Final = 1 << 24


@dataclass(frozen=True, slots=True)
class _Area:
    """A block of cells of a sheet (None: the formula's own)."""

    sheet: str | None
    top: int
    left: int
    bottom: int
    right: int

    def holds(self, place: Place) -> bool:
        return self.top <= place[0] <= self.bottom and self.left <= place[1] <= self.right


def stale(
    formulas: Mapping[str, Iterable[tuple[Place, str]]], written: Mapping[str, Iterable[Place]]
) -> dict[str, frozenset[Place]]:
    """For each sheet the formula cells that depend on written cells, directly or through other formulas.

    Both mappings are by the name of the sheet.
    """
    waiting = [(sheet, place, _areas(text)) for sheet, found in formulas.items() for place, text in found]
    moved: dict[str, set[Place]] = {sheet: set(places) for sheet, places in written.items()}
    gone: dict[str, set[Place]] = {}
    fresh = True
    while fresh and waiting:
        fresh = False
        left: list[tuple[str, Place, list[_Area] | None]] = []
        for sheet, place, areas in waiting:
            if areas is None or any(_touches(area, sheet, moved) for area in areas):
                gone.setdefault(sheet, set()).add(place)
                moved.setdefault(sheet, set()).add(place)
                fresh = True
            else:
                left.append((sheet, place, areas))
        waiting = left
    return {sheet: frozenset(places) for sheet, places in gone.items()}


def _touches(area: _Area, sheet: str, moved: Mapping[str, set[Place]]) -> bool:
    return any(area.holds(place) for place in moved.get(area.sheet if area.sheet is not None else sheet, ()))


def _areas(text: str) -> list[_Area] | None:
    """The blocks a formula names; None where it cannot be told."""
    plain = _OTHER_BOOK.sub("'\x01'!", _TEXT.sub('""', unescape(text)))
    if not plain or _UNCERTAIN.search(plain):
        return None
    areas = []
    for found in _REFERENCE.finditer(plain):
        sheet = found["sheet"]
        name = sheet[1:-1].replace("''", "'") if sheet and sheet.startswith("'") else sheet
        areas.append(_area(name, found))
    rest = _REFERENCE.sub(" ", plain)
    if any(name.upper() not in _WORDS for name in _NAME.findall(rest)):
        return None
    return areas


def _area(sheet: str | None, found: re.Match[str]) -> _Area:
    if found["left"]:
        rows = sorted((int(found["top"]), int(found["bottom"] or found["top"])))
        columns = sorted((column_number(found["left"]), column_number(found["right"] or found["left"])))
    elif found["first"]:
        rows = [1, _FAR]
        columns = sorted((column_number(found["first"]), column_number(found["last"])))
    else:
        rows, columns = sorted((int(found["from"]), int(found["to"]))), [1, _FAR]
    return _Area(sheet, rows[0], columns[0], rows[1], columns[1])
