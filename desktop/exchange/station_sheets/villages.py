"""A list of villages in a workbook: a village a line, whether a health worker is active in it, whether trained.

The station stands in a column before (its name once for all its villages is enough), above the table, or is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from desktop.domain.stations import villages
from desktop.domain.stations.profile import Item
from desktop.domain.text import fold, squeeze
from desktop.domain.values import Value
from desktop.exchange.grid import Raw, Sheet

_VILLAGE: Final = re.compile(
    r"(?:ten )?(?:(?:thon|ban|lang|ap|xom|khom|buon|to dan pho|khu pho|khu dan cu)(?:[ ,/]+|$)(?:va )?)+"
)
_WORKER: Final = re.compile(r"\b(?:nhan vien y te|nv ?yttb|nvyt|yttb|y te thon)")
_TRAINED: Final = re.compile(r"dao tao")
_PLACE: Final = re.compile(r"(?:ten )?(?:tram|xa|tyt|don vi|dia ban)\b")
_PEOPLE: Final = re.compile(r"\b(?:ho (?:va )?ten|ho ten)\b")
_LOOKED_AT: Final = 30


@dataclass(frozen=True, slots=True)
class Heads:
    """Where a list of villages keeps what: the row of heads, columns from 1; 0 where there is none."""

    row: int
    village: int
    worker: int
    trained: int = 0
    place: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A village of a sheet; `place` is the text that names its station, empty where it stands above the table.

    `value` None: the answer cannot be read.
    """

    row: int
    place: str
    item: Item
    value: Value | None
    said: str


def heads_of(sheet: Sheet) -> Heads | None:
    """The heads of a list of villages, None where the sheet is none."""
    for row in range(1, min(len(sheet.rows), _LOOKED_AT) + 1):
        told = {c: fold(cell).strip(" .:*") for c, cell in enumerate(sheet.rows[row - 1], 1) if type(cell) is str}
        village = _first(told, lambda text: _VILLAGE.fullmatch(text) is not None)
        worker = _first(told, lambda text: bool(_WORKER.search(text)) and not _PEOPLE.search(text))
        if village and worker and village != worker and _has_names(sheet, row, village):
            trained = _first(told, lambda text: bool(_TRAINED.search(text)), but=(village, worker))
            place = _first(told, lambda text: bool(_PLACE.match(text)), but=(village, worker, trained))
            return Heads(row, village, worker, trained, place)
    return None


def _has_names(sheet: Sheet, row: int, column: int) -> bool:
    """Whether names stand below, not counts of villages."""
    below = (sheet.at(at, column) for at in range(row + 1, len(sheet.rows) + 1))
    return any(isinstance(raw, str) and not raw.strip(" ().").isdigit() and raw.strip() for raw in below)


def _first(told: dict[int, str], fits: Callable[[str], bool], but: tuple[int, ...] = ()) -> int:
    return next((c for c, text in told.items() if c not in but and fits(text)), 0)


def lines_of(sheet: Sheet, heads: Heads) -> Iterator[Line]:
    """The villages below the heads; numbers of columns and sums are passed over."""
    place = ""
    for row in range(heads.row + 1, len(sheet.rows) + 1):
        if heads.place:
            place = _text(sheet.at(row, heads.place)) or place
        name = _text(sheet.at(row, heads.village))
        if not name or fold(name).startswith(("tong", "cong ", "toan ")) or name.strip("()").isdigit():
            continue
        worker = _text(sheet.at(row, heads.worker))
        trained = _text(sheet.at(row, heads.trained)) if heads.trained else ""
        yield Line(row, place, villages.village(name), villages.told(worker, trained), worker or trained)


def _text(raw: Raw) -> str:
    if isinstance(raw, bool):
        return "x" if raw else "k"
    if isinstance(raw, int | float):
        return str(int(raw)) if raw == int(raw) else str(raw)
    return squeeze(raw) if isinstance(raw, str) else ""
