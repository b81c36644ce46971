"""Rows of other records on their way in: how ours stands for them, and the writing of what was judged."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from db import named_children, release, rows
from db.named import BORN_HERE, Names, Row
from db.store import Store
from db.tables.codes import STATE_CODE, Origin
from db.tables.listing import CHILDREN, number_of
from desktop.domain.values import State
from desktop.domain.versions import Version


class Standing(NamedTuple):
    """How a row of ours stands: its journal key, what was released of it, whether a draft lies on it.

    `missing` names the column whose name this record does not know; the row cannot be placed then.
    """

    key: str | None
    version: Version | None
    draft: bool
    missing: str | None = None


def standing(store: Store, incoming: Iterable[Row]) -> list[Standing]:
    """How ours stands for each incoming row; inside a change, because new periods are put in."""
    rows_in = list(incoming)
    drafts = {
        (draft.table, draft.key)
        for family in {release.family_of(row.table) for row in rows_in}
        for draft in release.drafts(store, family)
    }
    names = Names(store)
    found = []
    for row in rows_in:
        key, missing = names.key(row.table, row.names)
        if row.table == "measurement" and missing is None:
            missing = named_children.missing(store, row.content)
            key = None if missing else key
        if key is None:
            placeable = row.table in BORN_HERE
            found.append(Standing(None, None, draft=False, missing=None if placeable else missing))
            continue
        held = store.connection.execute(
            "SELECT v.node, v.number FROM released r JOIN release v ON v.id = r.release WHERE (r.tbl, r.key) = (?, ?)",
            (number_of(row.table), key),
        ).fetchone()
        found.append(Standing(key, Version(*held) if held else None, draft=(row.table, key) in drafts))
    return found


def take(store: Store, incoming: Iterable[Row]) -> int:
    """Write incoming rows over ours and give them their version; how many contents differed. All must be placeable."""
    before, names = store.head(), Names(store)
    chosen = [(row, names.key(row.table, row.names)[0]) for row in incoming]
    store.connection.executemany(_TAKE, [_value(key, row) for row, key in chosen if key and _is_value(row)])
    stamped: dict[tuple[Version, str, str], list[tuple[str, str]]] = {}
    for row, key in chosen:
        placed = key if _is_value(row) else _take_other(store, row, key)
        if placed is not None:
            stamped.setdefault((row.version, row.actor, row.at), []).append((row.table, placed))
    head = store.head()
    for (version, actor, at), keys in stamped.items():
        number = release.release_id(store, version, actor, at)
        release.stamp(store, ((table, key, head) for table, key in keys), number)
    for family in {release.family_of(row.table) for row, _ in chosen}:
        release.advance(store, family)
    return head - before


def _is_value(row: Row) -> bool:
    return row.table == "value" and row.content is not None


_TAKE: Final = (
    "INSERT INTO value (period, unit, element, category, kind, state, amount, text, note, origin) "
    f"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, {int(Origin.RECEIVED)}) ON CONFLICT DO UPDATE SET state = excluded.state, "
    "amount = excluded.amount, text = excluded.text, note = excluded.note, origin = excluded.origin "
    "WHERE (state, amount, text, note) IS NOT (excluded.state, excluded.amount, excluded.text, excluded.note)"
)


def _value(key: str, row: Row) -> tuple[Any, ...]:
    told = row.content or {}
    parts = rows.key_parts(key)
    return (*parts, STATE_CODE[State(told["state"])], told.get("amount"), told.get("text"), told.get("note"))


def _take_other(store: Store, row: Row, key: str | None) -> str | None:
    content = None if row.content is None else named_children.kept(store, row.table, row.content)
    if key is not None:
        if (
            content is None
            or row.table not in CHILDREN
            or named_children.differs(rows.read(store, row.table, key), content)
        ):
            rows.write(store, row.table, key, content)
        return key
    if row.table in BORN_HERE and content is not None:
        names = ("uid", *content)
        marks = ", ".join("?" * len(names))
        made = store.connection.execute(
            f"INSERT INTO {row.table} ({', '.join(names)}) VALUES ({marks}) RETURNING id",
            [row.names["uid"], *content.values()],
        )
        return rows.key_text(made.fetchone()[0])
    return None


def take_under_draft(store: Store, row: Row) -> None:
    """The incoming row becomes the released one under our draft, which stays until its person decides."""
    key = Names(store).key(row.table, row.names)[0]
    if key is None:
        raise KeyError(str(row.names))
    held = store.connection.execute(
        "SELECT sequence FROM released WHERE (tbl, key) = (?, ?)", (number_of(row.table), key)
    ).fetchone()
    copy = dict(row.content) if row.content is not None else None
    if copy is not None and row.table == "value":
        copy |= {"state": STATE_CODE[State(copy["state"])], "origin": int(Origin.RECEIVED)}
    elif copy is not None:
        copy = named_children.kept(store, row.table, copy)
    number = release.release_id(store, row.version, row.actor, row.at)
    store.connection.execute(
        "INSERT INTO released (tbl, key, release, sequence, row) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE "
        "SET release = excluded.release, row = excluded.row",
        (number_of(row.table), key, number, held[0] if held else 0, json.dumps(copy, ensure_ascii=False)),
    )


def restamp(store: Store, row: Row) -> None:
    """Give our row, whose content is the same, the incoming version."""
    key = Names(store).key(row.table, row.names)[0]
    if key is not None:
        number = release.release_id(store, row.version, row.actor, row.at)
        store.connection.execute(
            "UPDATE released SET release = ? WHERE (tbl, key) = (?, ?)", (number, number_of(row.table), key)
        )
