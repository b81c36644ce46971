"""Entering figures: the matrix the staff know, one change for a typed cell, one for a pasted block."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from db.tables import offices, submissions, values
from db.tables.codes import Origin
from db.tables.submissions import Life, Submission
from desktop.application import catalogue
from desktop.application.changes import Changes, Subject, changed
from desktop.application.figures import UNTOUCHED, Figure, figures, official, summed
from desktop.application.near_periods import sources_of
from desktop.application.offices import Commune, communes_of
from desktop.application.records import Record
from desktop.application.series import figures_along
from desktop.application.steps import NOT_STARTED
from desktop.domain.elements import Element, Form, Section
from desktop.domain.findings import Finding, Severity
from desktop.domain.period_parts import is_whole_years
from desktop.domain.periods import Period
from desktop.domain.values import Kind, State, Total, Value
from desktop.errors import AppError
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    # The checks and what derives figures are loaded when there is something for them to do.
    from desktop.domain.derivation import Told

_CLOSED: Final = (Life.CHECKED, Life.LOCKED)


@dataclass(frozen=True, slots=True)
class Column:
    """An element of the form with its section and printed number."""

    number: int
    element: Element
    section: Section


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: the figure (untouched where nobody wrote one), last year's, and its worst finding.

    `derived` is what other periods say, where nobody typed a figure.
    """

    figure: Figure
    last_year: Value | None
    findings: tuple[Finding, ...] = ()
    derived: Told | None = None

    @property
    def counted(self) -> Value:
        """The value that totals count: the typed one, else the derived."""
        is_derived = self.derived is not None and self.figure.value.state is State.NOT_REPORTED
        return self.derived.value if is_derived and self.derived is not None else self.figure.value

    @property
    def worst(self) -> Severity | None:
        """The gravest finding nobody kept."""
        open_ones = [finding.severity for finding in self.findings if finding.kept is None]
        return next((grade for grade in Severity if grade in open_ones), None)

    @property
    def kept(self) -> bool:
        """Whether findings stand here and all were kept with a reason."""
        return bool(self.findings) and self.worst is None


@dataclass(frozen=True, slots=True)
class Row:
    """A commune's line: state of its form (`not_started` before anything was written) and its cells."""

    commune: Commune
    state: str
    cells: tuple[Cell, ...]
    changed_since_sent: bool = False
    counts: bool = True
    """Whether its figures are in the totals: not while another office has sent them before they were complete."""
    is_ours: bool = True
    """Whether this office holds the form."""

    def count(self, severity: Severity) -> int:
        """Open findings of one severity."""
        return sum(f.severity is severity and f.kept is None for cell in self.cells for f in cell.findings)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Communes down, elements across, totals of this period and of the same period last year."""

    form: Form
    period: Period
    kind: Kind
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    totals: tuple[Total, ...]
    totals_before: tuple[Total, ...]
    findings: tuple[Finding, ...]


def matrix(record: Record, *, form: str, period: Period, kind: Kind = Kind.ACTUAL, checked: bool = True) -> Matrix:
    """The matrix of a form and period over the communes that stand on its last day.

    Without `checked` it has no findings yet: the window shows figures first and asks the checks on another thread.
    """
    definition = form_of(record, form)
    elements = catalogue.catalogue(record).elements
    communes = communes_of(record, on=period.last)
    uids = [commune.uid for commune in communes]
    with record.reading():
        only = definition.elements
        now = figures(record, period=period, uids=uids, kind=kind, only=only)
        before = figures_along(record, period=period.same_last_year(), uids=uids, only=only)
        counted = official(record, period, now) if kind is Kind.ACTUAL else now
        counted_before = official(record, period.same_last_year(), before)
        derived: Mapping[str, Mapping[str, Told]] = {}
        whole: Mapping[str, Mapping[str, Figure]] = counted
        if sources_of(record, period):
            from desktop.application.derived import completed, derived_figures

            derived = derived_figures(record, period=period, uids=uids, elements=only, kind=kind, is_official=True)
            whole = completed(counted, derived)
        begun = {row.unit: row for row in submissions.of(record, periods=[period.id], form=form)}
        mine = holder(record, period.last)
        found = _checked(record, form, period, kind) if checked else []
    sections = {code: section for section in definition.sections for code in section.elements}
    columns = tuple(Column(place, elements[code], sections[code]) for place, code in enumerate(definition.elements, 1))
    by_cell: dict[tuple[str | None, str | None], list[Finding]] = {}
    for finding in found:
        by_cell.setdefault((finding.unit, finding.element), []).append(finding)
    rows = tuple(
        Row(
            commune,
            str(begun[commune.uid].state) if commune.uid in begun else NOT_STARTED,
            tuple(_cell(now, before, derived, commune, column.element, period, by_cell) for column in columns),
            counts=len(counted.get(commune.uid, ())) == len(now.get(commune.uid, ())),
            is_ours=commune.uid not in begun or begun[commune.uid].holder == mine,
        )
        for commune in communes
    )
    return Matrix(
        definition,
        period,
        kind,
        columns,
        rows,
        tuple(summed(communes, whole, column.element.code) for column in columns),
        tuple(summed(communes, counted_before, column.element.code) for column in columns),
        tuple(found),
    )


def _cell(
    now: Mapping[str, Mapping[str, Figure]],
    before: Mapping[str, Mapping[str, Figure]],
    derived: Mapping[str, Mapping[str, Told]],
    commune: Commune,
    element: Element,
    period: Period,
    found: Mapping[tuple[str | None, str | None], Sequence[Finding]],
) -> Cell:
    past = before.get(commune.uid, {}).get(element.code)
    says = derived.get(commune.uid, {}).get(element.code)
    if says is None and not is_whole_years(period):
        from desktop.application.derived import not_due

        says = not_due(element, period)
    return Cell(
        now.get(commune.uid, {}).get(element.code, UNTOUCHED),
        past.value if past else None,
        tuple(found.get((commune.code, element.code), ())),
        says,
    )


def _checked(record: Record, form: str, period: Period, kind: Kind) -> list[Finding]:
    from desktop.application.checks import findings

    return findings(record, period=period, kind=kind, form=form)


def form_of(record: Record, code: str) -> Form:
    """A form of the record; AppError `unknown_form`."""
    found = catalogue.catalogue(record).forms.get(code)
    if found is None:
        raise AppError(
            "unknown_form", say("No form {form} is installed.", form=code), say("“sotram forms” lists them.")
        )
    return found


def element_of(record: Record, code: str) -> Element:
    """An element of the record; AppError `unknown_element`."""
    found = catalogue.catalogue(record).elements.get(code)
    if found is None:
        raise AppError(
            "unknown_element",
            say("No element {element} is installed.", element=code),
            say("“sotram elements” lists them."),
        )
    return found


# ---- writing ----


@dataclass(frozen=True, slots=True)
class Typed:
    """One cell to write: commune uid, element code and value; a note of None leaves the note as it is."""

    unit: str
    element: str
    value: Value
    note: str | None = None
    category: str = "default"


def type_value(
    record: Record,
    *,
    unit: str,
    period: Period,
    element: str,
    value: Value,
    kind: Kind = Kind.ACTUAL,
    note: str | None = None,
    category: str = "default",
    source: str = "window",
) -> Changes:
    """Write one cell of a commune (uid) as one change."""
    cell = Typed(unit, element, value, note, category)
    return type_block(record, cells=[cell], period=period, kind=kind, source=source)


def type_block(
    record: Record,
    *,
    cells: Sequence[Typed],
    period: Period,
    kind: Kind = Kind.ACTUAL,
    source: str = "window",
    what: Sentence | None = None,
) -> Changes:
    """Write several cells as one change: a paste, or `what`. Refused as a whole where a form is checked or locked."""
    with record.change(what or say("Paste {count} cells", count=len(cells)), source=source) as change:
        if len(cells) == 1 and what is None:
            change.what = _typed(kind, element_of(record, cells[0].element).name_vi)
        write_cells(record, cells, period=period, kind=kind, origin=Origin.TYPED)
    return changed(change.rows, Subject.VALUES, Subject.SUBMISSIONS, Subject.FINDINGS)


def _typed(kind: Kind, name: str) -> Sentence:
    if kind is Kind.ESTIMATE:
        return say("Type the estimate of {element}", element=name)
    if kind is Kind.ASSIGNED:
        return say("Type the assigned figure of {element}", element=name)
    return say("Type {element}", element=name)


def write_cells(
    record: Record, cells: Sequence[Typed], *, period: Period, kind: Kind, origin: Origin, open_forms: bool = True
) -> int:
    """Write cells inside the caller's change and set their forms to *in entry*; how many figures differed."""
    if open_forms and kind is Kind.ACTUAL:
        open_for_entry(record, period, [(cell.unit, cell.element) for cell in cells])
    return values.put_cells(
        record,
        [
            values.Cell(cell.unit, period.id, cell.element, cell.value, kind, origin, cell.note, cell.category)
            for cell in cells
        ],
    )


def open_for_entry(record: Record, period: Period, cells: Iterable[tuple[str, str]]) -> None:
    """Set the forms of some (unit, element) to *in entry*; AppError `form_closed` for one checked or locked."""
    wanted = list(cells)
    asked = {element: _asked_for(record, period, element) for element in {element for _, element in wanted}}
    touched = {(unit, form) for unit, element in wanted for form in asked[element]}
    for unit, form in sorted(touched):
        begun = submissions.one(record, unit=unit, form=form, period=period.id)
        if begun is None:
            submissions.put(record, Submission(unit, form, period.id, Life.IN_ENTRY, holder(record, period.last)))
        elif begun.state in _CLOSED:
            raise closed(record, begun, period)
        elif begun.state is not Life.IN_ENTRY and begun.holder == holder(record, period.last):
            submissions.put(record, replace(begun, state=Life.IN_ENTRY))


def _asked_for(record: Record, period: Period, element: str) -> Sequence[str]:
    """The forms that ask for a figure: those of a period of this length; where there are none, all of them."""
    forms, known = catalogue.forms_by_element(record).get(element, ()), catalogue.catalogue(record).forms
    return [form for form in forms if known[form].fits(period)] or forms


def holder(record: Record, on: date) -> str:
    """The office (uid) that holds what is typed here."""
    own = offices.own(record, on)
    return own.uid if own else ""


def closed(record: Record, form: Submission, period: Period) -> AppError:
    """The refusal to write into a form that is checked or locked: why, and who may open it."""
    name = next((c.name for c in communes_of(record, on=period.last) if c.uid == form.unit), form.unit)
    if form.holder != holder(record, period.last):
        from desktop.application import judging

        return judging.refused(record, form, act="type", unit=name, on=period.last)
    if form.state is Life.LOCKED:
        return AppError(
            "form_locked",
            say("The form of {unit} for {period} is locked.", unit=name, period=period.sentence()),
            say("A leader can reopen it as a correction."),
        )
    return AppError(
        "form_checked",
        say("The form of {unit} for {period} is already checked.", unit=name, period=period.sentence()),
        say("Whoever checks can return it for entry."),
    )
