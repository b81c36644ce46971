"""How much a partner has not received, counted in SQL once and then followed row by row.

A row waits while it is a draft (`db.release.drafts`) or its version lies above what the partner has acknowledged.
Counting costs by the rows since the last release, following only by what was written since the count.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final, NamedTuple

from db import release, rows
from db.release import RECORD
from db.rows import Columns
from db.store import Store
from db.tables.listing import name_of, number_of
from desktop.domain.versions import Version, above

FEW: Final = 25  # journal rows that are followed one by one; more are counted anew

# What moves whenever `released` does: releases of ours and of others, packages taken, erasures, the mark of drafts.
_SIGNATURE: Final = (
    "SELECT (SELECT sum(release) FROM node), (SELECT max(id) FROM release), (SELECT max(id) FROM package), "
    "(SELECT count(*) FROM erasure), (SELECT sequence FROM mark WHERE name = 'released')"
)


class Counted(NamedTuple):
    """How many rows were drafts, and how many released ones a partner lacked, at a journal sequence."""

    drafts: int
    above: int
    head: int
    signature: tuple[int | None, ...]

    @property
    def rows(self) -> int:
        """Both together."""
        return self.drafts + self.above


def count(store: Store, base: Mapping[str, int]) -> Counted:
    """How much a partner that has acknowledged `base` (node to release) has not received."""
    with store.reading():
        return Counted(_drafts(store), _above(store, base), store.head(), _signature(store))


def follow(store: Store, known: Counted) -> Counted | None:
    """The same after a few more rows were written; None where it must be counted anew."""
    with store.reading():
        head = store.head()
        if _signature(store) != known.signature or not known.head <= head <= known.head + FEW:
            return None
        moved = sum(_moved(store, table, key, steps) for (table, key), steps in _written(store, known.head).items())
    return known._replace(drafts=known.drafts + moved, head=head)


def _signature(store: Store) -> tuple[int | None, ...]:
    found: tuple[int | None, ...] = store.connection.execute(_SIGNATURE).fetchone()
    return found


def _above(store: Store, base: Mapping[str, int]) -> int:
    newer = [
        number
        for number, node, release in store.connection.execute("SELECT id, node, number FROM release")
        if above(Version(node, release), base)
    ]
    found = store.connection.execute(
        "SELECT count(*) FROM released WHERE release IN (SELECT value FROM json_each(?)) "
        "AND tbl IN (SELECT value FROM json_each(?))",
        (json.dumps(newer), json.dumps(RECORD.tables)),
    ).fetchone()
    return int(found[0])


# What is released already is left out before the keys are sorted: the sorting takes memory.
_COUNT: Final = (
    "SELECT count(*) FILTER (WHERE sent IS NULL AND stands), "
    "json_group_array(json_array(tbl, key)) FILTER (WHERE sent IS NOT NULL OR NOT stands) FROM "
    "(SELECT j.tbl AS tbl, j.key AS key, max(j.sequence), r.sequence AS sent, "
    "j.erased_by IS NULL AND j.after IS NOT NULL AS stands "
    "FROM journal j LEFT JOIN released r ON r.tbl = j.tbl AND r.key = j.key "
    "WHERE j.sequence > ? AND +j.tbl IN (SELECT value FROM json_each(?)) "
    "AND (r.sequence IS NULL OR j.sequence > r.sequence) GROUP BY j.tbl, j.key)"
)


def _drafts(store: Store) -> int:
    """As many as `release.drafts` gives, without making them."""
    asked = release.mark(store), json.dumps(RECORD.tables)
    new, others = store.connection.execute(_COUNT, asked).fetchone()
    return int(new) + sum(_is_draft(store, name_of(table), key) for table, key in json.loads(others))


def _is_draft(store: Store, table: str, key: str) -> bool:
    return _differs(store, table, key, rows.read(store, table, key))[0]


def _differs(store: Store, table: str, key: str, *contents: Columns | None) -> list[bool]:
    """Of contents of a row, the first of them its present one, which differ from what was last released of it."""
    found = store.connection.execute(
        "SELECT sequence, row FROM released WHERE (tbl, key) = (?, ?)", (number_of(table), key)
    ).fetchone()
    if found is None:
        return [content is not None for content in contents]
    sequence, copy = found
    sent = None if copy is not None else release.at_sequence(store, table, key, sequence, contents[0])
    return [copy is not None or content != sent for content in contents]


Steps = list[tuple[str | None, str | None]]


def _written(store: Store, since: int) -> dict[tuple[str, str], Steps]:
    """The rows that were written since a journal sequence, each with its (before, after), newest first."""
    found: dict[tuple[str, str], Steps] = {}
    for table, key, before, after in store.connection.execute(
        "SELECT tbl, key, before, after FROM journal WHERE sequence > ? "
        "AND +tbl IN (SELECT value FROM json_each(?)) ORDER BY sequence DESC",
        (since, json.dumps(RECORD.tables)),
    ):
        found.setdefault((name_of(table), key), []).append((before, after))
    return found


def _moved(store: Store, table: str, key: str, steps: Steps) -> int:
    """1 where a row became a draft with its last steps, -1 where it is none any more, else 0."""
    now = then = rows.read(store, table, key)
    for before, after in steps:
        then = rows.unwind(then, before, after)
    if then is not None:
        then = {name: then.get(name) for name in rows.shapes(store)[table].rest}
    is_draft, was_draft = _differs(store, table, key, now, then)
    return is_draft - was_draft
