"""Figures that follow from those of other periods, where nobody typed them, and beside those that were typed.

The rules stand in `desktop/domain/derivation.py`; here the periods of the record are read, all at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from db.tables import catalogue as element_rows
from db.tables import periods as period_rows
from db.tables import submissions, values
from db.tables import units as unit_rows
from db.tables.codes import DEFAULT_CATEGORY
from db.tables.submissions import Life
from desktop.application import catalogue
from desktop.application.figures import Figure
from desktop.application.near_periods import sources_of
from desktop.application.offices import office_of
from desktop.application.records import Record
from desktop.domain.derivation import Reason, Told, is_not_due, told
from desktop.domain.elements import Element
from desktop.domain.periods import Period
from desktop.domain.values import Kind, State, Value

Histories = dict[str, dict[str, dict[Period, Value]]]
"""Figures by uid of the unit, code of the element and period."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A form in entry at another office: official figures leave it out."""

    unit: str
    period: str
    element: str


def derived_figures(
    record: Record,
    *,
    period: Period,
    uids: Collection[str],
    elements: Collection[str] | None = None,
    kind: Kind = Kind.ACTUAL,
    is_official: bool = False,
    with_typed: bool = False,
) -> dict[str, dict[str, Told]]:
    """What the other periods of the record say of a period, by uid and element (totals only, no categories).

    Only cells nobody typed, and of these only where other periods say something, be it that one is missing;
    `with_typed` gives the typed cells too, with what stands beside them. `is_official` leaves out what other offices
    have not completed (`figures.official`).
    """
    near = sources_of(record, period)
    if not near:
        return {}
    held = histories(record, periods=[period, *near], uids=uids, elements=elements, kind=kind)
    if is_official and kind is Kind.ACTUAL:
        _without_drafts(record, held, [period, *near])
    _with_parts(record, held, period=period, near=near, uids=uids, elements=elements, kind=kind)
    known = catalogue.catalogue(record).elements
    found: dict[str, dict[str, Told]] = {}
    for unit, by_element in held.items():
        for code, history in by_element.items():
            typed = history.get(period)
            if typed is not None and typed.state is not State.NOT_REPORTED and not with_typed:
                continue
            answer = told(known[code], period, history)
            if answer.is_typed or answer.derived.reason is not Reason.NO_DATA:
                found.setdefault(unit, {})[code] = answer
    return found


def not_due(element: Element, period: Period) -> Told | None:
    """What stands in a part of a year for what is counted once a year; None for everything else."""
    return told(element, period, {}) if is_not_due(element, period) else None


def histories(
    record: Record,
    *,
    periods: Collection[Period],
    uids: Collection[str],
    elements: Collection[str] | None = None,
    kind: Kind = Kind.ACTUAL,
) -> Histories:
    """The stored totals of some units in several periods."""
    numbers, unit_numbers, codes = period_rows.ids(record), unit_rows.ids(record), element_rows.element_codes(record)
    element_numbers = element_rows.element_ids(record)
    wanted = None if elements is None else [element_numbers[code] for code in elements if code in element_numbers]
    asked = {numbers[one.id]: one for one in periods if one.id in numbers}
    units = [unit_numbers[uid] for uid in uids if uid in unit_numbers]
    names, found = unit_rows.uids(record), Histories()
    for row in values.read(record, periods=list(asked), units=units, elements=wanted, kind=kind):
        if row.category == DEFAULT_CATEGORY:
            history = found.setdefault(names[row.unit], {}).setdefault(codes[row.element], {})
            history[asked[row.period]] = row.value
    return found


def _with_parts(
    record: Record,
    held: Histories,
    *,
    period: Period,
    near: Collection[Period],
    uids: Collection[str],
    elements: Collection[str] | None,
    kind: Kind,
) -> None:
    """Periods that ended before a unit began: the sum of the units it was made of, where all of them are known."""
    known = unit_rows.register(record).units
    began = {uid: day for uid in uids if uid in known and (day := known[uid].began) is not None}
    before = {uid: [one for one in near if one.last < day] for uid, day in began.items()}
    if not any(before.values()):
        return
    from desktop.application.boundaries import Boundaries  # only where an act lies within the year

    view, definitions = Boundaries(record, period.last, kind), catalogue.catalogue(record).elements
    for uid, earlier in before.items():
        for one in earlier:
            codes = view.codes(view.beneath([uid], one), one)
            for code in codes if elements is None else codes & set(elements):
                figure = view.direct(definitions[code], [uid], one).figure
                if figure.value is not None and figure.reported == figure.expected and not figure.estimated:
                    held.setdefault(uid, {}).setdefault(code, {}).setdefault(one, figure.value)


def _without_drafts(record: Record, held: Histories, periods: Collection[Period]) -> None:
    """Take away what other offices sent before it was complete."""
    for draft in _drafts(record, periods):
        held.get(draft.unit, {}).get(draft.element, {}).pop(Period.parse(draft.period), None)


def _drafts(record: Record, periods: Collection[Period]) -> list[_Draft]:
    own = office_of(record, on=max(period.last for period in periods))
    forms = catalogue.catalogue(record).forms
    begun = submissions.of(record, periods=[one.id for one in periods], states=(Life.IN_ENTRY, Life.RETURNED))
    return [
        _Draft(form.unit, form.period, element)
        for form in begun
        if own is not None and form.holder != own.uid
        for element in forms[form.form].elements
    ]


def known_values(answers: Mapping[str, Mapping[str, Told]]) -> dict[str, dict[str, Value]]:
    """Only the figures that could be derived, by uid and element."""
    return {
        unit: {code: answer.derived.value for code, answer in by_element.items() if answer.derived.is_known}
        for unit, by_element in answers.items()
    }


def completed(
    found: Mapping[str, Mapping[str, Figure]], answers: Mapping[str, Mapping[str, Told]]
) -> dict[str, dict[str, Figure]]:
    """Figures with the derived ones where nobody typed; these are not touched and keep the note of an empty cell."""
    made = {unit: dict(cells) for unit, cells in found.items()}
    for unit, values_known in known_values(answers).items():
        cells = made.setdefault(unit, {})
        for code, value in values_known.items():
            held = cells.get(code)
            if held is None or held.value.state is State.NOT_REPORTED:
                cells[code] = Figure(value, held.note if held else None, touched=False)
    return made
