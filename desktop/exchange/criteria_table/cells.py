"""Cells of a table of sub-criteria: codes, points, lists of points, zones, days, as offices write them."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import Final

from desktop.domain.text import fold, nfc, squeeze
from desktop.exchange.grid import CellError, Raw, Uncomputed

_NUMBER: Final = re.compile(r"([+-]?\d{1,6}(?:[.,]\d{1,4})?)\s*(?:diem|đ|d|%|nam)?\.?")
_NOISE: Final = 1e-9
_PARTS: Final = re.compile(r"[;/|\n]+")
_CODE: Final = re.compile(r"(tieu chi|tc|chi tieu|ct|muc)?\s*(\d{1,3}(?:[.,]\d{1,3})*|[ivx]{1,5})\s*[.):]?")
_ROMAN: Final = {"i": 1, "v": 5, "x": 10}
_ZONES: Final = re.compile(r"(?:vung)?\s*[123](?:\s*(?:[;,./&+]|va|vung)*\s*[123])*")
_DAY: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ALL: Final = frozenset({"", "tat ca", "ca 3 vung", "moi vung", "ca ba vung", "1-3"})
_TOTALS: Final = frozenset({"tong", "tong cong", "cong", "tong diem", "tong so diem", "tong so"})


class BadCell(ValueError):
    """A cell that says something else than its column asks; what stands in it."""


def shown(raw: Raw) -> str:
    """A cell as text, one line."""
    return squeeze(lines(raw))


def lines(raw: Raw) -> str:
    """A cell as text with its line breaks; whole numbers without decimals, a formula or an error as nothing."""
    if isinstance(raw, CellError | Uncomputed):
        return ""
    if isinstance(raw, bool):
        return "có" if raw else "không"
    if isinstance(raw, float):
        return str(int(raw)) if math.isfinite(raw) and raw == int(raw) else f"{Decimal(repr(raw)):f}"
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    return nfc(str(raw)).strip()


def is_broken(raw: Raw) -> bool:
    """Whether the cell shows an error or a formula without its result."""
    return isinstance(raw, CellError | Uncomputed)


class Mark(StrEnum):
    """What marks a code as that of a criterion, whatever the codes below it look like."""

    NONE = ""
    ROMAN = "roman"
    WORD = "word"


def code(raw: Raw) -> tuple[str, Mark]:
    """A code and its mark; a Roman numeral is given as a number: `I` is 1; `1.1.`, `1,1` are 1.1."""
    if isinstance(raw, date | time | timedelta):
        raise BadCell(str(raw))
    told = fold(shown(raw))
    found = _CODE.fullmatch(told)
    if found is None:
        raise BadCell(shown(raw))
    if found[2].isalpha():
        return str(_roman(found[2])), Mark.ROMAN
    mark = Mark.WORD if found[1] in ("tieu chi", "tc") else Mark.NONE
    return ".".join(str(int(part)) for part in re.split(r"[.,]", found[2])), mark


def _roman(letters: str) -> int:
    values = [_ROMAN[letter] for letter in letters]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def is_total(raw: Raw) -> bool:
    """Whether a cell heads a line of totals."""
    return fold(shown(raw)).rstrip(" :.") in _TOTALS


def points(raw: Raw) -> Fraction | None:
    """A number of points, 4,5 or 4.5; None where nothing is said. The noise of a sum in Excel is dropped."""
    if isinstance(raw, float) and math.isfinite(raw) and abs(raw - round(raw, 4)) < _NOISE:
        raw = round(raw, 4)
    told = shown(raw)
    if not told:
        return None
    found = _NUMBER.fullmatch(fold(told)) if not isinstance(raw, date | time | timedelta) else None
    if found is None or not all(char.isascii() for char in told if char.isnumeric()):
        raise BadCell(told)
    try:
        return Fraction(Decimal(found[1].replace(",", ".")))
    except InvalidOperation:
        raise BadCell(told) from None


def steps(raw: Raw) -> tuple[Fraction, ...]:
    """Points that can be given, ascending: `0; 0,5; 1`."""
    if isinstance(raw, date | time | timedelta):
        raise BadCell(str(raw))
    found = {points(part) for part in _PARTS.split(lines(raw)) if part.strip()}
    return tuple(sorted(one for one in found if one is not None))


def zones(raw: Raw) -> tuple[int, ...]:
    """Zones 1 to 3; none where all are meant."""
    told = fold(shown(raw))
    if told in _ALL:
        return ()
    if isinstance(raw, date | time | timedelta) or not _ZONES.fullmatch(told):
        raise BadCell(shown(raw))
    found = tuple(sorted({int(char) for char in told if char in "123"}))
    return () if len(found) == 3 else found


def listed(raw: Raw) -> tuple[str, ...]:
    """Texts a line each, or with semicolons between them."""
    parts = re.split(r"[;\n]+", lines(raw))
    return tuple(told for part in parts if (told := squeeze(part).lstrip("-+•– ").strip()))


def yes(raw: Raw) -> bool | None:
    """Có or không; None where nothing is said."""
    told = fold(shown(raw))
    if not told:
        return None
    if told in ("co", "x", "yes", "duoc", "1"):
        return True
    if told in ("khong", "no", "k", "0"):
        return False
    raise BadCell(shown(raw))


def day(raw: Raw) -> date | None:
    """A day as a date cell, or written 09/03/2023."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    told = shown(raw)
    if not told:
        return None
    found = _DAY.fullmatch(told)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(told)
    except ValueError:
        raise BadCell(told) from None


def year(raw: Raw) -> int | None:
    """A year from 1990 to 2100."""
    told = shown(raw)
    if not told:
        return None
    if isinstance(raw, date | time | timedelta) or not (
        told.isascii() and told.isdigit() and 1990 <= int(told) <= 2100
    ):
        raise BadCell(told)
    return int(told)


def count(raw: Raw) -> int | None:
    """A small whole number."""
    told = points(raw)
    if told is None:
        return None
    if told.denominator != 1 or not 1 <= told <= 50:
        raise BadCell(shown(raw))
    return int(told)


def share(raw: Raw, *, is_percent: bool) -> Fraction | None:
    """A share of a hundred: 80, 80 %, or a cell that shows 80 % and holds 0,8; a plain 0,8 is not taken for 0,8 %."""
    told = points(raw)
    if told is None:
        return None
    if is_percent and isinstance(raw, float | int):
        told *= 100
    if not 1 < told <= 100:
        raise BadCell(shown(raw))
    return told / 100
