"""The profile of each place of care on a day, and the facts of communes read from it.

Facts hold from their day until the next; one that was not said or confirmed in the year of the day asked about is
*old*, and says so. The zone follows QĐ 1300/QĐ-BYT by rule; what Sở Y tế decided stands beside it as told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from db.tables import stations as tables
from db.tables import units
from desktop.application.offices import communes_of
from desktop.application.records import Record
from desktop.application.stations import Station, astray, places_of, stations
from desktop.domain.stations import villages
from desktop.domain.stations.communes import GROUND, Place, Told, staff, told, zoned
from desktop.domain.stations.doubts import Doubt, beside_list, doubts
from desktop.domain.stations.facts import (
    Completeness,
    Difference,
    Fact,
    applies,
    asked_of,
    completeness,
    differences,
    is_confirmed,
    on_day,
)
from desktop.domain.stations.lists import LISTS, with_counts
from desktop.domain.stations.profile import Group, Item, Profile
from desktop.domain.stations.zones import Zoned
from desktop.domain.text import fold
from desktop.domain.units import UnitKind
from desktop.domain.values import Value
from desktop.errors import AppError
from desktop.exchange.station_profile_file import read_profile
from desktop.system.paths import resource
from desktop.wording import say

FILE: Final = "stations.yaml"
_BY_UID: Final = say("Write the uid of the one that is meant.")
_PLACES: Final = (
    *("unit", "unit_version", "unit_attribute", "unit_alias", "unit_act", "unit_part"),
    *("office", "office_version", "office_commune"),
)


@cache
def shipped_profile() -> Profile:
    """What the program ships; a fault in it is a fault of the program."""
    found, findings = read_profile(resource("catalogue", FILE).read_text(encoding="utf-8"), FILE)
    if found is None:
        raise AssertionError([str(finding.message) for finding in findings])
    return found


def profile(record: Record | None) -> Profile:
    """What is asked: the shipped profile with the office's lists of equipment and drugs."""
    if record is None:
        return shipped_profile()
    return record.cached("station profile", ("station_item",), lambda: _with_lists(record))


def _with_lists(record: Record) -> Profile:
    own = tables.items(record)
    return shipped_profile().with_lists({name: tuple(one for one in own if one.listed == name) for name in LISTS})


# ---- one place


@dataclass(frozen=True, slots=True)
class Line:
    """An item of a place: what holds, what held on an earlier day, and what does not fit.

    `counted`: it follows from the office's list and is not typed. `old`: not confirmed in the year. `idle`: another
    answer of the place makes it not asked.
    """

    item: Item
    fact: Fact | None
    before: Value | None
    counted: bool = False
    old: bool = False
    doubt: Doubt | None = None
    idle: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether it is answered otherwise than on the earlier day."""
        return (self.fact.value if self.fact is not None else None) != self.before


@dataclass(frozen=True, slots=True)
class Sheet:
    """The profile of a place on a day; `earlier` is the day of `Line.before`. `staff`: sum, cadres not told."""

    place: Station
    day: date
    earlier: date
    groups: tuple[tuple[Group, tuple[Line, ...]], ...]
    completeness: Completeness
    staff: tuple[Value, int]

    @property
    def lines(self) -> list[Line]:
        """All lines in order."""
        return [line for _, lines in self.groups for line in lines]


def sheet(record: Record, *, uid: str, on: date, against: date | None = None) -> Sheet:
    """The profile of a place (uid) on a day, beside an earlier one (a year before); AppError `unknown_unit`."""
    place = place_on(record, uid, on)
    asked = profile(record)
    said = said_of(record, place.uid)
    before_day = against or a_year_before(on)
    raw, past_raw = on_day(said, on), on_day(said, before_day)
    now, before = with_counts(asked, raw), with_counts(asked, past_raw)
    wrong = {doubt.item.code: doubt for doubt in (*doubts(asked, now, on), *beside_list(asked, raw, now, on))}
    counted = asked.counted | villages.counted(raw)

    def line(item: Item) -> Line:
        fact, held = now.get(item.code), before.get(item.code)
        is_old = fact is not None and not is_confirmed(fact, on)
        past = held.value if held is not None else None
        is_idle = fact is None and not applies(item, now)
        return Line(item, fact, past, item.code in counted, is_old, wrong.get(item.code), is_idle)

    own = villages.listed(past_raw | raw) if place.kind is UnitKind.STATION else []
    groups = tuple(
        (group, tuple(line(item) for item in (*items, *(own if group.code == villages.GROUP else ()))))
        for group, items in asked.of(place.kind)
    )
    items = asked_of(asked, place.kind)
    return Sheet(place, on, before_day, groups, completeness(items, now, on), staff(asked, now))


def changes_between(record: Record, *, uid: str, before: date, after: date) -> list[Difference]:
    """What is answered otherwise on two days of one place, in the profile's order."""
    said, asked = said_of(record, uid), profile(record)
    then, now = (with_counts(asked, on_day(said, day)) for day in (before, after))
    return [*differences(asked.items.values(), then, now), *differences(villages.listed(then | now), then, now)]


def a_year_before(day: date) -> date:
    """The same day of the year before."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def history_of(record: Record, *, uid: str, item: str) -> list[Fact]:
    """Everything ever said of an item of a place, the latest first."""
    return [fact for fact in reversed(said_of(record, uid)) if fact.item == item]


def said_of(record: Record, uid: str) -> list[Fact]:
    """Every fact of one place (uid), oldest first: read once until a fact is written."""
    kept = ("station_fact", "unit", "unit_alias")
    return record.cached(f"station facts {uid}", kept, lambda: tables.facts(record, [uid])[uid])


def place_on(record: Record, uid: str, on: date) -> Station:
    """A place of care served, or astray, on a day; AppError `unknown_unit`."""
    uid = units.resolve(record, uid)
    found = next((one for one in all_places(record, on=on) if one.uid == uid), None)
    if found is None:
        raise _no_place(uid, on)
    return found


def all_places(record: Record, *, on: date) -> list[Station]:
    """Every place of care on a day, also those whose commune was shared out."""
    return record.cached(f"places of care {on}", _PLACES, lambda: [*stations(record, on=on), *astray(record, on=on)])


def place_named(record: Record, name: str, *, on: date) -> Station:
    """A place by `uid:…`, facility code, name, or the code of a commune with one station; AppError `unknown_unit`."""
    places = all_places(record, on=on)
    wanted = fold(name)
    for found in (
        [one for one in places if name in (one.uid, f"uid:{one.uid}")],
        [one for one in places if one.facility_code and one.facility_code == name],
        [one for one in places if one.commune and one.commune.code == name and one.kind is one.kind.STATION],
        [one for one in places if fold(one.name) == wanted],
        _loosely(places, name),
    ):
        if len(found) == 1:
            return found[0]
        if found:
            names = "; ".join(f"{one.name} (uid:{one.uid})" for one in found)
            raise AppError("ambiguous_unit", say("“{name}” may be: {names}.", name=name, names=names), _BY_UID)
    raise _no_place(name, on)


def _loosely(places: Sequence[Station], name: str) -> list[Station]:
    """The places a name means as people write it: that of the commune, or without “Trạm y tế xã”."""
    from desktop.exchange.unit_names import KnownUnit, Sureness, UnitNames

    known = [
        KnownUnit(one.uid, one.name, (one.commune.name,) if _is_main(one) and one.commune else ()) for one in places
    ]
    found = UnitNames(known).by_name(name)
    sure = found.sureness in (Sureness.SURE, Sureness.OTHER_MARKS) and found.unit is not None
    return [one for one in places if sure and found.unit is not None and one.uid == found.unit.code]


def _is_main(one: Station) -> bool:
    return one.kind is UnitKind.STATION


def _no_place(name: str, on: date) -> AppError:
    return AppError(
        "unknown_unit",
        say("No station is known as {name} on {day}.", name=name, day=on),
        say("“sotram stations list” shows those that stand then; new ones are added under Administration, Stations."),
    )


# ---- all places


@dataclass(frozen=True, slots=True)
class Summary:
    """A place in the list of all: how much is answered, and how many answers do not fit."""

    place: Station
    completeness: Completeness
    doubts: int


def summary_of(held: Sheet) -> Summary:
    """The same from a profile that was read."""
    return Summary(held.place, held.completeness, sum(line.doubt is not None for line in held.lines))


def summaries(record: Record, *, on: date, only: str | None = None) -> list[Summary]:
    """Every place of care on a day, or one (uid), with its completeness; read once until something is written."""
    kept = ("station_fact", "station_item", *_PLACES)
    if only is None:
        return record.cached(f"station summaries {on}", kept, lambda: _summaries(record, on, None))
    return _summaries(record, on, only)


def _summaries(record: Record, on: date, only: str | None) -> list[Summary]:
    asked = profile(record)
    places = [one for one in all_places(record, on=on) if only in (None, one.uid)]
    said = tables.standing(record, [one.uid for one in places], on=on)
    return [_summary(asked, place, said[place.uid], on) for place in places]


def _summary(asked: Profile, place: Station, raw: Mapping[str, Fact], on: date) -> Summary:
    now = with_counts(asked, raw)
    wrong = {one.item.code for one in (*doubts(asked, now, on), *beside_list(asked, raw, now, on))}
    return Summary(place, completeness(asked_of(asked, place.kind), now, on), len(wrong))


def standings(
    record: Record, places: Sequence[Station], *, on: date, only: Collection[str] | None = None
) -> list[tuple[Station, dict[str, Fact]]]:
    """What holds of each place on a day; `only`: these items (codes), none of them counted from a list."""
    said, asked = tables.standing(record, [one.uid for one in places], on=on, items=only), profile(record)
    return [(one, with_counts(asked, said[one.uid])) for one in places]


# ---- communes


def commune_facts(record: Record, *, commune: str, on: date) -> dict[str, Told]:
    """Every item for a commune (uid) on a day, from its places."""
    return told(profile(record), _of_commune(record, commune, on), on)


def _of_commune(record: Record, commune: str, on: date) -> list[Place]:
    here = [one for one in all_places(record, on=on) if one.commune is not None and one.commune.uid == commune]
    asked = profile(record)
    return [
        Place(one.uid, one.name, one.kind, with_counts(asked, on_day(said_of(record, one.uid), on)))
        for one in here or places_of(record, commune, on)
    ]


def facts_of_communes(record: Record, *, on: date, only: Collection[str] | None = None) -> dict[str, dict[str, Told]]:
    """The same for every commune served on a day; `only`: these items (codes)."""
    by_commune: dict[str, list[Station]] = {one.uid: [] for one in communes_of(record, on=on)}
    for place in all_places(record, on=on):
        if place.commune is not None and place.commune.uid in by_commune:
            by_commune[place.commune.uid].append(place)
    asked = profile(record)
    read = None if only is None or not asked.counted.isdisjoint(only) else only
    everyone = [one for places in by_commune.values() for one in places]
    held = {
        one.uid: Place(one.uid, one.name, one.kind, now) for one, now in standings(record, everyone, on=on, only=read)
    }
    return {uid: told(asked, [held[one.uid] for one in places], on, only=only) for uid, places in by_commune.items()}


def zone_of(record: Record, *, commune: str, on: date) -> Zoned:
    """The zone of a commune (uid) by the rule of QĐ 1300, or why none can be said."""
    return zoned(told(profile(record), _of_commune(record, commune, on), on, only=GROUND))


def zones_of(record: Record, *, on: date) -> dict[str, Zoned]:
    """The same for every commune served on a day."""
    return {uid: zoned(facts) for uid, facts in facts_of_communes(record, on=on, only=GROUND).items()}


def decided_zones(record: Record, *, on: date) -> dict[str, int]:
    """The zones decided for communes (uids), as Sở Y tế told them."""
    held: Iterable[tuple[str, Mapping[str, str]]] = units.attributes(record, on).items()
    return {uid: int(told["zone"]) for uid, told in held if told.get("zone") in ("1", "2", "3")}
