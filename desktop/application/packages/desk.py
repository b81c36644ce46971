"""The conflict desk: what two sides wrote without having seen each other, and the word that ends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db import release, travel
from db.release import FormKey
from db.tables import packages
from desktop.application.changes import Changes, Subject, changed
from desktop.application.packages import wire
from desktop.application.records import Record
from desktop.errors import AppError
from desktop.wording import say


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """One row with what stands and what lies beside it, each told like a row of a package.

    `with_draft`: what is typed here lies on `stands` and was not sent yet.
    """

    uid: str
    table: str
    stands: Mapping[str, Any]
    other: Mapping[str, Any]
    with_draft: bool


def open_conflicts(record: Record) -> list[OpenConflict]:
    """Conflicts nobody has decided, oldest first."""
    names = wire.Names.of(record)
    found = []
    for conflict in packages.conflicts(record):
        table, other = wire.unpacked(conflict.other)
        placed = wire.incoming(table, other, names)
        stands: Mapping[str, Any] = {}
        if placed is not None:
            held = travel.content(record, table, conflict.key)
            told = travel.Row(table, placed.names, held, other.version, other.who, other.at)
            stands = wire.outgoing(told, names).fields
        found.append(OpenConflict(conflict.uid, table, stands, other.fields, conflict.with_draft))
    return found


def decide(record: Record, *, conflict: str, take_other: bool, reason: str) -> Changes:
    """End a conflict: with the other row, or with what stands here (a draft too). It travels."""
    if not reason.strip():
        raise AppError("reason_needed", say("A reason is needed."), say("Say in a few words why."))
    found = next((one for one in packages.conflicts(record) if one.uid == conflict), None)
    if found is None:
        raise AppError(
            "no_conflict", say("This conflict was already decided."), say("The list shows what is still open.")
        )
    table, other = wire.unpacked(found.other)
    placed = wire.incoming(table, other, wire.Names.of(record))
    if placed is None:
        raise AppError(
            "no_conflict", say("This conflict was already decided."), say("The list shows what is still open.")
        )
    with record.change(say("Decide a conflict"), source="package") as change:
        if take_other:
            travel.take(record, [placed])
        release.restate(record, change, table, found.key)
        packages.resolve(record, found.id or 0, resolution="other" if take_other else "stands", reason=reason.strip())
    return changed(change.rows, Subject.VALUES, Subject.SUBMISSIONS, Subject.PACKAGES)


def forms_in_conflict(record: Record) -> set[FormKey]:
    """The forms of which a row is at the desk: they cannot be locked."""
    found = packages.conflicts(record)
    if not found:
        return set()
    forms = release.Forms(record)
    return {form for conflict in found for form in forms.of(conflict.table, conflict.key)}
