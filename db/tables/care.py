"""Supplements given to children, and the register of acute malnutrition, in the record."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Final

from db.store import Store
from db.tables import children, units
from desktop.domain.child_care import Care, Degree, Given, Outcome, Supplement, Treatment

# The commune in which the child lived on a day.
_LIVED: Final = (
    "ifnull((SELECT t.unit FROM child_status t WHERE t.child = c.id AND t.unit IS NOT NULL AND t.valid_from <= {day} "
    "ORDER BY t.valid_from DESC LIMIT 1), c.unit)"
)


def put_given(store: Store, given: Iterable[Given]) -> int:
    """Write what was given, whole rows; one without a dose takes its row away. How many rows differed."""
    chosen, before = list(given), store.head()
    numbers = children.ids(store, {one.child for one in chosen})
    store.connection.executemany(
        "INSERT INTO child_supplement (child, date, what, doses, note) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE "
        "SET doses = excluded.doses, note = excluded.note WHERE (doses, note) IS NOT (excluded.doses, excluded.note)",
        [(*_given_key(one, numbers[one.child]), one.doses, one.note or None) for one in chosen if one.doses],
    )
    store.connection.executemany(
        "DELETE FROM child_supplement WHERE (child, date, what) = (?, ?, ?)",
        [_given_key(one, numbers[one.child]) for one in chosen if not one.doses],
    )
    return store.head() - before


def _given_key(one: Given, number: int) -> tuple[int, str, str]:
    return number, one.day.isoformat(), one.what.value


def put_treatment(store: Store, one: Treatment) -> int:
    """Write a stay on the register; how many rows differed."""
    before, numbers = store.head(), children.ids(store, [one.child])
    columns = "degree, care, until, outcome, note"
    store.connection.execute(
        f"INSERT INTO child_treatment (child, since, {columns}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE "
        f"SET ({columns}) = (excluded.{columns.replace(', ', ', excluded.')}) "
        f"WHERE ({columns}) IS NOT (excluded.{columns.replace(', ', ', excluded.')})",
        (
            numbers[one.child],
            one.since.isoformat(),
            one.degree.value,
            one.care.value,
            one.until.isoformat() if one.until else None,
            one.outcome.value if one.outcome else None,
            one.note or None,
        ),
    )
    return store.head() - before


def take_treatment_away(store: Store, child: str, since: date) -> int:
    """Take a stay written by mistake off the register; how many rows."""
    before = store.head()
    store.connection.execute(
        "DELETE FROM child_treatment WHERE child = (SELECT id FROM child WHERE uid = ?) AND since = ?",
        (child, since.isoformat()),
    )
    return store.head() - before


def given_to(store: Store, uids: Collection[str]) -> list[Given]:
    """What some entries of children were ever given, by day."""
    found = store.connection.execute(
        "SELECT c.uid, g.date, g.what, g.doses, g.note FROM child c JOIN child_supplement g ON g.child = c.id "
        "WHERE c.uid IN (SELECT value FROM json_each(?)) ORDER BY g.date, g.what, c.uid",
        (json.dumps(list(uids)),),
    )
    return [_given(row) for row in found]


def _given(row: tuple[Any, ...]) -> Given:
    uid, day, what, doses, note = row
    return Given(uid, date.fromisoformat(day), Supplement(what), doses, note or "")


def treatments_of(store: Store, uids: Collection[str]) -> list[Treatment]:
    """The stays of some entries of children on the register, oldest first."""
    found = store.connection.execute(
        "SELECT c.uid, t.since, t.degree, t.care, t.until, t.outcome, t.note "
        "FROM child c JOIN child_treatment t ON t.child = c.id "
        "WHERE c.uid IN (SELECT value FROM json_each(?)) ORDER BY t.since, c.uid",
        (json.dumps(list(uids)),),
    )
    return [_treatment(row) for row in found]


def _treatment(row: tuple[Any, ...]) -> Treatment:
    uid, since, degree, care, until, outcome, note = row
    return Treatment(
        uid,
        date.fromisoformat(since),
        Degree(degree),
        Care(care),
        date.fromisoformat(until) if until else None,
        Outcome(outcome) if outcome else None,
        note or "",
    )


def given_between(store: Store, first: date, last: date) -> list[tuple[str, Given]]:
    """What was given between two days, each with the commune (uid) the child lived in on the day; struck ones out."""
    uids = units.uids(store)
    found = store.connection.execute(
        f"SELECT {_LIVED.format(day='g.date')}, c.uid, g.date, g.what, g.doses, g.note FROM child_supplement g "
        "JOIN child c ON c.id = g.child WHERE c.struck = 0 AND g.date BETWEEN ? AND ? ORDER BY g.child, g.date, g.what",
        (first.isoformat(), last.isoformat()),
    )
    return [(uids[unit], _given(tuple(row))) for unit, *row in found]


def treatments_between(store: Store, first: date, last: date) -> list[tuple[str, Treatment]]:
    """Stays that lasted on any day between two, each with the commune (uid) the child lived in when it began."""
    uids = units.uids(store)
    found = store.connection.execute(
        f"SELECT {_LIVED.format(day='t.since')}, c.uid, t.since, t.degree, t.care, t.until, t.outcome, t.note "
        "FROM child_treatment t JOIN child c ON c.id = t.child WHERE c.struck = 0 AND t.since <= ?2 "
        "AND (t.until IS NULL OR t.until >= ?1) ORDER BY t.since, t.child",
        (first.isoformat(), last.isoformat()),
    )
    return [(uids[unit], _treatment(tuple(row))) for unit, *row in found]


def has_children(store: Store) -> bool:
    """Whether any child was ever registered here."""
    return bool(store.connection.execute("SELECT EXISTS (SELECT 1 FROM child)").fetchone()[0])
