"""What is left of an erased child: a proof by which a list that brings it again is known.

Nothing can be read from it: folded name and birth date can only be tried, each trial through argon2id, and one in 64
passes the quick test before. It stays in this record, does not travel, and goes after six years, when the child would
be on no list any more.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Final

from db.store import Store

BUCKETS: Final = 64
YEARS: Final = 6
_OPERATIONS, _MEMORY = 1, 4 << 20
_SALT: Final = 16


def put(store: Store, uid: str, name: str, born: str, at: str) -> None:
    """Keep the trace of a child by its folded name and birth date (ISO); traces older than six years go."""
    salt, told = os.urandom(_SALT), _told(name, born)
    store.connection.execute(
        "INSERT INTO erased_trace (uid, salt, bucket, proof, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (uid, salt, _bucket(told, salt), _proof(told, salt), at),
    )
    store.connection.execute(
        "DELETE FROM erased_trace WHERE substr(at, 1, 4) + ? < CAST(substr(?, 1, 4) AS INTEGER)", (YEARS, at)
    )


def known(store: Store, asked: Sequence[tuple[str, str]]) -> dict[int, str]:
    """Which of some children (folded name, ISO birth date) were erased here: by place, when."""
    traces = store.connection.execute("SELECT salt, bucket, proof, at FROM erased_trace").fetchall()
    found: dict[int, str] = {}
    for place, told in enumerate(_all(asked) if traces else ()):
        for salt, bucket, proof, at in traces:
            if _bucket(told, salt) == bucket and _proof(told, salt) == proof:
                found[place] = at
    return found


def _all(asked: Iterable[tuple[str, str]]) -> list[bytes]:
    return [_told(name, born) for name, born in asked]


def _told(name: str, born: str) -> bytes:
    return f"{name}\x1f{born}".encode()


def _bucket(told: bytes, salt: bytes) -> int:
    return blake2b(told, digest_size=1, key=salt).digest()[0] % BUCKETS


def _proof(told: bytes, salt: bytes) -> bytes:
    from nacl.pwhash import argon2id

    made: bytes = argon2id.kdf(32, told, salt, _OPERATIONS, _MEMORY)
    return made
