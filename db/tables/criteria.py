"""Criteria of communes: sets an office loaded, points by row and by who scored, decisions of recognition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from db.store import Store
from db.tables import units
from db.tables.definitions import dump, load

if TYPE_CHECKING:
    from desktop.domain.criteria.sets import CriteriaSet

SCALE = 10_000


@dataclass(frozen=True, slots=True)
class Score:
    """Points of a row for a unit (uid) and year; `by` is self, office or province."""

    unit: str
    year: int
    criteria_set: str
    line: str
    by: str
    points: Fraction
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Recognition:
    """A decision that recognises a commune (uid) for a year; `withdrawn` is the first day it no longer holds."""

    unit: str
    day: date
    decision: str
    year: int
    withdrawn: date | None = None
    note: str | None = None


def put_set(store: Store, one: CriteriaSet) -> int:
    """Keep a set of the office's; how many rows differed."""
    before = store.head()
    store.connection.execute(
        "INSERT INTO criteria_set (code, definition) VALUES (?, ?) ON CONFLICT (code) DO UPDATE "
        "SET definition = excluded.definition WHERE definition <> excluded.definition",
        (one.code, dump(one)),
    )
    return store.head() - before


def sets(store: Store) -> dict[str, CriteriaSet]:
    """The sets the office loaded, by code."""
    from desktop.domain.criteria.sets import CriteriaSet

    rows = store.connection.execute("SELECT code, definition FROM criteria_set ORDER BY code")
    return {code: load(CriteriaSet, text) for code, text in rows}


def put_scores(store: Store, scores: Iterable[Score]) -> int:
    """Write points; a reason left out keeps the one that stands. How many rows differed."""
    before, numbers = store.head(), units.ids(store)
    store.connection.executemany(
        "INSERT INTO criteria_score (unit, year, criteria_set, line, scorer, points, reason) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET points = excluded.points, "
        "reason = ifnull(excluded.reason, reason) WHERE (points, reason) IS NOT "
        "(excluded.points, ifnull(excluded.reason, reason))",
        [
            (numbers[one.unit], one.year, one.criteria_set, one.line, one.by, int(one.points * SCALE), one.reason)
            for one in scores
        ],
    )
    return store.head() - before


def scores_of(store: Store, *, year: int, unit: str | None = None) -> list[Score]:
    """The points of a year, of one unit or all."""
    numbers = units.ids(store)
    rows = store.connection.execute(
        "SELECT u.uid, s.year, s.criteria_set, s.line, s.scorer, s.points, s.reason FROM criteria_score s "
        "JOIN unit u ON u.id = s.unit WHERE s.year = ?1 AND (?2 IS NULL OR s.unit = ?2) "
        "ORDER BY u.position, u.id, s.criteria_set, s.line, s.scorer",
        (year, None if unit is None else numbers.get(unit, -1)),
    )
    return [
        Score(uid, at, code, line, by, Fraction(points, SCALE), why) for uid, at, code, line, by, points, why in rows
    ]


def put_recognition(store: Store, one: Recognition) -> int:
    """Write a decision; how many rows differed."""
    before, numbers = store.head(), units.ids(store)
    store.connection.execute(
        "INSERT INTO recognition (unit, date, decision, year, withdrawn, note) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET decision = excluded.decision, year = excluded.year, "
        "withdrawn = excluded.withdrawn, note = excluded.note WHERE (decision, year, withdrawn, note) IS NOT "
        "(excluded.decision, excluded.year, excluded.withdrawn, excluded.note)",
        (
            numbers[one.unit],
            one.day.isoformat(),
            one.decision,
            one.year,
            one.withdrawn.isoformat() if one.withdrawn else None,
            one.note,
        ),
    )
    return store.head() - before


def recognitions(store: Store, *, unit: str | None = None) -> list[Recognition]:
    """The decisions, oldest first, of one unit or all."""
    numbers = units.ids(store)
    rows = store.connection.execute(
        "SELECT u.uid, r.date, r.decision, r.year, r.withdrawn, r.note FROM recognition r "
        "JOIN unit u ON u.id = r.unit WHERE ?1 IS NULL OR r.unit = ?1 ORDER BY r.date, u.position",
        (None if unit is None else numbers.get(unit, -1),),
    )
    return [
        Recognition(uid, date.fromisoformat(day), decision, year, date.fromisoformat(gone) if gone else None, note)
        for uid, day, decision, year, gone, note in rows
    ]
