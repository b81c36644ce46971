"""Reading back a template that a commune filled in: exactly its figures and notes, whatever happened to the sheet.

Rows are known by their hidden marks; where a row's visible name is another figure's (sorted without the hidden column),
the name is what the person saw and wins, with a finding. Blank cells say nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from desktop.domain.elements import Catalogue, Element, Form, ValueType
from desktop.domain.findings import Finding, Severity
from desktop.domain.legacy_text import Encoding
from desktop.domain.periods import BadPeriod, Period
from desktop.domain.text import fold, squeeze
from desktop.domain.values import NOT_APPLICABLE, NOT_REPORTED, Kind
from desktop.exchange.cell_readings import BLANK, Reading
from desktop.exchange.cells import read_cell
from desktop.exchange.grid import Raw, Sheet, Workbook, column_letter
from desktop.exchange.identity import HIDDEN_SHEET, Identity, Marked, Purpose, hidden_identities, marked
from desktop.exchange.reading import Candidate, ColumnTaken, Layout, SheetReading, Skipped
from desktop.exchange.template.model import form_version
from desktop.wording import Label, Sentence, say

UnitCodes = Callable[[Period], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller wants of our sheets; None is as the sheet says. `unit` is a unit's code, `form` a form's."""

    period: Period | None = None
    kind: Kind | None = None
    unit: str | None = None
    form: str | None = None


def read_templates(
    workbook: Workbook, *, known: Catalogue, units: UnitCodes, asked: Asked | None = None
) -> list[SheetReading]:
    """Read every template in a workbook; none where it holds none.

    `units` gives the codes of the units served (by uid) on a period. A template of another unit, form or period than
    asked is an error finding that stops its sheet.
    """
    hidden = dict(hidden_identities(workbook))
    found = []
    for sheet in workbook.sheets:
        marks = marked(sheet) or _by_words(sheet, hidden, known)
        if sheet.name != HIDDEN_SHEET and marks is not None and marks.identity.purpose is Purpose.TEMPLATE:
            found.append(placed(_Reader(sheet, marks, known, asked or Asked()).read(units), workbook.file))
    return found


def placed(reading: SheetReading, file: str) -> SheetReading:
    """Put file, sheet and period on every finding."""
    period = reading.period.id if reading.period else None

    def place(finding: Finding) -> Finding:
        return replace(finding, file=file, sheet=reading.sheet, period=finding.period or period)

    candidates = tuple(
        candidate._replace(findings=tuple(place(finding) for finding in candidate.findings))
        for candidate in reading.candidates
    )
    return replace(reading, candidates=candidates, findings=tuple(place(finding) for finding in reading.findings))


def stopped(sheet: str, layout: Layout, rule: str, message: Sentence, advice: Sentence) -> SheetReading:
    """A sheet of ours of which nothing may be read, and why."""
    finding = Finding(f"import.{rule}", Severity.ERROR, message, advice)
    return SheetReading(sheet, layout, None, Kind.ACTUAL, Encoding.UNICODE, findings=(finding,))


def agreed(
    sheet: str, layout: Layout, identity: Identity, asked: Asked, units: UnitCodes
) -> SheetReading | tuple[Period, Kind, str]:
    """Period, kind and unit code a sheet of ours speaks of, or the sheet stopped because something else was asked."""
    try:
        period, kind = Period.parse(identity.period), Kind(identity.kind)
    except (BadPeriod, ValueError):
        message = say("What this sheet says about itself cannot be read.")
        return stopped(sheet, layout, "sheet_unknown", message, say("Write the sheet anew and have it filled in."))
    codes = units(period)
    code = codes.get(identity.unit) or next((code for code in codes.values() if code == identity.code), None)
    again = say("Choose the file that was meant, or import it without naming these.")
    if asked.period is not None and asked.period != period:
        told = say(
            "The sheet is of {said}, but {asked} was asked for; nothing of it was read.",
            said=period.sentence(),
            asked=asked.period.sentence(),
        )
        return stopped(sheet, layout, "period_differs", told, again)
    if asked.kind is not None and asked.kind is not kind:
        told = say("The sheet holds figures of another kind than was asked for; nothing of it was read.")
        return stopped(sheet, layout, "kind_differs", told, again)
    if code is None:
        told = say("The sheet is of a unit ({code}) not served by this office in this period.", code=identity.code)
        return stopped(sheet, layout, "unknown_unit", told, say("Look whether the right record is open."))
    if asked.unit is not None and asked.unit not in (code, identity.unit, f"uid:{identity.unit}"):
        told = say("The sheet is of the unit {said}, but {asked} was asked for.", said=code, asked=asked.unit)
        return stopped(sheet, layout, "unit_differs", told, again)
    if asked.form is not None and asked.form != identity.form:
        told = say("The sheet is of the form {said}, but {asked} was asked for.", said=identity.form, asked=asked.form)
        return stopped(sheet, layout, "form_differs", told, again)
    return period, kind, code


class _Reader:
    """One sheet while it is read."""

    def __init__(self, sheet: Sheet, marks: Marked, known: Catalogue, asked: Asked) -> None:
        self.sheet, self.marks, self.known, self.asked = sheet, marks, known, asked
        self.form: Form | None = known.forms.get(marks.identity.form)
        self.findings: list[Finding] = []
        self.skipped: list[Skipped] = []
        self.entry = marks.columns.get("entry") or _headed(sheet, "so lieu")
        self.note = marks.columns.get("note") or _headed(sheet, "ghi chu")
        self.name = marks.columns.get("name") or _headed(sheet, "chi tieu")
        self._names = {fold(element.name_vi): element.code for element in self._asked_elements()}

    def read(self, units: UnitCodes) -> SheetReading:
        """The figures and notes of the filled cells."""
        found = agreed(self.sheet.name, Layout.TEMPLATE, self.marks.identity, self.asked, units)
        if isinstance(found, SheetReading):
            return found
        if self.entry is None:
            message = say("The column for the figures is gone from the sheet; nothing of it was read.")
            return stopped(
                self.sheet.name, Layout.TEMPLATE, "no_entry_column", message, say("Have a new template filled in.")
            )
        if self.form is None and not any(code in self.known.elements for _, code in self.marks.rows):
            message = say("The form {form} is not installed; nothing of the sheet was read.", form=self._form())
            return stopped(
                self.sheet.name, Layout.TEMPLATE, "unknown_form", message, say("Install the form, then import again.")
            )
        period, kind, code = found
        self._say_version()
        taken: dict[str, Candidate] = {}
        for row, element in self._rows():
            candidate = self._candidate(row, element, code)
            if candidate is None:
                continue
            earlier = taken.setdefault(element.code, candidate)
            if earlier is not candidate and (earlier.value, earlier.note) != (candidate.value, candidate.note):
                self._twice(candidate, earlier)
        heading = ColumnTaken(column_letter(self.entry), "", None)
        return SheetReading(
            self.sheet.name,
            Layout.TEMPLATE,
            period,
            kind,
            Encoding.UNICODE,
            tuple(taken.values()),
            len(taken),
            tuple(self.skipped),
            tuple(self.findings),
            (replace(heading, heading=_text(self.sheet.at(self._first_row() - 1, self.entry))),),
        )

    def _asked_elements(self) -> Iterator[Element]:
        codes = self.form.elements if self.form else tuple(code for _, code in self.marks.rows)
        return (self.known.elements[code] for code in codes if code in self.known.elements)

    def _first_row(self) -> int:
        return min((row for row, _ in self.marks.rows), default=2)

    def _say_version(self) -> None:
        if self.form is None:
            message = say("The form {form} is not installed; its figures were read by their codes.", form=self._form())
        elif form_version(self.form) != self.marks.identity.version:
            message = say("The template is of an older version of the form; its figures were read by their codes.")
        else:
            return
        self.findings.append(Finding("import.template_old", Severity.NOTE, message))

    def _form(self) -> str:
        return self.marks.identity.form

    def _rows(self) -> Iterator[tuple[int, Element]]:
        """Rows with the element each is of."""
        successors = {element.continues: element for element in self.known.elements.values() if element.continues}
        current = set(self.form.elements) if self.form else set()
        for row, code in self.marks.rows:
            element = self.known.elements.get(code)
            later = successors.get(code)
            if later is not None and code not in current:
                element = later
            element = self._named(row, element)
            if element is not None:
                yield row, element
            elif self._filled(row):
                self._gone(row, code)

    def _named(self, row: int, marked_as: Element | None) -> Element | None:
        """The element a row's visible name says, where it is another one's name; else the marked one."""
        shown = fold(_text(self.sheet.at(row, self.name))) if self.name else ""
        code = self._names.get(shown)
        if code is None or marked_as is None or code == marked_as.code or fold(marked_as.name_vi) == shown:
            return marked_as
        element = self.known.elements[code]
        message = say(
            "The row was written for {marked}, but it names {named}; it was read as {named}.",
            marked=_label(marked_as),
            named=_label(element),
        )
        advice = say("The rows were sorted or names typed over; compare the figures of this sheet.")
        self.findings.append(Finding("import.template_row", Severity.WARNING, message, advice, row=row, element=code))
        return element

    def _filled(self, row: int) -> bool:
        return bool(_text(self.sheet.at(row, self.entry))) if self.entry else False

    def _gone(self, row: int, code: str) -> None:
        shown = _text(self.sheet.at(row, self.name)) if self.name else code
        self.skipped.append(Skipped(row, say("“{shown}” is no longer asked for", shown=shown or code)))
        message = say("“{shown}” is not in the catalogue any more; its figure was not read.", shown=shown or code)
        column = column_letter(self.entry) if self.entry else None
        self.findings.append(Finding("import.template_gone", Severity.WARNING, message, row=row, column=column))

    def _candidate(self, row: int, element: Element, unit: str) -> Candidate | None:
        """The figure and note of a row; None for a row that says nothing or cannot be read."""
        column = self.entry or 1
        letter = column_letter(column)
        raw = self.sheet.at(row, column)
        reading = read_own_cell(raw, element, percent=(row, column) in self.sheet.percents)
        note = (_text(self.sheet.at(row, self.note)) or None) if self.note else None
        found = [
            replace(finding, row=row, column=letter, unit=unit, element=element.code) for finding in reading.findings
        ]
        if reading.value is None and found:
            self.findings += found
            return None
        if reading.value is None and note is None:
            return None
        value = reading.value if reading.value is not None else NOT_REPORTED
        return Candidate(unit, element.code, value, row, letter, _text(raw), tuple(found), note)

    def _twice(self, candidate: Candidate, earlier: Candidate) -> None:
        message = say("The figure stands twice with different content; row {row} was read.", row=str(earlier.row))
        advice = say("Delete the row that does not count, and import the file again.")
        place = Finding("import.template_twice", Severity.ERROR, message, advice)
        self.findings.append(
            replace(
                place,
                row=candidate.row,
                column=candidate.column,
                unit=candidate.unit,
                element=candidate.element,
            )
        )


def read_own_cell(raw: Raw, element: Element, *, percent: bool = False) -> Reading:
    """Read an entry cell of our own sheets: like any other, but x in a column of figures is *not applicable*."""
    if raw == "" or (type(raw) is str and not raw.strip()):
        return BLANK
    if element.type in (ValueType.COUNT, ValueType.DECIMAL) and type(raw) is str and fold(raw) in ("x", "×"):
        return Reading(NOT_APPLICABLE)
    return read_cell(raw, element, shown_as_percent=percent)


def _text(cell: Raw) -> str:
    if isinstance(cell, float):
        return format(cell, ".15g")
    return squeeze(str(cell))


def _label(element: Element) -> Label:
    return Label(element.name_vi, element.name_en)


def _headed(sheet: Sheet, words: str) -> int | None:
    """The column whose heading begins with some words: where the hidden row of marks is gone."""
    for cells in sheet.rows[:60]:
        texts = [fold(cell) if type(cell) is str else "" for cell in cells]
        if sum(bool(text) for text in texts) < 4 or "chi tieu" not in texts:
            continue
        return next((column for column, text in enumerate(texts, 1) if text.startswith(words)), None)
    return None


def _by_words(sheet: Sheet, hidden: Mapping[str, Identity], known: Catalogue) -> Marked | None:
    """A template whose hidden column was deleted: the hidden sheet says whose it is, the names which row is which."""
    identity = hidden.get(sheet.name)
    if identity is None and len(hidden) == 1 and _headed(sheet, "chi tieu") is not None:
        identity = next(iter(hidden.values()))
    form = known.forms.get(identity.form) if identity else None
    column = _headed(sheet, "chi tieu")
    if identity is None or form is None or column is None:
        return None
    names = {fold(known.elements[code].name_vi): code for code in form.elements if code in known.elements}
    rows = tuple(
        (row, names[key])
        for row in range(1, len(sheet.rows) + 1)
        if (key := fold(_text(sheet.at(row, column)))) in names
    )
    return Marked(identity, rows, {}) if rows else None
