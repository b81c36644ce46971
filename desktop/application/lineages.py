"""The record's lineage of units, whose figures it holds, and whom a code means on the boundaries of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from db.tables import acts, offices, periods, units, values
from desktop.application.figures import unknown_unit
from desktop.application.offices import Commune, communes_of, office_of
from desktop.application.records import Record
from desktop.application.shipped_map import sure_parts
from desktop.domain.lineage import Lineage
from desktop.domain.periods import Period
from desktop.domain.units import REFORM, UID_PREFIX, Register, UnitKind, spoken_code

HISTORY: Final = "history"
"""The attribute of a unit of the register whose figures the office keeps as history without serving it."""
YES: Final = "yes"
NO: Final = "no"
_TABLES: Final = ("unit", "unit_version", "unit_act", "unit_part")


def lineage(record: Record) -> Lineage:
    """How the units of the record follow from one another; the same object until a unit or act is written.

    By the acts of the record, and where these say nothing by what the shipped map says without any doubt.
    """

    def made() -> Lineage:
        register, confirmed = units.register(record), acts.parts(record)
        spoken = {unit for part in confirmed if part.date == REFORM for unit in (part.old, part.new)}
        return Lineage.of((*confirmed, *sure_parts(register, spoken)), register)

    return record.cached("lineage", _TABLES, made)


def history_units(record: Record) -> frozenset[str]:
    """The units outside the office's communes whose figures it keeps as history."""
    return record.cached(
        "history units",
        ("unit_attribute", "unit"),
        lambda: frozenset(
            uid for uid, held in units.attributes(record, date.max).items() if held.get(HISTORY, NO) != NO
        ),
    )


def holding(record: Record, period: Period) -> frozenset[str]:
    """The units whose figures of a period this record holds: served on its last day, kept as history, or reported."""
    served = {commune.uid for commune in communes_of(record, on=period.last)}
    number = periods.ids(record).get(period.id)
    written = values.units_with_figures(record, period=number) if number is not None else set()
    return frozenset(served | history_units(record) | written)


def communes_on(record: Record, day: date, *, beside: date) -> list[Commune]:
    """The communes of the office on the boundaries of a day, in order of their codes.

    Those it serves on the day. Where it serves a unit on the day `beside` without saying from or until when, that
    unit's territory goes on (or went before) in the units of the day.
    """
    served = communes_of(record, on=day)
    own = offices.own(record, day)
    known = lineage(record)
    if own is None:
        return served
    later = day > beside
    open_ended = [
        span.unit
        for span in offices.spans(record, own.uid)
        if span.holds_on(beside)
        and (span.valid_to if later else span.valid_from) is None
        and known.stands(span.unit, beside)
        and not known.stands(span.unit, day)
    ]
    missing = set(known.touching(open_ended, day)) - {commune.uid for commune in served}
    found = [*served, *(commune_on(known.register, uid, day) for uid in missing)]
    return sorted(found, key=lambda commune: (commune.code.startswith(UID_PREFIX), commune.code))


def lost_between(record: Record, day: date, *, beside: date) -> tuple[str, ...]:
    """The communes served on one day of which no act says where their territory lies on the other."""
    known = lineage(record)
    return tuple(commune.uid for commune in communes_of(record, on=beside) if not known.touching([commune.uid], day))


def commune_on(register: Register, uid: str, day: date) -> Commune:
    """A unit as it is called on a day; before and after it stood, by the nearest version."""
    unit = register.units[uid]
    near = unit.versions[0] if unit.began and day < unit.began else unit.versions[-1]
    version = unit.on(day) or near
    return Commune(uid, spoken_code(unit, version), version.name)


def meant_on(record: Record, *, unit: str | None, day: date, beside: date) -> tuple[str, list[Commune], bool]:
    """Whom a code valid on the boundaries' day means: (code, communes standing on that day, whether they are summed).

    As `figures.meant_communes`; a commune of the register that the office does not serve is meant too where it has
    territory in common with one that it does.
    """
    everyone = communes_on(record, day, beside=beside)
    office = office_of(record, on=day)
    if unit is None:
        return (office.unit or office.code or "" if office else ""), everyone, True
    own = next((commune for commune in everyone if unit in (commune.code, f"{UID_PREFIX}{commune.uid}")), None)
    if own:
        return own.code, [own], False
    if office and unit in (office.unit, office.code, f"{UID_PREFIX}{office.unit_uid}"):
        return unit, everyone, True
    known = lineage(record)
    found = known.register.find(unit, day)
    if found is None:
        raise unknown_unit(unit, day)
    if found.kind is UnitKind.COMMUNE:
        beneath = {commune.uid for commune in communes_of(record, on=beside)} | history_units(record)
        if not beneath & set(known.touching([found.uid], beside)):
            raise unknown_unit(unit, day)
        return unit, [commune_on(known.register, found.uid, day)], False
    inside = {below.uid for below, _ in known.register.under(found.uid, day)}
    communes = [commune for commune in everyone if commune.uid in inside]
    if not communes:
        raise unknown_unit(unit, day)
    return unit, communes, True


def names_of(record: Record, uids: Iterable[str], day: date) -> Mapping[str, Commune]:
    """Units as they are called on a day, by uid."""
    register = units.register(record)
    return {uid: commune_on(register, uid, day) for uid in uids}
