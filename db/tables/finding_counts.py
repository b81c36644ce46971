"""How many findings the checks last found in each form: counted again at will, so outside the journal."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from db.store import Store
from db.tables import catalogue, periods, units
from db.tables.listing import CHILDREN, name_of, number_of
from desktop.domain.periods import Period

_LOOKED_AT: Final = 20_000
STATIONS: Final = ("station_fact", "station_item")


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


def moved_since(store: Store, sequence: int, periods_looked_at: Collection[str]) -> bool:
    """Whether a figure of these periods, a kept reason or a rule was written after a journal sequence.

    Looks at no more than the next rows of the journal: where much was written since, the answer is yes.
    """
    if store.head() - sequence > _LOOKED_AT:
        return True
    known = periods.ids(store)
    found = store.connection.execute(
        "SELECT 1 FROM journal WHERE sequence > ? AND ((tbl = ? AND json_extract(key, '$[0]') IN "
        "(SELECT value FROM json_each(?))) OR tbl IN (?, ?)) LIMIT 1",
        (
            sequence,
            number_of("value"),
            json.dumps(sorted(known[code] for code in periods_looked_at if code in known)),
            number_of("finding_reason"),
            number_of("rule"),
        ),
    )
    return found.fetchone() is not None


def written_beside(store: Store, sequence: int, period: Period) -> set[str]:
    """Tables that may be held against figures and were written after a journal sequence: of children, of stations.

    Of measurements those of the period's days count.
    """
    measured = number_of("measurement")
    found = store.connection.execute(
        "SELECT DISTINCT tbl FROM journal WHERE sequence > ? AND (tbl IN (SELECT value FROM json_each(?)) "
        "OR (tbl = ? AND json_extract(key, '$[1]') BETWEEN ? AND ?))",
        (
            sequence,
            json.dumps([number for number in map(number_of, (*CHILDREN, *STATIONS)) if number != measured]),
            measured,
            period.first.isoformat(),
            period.last.isoformat(),
        ),
    )
    return {name_of(number) for (number,) in found}


def of(store: Store, periods_asked: Collection[str]) -> list[FindingCount]:
    """The counts of some periods (ids) as last counted, in register order."""
    found = store.connection.execute(
        "SELECT u.uid, f.code, p.code, c.errors, c.warnings, c.kept, c.sequence FROM finding_count c "
        "JOIN unit u ON u.id = c.unit JOIN form f ON f.id = c.form JOIN period p ON p.id = c.period "
        "WHERE p.code IN (SELECT value FROM json_each(?)) ORDER BY p.first, p.last, u.position, u.id, f.id",
        (json.dumps(sorted(periods_asked)),),
    )
    return [FindingCount(*row) for row in found]
