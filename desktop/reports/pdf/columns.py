"""How wide a table's columns are, how large its text, and where a table too wide for the page is cut.

Nothing here draws. Widths in points. Numbers never break; heads break at spaces into a few lines; names may break.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.reports.model import Align, Cell, Figure, RowKind, Table, head_places
from desktop.reports.pdf.fonts import BOLD, REGULAR, clean, width

PAD: Final = 2.6
HEAD_LINES: Final = 5
STEP: Final = 0.5
GROUP_SIZE: Final = 11.0
MM: Final = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Group:
    """Columns printed side by side on one page, by their place in the table, with their widths."""

    columns: tuple[int, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """Size of the text in points, and the groups of columns, left to right."""

    size: float
    groups: tuple[Group, ...]


def fit(table: Table, room: float, largest: float | None = None) -> Fit:
    """The largest size at which all columns fit; else groups of columns with the key columns repeated."""
    texts = [_texts(table, at) for at in range(len(table.columns))]
    heads = _head_texts(table)
    size = largest or table.largest
    while size >= table.smallest:
        least = [_least(table, at, texts[at], heads[at], size) for at in range(len(table.columns))]
        if sum(least) <= room:
            everything = tuple(range(len(least)))
            return Fit(size, (_group(table, everything, least, texts, size, room),))
        size -= STEP
    size = max(table.smallest, min(table.largest, GROUP_SIZE))
    least = [_least(table, at, texts[at], heads[at], size) for at in range(len(table.columns))]
    keys = tuple(range(table.key_columns))
    parts = _at_sections(table, least, _parts(least, table.key_columns, room), room)
    return Fit(size, tuple(_group(table, (*keys, *part), least, texts, size, room) for part in parts))


def shown(cell: Cell) -> str:
    """What a cell prints, without its mark."""
    return cell.text if isinstance(cell, Figure) else cell


def mark_width(table: Table, column: int, size: float) -> float:
    """Room for the marks of a column beside its digits."""
    cells = (row.cells[column] for row in table.rows if column < len(row.cells))
    marks = {cell.mark for cell in cells if isinstance(cell, Figure)}
    return max(width(mark, REGULAR, size) for mark in marks) if marks else 0.0


def _texts(table: Table, column: int) -> tuple[tuple[str, bool], ...]:
    """The different texts of a column, each with whether it is bold; group rows run across and do not count."""
    found: dict[tuple[str, bool], None] = {}
    for row in table.rows:
        if row.kind is RowKind.GROUP:
            continue
        cell = row.cells[column]
        found[shown(cell), row.kind in (RowKind.TOTAL, RowKind.SUM)] = None
    return tuple((clean(text), bold) for text, bold in found)


def _head_texts(table: Table) -> tuple[str, ...]:
    """For each column the lowest head cell over it that covers no other column ("" where none does)."""
    if not table.head:
        return ("",) * len(table.columns)
    cells = [cell for row in table.head for cell in row]
    lowest = head_places(table)[-1]
    return tuple(clean(cells[place].text) if cells[place].columns == 1 else "" for place in lowest)


def _least(table: Table, at: int, texts: tuple[tuple[str, bool], ...], head: str, size: float) -> float:
    """The least width that still reads well: whole numbers, whole words, a head of at most five lines."""
    column = table.columns[at]
    marks = mark_width(table, at, size) if column.align is Align.RIGHT else 0.0
    wide = max((width(word, BOLD, size) for word in head.split()), default=0.0)
    wide = max(wide, width(head, BOLD, size) / HEAD_LINES * 1.15)
    for text, bold in texts:
        font = BOLD if bold else REGULAR
        if column.align is Align.LEFT or " " in text:
            wide = max(wide, *(width(word, font, size) for word in text.split(" ")))
        else:
            wide = max(wide, width(text, font, size) + marks)
    return max(wide + 2 * PAD, column.least * MM)


def _group(
    table: Table,
    columns: tuple[int, ...],
    least: list[float],
    texts: list[tuple[tuple[str, bool], ...]],
    size: float,
    room: float,
) -> Group:
    """Widen the columns to the page: first names until they stand on one line, then by share."""
    widths = [least[at] for at in columns]
    over = sum(widths)
    if over > room:
        return Group(columns, tuple(each * room / over for each in widths))
    wanted = [
        max(0.0, max((width(text, REGULAR, size) for text, _ in texts[at]), default=0.0) + 2 * PAD - least[at])
        if table.columns[at].align is Align.LEFT
        else 0.0
        for at in columns
    ]
    spare, asked = room - over, sum(wanted)
    part = min(1.0, spare / asked) if asked else 0.0
    widths = [wide + part * more for wide, more in zip(widths, wanted, strict=True)]
    spare = room - sum(widths)
    shares = [table.columns[at].share for at in columns]
    whole = sum(shares)
    if whole:
        widths = [wide + spare * share / whole for wide, share in zip(widths, shares, strict=True)]
    return Group(columns, tuple(widths))


def _parts(least: list[float], keys: int, room: float) -> list[tuple[int, ...]]:
    """Cut the columns behind the keys into as few groups as fit, about equally wide."""
    space = room - sum(least[:keys])
    few = _filled(least, keys, space, space)
    even = _filled(least, keys, space, sum(least[keys:]) / len(few) * 1.02)
    return even if len(even) == len(few) else few


def _at_sections(table: Table, least: list[float], parts: list[tuple[int, ...]], room: float) -> list[tuple[int, ...]]:
    """Move a cut by one or two columns where it then falls between two heads of the first row."""
    top = head_places(table)[0] if table.head else ()
    space = room - sum(least[: table.key_columns])
    moved = list(parts)
    for at in range(1, len(moved) if top else 0):
        both = (*moved[at - 1], *moved[at])
        cut = len(moved[at - 1])
        for place in (cut, cut - 1, cut + 1, cut - 2, cut + 2):
            if not 0 < place < len(both) or top[both[place - 1]] == top[both[place]]:
                continue
            left, right = both[:place], both[place:]
            if max(sum(least[each] for each in left), sum(least[each] for each in right)) <= space:
                moved[at - 1], moved[at] = left, right
                break
    return moved


def _filled(least: list[float], keys: int, space: float, goal: float) -> list[tuple[int, ...]]:
    parts: list[list[int]] = [[]]
    used = 0.0
    for at in range(keys, len(least)):
        wide = least[at]
        full = used + wide > space or used >= goal or used + wide / 2 > goal
        if parts[-1] and full:
            parts.append([])
            used = 0.0
        parts[-1].append(at)
        used += wide
    return [tuple(part) for part in parts]
