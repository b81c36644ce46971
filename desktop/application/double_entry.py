"""Double entry of a chosen form (as CSPro and EpiData do it): typed twice, compared by record, one figure chosen.

The second entry is no value: it lies in `second_entry`, stays in this record, and counts nowhere. Off by default.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from db.tables import second_entries, settings
from db.tables.codes import Origin
from db.tables.second_entries import Second
from desktop.application.catalogue import ENTERED_TWICE, entered_twice
from desktop.application.changes import Changes, Subject, changed
from desktop.application.entry import Typed, form_of, open_for_entry, write_cells
from desktop.application.figures import Figures, figures
from desktop.application.offices import Commune, communes_of
from desktop.application.records import Record
from desktop.domain.elements import Form
from desktop.domain.periods import Period
from desktop.domain.values import Kind, Value
from desktop.errors import AppError
from desktop.wording import say


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that was typed differently; None where it was typed only once."""

    element: str
    first: Value | None
    second: Value | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One commune's form: how many cells were typed first and second, and those that differ.

    Until the second entry was begun nothing differs.
    """

    commune: Commune
    first: int
    second: int
    differences: tuple[Difference, ...]


def put_entered_twice(record: Record, *, forms: Collection[str], source: str = "window") -> Changes:
    """Choose which forms are entered twice; none switches it off."""
    for form in forms:
        form_of(record, form)
    with record.change(say("Choose the forms that are entered twice"), source=source) as change:
        settings.put(record, ENTERED_TWICE, sorted(forms))
    return changed(change.rows, Subject.OFFICE, Subject.SUBMISSIONS)


def type_second(
    record: Record, *, form: str, period: Period, cells: Sequence[Typed], source: str = "window"
) -> Changes:
    """Type cells of the second entry, as one change; AppErrors `not_twice`, and `form_closed` for a closed form."""
    definition = _twice(record, form)
    foreign = [cell.element for cell in cells if cell.element not in definition.elements]
    if foreign:
        raise AppError(
            "not_in_form",
            say("{element} is not in this form.", element=foreign[0]),
            say("Choose the form that asks for it."),
        )
    what = say("Type {count} cells of the second entry", count=len(cells))
    with record.change(what, source=source) as change:
        open_for_entry(record, period, [(cell.unit, cell.element) for cell in cells])
        told = [Second(cell.unit, period.id, cell.element, cell.value) for cell in cells]
        second_entries.put(record, told)
    return changed(change.rows, Subject.SUBMISSIONS)


def second(record: Record, *, form: str, period: Period) -> dict[str, dict[str, Value]]:
    """What was typed the second time: by unit uid and element."""
    elements = frozenset(form_of(record, form).elements)
    found: dict[str, dict[str, Value]] = {}
    for cell in second_entries.of(record, period=period.id):
        if cell.element in elements:
            found.setdefault(cell.unit, {})[cell.element] = cell.value
    return found


def compare(record: Record, *, form: str, period: Period, unit: str | None = None) -> list[Comparison]:
    """The two entries record by record, in register order; `unit` (uid) asks for one."""
    definition = form_of(record, form)
    communes = [one for one in communes_of(record, on=period.last) if unit in (None, one.uid)]
    with record.reading():
        first = figures(record, period=period, uids=[commune.uid for commune in communes])
        again = second(record, form=form, period=period)
    return [_compared(definition, commune, first, again.get(commune.uid, {})) for commune in communes]


def _compared(form: Form, commune: Commune, first: Figures, again: Mapping[str, Value]) -> Comparison:
    held = {code: figure.value for code, figure in first.get(commune.uid, {}).items() if code in form.elements}
    differences = tuple(
        Difference(code, held.get(code), again.get(code))
        for code in form.elements
        if again and held.get(code) != again.get(code)
    )
    return Comparison(commune, len(held), len(again), differences)


def resolve(
    record: Record, *, form: str, period: Period, unit: str, chosen: Mapping[str, Value], source: str = "window"
) -> Changes:
    """Write the chosen figures (by element) of a commune (uid) into both entries: one change, which undo takes back."""
    _twice(record, form)
    cells = [Typed(unit, element, value) for element, value in chosen.items()]
    what = say("Settle {count} cells that were typed differently", count=len(cells))
    with record.change(what, source=source) as change:
        write_cells(record, cells, period=period, kind=Kind.ACTUAL, origin=Origin.TYPED)
        second_entries.put(record, [Second(unit, period.id, cell.element, cell.value) for cell in cells])
    return changed(change.rows, Subject.VALUES, Subject.SUBMISSIONS, Subject.FINDINGS)


def open_differences(record: Record, *, form: str, period: Period, unit: str) -> int | None:
    """Cells of a form entered twice that still differ; None: the second entry was not begun; 0 where not wanted."""
    if form not in entered_twice(record):
        return 0
    found = compare(record, form=form, period=period, unit=unit)
    if not found or not found[0].second:
        return None
    return len(found[0].differences)


def _twice(record: Record, form: str) -> Form:
    definition = form_of(record, form)
    if form not in entered_twice(record):
        raise AppError(
            "not_twice",
            say("{form} is entered once.", form=definition.name_vi),
            say("Switch double entry on for it in the office's settings."),
        )
    return definition
