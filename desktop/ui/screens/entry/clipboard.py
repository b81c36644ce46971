"""Blocks of cells as Excel and Calc put them on the clipboard: tabs between cells, line ends between rows.

What is pasted is read as plain text only. What is copied carries three things: the plain text in Vietnamese notation,
a table whose numbers Excel (`x:num`) and Calc (`sdval`) take exactly whatever language they speak, and the cells
themselves for this program, so that every state comes back as it was.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QMimeData

from desktop.domain.text import nfc
from desktop.domain.values import SCALE, State, Value
from desktop.system.i18n import _
from desktop.ui import figures

_ENGLISH: Final = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_POINT: Final = re.compile(r"-?\d+\.\d+")
OWN: Final = "application/x-sotram-cells"
Cells = Sequence[Sequence[Value | None]]


def join(lines: Sequence[Sequence[str]]) -> str:
    """A block as text; cells with tabs, quotes or line ends are quoted as Excel quotes them."""
    import csv  # neither csv nor html is needed before something is copied or pasted

    out = io.StringIO()
    csv.writer(out, dialect="excel-tab", lineterminator="\n").writerows(lines)
    return out.getvalue()


def split(text: str) -> list[list[str]]:
    """The rows and cells of a pasted text, all rows equally long; a last line end belongs to the last row.

    A cell with tabs or line breaks stands in quotes.
    """
    plain = nfc(text).replace("\r\n", "\n").replace("\r", "\n").removesuffix("\0")
    if not plain:
        return []
    import csv

    lines = list(csv.reader(io.StringIO(plain.removesuffix("\n") + "\n"), dialect="excel-tab"))
    widest = max((len(line) for line in lines), default=0)
    return [[cell.strip() for cell in line] + [""] * (widest - len(line)) for line in lines] if widest else []


def foreign(lines: Sequence[Sequence[str]]) -> str | None:
    """The first cell written with commas between thousands, as programs that speak English write; None for none."""
    return next((cell for line in lines for cell in line if _ENGLISH.fullmatch(cell)), None)


def from_english(text: str) -> str:
    """A figure in English notation as it is written here: no commas, the point a comma; other texts as they are."""
    is_figure = _ENGLISH.fullmatch(text) or _POINT.fullmatch(text)
    return text.replace(",", "").replace(".", ",") if is_figure else text


def plain(value: Value | None) -> str:
    """A cell for other programs: a figure without grouping, words; the dash alone would say too little."""
    if value is not None and value.state is State.NOT_APPLICABLE:
        return _("not applicable")
    return figures.typed(value)


def copied(cells: Cells) -> QMimeData:
    """A block for the clipboard, in its three forms."""
    mime = QMimeData()
    mime.setText(join([[plain(value) for value in line] for line in cells]))
    rows = "".join(f"<tr>{''.join(_html(value) for value in line)}</tr>" for line in cells)
    head = '<meta charset="utf-8">'
    mime.setHtml(
        f'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>{head}</head><table>{rows}</table></html>'
    )
    told = [
        [None if value is None else [value.state.value, value.amount, value.text] for value in line] for line in cells
    ]
    mime.setData(OWN, json.dumps(told, ensure_ascii=False).encode())
    return mime


def _html(value: Value | None) -> str:
    import html

    text = html.escape(plain(value))
    if value is None or value.amount is None:
        return f"<td>{text}</td>"
    exact = (Decimal(value.amount) / SCALE).normalize()
    return f'<td x:num="{exact:f}" sdval="{exact:f}">{text}</td>'


def own(mime: QMimeData) -> list[list[Value | None]] | None:
    """The cells themselves, where this program copied them and nobody changed the text since; else None."""
    if not mime.hasFormat(OWN):
        return None
    try:
        told = json.loads(bytes(mime.data(OWN).data()))
        cells = [
            [None if cell is None else Value(State(cell[0]), amount=cell[1], text=cell[2]) for cell in line]
            for line in told
        ]
    except (ValueError, TypeError, LookupError):
        return None
    return cells if cells and cells[0] else None
