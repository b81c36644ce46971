"""The register of units, asked by people: what stands on a day, in register order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.tables import units as tables
from desktop.application import shipped
from desktop.application.figures import unknown_unit
from desktop.application.offices import communes_of, office_of
from desktop.application.records import Record
from desktop.application.stations import left_behind
from desktop.domain.units import Register, UnitKind, spoken_code


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as it stands on a day; `parent` is the parent's code, `above` its uid; the days are its version's."""

    uid: str
    code: str | None
    name: str
    kind: UnitKind
    parent: str | None
    valid_from: date | None
    valid_to: date | None
    above: str | None = None


def units_on(record: Record | None, *, day: date, under: str | None = None) -> list[UnitRow]:
    """Units standing on a day: all, or everything below one (code or `uid:...`); AppError `unknown_unit`.

    Without a record the shipped register of the whole country speaks.
    """
    register = shipped.register()[0] if record is None else tables.register(record)
    homes = left_behind(record, on=day) if record is not None else {}
    inside: set[str] | None = None
    if under is not None:
        top = register.find(under, day)
        if top is None:
            raise unknown_unit(under, day)
        below = {unit.uid for unit, _ in register.under(top.uid, day)}
        inside = (below | {uid for uid, home in homes.items() if home in below}) - {top.uid}
    told = tables.attributes(record, day) if record is not None else {}
    rows = [
        UnitRow(
            unit.uid,
            version.code,
            version.name,
            UnitKind(told.get(unit.uid, {}).get("kind", unit.kind.value)),
            _code(register, homes.get(unit.uid, version.parent), day),
            version.valid_from,
            version.valid_to,
            homes.get(unit.uid, version.parent),
        )
        for unit, version in register.on(day)
        if inside is None or unit.uid in inside
    ]
    return _as_a_list(rows)


def _as_a_list(rows: list[UnitRow]) -> list[UnitRow]:
    """Every unit after the one above it; beside each other as the first list has them, by code where some are newer.

    A commune that went on in July 2025 stands in the register far before the new ones of its province.
    """
    shown = {row.uid for row in rows}
    below: dict[str | None, list[UnitRow]] = {}
    for row in rows:
        below.setdefault(row.above if row.above in shown else None, []).append(row)
    for beside in below.values():
        if any(row.valid_from is not None for row in beside):
            beside.sort(key=lambda row: (row.code is None, row.code or ""))
    waiting, ordered = below.get(None, [])[::-1], []
    while waiting:
        ordered.append(waiting.pop())
        waiting += below.get(ordered[-1].uid, ())[::-1]
    return ordered


def _code(register: Register, uid: str | None, day: date) -> str | None:
    if uid is None:
        return None
    unit = register.units[uid]
    return spoken_code(unit, unit.on(day) or unit.versions[-1])


def codes_of(record: Record, *, day: date) -> dict[str, str]:
    """How people name every unit of the record: uid to its code on a day, or the last it had before, or `uid:...`."""
    register = tables.register(record)
    return {uid: spoken_code(unit, unit.on(day) or unit.versions[-1]) for uid, unit in register.units.items()}


def standing_day(record: Record, code: str, *, day: date) -> date:
    """The day on which a code means a unit of this record: the day itself, else the last one before it.

    History is asked for without a period: the communes of a district that is gone are meant by the codes they had.
    """
    register = tables.register(record)
    served = {commune.uid for commune in communes_of(record, on=day)}
    found = register.find(code, day)
    if found is not None and found.uid in served:
        return day
    ended = [unit.ended for unit in register.last_holder(code) if unit.ended is not None and unit.ended < day]
    return max(ended, default=day)


def last_day_of_seat(record: Record, *, day: date) -> date:
    """The day itself while the unit the office sits at stands; the unit's last day after it ended."""
    own = office_of(record, on=day)
    unit = tables.register(record).units.get(own.unit_uid or "") if own else None
    return unit.ended if unit and unit.ended and unit.ended < day else day
