"""Values on the boundaries of another day than the period's last: every commune of that day, or their sum."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from db.tables import values as rows
from desktop.application import catalogue
from desktop.application.boundaries import Boundaries, Ground, OnGround
from desktop.application.lineages import commune_on, meant_on
from desktop.application.offices import Commune
from desktop.application.records import Record
from desktop.application.value_row import ValueRow, stored_row
from desktop.domain.carrying import is_empty
from desktop.domain.derivation import way_sentence
from desktop.domain.elements import Behaviour, Element
from desktop.domain.lineage import Reason
from desktop.domain.periods import Period
from desktop.domain.units import UID_PREFIX
from desktop.domain.values import NOT_REPORTED, Kind
from desktop.wording import Sentence, say


def rows_on(
    record: Record,
    *,
    period: Period,
    day: date,
    unit: str | None,
    element: str | None,
    kind: Kind,
    asked: Collection[str],
) -> list[ValueRow]:
    """Rows as `values.value_rows` gives them, on the boundaries of a day; codes are those valid on that day.

    `asked` are elements that have a row even where nothing was reported.
    """
    meant = meant_on(record, unit=unit, day=day, beside=period.last)
    communes = meant.communes
    whole = frozenset(commune.uid for commune in communes) if meant.is_whole else None
    view = Boundaries(record, day, kind, whole=whole)
    if meant.is_sum and unit is not None:
        return list(_computed(view, meant.code, [one.uid for one in communes], period, element, asked))
    grounds = [(commune, view.ground([commune.uid], period)) for commune in communes]
    stored = _stored(view, [ground.parts[0][0] for _, ground in grounds if ground.is_itself], period, element)
    return [
        row
        for commune, ground in grounds
        for row in (
            _itself(view, commune, period, element, asked, stored.get(ground.parts[0][0], []))
            if ground.is_itself
            else _computed(view, commune.code, [commune.uid], period, element, asked)
        )
    ]


def _stored(view: Boundaries, uids: list[str], period: Period, element: str | None) -> dict[str, list[rows.Cell]]:
    found: dict[str, list[rows.Cell]] = {}
    elements = None if element is None else [element]
    for cell in rows.cells(view.record, periods=[period.id], units=uids, elements=elements, kind=view.kind):
        found.setdefault(cell.unit, []).append(cell)
    return found


def _computed(
    view: Boundaries, code: str, uids: list[str], period: Period, element: str | None, asked: Collection[str]
) -> Iterator[ValueRow]:
    """The rows of a territory made of several units: what a part reported, what follows from other periods, what is
    asked for; and why not, where a part's figure follows from them and that of the whole does not.
    """
    beneath = view.beneath(uids, period)
    held = view.codes(beneath, period) | set(asked)
    near = view.elements_near(uids, period) if view.periods_near(period) else set()
    for name, definition in catalogue.catalogue(view.record).elements.items():
        if element not in (None, name):
            continue
        told = _figure(view, definition, uids, period) if name in held or name in near else None
        if told is not None and name not in held and told.derived is None:
            told = _blocked(view, definition, uids, beneath, period)
        if told is not None:
            yield row_of(view, code, period, name, told)


def _blocked(
    view: Boundaries, element: Element, units: list[str], beneath: Collection[str], period: Period
) -> OnGround | None:
    """Why a figure does not follow from other periods on these boundaries, where on a unit's own it does."""
    told = view.blocked(element, units, period)
    own = view.on(period.last)
    if told is None or not any(own.figure(element, [unit], period).derived for unit in beneath):
        return None
    return told


def _figure(view: Boundaries, element: Element, units: list[str], period: Period) -> OnGround:
    """A figure as a list of figures shows it: on whatever boundaries, a year's average waits for the year's end."""
    told = view.figure(element, units, period)
    if told.derived is None or element.behaviour is not Behaviour.AVERAGE:
        return told
    is_due = all(step.period.contains(period) for step in told.derived.steps)
    return told if is_due else view.direct(element, units, period)


def _itself(
    view: Boundaries,
    commune: Commune,
    period: Period,
    element: str | None,
    asked: Collection[str],
    stored: list[rows.Cell],
) -> Iterator[ValueRow]:
    """A commune that was one whole unit then: what was stored for it, with its notes and categories."""
    elements = catalogue.catalogue(view.record).elements
    held: dict[str, list[ValueRow]] = {}
    for cell in stored:
        held.setdefault(cell.element, []).append(stored_row(commune.code, period, cell))
    near = view.elements_near([commune.uid], period) if view.periods_near(period) else set()
    wanted = {element} if element is not None and asked else set(asked)
    near = near if element is None else near & {element}
    for code in (*(code for code in elements if code in held.keys() | wanted | near), *(held.keys() - elements.keys())):
        rows_held = sorted(held.get(code, ()), key=lambda row: row.category)
        if any(not is_empty(row.value) for row in rows_held):
            yield from rows_held
            continue
        told = _figure(view, elements[code], [commune.uid], period) if code in near else None
        if told is not None and told.derived is not None:
            yield row_of(view, commune.code, period, code, told)
        elif rows_held:
            yield from rows_held
        elif code in near and (blocked := view.blocked(elements[code], [commune.uid], period)) is not None:
            yield row_of(view, commune.code, period, code, blocked)
        elif code in wanted:
            yield ValueRow(commune.code, period.id, code, "default", view.kind, NOT_REPORTED, 0, 1, None)


def row_of(view: Boundaries, unit: str, period: Period, element: str, told: OnGround) -> ValueRow:
    """A figure on other boundaries as a row, with the reason where there is none and what it rests on."""
    figure = told.figure
    return ValueRow(
        unit,
        period.id,
        element,
        "default",
        view.kind,
        figure.value or NOT_REPORTED,
        figure.reported,
        figure.expected,
        None,
        reason=None if figure.value is not None else figure.reason,
        missing=_named(view, told.ground, period) if figure.value is None else (),
        estimated=figure.estimated,
        derived=told.derived is not None,
        remark=_remark(view, told, period),
    )


def _named(view: Boundaries, ground: Ground, period: Period) -> tuple[Commune, ...]:
    register = view.lineage.register
    return tuple(commune_on(register, uid, period.last) for uid in ground.missing)


def _remark(view: Boundaries, told: OnGround, period: Period) -> Sentence | None:
    if told.figure.value is None:
        return why_not(told.figure.reason, _named(view, told.ground, period))
    if told.figure.estimated:
        return ESTIMATED
    return way_sentence(told.derived) if told.derived is not None else None


ESTIMATED = say("estimated by shares of the population")


def why_not(reason: str | None, missing: tuple[Commune, ...]) -> Sentence | None:
    """Why a figure cannot be had on these boundaries, naming the units that stand in the way."""
    names = ", ".join(one.name if one.code.startswith(UID_PREFIX) else f"{one.name} ({one.code})" for one in missing)
    sentences = {
        Reason.OUTSIDE_RECORD: say("{units}: outside this record", units=names),
        Reason.SPLIT_WITHOUT_SHARES: say("{units}: cannot be divided without shares", units=names),
        Reason.NO_ACT: say("{units}: no act says what became of it, or of what it was made", units=names),
        Reason.NOT_SUMMED: say("figures of this kind are not added"),
    }
    return sentences.get(Reason(reason)) if reason in set(Reason) else None
