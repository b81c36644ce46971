"""What one cell of a file of children says: plain numbers with a point, letters or digits for sex and position.

A cell read before is remembered: a survey of a million children has a few thousand different weights.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from math import nan
from typing import Final, Generic, TypeVar

from desktop.domain.growth.scores import Position, Sex
from desktop.domain.text import nfc

K = TypeVar("K")
V = TypeVar("V")
UNREADABLE: Final = -1
_REMEMBERED: Final = 65_536
_MISSING: Final = frozenset({"", "na", "n/a", "nan", "null", "."})
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?", re.ASCII)
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]*)?", re.ASCII)
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_LARGEST: Final = Decimal(10) ** 9
_SEXES: Final = {"1": Sex.BOY, "1.0": Sex.BOY, "m": Sex.BOY, "2": Sex.GIRL, "2.0": Sex.GIRL, "f": Sex.GIRL}
_POSITIONS: Final = {"l": Position.LYING, "h": Position.STANDING}
_YES: Final = frozenset({"y", "1", "1.0"})


class Remembered(dict[K, V], Generic[K, V]):
    """A reader (or writer) of cells that does each of them once; `remembered[cell]` is what it says."""

    def __init__(self, read: Callable[[K], V]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, cell: K) -> V:
        found = self.read(cell)
        if len(self) < _REMEMBERED:
            self[cell] = found
        return found


def is_missing(cell: str) -> bool:
    """Nothing, or one of the words programs write for nothing."""
    return cell.strip().casefold() in _MISSING


def number(cell: str) -> Decimal | None:
    """A plain number; None where it is none or no measurement could be so large. Not for a missing cell."""
    text = cell.strip()
    if not _NUMBER.fullmatch(text):
        return None
    read = Decimal(text)
    return read if abs(read) < _LARGEST else None


def sex(cell: str) -> int:
    """0 where it is missing; m, M, 1 are boys, f, F, 2 girls."""
    return Sex.UNKNOWN if is_missing(cell) else _SEXES.get(cell.strip().casefold(), UNREADABLE)


def position(cell: str) -> int:
    """0 where it is missing; l, L lying, h, H standing."""
    return Position.UNKNOWN if is_missing(cell) else _POSITIONS.get(cell.strip().casefold(), UNREADABLE)


def oedema(cell: str) -> bool:
    """Only y, Y and 1 are yes."""
    return cell.strip().casefold() in _YES


def age(cell: str) -> float:
    """Days or months, with parts; nan where it is missing. A negative one is unreadable."""
    if is_missing(cell):
        return nan
    read = number(cell)
    return UNREADABLE if read is None or read < 0 else float(read)


def milligrams(cell: str) -> int:
    """Kilograms as milligrams; nothing, or a weight of nothing or less, is 0."""
    return _whole(cell, 6)


def micrometres(cell: str) -> int:
    """Centimetres as micrometres; nothing, or a length of nothing or less, is 0."""
    return _whole(cell, 4)


def _whole(cell: str, places: int) -> int:
    if is_missing(cell):
        return 0
    read = number(cell)
    return UNREADABLE if read is None else max(round(read.scaleb(places)), 0)


def weight(cell: str) -> float:
    """A sampling weight; nan where it is missing. A negative one is unreadable."""
    return age(cell)


def label(cell: str) -> str:
    """A word to group by, composed; nothing for an empty cell and NA, as R writes it."""
    text = nfc(cell).strip()
    return "" if text == "NA" else text


def day(cell: str) -> date | None:
    """2024-06-30 (a time after it does not count) or 30/6/2024; None where it is no date."""
    text = cell.strip()
    iso = _ISO.fullmatch(text)
    turned = _DAY_FIRST.fullmatch(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        return date(int(turned[3]), int(turned[2]), int(turned[1])) if turned else None
    except ValueError:
        return None
