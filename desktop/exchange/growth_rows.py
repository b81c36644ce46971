"""The rows of a file of children, piece by piece, as columns; a row that cannot be read stays without a measurement."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import accumulate, islice
from math import nan
from typing import Final, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from desktop.domain.findings import Finding, Severity
from desktop.domain.growth.columns import Columns
from desktop.errors import AppError
from desktop.exchange import growth_cells as cells
from desktop.exchange.grid import column_letter
from desktop.exchange.growth_cells import UNREADABLE, Remembered
from desktop.exchange.growth_files import AGES, ChildrenFile
from desktop.wording import Sentence, say

T = TypeVar("T")
PIECE: Final = 16_384


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows: ids, measurements, other columns that were asked for; `unreadable` rows have no measurement."""

    ids: Sequence[str]
    columns: Columns
    others: Mapping[str, Sequence[str]]
    unreadable: NDArray[np.bool_]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why a row cannot be read, and in which column."""

    message: Sentence
    column: int | None = None


def pieces(file: ChildrenFile) -> Iterator[Piece]:
    """The rows, a few thousand at a time. AppError `unreadable` where the file is no CSV from some line on."""
    readers = _Readers.of(file)
    with file.path.open(encoding=file.codec, errors="replace", newline="") as stream:
        reader = csv.reader(stream, delimiter=file.delimiter)
        last: list[str] = []
        try:
            next(reader, None)
            while True:
                before = reader.line_num
                taken = list(islice(reader, PIECE))
                if not taken:
                    _refuse_open_quotation(file, last)
                    return
                last = taken[-1]
                rows = taken if all(taken) else list(filter(None, taken))
                lines = partial(_lines, tuple(taken), before, reader.line_num)
                if rows:
                    yield _piece(file, readers, lines, rows)
        except csv.Error as fault:
            raise _no_csv(file, reader.line_num) from fault


def _no_csv(file: ChildrenFile, line: int) -> AppError:
    return AppError(
        "unreadable",
        say("{file} cannot be read as CSV from line {line} on.", file=file.path.name, line=line),
        say("Look for a quotation mark that is not closed."),
    )


def _refuse_open_quotation(file: ChildrenFile, last: Sequence[str]) -> None:
    """A last cell over several lines that the file does not close has swallowed the rows behind it."""
    if not last or "\n" not in last[-1]:
        return
    content = file.path.read_bytes().rstrip(b"\r\n \0")
    if not content.endswith(b'"'):
        raise _no_csv(file, content.count(b"\n") + 1 - last[-1].rstrip().count("\n"))


def _lines(rows: Sequence[Sequence[str]], before: int, after: int) -> list[int]:
    """The line each row that is not empty begins in; a quoted cell may run over several."""
    heights = (
        (1,) * len(rows) if after - before == len(rows) else (1 + sum(cell.count("\n") for cell in row) for row in rows)
    )
    starts = accumulate(heights, initial=before + 1)
    return [line for line, row in zip(starts, rows, strict=False) if row]


@dataclass(frozen=True, slots=True)
class _Readers:
    """One reader a kind of cell; what its cells say is remembered from piece to piece."""

    sex: Remembered[str, int]
    position: Remembered[str, int]
    oedema: Remembered[str, bool]
    age: Remembered[str, float]
    milligrams: Remembered[str, int]
    micrometres: Remembered[str, int]
    day: Remembered[str, date | None]
    label: Remembered[str, str]

    @classmethod
    def of(cls, file: ChildrenFile) -> Self:
        """Where commas do not part the cells, they may part the decimals."""
        point = _same if file.delimiter == "," else _comma_as_point
        return cls(
            Remembered(cells.sex),
            Remembered(cells.position),
            Remembered(cells.oedema),
            Remembered(lambda cell: cells.age(point(cell))),
            Remembered(lambda cell: cells.milligrams(point(cell))),
            Remembered(lambda cell: cells.micrometres(point(cell))),
            Remembered(cells.day),
            Remembered(cells.label),
        )


def _same(cell: str) -> str:
    return cell


def _comma_as_point(cell: str) -> str:
    return cell.replace(",", ".")


def _piece(file: ChildrenFile, readers: _Readers, lines: Callable[[], list[int]], rows: list[list[str]]) -> Piece:
    width = len(file.heads)
    ids, faults = _same_width(file, rows, width)
    by_place = list(zip(*rows, strict=True))

    def read(name: str, reader: Remembered[str, T], missing: T) -> list[T]:
        place = file.places.get(name)
        return [missing] * len(rows) if place is None else list(map(reader.__getitem__, by_place[place]))

    numbers = {
        "sex": np.array(read("sex", readers.sex, 0)),
        "age_days": np.array(read("age_days", readers.age, nan)),
        "age_months": np.array(read("age_months", readers.age, nan)),
        "weight": np.array(read("weight", readers.milligrams, 0)),
        "lenhei": np.array(read("lenhei", readers.micrometres, 0)),
        "measure": np.array(read("measure", readers.position, 0)),
    }
    months = numbers["age_months"]
    months[~np.isnan(numbers["age_days"])] = nan  # days win: what else is said of the age is not even looked at
    _from_dates(file, readers, rows, numbers, faults)
    for name, column in numbers.items():
        for row in np.flatnonzero(column == UNREADABLE).tolist():
            faults.setdefault(row, _Fault(_cell_fault(rows[row][file.places[name]], name), file.places[name]))
    unreadable = np.zeros(len(rows), np.bool_)
    unreadable[list(faults)] = True
    readable = ~unreadable
    columns = Columns.of(
        sex=numbers["sex"] * readable,
        days=np.where(readable, numbers["age_days"], nan),
        months=np.where(readable, months, nan),
        milligrams=numbers["weight"] * readable,
        micrometres=numbers["lenhei"] * readable,
        position=numbers["measure"] * readable,
        oedema=np.array(read("oedema", readers.oedema, missing=False)) & readable,
    )
    others = {name: list(map(readers.label.__getitem__, by_place[file.places[name]])) for name in file.grouped}
    findings = [_finding(file, line, faults[at]) for at, line in enumerate(lines()) if at in faults] if faults else []
    return Piece(ids, columns, others, unreadable, tuple(findings))


def _same_width(file: ChildrenFile, rows: list[list[str]], width: int) -> tuple[Sequence[str], dict[int, _Fault]]:
    """The ids as they stand, and every row as wide as the head: one with other cells than that is emptied."""
    place = file.places.get("id")
    ids = [""] * len(rows) if place is None else [row[place] if place < len(row) else "" for row in rows]
    faults = {}
    for at in np.flatnonzero(np.fromiter(map(len, rows), np.intp, len(rows)) != width).tolist():
        row = rows[at]
        rows[at] = row[:width]
        if len(row) < width or any(map(str.strip, row[width:])):
            rows[at] = [""] * width
            faults[at] = _Fault(say("The row has {found} cells, the head {expected}.", found=len(row), expected=width))
    return ids, faults


def _from_dates(
    file: ChildrenFile,
    readers: _Readers,
    rows: Sequence[Sequence[str]],
    numbers: Mapping[str, NDArray[np.float64]],
    faults: dict[int, _Fault],
) -> None:
    """Ages of the rows that tell them by two dates only; one date alone tells none."""
    days, months = numbers["age_days"], numbers["age_months"]
    places = [file.places.get(name) for name in AGES[-1]]
    if None in places:
        return
    for row in np.flatnonzero(np.isnan(days) & np.isnan(months)).tolist():
        dates = []
        for place in places:
            cell = rows[row][place or 0]
            found = readers.day[cell]
            if found is not None:
                dates.append(found)
            elif not cells.is_missing(cell):
                faults.setdefault(row, _Fault(_cell_fault(cell, file.heads[place or 0]), place))
        if len(dates) == len(places):
            days[row] = (dates[1] - dates[0]).days
            if days[row] < 0:
                faults.setdefault(row, _Fault(say("The visit is before the birth."), places[1]))
                days[row] = nan


def _cell_fault(cell: str, name: str) -> Sentence:
    return say("“{cell}” in the column “{column}” cannot be read.", cell=cell.strip(), column=name)


def _finding(file: ChildrenFile, line: int, fault: _Fault) -> Finding:
    column = None if fault.column is None else column_letter(fault.column + 1)
    return Finding("growth.row", Severity.ERROR, fault.message, file=file.path.name, row=line, column=column)
