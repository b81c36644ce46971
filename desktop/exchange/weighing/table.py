"""Where the list stands in a sheet: its rows of headings among the first thirty, and what each column holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time
from typing import Final

from desktop.domain.text import squeeze
from desktop.exchange.grid import Raw, Sheet
from desktop.exchange.sheets_table import is_number_row
from desktop.exchange.weighing.headings import role_of, says_mother
from desktop.exchange.weighing.model import ListTable, Role
from desktop.exchange.weighing.several import sessions_beside

LAST_HEADING: Final = 30
_MOST_ROWS: Final = 4
_WIDEST: Final = 200
_FIGURE: Final = re.compile(r"[\d\s.,/\-:]+(?:kg|cm|g|m)?", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_MEASURES: Final = frozenset((Role.WEIGHT, Role.LENHEI, Role.LYING, Role.STANDING, Role.MUAC))
_BIRTHS: Final = frozenset((Role.BIRTH, Role.BIRTH_YEAR, Role.BIRTH_MALE, Role.BIRTH_FEMALE, Role.AGE))
_BORN: Final = _BIRTHS - {Role.AGE}
_SEVERAL: Final = frozenset((Role.NAME, Role.RESULT, Role.NOTE))
_LENGTHS: Final = frozenset((Role.LENHEI, Role.LYING, Role.STANDING))


def find_list(sheet: Sheet) -> ListTable | None:
    """The list of a sheet, None where there is none: it names children, what was measured, and sex, birth or age."""
    best: tuple[int, int, int, ListTable] | None = None
    inside = {row for first, _, last, _ in sheet.merged or () for row in range(first + 1, min(last, LAST_HEADING) + 1)}
    for top in range(1, min(len(sheet.rows), LAST_HEADING) + 1):
        if top in inside:
            continue
        for height in range(1, _MOST_ROWS + 1):
            if height > 1 and not _may_be_heading(sheet, top + height - 1):
                break
            table = _table(sheet, top, height)
            if table is None:
                continue
            roles = set(table.columns.values()) - {Role.RESULT}
            weight = len(roles) + 2 * bool(roles & _BORN)
            if best is None or (weight, len(table.beside), -height) > best[:3]:
                best = (weight, len(table.beside), -height, table)
    return best[3] if best else None


def heading_at(sheet: Sheet, top: int) -> ListTable | None:
    """The list whose headings begin in a row; None where they do not."""
    best: ListTable | None = None
    for height in range(1, _MOST_ROWS + 1):
        if height > 1 and not _may_be_heading(sheet, top + height - 1):
            break
        table = _table(sheet, top, height)
        if table is not None and (best is None or len(set(table.columns.values())) > len(set(best.columns.values()))):
            best = table
    return best


def _may_be_heading(sheet: Sheet, row: int) -> bool:
    """Whether a row may be a further row of headings: words only, and not the numbers of the columns."""
    if row > len(sheet.rows):
        return False
    filled = [cell for cell in sheet.rows[row - 1][:_WIDEST] if cell != ""]
    return bool(filled) and not is_number_row(filled) and not any(map(_is_figure, filled))


def _is_figure(cell: Raw) -> bool:
    if isinstance(cell, (int, float, date, time)):
        return True
    return type(cell) is str and any(char.isdigit() for char in cell) and bool(_FIGURE.fullmatch(cell.strip()))


def _table(sheet: Sheet, top: int, height: int) -> ListTable | None:
    paths = _paths(sheet, top, height)
    told = {column: role for column, path in paths.items() if (role := role_of(path)) is not None}
    beside = sessions_beside(paths, told, lambda: _year(sheet, top))
    later = {column for one in beside[1:] for column in one.columns}
    taken: dict[int, Role] = {}
    for column, role in told.items():
        if column in later:
            continue
        if role in _SEVERAL or role not in taken.values():
            taken[column] = role
    taken = _mother_first(_names_apart(taken, paths), told, paths)
    roles = set(taken.values())
    if Role.NAME not in roles or not roles & _MEASURES or not roles & (_BIRTHS | {Role.SEX, Role.MALE, Role.FEMALE}):
        return None
    headings = {column: " – ".join(path) for column, path in paths.items()}
    known = set(taken) | {column for one in beside for column in one.columns}
    doubled = {column: role for column, role in told.items() if column not in known and role in _MEASURES}
    return ListTable(top, top + height - 1, taken, headings, beside, doubled)


def _year(sheet: Sheet, top: int) -> int | None:
    """The one year that the lines above the headings name, else the name of the sheet; None where there are several."""
    lines = [_text(cell) for row in sheet.rows[: top - 1] for cell in row]
    for texts in (lines, [sheet.name]):
        years = {int(found) for text in texts for found in _YEAR.findall(text)}
        if years:
            return years.pop() if len(years) == 1 else None
    return None


def _mother_first(taken: dict[int, Role], told: dict[int, Role], paths: dict[int, tuple[str, ...]]) -> dict[int, Role]:
    """Where father and mother have a column each, the mother's is the one that is read."""
    parents = [column for column, role in told.items() if role is Role.MOTHER]
    mothers = [column for column in parents if says_mother(paths[column])]
    if len(parents) < 2 or not mothers:
        return taken
    kept = {column: role for column, role in taken.items() if role is not Role.MOTHER}
    return {**kept, mothers[0]: Role.MOTHER}


def _names_apart(taken: dict[int, Role], paths: dict[int, tuple[str, ...]]) -> dict[int, Role]:
    """The name may stand in neighbouring columns (family name and given name); another one far away is not it."""
    names = sorted(column for column, role in taken.items() if role is Role.NAME)
    if len(names) < 2:
        return taken
    kept = {names[0]}
    for column in names[1:]:
        same = len({paths[names[0]], paths[column]}) == 1 or role_of(paths[column][-1:]) is Role.NAME
        if column - max(kept) == 1 and same:
            kept.add(column)
    return {column: role for column, role in taken.items() if role is not Role.NAME or column in kept}


def _paths(sheet: Sheet, top: int, height: int) -> dict[int, tuple[str, ...]]:
    """The words above each column, from the group down to its own heading; merged headings count for all they cover."""
    width = min(max((len(row) for row in sheet.rows[top - 1 : top - 1 + height]), default=0), _WIDEST)
    lines = [_line(sheet, row, width, grouped=row < top + height - 1) for row in range(top, top + height)]
    paths: dict[int, tuple[str, ...]] = {}
    for column in range(1, width + 1):
        words = [line[column - 1] for line in lines if line[column - 1]]
        if words:
            paths[column] = tuple(dict.fromkeys(words))
    return paths


def _line(sheet: Sheet, row: int, width: int, *, grouped: bool) -> list[str]:
    texts = [_text(sheet.at(row, column)) for column in range(1, width + 1)]
    here = [merge for merge in sheet.merged or () if merge[0] <= row <= merge[2]]
    for first, left, _last, right in here:
        shown = _text(sheet.at(first, left))
        texts[left - 1 : min(right, width)] = [shown] * (min(right, width) - left + 1)
    is_told = any(right > left for _first, left, _last, right in here)
    return _spread(texts, sheet, row) if grouped and not is_told else texts


def _spread(texts: Sequence[str], sheet: Sheet, row: int) -> list[str]:
    """A group whose merging is not told counts to its right while only the row below speaks."""
    spread = list(texts)
    for at in range(1, len(spread)):
        alone = not spread[at] and _text(sheet.at(row + 1, at + 1))
        if alone and _text(sheet.at(row + 1, at)) and spread[at - 1]:
            spread[at] = spread[at - 1]
    return spread


def _text(cell: Raw) -> str:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return squeeze(cell) if type(cell) is str else ""
