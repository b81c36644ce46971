"""History: what was changed, by whom, when, and what stood there before; newest first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from db import journal, rows, sentences
from db.store import Store
from db.tables import catalogue, periods, units
from db.tables.codes import KINDS
from db.tables.listing import JOURNALLED, Table, name_of
from desktop.wording import Sentence


@dataclass(frozen=True, slots=True)
class Entry:
    """One journal row with its change. `place` names the row in uids, ids and codes; an erased row has no content."""

    change: int
    when: str
    who: str
    what: Sentence
    source: str
    node: str
    sequence: int
    table: str
    key: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    place: dict[str, Any] = field(default_factory=dict)
    undoes: int | None = None
    erased_by: int | None = None


_SELECT: Final = (
    "SELECT j.change, c.at, c.actor, c.what, c.source, n.uid, j.sequence, j.tbl, j.key, j.before, j.after, "
    "c.undoes, j.erased_by FROM journal j JOIN change c ON c.id = j.change JOIN node n ON n.id = c.node "
)


def of(
    store: Store,
    *,
    unit: str | None = None,
    period: str | None = None,
    element: str | None = None,
    limit: int | None = None,
) -> list[Entry]:
    """Everything that was written (about a unit, a period, an element), newest first; at most `limit` rows."""
    most = -1 if limit is None else limit
    if unit is None and period is None and element is None:
        found = store.connection.execute(f"{_SELECT} ORDER BY j.sequence DESC LIMIT ?", (most,)).fetchall()
    else:
        sequences = _sequences(store, unit, period, element)
        if sequences is None:
            return []
        newest = sorted(sequences, reverse=True)[: None if limit is None else limit]
        found = _rows(store, newest)
    return [_entry(store, row) for row in found]


def of_change(store: Store, change: int) -> list[Entry]:
    """The rows of one change in the order they were written."""
    span = journal.span(store.connection, change)
    found = store.connection.execute(f"{_SELECT} WHERE j.sequence BETWEEN ? AND ? ORDER BY j.sequence", span).fetchall()
    return [_entry(store, row) for row in found]


def _rows(store: Store, sequences: list[int]) -> list[Any]:
    among = "WHERE j.sequence IN (SELECT value FROM json_each(?)) ORDER BY j.sequence DESC"
    return store.connection.execute(f"{_SELECT} {among}", (json.dumps(sequences),)).fetchall()


def _sequences(store: Store, unit: str | None, period: str | None, element: str | None) -> list[int] | None:
    """The journal rows whose key names everything asked for; None where the record does not know a name."""
    asked: dict[str, int | None] = {}
    if unit is not None:
        asked["unit"] = units.ids(store).get(unit)
    if period is not None:
        asked["period"] = periods.ids(store).get(period)
    if element is not None:
        asked["element"] = catalogue.element_ids(store).get(element)
    if None in asked.values():
        return None
    numbers = {name: number for name, number in asked.items() if number is not None}
    return [sequence for table in JOURNALLED for sequence in _in_table(store, table, numbers)]


def _in_table(store: Store, table: Table, asked: dict[str, int]) -> Iterator[int]:
    key = rows.shapes(store)[table.name].key
    if table.name == "unit":
        key = ("unit",)
    if not asked.keys() <= set(key):
        return
    wanted = [(key.index(name), number) for name, number in asked.items()]
    for prefix in _prefixes(store, key, asked):
        found = store.connection.execute(
            "SELECT sequence, key FROM journal_by_key WHERE tbl = ? AND key >= ? AND key < ?",
            (table.number, prefix, prefix + "\U0010ffff"),
        )
        for sequence, text in found:
            parts = rows.key_parts(text)
            if all(parts[place] == number for place, number in wanted):
                yield sequence


def _prefixes(store: Store, key: tuple[str, ...], asked: dict[str, int]) -> list[str]:
    """How the keys begin: as many parts as are known; a missing period is tried one by one, they are few."""
    begun = ["["]
    for name in key:
        if name in asked:
            begun = [f"{start}{asked[name]}" for start in begun]
        elif name == "period" and len(asked) > key.index(name):
            begun = [f"{start}{number}" for start in begun for number in periods.ids(store).values()]
        else:
            break
        begun = [f"{start}," if name != key[-1] else f"{start}]" for start in begun]
    return begun


def _entry(store: Store, row: Any) -> Entry:
    change, at, actor, what, source, node, sequence, table, key, before, after, undoes, erased = row
    name = name_of(table)
    return Entry(
        change,
        at,
        actor,
        sentences.load(what),
        source,
        node,
        sequence,
        name,
        key,
        json.loads(before) if before is not None else None,
        json.loads(after) if after is not None else None,
        place(store, name, key),
        undoes,
        erased,
    )


def place(store: Store, table: str, key: str) -> dict[str, Any]:
    """The parts of a key in names: uid of a unit, id of a period, codes of element, form, category and kind."""
    named = dict(zip(rows.shapes(store)[table].key, rows.key_parts(key), strict=True))
    if table == "unit":
        named = {"unit": named["id"]}
    told: dict[str, dict[int, str]] = {}
    for name in named:
        match name:
            case "unit" | "old" | "new":
                told[name] = units.uids(store)
            case "period":
                told[name] = periods.codes(store)
            case "element":
                told[name] = catalogue.element_codes(store)
            case "form":
                told[name] = catalogue.form_codes(store)
            case "category":
                told[name] = catalogue.category_codes(store)
            case "kind":
                told[name] = {code: kind.value for code, kind in enumerate(KINDS)}
    return {name: told[name].get(part, part) if name in told else part for name, part in named.items()}
