"""The dated register of units: what stood where, under which code and name, on a day.

A unit has a stable uid; codes are reused (15 was Yên Bái and is Lào Cai) and never a key alone. A version is valid
from a day (None: before the record began) to a day inclusive (None: still).
Uids of the shipped register are UUIDv5 of kind, code and first day, the same in every copy (`contract/record.md` 6).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

REFORM: Final = date(2025, 7, 1)
UID_PREFIX: Final = "uid:"


class UnitKind(StrEnum):
    """What a unit is."""

    PROVINCE = "province"
    DISTRICT = "district"
    AREA = "area"
    COMMUNE = "commune"
    STATION = "station"
    SATELLITE = "satellite_point"
    POLYCLINIC = "polyclinic"
    HOSPITAL = "hospital"
    PRIVATE = "private_facility"
    VILLAGE = "village"


def shipped_uid(kind: UnitKind, code: str, valid_from: date | None) -> str:
    """The uid of a unit of the shipped register; an open start hashes as the empty string."""
    begun = valid_from.isoformat() if valid_from else ""
    return uid_of(f"{kind}|{code}|{begun}")


def uid_of(told: str) -> str:
    """The uid that follows from what a unit or an act is: the same in every record."""
    import uuid  # it loads `platform`, and a start makes no uid

    return str(uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_OID, "sotram/units"), told))


@dataclass(frozen=True, slots=True)
class UnitVersion:
    """Code, name and parent of a unit between two days (inclusive; None is open)."""

    valid_from: date | None
    valid_to: date | None
    code: str | None
    name: str
    parent: str | None

    def holds_on(self, day: date) -> bool:
        """Whether this version stands on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and its versions in order of time."""

    uid: str
    kind: UnitKind
    versions: tuple[UnitVersion, ...]

    def on(self, day: date) -> UnitVersion | None:
        """The version that stands on a day, or None before it began and after it ended."""
        for version in self.versions:  # written out: it is asked of every unit for every day
            begin, end = version.valid_from, version.valid_to
            if (begin is None or begin <= day) and (end is None or day <= end):
                return version
        return None

    @property
    def ended(self) -> date | None:
        """The last day of the unit, or None while it stands."""
        return self.versions[-1].valid_to

    @property
    def began(self) -> date | None:
        """The first day of the unit; None is before the record began."""
        return self.versions[0].valid_from


def spoken_code(unit: Unit, version: UnitVersion) -> str:
    """The official code, or `uid:...` for units without one: how the command line names a unit."""
    return version.code or f"{UID_PREFIX}{unit.uid}"


@dataclass(frozen=True, slots=True)
class Part:
    """One row of a reform map: an old commune, wholly or in part, went into a new one; what a second list says."""

    old: str
    new: str
    whole: bool
    second: str

    @property
    def agrees(self) -> bool:
        """Whether the second list has the same pair with the same extent."""
        return self.second == "agrees"


Standing = tuple[tuple[Unit, UnitVersion], ...]
KEPT_SPANS: Final = 32


def _turns(unit: Unit) -> Iterator[date]:
    """The days on which something of a unit is otherwise than the day before."""
    for version in unit.versions:
        if version.valid_from is not None:
            yield version.valid_from
        if version.valid_to is not None and version.valid_to < date.max:
            yield version.valid_to + timedelta(days=1)


@dataclass(slots=True)
class Register:
    """Units by uid, in register order, with look-ups by code and day."""

    units: dict[str, Unit] = field(default_factory=dict)
    _by_code: dict[str, list[str]] = field(default_factory=dict)
    _turns: list[date] = field(default_factory=list, compare=False, repr=False)
    _spans: dict[int, Standing] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, units: Iterable[Unit]) -> Register:
        """A register of units in the given order."""
        register = cls()
        for unit in units:
            register.add(unit)
        return register

    def with_units(self, units: Iterable[Unit]) -> Register:
        """The same register with some units added or replaced; this one stays as it is."""
        made = Register(dict(self.units), dict(self._by_code))
        for unit in units:
            made.units[unit.uid] = unit
            for version in unit.versions:
                uids = made._by_code.get(version.code or "", ())
                if version.code and unit.uid not in uids:
                    made._by_code[version.code] = [*uids, unit.uid]
        return made

    def add(self, unit: Unit) -> None:
        """Add or replace a unit."""
        self._turns.clear()
        self._spans.clear()
        self.units[unit.uid] = unit
        for version in unit.versions:
            if version.code:
                uids = self._by_code.setdefault(version.code, [])
                if unit.uid not in uids:
                    uids.append(unit.uid)

    def find(self, spoken: str, day: date) -> Unit | None:
        """The unit a person means by a code (or `uid:...`) on a day; codes of two kinds differ in length."""
        if spoken.startswith(UID_PREFIX):
            return self.units.get(spoken.removeprefix(UID_PREFIX))
        for uid in self._by_code.get(spoken, ()):
            version = self.units[uid].on(day)
            if version and version.code == spoken:
                return self.units[uid]
        return None

    def last_holder(self, code: str) -> list[Unit]:
        """Every unit that ever bore a code, in register order."""
        return [self.units[uid] for uid in self._by_code.get(code, ())]

    def on(self, day: date) -> Iterator[tuple[Unit, UnitVersion]]:
        """Units standing on a day, in register order."""
        return iter(self._standing(day))

    def _standing(self, day: date) -> Standing:
        """Read from all versions once for each span of days between which nothing changes; few spans are kept."""
        if not self._turns:
            self._turns.extend(sorted({turn for unit in self.units.values() for turn in _turns(unit)}))
        span = bisect_right(self._turns, day)
        found = self._spans.get(span)
        if found is None:
            every = ((unit, unit.on(day)) for unit in self.units.values())
            found = tuple((unit, version) for unit, version in every if version is not None)
            if len(self._spans) >= KEPT_SPANS:
                self._spans.clear()
            self._spans[span] = found
        return found

    def children(self, parent: str, day: date) -> list[tuple[Unit, UnitVersion]]:
        """Units whose parent on a day is the unit with this uid."""
        return [(unit, version) for unit, version in self.on(day) if version.parent == parent]

    def under(self, top: str, day: date) -> list[tuple[Unit, UnitVersion]]:
        """Everything below a unit on a day, the unit itself first."""
        inside = {top}
        found = [(unit, version) for unit, version in self.on(day) if unit.uid == top]
        grown = True
        standing = list(self.on(day))
        while grown:
            grown = False
            for unit, version in standing:
                if version.parent in inside and unit.uid not in inside:
                    inside.add(unit.uid)
                    found.append((unit, version))
                    grown = True
        return found
