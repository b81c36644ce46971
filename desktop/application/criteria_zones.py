"""The zone (1, 2, 3) of a commune by QĐ 1300/QĐ-BYT: what a decision says, else by distance and terrain, else unknown.

It is not the area I, II, III of hard communes, which decides where vitamin A is given (`minority_area`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from db.tables import units
from desktop.application.changes import NOTHING, Changes, Subject, changed
from desktop.application.criteria_places import served_commune
from desktop.application.records import Record
from desktop.application.station_profiles import zone_of as zone_by_rule
from desktop.application.station_profiles import zones_of as zones_by_rule
from desktop.domain.criteria.sets import ZONES
from desktop.domain.text import nfc
from desktop.errors import AppError
from desktop.wording import Sentence, say

ATTRIBUTE: Final = "zone"
BASIS: Final = "zone_basis"
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone (None: not known) and what it rests on, in words."""

    number: int | None
    basis: Sentence
    is_decided: bool = False


UNKNOWN: Final = Zone(
    None,
    say("The zone is not known: type it from the decision of the health department, or the station's distance."),
)


def zones(record: Record, *, on: date) -> Mapping[str, Zone]:
    """The zones of units on a day, by uid: decided ones first, then by the rule where the stations' facts say enough.

    A commune the rule says nothing of is there too, with what is missing.
    """
    ruled = {uid: Zone(told.zone, told.why) for uid, told in zones_by_rule(record, on=on).items()}
    return ruled | _all_decided(record, on)


def zone_of(record: Record, *, unit_uid: str, on: date) -> Zone:
    """The zone of a commune (uid) on a day."""
    decided = _all_decided(record, on).get(unit_uid)
    if decided is not None:
        return decided
    told = zone_by_rule(record, commune=unit_uid, on=on)
    return Zone(told.zone, told.why)


def _all_decided(record: Record, on: date) -> dict[str, Zone]:
    attributes = units.attributes(record, on).items()
    return {uid: zone for uid, told in attributes if (zone := _decided(told)) is not None}


def _decided(told: Mapping[str, str]) -> Zone | None:
    number, basis = told.get(ATTRIBUTE, ""), told.get(BASIS, "")
    if number not in map(str, ZONES):
        return None
    words = (
        say("Zone {zone} by {basis}.", zone=number, basis=basis) if basis else say("Zone {zone}, typed.", zone=number)
    )
    return Zone(int(number), words, is_decided=True)


def set_zone(
    record: Record, *, unit: str, zone: int | None, day: date, basis: str = "", source: str = "criteria"
) -> Changes:
    """Say which zone a commune is in from a day on, and by which decision; None: no longer said.

    AppErrors: `unknown_unit`, `bad_zone`.
    """
    if zone is not None and zone not in ZONES:
        raise AppError(
            "bad_zone",
            say("{zone} is no zone.", zone=str(zone)),
            say("The zones are 1, 2 and 3 by distance and terrain; the areas I, II and III are something else."),
        )
    commune = served_commune(record, unit, day)
    told = {ATTRIBUTE: str(zone or ""), BASIS: nfc(basis).strip() if zone else ""}
    if _all_decided(record, day).get(commune.uid) == _decided(told):
        return NOTHING
    with record.change(say("Say the zone of {commune}", commune=commune.name), source=source) as change:
        for name, value in told.items():
            _put(record, commune.uid, name, value, day)
    return changed(change.rows, Subject.CRITERIA, Subject.UNITS)


def _put(record: Record, uid: str, name: str, value: str, day: date) -> None:
    """From a day on, until the next day something else was said from."""
    spans = units.attribute_spans(record, uid, name)
    for begin, end, held in spans:
        if (begin is None or begin <= day) and (end is None or day <= end):
            if begin != day:
                units.put_attribute(record, unit=uid, name=name, value=held, valid_from=begin, valid_to=day - _DAY)
            units.put_attribute(record, unit=uid, name=name, value=value, valid_from=day, valid_to=end)
            return
    later = [begin for begin, _, _ in spans if begin is not None and begin > day]
    end = min(later) - _DAY if later else None
    if value or spans:
        units.put_attribute(record, unit=uid, name=name, value=value, valid_from=day, valid_to=end)
