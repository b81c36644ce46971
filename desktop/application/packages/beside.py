"""Rows that live beside those that stand: others at the conflict desk, and rows that wait for their place.

Both are versions nobody has knowingly superseded, so both travel on with what stands: who has seen us has seen them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from db import travel
from db.tables import packages, partners
from db.tables.packages import Conflict, Waiting
from desktop.application.packages import wire
from desktop.application.packages.wire import Names, Place
from desktop.application.records import Record
from desktop.domain.versions import Version, is_in
from desktop.exchange.package.row import Row


class Other(NamedTuple):
    """A row at the conflict desk."""

    conflict: Conflict
    row: Row


class Sender(NamedTuple):
    """The office (uid) that sent a package, and whether it stands below us."""

    office: str = ""
    is_child: bool = False


NOBODY: Final = Sender()


class Held(NamedTuple):
    """A row that waits; what the sender of its package had seen, and which versions lived for that sender."""

    waiting: Waiting
    row: Row
    seen: Mapping[str, int]
    alive: frozenset[Version]
    sender: Sender

    def gave_way(self, version: Version) -> bool:
        """Whether the sender had seen a version of this row and no longer held it."""
        return is_in(version, self.seen) and version not in self.alive


@dataclass(slots=True)
class Beside:
    """All of them, by the place they are for."""

    desk: dict[Place, list[Other]] = field(default_factory=dict)
    waiting: dict[Place, list[Held]] = field(default_factory=dict)

    @classmethod
    def of(cls, record: Record, names: Names) -> Beside:
        """What lies beside the rows of a record now."""
        found = cls()
        for conflict in packages.beside(record):
            table, row = wire.unpacked(conflict.other)
            found.desk.setdefault(wire.place(table, row.fields, names), []).append(Other(conflict, row))
        waiting = packages.waiting(record)
        taken = {one.id: one for one in packages.of(record, direction="taken")} if waiting else {}
        senders = {one.id: Sender(one.office, one.role == "child") for one in partners.everyone(record)}
        for one in waiting:
            table, row = wire.unpacked(one.row)
            package = taken[one.package]
            held = Held(one, row, package.seen, wire.came_with(one.row), senders[package.partner])
            found.waiting.setdefault(wire.place(table, row.fields, names), []).append(held)
        return found

    def versions(self, place: Place) -> set[Version]:
        """The versions at the conflict desk for a place."""
        return {other.row.version for other in self.desk.get(place, ())}

    def gave_way(self, place: Place, version: Version) -> bool:
        """Whether a version gave way to what waits for its place."""
        return any(held.gave_way(version) for held in self.waiting.get(place, ()))

    def rows(self, place: Place) -> dict[Version, Row]:
        """Every row beside a place, by version."""
        desk = (other.row for other in self.desk.get(place, ()))
        kept = [row for row in desk if not self.gave_way(place, row.version)]
        return {row.version: row for row in (*kept, *(held.row for held in self.waiting.get(place, ())))}


def journal_key(record: Record, table: str, row: Row, names: Names) -> str | None:
    """The key under which the row that stands in a row's place is kept; None where it cannot be placed."""
    placed = wire.incoming(table, row, names)
    return travel.Names(record).key(table, placed.names)[0] if placed else None
