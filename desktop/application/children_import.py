"""Weighing lists into the record: children found again or registered, visits written; all of it is one change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final

from db.tables import children as people
from db.tables import weighing
from desktop.application.changes import Changes, Subject, changed
from desktop.application.children_list_places import ListWish, PlacedList, PlacedRow, placed
from desktop.application.children_writing import NewChild, NewSession, measure_in, open_in, register_in
from desktop.application.records import Record
from desktop.domain.children import Child, Measurement, SessionKind
from desktop.domain.findings import Finding
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.application.imports import FileReading
    from desktop.domain.legacy_text import Encoding
    from desktop.exchange.reading import Skipped

__all__ = ["ChildRow", "ListPlan", "ListSheet", "ListWish", "ListsWritten", "Who", "apply_lists", "lists_of"]

Place = tuple[str, str, int]
NEW: Final = "new"
LAYOUT: Final = "weighing_list"
_LONGEST: Final = timedelta(days=45)
_APART: Final = timedelta(days=31)


class Who(StrEnum):
    """Who a row is: a child known already, a new one, one that a person must settle, or one named before."""

    KNOWN = "known"
    NEW = "new"
    DOUBTFUL = "doubtful"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class ChildRow:
    """One row beside the record. `child` is the uid of a known child, `person` says which rows are one new child.

    `others` are those a doubtful row may mean; `asked`: a person settled it, and may settle it anew; `erased`: the day
    on which a child of that name and birth date was erased. `filled` is the known child where the list knows more of
    it; `measurement` what would be written (its child is empty for a new one), `cells` how many figures and marks
    differ.
    """

    file: str
    sheet: str
    placed: PlacedRow
    who: Who
    person: int
    child: str | None = None
    others: tuple[Child, ...] = ()
    entry: NewChild | None = None
    filled: Child | None = None
    measurement: Measurement | None = None
    cells: int = 0
    first_row: int | None = None
    asked: bool = False
    erased: date | None = None

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.file, self.sheet, self.placed.row.row


@dataclass(frozen=True, slots=True)
class ListSheet:
    """What became of one sheet; `skipped` are all rows that are not written, with their reasons."""

    list: PlacedList
    rows: tuple[ChildRow, ...]
    skipped: tuple[Skipped, ...]

    @property
    def accepted(self) -> int:
        """Rows that are written, or stand in the record as the list says."""
        return len({row.placed.row.row for row in self.rows if row.who in (Who.KNOWN, Who.NEW)})

    def count(self, who: Who) -> int:
        """How many rows are so."""
        return len({row.placed.row.row for row in self.rows if row.who is who})


@dataclass(frozen=True, slots=True)
class ListPlan:
    """What an import of weighing lists would do; nothing is written yet."""

    sheets: tuple[ListSheet, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def rows(self) -> tuple[ChildRow, ...]:
        """The rows of all sheets."""
        return tuple(row for sheet in self.sheets for row in sheet.rows)

    @property
    def cells(self) -> int:
        """Figures and marks of visits that would be written, and children registered or completed."""
        new = {row.person for row in self.rows if row.who is Who.NEW}
        filled = {row.child for row in self.rows if row.filled is not None}
        return sum(row.cells for row in self.rows) + len(new) + len(filled)


@dataclass(frozen=True, slots=True)
class ListsWritten:
    """Cells written, children registered, and what changed."""

    cells: int
    registered: int
    changes: Changes


def lists_of(
    record: Record,
    *,
    files: Iterable[FileReading],
    wish: ListWish,
    today: date,
    encoding: Encoding | None = None,
    forced: bool = False,
    settled: Mapping[Place, str] | None = None,
    each: Mapping[str, ListWish] | None = None,
    step: Callable[[int, int], None] | None = None,
) -> ListPlan:
    """Read the weighing lists of workbooks that were read, and compare them with the record.

    `settled`: what a person said of doubtful rows, by file, sheet and row: the uid of a child, or NEW. `forced`: sheets
    without a list are errors. `each`: what is asked of single files instead. `step` hears how far it is, sheets read
    and then communes compared, and may stop it.
    """
    from desktop.application.children_comparing import compared
    from desktop.exchange.weighing.reading import read_lists

    asked = [file for file in files if file.workbook is not None and (forced or holds_lists(file))]
    sheets = sum(len(file.workbook.sheets) for file in asked if file.workbook is not None)
    found: list[PlacedList] = []
    for file in asked:
        if file.workbook is None:
            continue
        for one in read_lists(file.workbook, encoding=encoding, forced=forced):
            if step:
                step(len(found), 2 * sheets)
            wanted = (each or {}).get(file.file, wish)
            found.append(placed(record, file=file.file, reading=one, wish=wanted, today=today))
    told = None if step is None else partial(_second_half, step)
    return compared(record, found, settled=settled or {}, step=told)


def _second_half(step: Callable[[int, int], None], done: int, total: int) -> None:
    step(total + done, 2 * total)


def holds_lists(file: FileReading) -> bool:
    """Whether a file holds weighing lists."""
    return any(sheet.layout == LAYOUT for sheet in file.sheets)


def apply_lists(
    record: Record, *, plan: ListPlan, source: str = "import", step: Callable[[int, int], None] | None = None
) -> ListsWritten:
    """Write what a plan says, as one change; nothing where the record says all of it already.

    `step` hears how many communes are written; where it stops the work, nothing is.
    """
    with record.change(_what(list_files(plan)), source=source) as change:
        registered = write_lists_in(record, plan, step)
    return ListsWritten(plan.cells if change.rows else 0, registered, changed(change.rows, Subject.CHILDREN))


def list_files(plan: ListPlan) -> list[str]:
    """The names of the files that hold lists with rows."""
    return sorted({sheet.list.file for sheet in plan.sheets if sheet.rows})


def write_lists_in(record: Record, plan: ListPlan, step: Callable[[int, int], None] | None = None) -> int:
    """Write what a plan says, inside a change of the caller; how many children were registered."""
    new = {row.person: row.entry for row in plan.rows if row.who is Who.NEW and row.entry is not None}
    uids = dict(zip(new, register_in(record, new.values()), strict=True))
    people.put(record, list({row.filled.uid: row.filled for row in plan.rows if row.filled is not None}.values()))
    _measure(record, plan, uids, step)
    return len(uids)


def _what(files: Sequence[str]) -> Sentence:
    return say("Import weighing lists {files}", files=", ".join(files))


def _measure(record: Record, plan: ListPlan, uids: Mapping[int, str], step: Callable[[int, int], None] | None) -> None:
    """Write the visits, each in the session of its commune and day."""
    from dataclasses import replace

    wanted = [row for row in plan.rows if row.measurement is not None and row.cells]
    days: dict[tuple[str, date | None], set[date]] = {}
    for sheet in plan.sheets:
        asked = sheet.list.wish.session
        for row in sheet.rows:
            if row.who in (Who.KNOWN, Who.NEW):
                told = row.placed.row.session
                days.setdefault((row.placed.commune.uid, told), set()).update(
                    {row.placed.day, row.placed.day if told else asked or row.placed.day}
                )
    groups: dict[tuple[str, date | None], list[ChildRow]] = {}
    for row in wanted:
        groups.setdefault((row.placed.commune.uid, row.placed.row.session), []).append(row)
    ordered = sorted(groups.items(), key=lambda item: (item[0][0], item[0][1] or date.min))
    for done, (place, group) in enumerate(ordered):
        if step:
            step(done, len(ordered))
        held = _sessions(record, place[0], sorted(days[place]))
        measured = [
            replace(one, child=one.child or uids[row.person], session=one.session or held[row.placed.day])
            for row in group
            if (one := row.measurement) is not None
        ]
        measure_in(record, measured, replace_typed=True)
    if step and ordered:
        step(len(ordered), len(ordered))


def _sessions(record: Record, unit: str, days: Sequence[date]) -> dict[date, str]:
    """The session of each day of a commune's lists: one that is there already, else one for days near each other."""
    found: dict[date, str] = {}
    for group in _near(days):
        held = [
            one
            for one in weighing.sessions(record, units_asked={unit}, on=group[0])
            if one.holds(group[-1]) and one.unit in (unit, None)
        ]
        best = min(held, key=lambda one: (one.unit is None, (one.last or one.first) - one.first), default=None)
        kind = SessionKind.CAMPAIGN
        session = best or open_in(record, NewSession(unit, group[0], group[-1], kind))
        found |= dict.fromkeys(group, session.uid)
    return found


def _near(days: Sequence[date]) -> list[list[date]]:
    """Days in groups: no further apart than a month from one to the next, and no group longer than six weeks."""
    groups: list[list[date]] = []
    for day in days:
        if groups and day - groups[-1][-1] <= _APART and day - groups[-1][0] <= _LONGEST:
            groups[-1].append(day)
        else:
            groups.append([day])
    return groups
