"""Facts of places of care, each from a day on, and the lists an office adds to what is asked."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from db.store import Store
from db.tables import units
from db.tables.definitions import dump, load
from desktop.domain.stations.facts import Fact, Way
from desktop.domain.values import State, Value

if TYPE_CHECKING:
    from desktop.domain.stations.profile import Item

_COLUMNS = "SELECT f.unit, f.item, {since}, f.state, f.amount, f.text, f.way, f.note FROM station_fact f "
_WHERE = "WHERE f.unit IN (SELECT value FROM json_each(?)) AND f.since <= ? "
_OF_ITEMS = "AND f.item IN (SELECT value FROM json_each(?)) "
_ALL = " ORDER BY f.unit, f.item, f.since"
# Beside max() the other columns are those of its row: https://sqlite.org/lang_select.html#bareagg
_LAST = " GROUP BY f.unit, f.item"
_STATES = {one.value: one for one in State}
_WAYS = {one.value: one for one in Way}


def _query(*, last: bool, of_items: bool) -> str:
    columns = _COLUMNS.format(since="max(f.since)" if last else "f.since")
    return columns + _WHERE + (_OF_ITEMS if of_items else "") + (_LAST if last else _ALL)


def facts(
    store: Store, places: Collection[str], *, until: date = date.max, items: Collection[str] | None = None
) -> dict[str, list[Fact]]:
    """Every fact of places (uids) up to a day, by place, oldest first; of units that are one by all their names.

    `items`: only those (codes).
    """
    numbers = _numbers(store, places)
    found: dict[str, list[Fact]] = {uid: [] for uid in places}
    asked: tuple[str, ...] = (json.dumps(list(numbers)), until.isoformat())
    if items is not None:
        asked = (*asked, json.dumps(sorted(items)))
    rows = store.connection.execute(_query(last=False, of_items=items is not None), asked)
    for number, item, since, state, amount, text, way, note in rows:
        uid = numbers[number]
        value = Value(_STATES[state], amount, text)
        found[uid].append(Fact(uid, item, date.fromisoformat(since), value, _WAYS[way], note))
    return found


def standing(
    store: Store, places: Collection[str], *, on: date, items: Collection[str] | None = None
) -> dict[str, dict[str, Fact]]:
    """What holds of places (uids) on a day, by item: the last fact of each, none where it was taken away.

    The same as `facts` taken through `on_day`, but the past is passed over where it lies.
    """
    numbers = _numbers(store, places)
    found: dict[str, dict[str, Fact]] = {uid: {} for uid in places}
    asked: tuple[str, ...] = (json.dumps(list(numbers)), on.isoformat())
    if items is not None:
        asked = (*asked, json.dumps(sorted(items)))
    rows = store.connection.execute(_query(last=True, of_items=items is not None), asked)
    days: dict[str, date] = {}
    for number, item, since, state, amount, text, way, note in rows:
        uid, day = numbers[number], days.get(since) or days.setdefault(since, date.fromisoformat(since))
        held = found[uid].get(item)
        if held is None or held.since <= day:
            found[uid][item] = Fact(uid, item, day, Value(_STATES[state], amount, text), _WAYS[way], note)
    return {
        uid: {code: fact for code, fact in held.items() if fact.value.state is not State.NOT_REPORTED}
        for uid, held in found.items()
    }


def _numbers(store: Store, places: Collection[str]) -> dict[int, str]:
    """The integers that facts of the places stand under: their own, and those of units they stand for."""
    own: dict[str, int] = store.cached(
        "own unit numbers", ("unit",), lambda: {uid: number for number, uid in units.uids(store).items()}
    )
    numbers = {own[uid]: uid for uid in places if uid in own}
    for uid in units.aliases(store):
        kept = units.resolve(store, uid)
        if kept in numbers.values() and uid in own:
            numbers.setdefault(own[uid], kept)
    return numbers


def put(store: Store, said: Iterable[Fact]) -> int:
    """Write facts; how many rows differed."""
    before, numbers = store.head(), units.ids(store)
    store.connection.executemany(
        "INSERT INTO station_fact (unit, item, since, state, amount, text, way, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET state = excluded.state, amount = excluded.amount, text = excluded.text, "
        "way = excluded.way, note = excluded.note WHERE (state, amount, text, way, note) IS NOT "
        "(excluded.state, excluded.amount, excluded.text, excluded.way, excluded.note)",
        [
            (
                numbers[one.place],
                one.item,
                one.since.isoformat(),
                one.value.state.value,
                one.value.amount,
                one.value.text,
                one.way.value,
                one.note,
            )
            for one in said
        ],
    )
    return store.head() - before


def drop(store: Store, said: Iterable[Fact]) -> int:
    """Take away facts that were said by mistake on their day; how many rows went."""
    before, numbers = store.head(), units.ids(store)
    store.connection.executemany(
        "DELETE FROM station_fact WHERE (unit, item, since) = (?, ?, ?)",
        [(numbers[one.place], one.item, one.since.isoformat()) for one in said],
    )
    return store.head() - before


def items(store: Store) -> list[Item]:
    """The office's own items, by code."""
    from desktop.domain.stations.profile import Item

    rows = store.connection.execute("SELECT definition FROM station_item ORDER BY code")
    return [load(Item, text) for (text,) in rows]


def put_items(store: Store, made: Iterable[Item], *, dropped: Iterable[str] = ()) -> int:
    """Keep items of an office's list, and take others away (codes); how many rows differed."""
    before = store.head()
    store.connection.executemany(
        "INSERT INTO station_item (code, definition) VALUES (?, ?) ON CONFLICT (code) DO UPDATE "
        "SET definition = excluded.definition WHERE definition <> excluded.definition",
        [(item.code, dump(item)) for item in made],
    )
    store.connection.executemany("DELETE FROM station_item WHERE code = ?", [(code,) for code in dropped])
    return store.head() - before
