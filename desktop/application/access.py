"""The access log: who looked at which list of children, and when (Law 91/2025/QH15; no names are kept in it)."""

from __future__ import annotations

from db.tables import access_log
from db.tables.access_log import Look
from desktop.application.records import Record
from desktop.wording import say

__all__ = ["Look", "log", "look"]


def look(
    record: Record, *, what: str, unit: str | None = None, about: str = "", rows: int, reason: str | None = None
) -> None:
    """Note that a list was shown: `what` is list, session, child, found, sent or erased; `unit` a uid.

    `about` is the day of a session or the uid of a child; `rows` says how many children stood on it.
    """
    with record.change(say("Look at a list of children"), source="system"):
        access_log.put(record, Look(record.stamp(), record.actor, what, unit, about, rows, reason))


def log(record: Record, *, limit: int | None = None) -> list[Look]:
    """Who looked, newest first."""
    return access_log.newest(record, limit=limit)
