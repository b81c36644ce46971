"""Facts of stations out of somebody's workbook: which way it lies is seen from where items and stations are named.

Items down and stations across (the template), stations down and items across, or the sheet of one station with a column
of answers. Nothing is guessed silently: what is only nearly a name is taken with a warning, what fits several is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from desktop.domain.findings import Finding, Severity
from desktop.domain.stations.profile import Profile
from desktop.domain.text import fold, squeeze
from desktop.exchange.grid import Sheet, Workbook, column_letter
from desktop.exchange.sheet_text import in_unicode
from desktop.exchange.station_sheets.names import ItemNames, Named
from desktop.exchange.station_sheets.taking import Answer, Reader, keep, say_doubtful, say_unclear, say_unread, take
from desktop.exchange.station_sheets.unread import NO_ANSWERS, columns_unread, lines_unread
from desktop.exchange.station_sheets.villages import Heads, heads_of, lines_of
from desktop.exchange.unit_names import Found, KnownUnit, Sureness, UnitNames
from desktop.wording import say

LOOKED_AT: Final = 60
CODES: Final = "Mã"
_DAY: Final = re.compile(r"(?:tinh den|den ngay|thoi diem|as of)\D{0,20}?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ANSWERS: Final = frozenset(
    ("gia tri", "ket qua", "so lieu", "tra loi", "hien co", "thuc te", "thuc hien", "noi dung tra loi", "so luong")
)


@dataclass(frozen=True, slots=True)
class Read:
    """What a workbook says; `days` are those its sheets name as their day."""

    answers: tuple[Answer, ...]
    findings: tuple[Finding, ...]
    days: tuple[date, ...] = ()


def read_stations(book: Workbook, profile: Profile, places: Sequence[KnownUnit], *, only: str | None = None) -> Read:
    """The answers of a workbook. `places` are known by uid and names; `only`: the place of a sheet that names none."""
    reader = Reader(book.file, UnitNames(places), ItemNames(profile), only)
    reader.findings += [replace(one, file=book.file) for one in book.findings]
    seen = 0
    for raw in book.sheets:
        sheet, _encoding, notes = in_unicode(raw)
        if not any(cell != "" for row in sheet.rows for cell in row):
            continue
        before = len(reader.findings)
        if _read_sheet(reader, sheet):
            seen += 1
            own = sheet.at(5, 1) == CODES  # the template hides its column of codes
            told = [
                replace(note, file=book.file, sheet=sheet.name)
                for note in notes
                if not (own and note.rule == "import.hidden_columns" and note.column == "A")
            ]
            reader.findings[before:before] = told
    if not seen:
        reader.findings.append(
            Finding(
                "stations.nothing",
                Severity.ERROR,
                say("No sheet of {file} names items of a station's profile.", file=book.file),
                say("Take the template (“sotram stations template”), or name the items as it does."),
                file=book.file,
            )
        )
    kept = tuple(answer for place, answer in reader.answers.items() if place not in reader.refused)
    return Read(kept, tuple(reader.findings), tuple(dict.fromkeys(reader.days)))


# ---- which way a sheet lies


def _read_sheet(reader: Reader, sheet: Sheet) -> bool:
    """Read one sheet; False where it is none of a station's profile."""
    villages = heads_of(sheet)
    if villages is not None:
        _note_day(reader, sheet)
        _villages(reader, sheet, villages)
        return True
    named = {(r, c): found for r, c, text in _texts(sheet) if (found := reader.items.find(text)) is not None}
    column = _most([c for _, c in named])
    row = _most([r for r, _ in named])
    down = [(r, c) for r, c in named if c == column]
    across = [(r, c) for r, c in named if r == row]
    if max(len(down), len(across)) < 2 and not (named and reader.only):
        return False
    _note_day(reader, sheet)
    if len(down) >= len(across):
        lines = {r: named[(r, column)] for r, _ in down}
        _items_down(reader, sheet, column, lines)
    else:
        heads = {c: named[(row, c)] for _, c in across}
        _items_across(reader, sheet, row, heads)
    return True


def _texts(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    for r, cells in enumerate(sheet.rows, 1):
        for c, cell in enumerate(cells, 1):
            if type(cell) is str and 1 < len(cell) <= 200:
                yield r, c, cell


def _most(numbers: list[int]) -> int:
    """The number that comes most often, of equals the smallest; 0 where there is none."""
    return min(set(numbers), key=lambda one: (-numbers.count(one), one), default=0)


def _note_day(reader: Reader, sheet: Sheet) -> None:
    for r, _c, text in _texts(sheet):
        found = _DAY.search(fold(text)) if r <= LOOKED_AT else None
        if found:
            try:
                reader.days.append(date(int(found[3]), int(found[2]), int(found[1])))
            except ValueError:
                continue


# ---- items down the side


def _items_down(reader: Reader, sheet: Sheet, column: int, lines: dict[int, Named]) -> None:
    first = min(lines)
    heads = _places_across(reader, sheet, column, first)
    if heads:
        say_doubtful(reader, sheet, ((row, column, named) for row, named in lines.items()))
        say_unread(reader, sheet, lines_unread(sheet, column, lines, list(heads)))
        for row, named in lines.items():
            for c, place in heads.items():
                take(reader, sheet, place, named.item, row, c)
        return
    home = _place_of_sheet(reader, sheet, first)
    at = _answer_column(sheet, column, lines)
    if home is None:
        reader.add(
            sheet,
            "no_place",
            say("The sheet does not say of which station it speaks."),
            say("Write the station's or the commune's name above the table, or name it with --station."),
            row=1,
        )
        return
    if at is None:
        reader.add(sheet, "no_answers", say("No column beside the items holds answers."), row=first)
        return
    say_doubtful(reader, sheet, ((row, column, named) for row, named in lines.items()))
    say_unread(reader, sheet, lines_unread(sheet, column, lines, [at]))
    for row, named in lines.items():
        take(reader, sheet, home, named.item, row, at)


def _places_across(reader: Reader, sheet: Sheet, column: int, first: int) -> dict[int, str]:
    """The places named over the columns, in the row above the items that names most of them."""
    best: dict[int, str] = {}
    chosen: tuple[int, list[tuple[int, str]]] = (0, [])
    for row in range(max(1, first - LOOKED_AT), first + 1):
        found: dict[int, str] = {}
        unclear: list[tuple[int, str]] = []
        for c, cell in enumerate(sheet.rows[row - 1], 1):
            if c <= column or type(cell) is not str or not cell.strip():
                continue
            told = _place(reader, cell)
            if told.unit is not None:
                found[c] = told.unit.code
            elif told.sureness is Sureness.AMBIGUOUS:
                unclear.append((c, cell))
        if len(found) > len(best):
            best, chosen = found, (row, unclear)
    if len(best) == 1 and len([1 for cell in sheet.rows[chosen[0] - 1] if type(cell) is str and cell.strip()]) == 1:
        return {}  # the title of one station's sheet
    for c, text in chosen[1]:
        say_unclear(reader, sheet, text, chosen[0], c)
    return best


def _place_of_sheet(reader: Reader, sheet: Sheet, first: int) -> str | None:
    """The place a sheet of one station speaks of: named above the items, by the sheet's name, or told."""
    for row in range(1, first):
        for cell in sheet.rows[row - 1]:
            if type(cell) is str:
                for text in (cell, cell.rpartition(":")[2]):
                    found = _place(reader, squeeze(text)) if text.strip() else None
                    if found is not None and found.unit is not None:
                        return found.unit.code
    found = _place(reader, sheet.name)
    return found.unit.code if found.unit is not None else reader.only


def _answer_column(sheet: Sheet, column: int, lines: dict[int, Named]) -> int | None:
    """The column of answers: headed so, else the first to the right that holds something and is no unit or note."""
    width = max(len(sheet.rows[row - 1]) for row in lines)
    above = range(1, min(lines))

    def heads(c: int) -> list[str]:
        return [fold(str(sheet.at(row, c))).strip(" .:") for row in above if sheet.at(row, c) != ""]

    for c in range(column + 1, width + 1):
        if any(head in _ANSWERS for head in heads(c)):
            return c
    units = {fold(named.item.unit) for named in lines.values()}
    for c in range(column + 1, width + 1):
        if any(head.startswith(NO_ANSWERS) for head in heads(c)):
            continue
        told = [fold(str(cell)) for row in lines if (cell := sheet.at(row, c)) != ""]
        if told and not all(text in units for text in told):
            return c
    return None


# ---- stations down the side


def _items_across(reader: Reader, sheet: Sheet, row: int, heads: dict[int, Named]) -> None:
    column = _place_column(reader, sheet, row)
    if not column:
        reader.add(
            sheet,
            "no_place",
            say("No column names the stations."),
            say("Name the stations or communes in a column before the items."),
            row=row,
        )
        return
    say_doubtful(reader, sheet, ((row, c, named) for c, named in heads.items()))
    say_unread(reader, sheet, columns_unread(sheet, row, heads, column))
    for r in range(row + 1, len(sheet.rows) + 1):
        text = sheet.at(r, column)
        if type(text) is not str or not text.strip():
            continue
        found = _place(reader, text)
        if found.unit is None:
            if found.sureness is Sureness.AMBIGUOUS:
                say_unclear(reader, sheet, text, r, column)
            elif any(sheet.at(r, c) != "" for c in heads) and not fold(text).startswith(("tong", "cong", "toan")):
                reader.add(
                    sheet,
                    "unknown_place",
                    say("“{text}” is no station of this office.", text=text[:60]),
                    say("Its line is left out. Compare the name with the list of stations."),
                    severity=Severity.WARNING,
                    row=r,
                    column=column,
                )
            continue
        for c, named in heads.items():
            take(reader, sheet, found.unit.code, named.item, r, c)


def _place_column(reader: Reader, sheet: Sheet, row: int) -> int:
    below = [
        c
        for r, c, text in _texts(sheet)
        if r > row and _place(reader, text).sureness not in (Sureness.UNKNOWN, Sureness.DOUBTFUL)
    ]
    return _most(below)


def _place(reader: Reader, text: str) -> Found:
    return reader.places.by_name(squeeze(text))


# ---- villages


def _villages(reader: Reader, sheet: Sheet, heads: Heads) -> None:
    """Villages a line each: of the station named beside, above the table, or told."""
    home = None if heads.place else _place_of_sheet(reader, sheet, heads.row)
    for line in lines_of(sheet, heads):
        found = _place(reader, line.place) if line.place else None
        place = found.unit.code if found is not None and found.unit is not None else home
        if place is None:
            reader.add(
                sheet,
                "unknown_place",
                say("“{text}” is no station of this office.", text=(line.place or line.item.name_vi)[:60]),
                say("Its line is left out. Compare the name with the list of stations."),
                severity=Severity.WARNING,
                row=line.row,
                column=heads.place or heads.village,
            )
        elif line.value is None:
            reader.add(
                sheet,
                "answer",
                say("“{text}”: {why}", text=line.said[:40], why=say("{item} takes yes or no.", item=line.item.name_vi)),
                say("Correct the cell, or type the answer in the window."),
                row=line.row,
                column=heads.worker,
            )
        else:
            letter = column_letter(heads.worker)
            keep(reader, sheet, Answer(place, line.item, line.value, sheet.name, line.row, letter), heads.worker)
