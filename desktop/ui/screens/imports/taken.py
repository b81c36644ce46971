"""What the columns and rows of a sheet were taken for, and which of that a person should look at or settle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from desktop.application.learned import Learned
from desktop.application.shown_sheets import ShownSheet, number
from desktop.domain.elements import Catalogue
from desktop.domain.findings import Finding, Severity
from desktop.domain.text import fold
from desktop.system.i18n import _, render
from desktop.ui import words

if TYPE_CHECKING:
    from desktop.application.filling import FillPlan
    from desktop.exchange.reading import ColumnTaken, SheetReading

OWN: Final = frozenset({"template", "query"})
"""Sheets of our own: read by the names of their cells, not by headings."""
_UNITS: Final = ("import.unit_doubtful", "import.unknown_unit", "import.ambiguous_unit")


class Sure(StrEnum):
    """How a heading or a name was recognised: beyond doubt, by a person, perhaps, not at all."""

    YES = "yes"
    SETTLED = "settled"
    DOUBTFUL = "doubtful"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Taken:
    """One heading, or one name of a unit, and what it was taken for (element code, unit code, or None)."""

    place: str
    written: str
    code: str | None
    meaning: str
    sure: Sure
    is_unit: bool = False

    @property
    def short(self) -> str:
        """The last of the headings above each other."""
        return self.written.rsplit(" – ", maxsplit=1)[-1]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over a column or before a row: its words, and whether figures were read there."""

    text: str
    is_read: bool = False
    is_sure: bool = True
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Heads:
    """Of columns by Excel letter, of rows by number."""

    columns: Mapping[str, Head] = field(default_factory=dict)
    rows: Mapping[int, Head] = field(default_factory=dict)


def element_name(known: Catalogue, code: str) -> str:
    """The short name of an element in the language in use."""
    element = known.elements.get(code)
    return code if element is None else words.short(element)


def heads_of(sheet: SheetReading, known: Catalogue, units: Mapping[str, str]) -> Heads:
    """The heads of a sheet with one row a commune, or of one with the figures down the side."""
    by_row: dict[int, set[tuple[str, str]]] = {}
    by_column: dict[str, set[tuple[str, str]]] = {}
    for one in sheet.candidates:
        by_row.setdefault(one.row, set()).add((one.unit, one.element))
        by_column.setdefault(one.column, set()).add((one.unit, one.element))
    turned = str(sheet.layout) in OWN or any(
        len({element for _unit, element in found}) > 1 for found in by_column.values()
    )

    def unit(found: set[tuple[str, str]]) -> str:
        named = {code for code, _element in found}
        return units.get(next(iter(named)), "") if len(named) == 1 else ""

    def element(found: set[tuple[str, str]]) -> str:
        named = {code for _unit, code in found}
        return element_name(known, next(iter(named))) if len(named) == 1 else ""

    across, down = (unit, element) if turned else (element, unit)
    columns = {column: Head(across(found), is_read=True) for column, found in by_column.items()}
    rows = {row: Head(down(found), is_read=True) for row, found in by_row.items()}
    for skipped in sheet.skipped:
        rows.setdefault(skipped.row, Head(render(skipped.reason)))
    for taken in () if str(sheet.layout) in OWN else sheet.columns:
        told = element_name(known, taken.element) if taken.element else _("not read here")
        head = Head(told, is_read=bool(taken.element), is_sure=taken.sure, tip=taken.heading)
        if taken.place.isdigit():
            rows[int(taken.place)] = head
        else:
            columns[taken.place] = head
    return Heads(columns, rows)


def taken_of(
    sheet: SheetReading,
    findings: Iterable[Finding],
    shown: ShownSheet | None,
    settled: Learned,
    known: Catalogue,
    units: Mapping[str, str],
) -> list[Taken]:
    """Names of units in doubt first, then the headings in the order of the sheet."""
    if str(sheet.layout) in OWN:
        return []
    return [*units_in_doubt(findings, shown, settled, units), *headings(sheet.columns, settled, known)]


def headings(columns: Sequence[ColumnTaken], settled: Learned, known: Catalogue) -> list[Taken]:
    """The headings of a sheet with what they were taken for."""
    made = []
    for one in columns:
        heading, code = one.heading, one.element
        how = Sure.YES if code else Sure.NO
        if fold(heading) in settled.headings:
            how = Sure.SETTLED
        elif not one.sure:
            how = Sure.DOUBTFUL
        meaning = element_name(known, code) if code else _("not read here")
        made.append(Taken(one.place, heading, code, meaning, how))
    return made


def units_in_doubt(
    findings: Iterable[Finding], shown: ShownSheet | None, settled: Learned, units: Mapping[str, str]
) -> list[Taken]:
    """The names of units that were recognised doubtfully or not at all, each once."""
    made: dict[str, Taken] = {}
    for finding in findings:
        if finding.rule not in _UNITS or finding.row is None or finding.column is None or shown is None:
            continue
        written = shown.text(finding.row, number(finding.column))
        if not written or written in made:
            continue
        how = Sure.NO if finding.unit is None else Sure.DOUBTFUL
        if fold(written) in settled.units:
            how = Sure.SETTLED
        elif finding.severity is Severity.NOTE:
            how = Sure.YES
        meaning = units.get(finding.unit or "", "") or _("not read here")
        made[written] = Taken(str(finding.row), written, finding.unit, meaning, how, is_unit=True)
    return list(made.values())


def of_filling(plan: FillPlan, settled: Learned, known: Catalogue) -> list[Taken]:
    """The headings of all sheets of a workbook that is being filled in."""
    return [one for columns in plan.columns.values() for one in headings(columns, settled, known)]
