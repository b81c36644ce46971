"""Reading summaries of many communes in any layout: one row a commune, one column a figure.

The table, its columns, the communes, the period and the kind are found by meaning. Nothing here writes: the answer is
candidates with findings, and the caller decides in one transaction what becomes of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from desktop.domain.elements import Element
from desktop.domain.findings import Finding, Severity
from desktop.domain.legacy_text import Encoding, decode, detect
from desktop.domain.periods import Period
from desktop.domain.text import fold, nfc
from desktop.domain.values import Kind
from desktop.exchange.grid import Raw, Sheet, Workbook, column_letter
from desktop.exchange.headings import Headings
from desktop.exchange.reading import Candidate, Layout, SheetReading
from desktop.exchange.sheets_rows import RowReader, Rows
from desktop.exchange.sheets_table import Table, find_table, title_lines
from desktop.exchange.titles import Said, read_name, read_titles
from desktop.exchange.unit_names import KnownUnit, UnitNames
from desktop.wording import Sentence, say

UnitsOn = Callable[[Period], Sequence[KnownUnit]]

_LIST_WORDS: Final = (r"ho (?:va )?ten|ten tre", r"ngay sinh|thang tuoi|ngay thang nam sinh", r"can nang|chieu cao")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller wants: period and kind (None: as the sheet says) and encoding (None: as found)."""

    period: Period | None = None
    kind: Kind | None = None
    encoding: Encoding | None = None


def read_summary(
    workbook: Workbook,
    *,
    elements: Iterable[Element],
    units: UnitsOn,
    period: Period | None = None,
    kind: Kind | None = None,
    encoding: Encoding | None = None,
) -> list[SheetReading]:
    """Read every sheet of a workbook.

    `units` gives the communes a row may name, for a period. A title that contradicts `period` or `kind` is an error
    that stops its sheet. Findings carry file, sheet, row, column, unit, period and element.
    """
    headings = Headings(elements)
    asked = Asked(period, kind, encoding)
    readings = [_read_sheet(sheet, workbook.file, headings, units, asked) for sheet in workbook.sheets]
    if readings and all(reading.layout is Layout.OTHER for reading in readings):
        readings = [_nothing_found(readings[0]), *readings[1:]]
    return [_placed(reading, workbook.file) for reading in _each_once(readings)]


def _each_once(readings: list[SheetReading]) -> list[SheetReading]:
    """Figures that an earlier sheet of the file already gave are left out; where they differ, that is said."""
    seen: dict[tuple[object, ...], tuple[Candidate, str]] = {}
    out: list[SheetReading] = []
    for reading in readings:
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
            reading = replace(reading, candidates=tuple(kept), findings=(*reading.findings, *findings))
        out.append(reading)
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


def _read_sheet(sheet: Sheet, file: str, headings: Headings, units: UnitsOn, asked: Asked) -> SheetReading:
    encoding = asked.encoding or detect(sheet.texts(), sheet.fonts)
    sheet = _decoded(sheet, encoding)
    notes = _notes(sheet, encoding)
    if _is_weighing_list(sheet):
        return SheetReading(sheet.name, Layout.WEIGHING, None, Kind.ACTUAL, encoding, findings=(*notes, _weighing()))
    table = find_table(sheet, headings)
    if table is None:
        empty = not any(cell != "" for row in sheet.rows for cell in row)
        found = () if empty else (*notes, _no_table(Severity.NOTE))
        return SheetReading(sheet.name, Layout.OTHER, None, Kind.ACTUAL, encoding, findings=found)
    decided = _decide(sheet, file, table, asked)
    if decided.period is None:
        return SheetReading(
            sheet.name, Layout.SUMMARY, None, decided.kind, encoding, findings=(*notes, *decided.findings)
        )
    of_period = find_table(sheet, headings, period=decided.period)
    if of_period is None:
        findings = (*notes, *decided.findings, _headings_differ(table, decided.period))
        return SheetReading(sheet.name, Layout.SUMMARY, None, decided.kind, encoding, findings=findings)
    table = of_period
    known = UnitNames(units(decided.period))
    rows = RowReader(sheet, table, headings, known, decided.period).read()
    findings = (
        *notes,
        *decided.findings,
        *table.findings,
        *_ignored(sheet, table),
        *rows.findings,
        *_missing(rows, known),
    )
    return SheetReading(
        sheet.name,
        Layout.SUMMARY,
        decided.period,
        decided.kind,
        encoding,
        tuple(rows.candidates),
        rows.accepted,
        tuple(rows.skipped),
        findings,
    )


def _decoded(sheet: Sheet, encoding: Encoding) -> Sheet:
    """The sheet with all its texts as NFC Unicode."""
    rows: list[list[Raw]] = [
        [_text(cell, encoding) if type(cell) is str and not cell.isascii() else cell for cell in row]
        for row in sheet.rows
    ]
    return replace(sheet, rows=rows, name=decode(sheet.name, encoding))


def _text(cell: str, encoding: Encoding) -> str:
    return nfc(cell) if encoding is Encoding.UNICODE else decode(cell, encoding)


def _notes(sheet: Sheet, encoding: Encoding) -> list[Finding]:
    """What a person should know about the sheet before its figures."""
    notes: list[Finding] = []
    if encoding is not Encoding.UNICODE:
        name = {Encoding.TCVN3: "TCVN3 (.VnTime)", Encoding.VNI: "VNI (VNI-Times)"}[encoding]
        notes.append(
            _note("import.encoding", say("The sheet was typed in {encoding} and read as Unicode.", encoding=name))
        )
    if sheet.hidden:
        notes.append(_note("import.hidden_sheet", say("The sheet is hidden in the workbook; it was read.")))
    last = len(sheet.rows)
    rows = sorted(row for row in sheet.hidden_rows if row <= last and any(cell != "" for cell in sheet.rows[row - 1]))
    if rows:
        listed = ", ".join(map(str, rows[:20]))
        notes.append(_note("import.hidden_rows", say("Hidden rows were read: {rows}.", rows=listed), row=rows[0]))
    columns = sorted(sheet.hidden_columns)
    if columns:
        listed = ", ".join(map(column_letter, columns[:20]))
        notes.append(
            _note(
                "import.hidden_columns",
                say("Hidden columns were read: {columns}.", columns=listed),
                column=column_letter(columns[0]),
            )
        )
    return notes


def _note(rule: str, message: Sentence, *, row: int | None = None, column: str | None = None) -> Finding:
    return Finding(rule, Severity.NOTE, message, row=row, column=column)


def _is_weighing_list(sheet: Sheet) -> bool:
    for row in sheet.rows[:40]:
        text = fold(" ; ".join(cell for cell in row if type(cell) is str))
        if all(re.search(words, text) for words in _LIST_WORDS):
            return True
    return False


def _weighing() -> Finding:
    return Finding(
        "import.weighing_list",
        Severity.ERROR,
        say("The sheet is a weighing list of children; lists cannot be imported here yet."),
        say("Import the yearly summary instead; lists come with the children's screen."),
    )


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


@dataclass(frozen=True, slots=True)
class _Decided:
    """The period (None: the sheet is stopped) and kind of a sheet, with what has to be said about them."""

    period: Period | None
    kind: Kind
    findings: tuple[Finding, ...] = ()


def _decide(sheet: Sheet, file: str, table: Table, asked: Asked) -> _Decided:
    title = read_titles(title_lines(sheet, table))
    names = (read_name(sheet.name), read_name(re.sub(r"\.\w{2,5}$", "", file)))
    kind, kind_findings = _kind(title, names, asked.kind)
    if kind is None:
        return _Decided(None, asked.kind or Kind.ACTUAL, kind_findings)
    period, findings = _period(title, names, table, asked.period)
    return _Decided(period, kind, (*kind_findings, *findings))


def _kind(title: Said, names: tuple[Said, Said], asked: Kind | None) -> tuple[Kind | None, tuple[Finding, ...]]:
    if asked is not None:
        if title.kind is not None and title.kind is not asked:
            message = say(
                "The title says {said}, but {asked} was asked for; nothing of the sheet was read.",
                said=_spoken(title.kind),
                asked=_spoken(asked),
            )
            advice = say("Import the file without naming the kind, or correct the title.")
            return None, (Finding("import.kind_differs", Severity.ERROR, message, advice),)
        return asked, ()
    if title.kind is not None:
        return title.kind, ()
    named = next((said.kind for said in names if said.kind is not None), None)
    if named is None:
        return Kind.ACTUAL, ()
    message = say("The name of the sheet or file says {said}; the figures were read so.", said=_spoken(named))
    return named, (Finding("import.kind_from_name", Severity.WARNING, message),)


def _spoken(kind: Kind) -> Sentence:
    return {
        Kind.ACTUAL: say("actual figures"),
        Kind.ESTIMATE: say("expected figures"),
        Kind.ASSIGNED: say("assigned figures"),
    }[kind]


def _period(
    title: Said, names: tuple[Said, Said], table: Table, asked: Period | None
) -> tuple[Period | None, tuple[Finding, ...]]:
    if asked is not None:
        if title.periods and asked not in title.periods:
            message = say(
                "The title says {said}, but {asked} was asked for; nothing of the sheet was read.",
                said=title.periods[0].sentence(),
                asked=asked.sentence(),
            )
            advice = say("Choose the period of the title, or correct the title in the file.")
            return None, (Finding("import.period_differs", Severity.ERROR, message, advice, period=asked.id),)
        return asked, () if title.periods else _contradicted(asked, names)
    if title.periods:
        chosen = title.periods[0]
        several = () if len(title.periods) == 1 else (_several(title.periods),)
        return chosen, (*several, *_contradicted(chosen, names))
    return _period_from_names(names, table)


def _period_from_names(names: tuple[Said, Said], table: Table) -> tuple[Period | None, tuple[Finding, ...]]:
    """Without a title: the sheet's name, the file's name, then a year in the headings; each is said."""
    sources = (
        (names[0], say("the name of the sheet")),
        (names[1], say("the name of the file")),
        (read_titles(table.headings.values()), say("the headings")),
    )
    for said, source in sources:
        if len(said.periods) == 1:
            message = say(
                "The title names no period; {period} was taken from {source}.",
                period=said.periods[0].sentence(),
                source=source,
            )
            return said.periods[0], (Finding("import.period_from_name", Severity.WARNING, message),)
    message = say("Neither the title nor the names of sheet and file say which period the figures are of.")
    advice = say("Name the period when importing, or write it in the title, for example “NĂM 2024”.")
    return None, (Finding("import.no_period", Severity.ERROR, message, advice),)


def _headings_differ(table: Table, period: Period) -> Finding:
    """Every column names another period."""
    others = read_titles(table.headings.values()).periods
    message = say(
        "The headings say {said}, but the figures were to be read as those of {asked}; nothing of the sheet was read.",
        said=others[0].sentence(),
        asked=period.sentence(),
    )
    advice = say("Choose the period of the title, or correct the title in the file.")
    return Finding("import.period_differs", Severity.ERROR, message, advice, period=period.id)


def _several(periods: tuple[Period, ...]) -> Finding:
    message = say(
        "The title names {first} and {second}; the figures were read as those of {first}.",
        first=periods[0].sentence(),
        second=periods[1].sentence(),
    )
    return Finding("import.several_periods", Severity.WARNING, message, say("If that is wrong, name the period."))


def _contradicted(chosen: Period, names: tuple[Said, Said]) -> tuple[Finding, ...]:
    """A warning where the name of sheet or file speaks of another time."""
    for said in names:
        if said.periods and not any(other.contains(chosen) or chosen.contains(other) for other in said.periods):
            message = say(
                "The figures were read as those of {period}, but the name of the sheet or file says {other}.",
                period=chosen.sentence(),
                other=said.periods[0].sentence(),
            )
            advice = say("Check that the title names the right period.")
            return (Finding("import.period_name", Severity.WARNING, message, advice),)
    return ()


def _ignored(sheet: Sheet, table: Table) -> list[Finding]:
    """One note for each further column that holds something."""
    lines = sheet.rows[table.bottom :]
    return [
        _note(
            "import.extra_column",
            say("The column “{heading}” is not in the catalogue and was not read.", heading=heading),
            column=column_letter(column),
        )
        for column, heading in table.ignored.items()
        if any(column <= len(line) and line[column - 1] != "" for line in lines)
    ]


def _missing(rows: Rows, known: UnitNames) -> list[Finding]:
    """A note on communes of the office that the sheet says nothing about."""
    read = {candidate.unit for candidate in rows.candidates}
    missing = [unit.name for unit in known.units if unit.code not in read]
    if not missing or not read:
        return []
    message = say("{count} units are not in the sheet: {names}.", count=len(missing), names=", ".join(missing[:20]))
    return [_note("import.missing_units", message)]


def _placed(reading: SheetReading, file: str) -> SheetReading:
    """Put file, sheet and period on every finding."""
    period = reading.period.id if reading.period else None

    def place(finding: Finding) -> Finding:
        return replace(finding, file=file, sheet=reading.sheet, period=finding.period or period)

    candidates = tuple(
        candidate
        if not candidate.findings
        else replace(candidate, findings=tuple(place(finding) for finding in candidate.findings))
        for candidate in reading.candidates
    )
    return replace(reading, candidates=candidates, findings=tuple(place(finding) for finding in reading.findings))
