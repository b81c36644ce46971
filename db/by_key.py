"""Which journal rows speak of a key: an index written behind, many keys at once and in their order.

Written with each typed cell it cost one page of the log a cell, and three more at every tenth (text keys fall between
others, and SQLite then shares out three leaves). `mark` tells how far it has come; the view `journal_by_key` adds what
lies behind the mark by looking through those few rows, so that nobody who asks ever notices.
"""

from __future__ import annotations

from typing import Final

from db.driver import Connection

MARK: Final = "by key"
TO_SCRUB: Final = "to be scrubbed"
"""The mark of what an erasure leaves to be done (`redact`); it stands here so that an opening loads nothing more."""
MOST: Final = 1_000  # journal rows that may wait: a look-up reads through all of them
MANY: Final = 200  # rows of one change that are written into the index at once: it sorts them itself

_MARK: Final = "SELECT ifnull(max(sequence), 0) FROM mark WHERE name = ?"
_TAKE: Final = (
    "INSERT INTO journal_key (tbl, key, sequence) SELECT tbl, key, sequence FROM journal "
    "WHERE sequence > ? ORDER BY tbl, key, sequence"
)
_MOVE: Final = (
    "INSERT INTO mark (name, sequence) SELECT ?, ifnull(max(sequence), 0) FROM journal WHERE 1 "
    "ON CONFLICT DO UPDATE SET sequence = excluded.sequence"
)


def mark(connection: Connection, name: str = MARK) -> int:
    """The last journal sequence that the index knows, or what else is marked by a name; 0 where nothing is."""
    return int(connection.execute(_MARK, (name,)).fetchone()[0])


def catch_up(connection: Connection) -> int:
    """Write what is missing, inside the caller's transaction; the new mark."""
    connection.execute(_TAKE, (mark(connection),))
    connection.execute(_MOVE, (MARK,))
    return mark(connection)


def is_sound(connection: Connection) -> bool:
    """Whether the index holds each row up to its mark once, under the right key, and none beyond."""
    end = mark(connection)
    held, right = connection.execute(
        "SELECT count(*), count(j.sequence) FROM journal_key k "
        "LEFT JOIN journal j ON j.sequence = k.sequence AND j.tbl = k.tbl AND j.key = k.key AND k.sequence <= ?",
        (end,),
    ).fetchone()
    return bool(held == right == end)
