"""Supplements given to children, and the register of acute malnutrition: written, listed, counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from db.tables import care as rows
from db.tables import children as people
from db.tables import weighing
from desktop.application import access
from desktop.application.changes import Changes, Subject, changed
from desktop.application.children import entries_of, joined, one, statuses_of, territory
from desktop.application.children_writing import measure_in
from desktop.application.growth import scores
from desktop.application.records import Record
from desktop.domain.child_care import (
    LEAST_MONTHS,
    CareCount,
    Degree,
    Given,
    Treatment,
    count,
    degree_of,
)
from desktop.domain.children import LAST_DAY, Child, Measurement, residence
from desktop.domain.children_growth import Visit, scored
from desktop.domain.growth.ages import completed_months
from desktop.domain.growth.classes import Class, acute_class, arm_class, class_of
from desktop.domain.growth.scores import Index
from desktop.domain.text import name_sort_key, squeeze
from desktop.errors import AppError
from desktop.wording import Sentence, say

NEAR: Final = 31
"""Days before a stay in which a measurement still says how the child came."""
_MOST_DOSES: Final = 1000


@dataclass(frozen=True, slots=True)
class CarePage:
    """What was ever given to a child and its stays on the register, oldest first."""

    given: tuple[Given, ...]
    treatments: tuple[Treatment, ...]


@dataclass(frozen=True, slots=True)
class Registered:
    """A line of the register: the child, the commune (uid) it lives in, how it came and what was found last."""

    child: Child
    unit: str
    treatment: Treatment
    came: Measurement | None
    last: Measurement | None


@dataclass(frozen=True, slots=True)
class Counted:
    """The care of one commune (uid) between two days."""

    unit: str
    care: CareCount


# ---- writing ----


def give(record: Record, *, given: Sequence[Given], today: date, source: str = "window") -> Changes:
    """Write supplements, whole rows, as one change; without a dose the row goes. AppError `bad_day`, `bad_doses`."""
    known = people.by_uid(record, {told.child for told in given})
    for told in given:
        _check_day(known.get(told.child) or one(record, told.child), told.day, today)
        if not 0 <= told.doses <= _MOST_DOSES:
            raise AppError(
                "bad_doses", say("{doses} doses cannot be.", doses=told.doses), say("Type a number from 1 to 1000.")
            )
    with record.change(_what(given), source=source) as change:
        rows.put_given(record, [replace(told, note=squeeze(told.note)) for told in given])
    return changed(change.rows, Subject.CHILDREN)


def _what(given: Sequence[Given]) -> Sentence:
    if len(given) == 1:
        return say("Note a supplement given on {day}", day=given[0].day)
    return say("Note supplements given: {count}", count=len(given))


def treat(
    record: Record, *, treatment: Treatment, today: date, measured: Measurement | None = None, source: str = "window"
) -> Changes:
    """Write a stay on the register, and what was measured on its first day, as one change.

    AppError `bad_day`, `bad_treatment` (an end without an outcome, or before the beginning), `in_care` (another stay
    of the child is still open on the day).
    """
    child = one(record, treatment.child)
    _check_day(child, treatment.since, today)
    if treatment.until is not None:
        _check_day(child, treatment.until, today)
    _check_end(treatment)
    for held in care_page(record, uid=child.uid).treatments:
        if held.since < treatment.since and held.is_open(treatment.since):
            raise AppError(
                "in_care",
                say("The child is on the register since {day} already.", day=held.since),
                say("Write how that treatment ended first."),
            )
    with record.change(say("Write a treatment of acute malnutrition"), source=source) as change:
        rows.put_treatment(record, replace(treatment, note=squeeze(treatment.note)))
        if measured is not None:
            measure_in(record, [measured])
    return changed(change.rows, Subject.CHILDREN)


def take_back(record: Record, *, child: str, since: date, source: str = "window") -> Changes:
    """Take a stay written by mistake off the register; undo brings it back."""
    with record.change(say("Take a treatment off the register"), source=source) as change:
        rows.take_treatment_away(record, child, since)
    return changed(change.rows, Subject.CHILDREN)


def _check_day(child: Child, day: date, today: date) -> None:
    born = child.birth_date
    if day > today or (born is not None and day < born):
        raise AppError(
            "bad_day",
            say("{day} lies in the future or before the birth of the child.", day=day),
            say("Type the day on which it was given or begun."),
        )


def _check_end(treatment: Treatment) -> None:
    if (treatment.until is None) != (treatment.outcome is None) or (
        treatment.until is not None and treatment.until < treatment.since
    ):
        raise AppError(
            "bad_treatment",
            say("The end of a treatment needs a day not before its beginning and how it ended."),
            say("Type both, or neither while the child is still treated."),
        )


# ---- reading ----


def care_page(record: Record, *, uid: str) -> CarePage:
    """The care of a child, of all its entries; of one day the word of the entry that is kept counts."""
    entries = people.group(record, uid)
    return _pages(record, {entries[0]: entries})[entries[0]]


def care_of(record: Record, uids: Collection[str]) -> dict[str, CarePage]:
    """The care of children as they are kept, by uid."""
    return _pages(record, entries_of(record, uids))


def _pages(record: Record, entries: Mapping[str, Sequence[str]]) -> dict[str, CarePage]:
    every = [uid for group in entries.values() for uid in group]
    given: dict[str, list[Given]] = {}
    for told in rows.given_to(record, every):
        given.setdefault(told.child, []).append(told)
    stays: dict[str, list[Treatment]] = {}
    for held in rows.treatments_of(record, every):
        stays.setdefault(held.child, []).append(held)
    found = {}
    for kept, group in entries.items():
        known = {(one.day, one.what): one for uid in reversed(group) for one in given.get(uid, ())}
        lasting = {one.since: one for uid in reversed(group) for one in stays.get(uid, ())}
        found[kept] = CarePage(
            tuple(known[place] for place in sorted(known)), tuple(lasting[day] for day in sorted(lasting))
        )
    return found


def proposed_degree(child: Child, measured: Measurement) -> Degree | None:
    """What weight for height, arm and oedema of a visit say; None where they say nothing bad."""
    return degree_of(_acute(child, measured))


def _acute(child: Child, measured: Measurement) -> Class | None:
    visit = Visit(measured.day, measured.weight, measured.lenhei, measured.position, measured.oedema, measured.muac)
    found = scores([scored(child, visit)])[0]
    by_weight = class_of(Index.WH, found.of(Index.WH), oedema=measured.oedema)
    return acute_class(by_weight, arm_class(measured.muac, child.age_on(measured.day)))


def age_remark(child: Child, since: date) -> Sentence | None:
    """What a person should know of the age: the register is of children of 6 to 59 months."""
    age = child.age_on(since)
    if age is None or child.birth_date is None:
        return say("The birth date is not known: whether the child is 6 to 59 months old cannot be said.")
    months = completed_months(child.birth_date, since)
    if months < LEAST_MONTHS or age > LAST_DAY:
        return say("The child is {months} months old; the register is of children of 6 to 59 months.", months=months)
    return None


def register(
    record: Record, *, communes: Sequence[str], first: date, last: date, log: bool = False
) -> list[Registered]:
    """The register of some communes (uids) between two days: stays that lasted on any day of them, open ones first."""
    places = {old: commune for commune in communes for old in territory(record, commune, last)}
    with record.reading():
        told = people.aliases(record)
        held = [(unit, stay) for unit, stay in rows.treatments_between(record, first, last) if unit in places]
        kept = {people.resolve(told, stay.child) for _, stay in held}
        entries = entries_of(record, kept)
        known = people.by_uid(record, kept)
        statuses = statuses_of(record, list(known))
        histories = weighing.of_children(record, [uid for group in entries.values() for uid in group], until=last)
    found: dict[tuple[str, date], Registered] = {}
    for unit, stay in held:
        uid = people.resolve(told, stay.child)
        child = known.get(uid)
        if child is None or child.struck:
            continue
        history = [visit for visit in joined(entries[uid], histories) if not visit.absent]
        lives = places.get(residence(child, statuses.get(uid, ()), last), places[unit])
        found[uid, stay.since] = Registered(
            child, lives, replace(stay, child=uid), _near(history, stay.since), history[-1] if history else None
        )
    if log:
        access.look(record, what="list", about=f"{first.isoformat()}/{last.isoformat()}", rows=len(found))
    order = {commune: place for place, commune in enumerate(communes)}
    return sorted(
        found.values(),
        key=lambda line: (
            order.get(line.unit, len(order)), not line.treatment.is_open(last), line.treatment.since,
            name_sort_key(line.child.name),
        ),
    )  # fmt: skip


def _near(history: Iterable[Measurement], day: date) -> Measurement | None:
    near = [visit for visit in history if 0 <= (day - visit.day).days <= NEAR]
    return max(near, key=lambda visit: visit.day, default=None)


def counts(record: Record, *, communes: Sequence[str], first: date, last: date) -> list[Counted]:
    """What was done for the children of each commune (uid) between two days, in the order given."""
    places = {old: commune for commune in communes for old in territory(record, commune, last)}
    with record.reading():
        told = people.aliases(record)
        given, stays = rows.given_between(record, first, last), rows.treatments_between(record, first, last)
    mine: dict[str, tuple[list[Given], list[Treatment]]] = {commune: ([], []) for commune in communes}
    for unit, one_given in given:
        if unit in places:
            mine[places[unit]][0].append(replace(one_given, child=people.resolve(told, one_given.child)))
    for unit, stay in stays:
        if unit in places:
            mine[places[unit]][1].append(replace(stay, child=people.resolve(told, stay.child)))
    return [Counted(commune, count(*mine[commune], first=first, last=last)) for commune in communes]
