"""The figures of a form taken from the list of children: on one call, with their origin, never over what was typed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from db.tables import values
from db.tables.codes import DEFAULT_CATEGORY_CODE, Origin
from desktop.application import catalogue, child_care
from desktop.application.changes import Changes, Subject, changed
from desktop.application.entry import Typed, write_cells
from desktop.application.nutrition import Results, results
from desktop.application.offices import Commune
from desktop.application.records import Record
from desktop.domain import child_care as care
from desktop.domain.elements import Element
from desktop.domain.findings import Finding, Severity
from desktop.domain.nutrition import SUPPLIED, supplied
from desktop.domain.periods import Period
from desktop.domain.values import SCALE, Kind, State, Value, number
from desktop.wording import Label, say

if TYPE_CHECKING:
    from db.tables.child_columns import Step
    from db.tables.values import Cell

RULE: Final = "differs_from_children"
ALL_SUPPLIED: Final = (*SUPPLIED, *care.SUPPLIED)
"""Codes of the elements that the lists of children can fill."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of the form and what the list of children says; `held` None where nobody wrote one.

    `from_list`: what stands there came from the list before, so the list may renew it.
    """

    commune: Commune
    element: Element
    held: Value | None
    told: Value
    from_list: bool


@dataclass(frozen=True, slots=True)
class Fed:
    """What was written from the list, and what was left as people had typed it."""

    written: tuple[Difference, ...]
    kept: tuple[Difference, ...]
    changes: Changes


def differences(
    record: Record,
    *,
    unit: str | None,
    period: Period,
    sessions: Collection[str] | None = None,
    found: Results | None = None,
    step: Step | None = None,
) -> list[Difference]:
    """The cells of a period that the list of children would fill otherwise, commune by commune.

    Communes in which nobody was measured, or of whose care nothing was written, are left out: there the list says
    nothing, not zero. `found` are the results of the same question where they are known already.
    """
    found = found or results(record, unit=unit, period=period, sessions=sessions, step=step)
    codes = asked(record, period)
    return differing(record, told(record, found, period, codes), communes=found.communes, period=period, codes=codes)


def told(record: Record, found: Results, period: Period, codes: Collection[str]) -> dict[str, dict[str, int]]:
    """What the lists say of elements (codes), by commune (uid): of measurements, and of care where it is asked for."""
    said = {group.key: supplied(group.tally) for group in found.found.communes if group.tally.measured}
    if any(code in care.SUPPLIED for code in codes):
        uids = [one.uid for one in found.communes]
        for one in child_care.counts(record, communes=uids, first=period.first, last=period.last):
            if not one.care.is_empty:
                said.setdefault(one.unit, {}).update(care.supplied(one.care))
    return said


def held(
    record: Record, *, communes: Collection[Commune], period: Period, codes: Collection[str]
) -> dict[tuple[str, str], Cell]:
    """What stands in the forms of some communes, by commune (uid) and element."""
    uids = [one.uid for one in communes]
    cells = values.cells(record, periods=[period.id], units=uids, elements=codes, kind=Kind.ACTUAL)
    return {(cell.unit, cell.element): cell for cell in cells if cell.category == DEFAULT_CATEGORY_CODE}


def differing(
    record: Record,
    said: Mapping[str, Mapping[str, int]],
    *,
    communes: Collection[Commune],
    period: Period,
    codes: Collection[str],
    cells: Mapping[tuple[str, str], Cell] | None = None,
) -> list[Difference]:
    """The cells of some communes that hold something else than what the lists say; `cells` where they are read."""
    if cells is None:
        cells = held(record, communes=communes, period=period, codes=codes)
    elements = catalogue.catalogue(record).elements
    found = []
    for commune in communes:
        of_commune = said.get(commune.uid, {})
        for code in (code for code in codes if code in of_commune):
            cell = cells.get((commune.uid, code))
            is_empty = cell is None or cell.value.state is State.NOT_REPORTED
            value = number(of_commune[code])
            if cell is None or is_empty or cell.value != value:
                from_list = cell is not None and cell.origin is Origin.LIST
                stands = None if cell is None or is_empty else cell.value
                found.append(Difference(commune, elements[code], stands, value, from_list))
    return found


def feed(
    record: Record,
    *,
    unit: str | None,
    period: Period,
    sessions: Collection[str] | None = None,
    replace_typed: bool = False,
    source: str = "window",
) -> Fed:
    """Write what the list says into the form of a period as one change.

    What people, files or other offices wrote stays, unless `replace_typed`. A closed form refuses: AppError
    `form_checked`, `form_locked`.
    """
    differing = differences(record, unit=unit, period=period, sessions=sessions)
    written = [one for one in differing if is_replaced(one, replace_typed=replace_typed)]
    kept = [one for one in differing if one not in written]
    if not written:
        return Fed((), tuple(kept), Changes())
    with record.change(say("Take the children measured from their list"), source=source) as change:
        cells = [Typed(one.commune.uid, one.element.code, one.told) for one in written]
        write_cells(record, cells, period=period, kind=Kind.ACTUAL, origin=Origin.LIST)
    told = changed(change.rows, Subject.VALUES, Subject.SUBMISSIONS, Subject.FINDINGS)
    return Fed(tuple(written), tuple(kept), told)


def is_replaced(one: Difference, *, replace_typed: bool) -> bool:
    """Whether feeding writes this figure: nobody wrote one, the list did, or what was typed may give way."""
    return one.held is None or one.from_list or replace_typed


def lacking(record: Record, *, period: Period) -> list[str]:
    """Codes of counts that no form of the period asks for: they stay on the lists and papers of the children."""
    known = asked(record, period)
    return [code for code in ALL_SUPPLIED if code not in known]


def asked(record: Record, period: Period) -> list[str]:
    """The counts that a form asks for which is filled in for such a period."""
    forms = catalogue.catalogue(record).forms.values()
    known = {code for form in forms if form.fits(period) for code in form.elements}
    return [code for code in ALL_SUPPLIED if code in known]


def disagreements(
    record: Record,
    *,
    unit: str | None,
    period: Period,
    sessions: Collection[str] | None = None,
    found: Results | None = None,
    step: Step | None = None,
) -> list[Finding]:
    """A finding for each figure of the form that is not what the list of children says."""
    return as_findings(differences(record, unit=unit, period=period, sessions=sessions, found=found, step=step), period)


def as_findings(differing: Collection[Difference], period: Period) -> list[Finding]:
    """A finding for each figure that somebody wrote and the list contradicts."""
    return list(_findings(differing, period))


def _findings(differing: Collection[Difference], period: Period) -> Iterator[Finding]:
    for one in differing:
        if one.held is None:
            continue
        yield Finding(
            RULE,
            Severity.WARNING,
            say(
                "{element} is {held} in the form and {told} in the list of children.",
                element=Label(one.element.name_vi, one.element.name_en),
                held=_amount(one.held),
                told=_amount(one.told),
            ),
            say("Take the figure from the list, or keep it and say why (children measured elsewhere)."),
            unit=one.commune.code,
            period=period.id,
            element=one.element.code,
        )


def _amount(value: Value) -> Decimal | str:
    """The figure as it is said; a cell that does not apply is said as on paper."""
    return "x" if value.amount is None else Decimal(value.amount) / SCALE
