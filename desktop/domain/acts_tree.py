"""Whether a register is a tree on every day: everybody has one unit above, and a code means one unit of a kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.domain.units import Register, Unit, UnitKind, UnitVersion
from desktop.wording import Sentence, say

# A unit lies under one of a smaller rank, so nothing can lie under itself.
RANK: Final = {
    UnitKind.PROVINCE: 0,
    UnitKind.DISTRICT: 1,
    UnitKind.AREA: 1,
    UnitKind.COMMUNE: 2,
    UnitKind.STATION: 3,
    UnitKind.HOSPITAL: 3,
    UnitKind.POLYCLINIC: 3,
    UnitKind.PRIVATE: 3,
    UnitKind.SATELLITE: 4,
    UnitKind.VILLAGE: 4,
}

_ANOTHER_PARENT: Final = say("Tell the code of the unit it belongs to from that day.")
ADVICE: Final = {
    "act_no_parent": _ANOTHER_PARENT,
    "act_orphan": _ANOTHER_PARENT,
    "act_rank": say("A commune belongs to a province (until 30 June 2025 to a district), a district to a province."),
    "act_code_twice": say("Use another code, or tell the unit that bears it among those before the act."),
    "act_overlap": say("Look at its line through time; undo the act that came later, then enter this one."),
    "act_ends_first": say("Look at its line through time; undo the act that came later, then enter this one."),
}
"""What to do about a fault, by its rule."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why it would be no tree; `uid` is the unit at fault, `other` the one it clashes with."""

    rule: str
    uid: str
    other: str
    message: Sentence


def first_day(version: UnitVersion) -> date:
    """The first day of a version; an open start is before all days."""
    return version.valid_from or date.min


def last_day(version: UnitVersion) -> date:
    """The last day of a version; an open end is after all days."""
    return version.valid_to or date.max


def faults(register: Register, uids: Iterable[str]) -> dict[tuple[str, str, str], Fault]:
    """What is wrong about some units, by rule, unit and the other unit."""
    found: dict[tuple[str, str, str], Fault] = {}
    for uid in uids:
        unit = register.units.get(uid)
        for fault in _of(register, unit) if unit else ():
            found.setdefault((fault.rule, fault.uid, fault.other), fault)
    return found


def _of(register: Register, unit: Unit) -> Iterator[Fault]:
    for before, after in zip(unit.versions, unit.versions[1:], strict=False):
        if last_day(before) >= first_day(after):
            said = say("{name} would have two names or codes on {day}.", name=after.name, day=first_day(after))
            yield Fault("act_overlap", unit.uid, "", said)
    for version in unit.versions:
        if first_day(version) > last_day(version):
            said = say("{name} would end before it begins.", name=version.name)
            yield Fault("act_ends_first", unit.uid, "", said)
        yield from _above(register, unit, version)
        yield from _same_code(register, unit, version)


def _above(register: Register, unit: Unit, version: UnitVersion) -> Iterator[Fault]:
    if version.parent is None:
        if unit.kind is not UnitKind.PROVINCE:
            yield Fault("act_no_parent", unit.uid, "", say("{name} would have no unit above it.", name=version.name))
        return
    parent = register.units.get(version.parent)
    if parent is None:
        yield Fault(
            "act_orphan", unit.uid, version.parent, say("{name} would have no unit above it.", name=version.name)
        )
        return
    if RANK[parent.kind] >= RANK[unit.kind]:
        named = parent.versions[-1].name
        said = say("{name} cannot lie under {parent}.", name=version.name, parent=named)
        yield Fault("act_rank", unit.uid, parent.uid, said)
    for day in (first_day(version), last_day(version)):
        if parent.on(day) is None:
            said = say(
                "{name} would lie under {parent} on days when that unit does not stand.",
                name=version.name,
                parent=parent.versions[-1].name,
            )
            yield Fault("act_orphan", unit.uid, parent.uid, said)


def _same_code(register: Register, unit: Unit, version: UnitVersion) -> Iterator[Fault]:
    for other in register.last_holder(version.code) if version.code else ():
        if other.uid == unit.uid or other.kind is not unit.kind:
            continue
        for held in other.versions:
            if held.code != version.code:
                continue
            begin = max(first_day(version), first_day(held))
            if begin <= min(last_day(version), last_day(held)):
                yield Fault("act_code_twice", unit.uid, other.uid, _twice(version, held, begin))


def _twice(version: UnitVersion, held: UnitVersion, begin: date) -> Sentence:
    if begin == date.min:
        return say(
            "{name} and {other} would both bear the code {code}.",
            name=version.name,
            other=held.name,
            code=version.code or "",
        )
    return say(
        "{name} and {other} would both bear the code {code} on {day}.",
        name=version.name,
        other=held.name,
        code=version.code or "",
        day=begin,
    )
