"""Workbooks into the record: read and compared first, written in one change when the person says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from db.tables import submissions, values
from db.tables.codes import Origin
from db.tables.submissions import Life
from desktop.application import catalogue
from desktop.application.changes import Changes, Subject, changed
from desktop.application.entry import closed, open_for_entry
from desktop.application.file_names import names_apart
from desktop.application.history_units import writable
from desktop.application.import_files import AUTO, FileReading, Wanted, read_file, workbooks_in
from desktop.application.import_reasons import KeptAnswer, keep_answers, kept_answers
from desktop.application.records import Record
from desktop.domain.findings import Finding, Severity
from desktop.domain.periods import Period
from desktop.domain.rules import shown_amount
from desktop.domain.values import Kind, State, Value, plain
from desktop.errors import AppError
from desktop.system.collecting import put_off
from desktop.wording import Label, Sentence, say

if TYPE_CHECKING:
    from desktop.domain.legacy_text import Encoding
    from desktop.exchange.reading import Candidate, SheetReading

__all__ = [
    "Compared",
    "FileReading",
    "ImportPlan",
    "Imported",
    "KeptAnswer",
    "Outcome",
    "Wanted",
    "Write",
    "apply_import",
    "read_files",
    "workbooks_in",
]

Step = Callable[[int, int], None]
_OURS: Final = (Origin.IMPORT,)


class Write(NamedTuple):
    """One cell that would change: what stands there (None: nothing) and what the file says, with its place.

    `note` is what stands beside the figure in our own sheets; None leaves the record's note as it is.
    """

    unit: str
    uid: str
    period: str
    element: str
    kind: Kind
    before: Value | None
    after: Value
    file: str
    sheet: str
    row: int
    column: str
    note: str | None = None


class Outcome(StrEnum):
    """What becomes of a figure of a file: written where nothing stands, written over, left because the record says the
    same, because somebody typed or sent another one, because its form is closed, or because a later cell says it.
    """

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    KEPT = "kept"
    CLOSED = "closed"
    LATER = "later"


class Compared(NamedTuple):
    """One figure of a file beside what the record holds (None: nothing)."""

    unit: str
    uid: str
    period: str
    element: str
    kind: Kind
    held: Value | None
    told: Value
    outcome: Outcome
    file: str
    sheet: str
    row: int
    column: str


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do; nothing is written yet. `same` counts cells that stand as the files say.

    `reasons` are the answers of query sheets that keep findings as they are; `cells` every figure of the files with
    what becomes of it.
    """

    files: tuple[FileReading, ...]
    writes: tuple[Write, ...]
    findings: tuple[Finding, ...]
    same: int
    kept: int
    reasons: tuple[KeptAnswer, ...] = ()
    cells: tuple[Compared, ...] = ()

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods the files speak of."""
        found = {sheet.period for file in self.files for sheet in file.sheets if sheet.period is not None}
        return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class Imported:
    """What was written: number of cells, and of reasons."""

    written: int
    changes: Changes
    reasons: int = 0


@put_off()
def read_files(
    record: Record,
    *,
    files: Sequence[Path],
    period: Period | None = None,
    kind: Kind | None = None,
    encoding: Encoding | None = None,
    replace: bool = False,
    unit: str | None = None,
    form: str | None = None,
    layout: str = AUTO,
    sender: str | None = None,
    dash: State | None = None,
    each: Mapping[str, Wanted] | None = None,
    step: Step | None = None,
) -> ImportPlan:
    """Read workbooks, and archives of them, and compare them with the record, changing nothing.

    A file that cannot be read is an error finding and does not stop the others. `unit` and `form` are what our own
    sheets must be of; `layout` is one of `import_files.LAYOUTS`; `sender` whose settled headings hold (None: the
    file's own); `dash` is what a lone "-" means in all of them. `each`: what is asked of single files
    (`FileReading.file`) instead.
    """
    wanted = Wanted(period, kind, encoding, replace, unit, form, layout, sender, dash)
    readings: list[FileReading] = []
    findings: list[Finding] = []
    for place, (path, called) in enumerate(names_apart(files).items()):
        if step:
            step(place, len(files))
        for reading, found in read_file(record, path, called, wanted, each or {}):
            findings += found
            if reading:
                readings.append(reading)
    plan = _Comparison(record, wanted, each or {}).plan(readings)
    reasons, told = kept_answers(record, readings)
    findings += [*plan.findings, *told]
    return ImportPlan(tuple(readings), plan.writes, tuple(findings), plan.same, plan.kept, reasons, plan.cells)


@dataclass(frozen=True, slots=True)
class _Compared:
    writes: tuple[Write, ...]
    findings: tuple[Finding, ...]
    same: int
    kept: int
    cells: tuple[Compared, ...]


class _Comparison:
    """What the files say beside what the record holds."""

    def __init__(self, record: Record, wanted: Wanted, each: Mapping[str, Wanted]) -> None:
        self.record = record
        self.wanted = wanted
        self.each = each
        self.elements = catalogue.catalogue(record).elements
        self.uids: dict[Period, dict[str, str]] = {}
        self.held: dict[tuple[Period, Kind], dict[tuple[str, str], values.Cell]] = {}
        self.closed: dict[Period, dict[tuple[str, str], AppError]] = {}
        self.findings: list[Finding] = []
        self.writes: dict[tuple[str, str, str, Kind], Write] = {}
        self.cells: list[Compared] = []
        self.same = self.kept = 0

    def plan(self, files: Iterable[FileReading]) -> _Compared:
        """Compare every candidate of every sheet."""
        for file in files:
            for sheet in file.sheets:
                if sheet.period is not None and sheet.candidates:
                    self._take_sheet(file.file, sheet, sheet.period)
        return _Compared(
            tuple(self.writes.values()), tuple(self.findings), self.same, self.kept, tuple(self._with_later())
        )

    def _with_later(self) -> list[Compared]:
        """The cells, those that a later cell overwrites marked so."""
        written = (Outcome.NEW, Outcome.CHANGED)
        if sum(cell.outcome in written for cell in self.cells) == len(self.writes):
            return self.cells
        last = {(write.file, write.sheet, write.row, write.column) for write in self.writes.values()}
        return [
            cell._replace(outcome=Outcome.LATER)
            if cell.outcome in written and (cell.file, cell.sheet, cell.row, cell.column) not in last
            else cell
            for cell in self.cells
        ]

    def _take_sheet(self, file: str, sheet: SheetReading, period: Period) -> None:
        period_id = period.id  # made anew at every asking, and a sheet holds thousands of cells
        uids = self._uids(period)
        held = self._held(period, sheet.kind)
        shut = self._closed(period) if sheet.kind is Kind.ACTUAL else {}
        for candidate in sheet.candidates:
            uid = uids[candidate.unit]
            stands = held.get((uid, candidate.element))
            before = stands.value if stands else None
            if stands is not None and stands.value == candidate.value and candidate.note in (None, stands.note):
                self.same += 1
                outcome = Outcome.SAME
            elif (uid, candidate.element) in shut:
                fault = shut[uid, candidate.element]
                self._say(
                    file, sheet, period_id, candidate, "import.form_closed", Severity.ERROR, fault.title, fault.advice
                )
                outcome = Outcome.CLOSED
            elif stands is not None and self._protected(file, stands, candidate):
                self.kept += 1
                self._say_kept(file, sheet, period_id, candidate, stands)
                outcome = Outcome.KEPT
            else:
                self._write(file, sheet, period_id, candidate, uid, before)
                outcome = Outcome.NEW if before is None else Outcome.CHANGED
            self.cells.append(_compared(file, sheet, period_id, candidate, uid, before, outcome))

    def _protected(self, file: str, stands: values.Cell, candidate: Candidate) -> bool:
        """Typed and received figures are replaced only when asked; a missing figure never replaces a number."""
        if self.each.get(file, self.wanted).replace:
            return False
        if candidate.asked is not None:  # a correction of the very figure that was asked about
            return stands.value != candidate.asked
        if stands.value == candidate.value:  # only the note is new
            return False
        if not candidate.value.is_reported and stands.value.is_reported:
            return True
        return stands.origin not in _OURS and (stands.value.is_reported or stands.note is not None)

    def _write(
        self, file: str, sheet: SheetReading, period: str, candidate: Candidate, uid: str, before: Value | None
    ) -> None:
        key = (uid, period, candidate.element, sheet.kind)
        earlier = self.writes.get(key)
        if earlier is not None and earlier.after.is_reported and not candidate.value.is_reported:
            # A figure that came in one file is not taken away by another that has none.
            self.writes[key] = earlier._replace(note=earlier.note or candidate.note)
            return
        if earlier is not None and earlier.after != candidate.value:
            within = earlier.file == file and earlier.sheet != sheet.sheet
            message = say(
                "{first} says {before}, {second} says {after}; the later one is taken.",
                first=f"{earlier.sheet if within else earlier.file} ({earlier.column}{earlier.row})",
                before=_told(earlier.after),
                second=f"{sheet.sheet if within else file} ({candidate.column}{candidate.row})",
                after=_told(candidate.value),
            )
            self._say(file, sheet, period, candidate, "import.twice", Severity.WARNING, message, None)
        self.writes[key] = Write(
            candidate.unit,
            uid,
            period,
            candidate.element,
            sheet.kind,
            before,
            candidate.value,
            file,
            sheet.sheet,
            candidate.row,
            candidate.column,
            candidate.note,
        )

    def _say_kept(self, file: str, sheet: SheetReading, period: str, candidate: Candidate, stands: values.Cell) -> None:
        message = say(
            "The record holds {held} for {element}; the file says {told}. The record's figure was kept.",
            held=_told(stands.value),
            element=self._label(candidate.element),
            told=_told(candidate.value),
        )
        advice = say("Import again with replacing if the file is right.")
        self._say(file, sheet, period, candidate, "import.kept", Severity.WARNING, message, advice)

    def _label(self, code: str) -> Label:
        return self.elements[code].short

    def _say(
        self,
        file: str,
        sheet: SheetReading,
        period: str,
        candidate: Candidate,
        rule: str,
        severity: Severity,
        message: Sentence,
        advice: Sentence | None,
    ) -> None:
        place = Finding(rule, severity, message, advice, file=file, sheet=sheet.sheet, period=period)
        self.findings.append(
            replace(place, row=candidate.row, column=candidate.column, unit=candidate.unit, element=candidate.element)
        )

    def _uids(self, period: Period) -> dict[str, str]:
        if period not in self.uids:
            self.uids[period] = {commune.code: commune.uid for commune in writable(self.record, period)}
        return self.uids[period]

    def _held(self, period: Period, kind: Kind) -> dict[tuple[str, str], values.Cell]:
        if (period, kind) not in self.held:
            cells = values.cells(self.record, periods=[period.id], units=list(self._uids(period).values()), kind=kind)
            found = {(cell.unit, cell.element): cell for cell in cells if cell.category == "default"}
            self.held[period, kind] = found
        return self.held[period, kind]

    def _closed(self, period: Period) -> dict[tuple[str, str], AppError]:
        """Cells whose form is checked or locked, with the refusal."""
        if period not in self.closed:
            forms = catalogue.catalogue(self.record).forms
            self.closed[period] = {
                (begun.unit, element): closed(self.record, begun, period)
                for begun in submissions.of(self.record, periods=[period.id])
                if begun.state in (Life.CHECKED, Life.LOCKED)
                for element in forms[begun.form].elements
            }
        return self.closed[period]


def _compared(
    file: str,
    sheet: SheetReading,
    period: str,
    candidate: Candidate,
    uid: str,
    held: Value | None,
    outcome: Outcome,
) -> Compared:
    place = (file, sheet.sheet, candidate.row, candidate.column)
    about = (candidate.unit, uid, period, candidate.element, sheet.kind)
    return Compared(*about, held, candidate.value, outcome, *place)


def _told(value: Value) -> Sentence:
    if value.amount is not None:
        return say("{value}", value=shown_amount(value.amount))
    words = {
        State.YES: say("yes"),
        State.NO: say("no"),
        State.NOT_APPLICABLE: say("not applicable"),
        State.NOT_REPORTED: say("not reported"),
    }
    return words.get(value.state) or say("{value}", value=plain(value) or "")


@put_off()
def apply_import(record: Record, *, plan: ImportPlan, source: str = "import") -> Imported:
    """Write what a plan says, as one change; what was written since it was made is compared by the caller."""
    with record.change(say("Import {files}", files=", ".join(files_of(plan))), source=source) as change:
        written = write_in(record, plan)
    done = changed(change.rows, Subject.VALUES, Subject.SUBMISSIONS, Subject.FINDINGS)
    return Imported(written, done, len(plan.reasons))


def files_of(plan: ImportPlan) -> list[str]:
    """The names of the files of which something would be written."""
    return sorted({write.file for write in plan.writes} | {reason.file for reason in plan.reasons})


def write_in(record: Record, plan: ImportPlan) -> int:
    """Write what a plan says, inside a change of the caller; how many cells were written."""
    for period_id in dict.fromkeys(write.period for write in plan.writes):
        actual = [w for w in plan.writes if w.period == period_id and w.kind is Kind.ACTUAL]
        open_for_entry(record, Period.parse(period_id), ((write.uid, write.element) for write in actual))
    cells = [values.Cell(w.uid, w.period, w.element, w.after, w.kind, Origin.IMPORT, w.note) for w in plan.writes]
    written = values.put_cells(record, cells)
    keep_answers(record, plan.reasons)
    return written
