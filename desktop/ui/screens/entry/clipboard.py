"""Blocks of cells as Excel puts them on the clipboard: tabs between cells, line ends between rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from desktop.domain.text import nfc


def join(lines: Sequence[Sequence[str]]) -> str:
    """A block as text; cells with tabs, quotes or line ends are quoted as Excel quotes them."""
    out = io.StringIO()
    csv.writer(out, dialect="excel-tab", lineterminator="\n").writerows(lines)
    return out.getvalue()


def split(text: str) -> list[list[str]]:
    """The rows and cells of a pasted text, all rows equally long; a last line end belongs to the last row."""
    plain = nfc(text).replace("\r\n", "\n").replace("\r", "\n")
    if not plain:
        return []
    lines = list(csv.reader(io.StringIO(plain.removesuffix("\n") + "\n"), dialect="excel-tab"))
    widest = max((len(line) for line in lines), default=0)
    return [[cell.strip() for cell in line] + [""] * (widest - len(line)) for line in lines] if widest else []
