"""Acts of units in the record, and which unit went into which through them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Final

from db.store import Store
from db.tables import act_json, units
from db.tables.listing import number_of
from desktop.domain.acts import Act, ActKind, DatedPart

_TABLES: Final = ("unit_act", "unit_part", "unit")
_KINDS: Final = frozenset(kind.value for kind in ActKind)


def acts(store: Store) -> tuple[Act, ...]:
    """Every act in order of date, undone ones too."""
    return store.cached("acts", _TABLES, lambda: tuple(_read(store)))


def parts(store: Store) -> tuple[DatedPart, ...]:
    """What went where by the acts that stand, in order of date."""
    return store.cached("parts", _TABLES, lambda: _parts(store, "WHERE NOT a.undone"))


def one(store: Store, uid: str) -> Act | None:
    """An act by its uid."""
    return next((act for act in acts(store) if act.uid == uid), None)


def _parts(store: Store, which: str = "") -> tuple[DatedPart, ...]:
    named, days = units.uids(store), cache(date.fromisoformat)
    return tuple(
        DatedPart(uid, days(day), named[old], named[new], bool(whole), share, basis)
        for uid, day, old, new, whole, share, basis in store.connection.execute(
            "SELECT a.uid, a.date, p.old, p.new, p.whole, p.share, p.basis FROM unit_part p "
            f"JOIN unit_act a ON a.id = p.act {which} ORDER BY a.date, a.id, p.new, p.old"
        )
    )


def _read(store: Store) -> Iterator[Act]:
    found: dict[str, list[DatedPart]] = defaultdict(list)
    for part in _parts(store):
        found[part.act].append(part)
    days = cache(date.fromisoformat)
    for uid, kind, day, basis, definition, provisional, undone in store.connection.execute(
        "SELECT uid, act, date, basis, definition, provisional, undone FROM unit_act ORDER BY date, id"
    ).fetchall():
        if kind not in _KINDS:
            continue  # a newer program's
        froms, tos, changes = act_json.load(definition, days)
        made = Act(uid, ActKind(kind), days(day), basis, froms, tos, bool(provisional), bool(undone))
        yield replace(made, parts=tuple(found[uid]), changes=changes)


def put_act(store: Store, act: Act) -> None:
    """Write an act and its parts; its units must be in the record. An act of the same uid gives way."""
    told = act_json.dump(act)
    row = (act.uid, act.kind.value, act.date.isoformat(), act.basis, told, int(act.provisional), int(act.undone))
    store.connection.execute(
        "INSERT INTO unit_act (uid, act, date, basis, definition, provisional, undone) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (uid) DO UPDATE SET act = excluded.act, date = excluded.date, basis = excluded.basis, "
        "definition = excluded.definition, provisional = excluded.provisional, undone = excluded.undone",
        row,
    )
    (number,) = store.connection.execute("SELECT id FROM unit_act WHERE uid = ?", (act.uid,)).fetchone()
    _put_parts(store, int(number), act.parts)


def _put_parts(store: Store, act: int, parts: Iterable[DatedPart]) -> None:
    numbers = units.ids(store)
    rows = [
        (act, numbers[part.old], numbers[part.new], int(part.whole), part.share, part.basis or None) for part in parts
    ]
    kept = {(old, new) for _, old, new, *_ in rows}
    for old, new in store.connection.execute("SELECT old, new FROM unit_part WHERE act = ?", (act,)).fetchall():
        if (old, new) not in kept:
            store.connection.execute("DELETE FROM unit_part WHERE (act, old, new) = (?, ?, ?)", (act, old, new))
    store.connection.executemany(
        "INSERT INTO unit_part (act, old, new, whole, share, basis) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE "
        "SET whole = excluded.whole, share = excluded.share, basis = excluded.basis "
        "WHERE (whole, share, basis) IS NOT (excluded.whole, excluded.share, excluded.basis)",
        rows,
    )


def set_undone(store: Store, uid: str, *, undone: bool = True) -> None:
    """Say that an act counts no more; it stays to be seen."""
    store.connection.execute(
        "UPDATE unit_act SET undone = ? WHERE uid = ? AND undone <> ?", (int(undone), uid, int(undone))
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """How many figures of one element a unit has in one period."""

    unit: str
    element: str
    period: str
    count: int


def figures(store: Store, uids: Iterable[str]) -> list[Figures]:
    """Which figures some units have, by unit, element and period; what is assigned or estimated counts too."""
    numbers, named = units.ids(store), units.uids(store)
    wanted = json.dumps([numbers[uid] for uid in uids if uid in numbers])
    return [
        Figures(named[unit], element, period, count)
        for unit, element, period, count in store.connection.execute(
            "SELECT v.unit, e.code, p.code, count(*) FROM value v JOIN element e ON e.id = v.element "
            "JOIN period p ON p.id = v.period WHERE v.period IN (SELECT id FROM period) "  # by the key of values
            "AND v.unit IN (SELECT value FROM json_each(?)) "
            "GROUP BY v.unit, v.element, v.period ORDER BY v.unit, e.code, p.first, p.last",
            (wanted,),
        )
    ]


_OF_THE_ACT: Final = frozenset({"unit", "unit_version", "unit_part", "office_commune"})


def uses(store: Store, uid: str) -> dict[str, int]:
    """Which tables speak of a unit, beside the register and the acts themselves, and in how many rows."""
    number = units.ids(store).get(uid)
    if number is None:
        return {}
    found: dict[str, int] = {}
    for table, column in _references(store):
        query = f"SELECT count(*) FROM {table} WHERE {column} = ?"
        (count,) = store.connection.execute(query, (number,)).fetchone()
        if count:
            found[table] = found.get(table, 0) + int(count)
    return found


def _references(store: Store) -> list[tuple[str, str]]:
    tables = [name for (name,) in store.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return [
        (table, column)
        for table in tables
        if table not in _OF_THE_ACT
        for _, _, of, column, *_ in store.connection.execute(f"PRAGMA foreign_key_list({table})")
        if of == "unit"
    ]


def is_received(store: Store, uid: str) -> bool:
    """Whether an act came with a package: it is then another office's to take back."""
    found = store.connection.execute(
        "SELECT 1 FROM unit_act a JOIN released r ON r.tbl = ? AND r.key = '[' || a.id || ']' "
        "JOIN release v ON v.id = r.release WHERE a.uid = ? AND v.node NOT IN (SELECT uid FROM node)",
        (number_of("unit_act"), uid),
    ).fetchone()
    return found is not None
