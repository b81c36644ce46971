"""History, undo and redo: what was written, by whom, and taking it back while nothing later stands on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db import history as rows
from db import undo as stack
from desktop.application.changes import Changes, Subject
from desktop.application.figures import meant_communes
from desktop.application.records import Record
from desktop.domain.periods import Period
from desktop.wording import Sentence, say

_ALL = frozenset(
    {
        *(Subject.VALUES, Subject.SUBMISSIONS, Subject.FINDINGS, Subject.PLANS, Subject.OFFICE),
        *(Subject.CHILDREN, Subject.CRITERIA, Subject.STATIONS),
    }
)


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back or done again."""

    what: Sentence
    changes: Changes


def history(
    record: Record,
    *,
    unit: str | None = None,
    period: Period | None = None,
    element: str | None = None,
    today: date | None = None,
    limit: int | None = None,
) -> list[rows.Entry]:
    """What was written, newest first.

    `unit` is a code valid on the period's last day; without a period, on `today` (None: the record's own day).
    """
    uid = None
    if unit is not None:
        day = period.last if period else today or record.now().date()
        _, communes, is_sum = meant_communes(record, unit=unit, day=day)
        uid = None if is_sum else communes[0].uid
    return rows.of(record, unit=uid, period=period.id if period else None, element=element, limit=limit)


def undo(record: Record, *, source: str | None) -> Undone:
    """Take back the last undoable change of this person in this window (None: in any)."""
    return _done(record, stack.undo(record, source=source).id)


def redo(record: Record, *, source: str | None) -> Undone:
    """Do again what was last undone."""
    return _done(record, stack.redo(record, source=source).id)


def _done(record: Record, change: int) -> Undone:
    entries = rows.of_change(record, change)
    what = entries[0].what if entries else say("Nothing changed")
    return Undone(what, Changes(_ALL if entries else frozenset()))
