"""Looking back: acts as they were entered, and what a unit was through time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from db.tables import acts as tables
from db.tables import units
from desktop.application.records import Record
from desktop.domain.acts import Act
from desktop.domain.acts_drafts import Draft, Share, Source, Target
from desktop.domain.units import UID_PREFIX, Register, spoken_code


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a unit's timeline: from a day it had this code, name and parent; by which act, if one is known.

    `before` names the units it came from, `after` those it went into (then the line tells its end); `is_proposed`: so
    says the shipped map, and nobody has confirmed it.
    """

    day: date | None
    until: date | None
    code: str
    name: str
    parent: str
    act: Act | None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    ends: bool = False
    is_proposed: bool = False


def timeline(record: Record, uid: str) -> list[Event]:
    """What a unit was through time, the oldest first, each with the act that made it so."""
    register = units.register(record)
    unit = register.units.get(uid)
    if unit is None:
        return []
    mine = [act for act in acts_of(record, uid) if not act.undone]
    found = []
    for version in unit.versions:
        act = next((act for act in mine if act.date == version.valid_from), None)
        before = tuple(_named(register, part.old) for part in act.parts if part.new == uid) if act else ()
        parent = _named(register, version.parent) if version.parent else ""
        code = spoken_code(unit, version)
        found.append(Event(version.valid_from, version.valid_to, code, version.name, parent, act, before))
    last = unit.versions[-1]
    if last.valid_to is not None and last.valid_to < date.max:
        day = last.valid_to + timedelta(days=1)
        act = next((act for act in mine if act.date == day), None)
        after = tuple(_named(register, part.new) for part in act.parts if part.old == uid) if act else ()
        found.append(Event(day, None, spoken_code(unit, last), last.name, "", act, (), after, ends=True))
    return found


def _named(register: Register, uid: str) -> str:
    return register.units[uid].versions[-1].name if uid in register.units else uid


def acts_of(record: Record, uid: str) -> list[Act]:
    """Every act that speaks of a unit, undone ones too, in order of date."""
    return [act for act in tables.acts(record) if uid in act.touched]


def draft_of(register: Register, act: Act) -> Draft:
    """An act as a person would enter it: codes of the day before and of its day; of units that are gone the uid."""
    eve = act.date - timedelta(days=1)
    shares = [
        Share(_code(register, part.old, eve), _code(register, part.new, act.date), part.share, part.basis or "")
        for part in act.parts
        if part.share is not None
    ]
    loose = {part.old for part in act.parts if not part.whole}
    froms = [Source(_code(register, uid, eve), part=uid in loose) for uid in act.froms]
    return Draft(
        act.kind, act.date, act.basis, tuple(froms), tuple(_to(register, act, uid) for uid in act.tos), tuple(shares)
    )


def _to(register: Register, act: Act, uid: str) -> Target:
    unit = register.units.get(uid)
    version = unit.on(act.date) if unit else None
    if unit is None or version is None:
        return Target(_code(register, uid, act.date))
    parent = _code(register, version.parent, act.date) if version.parent else None
    return Target(spoken_code(unit, version), version.name, unit.kind, parent)


def _code(register: Register, uid: str, day: date) -> str:
    unit = register.units.get(uid)
    return spoken_code(unit, unit.on(day) or unit.versions[-1]) if unit else f"{UID_PREFIX}{uid}"
