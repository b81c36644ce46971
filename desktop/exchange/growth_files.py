"""Files of children for `growth …`: one row a child, read piece by piece into columns.

UTF-8 with or without its mark, UTF-16 with one, else Windows' Vietnamese page; comma, or semicolon or tab where the
head has no comma (then a decimal comma is read too). A row that cannot be read stays, without any measurement.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from math import nan
from pathlib import Path
from typing import Final, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from desktop.domain.findings import Finding, Severity
from desktop.domain.growth.columns import Columns
from desktop.domain.text import nfc
from desktop.errors import AppError
from desktop.exchange import growth_cells as cells
from desktop.exchange.grid import column_letter
from desktop.exchange.growth_cells import UNREADABLE, Remembered
from desktop.wording import Sentence, say

T = TypeVar("T")
PIECE: Final = 16_384
AGES: Final = (("age_days",), ("age_months",), ("birth_date", "visit_date"))
NEEDED: Final = ("sex", "weight", "lenhei")
OTHER: Final = "column:"  # before the name of a column a person asked for
CLUSTER: Final = "cluster"
_USED: Final = (*NEEDED, *(head for heads in AGES for head in heads), "measure", "oedema", CLUSTER)
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class ChildrenFile:
    """A file whose head was understood: the place of each column that is used, by its name in the contract."""

    path: Path
    codec: str
    delimiter: str
    heads: tuple[str, ...]
    places: Mapping[str, int]

    @property
    def grouped(self) -> tuple[str, ...]:
        """The names of the columns that are read as words."""
        return tuple(name for name in self.places if name.startswith(OTHER) or name == CLUSTER)


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


def open_children(path: Path, *, with_ids: bool = False, others: Sequence[str] = ()) -> ChildrenFile:
    """Understand the head. AppError `columns` where a needed or asked column is missing or stands there twice.

    Needed are sex, weight, lenhei and one way to tell the age (and id for `with_ids`).
    """
    codec = _codec(path)
    with path.open(encoding=codec, errors="replace", newline="") as file:
        line = file.readline()
    delimiter = next((sign for sign in ",;\t" if sign in line), ",")
    heads = tuple(nfc(head).strip() for head in next(csv.reader([line], delimiter=delimiter), []))
    by_name: dict[str, list[int]] = {}
    for place, head in enumerate(heads):
        by_name.setdefault(head.casefold(), []).append(place)
    ages = [names for names in AGES if all(name in by_name for name in names)]
    needed = (*(("id",) if with_ids else ()), *NEEDED, *(ages[0] if ages else AGES[0]))
    lacking = [name for name in needed if name not in by_name]
    if lacking:
        raise AppError(
            "columns",
            say("{file} has no column “{columns}”.", file=path.name, columns="”, “".join(lacking)),
            say("The first line names the columns: id, sex, age_days, weight, lenhei, measure, oedema."),
        )
    places = {name: _only(path, name, by_name[name]) for name in ("id", *_USED) if name in by_name}
    places |= {OTHER + name: _asked(path, name, heads) for name in others}
    return ChildrenFile(path, codec, delimiter, heads, places)


def _only(path: Path, name: str, places: Sequence[int]) -> int:
    if len(places) > 1:
        raise AppError("columns", say("{file} has the column “{column}” twice.", file=path.name, column=name))
    return places[0]


def _asked(path: Path, name: str, heads: Sequence[str]) -> int:
    """The column a person named: as it is spelled, else without regard to case."""
    spelled = [place for place, head in enumerate(heads) if head == name]
    alike = [place for place, head in enumerate(heads) if head.casefold() == name.casefold()]
    if not alike:
        raise AppError("columns", say("{file} has no column “{columns}”.", file=path.name, columns=name))
    return _only(path, name, spelled or alike)


def _codec(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4)
        for mark, codec in _MARKS:
            if start.startswith(mark):
                return codec
        decoder = codecs.getincrementaldecoder("utf-8")()
        file.seek(0)
        try:
            while block := file.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1258"
    return "utf-8"


def pieces(file: ChildrenFile) -> Iterator[Piece]:
    """The rows, a few thousand at a time. AppError `unreadable` where the file is no CSV from some line on."""
    readers = _Readers.of(file)
    with file.path.open(encoding=file.codec, errors="replace", newline="") as stream:
        rows = _rows(file, csv.reader(stream, delimiter=file.delimiter))
        while taken := list(islice(rows, PIECE)):
            yield _piece(file, readers, [line for line, _ in taken], [row for _, row in taken])


def _rows(file: ChildrenFile, reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Every row but empty ones, with its line."""
    lines = iter(reader)
    next(lines, None)
    while True:
        try:
            row = next(lines)
        except StopIteration:
            return
        except csv.Error as fault:
            raise AppError(
                "unreadable",
                say("{file} cannot be read as CSV from line {line} on.", file=file.path.name, line=_line(reader)),
                say("Look for a quotation mark that is not closed."),
            ) from fault
        if row:
            yield _line(reader), row


def _line(reader: object) -> int:
    found: int = getattr(reader, "line_num", 0)
    return found


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


def _piece(file: ChildrenFile, readers: _Readers, lines: Sequence[int], rows: list[list[str]]) -> Piece:
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
    findings = tuple(_finding(file, lines[row], fault) for row, fault in sorted(faults.items()))
    return Piece(ids, columns, others, unreadable, findings)


def _same_width(file: ChildrenFile, rows: list[list[str]], width: int) -> tuple[Sequence[str], dict[int, _Fault]]:
    """The ids as they stand, and every row as wide as the head: one with other cells than that is emptied."""
    place = file.places.get("id")
    ids = [""] * len(rows) if place is None else [row[place] if place < len(row) else "" for row in rows]
    faults = {}
    for at, row in enumerate(rows):
        if len(row) != width:
            if len(row) < width or any(map(str.strip, row[width:])):
                faults[at] = _Fault(
                    say("The row has {found} cells, the head {expected}.", found=len(row), expected=width)
                )
                row = [""] * width
            rows[at] = row[:width]
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
