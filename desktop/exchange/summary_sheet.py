"""Reading summaries of many communes in any layout: one row a commune, one column a figure.

The table, its columns, the communes, the period and the kind are found by meaning. Nothing here writes: the answer is
candidates with findings, and the caller decides in one transaction what becomes of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from desktop.domain.elements import Element
from desktop.domain.findings import Finding, Severity
from desktop.domain.legacy_text import Encoding
from desktop.domain.periods import Period
from desktop.domain.values import Kind
from desktop.exchange.grid import Sheet, Workbook, column_letter
from desktop.exchange.headings import Headings
from desktop.exchange.parts_of_year import parts_of_year
from desktop.exchange.reading import Candidate, ColumnTaken, Layout, SheetReading
from desktop.exchange.sheet_text import in_unicode, note
from desktop.exchange.sheets_period import Asked, decide, headings_differ
from desktop.exchange.sheets_rows import RowReader, Rows
from desktop.exchange.sheets_table import Table, find_table, title_lines
from desktop.exchange.sheets_turned import better_turned, form_of, names_units, titles_above, turned_back
from desktop.exchange.unit_names import KnownUnit, UnitNames
from desktop.exchange.weighing.reading import is_weighing_list
from desktop.wording import say

UnitsOn = Callable[[Period], Sequence[KnownUnit]]

_MOST_ALIKE: Final = 500


def read_summary(
    workbook: Workbook,
    *,
    elements: Iterable[Element],
    units: UnitsOn,
    period: Period | None = None,
    kind: Kind | None = None,
    encoding: Encoding | None = None,
    learned: Mapping[str, str | None] | None = None,
) -> list[SheetReading]:
    """Read every sheet of a workbook.

    `units` gives the communes a row may name, for a period. A title that contradicts `period` or `kind` is an error
    that stops its sheet. Findings carry file, sheet, row, column, unit, period and element. `learned`: folded headings
    as a person settled them, with element codes.
    """
    headings = Headings(elements, learned)
    asked = Asked(period, kind)
    readings = [_read_sheet(sheet, workbook.file, headings, units, asked, encoding) for sheet in workbook.sheets]
    if readings and all(reading.layout is Layout.OTHER for reading in readings):
        readings = [_nothing_found(readings[0]), *readings[1:]]
    hidden = [sheet.hidden for sheet in workbook.sheets]
    return [_placed(reading, workbook.file) for reading in _each_once(readings, hidden)]


def _each_once(readings: list[SheetReading], hidden: list[bool]) -> list[SheetReading]:
    """Figures that another sheet of the file already gave are left out; where they differ, that is said.

    What is seen counts before what is hidden, then what stands first.
    """
    if sum(1 for reading in readings if reading.candidates) < 2:
        return readings
    seen: dict[tuple[object, ...], tuple[Candidate, str]] = {}
    out = list(readings)
    for place in sorted(range(len(readings)), key=lambda place: hidden[place]):
        reading = readings[place]
        kept: list[Candidate] = []
        findings: list[Finding] = []
        for candidate in reading.candidates:
            key = (reading.period, reading.kind, candidate.unit, candidate.element)
            earlier = seen.setdefault(key, (candidate, reading.sheet))
            if earlier[0] is candidate:
                kept.append(candidate)
            elif earlier[0].value != candidate.value:
                findings.append(_given_before(candidate, *earlier))
        if len(kept) < len(reading.candidates):
            out[place] = replace(reading, candidates=tuple(kept), findings=(*reading.findings, *findings))
    return out


def _given_before(candidate: Candidate, earlier: Candidate, sheet: str) -> Finding:
    return Finding(
        "import.sheet_repeats",
        Severity.WARNING,
        say(
            "The sheet says “{shown}”, but the sheet “{sheet}” already said “{other}”, which was read.",
            shown=candidate.raw.strip(),
            sheet=sheet,
            other=earlier.raw.strip(),
        ),
        say("Delete the sheet that does not count, and import the file again."),
        row=candidate.row,
        column=candidate.column,
        unit=candidate.unit,
        element=candidate.element,
    )


def _read_sheet(
    sheet: Sheet, file: str, headings: Headings, units: UnitsOn, asked: Asked, given: Encoding | None
) -> SheetReading:
    sheet, encoding, notes = in_unicode(sheet, given)
    if is_weighing_list(sheet):  # read by `weighing.reading`, row by row
        return SheetReading(sheet.name, Layout.WEIGHING, None, Kind.ACTUAL, encoding)
    table = find_table(sheet, headings)
    turned = better_turned(sheet, headings, table)
    if turned is not None:
        return _read_turned(sheet, file, headings, units, asked, (encoding, notes, *turned))
    if table is None:
        empty = not any(cell != "" for row in sheet.rows for cell in row)
        found = () if empty else (*notes, _no_table(Severity.NOTE))
        return SheetReading(sheet.name, Layout.OTHER, None, Kind.ACTUAL, encoding, findings=found)
    decided = decide(title_lines(sheet, table), (sheet.name, file), table, asked)
    stopped = SheetReading(sheet.name, Layout.SUMMARY, None, decided.kind, encoding)
    if decided.period is None:
        return replace(stopped, findings=(*notes, *decided.findings))
    at, named = decided.period, decided.named
    of_period = find_table(sheet, headings, period=at, named=named) if _names_times(table) else table
    if of_period is None:
        return replace(stopped, findings=(*notes, *decided.findings, headings_differ(table, decided.period)))
    known = UnitNames(units(decided.period))
    reader = RowReader(sheet, of_period, headings, known, decided.period)
    ignored = _ignored(sheet, of_period, reader.naming_columns)
    rows = reader.read()
    findings = (*notes, *decided.findings, *of_period.findings, *ignored)
    read = _filled(stopped, decided.period, rows, (*findings, *rows.findings, *_missing(rows, known)))
    return replace(read, columns=_taken(of_period, column_letter))


def _filled(reading: SheetReading, period: Period, rows: Rows, findings: tuple[Finding, ...]) -> SheetReading:
    return replace(
        reading,
        period=period,
        candidates=tuple(rows.candidates),
        accepted=rows.accepted,
        skipped=tuple(rows.skipped),
        findings=_shortened(findings),
    )


def _shortened(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """A sheet of a hundred thousand foreign rows says so once, not a hundred thousand times."""
    seen: Counter[str] = Counter()
    kept: list[Finding] = []
    for finding in findings:
        seen[finding.rule] += 1
        if seen[finding.rule] <= _MOST_ALIKE:
            kept.append(finding)
    for rule, count in seen.items():
        if count > _MOST_ALIKE:
            last = next(finding for finding in reversed(kept) if finding.rule == rule)
            more = say("{count} more rows of this sheet have the same finding.", count=count - _MOST_ALIKE)
            kept.append(Finding(rule, last.severity, more, last.advice))
    return tuple(kept)


def _read_turned(
    sheet: Sheet,
    file: str,
    headings: Headings,
    units: UnitsOn,
    asked: Asked,
    found: tuple[Encoding, list[Finding], Sheet, Table],
) -> SheetReading:
    """A sheet with the figures named down the side."""
    encoding, notes, turned, table = found
    decided = decide(titles_above(sheet, table), (sheet.name, file), table, asked)
    reading = SheetReading(sheet.name, Layout.SUMMARY, None, decided.kind, encoding)
    if decided.period is None:
        return replace(reading, findings=(*notes, *decided.findings))
    known = UnitNames(units(decided.period))
    across = names_units(turned, known)
    if not across:
        reading = replace(reading, layout=Layout.FORM)
        form = form_of(sheet, turned, table, known, decided.period)
        if form is None:
            return replace(reading, findings=(*notes, *decided.findings, _no_unit()))
        turned = form[0]
    read_rows = RowReader(turned, table, headings, known, decided.period).read()
    read_rows.findings[:0] = table.findings
    rows = turned_back(read_rows)
    missing = _missing(rows, known) if across else ()
    read = _filled(reading, decided.period, rows, (*notes, *decided.findings, *rows.findings, *missing))
    return replace(read, columns=_taken(table, str))


def _taken(table: Table, place: Callable[[int], str]) -> tuple[ColumnTaken, ...]:
    """What each column was taken for, in the order of the sheet."""
    doubtful = {finding.column for finding in table.findings}
    told = {**table.ignored, **{column: table.headings.get(column, "") for column in table.columns}}
    return tuple(
        ColumnTaken(
            place(column),
            heading,
            table.columns[column].code if column in table.columns else None,
            column_letter(column) not in doubtful,
        )
        for column, heading in sorted(told.items())
    )


def _no_unit() -> Finding:
    return Finding(
        "import.unknown_unit",
        Severity.ERROR,
        say("The sheet is the form of one unit, but neither its title nor its name says which; it was not read."),
        say("Write the name of the commune in the title or as the name of the sheet."),
    )


def _names_times(table: Table) -> bool:
    """Whether a heading may name a period of its own."""
    texts = table.headings.values()
    return any(re.search(r"(?:19|20)\d\d", text) or parts_of_year(text.split(" – "), 2000) for text in texts)


def _no_table(severity: Severity) -> Finding:
    return Finding(
        "import.no_table",
        severity,
        say("No table with headings that are known was found; the sheet was not read."),
        say("The headings must name the figures, for example “Dân số trung bình”, with one row for each commune."),
    )


def _nothing_found(reading: SheetReading) -> SheetReading:
    """A workbook without any table is an error, not a success with nothing in it."""
    others = tuple(finding for finding in reading.findings if finding.rule != "import.no_table")
    return replace(reading, findings=(*others, _no_table(Severity.ERROR)))


def _ignored(sheet: Sheet, table: Table, naming: frozenset[int]) -> list[Finding]:
    """One note for each further column that holds something; a heading that speaks of stations may be one too."""
    lines = sheet.rows[table.bottom :]
    unused = {column: table.headings[column] for column in {*table.unit_columns, *table.code_columns} - naming}
    return [
        note(
            "import.extra_column",
            say("The column “{heading}” is not in the catalogue and was not read.", heading=heading),
            column=column_letter(column),
        )
        for column, heading in sorted({**table.ignored, **unused}.items())
        if any(column <= len(line) and line[column - 1] != "" for line in lines)
    ]


def _missing(rows: Rows, known: UnitNames) -> list[Finding]:
    """A note on communes of the office that the sheet says nothing about."""
    read = {candidate.unit for candidate in rows.candidates}
    missing = [unit.name for unit in known.units if unit.code not in read]
    if not missing or not read:
        return []
    message = say("{count} units are not in the sheet: {names}.", count=len(missing), names=", ".join(missing[:20]))
    return [note("import.missing_units", message)]


def _placed(reading: SheetReading, file: str) -> SheetReading:
    """Put file, sheet and period on every finding."""
    period = reading.period.id if reading.period else None

    def place(finding: Finding) -> Finding:
        return replace(finding, file=file, sheet=reading.sheet, period=finding.period or period)

    candidates = tuple(
        candidate
        if not candidate.findings
        else candidate._replace(findings=tuple(place(finding) for finding in candidate.findings))
        for candidate in reading.candidates
    )
    return replace(reading, candidates=candidates, findings=tuple(place(finding) for finding in reading.findings))
