"""How many findings the checks last found in each form: counted again at will, so outside the journal."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from db.store import Store
from db.tables import catalogue, periods, units
from db.tables.listing import number_of
from desktop.domain.periods import Period


@dataclass(frozen=True, slots=True)
class FindingCount:
    """Open errors and warnings of a form of a unit (uid), those kept with a reason, and the journal's head then."""

    unit: str
    form: str
    period: str
    errors: int
    warnings: int
    kept: int
    sequence: int = 0


def put(store: Store, period: Period, counts: Iterable[FindingCount], *, sequence: int) -> None:
    """Replace the counts of a period by these, in a `store.writing()` or a change; the period must be known."""
    numbers, forms, key = units.ids(store), catalogue.form_ids(store), periods.ids(store)[period.id]
    store.connection.execute("DELETE FROM finding_count WHERE period = ?", (key,))
    store.connection.executemany(
        "INSERT INTO finding_count (period, unit, form, errors, warnings, kept, sequence) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(key, numbers[c.unit], forms[c.form], c.errors, c.warnings, c.kept, sequence) for c in counts],
    )


def moved_since(store: Store, sequence: int, periods_looked_at: Iterable[int]) -> bool:
    """Whether a figure of these periods (their numbers here) or a kept reason was written after a journal sequence."""
    found = store.connection.execute(
        "SELECT 1 FROM journal WHERE sequence > ? AND ((tbl = ? AND json_extract(key, '$[0]') IN "
        "(SELECT value FROM json_each(?))) OR tbl IN (?, ?)) LIMIT 1",
        (
            sequence,
            number_of("value"),
            json.dumps(sorted(periods_looked_at)),
            number_of("finding_reason"),
            number_of("rule"),
        ),
    )
    return found.fetchone() is not None
