"""The figures of a period's form taken from the stations' profiles: on one call, with their origin, never over typing.

A fact feeds only when it was said or confirmed in the year of the period: what nobody looked at since is named instead,
so that it is confirmed first (“copy last year”).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from db.tables import values
from db.tables.codes import DEFAULT_CATEGORY_CODE, Origin
from desktop.application import catalogue
from desktop.application.changes import NOTHING, Changes, Subject, changed
from desktop.application.entry import Typed, write_cells
from desktop.application.offices import Commune, communes_of
from desktop.application.records import Record
from desktop.application.station_profiles import facts_of_communes, profile
from desktop.domain.elements import Element, ValueType
from desktop.domain.periods import Period
from desktop.domain.stations.communes import Told
from desktop.domain.stations.profile import Item
from desktop.domain.values import NO, YES, Kind, State, Value
from desktop.wording import Sentence, say


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of the form and what the profile says; `held` None where nobody wrote one, `from_list` where we did."""

    commune: Commune
    element: Element
    item: Item
    held: Value | None
    told: Value
    from_list: bool


@dataclass(frozen=True, slots=True)
class Lacking:
    """A figure the profile cannot give yet, and why."""

    commune: Commune
    element: Element
    item: Item
    why: Sentence


@dataclass(frozen=True, slots=True)
class Fed:
    """What was written from the profiles, what was left as people had typed it, and what they could not give."""

    written: tuple[Difference, ...]
    kept: tuple[Difference, ...]
    lacking: tuple[Lacking, ...]
    changes: Changes


def feeds(record: Record) -> dict[str, Item]:
    """The items by the elements they answer; an element that continues a fed one is fed too."""
    known = catalogue.catalogue(record).elements
    by_code = {code: item for item in profile(record).items.values() for code in item.feeds}
    found: dict[str, Item] = {}
    for code, element in known.items():
        at: Element | None = element
        seen: set[str] = set()
        while at is not None and at.code not in seen:
            seen.add(at.code)
            if at.code in by_code:
                found[code] = by_code[at.code]
                break
            at = known.get(at.continues) if at.continues else None
    return found


def differences(
    record: Record,
    *,
    period: Period,
    units: Collection[str] | None = None,
    elements: Collection[str] | None = None,
) -> tuple[list[Difference], list[Lacking]]:
    """The cells of a period the profiles would fill otherwise, and those they cannot give; `units`: communes' uids."""
    communes = [one for one in communes_of(record, on=period.last) if units is None or one.uid in units]
    known = catalogue.catalogue(record).elements
    fed = {code: item for code, item in asked(record, period).items() if elements is None or code in elements}
    if not fed:
        return [], []
    told = facts_of_communes(record, on=period.last, only={item.code for item in fed.values()})
    held = {
        (cell.unit, cell.element): cell
        for cell in values.cells(
            record, periods=[period.id], units=[one.uid for one in communes], elements=list(fed), kind=Kind.ACTUAL
        )
        if cell.category == DEFAULT_CATEGORY_CODE
    }
    differing: list[Difference] = []
    lacking: list[Lacking] = []
    for commune in communes:
        for code, item in fed.items():
            value = _told(known[code], told[commune.uid][item.code])
            if isinstance(value, Sentence):
                lacking.append(Lacking(commune, known[code], item, value))
                continue
            cell = held.get((commune.uid, code))
            is_empty = cell is None or cell.value.state is State.NOT_REPORTED
            if cell is None or is_empty or cell.value != value:
                from_list = cell is not None and cell.origin is Origin.LIST
                stands = None if cell is None or is_empty else cell.value
                differing.append(Difference(commune, known[code], item, stands, value, from_list))
    return differing, lacking


def asked(record: Record, period: Period) -> dict[str, Item]:
    """The fed elements that a form of this period asks for."""
    forms = catalogue.catalogue(record).forms.values()
    asked = {element for form in forms if form.fits(period) for element in form.elements}
    return {code: item for code, item in feeds(record).items() if code in asked}


def _told(element: Element, fact: Told) -> Value | Sentence:
    """The profile's fact as the element takes it, or why it gives nothing."""
    if fact.value is None:
        return fact.why or say("It is not told.")
    if fact.old:
        return say("It was last said on {day} and not confirmed in the year.", day=fact.since)
    if element.type is ValueType.YES_NO and fact.value.amount is not None:
        return YES if fact.value.amount > 0 else NO
    return fact.value


def feed(
    record: Record,
    *,
    period: Period,
    units: Collection[str] | None = None,
    replace_typed: bool = False,
    source: str = "window",
) -> Fed:
    """Write what the profiles say into the form of a period as one change.

    What people, files or other offices wrote stays, unless `replace_typed`. A closed form refuses: AppError
    `form_checked`, `form_locked`.
    """
    differing, lacking = differences(record, period=period, units=units)
    written = [one for one in differing if one.held is None or one.from_list or replace_typed]
    kept = [one for one in differing if one not in written]
    if not written:
        return Fed((), tuple(kept), tuple(lacking), NOTHING)
    with record.change(say("Take figures from the stations' profiles"), source=source) as change:
        cells = [Typed(one.commune.uid, one.element.code, one.told) for one in written]
        write_cells(record, cells, period=period, kind=Kind.ACTUAL, origin=Origin.LIST)
    told = changed(change.rows, Subject.VALUES, Subject.SUBMISSIONS, Subject.FINDINGS)
    return Fed(tuple(written), tuple(kept), tuple(lacking), told)
