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

_FACTS = (
    "SELECT f.unit, f.item, f.since, f.state, f.amount, f.text, f.way, f.note FROM station_fact f "
    "WHERE f.unit IN (SELECT value FROM json_each(?)) AND f.since <= ? ORDER BY f.unit, f.item, f.since"
)
_FACTS_OF = _FACTS.replace(" ORDER BY", " AND f.item IN (SELECT value FROM json_each(?)) ORDER BY")


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
    rows = store.connection.execute(_FACTS if items is None else _FACTS_OF, asked)
    for number, item, since, state, amount, text, way, note in rows:
        uid = numbers[number]
        value = Value(State(state), amount, text)
        found[uid].append(Fact(uid, item, date.fromisoformat(since), value, Way(way), note))
    return found


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
