"""The decision behind the assigned figures of a year: which office, which form, by which number, on which day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from db.store import Store
from db.tables import catalogue


@dataclass(frozen=True, slots=True)
class Assignment:
    """`office` is the uid of who assigns; the figures are values of kind `assigned` of the year."""

    office: str
    form: str
    year: int
    number: str
    decided_on: date | None


def put(store: Store, row: Assignment) -> None:
    """Write a decision, inside a change."""
    store.connection.execute(
        "INSERT INTO assignment (office, form, year, number, decided_on) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET number = excluded.number, decided_on = excluded.decided_on "
        "WHERE (number, decided_on) IS NOT (excluded.number, excluded.decided_on)",
        (
            row.office,
            catalogue.form_ids(store)[row.form],
            row.year,
            row.number,
            row.decided_on.isoformat() if row.decided_on else None,
        ),
    )


def of(store: Store, *, form: str, years: Collection[int]) -> list[Assignment]:
    """The decisions for a form in some years, oldest first."""
    found = store.connection.execute(
        "SELECT a.office, f.code, a.year, a.number, a.decided_on FROM assignment a JOIN form f ON f.id = a.form "
        "WHERE f.code = ? ORDER BY a.year, a.office",
        (form,),
    )
    return [
        Assignment(office, code, year, number, date.fromisoformat(day) if day else None)
        for office, code, year, number, day in found
        if year in years
    ]
