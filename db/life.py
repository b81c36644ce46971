"""The life of a record on one computer: which node writes here, and when a new one must begin."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, NamedTuple

from db import chain
from db.driver import Connection
from db.machine import Memory, Remembered, place

_STATE: Final = (
    "SELECT n.id, n.uid, (SELECT max(sequence) FROM journal), c.id, c.chain FROM (SELECT 1) "
    "LEFT JOIN (SELECT id, uid FROM node ORDER BY id DESC LIMIT 1) n "
    "LEFT JOIN (SELECT id, chain FROM change ORDER BY id DESC LIMIT 1) c"
)


class Node(NamedTuple):
    """A node: its number in this file and its uid of 16 hex digits."""

    number: int
    uid: str


class State(NamedTuple):
    """How far a record has come: newest node, journal sequence, change and its chain."""

    node: Node
    head: int
    change: int
    chain: bytes


class Life:
    """What one connection knows of its record's state, and the computer's memory of it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._memory: Memory | None = None
        self._place = ""
        self._node: Node | None = None
        self._state: State | None = None
        self._version = -1

    def know(self, record: str, path: Path, folder: Path) -> None:
        """Learn which record this is, where it lies and where the computer remembers it."""
        self._memory = Memory(folder, record)
        self._place = place(path)

    def close(self) -> None:
        """Let go of the memory's file."""
        if self._memory is not None:
            self._memory.close()

    def state(self) -> State:
        """The state, inside a transaction that writes; read anew only where another connection has written."""
        version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        if self._state is None or version != self._version:
            number, uid, head, change, made = self._connection.execute(_STATE).fetchone()
            node = Node(number or 0, uid or "")
            self._state = State(node, head or 0, change or 0, chain.START if made is None else bytes(made))
            self._version = version
        return self._state

    def forget(self) -> None:
        """Nothing that was learnt is sure: after a rollback, or before something else is written."""
        self._node = self._state = None

    def newest_node(self) -> Node:
        """The newest node in the file."""
        found = self._connection.execute("SELECT id, uid FROM node ORDER BY id DESC LIMIT 1").fetchone()
        return Node(int(found[0]), str(found[1])) if found else Node(0, "")

    def node(self, newest: Node, at: str) -> Node:
        """The node that may go on writing here: the newest, or a new one; inside a transaction."""
        if self._node is None or newest != self._node:
            reason = self._reason_for_new_node()
            self._node = self.draw(reason, at) if reason else newest
        return self._node

    def draw(self, reason: str, at: str) -> Node:
        """Begin a new life of the record (`created restored copied older`); inside a transaction."""
        uid = os.urandom(8).hex()
        row = self._connection.execute(
            "INSERT INTO node (uid, began_at, reason) VALUES (?, ?, ?) RETURNING id", (uid, at, reason)
        ).fetchone()
        self._node = Node(int(row[0]), uid)
        return self._node

    def _reason_for_new_node(self) -> str | None:
        newest = self.newest_node()
        if not newest.number:
            return "created"
        if self._memory is None:
            return None
        known = self._memory.recall()
        if known is None or known.node != newest.uid or known.path != self._place:
            return "copied"
        found = self._connection.execute("SELECT chain FROM change WHERE id = ?", (known.change,)).fetchone()
        same = found is not None and bytes(found[0]).hex() == known.chain
        head = self._connection.execute("SELECT ifnull(max(sequence), 0) FROM journal").fetchone()[0]
        return None if same and known.sequence <= head else "older"

    def went_on(self, state: State) -> None:
        """After a commit: this is the state now, and the computer remembers it."""
        self._state = state
        if self._memory is not None:
            self._memory.keep(Remembered(state.node.uid, state.change, state.head, state.chain.hex(), self._place))
