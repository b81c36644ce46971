"""Saying facts of places of care: one by one, many at once, and last year's confirmed or carried over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from db.tables import stations as tables
from desktop.application.changes import NOTHING, Changes, Subject, changed
from desktop.application.records import Record
from desktop.application.station_profiles import place_on, profile, said_of
from desktop.application.stations import Station
from desktop.domain.stations import villages
from desktop.domain.stations.answers import read_answer
from desktop.domain.stations.facts import Fact, Way, asked_of, is_confirmed, on_day
from desktop.domain.stations.profile import Item
from desktop.domain.text import fold, nfc, squeeze
from desktop.domain.units import UnitKind
from desktop.domain.values import State, Value
from desktop.errors import AppError
from desktop.wording import Sentence, say

LONGEST_NOTE: Final = 1000


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied; `kept`: how many had been said for the new day's year already."""

    facts: int
    kept: int
    changes: Changes


def say_fact(
    record: Record,
    *,
    uid: str,
    item: str,
    answer: str | Value,
    since: date,
    note: str | None = None,
    source: str = "window",
) -> Changes:
    """Say what is so of a place from a day on; an empty answer takes it away. A note left out keeps the one there is.

    AppError `unknown_item`, `not_asked`, `bad_answer`, `counted` (it follows from a list), `not_then`.
    """
    place = place_on(record, uid, since)
    told = asked(record, item, place, on=since)
    value = _read(told, answer)
    with record.change(_what(told, place), source=source) as change:
        _put(record, [Fact(place.uid, told.code, since, value, Way.TYPED, _note(note))], keep_notes=note is None)
    return changed(change.rows, *_subjects([told]))


def say_facts(
    record: Record, *, said: Sequence[tuple[str, str, Value]], since: date, what: Sentence, source: str, way: Way
) -> Changes:
    """Say many facts (place uid, item, value) from a day on as one change; what already holds is confirmed."""
    with record.change(what, source=source) as change:
        _put(record, [Fact(uid, item, since, value, way) for uid, item, value in said], keep_notes=True)
    known = profile(record).items
    return changed(change.rows, *_subjects(known[item] for _, item, _ in said if item in known))


def _subjects(items: Iterable[Item]) -> tuple[Subject, ...]:
    """What was written: with an item that answers a form, what is found in that form too."""
    return (Subject.STATIONS, Subject.FINDINGS) if any(item.feeds for item in items) else (Subject.STATIONS,)


def note_fact(record: Record, *, uid: str, item: str, since: date, note: str, source: str = "window") -> Changes:
    """Write the note of the fact said on a day."""
    held = next((one for one in said_of(record, uid) if (one.item, one.since) == (item, since)), None)
    if held is None:
        raise AppError("no_fact", say("Nothing was said of it on {day}.", day=since), say("Answer it first."))
    with record.change(say("Note something of a station"), source=source) as change:
        tables.put(record, [replace(held, note=_note(note))])
    return changed(change.rows, Subject.STATIONS)


def unsay_fact(record: Record, *, uid: str, item: str, since: date, source: str = "window") -> Changes:
    """Take a fact away as if it had not been said on its day: what was said before holds again."""
    held = [one for one in said_of(record, uid) if (one.item, one.since) == (item, since)]
    with record.change(say("Take away what was said of a station"), source=source) as change:
        tables.drop(record, held)
    return changed(change.rows, Subject.STATIONS)


def move_fact(record: Record, *, uid: str, item: str, since: date, to: date, source: str = "window") -> Changes:
    """Say that a fact holds from another day on; AppError `said_then` where something was said of that day too."""
    held = {one.since: one for one in said_of(record, uid) if one.item == item}
    fact = held.get(since)
    if fact is None or to == since:
        return NOTHING
    if to in held:
        raise AppError(
            "said_then",
            say("Something was said of it from {day} on too.", day=to),
            say("Take that day away first, at the right."),
        )
    place_on(record, uid, to)
    with record.change(say("Say another day of a station's fact"), source=source) as change:
        tables.drop(record, [fact])
        tables.put(record, [replace(fact, since=to)])
    return changed(change.rows, Subject.STATIONS)


def _put(record: Record, said: Iterable[Fact], *, keep_notes: bool) -> None:
    """Write what is new: a fact that holds already and was confirmed in its year is left as it stands."""
    facts = list(said)
    held = _held(record, {one.place for one in facts})
    new = []
    for fact in facts:
        before = on_day([one for one in held[fact.place] if one.item == fact.item], fact.since).get(fact.item)
        if before is None and fact.value.state is State.NOT_REPORTED:
            same_day = [one for one in held[fact.place] if (one.item, one.since) == (fact.item, fact.since)]
            if not same_day:
                continue
        if before is not None and before.value == fact.value and is_confirmed(before, fact.since) and keep_notes:
            continue
        if keep_notes and before is not None and before.since == fact.since:
            fact = replace(fact, note=before.note)
        new.append(fact)
    tables.put(record, new)


def _held(record: Record, places: set[str]) -> Mapping[str, list[Fact]]:
    """Every fact of places; of one what was read to show it serves too."""
    if len(places) == 1:
        return {uid: said_of(record, uid) for uid in places}
    return tables.facts(record, sorted(places))


# ---- what may be said


def asked(record: Record, code: str, place: Station, *, on: date) -> Item:
    """The item, if a place of this kind is asked it and types it; AppError as `item_of`, and `counted`."""
    item = item_of(record, code, place, on=on)
    if item.code in villages.counted(on_day(said_of(record, place.uid), on)):
        raise AppError(
            "counted",
            say("“{item}” is counted from the villages of {place}.", item=item.name_vi, place=place.name),
            say("Answer the villages instead, or take them away."),
        )
    if item.code in profile(record).counted:
        raise AppError(
            "counted",
            say("“{item}” is counted from the office's list.", item=item.name_vi),
            say("Answer the lines of the list instead."),
        )
    return item


def item_of(record: Record, code: str, place: Station, *, on: date) -> Item:
    """The item, if a place of this kind is asked it; AppError `unknown_item`, `not_asked`.

    `village:NAME` is a village of the place: one of its list on the day, or a new one.
    """
    known = profile(record)
    standing = on_day(said_of(record, place.uid), on)
    item = known.items.get(code) or known.words.get(fold(code))
    name = squeeze(nfc(code)).removeprefix(villages.PREFIX).strip()
    if item is None and villages.is_village(code) and name:
        item = villages.known(standing, name)
    if item is None:
        raise _unknown_item(code)
    if place.kind not in item.of:
        raise AppError(
            "not_asked",
            say("“{item}” is not asked of {place}.", item=item.name_vi, place=place.name),
            say("Say it of the commune's health station."),
        )
    return item


def _unknown_item(code: str) -> AppError:
    return AppError(
        "unknown_item",
        say("“{code}” is not asked of stations.", code=code),
        say("“sotram stations show” lists what is asked, with its codes."),
    )


def _read(item: Item, answer: str | Value) -> Value:
    if isinstance(answer, Value):
        return answer
    read = read_answer(item, answer)
    if isinstance(read, Value):
        return read
    raise refusal(read)


def refusal(why: Sentence) -> AppError:
    """What is said of an answer that is none."""
    return AppError("bad_answer", why, say("Leave it empty where nobody knows; “-” where it does not apply."))


def _note(note: str | None) -> str | None:
    told = squeeze(nfc(note or ""))
    if len(told) > LONGEST_NOTE:
        raise AppError("long_note", say("A note has at most {most} letters.", most=LONGEST_NOTE), say("Shorten it."))
    return told or None


def _what(item: Item, place: Station) -> Sentence:
    return say("{item} of {place}", item=item.name_vi, place=place.name)


# ---- copying


def copy_facts(
    record: Record,
    *,
    to_day: date,
    from_day: date,
    places: Collection[str] | None = None,
    from_place: str | None = None,
    items: Collection[str] | None = None,
    source: str = "window",
) -> Copied:
    """Say again on a day what held on an earlier one: last year's profile confirmed, or another place's taken over.

    `places` (uids): all where none are named. Only what nobody said in the new day's year is written, and only what
    still stands as it was: an answer changed or taken away since stays so.
    """
    from desktop.application.station_profiles import all_places

    if from_place is None and from_day >= to_day:
        raise AppError(
            "bad_days",
            say("The day copied from must lie before the day copied to."),
            say("Name the last day of the year before: --from 2024-12-31."),
        )
    wanted = None if places is None else set(places)
    chosen = [one for one in all_places(record, on=to_day) if wanted is None or one.uid in wanted]
    known = profile(record)
    for code in items or ():
        if code not in known.items and not villages.is_village(code):
            raise _unknown_item(code)
    said = tables.facts(record, [one.uid for one in chosen] + ([from_place] if from_place else []))
    made: list[Fact] = []
    kept = 0
    for place in chosen:
        old = on_day(said[from_place or place.uid], from_day)
        now = on_day(said[place.uid], to_day)
        counted = known.counted | villages.counted(now)
        of_place = villages.listed(old) if place.kind is UnitKind.STATION else []
        for item in (*asked_of(known, place.kind), *of_place):
            fact, stands = old.get(item.code), now.get(item.code)
            if fact is None or item.code in counted or (items is not None and item.code not in items):
                continue
            if _may_copy(fact, stands, to_day, is_other=from_place is not None):
                made.append(Fact(place.uid, item.code, to_day, fact.value, Way.COPIED, fact.note))
            else:
                kept += 1
    with record.change(_copying(from_day, to_day), source=source) as change:
        tables.put(record, made)
    return Copied(len(made), kept, changed(change.rows, Subject.STATIONS))


def _may_copy(fact: Fact, stands: Fact | None, to_day: date, *, is_other: bool) -> bool:
    if is_other:
        return stands is None
    return stands is not None and stands.value == fact.value and not is_confirmed(stands, to_day)


def _copying(from_day: date, to_day: date) -> Sentence:
    return say("Copy the stations' profiles from {before} to {after}", before=from_day, after=to_day)
