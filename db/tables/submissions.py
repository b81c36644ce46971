"""A form's life: (unit, form, period) is in entry, complete, checked, locked or returned; no row is not started."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from db.store import Store
from db.tables import catalogue, periods, units
from db.tables.listing import number_of
from desktop.domain.periods import Period


class Life(StrEnum):
    """Where a form stands."""

    IN_ENTRY = "in_entry"
    COMPLETE = "complete"
    CHECKED = "checked"
    LOCKED = "locked"
    RETURNED = "returned"


class Verdict(StrEnum):
    """What a receiver says about a form, apart from the sender's state."""

    RECEIVED = "received"
    CHECKED = "checked"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Submission:
    """A form of a unit and period. `holder` is the office (uid) that enters it; `correction` counts reopenings.

    `returned_by` is phone, paper or package; `completed` counts how often it was marked complete.
    """

    unit: str
    form: str
    period: str
    state: Life
    holder: str
    correction: int = 0
    received_on: date | None = None
    reason: str | None = None
    returned_by: str | None = None
    completed: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """The word of one office (uid) about one completion of a form that another holds."""

    unit: str
    form: str
    period: str
    office: str
    verdict: Verdict
    reason: str | None = None
    returned_by: str | None = None
    completed: int = 0


_COLUMNS: Final = "state, holder, correction, received_on, reason, returned_by, completed"


def put(store: Store, submission: Submission) -> None:
    """Write where a form stands, inside a change."""
    received = submission.received_on
    store.connection.execute(
        f"INSERT INTO submission (unit, form, period, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET state = excluded.state, holder = excluded.holder, correction = excluded.correction, "
        "received_on = excluded.received_on, reason = excluded.reason, returned_by = excluded.returned_by, "
        "completed = excluded.completed "
        f"WHERE ({_COLUMNS}) IS NOT (excluded.state, excluded.holder, excluded.correction, excluded.received_on, "
        "excluded.reason, excluded.returned_by, excluded.completed)",
        (
            *_key(store, submission.unit, submission.form, submission.period),
            submission.state.value,
            submission.holder,
            submission.correction,
            received.isoformat() if received else None,
            submission.reason,
            submission.returned_by,
            submission.completed,
        ),
    )


def _key(store: Store, unit: str, form: str, period: str) -> tuple[int, int, int]:
    return (
        units.ids(store)[unit],
        catalogue.form_ids(store)[form],
        periods.key(store, Period.parse(period)),
    )


def of(
    store: Store,
    *,
    periods: Collection[str] | None = None,
    units: Collection[str] | None = None,
    form: str | None = None,
    states: Collection[Life] | None = None,
) -> list[Submission]:
    """Forms that were begun, in register order; None asks for all."""
    asked = {"units": units, "states": states}
    chosen = {name: None if given is None else json.dumps(list(given)) for name, given in asked.items()}
    found = store.connection.execute(
        f"{_SELECT} WHERE {_among('s', periods)} AND (:form IS NULL OR f.code = :form) "
        "AND (:states IS NULL OR s.state IN (SELECT value FROM json_each(:states))) "
        "AND (:units IS NULL OR u.uid IN (SELECT value FROM json_each(:units))) "
        "ORDER BY u.position, u.id, f.id, p.first, p.last",
        {"periods": _numbers(store, periods), "form": form, **chosen},
    )
    return [_made(row) for row in found]


def _among(table: str, periods: Collection[str] | None) -> str:
    return "1" if periods is None else f"{table}.period IN (SELECT value FROM json_each(:periods))"


def _numbers(store: Store, periods: Collection[str] | None) -> str:
    known = _period_ids(store)
    return json.dumps([known[code] for code in periods or () if code in known])


# CROSS JOIN keeps the order: from the index by period to the names, never over all forms ever begun.
_SELECT: Final = (
    "SELECT u.uid, f.code, p.code, s.state, s.holder, s.correction, s.received_on, s.reason, s.returned_by, "
    "s.completed "
    "FROM submission s CROSS JOIN unit u ON u.id = s.unit CROSS JOIN form f ON f.id = s.form "
    "CROSS JOIN period p ON p.id = s.period"
)


def _made(row: tuple[Any, ...]) -> Submission:
    unit, code, period, state, holder, count, day, why, by, completed = row
    received = date.fromisoformat(day) if day else None
    return Submission(unit, code, period, Life(state), holder, count, received, why, by, completed)


def _period_ids(store: Store) -> dict[str, int]:
    return periods.ids(store)


def one(store: Store, *, unit: str, form: str, period: str) -> Submission | None:
    """One form, or None: not started."""
    key = (units.ids(store).get(unit), catalogue.form_ids(store).get(form), periods.ids(store).get(period))
    row = store.connection.execute(_ONE, key).fetchone()
    return _made((units.uids(store)[key[0] or 0], form, period, *row)) if row else None


_ONE: Final = f"SELECT {_COLUMNS} FROM submission WHERE unit = ? AND form = ? AND period = ?"


def handed(store: Store, since: int) -> list[tuple[Submission, str]]:
    """The forms that have another holder than at a journal sequence, each with the holder it had then."""
    held: dict[str, str] = {}
    for key, before in store.connection.execute(_HANDED, (since, number_of("submission"))):
        held.setdefault(key, json.loads(before)["holder"])
    rows = ((store.connection.execute(_STANDING, json.loads(key)).fetchone(), before) for key, before in held.items())
    return [(_made(row), before) for row, before in rows if row and row[4] != before]


_STANDING: Final = f"{_SELECT} WHERE (s.unit, s.form, s.period) = (?, ?, ?)"
_HANDED: Final = (
    "SELECT key, before FROM journal WHERE sequence > ? AND +tbl = ? "
    "AND json_extract(before, '$.holder') IS NOT NULL ORDER BY sequence"
)


def judge(store: Store, judgement: Judgement) -> None:
    """Write an office's word about a form."""
    store.connection.execute(
        f"INSERT INTO judgement (unit, form, period, office, {_JUDGED}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET verdict = excluded.verdict, reason = excluded.reason, "
        "returned_by = excluded.returned_by, completed = excluded.completed "
        f"WHERE ({_JUDGED}) IS NOT (excluded.verdict, excluded.reason, excluded.returned_by, excluded.completed)",
        (
            *_key(store, judgement.unit, judgement.form, judgement.period),
            judgement.office,
            judgement.verdict.value,
            judgement.reason,
            judgement.returned_by,
            judgement.completed,
        ),
    )


_JUDGED: Final = "verdict, reason, returned_by, completed"


def judgements(store: Store, *, periods: Collection[str] | None = None) -> list[Judgement]:
    """The words of offices about forms, in register order."""
    found = store.connection.execute(
        f"SELECT u.uid, f.code, p.code, j.office, {_JUDGED} FROM judgement j CROSS JOIN unit u ON u.id = j.unit "
        "CROSS JOIN form f ON f.id = j.form CROSS JOIN period p ON p.id = j.period "
        f"WHERE {_among('j', periods)} ORDER BY u.position, u.id, f.id, p.first, p.last",
        {"periods": _numbers(store, periods)},
    )
    return [
        Judgement(unit, form, period, office, Verdict(verdict), reason, by, completed)
        for unit, form, period, office, verdict, reason, by, completed in found
    ]
