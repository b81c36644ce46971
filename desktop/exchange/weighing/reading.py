"""Reading the weighing lists of a workbook: every sheet that holds one, whatever its layout. Nothing here writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from desktop.domain.findings import Finding, Severity
from desktop.domain.legacy_text import Encoding
from desktop.domain.text import squeeze
from desktop.exchange.grid import Sheet, Workbook, column_letter
from desktop.exchange.reading import ColumnTaken
from desktop.exchange.sheet_text import in_unicode
from desktop.exchange.weighing.cells import text_of
from desktop.exchange.weighing.dates import days_in_titles
from desktop.exchange.weighing.model import ListReading, ListTable, Role
from desktop.exchange.weighing.rows import read_rows
from desktop.exchange.weighing.several import undated
from desktop.exchange.weighing.table import find_list
from desktop.wording import say

_MOST_ALIKE: Final = 200
_TITLES_BELOW: Final = 3


def read_lists(workbook: Workbook, *, encoding: Encoding | None = None, forced: bool = False) -> Iterator[ListReading]:
    """The weighing lists of a workbook, one by one; `forced`: sheets without one are named too, with an error."""
    for sheet in workbook.sheets:
        reading = read_list(sheet, encoding=encoding)
        if reading is not None:
            yield _with_file(reading, workbook.file)
        elif forced and any(squeeze(text) for text in sheet.texts()):
            bare = ListReading(sheet.name, Encoding.UNICODE, findings=(_no_list(),))
            yield _with_file(bare, workbook.file)


def is_weighing_list(sheet: Sheet) -> bool:
    """Whether a sheet, in Unicode already, holds a list of children with what was measured."""
    return find_list(sheet) is not None


def read_list(sheet: Sheet, *, encoding: Encoding | None = None) -> ListReading | None:
    """One sheet; None where it holds no list."""
    sheet, told, notes = in_unicode(sheet, encoding)
    table = find_list(sheet)
    if table is None:
        return None
    read = read_rows(sheet, table)
    titles = tuple(dict.fromkeys(_titles(sheet, table)))
    # What all sessions of a row have in common is read for each of them.
    tables = [table, *read.tables]
    heads = [found for one in tables for found in (*undated(one), *_extra(sheet, one), *_doubled(sheet, one))]
    findings = list(dict.fromkeys([*notes, *heads, *read.findings]))
    return ListReading(
        sheet.name,
        told,
        titles,
        tuple(read.rows),
        tuple(read.skipped),
        tuple(_shortened(findings)),
        tuple(_taken(table)),
        days_in_titles(titles),
    )


def _titles(sheet: Sheet, table: ListTable) -> Iterator[str]:
    """The lines above the table: each cell, and each line as a whole where a label and its answer stand apart."""
    for row in sheet.rows[: table.top - 1]:
        texts = [text for cell in row if (text := text_of(cell))]
        yield from texts
        if len(texts) > 1:
            yield " ".join(texts)


def _taken(table: ListTable) -> Iterator[ColumnTaken]:
    for column, heading in sorted(table.headings.items()):
        role = table.role_at(column)
        element = None if role in (None, Role.RESULT, Role.NUMBER) else str(role)
        yield ColumnTaken(column_letter(column), heading, element, role is not None)


def _extra(sheet: Sheet, table: ListTable) -> Iterator[Finding]:
    """One note for each column that holds something and was not read."""
    for column, heading in sorted(table.headings.items()):
        if table.role_at(column) or column in table.doubled or not _holds(sheet, table, column):
            continue
        message = say("The column “{heading}” is no part of a weighing list and was not read.", heading=heading)
        yield Finding("import.extra_column", Severity.NOTE, message, column=column_letter(column))


def _doubled(sheet: Sheet, table: ListTable) -> Iterator[Finding]:
    """One warning for each further column of figures: nothing says of which session they are."""
    for column in sorted(table.doubled):
        if not _holds(sheet, table, column):
            continue
        message = say(
            "A second column “{heading}” was not read: nothing says of which session it is.",
            heading=table.headings[column],
        )
        advice = say("Write the day of each session into the headings above its columns: “Đợt 1 (01/06/2024)”.")
        yield Finding("import.list_second", Severity.WARNING, message, advice, column=column_letter(column))


def _holds(sheet: Sheet, table: ListTable, column: int) -> bool:
    return any(column <= len(line) and line[column - 1] != "" for line in sheet.rows[table.bottom :])


def _shortened(findings: list[Finding]) -> Iterator[Finding]:
    """A list of thousands of rows with one mistake in each says so two hundred times, then once for the rest."""
    seen: Counter[str] = Counter()
    for finding in findings:
        seen[finding.rule] += 1
        if seen[finding.rule] <= _MOST_ALIKE:
            yield finding
    for rule, count in seen.items():
        if count > _MOST_ALIKE:
            last = next(finding for finding in findings if finding.rule == rule)
            more = say("{count} more rows of this sheet have the same finding.", count=count - _MOST_ALIKE)
            yield Finding(rule, last.severity, more, last.advice)


def _no_list() -> Finding:
    return Finding(
        "import.no_list",
        Severity.ERROR,
        say("No weighing list was found in the sheet; it was not read."),
        say("A list needs headings for the name, the birth date or sex, and weight or length."),
    )


def _with_file(reading: ListReading, file: str) -> ListReading:
    findings = tuple(replace(finding, file=file, sheet=reading.sheet) for finding in reading.findings)
    return replace(reading, findings=findings)
