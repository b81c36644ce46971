"""Whether the record is sound: the file, the journal and its triggers, the chain; and, when asked, what it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from db import check as soundness
from db.tables import periods
from desktop.application.checks import findings
from desktop.application.records import Record
from desktop.domain.findings import Finding, has_errors
from desktop.domain.periods import Period


@dataclass(frozen=True, slots=True)
class Health:
    """`ok` speaks of the record alone; the findings also of its figures where the rules were asked for."""

    ok: bool
    findings: tuple[Finding, ...]


def check_record(record: Record, *, rules: bool = False, step: Callable[[int, int], None] | None = None) -> Health:
    """Prove the record sound; with `rules` also every period's figures, oldest first."""
    found = soundness.check(record, step=step)
    ok = not has_errors(found)
    if rules and ok:
        for period in known_periods(record):
            found += findings(record, period=period)
    return Health(ok, tuple(found))


def known_periods(record: Record) -> list[Period]:
    """The periods anything was ever written for, oldest first."""
    return sorted(periods.known(record), key=lambda period: (period.last, period.first))
