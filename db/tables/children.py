"""Children in the record: who they are, what became of them, and which entries are one child."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from db.store import Store
from db.tables import units
from desktop.domain.children import Child, Presence, Sex, Status
from desktop.domain.text import fold

_COLUMNS: Final = (
    "uid unit village name folded sex birth_date ethnic_group mother mother_folded personal_id note struck".split()
)
_PUT: Final = (
    f"INSERT INTO child ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))}) "
    f"ON CONFLICT (uid) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _COLUMNS[1:])} "
    f"WHERE ({', '.join(_COLUMNS[1:])}) IS NOT ({', '.join(f'excluded.{name}' for name in _COLUMNS[1:])})"
)
_SELECT: Final = (
    "SELECT c.uid, c.unit, c.name, c.sex, c.birth_date, c.village, c.ethnic_group, c.mother, c.personal_id, c.note, "
    "c.struck FROM child c "
)
_OF_UNITS: Final = (
    "(c.id IN (SELECT id FROM child WHERE unit IN (SELECT value FROM json_each(?1))) OR c.id IN "
    "(SELECT child FROM child_status WHERE unit IN (SELECT value FROM json_each(?1))))"
)


# Few days and two sexes in a hundred thousand rows: each is read once.
_day: Final = lru_cache(maxsize=4096)(date.fromisoformat)
_SEXES: Final[dict[str | None, Sex | None]] = {None: None, **{one.value: one for one in Sex}}


def put(store: Store, children: Iterable[Child]) -> int:
    """Write children; how many rows differed. Inside a change, like all writing here."""
    before, numbers = store.head(), units.ids(store)
    store.connection.executemany(_PUT, [_row(child, numbers) for child in children])
    return store.head() - before


def _row(child: Child, numbers: Mapping[str, int]) -> tuple[Any, ...]:
    return (
        child.uid,
        numbers[child.unit],
        child.village or None,
        child.name,
        child.folded,
        child.sex.value if child.sex else None,
        child.birth_date.isoformat() if child.birth_date else None,
        child.ethnic_group or None,
        child.mother or None,
        fold(child.mother) if child.mother else None,
        child.personal_id or None,
        child.note or None,
        int(child.struck),
    )


def _child(row: tuple[Any, ...], uids: Mapping[int, str]) -> Child:
    uid, unit, name, sex, birth, village, ethnic, mother, personal, note, struck = row
    return Child(
        uid,
        uids[unit],
        name,
        _SEXES[sex],
        _day(birth) if birth else None,
        village or "",
        ethnic or "",
        mother or "",
        personal or "",
        note or "",
        bool(struck),
    )


def _found(store: Store, where: str, asked: Iterable[object]) -> list[Child]:
    uids = units.uids(store)
    return [_child(row, uids) for row in store.connection.execute(_SELECT + where, tuple(asked))]


def by_uid(store: Store, uids: Collection[str]) -> dict[str, Child]:
    """Children by uid, as they were registered; those not known are left out."""
    found = _found(store, "WHERE c.uid IN (SELECT value FROM json_each(?))", (json.dumps(list(uids)),))
    return {child.uid: child for child in found}


def by_number(store: Store, numbers: Iterable[int]) -> list[Child]:
    """Children by the record's own numbers, in their order; those not known are left out."""
    return _found(store, "JOIN json_each(?) j ON j.value = c.id ORDER BY j.key", (json.dumps(list(numbers)),))


def everyone(store: Store) -> list[Child]:
    """Every child of the record, in the order of registration."""
    return _found(store, "ORDER BY c.id", ())


def of_units(store: Store, unit_uids: Collection[str], *, born: tuple[date, date] | None = None) -> list[Child]:
    """Children that were registered in some communes or came to live there; struck ones are left out.

    `born` bounds the birth date, first and last day; children without one are always among them.
    """
    numbers = units.ids(store)
    asked = json.dumps([numbers[uid] for uid in unit_uids if uid in numbers])
    first, last = (day.isoformat() for day in born) if born else ("", "9999")
    where = "c.struck = 0 AND (c.birth_date IS NULL OR c.birth_date BETWEEN ?2 AND ?3)"
    return _found(store, f"WHERE {where} AND {_OF_UNITS}", (asked, first, last))


def entries_of_units(store: Store, unit_uids: Collection[str], *, among: Collection[str]) -> set[str]:
    """Which of some entries (uids) were registered in some communes or came to live there, struck ones too."""
    numbers = units.ids(store)
    asked = json.dumps([numbers[uid] for uid in unit_uids if uid in numbers])
    found = store.connection.execute(
        f"SELECT c.uid FROM child c WHERE {_OF_UNITS} AND c.uid IN (SELECT value FROM json_each(?2))",
        (asked, json.dumps(list(among))),
    )
    return {uid for (uid,) in found}


def search(store: Store, words: Iterable[str], *, born: date | None = None, limit: int = 200) -> list[Child]:
    """Children in whose name, or mother's name, every folded word occurs; born on a day where one is given."""
    parts = [f"%{_escaped(word)}%" for word in words]
    named = " AND ".join(["(c.folded LIKE ? ESCAPE '\\' OR c.mother_folded LIKE ? ESCAPE '\\')"] * len(parts))
    on = "c.birth_date = ?" if born else ""
    where = " AND ".join(["c.struck = 0", *filter(None, (named, on))])
    asked: list[object] = [part for part in parts for _ in range(2)]
    asked += [born.isoformat()] if born else []
    return _found(store, f"WHERE {where} ORDER BY c.folded, c.birth_date LIMIT ?", (*asked, limit))


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def alike(store: Store, asked: Iterable[Child]) -> dict[int, list[Child]]:
    """Children of the whole record with the name, birth date and mother of those asked for, by their place."""
    uids, found = units.uids(store), {}
    for place, one in enumerate(asked):
        if one.birth_date is None or not one.mother:
            continue
        told = store.connection.execute(
            _SELECT + "WHERE c.birth_date = ? AND c.folded = ? AND c.mother_folded = ? AND c.struck = 0",
            (one.birth_date.isoformat(), one.folded, fold(one.mother)),
        ).fetchall()
        if told:
            found[place] = [_child(row, uids) for row in told]
    return found


def ids(store: Store, uids: Collection[str]) -> dict[str, int]:
    """The record's integers of some children."""
    found = store.connection.execute(
        "SELECT uid, id FROM child WHERE uid IN (SELECT value FROM json_each(?))", (json.dumps(list(uids)),)
    )
    return dict(found.fetchall())


# ---- what became of them ----


def put_statuses(store: Store, statuses: Iterable[Status]) -> int:
    """Write what children are from days on; how many rows differed."""
    chosen, before = list(statuses), store.head()
    numbers, places = ids(store, {status.child for status in chosen}), units.ids(store)
    store.connection.executemany(
        "INSERT INTO child_status (child, valid_from, what, unit, note) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET what = excluded.what, unit = excluded.unit, note = excluded.note "
        "WHERE (what, unit, note) IS NOT (excluded.what, excluded.unit, excluded.note)",
        [
            (
                numbers[status.child],
                status.valid_from.isoformat(),
                status.what.value,
                places[status.unit] if status.unit else None,
                status.note or None,
            )
            for status in chosen
        ],
    )
    return store.head() - before


def take_status_away(store: Store, child: str, valid_from: date) -> int:
    """Take back what was said of a child from a day on; how many rows."""
    before = store.head()
    store.connection.execute(
        "DELETE FROM child_status WHERE child = (SELECT id FROM child WHERE uid = ?) AND valid_from = ?",
        (child, valid_from.isoformat()),
    )
    return store.head() - before


def statuses(store: Store, uids: Collection[str]) -> dict[str, list[Status]]:
    """What became of some children, by uid, oldest first."""
    places = units.uids(store)
    found: dict[str, list[Status]] = {}
    for uid, begin, what, unit, note in store.connection.execute(
        "SELECT c.uid, s.valid_from, s.what, s.unit, s.note FROM child c JOIN child_status s ON s.child = c.id "
        "WHERE c.uid IN (SELECT value FROM json_each(?)) ORDER BY s.child, s.valid_from",
        (json.dumps(list(uids)),),
    ):
        told = Status(uid, _day(begin), Presence(what), places[unit] if unit else None, note or "")
        found.setdefault(uid, []).append(told)
    return found


# ---- entries that are one child ----


def aliases(store: Store) -> dict[str, str]:
    """Entries that stand for another: uid to the uid of the child it is."""
    return store.cached(
        "child aliases",
        ("child_alias",),
        lambda: dict(store.connection.execute("SELECT uid, stands_for FROM child_alias").fetchall()),
    )


def merged(store: Store) -> frozenset[str]:
    """Entries that stand for another than themselves: of a circle one is kept."""
    told = aliases(store)
    return frozenset(uid for uid in told if resolve(told, uid) != uid)


def put_alias(store: Store, uid: str, stands_for: str) -> int:
    """Say that one entry is the same child as another; how many rows differed."""
    before = store.head()
    store.connection.execute(
        "INSERT INTO child_alias (uid, stands_for) VALUES (?, ?) ON CONFLICT (uid) DO UPDATE SET "
        "stands_for = excluded.stands_for WHERE stands_for <> excluded.stands_for",
        (uid, stands_for),
    )
    return store.head() - before


def resolve(told: Mapping[str, str], uid: str) -> str:
    """The uid a child is kept under; a circle of aliases ends at its smallest uid, the same one from everywhere."""
    path = [uid]
    while (after := told.get(path[-1])) is not None:
        if after in path:
            return min(path[path.index(after) :])
        path.append(after)
    return path[-1]


def group(store: Store, uid: str) -> tuple[str, ...]:
    """Every entry of the child an entry belongs to: the one it is kept under first."""
    told = aliases(store)
    kept = resolve(told, uid)
    others = sorted(other for other in told if other != kept and resolve(told, other) == kept)
    return (kept, *others)
