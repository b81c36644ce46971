"""Where an office sits after a change of its settings: the unit told, or what became of the one it sat at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import uuid4

from db.tables import offices, units
from desktop.application.records import Record
from desktop.application.seats import KIND_OF
from desktop.application.successors import holders_of, province_after
from desktop.domain.findings import Finding, Severity
from desktop.domain.office_change import OfficeChange
from desktop.domain.text import nfc
from desktop.domain.units import Register, Unit, UnitKind, UnitVersion
from desktop.wording import Sentence, say

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewSeat:
    """The unit an office sits at from a day; `made` is an area centre's own unit that is new or renamed then."""

    unit: Unit
    version: UnitVersion
    province: Unit | None
    moved: bool
    made: Unit | None = None
    notes: tuple[Sentence, ...] = ()


class NoSeatError(Exception):
    """The office cannot sit there; carries the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.rule)
        self.finding = finding


def new_seat(record: Record, held: offices.Office, change: OfficeChange, *, on: date) -> NewSeat:
    """The seat after a change; NoSeatError where the unit told does not stand then, or nothing follows the old one."""
    register = units.register(record)
    level = change.level or held.level
    old = register.units.get(held.unit or "")
    if old is not None and change.level is None and change.unit is None and old.on(on) is None:
        return _stays(register, old, on)
    if level == "area":
        return _area(record, register, old, held, change, on)
    kind, notes = KIND_OF[level], []
    if change.unit is not None:
        unit = told_unit(register, change.unit, kind, on)
    elif old is not None and old.kind is kind and old.on(on) is not None:
        unit = old
    else:
        unit = _successor(record, old, kind, on)
        notes = [_taken(unit, on)]
    version = unit.on(on)
    assert version is not None  # noqa: S101 - each of the three stands on the day
    moved = unit.uid != held.unit or level != held.level
    return NewSeat(unit, version, top(register, unit, on), moved, notes=tuple(notes))


def _stays(register: Register, old: Unit, on: date) -> NewSeat:
    """A change of other settings leaves an office at its unit, though that ended: only the level or unit moves it."""
    last = old.ended or on
    said = say(
        "{name} ended on {day}; the office stays there until its level or unit is told.",
        name=old.versions[-1].name,
        day=last,
    )
    return NewSeat(old, old.versions[-1], top(register, old, last), False, notes=(said,))


def _taken(unit: Unit, on: date) -> Sentence:
    version = unit.on(on)
    return say("No unit was told; {name} is taken.", name=version.name if version else "")


def told_unit(register: Register, spoken: str, kind: UnitKind, on: date) -> Unit:
    """The unit of a kind that bears a code on a day; NoSeatError tells when it did stand."""
    found = register.find(spoken, on)
    if found is not None and found.kind is kind and found.on(on) is not None:
        return found
    raise NoSeatError(unknown(register, spoken, on))


def unknown(register: Register, spoken: str, on: date, advice: Sentence | None = None) -> Finding:
    """The finding for a code that means nothing fitting on a day, with when it meant something."""
    for unit in register.last_holder(spoken):
        if unit.ended is not None and unit.ended < on:
            name, last = unit.versions[-1].name, unit.ended
            advice = advice or say("{code} was {name} until {day}.", code=spoken, name=name, day=last)
        elif unit.began is not None and unit.began > on:
            name, first = unit.versions[0].name, unit.began
            advice = advice or say("{code} is {name} only from {day}.", code=spoken, name=name, day=first)
    return Finding(
        "unknown_unit",
        Severity.ERROR,
        say("No fitting unit has the code {code} on {day}.", code=spoken, day=on),
        advice or say("Look the code up with “sotram units list”."),
        unit=spoken,
    )


def top(register: Register, unit: Unit, on: date) -> Unit | None:
    """The province a unit lies in on a day."""
    version = unit.on(on)
    while version is not None and version.parent is not None:
        unit = register.units[version.parent]
        version = unit.on(on)
    return unit if version is not None and unit.kind is UnitKind.PROVINCE else None


def _successor(record: Record, old: Unit | None, kind: UnitKind, on: date) -> Unit:
    found: list[Unit] = []
    if old is not None and kind is UnitKind.COMMUNE:
        found = holders_of(record, old.uid, on=on)
    elif old is not None and kind is UnitKind.PROVINCE:
        found = [unit for unit in [province_after(record, old, on=on)] if unit is not None]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"{v.name} ({v.code})" for unit in found if (v := unit.on(on)) is not None)
    raise NoSeatError(
        Finding(
            "no_seat",
            Severity.ERROR,
            say("Tell the unit the office sits at from {day}.", day=on),
            say("Its old unit went into several: {names}.", names=names)
            if names
            else say("Look the code up with “sotram units list”."),
        )
    )


def _area(
    record: Record, register: Register, old: Unit | None, held: offices.Office, change: OfficeChange, on: date
) -> NewSeat:
    """An area centre is a unit of its own below the province told, or below the one that holds its communes."""
    notes: tuple[Sentence, ...] = ()
    told = register.find(change.unit, on) if change.unit is not None else None
    if told is not None and told.kind is UnitKind.AREA and old is not None and told.uid == old.uid:
        told = top(register, told, on)  # an area centre told by its own code stays where it is
    if change.unit is not None:
        province = told if told is not None and told.kind is UnitKind.PROVINCE else None
        if province is None:
            raise NoSeatError(
                unknown(register, change.unit, on, say("For the level area the unit is its province, for example 15."))
            )
    elif old is not None and old.kind is UnitKind.AREA and old.on(on) is not None:
        province = top(register, old, on)
    else:
        province = province_after(record, old, on=on) if old is not None else None
        notes = (_taken(province, on),) if province is not None else ()
    if province is None:
        raise NoSeatError(
            Finding(
                "no_seat",
                Severity.ERROR,
                say("Tell the unit the office sits at from {day}.", day=on),
                say("For the level area the unit is its province, for example 15."),
            )
        )
    return _own_unit(old, held, change, province, on, notes)


def _own_unit(
    old: Unit | None,
    held: offices.Office,
    change: OfficeChange,
    province: Unit,
    on: date,
    notes: tuple[Sentence, ...],
) -> NewSeat:
    name = nfc(change.name or held.name)
    code = change.code or held.code
    before = old.on(on) if old is not None and old.kind is UnitKind.AREA else None
    if old is None or before is None:
        version = UnitVersion(on, None, code, name, province.uid)
        made = Unit(str(uuid4()), UnitKind.AREA, (version,))
        return NewSeat(made, version, province, True, made, notes)
    version = replace(before, code=code, name=name, parent=province.uid)
    if version == before:
        return NewSeat(old, before, province, held.level != "area", None, notes)
    version = replace(version, valid_from=on if before.valid_from != on else before.valid_from)
    kept = [one if one is not before else replace(one, valid_to=on - DAY) for one in old.versions]
    kept = [one for one in kept if one.valid_from is None or one.valid_to is None or one.valid_from <= one.valid_to]
    versions = tuple(sorted([*kept, version], key=lambda one: one.valid_from or date.min))
    unit = Unit(old.uid, old.kind, versions)
    return NewSeat(unit, version, province, before.parent != province.uid or held.level != "area", unit, notes)
