"""Months and quarters side by side below the name of a figure: "Tháng 8 | Tháng 9", "Quý I/2026 | Quý II/2026"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from desktop.domain.periods import Period
from desktop.domain.text import fold, squeeze
from desktop.exchange.grid import Raw

_PART: Final = re.compile(
    r"(?:(?:thang|t)\s*\.?\s*(?P<month>\d{1,2})|(?:quy|q)\s*\.?\s*(?P<quarter>iii|ii|iv|i|[1-4]))"
    r"(?:\s*(?:/|-|\.|nam)\s*(?P<year>(?:19|20)\d\d))?"
)
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def parts_of_year(texts: Iterable[str], year: int) -> list[Period]:
    """The months and quarters that whole texts are the names of; a text without a year speaks of `year`."""
    found = []
    for text in texts:
        said = _PART.fullmatch(fold(squeeze(text)))
        if said is None:
            continue
        when = int(said["year"] or year)
        if said["month"]:
            first = last = int(said["month"])
        else:
            quarter = _ROMAN.get(said["quarter"]) or int(said["quarter"])
            first, last = quarter * 3 - 2, quarter * 3
        if 1 <= first <= last <= 12:
            found.append(Period.of_months(when, first, when, last))
    return found


def names_parts(cells: Sequence[Raw]) -> bool:
    """Whether a row names at least two of them."""
    texts = [cell for cell in cells if type(cell) is str and cell.strip()]
    return len(set(parts_of_year(texts, 2000))) > 1


def without_parts(path: tuple[str, ...]) -> tuple[str, ...]:
    """Headings without a month or quarter below the name of the figure: they say when, not what."""
    left = tuple(text for text in path if not parts_of_year([text], 2000))
    return left or path
