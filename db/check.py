"""The record's own health: the file, the journal and its triggers, the chain, the heads that partners receipted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from db import by_key, chain, content, journal
from db.chain import Head
from db.driver import Connection, DatabaseError
from db.store import Store
from desktop.domain.findings import Finding, Severity
from desktop.wording import Sentence, say

MOST: Final = 20  # findings of one kind: a broken disk breaks thousands of rows alike
_RESTORE: Final = say("Restore the last verified backup, and keep this file for whoever helps you.")
Step = Callable[[int, int], None]


def check(store: Store, *, step: Step | None = None) -> list[Finding]:
    """Everything that is wrong with the record; empty when it is sound."""
    found = check_file(store.connection, encrypted=store.is_encrypted, step=step)
    return found or receipted(store)


def check_file(connection: Connection, *, encrypted: bool, step: Step | None = None) -> list[Finding]:
    """The same for a bare connection: of a backup, which is not opened for work."""
    found: list[Finding] = []
    parts = (_pages, _ciphered if encrypted else _nothing, _references, _triggers, _chain, _by_key, _content)
    for number, part in enumerate(parts):
        if step:
            step(number, len(parts))
        try:
            found += _first(part(connection))
        except DatabaseError as fault:
            told = str(fault).partition(" with text ")[0]  # what follows are contents, which may name people
            found.append(_wrong("record_unreadable", say("A part of the file cannot be read: {fault}", fault=told)))
        if found and part in {_pages, _ciphered}:
            break  # what lies on broken pages says nothing more
    return found


def _first(findings: Iterator[Finding]) -> list[Finding]:
    return [finding for _, finding in zip(range(MOST), findings, strict=False)]


def _wrong(rule: str, message: Sentence) -> Finding:
    return Finding(rule, Severity.ERROR, message, _RESTORE)


def _nothing(connection: Connection) -> Iterator[Finding]:
    del connection
    yield from ()


def _pages(connection: Connection) -> Iterator[Finding]:
    for (told,) in connection.execute(f"PRAGMA integrity_check({MOST})"):
        if told != "ok":
            yield _wrong("record_integrity", say("The file is damaged: {fault}", fault=told))


def _ciphered(connection: Connection) -> Iterator[Finding]:
    for (told,) in connection.execute("PRAGMA cipher_integrity_check"):
        yield _wrong("record_cipher", say("The file is damaged: {fault}", fault=told))


def _references(connection: Connection) -> Iterator[Finding]:
    for table, row, other, _ in connection.execute("PRAGMA foreign_key_check"):
        told = say(
            "A row of {table} names a row of {other} that is missing ({row}).", table=table, other=other, row=str(row)
        )
        yield _wrong("record_reference", told)


def _triggers(connection: Connection) -> Iterator[Finding]:
    for name in journal.differing(connection):
        yield _wrong("record_trigger", say("The journal's trigger {name} is not as it must be.", name=name))


def _chain(connection: Connection) -> Iterator[Finding]:
    previous, expected = chain.START, 0
    changes = connection.execute(
        "SELECT c.id, n.uid, c.actor, c.at, c.what, c.chain FROM change c JOIN node n ON n.id = c.node ORDER BY c.id"
    )
    rows = connection.execute(
        "SELECT change, sequence, tbl, key, before, after, seal, erased_by FROM journal ORDER BY sequence"
    )
    row = rows.fetchone()
    for number, node, actor, at, what, kept in changes:
        hashes: list[bytes] = []
        while row is not None and row[0] == number:
            expected += 1
            if row[1] != expected or not _sealed(row):
                yield _wrong("journal_row", say("Journal row {row} is not what was written.", row=row[1]))
                expected = row[1]
            hashes.append(bytes(row[6]))
            row = rows.fetchone()
        previous = chain.link(previous, number, node, actor, at, what, hashes)
        if previous != bytes(kept):
            yield _wrong("chain_broken", say("The chain of changes breaks at change {change}.", change=number))
            previous = bytes(kept)
    if row is not None:
        yield _wrong("journal_row", say("Journal row {row} is not what was written.", row=row[1]))


def _sealed(row: tuple[Any, ...]) -> bool:
    _, _, table, key, before, after, seal, erased = row
    seal = bytes(seal)
    if erased is not None:
        return len(seal) == 32 and before is None and after is None
    salt = seal[: journal.SALT]
    return seal[journal.SALT :] == journal.payload_hash(salt, table, key, before, after)


def _by_key(connection: Connection) -> Iterator[Finding]:
    if not by_key.is_sound(connection):
        yield _wrong("journal_index", say("The index of the journal is not what the journal tells."))


def _content(connection: Connection) -> Iterator[Finding]:
    """Every table holds exactly what its journal tells: nothing was written around the triggers."""
    for table, key in content.differing(connection):
        told = say("A row of {table} ({row}) is not what its journal tells.", table=table, row=key)
        yield _wrong("journal_differs", told)


def head(store: Store) -> Head:
    """The head for manifests and receipts; inside a change that of the change before."""
    found = store.connection.execute("SELECT id, chain FROM change ORDER BY id DESC LIMIT 1").fetchone()
    if found is None:
        return Head(0, chain.START.hex())
    return Head(journal.span(store.connection, int(found[0]))[1], bytes(found[1]).hex())


def passes(store: Store, head: Head) -> bool:
    """Whether the record's chain passes through a head."""
    found = store.connection.execute(
        "SELECT c.chain FROM journal j JOIN change c ON c.id = j.change WHERE j.sequence = ?", (head.sequence,)
    ).fetchone()
    return bytes(found[0]).hex() == head.chain if found else head == Head(0, chain.START.hex())


def receipted(store: Store) -> list[Finding]:
    """Findings for heads that a partner receipted and that our chain does not pass through."""
    found = store.connection.execute(
        "SELECT s.sequence, s.head FROM package r JOIN package s ON s.manifest_sha256 = r.answers "
        "AND s.direction = 'sent' WHERE r.direction = 'taken' AND r.kind = 'receipt' AND s.head IS NOT NULL"
    )
    return [
        Finding(
            "chain_receipted",
            Severity.ERROR,
            say("Package {number} was receipted for another past than this record has.", number=sequence),
            say("The record was replaced by another copy. Ask the receiver which figures it holds."),
        )
        for sequence, text in found
        if not passes(store, Head(**json.loads(text)))
    ]
