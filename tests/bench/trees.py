"""Which tree of a record a page belongs to: the reason for each page that a typed cell writes.

The driver's SQLite has no `dbstat`; the trees are walked here (SQLite file format, sections 1.3 and 1.6). Of a plain
record only, whose log was checkpointed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from db.driver import Connection

_INNER = (2, 5)
_HEADER = 100
_FRAME = 24


def frames(wal: Path, begin: int, page: int) -> list[int]:
    """The numbers of the pages in a log from a byte on, one for each frame (file format, section 4.1)."""
    with wal.open("rb") as file:
        file.seek(begin)
        told = file.read()
    return [int.from_bytes(told[at : at + 4], "big") for at in range(0, len(told), page + _FRAME)]


def owners(path: Path, connection: Connection) -> dict[int, str]:
    """The table or index of every page, with `+` for the nodes above its leaves; page 1 is `head`."""
    data = path.read_bytes()
    size = int(connection.execute("PRAGMA page_size").fetchone()[0])
    found: dict[int, str] = {}
    for name, root in connection.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0").fetchall():
        waiting = [int(root)]
        while waiting:
            number = waiting.pop()
            page = data[(number - 1) * size : number * size]
            inner = page[0] in _INNER
            found[number] = name + "+" * inner
            if inner:
                waiting += _below(page)
    found[1] = "head"
    return found


def _below(page: bytes) -> list[int]:
    count = int.from_bytes(page[3:5], "big")
    cells = [int.from_bytes(page[12 + 2 * at : 14 + 2 * at], "big") for at in range(count)]
    return [int.from_bytes(page[at : at + 4], "big") for at in (8, *cells)]


def reasons(written: Sequence[Sequence[int]], known: dict[int, str]) -> str:
    """What was written more than a leaf of each table by these commits: `value 31, change 4`."""
    grown: Counter[str] = Counter()
    for pages in written:
        told = {known.get(page, "?") for page in pages}
        grown.update(name.rstrip("+") for name in told if name.endswith("+"))
    return ", ".join(f"{name} {count}" for name, count in grown.most_common())
