"""`stations list`, `show`, `set`, `copy`: the profiles of places of care (beyond the contract's table)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from desktop.cli.arguments import Command, Option, a_day, a_text, codes
from desktop.cli.output import Answer, iso, table, value_json
from desktop.cli.session import Session
from desktop.domain.stations.answers import spoken
from desktop.errors import UsageError
from desktop.system.i18n import language, render
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.application.records import Record
    from desktop.application.station_profiles import Line, Sheet, Summary
    from desktop.application.stations import Station
    from desktop.domain.stations.communes import Told
    from desktop.domain.stations.facts import Difference
    from desktop.domain.stations.profile import Item
    from desktop.domain.stations.zones import Zoned
    from desktop.domain.values import Value


def named(item: Item) -> str:
    """An item's name in the language in use."""
    return item.name_vi if language() == "vi" or not item.name_en else item.name_en


def said(item: Item, value: Value | None) -> str:
    """An answer as people read it; empty where nothing is told."""
    return "" if value is None else render(say("{value}", value=spoken(item, value)))


def place_json(one: Station) -> dict[str, object]:
    """A place of care."""
    return {
        "uid": one.uid,
        "kind": str(one.kind),
        "name": one.name,
        "commune": one.commune.code if one.commune else None,
        "facility_code": one.facility_code or None,
    }


def zone_json(zone: Zoned, decided: int | None) -> dict[str, object]:
    """A commune's zone: what was decided, what the rule says and why."""
    return {"decided": decided, "by_rule": zone.zone, "why": render(zone.why), "source": zone.source}


def list_all(session: Session) -> Answer:
    """Every place of care on a day: how much of its profile is told, and the zone of its commune."""
    from desktop.application.station_profiles import decided_zones, summaries, zones_of

    day = session.arguments.maybe("as-of", date) or session.today
    with session.record() as record:
        found, zones, decided = summaries(record, on=day), zones_of(record, on=day), decided_zones(record, on=day)
    data = [_summary_json(one, zones, decided) for one in found]
    heads = (say("Commune"), say("Name"), say("Told"), say("Asked"), say("Not confirmed"), say("Zone"))
    rows = [
        (
            one.place.commune.name if one.place.commune else "–",
            one.place.name,
            one.completeness.answered,
            one.completeness.asked,
            one.completeness.old,
            _zone_text(one, zones, decided),
        )
        for one in found
    ]
    return Answer(data, lambda: table(heads, rows))


def _summary_json(one: Summary, zones: dict[str, Zoned], decided: dict[str, int]) -> dict[str, object]:
    home = one.place.commune.uid if one.place.commune else ""
    return {
        **place_json(one.place),
        "answered": one.completeness.answered,
        "asked": one.completeness.asked,
        "old": one.completeness.old,
        "doubts": one.doubts,
        "zone": zone_json(zones[home], decided.get(home)) if home in zones else None,
    }


def _zone_text(one: Summary, zones: dict[str, Zoned], decided: dict[str, int]) -> str:
    home = one.place.commune.uid if one.place.commune else ""
    zone = decided.get(home) or (zones[home].zone if home in zones else None)
    return str(zone) if zone else "–"


def show(session: Session) -> Answer:
    """The profile of a place, or the facts of a commune; with an item its history."""
    from desktop.application import station_profiles as profiles

    told = session.arguments
    day = told.maybe("as-of", date) or session.today
    with session.record() as record:
        if told.flag("commune"):
            return _commune(record, told.get("station", str), day)
        place = profiles.place_named(record, told.get("station", str), on=day)
        item, since = told.maybe("item", str), told.maybe("since", date)
        if since is not None:
            if since >= day:
                raise UsageError(
                    "bad_days",
                    say("{since} is not before {day}.", since=since, day=day),
                    say("Name an earlier day with --since, or a later one with --as-of."),
                )
            found = profiles.changes_between(record, uid=place.uid, before=since, after=day)
            return _changes(place, since, day, found)
        if item is not None:
            return _history(record, place, item, day)
        return _sheet_answer(profiles.sheet(record, uid=place.uid, on=day))


def _sheet_answer(sheet: Sheet) -> Answer:
    data = {
        **place_json(sheet.place),
        "day": iso(sheet.day),
        "answered": sheet.completeness.answered,
        "asked": sheet.completeness.asked,
        "old": sheet.completeness.old,
        "staff": {**value_json(sheet.staff[0]), "cadres_not_told": sheet.staff[1]},
        "groups": [
            {"code": group.code, "name": group.name_vi, "items": [_line_json(line) for line in lines]}
            for group, lines in sheet.groups
        ],
    }

    def lines() -> Iterator[str]:
        yield render(say("{place} on {day}: {told} of {asked} told", place=sheet.place.name, day=sheet.day,
                         told=sheet.completeness.answered, asked=sheet.completeness.asked))  # fmt: skip
        heads = (say("Code"), say("What is asked"), say("Answer"), say("Unit"), say("Since"))
        for group, held in sheet.groups:
            yield ""
            yield group.name_vi if language() == "vi" else group.name_en or group.name_vi
            rows = [
                (one.item.code, named(one.item), said(one.item, one.fact.value if one.fact else None), one.item.unit,
                 one.fact.since if one.fact else "")
                for one in held
            ]  # fmt: skip
            yield from table(heads, rows)

    return Answer(data, lines)


def _line_json(line: Line) -> dict[str, Any]:
    fact = line.fact
    return {
        "item": line.item.code,
        "name": line.item.name_vi,
        "asked": str(line.item.asked),
        "unit": line.item.unit or None,
        **(value_json(fact.value) if fact else {"state": "not_reported", "value": None}),
        "since": iso(fact.since) if fact else None,
        "way": str(fact.way) if fact else None,
        "note": fact.note if fact else None,
        "old": line.old,
        "counted": line.counted,
        "idle": line.idle,
        "before": value_json(line.before) if line.before is not None else None,
        "more_than": line.doubt.whole.code if line.doubt and line.doubt.whole else None,
        "doubt": render(line.doubt.why) if line.doubt else None,
        "source": line.item.source,
    }


def _changes(place: Station, before: date, after: date, found: list[Difference]) -> Answer:
    data = {
        **place_json(place),
        "from": iso(before),
        "to": iso(after),
        "changes": [
            {
                "item": one.item.code,
                "before": value_json(one.before) if one.before is not None else None,
                "after": value_json(one.after) if one.after is not None else None,
            }
            for one in found
        ],
    }
    heads = (say("Code"), say("What is asked"), say("Before"), say("After"))
    rows = [(one.item.code, named(one.item), said(one.item, one.before), said(one.item, one.after)) for one in found]
    return Answer(data, lambda: table(heads, rows))


def _history(record: Record, place: Station, code: str, day: date) -> Answer:
    from desktop.application.station_profiles import history_of
    from desktop.application.station_writing import item_of

    item = item_of(record, code, place, on=day)
    found = history_of(record, uid=place.uid, item=item.code)
    data = {
        **place_json(place),
        "item": item.code,
        "history": [
            {**value_json(one.value), "since": iso(one.since), "way": str(one.way), "note": one.note} for one in found
        ],
    }
    heads = (say("Since"), say("Answer"), say("Note"))
    return Answer(data, lambda: table(heads, [(one.since, said(item, one.value), one.note or "") for one in found]))


def _commune(record: Record, code: str, day: date) -> Answer:
    from desktop.application.figures import unknown_unit
    from desktop.application.offices import communes_of
    from desktop.application.station_profiles import commune_facts, decided_zones
    from desktop.domain.stations.communes import zoned

    home = next((one for one in communes_of(record, on=day) if code in (one.code, f"uid:{one.uid}")), None)
    if home is None:
        raise unknown_unit(code, day)
    facts = commune_facts(record, commune=home.uid, on=day)
    zone, decided = zoned(facts), decided_zones(record, on=day).get(home.uid)
    data = {
        "commune": home.code,
        "day": iso(day),
        "zone": zone_json(zone, decided),
        "facts": [_fact_json(one) for one in facts.values()],
    }
    heads = (say("Code"), say("What is asked"), say("Answer"), say("Why not"))
    rows = [
        (one.item.code, named(one.item), said(one.item, one.value), render(one.why) if one.why else "")
        for one in facts.values()
    ]

    def lines() -> Iterator[str]:
        yield render(_zone_line(home.name, zone, decided))
        yield from table(heads, rows)

    return Answer(data, lines)


def _zone_line(name: str, zone: Zoned, decided: int | None) -> Sentence:
    if decided is not None:
        return say("{commune}: zone {zone} by decision; by rule: {why}", commune=name, zone=decided, why=zone.why)
    if zone.zone is None:
        return say("{commune}: no zone can be said: {why}", commune=name, why=zone.why)
    return say("{commune}: zone {zone} ({why})", commune=name, zone=zone.zone, why=zone.why)


def _fact_json(one: Told) -> dict[str, object]:
    return {
        "item": one.item.code,
        **(value_json(one.value) if one.value is not None else {"state": None, "value": None}),
        "why": render(one.why) if one.why else None,
        "since": iso(one.since),
        "old": one.old,
        "combined": str(one.item.combine),
        "places": [{"uid": uid, **value_json(value)} for uid, value in one.parts],
    }


def say_one(session: Session) -> Answer:
    """Say what is so of a place from a day on; an empty answer takes it away."""
    from desktop.application.station_profiles import place_named
    from desktop.application.station_writing import say_fact

    told = session.arguments
    day = told.maybe("from", date) or session.today
    with session.record() as record:
        place = place_named(record, told.get("station", str), on=day)
        item, answer = told.get("item", str), told.get("answer", str)
        changes = say_fact(
            record, uid=place.uid, item=item, answer=answer, since=day, note=told.maybe("note", str), source="cli"
        )
    data = {**place_json(place), "item": item, "since": iso(day), "changed": changes.changed}
    return Answer(data, lambda: iter([render(say("Saved.") if changes.changed else say("It said so already."))]))


def copy(session: Session) -> Answer:
    """Say last year's profiles again on a day, or take over another place's."""
    from desktop.application.station_profiles import place_named
    from desktop.application.station_writing import copy_facts

    told = session.arguments
    to_day = told.maybe("to", date) or session.today
    other = told.maybe("from-station", str)
    from_day = told.maybe("from", date) or (to_day if other else date(to_day.year - 1, 12, 31))
    one = told.maybe("station", str)
    with session.record() as record:
        places = None if one is None else [place_named(record, one, on=to_day).uid]
        done = copy_facts(
            record,
            to_day=to_day,
            from_day=from_day,
            places=places,
            from_place=place_named(record, other, on=from_day).uid if other else None,
            items=told.maybe("items", tuple),
            source="cli",
        )
    data = {
        "from": iso(from_day),
        "to": iso(to_day),
        "copied": done.facts,
        "kept": done.kept,
        "changed": done.changes.changed,
    }
    words = say("{count} facts copied, {kept} left as they stand", count=done.facts, kept=done.kept)
    return Answer(data, lambda: iter([render(words)]))


AS_OF: Final = Option("as-of", a_day, "DATE")
_STATION: Final = Option("station", a_text, "CODE", required=True)
COMMANDS: Final = (
    Command(
        ("stations", "list"), say("Stations and points: how much of their profiles is told"), list_all, (), (AS_OF,)
    ),
    Command(
        ("stations", "show"),
        say("A station's profile on a day, the history of an item, or a commune's facts and zone"),
        show,
        options=(
            _STATION,
            AS_OF,
            Option("item", a_text, "CODE"),
            Option("since", a_day, "DATE"),
            Option("commune", flag=True),
        ),
    ),
    Command(
        ("stations", "set"),
        say("Say what is so of a station from a day on"),
        say_one,
        options=(
            _STATION,
            Option("item", a_text, "CODE", required=True),
            Option("answer", a_text, "TEXT", required=True),
            Option("from", a_day, "DATE"),
            Option("note", a_text, "TEXT"),
        ),
    ),
    Command(
        ("stations", "copy"),
        say("Say last year's profiles again, or take over another station's"),
        copy,
        options=(
            Option("from", a_day, "DATE"),
            Option("to", a_day, "DATE"),
            Option("station", a_text, "CODE"),
            Option("from-station", a_text, "CODE"),
            Option("items", codes, "CODE,CODE"),
        ),
    ),
)
