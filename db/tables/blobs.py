"""Files kept in the record by their content: rows hold the SHA-256, the same file is kept once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection

from db.store import Store


def put(store: Store, content: bytes) -> str:
    """Keep a file, inside a change or `writing()`; its SHA-256 in hex, which rows then hold."""
    name = hashlib.sha256(content).hexdigest()
    store.connection.execute(
        "INSERT INTO blob (sha256, size, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (name, len(content), content)
    )
    return name


def get(store: Store, name: str) -> bytes | None:
    """The file of a SHA-256, or None where it was never kept or was erased."""
    found = store.connection.execute("SELECT bytes FROM blob WHERE sha256 = ?", (name,)).fetchone()
    return bytes(found[0]) if found else None


def held(store: Store, names: Collection[str]) -> frozenset[str]:
    """Those of the SHA-256s whose file is here."""
    found = store.connection.execute(
        "SELECT sha256 FROM blob WHERE sha256 IN (SELECT value FROM json_each(?))", (json.dumps(sorted(set(names))),)
    )
    return frozenset(name for (name,) in found)
