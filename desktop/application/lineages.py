"""The record's lineage of units, whose figures it holds, and whom a code means on the boundaries of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from db.tables import acts, offices, units
from desktop.application.figures import unknown_unit
from desktop.application.offices import Commune, OfficeView, office_of
from desktop.application.records import Record
from desktop.application.shipped_map import sure_parts
from desktop.domain.acts import DatedPart
from desktop.domain.lineage import Lineage
from desktop.domain.units import REFORM, UID_PREFIX, Register, UnitKind, spoken_code

HISTORY: Final = "history:"
"""Before an office's uid: the attribute of a unit whose figures that office keeps as history without serving it.

It travels with them, so that every record knows whose they are: the word of the unit's own office stands over them.
"""
YES: Final = "yes"
NO: Final = "no"
_TABLES: Final = ("unit", "unit_version", "unit_act", "unit_part")
_SERVED: Final = ("office_commune", "office", "office_version", "record", "unit", "unit_version")


def lineage(record: Record) -> Lineage:
    """How the units of the record follow from one another; the same object until a unit or act is written.

    By the acts of the record, and where these say nothing by what the shipped map says without any doubt.
    """

    def made() -> Lineage:
        register = units.register(record)
        return Lineage.of(known_parts(record, register), register)

    return record.cached("lineage", _TABLES, made)


def known_parts(record: Record, register: Register, more: Iterable[DatedPart] = ()) -> list[DatedPart]:
    """The parts of the record's acts and `more`, and of the shipped map where none of them speaks of the same units."""
    confirmed = [*acts.parts(record), *more]
    spoken = {unit for part in confirmed if part.date == REFORM for unit in (part.old, part.new)}
    return [*confirmed, *sure_parts(register, spoken)]


def history_units(record: Record) -> frozenset[str]:
    """The units outside the office's communes whose figures it keeps as history."""

    def read() -> frozenset[str]:
        own = offices.own(record, date.max)
        return frozenset(unit for unit, kept in keepers(record).items() if own is not None and own.uid in kept)

    return record.cached("history units", ("unit_attribute", "unit", "office", "record"), read)


def keepers(record: Record) -> Mapping[str, frozenset[str]]:
    """The offices (uids) that keep a unit's figures as history, ours and others, by the unit's uid."""

    def read() -> dict[str, frozenset[str]]:
        told = units.attributes(record, date.max)
        found = {
            uid: frozenset(
                name.removeprefix(HISTORY) for name, value in held.items() if name.startswith(HISTORY) and value != NO
            )
            for uid, held in told.items()
        }
        return {uid: kept for uid, kept in found.items() if kept}

    return record.cached("keepers of history", ("unit_attribute", "unit"), read)


def served_on(record: Record, day: date) -> frozenset[str]:
    """The uids of the communes the office serves on a day."""
    held: dict[date, frozenset[str]] = record.cached("served on days", _SERVED, dict)
    if day not in held:
        known, spans = units.register(record).units, _spans(record)
        held[day] = frozenset(span.unit for span in spans if span.holds_on(day) and known[span.unit].on(day))
    return held[day]


def _spans(record: Record) -> tuple[offices.Span, ...]:
    def read() -> tuple[offices.Span, ...]:
        own = offices.own(record, date.max)
        return tuple(offices.spans(record, own.uid)) if own is not None else ()

    return record.cached("own spans", _SERVED, read)


def communes_on(record: Record, day: date, *, beside: date) -> list[Commune]:
    """The communes of the office on the boundaries of a day, in order of their codes.

    Those it serves on the day. Where it serves a unit on the day `beside` without saying from or until when, that
    unit's territory goes on (or went before) in the units of the day.
    """
    known = lineage(record)
    later = day > beside
    open_ended = [
        span.unit
        for span in _spans(record)
        if span.holds_on(beside)
        and (span.valid_to if later else span.valid_from) is None
        and known.stands(span.unit, beside)
        and not known.stands(span.unit, day)
    ]
    uids = served_on(record, day).union(known.touching(open_ended, day))
    found = [commune_on(known.register, uid, day) for uid in uids]
    return sorted(found, key=lambda commune: (commune.code.startswith(UID_PREFIX), commune.code))


def commune_on(register: Register, uid: str, day: date) -> Commune:
    """A unit as it is called on a day; before and after it stood, by the nearest version."""
    unit = register.units[uid]
    near = unit.versions[0] if unit.began and day < unit.began else unit.versions[-1]
    version = unit.on(day) or near
    return Commune(uid, spoken_code(unit, version), version.name)


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a code means: communes of the boundaries' day, whether they are summed, and are the whole office."""

    code: str
    communes: list[Commune]
    is_sum: bool = False
    is_whole: bool = False


def meant_on(record: Record, *, unit: str | None, day: date, beside: date) -> Meant:
    """Whom a code valid on the boundaries' day means.

    As `figures.meant_communes`; a commune of the register that the office does not serve is meant too where it has
    territory in common with one that it does. The office is meant too by the code it had on the day `beside`, the last
    of the period, where nothing bears that code on the boundaries' day.
    """
    everyone = communes_on(record, day, beside=beside)
    office = office_of(record, on=day)
    if unit is None:
        code = office.unit or office.code or "" if office else ""
        return Meant(code, everyone, is_sum=True, is_whole=True)
    own = next((commune for commune in everyone if unit in (commune.code, f"{UID_PREFIX}{commune.uid}")), None)
    if own:
        return Meant(own.code, [own], is_whole=len(everyone) == 1)
    if _is_named(office, unit):
        return Meant(unit, everyone, is_sum=True, is_whole=True)
    known = lineage(record)
    found = known.register.find(unit, day)
    if found is None:
        if _is_named(office_of(record, on=beside), unit):
            return Meant(unit, everyone, is_sum=True, is_whole=True)
        raise unknown_unit(unit, day)
    if found.kind is UnitKind.COMMUNE:
        beneath = served_on(record, beside) | history_units(record)
        if not beneath & set(known.touching([found.uid], beside)):
            raise unknown_unit(unit, day)
        return Meant(unit, [commune_on(known.register, found.uid, day)])
    inside = {below.uid for below, _ in known.register.under(found.uid, day)}
    communes = [commune for commune in everyone if commune.uid in inside]
    if not communes:
        raise unknown_unit(unit, day)
    return Meant(unit, communes, is_sum=True)


def _is_named(office: OfficeView | None, unit: str) -> bool:
    """Whether a code means the office itself, as it stands on a day: a district's code goes with its reform."""
    return office is not None and unit in (office.unit, office.code, f"{UID_PREFIX}{office.unit_uid}")


def names_of(record: Record, uids: Iterable[str], day: date) -> Mapping[str, Commune]:
    """Units as they are called on a day, by uid."""
    register = units.register(record)
    return {uid: commune_on(register, uid, day) for uid in uids}
