"""What a station's sheet answers that nobody asks: it is said, never left silently."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from desktop.domain.text import fold
from desktop.exchange.grid import Raw, Sheet

NO_ANSWERS: Final = ("don vi", "dvt", "ghi chu", "stt", "tt", "can cu", "nguon", "cach ghi")
"""How headings begin under which no answers stand."""


def lines_unread(
    sheet: Sheet, column: int, lines: Mapping[int, object], told: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Rows among the items that answer something nobody asks."""
    for row in range(min(lines), len(sheet.rows) + 1):
        if row not in lines and _is_heading(sheet.at(row, column)) and any(sheet.at(row, c) != "" for c in told):
            yield row, column


def columns_unread(sheet: Sheet, row: int, heads: Mapping[int, object], places: int) -> Iterator[tuple[int, int]]:
    """Columns beside the items that answer something nobody asks."""
    for c in range(places + 1, len(sheet.rows[row - 1]) + 1):
        below = (sheet.at(r, c) for r in range(row + 1, len(sheet.rows) + 1))
        if c not in heads and _is_heading(sheet.at(row, c)) and any(cell != "" for cell in below):
            yield row, c


def _is_heading(cell: Raw) -> bool:
    """Whether words stand here that may name an item; notes, units, totals and numbers do not."""
    text = fold(cell).strip(" .:*()") if type(cell) is str else ""
    return bool(re.search(r"[a-z]{2}", text)) and not text.startswith((*NO_ANSWERS, "tong", "cong", "toan"))
