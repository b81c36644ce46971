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
    """Points of a row for a unit (uid) and year; `by` is self, office or province.

    `points` None: none yet, or taken back. `how` they came: typed, import, or record (a proposal that was accepted).
    """

    unit: str
    year: int
    criteria_set: str
    line: str
    by: str
    points: Fraction | None
    reason: str | None = None
    how: str = "typed"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that proves a row's points: SHA-256 of its content, its name, bytes, media type, the day it was added."""

    unit: str
    year: int
    criteria_set: str
    line: str
    by: str
    file: str
    name: str
    size: int
    media: str
    added: date
    note: str | None = None


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


def drop_set(store: Store, code: str) -> int:
    """Take a set of the office's away; how many rows differed."""
    before = store.head()
    store.connection.execute("DELETE FROM criteria_set WHERE code = ?", (code,))
    return store.head() - before


def sets(store: Store) -> dict[str, CriteriaSet]:
    """The sets the office loaded, by code."""
    from desktop.domain.criteria.sets import CriteriaSet

    rows = store.connection.execute("SELECT code, definition FROM criteria_set ORDER BY code")
    return {code: load(CriteriaSet, text) for code, text in rows}


def put_scores(store: Store, scores: Iterable[Score]) -> int:
    """Write points; a reason left out (None) keeps the one that stands, an empty one clears it. How many differed."""
    before, numbers = store.head(), units.ids(store)
    store.connection.executemany(
        "INSERT INTO criteria_score (unit, year, criteria_set, line, scorer, points, reason, how) "
        "VALUES (?, ?, ?, ?, ?, ?, nullif(?7, ''), ?) ON CONFLICT DO UPDATE SET points = excluded.points, "
        "reason = CASE WHEN ?7 IS NULL THEN reason ELSE excluded.reason END, how = excluded.how "
        "WHERE (points, reason) IS NOT "
        "(excluded.points, CASE WHEN ?7 IS NULL THEN reason ELSE excluded.reason END)",
        [
            (numbers[one.unit], one.year, one.criteria_set, one.line, one.by, _kept(one.points), one.reason, one.how)
            for one in scores
        ],
    )
    return store.head() - before


def _kept(points: Fraction | None) -> int | None:
    return None if points is None else int(points * SCALE)


def scores_of(store: Store, *, year: int | None = None, unit: str | None = None) -> list[Score]:
    """The points of a year or all years, of one unit or all; rows whose points were taken back too."""
    numbers = units.ids(store)
    rows = store.connection.execute(
        "SELECT u.uid, s.year, s.criteria_set, s.line, s.scorer, s.points, s.reason, s.how FROM criteria_score s "
        "JOIN unit u ON u.id = s.unit WHERE (?1 IS NULL OR s.year = ?1) AND (?2 IS NULL OR s.unit = ?2) "
        "ORDER BY s.year, u.position, u.id, s.criteria_set, s.line, s.scorer",
        (year, None if unit is None else numbers.get(unit, -1)),
    )
    return [
        Score(uid, at, code, line, by, None if points is None else Fraction(points, SCALE), why, how)
        for uid, at, code, line, by, points, why, how in rows
    ]


def used_sets(store: Store) -> frozenset[str]:
    """The codes of sets under which points or evidence stand."""
    rows = store.connection.execute(
        "SELECT criteria_set FROM criteria_score UNION SELECT criteria_set FROM criteria_evidence"
    )
    return frozenset(code for (code,) in rows)


def put_evidence(store: Store, one: Evidence) -> int:
    """Note a file that proves a row's points; its bytes are kept by `db.tables.blobs`. How many rows differed."""
    before = store.head()
    place = (units.ids(store)[one.unit], one.year, one.criteria_set, one.line, one.by, one.file)
    rest = (one.name, one.size, one.media, one.added.isoformat(), one.note)
    store.connection.execute(
        "INSERT INTO criteria_evidence (unit, year, criteria_set, line, scorer, file, name, size, media, added, note) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET name = excluded.name, note = excluded.note "
        "WHERE (name, note) IS NOT (excluded.name, excluded.note)",
        (*place, *rest),
    )
    return store.head() - before


def drop_evidence(store: Store, one: Evidence) -> int:
    """Take a file away from a row; the bytes go with the next sweep where no other row names them."""
    before = store.head()
    store.connection.execute(
        "DELETE FROM criteria_evidence WHERE (unit, year, criteria_set, line, scorer, file) = (?, ?, ?, ?, ?, ?)",
        (units.ids(store)[one.unit], one.year, one.criteria_set, one.line, one.by, one.file),
    )
    return store.head() - before


def evidence_of(store: Store, *, year: int | None = None, unit: str | None = None) -> list[Evidence]:
    """The files of a year or all years, of one unit or all, by row and by who scored."""
    numbers = units.ids(store)
    rows = store.connection.execute(
        "SELECT u.uid, e.year, e.criteria_set, e.line, e.scorer, e.file, e.name, e.size, e.media, e.added, e.note "
        "FROM criteria_evidence e JOIN unit u ON u.id = e.unit "
        "WHERE (?1 IS NULL OR e.year = ?1) AND (?2 IS NULL OR e.unit = ?2) "
        "ORDER BY e.year, u.position, u.id, e.criteria_set, e.line, e.scorer, e.name, e.file",
        (year, None if unit is None else numbers.get(unit, -1)),
    )
    return [
        Evidence(uid, at, code, line, by, file, name, size, media, date.fromisoformat(added), note)
        for uid, at, code, line, by, file, name, size, media, added, note in rows
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


def drop_recognition(store: Store, unit: str, day: date) -> int:
    """Take a decision that was noted by mistake away; how many rows differed."""
    before = store.head()
    store.connection.execute(
        "DELETE FROM recognition WHERE (unit, date) = (?, ?)", (units.ids(store)[unit], day.isoformat())
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
