"""What became of a unit: which units hold its parts on a later day, and which parts of theirs come from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from db.tables import acts, units
from desktop.application import shipped
from desktop.application.records import Record
from desktop.domain.units import REFORM, Register, Unit, UnitKind, spoken_code


@dataclass(frozen=True, slots=True)
class Piece:
    """A unit (uid, as it was last called) that went, wholly or in part, into a later one."""

    uid: str
    name: str
    whole: bool
    is_ours: bool
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Proposed:
    """A commune that holds parts of units we served; `pieces` are all it is made of, empty where it went on as it was.

    Proposed (`is_ticked`) where at least half of its pieces are ours: the rest is for a person to decide.
    """

    uid: str
    code: str
    name: str
    pieces: tuple[Piece, ...]

    @property
    def outside(self) -> tuple[Piece, ...]:
        """The pieces that come from units we did not serve."""
        return tuple(piece for piece in self.pieces if not piece.is_ours)

    @property
    def is_ticked(self) -> bool:
        """Whether it is proposed to be served."""
        return 2 * len(self.outside) <= len(self.pieces)


@dataclass(frozen=True, slots=True)
class _Step:
    day: date
    old: str
    new: str
    whole: bool
    sure: bool


def proposed_communes(record: Record, *, served: Collection[str], on: date) -> list[Proposed]:
    """The communes standing on a day that are, or hold parts of, communes served before (uids), in register order."""
    register = units.register(record)
    ours, into = set(served), dict[str, list[_Step]]()
    for step in sorted(_steps(record, register), key=lambda step: step.day):
        if step.day <= on:
            into.setdefault(step.new, []).append(step)
            if step.old in ours:
                ours.add(step.new)
    return [
        Proposed(
            unit.uid,
            spoken_code(unit, version),
            version.name,
            tuple(_piece(register, step, ours) for step in into.get(unit.uid, ())),
        )
        for unit, version in register.on(on)
        if unit.uid in ours and unit.kind is UnitKind.COMMUNE
    ]


def _piece(register: Register, step: _Step, ours: Collection[str]) -> Piece:
    return Piece(step.old, register.units[step.old].versions[-1].name, step.whole, step.old in ours, step.sure)


def holders_of(record: Record, uid: str, *, on: date) -> list[Unit]:
    """The communes that stand on a day and are, or hold parts of, a commune; in register order."""
    return [units.register(record).units[one.uid] for one in proposed_communes(record, served=[uid], on=on)]


def heirs(record: Record, *, on: date) -> dict[str, list[str]]:
    """For every unit that went into others until a day: the units (uids) standing then that hold parts of it."""
    register = units.register(record)
    found: dict[str, list[str]] = {}
    for step in sorted(_steps(record, register), key=lambda step: step.day, reverse=True):
        if step.day <= on:
            further = found.get(step.new, [step.new])
            found[step.old] = list(dict.fromkeys([*found.get(step.old, ()), *further]))
    return {old: [uid for uid in into if register.units[uid].on(on) is not None] for old, into in found.items()}


def province_after(record: Record, seat: Unit, *, on: date) -> Unit | None:
    """The province that holds most of the communes of a unit on a day; the unit's own where it still stands."""
    register = units.register(record)
    last = min(on, seat.ended or on)
    before = {unit.uid for unit, _ in register.under(seat.uid, last)}  # an island district went itself
    above: Counter[str] = Counter()
    for commune in proposed_communes(record, served=before, on=on):
        version = register.units[commune.uid].on(on)
        if version is not None and version.parent is not None:
            above[_top(register, version.parent, on)] += 1
    return register.units[above.most_common(1)[0][0]] if above else None


def _top(register: Register, uid: str, day: date) -> str:
    while (version := register.units[uid].on(day)) is not None and version.parent is not None:
        uid = version.parent
    return uid


def _steps(record: Record, register: Register) -> list[_Step]:
    """The parts of the record's own acts, and of the shipped map where no act of the record speaks of the new unit."""
    own = [_Step(part.date, part.old, part.new, part.whole, True) for part in acts.parts(record)]
    decided = {step.new for step in own}
    provinces = {unit.versions[-1].code for unit in register.units.values() if unit.kind is UnitKind.PROVINCE}
    code = next((code for code in sorted(filter(None, provinces))), None)
    given = shipped.register(code)[1] if code and code in _shipped_provinces() else []
    return own + [
        _Step(REFORM, part.old, part.new, part.whole, part.agrees)
        for part in given
        if part.new not in decided and part.old in register.units and part.new in register.units
    ]


def _shipped_provinces() -> frozenset[str]:
    lists = shipped.lists()
    return frozenset(row.code for rows in (lists.old, lists.new) for row in rows.values() if not row.parent)
