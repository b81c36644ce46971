"""Last year's accepted reason, proposed again: the same unit, element and rule had a finding that somebody kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from db.tables import findings as kept_rows
from db.tables.findings import KeptReason
from desktop.application.offices import communes_of
from desktop.application.records import Record
from desktop.domain.findings import Finding
from desktop.domain.periods import Period

YEARS_BACK: Final = 3


@dataclass(frozen=True, slots=True)
class ProposedReason:
    """A reason somebody accepted before; `shown` is the figure it was kept for then."""

    reason: str
    who: str
    period: Period
    shown: str


def proposed_reason(record: Record, finding: Finding) -> ProposedReason | None:
    """The newest reason of the same period in one of the last three years; None where there is none."""
    return proposed_reasons(record, [finding]).get(finding.id)


def proposed_reasons(record: Record, findings: Iterable[Finding]) -> dict[str, ProposedReason]:
    """The same for many findings at once, by finding id."""
    asked = [one for one in findings if one.unit and one.element and one.period]
    uids: dict[str, dict[str, str]] = {}
    held: dict[str, dict[tuple[str, str, str], tuple[Period, KeptReason]]] = {}
    proposed = {}
    for finding in asked:
        name = finding.period or ""
        if name not in held:
            period = Period.parse(name)
            uids[name] = {commune.code: commune.uid for commune in communes_of(record, on=period.last)}
            held[name] = _kept_before(record, period)
        uid = uids[name].get(finding.unit or "", "")
        found = held[name].get((uid, finding.element or "", finding.rule))
        if found:
            period, row = found
            proposed[finding.id] = ProposedReason(row.reason, row.who, period, row.shown)
    return proposed


def _kept_before(record: Record, period: Period) -> dict[tuple[str, str, str], tuple[Period, KeptReason]]:
    earlier = [period.shifted(-back) for back in range(YEARS_BACK, 0, -1)]
    by_id = {one.id: one for one in earlier}
    return {
        (row.unit, row.element, row.rule): (by_id[row.period], row) for row in kept_rows.of(record, list(by_id))
    }  # rows come oldest first: the newest stays
