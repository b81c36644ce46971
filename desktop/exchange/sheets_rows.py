"""The rows under a table's headings: which commune each speaks of, its figures, and rows that are no data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from desktop.domain.elements import Element, ValueType
from desktop.domain.findings import Finding, Severity
from desktop.domain.periods import Period
from desktop.domain.text import fold, squeeze
from desktop.domain.values import Value
from desktop.exchange.cell_readings import BLANK, Reading
from desktop.exchange.cells import read_cell
from desktop.exchange.grid import CellError, Raw, Sheet, Uncomputed, column_letter
from desktop.exchange.headings import Headings
from desktop.exchange.reading import Candidate, Skipped
from desktop.exchange.sheets_table import Table, find_table, is_number_row
from desktop.exchange.sheets_totals import Totals, is_total_label
from desktop.exchange.unit_names import UNKNOWN, Found, KnownUnit, Sureness, UnitNames
from desktop.wording import Sentence, say

_SIGNATURE: Final = re.compile(
    r"nguoi (?:lap|tong hop|bao cao|viet)|giam doc|thu truong|tram truong|truong (?:phong|khoa|tram)|ke toan|"
    r"chu tich|ngay\b.*\bthang\b.*\bnam|ky ten|dong dau|nguoi duyet|xac nhan|phu trach"
)
_LOOKS_LIKE_UNIT: Final = re.compile(r"^(?:\d+[.)]\s*)?(?:xa|x\.|thi tran|tt\b|phuong|p\.|tyt|tram y te|dac khu)\b")
_SIMPLE_SUM: Final = re.compile(r"\s*\d+(?:\.\d+)?(?:\s*[+-]\s*\d+(?:\.\d+)?)*\s*")


@dataclass(slots=True)
class Rows:
    """What the rows of a sheet gave, in their order."""

    candidates: list[Candidate] = field(default_factory=list)
    accepted: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


class RowReader:
    """Reads the rows of one sheet below its headings, following headings that come again further down."""

    def __init__(
        self, sheet: Sheet, table: Table, headings: Headings, units: UnitNames, period: Period | None = None
    ) -> None:
        self.sheet = sheet
        self.period = period
        self.table = table
        self.headings = headings
        self.units = units
        self.rows = Rows()
        self._columns: list[tuple[int, str, Element]] = []
        self._unit_columns: tuple[int, ...] = ()
        self._code_columns: tuple[int, ...] = ()
        self._seen: dict[tuple[str, str], Candidate] = {}
        self._sure_units: set[KnownUnit] = set()
        self._totals = Totals()
        self._use(table)

    def read(self) -> Rows:
        """Read to the end of the sheet."""
        row = self.table.bottom + 1
        while row <= len(self.sheet.rows):
            again = self._headings_again(row) if self._may_be_headings(row) else None
            if again is not None:
                self.rows.findings += self._totals.check(self.table)
                reason = say("The headings again") if again.same_as(self.table) else say("Headings of another table")
                self.rows.skipped += [Skipped(line, reason) for line in range(again.top, again.bottom + 1)]
                if not again.same_as(self.table):
                    self.rows.findings += again.findings
                self._use(again)
                row = again.bottom + 1
                continue
            self._row(row)
            row += 1
        self.rows.findings += self._totals.check(self.table)
        return self.rows

    @property
    def naming_columns(self) -> frozenset[int]:
        """The columns that name the unit of a row."""
        return frozenset((*self._unit_columns, *self._code_columns))

    def _use(self, table: Table) -> None:
        self.table = table
        self._columns = [(column, column_letter(column), element) for column, element in sorted(table.columns.items())]
        self._unit_columns, self._code_columns = self._find_unit_columns()
        self._sure_units = self._surely_named()
        self._totals = Totals()

    def _find_unit_columns(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Columns that name units: those with a heading that says so, else those whose cells are names or codes."""
        table = self.table
        lines = self.sheet.rows[table.bottom : table.bottom + 300]
        width = max(map(len, lines), default=0)
        free = [column for column in range(1, width + 1) if column not in table.columns]
        by_name = {column: sum(self._names_unit(line, column) for line in lines) for column in free}
        by_code = {column: sum(self._codes_unit(line, column) for line in lines) for column in free}
        names = [column for column in free if by_name[column]]
        names.sort(key=lambda column: (-by_name[column], column))
        codes = [column for column in free if column in table.code_columns or self._holds_codes(lines, column, by_code)]
        codes.sort(key=lambda column: (-by_code[column], column))
        code_columns = tuple(column for column in codes if column not in names[:1])[:1]
        unit_columns = tuple(names[:1]) or tuple(c for c in table.unit_columns if c not in code_columns)[:1]
        return unit_columns, code_columns

    def _surely_named(self) -> set[KnownUnit]:
        """Communes that some row names beyond doubt: a name that is only nearly theirs is then somebody else's."""
        named = {
            found.unit
            for line in self.sheet.rows[self.table.bottom :]
            for column in self._unit_columns
            if column <= len(line) and type(cell := line[column - 1]) is str and cell
            if (found := self.units.by_name(cell)).sureness is Sureness.SURE
        }
        return {unit for unit in named if unit is not None}

    def _holds_codes(self, lines: list[list[Raw]], column: int, by_code: dict[int, int]) -> bool:
        """Whether a column without a heading for codes holds them all the same; an order number is none."""
        if column in self.table.order_columns or not by_code[column]:
            return False
        filled = [line[column - 1] for line in lines if column <= len(line) and line[column - 1] != ""]
        long = sum(len(str(cell).split(".")[0]) > 3 for cell in filled)
        return by_code[column] * 2 > len(filled) and long * 2 > len(filled)

    def _names_unit(self, line: list[Raw], column: int) -> bool:
        cell = line[column - 1] if column <= len(line) else ""
        return type(cell) is str and cell != "" and self.units.by_name(cell).unit is not None

    def _codes_unit(self, line: list[Raw], column: int) -> bool:
        cell = line[column - 1] if column <= len(line) else ""
        return cell != "" and self.units.by_code(cell) is not None

    def _may_be_headings(self, row: int) -> bool:
        """Cheap: at least two texts, no stored number, and no known commune."""
        cells = self.sheet.rows[row - 1]
        texts = sum(1 for cell in cells if type(cell) is str and cell)
        return (
            texts > 1 and not any(type(cell) in (int, float) for cell in cells) and self._unit_of(cells)[0].unit is None
        )

    def _headings_again(self, row: int) -> Table | None:
        """A block of headings further down: the same again on a new page, or those of another table."""
        cells = self.sheet.rows[row - 1]
        texts = {squeeze(cell) for cell in cells if type(cell) is str and len(cell) > 2}
        if sum(self.headings.knows(text) for text in texts) < 2:
            return self._group_row_of_repeat(row)
        return find_table(replace(self.sheet, rows=self.sheet.rows[: row + 3]), self.headings, row, self.period)

    def _group_row_of_repeat(self, row: int) -> Table | None:
        """The first line of a repeated block may hold group headings only: it equals the block's first line."""
        table = self.table
        first = [cell for cell in self.sheet.rows[table.top - 1] if cell != ""]
        here = [cell for cell in self.sheet.rows[row - 1] if cell != ""]
        if table.top == table.bottom or len(here) < 2 or here != first:
            return None
        height = table.bottom - table.top
        return replace(table, top=row, bottom=min(row + height, len(self.sheet.rows)))

    def _row(self, row: int) -> None:
        cells = self.sheet.rows[row - 1]
        if not any(cell != "" and not (type(cell) is str and not cell.strip()) for cell in cells):
            return
        found, ambiguous_code = self._unit_of(cells)
        if found.unit is not None and not ambiguous_code:
            self._data(row, cells, found)
        elif is_number_row(cells):
            self._skip(row, say("Column numbers"))
        elif self._is_total(cells):
            self._total(row, cells)
        else:
            self._no_unit(row, cells, found, ambiguous_code=ambiguous_code)

    def _unit_of(self, cells: list[Raw]) -> tuple[Found, bool]:
        """The unit a row names, and whether its code and its name contradict each other."""
        coded = self._coded(cells)
        named = self._named(cells)
        if coded is None:
            return named, False
        if named.unit is None and named.sureness is not Sureness.AMBIGUOUS:
            return Found(Sureness.SURE, (coded,)), False
        if coded not in named.units:
            return Found(Sureness.AMBIGUOUS, (coded, *named.units)), True
        return Found(Sureness.SURE, (coded,)), False

    def _coded(self, cells: list[Raw]) -> KnownUnit | None:
        for column in self._code_columns:
            if column <= len(cells) and cells[column - 1] != "":
                return self.units.by_code(cells[column - 1])
        return None

    def _named(self, cells: list[Raw]) -> Found:
        best = UNKNOWN
        for column in self._unit_columns:
            cell = cells[column - 1] if column <= len(cells) else ""
            if type(cell) is not str or not cell.strip():
                continue
            found = self.units.by_name(cell)
            if found.unit is not None:
                taken = found.sureness is not Sureness.SURE and found.unit in self._sure_units
                return UNKNOWN if taken else found
            if found.sureness is Sureness.AMBIGUOUS:
                best = found
        return best

    def _label(self, cells: list[Raw]) -> str:
        """The words of a row beside its figures."""
        columns = self.table.columns
        words = [
            squeeze(cell)
            for column, cell in enumerate(cells, 1)
            if type(cell) is str and column not in columns and cell.strip()
        ]
        return " ".join(words)

    def _is_total(self, cells: list[Raw]) -> bool:
        return is_total_label(self._label(cells))

    def _skip(self, row: int, reason: Sentence) -> None:
        self.rows.skipped.append(Skipped(row, reason))

    def _read(self, row: int, column: int, element: Element, cells: list[Raw]) -> Reading:
        raw = cells[column - 1] if column <= len(cells) else ""
        if raw == "":
            return BLANK
        percent = bool(self.sheet.percents) and (row, column) in self.sheet.percents
        if type(raw) is Uncomputed and _SIMPLE_SUM.fullmatch(raw.formula):
            return _computed(raw, element)
        return read_cell(raw, element, shown_as_percent=percent)

    def _data(self, row: int, cells: list[Raw], found: Found) -> None:
        unit = found.units[0]
        if found.sureness is not Sureness.SURE:
            severity = Severity.WARNING if found.sureness is Sureness.DOUBTFUL else Severity.NOTE
            self.rows.findings.append(self._other_name(row, cells, unit, severity))
        fresh: list[tuple[int, Candidate]] = []
        problems: list[Finding] = []
        for column, letter, element in self._columns:
            reading = self._read(row, column, element, cells)
            if reading is BLANK:
                continue
            findings = reading.findings and tuple(
                replace(finding, row=row, column=letter, unit=unit.code, element=element.code)
                for finding in reading.findings
            )
            if reading.value is None:
                problems += findings
                continue
            shown = cells[column - 1]
            raw = shown if type(shown) is str else _shown(shown)
            fresh.append((column, Candidate(unit.code, element.code, reading.value, row, letter, raw, findings)))
        if not fresh and not problems:
            self._skip(row, say("No figures for {unit}", unit=unit.name))
            return
        self._take(row, unit, fresh, problems)

    def _take(self, row: int, unit: KnownUnit, fresh: list[tuple[int, Candidate]], problems: list[Finding]) -> None:
        """Keep a row's figures unless the commune's row was already read."""
        twice = [
            (candidate, held)
            for _, candidate in fresh
            if (held := self._seen.get((unit.code, candidate.element))) is not None
        ]
        if twice:
            self._twice(row, unit, twice)
            return
        for column, candidate in fresh:
            self._seen[unit.code, candidate.element] = candidate
            self._totals.add(column, candidate.value)
        self.rows.candidates += [candidate for _, candidate in fresh]
        self.rows.findings += problems
        self.rows.accepted += 1

    def _twice(self, row: int, unit: KnownUnit, twice: list[tuple[Candidate, Candidate]]) -> None:
        first = twice[0][1].row
        differing = [candidate for candidate, held in twice if candidate.value != held.value]
        self._skip(row, say("{unit} stands a second time", unit=unit.name))
        if not differing:
            message = say(
                "{unit} stands twice with the same figures; row {row} was read.", unit=unit.name, row=str(first)
            )
            self.rows.findings.append(Finding("import.unit_twice", Severity.NOTE, message, row=row, unit=unit.code))
            return
        message = say(
            "{unit} stands twice with different figures; row {row} was read, row {other} was not.",
            unit=unit.name,
            row=str(first),
            other=str(row),
        )
        advice = say("Check which row is right, delete the other, and import the file again.")
        self.rows.findings.append(
            Finding("import.unit_twice", Severity.ERROR, message, advice, row=row, unit=unit.code)
        )

    def _other_name(self, row: int, cells: list[Raw], unit: KnownUnit, severity: Severity) -> Finding:
        column = self._unit_columns[0]
        return Finding(
            "import.unit_doubtful",
            severity,
            say("“{written}” was read as {unit}.", written=squeeze(str(cells[column - 1])), unit=unit.name),
            say("If that is wrong, correct the name and import the file again."),
            row=row,
            column=column_letter(column),
            unit=unit.code,
        )

    def _figures(self, row: int, cells: list[Raw]) -> dict[int, Value]:
        """What the element columns of a row say, for rows that are not data of a known commune."""
        found: dict[int, Value] = {}
        for column, _, element in self._columns:
            if element.type is ValueType.TEXT:
                continue
            value = self._read(row, column, element, cells).value
            if value is not None and value.is_reported:
                found[column] = value
        return found

    def _total(self, row: int, cells: list[Raw]) -> None:
        label = self._label(cells)
        self._skip(row, say("Total row “{label}”", label=label))
        self._totals.close(row, label, self._figures(row, cells))

    def _no_unit(self, row: int, cells: list[Raw], found: Found, *, ambiguous_code: bool) -> None:
        label = self._label(cells) or squeeze(" ".join(cell for cell in cells if type(cell) is str))
        figures = self._figures(row, cells)
        if found.sureness is Sureness.AMBIGUOUS:
            self._skip(row, say("“{written}” can be several units", written=label))
            self.rows.findings.append(self._ambiguous(row, label, found, by_code=ambiguous_code))
        elif figures and not _SIGNATURE.search(fold(label)):
            self._skip(row, say("“{written}” is not a unit of this office", written=label))
            self.rows.findings.append(self._unknown(row, label))
        elif _SIGNATURE.search(fold(" ".join(str(cell) for cell in cells if type(cell) is str))):
            self._skip(row, say("Signature line"))
        elif _LOOKS_LIKE_UNIT.match(fold(label)):
            self._skip(row, say("“{written}” is not a unit of this office", written=label))
        else:
            self._skip(row, say("Note “{label}”", label=label[:80]))
        for column, value in figures.items():
            self._totals.add(column, value)

    def _unknown(self, row: int, label: str) -> Finding:
        return Finding(
            "import.unknown_unit",
            Severity.ERROR,
            say("“{written}” is not a unit of this office in this period; the row was not read.", written=label),
            say("Correct the name, or write the official code, and import the file again."),
            row=row,
            column=column_letter(self._unit_columns[0]) if self._unit_columns else None,
        )

    def _ambiguous(self, row: int, label: str, found: Found, *, by_code: bool) -> Finding:
        units = found.units
        if by_code:
            message = say(
                "The code says {first} but the name says {second}; the row was not read.",
                first=units[0].name,
                second=units[1].name,
            )
        else:
            message = say(
                "“{written}” can be {first} or {second}; the row was not read.",
                written=label,
                first=units[0].name,
                second=units[1].name,
            )
        return Finding(
            "import.ambiguous_unit",
            Severity.ERROR,
            message,
            say("Write the official code or the full name, and import the file again."),
            row=row,
            column=column_letter(self._unit_columns[0]) if self._unit_columns else None,
        )


def _shown(raw: Raw) -> str:
    if isinstance(raw, CellError):
        return raw.shown
    if isinstance(raw, Uncomputed):
        return f"={raw.formula}"
    return format(raw, ".15g") if isinstance(raw, float) else str(raw)


def _computed(raw: Uncomputed, element: Element) -> Reading:
    """A formula of plain numbers such as =120+35: its result is certain."""
    terms: Iterable[str] = re.findall(r"[+-]?\s*\d+(?:\.\d+)?", raw.formula)
    result = sum((Decimal(term.replace(" ", "")) for term in terms), Decimal(0))
    reading = read_cell(float(result), element)
    note = Finding(
        "import.computed",
        Severity.NOTE,
        say("The result of ={formula} was computed: {result}.", formula=raw.formula, result=result),
    )
    return Reading(reading.value, (*reading.findings, note), reading.alternatives)
