"""The chain of changes: each is bound to the one before and to the journal rows it wrote (`contract/record.md` 3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

START: Final = bytes(32)


class Head(NamedTuple):
    """How far a record has come: the newest journal sequence and the chain (hex) that proves all before it."""

    sequence: int
    chain: str


def link(previous: bytes, id: int, node: str, actor: str, at: str, what: str, hashes: Iterable[bytes]) -> bytes:
    """SHA-256(previous chain || id || node || actor || at || what || the payload hashes in journal order)."""
    import hashlib  # who only reads needs none

    texts = [part.encode() for part in (str(id), node, actor, at, what)]
    told = hashlib.sha256(previous + b"".join([b"%d:%b" % (len(text), text) for text in texts]))
    for payload in hashes:
        told.update(payload[-32:])
    return told.digest()
