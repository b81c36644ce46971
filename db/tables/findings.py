"""Why a person keeps a finding: a reason for one value of one cell; another value asks again."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from db.store import Store
from db.tables import catalogue, periods, units
from desktop.domain.periods import Period


@dataclass(frozen=True, slots=True)
class KeptReason:
    """`unit` is a uid; `shown` is the value it was kept for, in the plain form of the command line."""

    unit: str
    period: str
    element: str
    rule: str
    shown: str
    reason: str
    who: str
    at: str


def put(store: Store, kept: KeptReason) -> None:
    """Write a reason, inside a change."""
    store.connection.execute(
        "INSERT INTO finding_reason (unit, period, element, rule, shown, reason, who, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET shown = excluded.shown, reason = excluded.reason, "
        "who = excluded.who, at = excluded.at "
        "WHERE (shown, reason, who) IS NOT (excluded.shown, excluded.reason, excluded.who)",
        (
            units.ids(store)[kept.unit],
            periods.key(store, Period.parse(kept.period)),
            catalogue.element_ids(store)[kept.element],
            kept.rule,
            kept.shown,
            kept.reason,
            kept.who,
            kept.at,
        ),
    )


def of(store: Store, periods: Collection[str] | None = None) -> list[KeptReason]:
    """The reasons of some periods, or all, in register order."""
    numbers = _period_ids(store)
    known = None if periods is None else [numbers[code] for code in periods if code in numbers]
    found = store.connection.execute(
        "SELECT u.uid, p.code, e.code, r.rule, r.shown, r.reason, r.who, r.at FROM finding_reason r "
        "CROSS JOIN unit u ON u.id = r.unit CROSS JOIN period p ON p.id = r.period "
        "CROSS JOIN element e ON e.id = r.element "
        f"WHERE {'1' if known is None else 'r.period IN (SELECT value FROM json_each(?))'} "
        "ORDER BY p.first, p.last, u.position, u.id, e.id, r.rule",
        () if known is None else (json.dumps(known),),
    )
    return [KeptReason(*row) for row in found]


def _period_ids(store: Store) -> dict[str, int]:
    return periods.ids(store)
