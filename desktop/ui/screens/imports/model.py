"""What an import plan says, sheet by sheet, as rows of a table with the letters and numbers of the Excel file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.application.imports import FileReading, ImportPlan, Write
from desktop.domain.elements import Catalogue
from desktop.domain.findings import Finding, Severity
from desktop.domain.values import Value
from desktop.exchange.reading import SheetReading
from desktop.system.i18n import _
from desktop.ui import figures, words
from desktop.ui.style.palette import Tone
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.tables import Column


@dataclass(frozen=True, slots=True)
class Read:
    """One cell of the file as it was understood: what it says, what stands there, whether it will be written."""

    value: Value
    raw: str
    before: Value | None = None
    is_write: bool = False
    worst: Severity | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: its number, the unit it was taken for, its cells by Excel letter; or why it was left out."""

    number: int
    unit: str
    cells: Mapping[str, Read] = field(default_factory=dict)
    skipped: str = ""


@dataclass(frozen=True, slots=True)
class SheetView:
    """One sheet of one file."""

    file: FileReading
    sheet: SheetReading
    lines: tuple[Line, ...]
    letters: tuple[tuple[str, str], ...]
    """(Excel letter, element code) in the order of the file."""
    findings: tuple[Finding, ...]


def sheets_of(plan: ImportPlan, names: Mapping[str, str]) -> list[SheetView]:
    """Every sheet that was read, in the order of the files; `names` are communes by code."""
    by_place: dict[tuple[str, str, int, str], Write] = {
        (write.file, write.sheet, write.row, write.column): write for write in plan.writes
    }
    found = []
    for file in plan.files:
        for sheet in file.sheets:
            findings = tuple(f for f in plan.findings if (f.file, f.sheet) == (file.file, sheet.sheet))
            found.append(
                SheetView(file, sheet, _lines(file, sheet, by_place, names, findings), _letters(sheet), findings)
            )
    return found


def _letters(sheet: SheetReading) -> tuple[tuple[str, str], ...]:
    found = {candidate.column: candidate.element for candidate in sheet.candidates}
    return tuple(sorted(found.items(), key=lambda part: (len(part[0]), part[0])))


def _lines(
    file: FileReading,
    sheet: SheetReading,
    writes: Mapping[tuple[str, str, int, str], Write],
    names: Mapping[str, str],
    findings: Sequence[Finding],
) -> tuple[Line, ...]:
    worst: dict[tuple[int | None, str | None], Severity] = {}
    for finding in findings:
        at = (finding.row, finding.column)
        order = list(Severity)
        if at not in worst or order.index(finding.severity) < order.index(worst[at]):
            worst[at] = finding.severity
    rows: dict[int, dict[str, Read]] = {}
    units: dict[int, str] = {}
    for candidate in sheet.candidates:
        write = writes.get((file.file, sheet.sheet, candidate.row, candidate.column))
        units[candidate.row] = names.get(candidate.unit, candidate.unit)
        rows.setdefault(candidate.row, {})[candidate.column] = Read(
            candidate.value,
            candidate.raw,
            write.before if write else None,
            write is not None,
            worst.get((candidate.row, candidate.column)),
        )
    return tuple(Line(number, units[number], rows[number]) for number in sorted(rows))


def columns(view: SheetView, known: Catalogue) -> list[Column[Line]]:
    """Row number, commune, then one column for each letter of the file that was understood."""
    made: list[Column[Line]] = [
        Column(_("Row"), lambda line: str(line.number), number=True, width=44, tone=lambda _line: Tone.MUTE),
        Column(_("Commune, town"), lambda line: words.unit_name(line.unit), width=140),
    ]
    for letter, code in view.letters:
        element = known.elements[code]
        name = words.named(element.short_vi or element.name_vi, element.name_en)
        made.append(_column(letter, name))
    return made


def _column(letter: str, name: str) -> Column[Line]:
    def cell(line: Line) -> Read | None:
        return line.cells.get(letter)

    def text(line: Line) -> str:
        read = cell(line)
        return "" if read is None else figures.figure(read.value) or _("not reported")

    def sign(line: Line) -> Sign | None:
        read = cell(line)
        grade = read.worst if read else None
        return (
            {Severity.ERROR: Sign.ERROR, Severity.WARNING: Sign.WARNING, Severity.NOTE: Sign.INFO}[grade]
            if grade
            else None
        )

    def tone(line: Line) -> Tone | None:
        read = cell(line)
        if read is None:
            return None
        if read.worst is Severity.ERROR:
            return Tone.BAD
        return None if read.is_write else Tone.MUTE

    def tip(line: Line) -> str:
        read = cell(line)
        if read is None:
            return ""
        before = figures.figure(read.before) or _("nothing")
        if read.is_write:
            return _("Cell {cell}: “{raw}”. Before: {before}").format(
                cell=f"{letter}{line.number}", raw=read.raw, before=before
            )
        return _("Cell {cell}: “{raw}”. Stays as it stands in the record.").format(
            cell=f"{letter}{line.number}", raw=read.raw
        )

    def changes(line: Line) -> bool:
        read = cell(line)
        return read is not None and read.is_write and read.before is not None

    return Column(f"{name}\n{letter}", text, sign=sign, tone=tone, tip=tip, strong=changes, number=True)


@dataclass(frozen=True, slots=True)
class Counts:
    """What writing would do, in cells."""

    new: int
    changed: int
    same: int
    kept: int
    errors: int
    warnings: int

    @classmethod
    def of(cls, plan: ImportPlan) -> Counts:
        """Counted over all files."""
        changed = sum(write.before is not None for write in plan.writes)
        errors = sum(finding.severity is Severity.ERROR for finding in plan.findings)
        warnings = sum(finding.severity is Severity.WARNING for finding in plan.findings)
        return cls(len(plan.writes) - changed, changed, plan.same, plan.kept, errors, warnings)
