"""Undo and redo: the last undoable change of one person in one window, all of it or nothing (`contract/record.md` 3).

An undo is a change of its own that names what it undoes; a redo undoes an undo. Both are refused once a later
change touched one of the rows, and once the form has left "in entry". Packages, locking, installing and unit acts
have their own way back and are passed over.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from db import journal, rows, sentences
from db.driver import IntegrityError
from db.store import Change, Store
from db.tables import units
from db.tables.codes import KIND_CODE, STATE_CODE
from db.tables.listing import name_of, number_of
from desktop.domain.values import Kind, State
from desktop.errors import AppError
from desktop.wording import Sentence, say

UNDOABLE: Final = frozenset(
    "value submission denominator finding_reason task_progress unit_attribute assignment second_entry "
    "child child_alias child_status weighing_session measurement child_supplement child_treatment "
    "station_fact station_item criteria_score recognition criteria_evidence".split()
)
_SETTINGS: Final = frozenset({"office_version", "office_commune", "unit", "unit_version"})  # changes of the office only
_PASSED: Final = frozenset({"period"})  # a period that a change put in does no harm and may be in use elsewhere
_STRUCK: Final = frozenset({"child", "weighing_session"})  # what was sent, or is named by others, is struck instead
_NAMING: Final = ("measurement", "child_status", "child_supplement", "child_treatment")  # rows that name a child
_OPEN: Final = frozenset({None, "in_entry", "returned"})
OFFICE: Final = "office"  # the source of changes of the office's own settings
_OWN_WAY: Final = ("package", "system")
REMEMBERED: Final = 1000  # changes back, of everybody: what lies further is corrected, not undone


@dataclass(frozen=True, slots=True)
class _Written:
    sequence: int
    table: str
    key: str
    before: str | None
    after: str | None


def undoable(store: Store, *, source: str | None, actor: str | None = None) -> int | None:
    """The change that undo would take back, or None."""
    done, _ = _stacks(store, source, actor)
    return next((change for change, came in reversed(done) if _can_be_undone(store, change, came)), None)


def redoable(store: Store, *, source: str | None, actor: str | None = None) -> int | None:
    """The undo that redo would take back, or None."""
    _, undone = _stacks(store, source, actor)
    return undone[-1] if undone else None


def undo(store: Store, *, source: str | None, actor: str | None = None) -> Change:
    """Take back the last undoable change of this person in this window (`source`; None: in any).

    Raises AppError `nothing_to_undo`, `changed_since` (somebody wrote one of the rows later) or `left_entry`.
    """
    target = undoable(store, source=source, actor=actor)
    if target is None:
        raise AppError(
            "nothing_to_undo", say("There is nothing to undo."), say("The history shows what was written, and by whom.")
        )
    return _take_back(store, target, say("Undo: {what}", what=_what(store, target)), source, actor)


def redo(store: Store, *, source: str | None, actor: str | None = None) -> Change:
    """Do again what was last undone. Raises AppError `nothing_to_redo`, `changed_since` or `left_entry`."""
    target = redoable(store, source=source, actor=actor)
    if target is None:
        raise AppError(
            "nothing_to_redo", say("There is nothing to redo."), say("Only what was just undone can be done again.")
        )
    return _take_back(store, target, say("Redo: {what}", what=_what(store, target)), source, actor)


def _what(store: Store, change: int) -> Sentence:
    """What the first change did, whether undone or redone since."""
    what, undoes = store.connection.execute("SELECT what, undoes FROM change WHERE id = ?", (change,)).fetchone()
    return sentences.load(what) if undoes is None else _what(store, int(undoes))


def _stacks(store: Store, source: str | None, actor: str | None) -> tuple[list[tuple[int, str]], list[int]]:
    """Changes that stand (with the window they came from), and undos that can be redone, the last one last."""
    who = store.actor if actor is None else actor
    done: dict[int, str] = {}
    undone: dict[int, int] = {}  # the undo, and what it undid
    for change, target, came in store.connection.execute(
        "SELECT id, undoes, source FROM change WHERE actor = ?1 AND (?2 IS NULL OR source = ?2) "
        "AND id > (SELECT max(id) FROM change) - ?3 ORDER BY id",
        (who, source, REMEMBERED),
    ):
        if target is None:
            done[change] = came
            undone.clear()
        elif target in done:
            del done[target]
            undone[change] = target
        elif undone.pop(target, None) is not None:
            done[change] = came  # undoing again must take back the redo's rows, which are the newest
    return list(done.items()), list(undone)


def _can_be_undone(store: Store, change: int, source: str) -> bool:
    if source in _OWN_WAY:
        return False
    tables = {
        name_of(number)
        for (number,) in store.connection.execute(
            "SELECT DISTINCT tbl FROM journal WHERE sequence BETWEEN ? AND ?", journal.span(store.connection, change)
        )
    }
    allowed = _undoable_of(source)
    return bool(tables & allowed) and tables <= allowed | _PASSED and not _moved_a_form(store, change)


def _undoable_of(source: str) -> frozenset[str]:
    return UNDOABLE | _SETTINGS if source == OFFICE else UNDOABLE


def _moved_a_form(store: Store, change: int) -> bool:
    """Whether the change completed, checked, locked or returned a form: that is undone by reopening it."""
    found = store.connection.execute(
        "SELECT before ->> 'state', after ->> 'state' FROM journal WHERE sequence BETWEEN ? AND ? AND +tbl = ?",
        (*journal.span(store.connection, change), number_of("submission")),
    )
    return any(before != after and (before, after) != (None, "in_entry") for before, after in found)


def _take_back(store: Store, target: int, what: Sentence, source: str | None, actor: str | None) -> Change:
    came = store.connection.execute("SELECT source FROM change WHERE id = ?", (target,)).fetchone()[0]
    with store.change(what, source=source or came, undoes=target, actor=actor) as change:
        written = [
            _Written(sequence, name_of(table), key, before, after)
            for sequence, table, key, before, after in store.connection.execute(
                "SELECT sequence, tbl, key, before, after FROM journal WHERE sequence BETWEEN ? AND ? "
                "AND erased_by IS NULL ORDER BY sequence DESC",
                journal.span(store.connection, target),
            )
        ]
        written = [row for row in written if row.table in _undoable_of(came) and not _begins_a_form(row)]
        _refuse_later(store, target, written)
        try:
            for row in written:
                _refuse_left(store, row)
                _reverse(store, row)
        except IntegrityError as fault:
            raise AppError(
                "in_use",
                say("This cannot be undone: figures stand on what it made."),
                say("Take those figures away first."),
            ) from fault
    return change


def _begins_a_form(row: _Written) -> bool:
    """A form that was begun stays begun: another person may have typed into it since."""
    return row.table == "submission" and row.before is None


def _refuse_later(store: Store, target: int, written: list[_Written]) -> None:
    later: dict[int, tuple[int | None, str, str, str]] = {}
    for row in written:
        for change, *told in store.connection.execute(
            "SELECT c.id, c.undoes, c.actor, c.at, c.what FROM journal_by_key k "
            "JOIN journal j ON j.sequence = k.sequence JOIN change c ON c.id = j.change "
            "WHERE k.tbl = ? AND k.key = ? AND j.change > ?",
            (number_of(row.table), row.key, target),
        ):
            later[change] = (told[0], told[1], told[2], told[3])
    cancelled: set[int] = set()
    for change in sorted(later, reverse=True):
        undoes, who, at, what = later[change]
        if change in cancelled:
            continue
        if undoes is not None and undoes > target:
            cancelled.add(undoes)  # a later change and its undo leave the rows as they were
            continue
        raise AppError(
            "changed_since",
            say(
                "This cannot be undone: {who} changed the same place since ({when}: {what}).",
                who=who,
                when=datetime.fromisoformat(at),
                what=sentences.load(what),
            ),
            say("Look at the history of the cell and type what it must be."),
        )


def _refuse_left(store: Store, row: _Written) -> None:
    for unit, form, period in _forms(store, row):
        found = store.connection.execute(
            "SELECT state FROM submission WHERE (unit, form, period) = (?, ?, ?)", (unit, form, period)
        ).fetchone()
        if (found[0] if found else None) not in _OPEN:
            raise AppError(
                "left_entry",
                say("This cannot be undone: the form is no longer in entry."),
                say("Reopen the form first."),
            )


def _forms(store: Store, row: _Written) -> list[tuple[int, int, int]]:
    """The forms that must still be in entry; the day a form was received may be mended whatever its state."""
    parts = rows.key_parts(row.key)
    if row.table == "submission":
        if set(json.loads(row.after or "{}")) == {"received_on"}:
            return []
        unit, form, period = parts
        return [(unit, form, period)]
    if row.table != "value" or parts[4] != KIND_CODE[Kind.ACTUAL]:
        return []
    period, unit, element = parts[:3]
    found = store.connection.execute("SELECT form FROM form_element WHERE element = ?", (element,))
    return [(unit, form, period) for (form,) in found]


def _reverse(store: Store, row: _Written) -> None:
    if row.table == "unit" and row.before is None:
        units.refuse_in_use(store, int(rows.key_parts(row.key)[0]))
    elif row.before is not None:
        rows.write(store, row.table, row.key, json.loads(row.before))
    elif row.table == "value" and _was_released(store, row):
        # What was sent cannot be unsaid by leaving it out: the cell becomes "not reported", and that travels.
        cleared: dict[str, Any] = {"state": STATE_CODE[State.NOT_REPORTED], "amount": None, "text": None, "note": None}
        rows.write(store, row.table, row.key, cleared)
    elif row.table in _STRUCK and (_was_released(store, row) or _is_named(store, row)):
        rows.write(store, row.table, row.key, {"struck": 1})
    else:
        rows.write(store, row.table, row.key, None)


def _is_named(store: Store, row: _Written) -> bool:
    """Whether what somebody wrote later names the child or the session."""
    (number,) = rows.key_parts(row.key)
    named = (
        f"SELECT {' OR '.join(f'EXISTS (SELECT 1 FROM {table} WHERE child = ?1)' for table in _NAMING)}"
        if row.table == "child"
        else "SELECT EXISTS (SELECT 1 FROM measurement WHERE session = ?1)"
    )
    return bool(store.connection.execute(named, (number,)).fetchone()[0])


def _was_released(store: Store, row: _Written) -> bool:
    found = store.connection.execute(
        "SELECT 1 FROM released WHERE (tbl, key) = (?, ?)", (number_of(row.table), row.key)
    ).fetchone()
    return found is not None
