"""Stations, satellite points and polyclinics: units of their own, linked to a commune from a day on.

A link is the dated parent of the unit; what it is on a day is a dated attribute (`kind`), because an old station
becomes a satellite point of the new one and keeps its name (Circular 43/2025/TT-BYT). Their uid is random and travels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import uuid4

from db.tables import offices, units
from desktop.application.changes import Changes, Subject, changed
from desktop.application.letterheads import default_name
from desktop.application.offices import Commune, communes_of
from desktop.application.records import Record
from desktop.application.successors import heirs
from desktop.domain.text import fold, squeeze
from desktop.domain.units import Register, Unit, UnitKind, UnitVersion, spoken_code
from desktop.errors import AppError
from desktop.wording import say

DAY: Final = timedelta(days=1)
KINDS: Final = (UnitKind.STATION, UnitKind.SATELLITE, UnitKind.POLYCLINIC)
KIND: Final = "kind"
FACILITY_CODE: Final = "facility_code"
_LONGEST: Final = 300
_STANDS: Final = say("Choose a day on which it stands.")


@dataclass(frozen=True, slots=True)
class Station:
    """A place of care on a day: what it then is, and the commune whose people it serves.

    `told_commune` (uid) is the one it was linked to, where that has ended; `commune` then is the one it went into,
    None where it was shared out.
    """

    uid: str
    kind: UnitKind
    name: str
    commune: Commune | None
    valid_from: date | None
    valid_to: date | None
    facility_code: str = ""
    told_commune: str | None = None

    @property
    def is_left_behind(self) -> bool:
        """Whether its commune has ended and nobody said yet what became of the station."""
        return self.told_commune is not None


def stations(record: Record, *, on: date) -> list[Station]:
    """Every place of care of the communes served on a day, by commune, stations before points."""
    served = {one.uid: one for one in communes_of(record, on=on)}
    order = {uid: place for place, uid in enumerate(served)}
    found = [(one, one.commune) for one in _places(record, served, on)]
    mine = [(order[home.uid], KINDS.index(one.kind), one.name, one.uid, one) for one, home in found if home is not None]
    return [one for *_, one in sorted(mine, key=lambda row: row[:4])]


def stations_of(record: Record, commune: str, on: date) -> list[Station]:
    """The stations (no points, no polyclinics) of a commune (uid) on a day: what "per stations" divides by."""
    return [one for one in places_of(record, commune, on) if one.kind is UnitKind.STATION]


def places_of(record: Record, commune: str, on: date) -> list[Station]:
    """Every place of care of a commune (uid) on a day, stations first."""
    unit = units.register(record).units.get(commune)
    version = unit.on(on) if unit is not None else None
    if unit is None or version is None:
        return []
    found = _places(record, {commune: Commune(commune, spoken_code(unit, version), version.name)}, on)
    return sorted((one for one in found if one.commune is not None), key=lambda one: KINDS.index(one.kind))


def astray(record: Record, *, on: date) -> list[Station]:
    """Places of care of communes we served that ended and were shared out: a person says to which they belong."""
    own = offices.own(record, on)
    ever = {span.unit for span in offices.spans(record, own.uid)} if own is not None else set()
    served = {one.uid: one for one in communes_of(record, on=on)}
    return [one for one in _places(record, served, on) if one.commune is None and one.told_commune in ever]


def left_behind(record: Record, *, on: date) -> dict[str, str]:
    """Places of care (uids) whose commune ended and went into one other as a whole: the uid of that one."""
    register = units.register(record)
    ended = {
        unit.uid: version.parent
        for unit, version in register.on(on)
        if unit.kind in KINDS and version.parent and register.units[version.parent].on(on) is None
    }
    into = heirs(record, on=on) if ended else {}
    return {uid: into[home][0] for uid, home in ended.items() if len(into.get(home, ())) == 1}


def _places(record: Record, communes: Mapping[str, Commune], on: date) -> list[Station]:
    """All places of care that stand on a day; `commune` is one of those given, or None."""
    register, told = units.register(record), units.attributes(record, on)
    standing = [(unit, version) for unit, version in register.on(on) if unit.kind in KINDS]
    if not standing:
        return []
    into = heirs(record, on=on)
    found = []
    for unit, version in standing:
        said = told.get(unit.uid, {})
        kind, code = UnitKind(said.get(KIND, unit.kind.value)), said.get(FACILITY_CODE, "")
        home, left = communes.get(version.parent or ""), None
        above = register.units.get(version.parent or "")
        if home is None and above is not None and above.on(on) is None:
            left = above.uid
            after = into.get(above.uid, [])
            home = communes.get(after[0]) if len(after) == 1 else None
        found.append(Station(unit.uid, kind, version.name, home, version.valid_from, version.valid_to, code, left))
    return found


# ---- one at a time


def add_station(
    record: Record,
    *,
    name: str,
    commune: str,
    valid_from: date | None,
    kind: UnitKind = UnitKind.STATION,
    facility_code: str = "",
) -> tuple[str, Changes]:
    """A new place of care of a commune (uid) from a day (None: before the record began); its uid."""
    unit = Unit(str(uuid4()), _known(kind), (UnitVersion(valid_from, None, None, _named(name), commune),))
    _fits(units.register(record), commune, valid_from)
    with record.change(say("Add {name}", name=squeeze(name)), source="office") as change:
        _put_new(record, [unit], facility_code)
    return unit.uid, changed(change.rows, Subject.OFFICE)


def _put_new(record: Record, made: Sequence[Unit], facility_code: str = "") -> None:
    """The units and what they are: the attribute goes with the next package and takes its unit along."""
    units.put_units(record, made)
    for unit in made:
        begin = unit.versions[0].valid_from
        units.put_attribute(record, unit=unit.uid, name=KIND, value=unit.kind.value, valid_from=begin)
        if facility_code:
            told = squeeze(facility_code)
            units.put_attribute(record, unit=unit.uid, name=FACILITY_CODE, value=told, valid_from=begin)


def change_station(
    record: Record,
    *,
    uid: str,
    valid_from: date,
    name: str | None = None,
    commune: str | None = None,
    kind: UnitKind | None = None,
    facility_code: str | None = None,
) -> Changes:
    """Rename it, link it to another commune, make something else of it, from a day on; what is not told stays."""
    unit = station_unit(record, uid)
    if commune is not None:
        _fits(units.register(record), commune, valid_from)
    made = _from(unit, valid_from, name=_named(name) if name is not None else None, parent=commune)
    with record.change(say("Change {name}", name=unit.versions[-1].name), source="office") as change:
        if made != unit:
            units.put_units(record, [made])
        told = {KIND: kind.value if kind is not None else None, FACILITY_CODE: facility_code}
        for key, value in told.items():
            if value is not None:
                _put_attribute(record, uid, key, squeeze(value), valid_from)
    return changed(change.rows, Subject.OFFICE)


def close_station(record: Record, *, uid: str, last: date) -> Changes:
    """It works for the last time on a day."""
    unit = station_unit(record, uid)
    kept = [one for one in unit.versions if one.valid_from is None or one.valid_from <= last]
    if not kept:
        raise AppError("before_begin", say("{name} begins after that day.", name=unit.versions[0].name), _STANDS)
    closed = replace(unit, versions=(*kept[:-1], replace(kept[-1], valid_to=last)))
    with record.change(say("Close {name}", name=unit.versions[-1].name), source="office") as change:
        if closed != unit:
            units.put_units(record, [closed])
    return changed(change.rows, Subject.OFFICE)


def station_unit(record: Record, uid: str) -> Unit:
    """The unit of a place of care; AppError `unknown_unit`."""
    unit = units.register(record).units.get(uid)
    if unit is None or unit.kind not in KINDS:
        raise AppError(
            "unknown_unit", say("No station is known as {uid}.", uid=uid), say("Choose one from the list of stations.")
        )
    return unit


def _from(unit: Unit, day: date, *, name: str | None = None, parent: str | None = None) -> Unit:
    """The unit with another name or parent from a day until the next version."""
    held = unit.on(day)
    if held is None:
        raise AppError(
            "not_then", say("{name} does not stand on {day}.", name=unit.versions[-1].name, day=day), _STANDS
        )
    after = replace(held, name=name or held.name, parent=parent or held.parent)
    if after == held:
        return unit
    before = [] if held.valid_from == day else [replace(held, valid_to=day - DAY)]
    versions: list[UnitVersion] = []
    for one in unit.versions:
        versions += [*before, replace(after, valid_from=day)] if one is held else [one]
    return replace(unit, versions=tuple(versions))


def _put_attribute(record: Record, uid: str, key: str, value: str, day: date) -> None:
    for begin, end, held in units.attribute_spans(record, uid, key):
        if (begin is None or begin <= day) and (end is None or day <= end):
            if held == value:
                return
            if begin != day:
                units.put_attribute(record, unit=uid, name=key, value=held, valid_from=begin, valid_to=day - DAY)
            units.put_attribute(record, unit=uid, name=key, value=value, valid_from=day, valid_to=end)
            return
    units.put_attribute(record, unit=uid, name=key, value=value, valid_from=day)


def _named(name: str) -> str:
    told = squeeze(name)
    if not told or len(told) > _LONGEST:
        raise AppError(
            "name_needed",
            say("A station needs a name of at most {most} letters.", most=_LONGEST),
            say("Type the name on its sign, shortened where it is longer."),
        )
    return told


def _known(kind: UnitKind) -> UnitKind:
    if kind not in KINDS:
        raise AppError(
            "bad_kind", say("This is no kind of station."), say("Choose one of: {words}.", words=", ".join(KINDS))
        )
    return kind


def _fits(register: Register, commune: str, day: date | None) -> None:
    unit = register.units.get(commune)
    if unit is None or unit.kind is not UnitKind.COMMUNE:
        raise AppError(
            "unknown_unit",
            say("No commune is known as {uid}.", uid=commune),
            say("Choose one of the office's communes."),
        )
    if day is None and unit.began is None:
        return
    if unit.on(day or date.min) is None:
        raise AppError(
            "not_then",
            say("{name} does not stand on {day}.", name=unit.versions[-1].name, day=day or unit.began or date.min),
            say("Choose a day on which the commune stands."),
        )


# ---- all at once


def without_station(record: Record, *, on: date) -> list[Commune]:
    """The communes served on a day that have no place of care yet."""
    held = {one.commune.uid for one in stations(record, on=on) if one.commune is not None}
    return [commune for commune in communes_of(record, on=on) if commune.uid not in held]


def add_usual_stations(record: Record, *, on: date, communes: Iterable[str] | None = None) -> Changes:
    """One station under its usual name for each commune without one, from the first day of its commune."""
    register, wanted = units.register(record), None if communes is None else set(communes)
    chosen = [one for one in without_station(record, on=on) if wanted is None or one.uid in wanted]
    made = []
    for one in chosen:
        begin = register.units[one.uid].began
        version = UnitVersion(begin, None, None, default_name("commune", one.name), one.uid)
        made.append(Unit(str(uuid4()), UnitKind.STATION, (version,)))
    with record.change(say("Add the stations of the communes"), source="office") as change:
        _put_new(record, made)
    return changed(change.rows, Subject.OFFICE)


@dataclass(frozen=True, slots=True)
class Joining:
    """The stations that come together in a new commune; `name` is proposed for the station of all."""

    commune: Commune
    places: tuple[Station, ...]
    name: str


def joinings(record: Record, *, on: date) -> list[Joining]:
    """The communes of a day with stations of communes that ended and went into them: nobody joined these yet."""
    found: dict[str, list[Station]] = {}
    known: dict[str, Commune] = {}
    for one in stations(record, on=on):
        if one.commune is not None:
            found.setdefault(one.commune.uid, []).append(one)
            known[one.commune.uid] = one.commune
    return [
        Joining(known[uid], tuple(places), default_name("commune", known[uid].name))
        for uid, places in found.items()
        if any(one.is_left_behind for one in places)
    ]


def join_stations(record: Record, *, on: date, chosen: Sequence[tuple[str, str]]) -> Changes:
    """From a day on the old stations of each commune told are satellite points of one station of the name told.

    `chosen`: uid of the commune and the name. A station of the commune that is not left behind goes on as it is and
    takes that name; otherwise a new one begins. Old names stay; polyclinics stay what they are.
    """
    by_commune = {one.commune.uid: one for one in joinings(record, on=on)}
    wanted = [(by_commune[commune], _named(name)) for commune, name in chosen if commune in by_commune]
    new, renewed, points = _joined(record, wanted, on)
    with record.change(say("Old stations become points of the new ones from {day}", day=on), source="office") as change:
        _put_new(record, new)
        units.put_units(record, renewed)
        for uid in points:
            _put_attribute(record, uid, KIND, UnitKind.SATELLITE.value, on)
    return changed(change.rows, Subject.OFFICE)


def _joined(
    record: Record, wanted: Iterable[tuple[Joining, str]], on: date
) -> tuple[list[Unit], list[Unit], list[str]]:
    """New stations, units that get another commune or name, and those (uids) that become points."""
    new: list[Unit] = []
    renewed: list[Unit] = []
    points: list[str] = []
    for joining, name in wanted:
        home = joining.commune.uid
        left = [one for one in joining.places if one.is_left_behind]
        renewed += [_from(station_unit(record, one.uid), on, parent=home) for one in left]
        points += [one.uid for one in left if one.kind is UnitKind.STATION]
        main = next((one for one in joining.places if one.kind is UnitKind.STATION and not one.is_left_behind), None)
        if main is None:
            new.append(Unit(str(uuid4()), UnitKind.STATION, (UnitVersion(on, None, None, name, home),)))
        elif fold(main.name) != fold(name):
            renewed.append(_from(station_unit(record, main.uid), on, name=name))
    return new, renewed, points
