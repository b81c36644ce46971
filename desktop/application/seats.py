"""Where a new office sits: the unit of its level that bears a code on a day, or bore it last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from desktop.application.letterheads import UNDER_COMMUNE
from desktop.domain.units import Register, Unit, UnitKind, UnitVersion
from desktop.errors import AppError
from desktop.wording import Sentence, say

KIND_OF: Final = {
    "commune": UnitKind.COMMUNE,
    "district": UnitKind.DISTRICT,
    "area": UnitKind.PROVINCE,
    "province": UnitKind.PROVINCE,
}


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a new office sits: the unit, its version and the day taken; `begins` is the first day of its settings."""

    unit: Unit
    version: UnitVersion
    day: date
    notes: tuple[Sentence, ...] = ()
    begins: date | None = None


def find_seat(register: Register, *, level: str, code: str, day: date) -> Seat:
    """The unit of the level's kind with this code on a day; a unit that is gone is taken on its last day, and said."""
    kind = KIND_OF[level]
    found = register.find(code, day)
    if found is not None and found.kind is kind:
        version = found.on(day)
        if version:
            return Seat(found, version, day)
    for unit in reversed(register.last_holder(code)):
        if unit.kind is not kind:
            continue
        last, first = unit.ended, unit.began
        near = last if last and last < day else first
        version = unit.on(near) if near else None
        if near and version:
            said = say("{name} does not stand on {day}; {taken} is taken.", name=version.name, day=day, taken=near)
            return Seat(unit, version, near, (said,))
    raise AppError(
        "unknown_unit",
        say("No {level} with the code {code} is in the register.", level=level, code=code),
        say("Look the code up with “sotram units list”."),
    )


def eras(level: str, seat: Seat) -> list[Seat]:
    """The seat on a day of each time that has its own usual name lines: stations came under their communes in 2026."""
    eve = UNDER_COMMUNE - timedelta(days=1)
    before, after = seat.unit.on(min(seat.day, eve)), seat.unit.on(max(seat.day, UNDER_COMMUNE))
    if level != "commune" or before is None or after is None:
        return [seat]
    later = replace(seat, day=max(seat.day, UNDER_COMMUNE), version=after, begins=UNDER_COMMUNE)
    return [replace(seat, day=min(seat.day, eve), version=before), later]


def province_of(register: Register, seat: Seat) -> tuple[str, str]:
    """Name and code of the province a seat lies in on its day."""
    unit, version = seat.unit, seat.version
    while version.parent:
        unit = register.units[version.parent]
        above = unit.on(seat.day)
        if above is None:
            break
        version = above
    return version.name, version.code or ""
