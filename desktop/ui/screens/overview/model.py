"""The state of a period in numbers: read on a worker, through the application's own questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.application import checks, plans, submissions
from desktop.application.backups import last_backup
from desktop.application.entry import matrix
from desktop.application.offices import office_of
from desktop.application.packages import PartnerStatus, package_status
from desktop.application.plans import TargetStatus
from desktop.application.records import Record
from desktop.application.submissions import SubmissionRow
from desktop.domain.findings import Finding, Severity
from desktop.domain.periods import Period
from desktop.domain.plans.status import Status
from desktop.domain.values import State

if TYPE_CHECKING:
    from desktop.application.nutrition_regime import Asked

DONE = ("complete", "checked", "locked")
_UNJUDGED = (Status.NO_DATA, Status.NO_PATH)


@dataclass(frozen=True, slots=True)
class Quality:
    """How complete a period is: cells with a figure of those expected, and what the checks found."""

    cells: int
    expected: int
    errors: int
    warnings: int
    kept: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything the overview shows."""

    period: Period
    forms: tuple[SubmissionRow, ...]
    plan: str | None
    plan_title: str
    plans: tuple[tuple[str, str], ...]
    targets: tuple[TargetStatus, ...]
    target_year: int | None
    findings: tuple[Finding, ...]
    quality: Quality
    partners: tuple[PartnerStatus, ...]
    backup_on: date | None
    seat: str = ""
    seat_ended: date | None = None
    reports: tuple[Asked, ...] = ()
    """Reports on nutrition whose due day lies ahead."""

    @property
    def done(self) -> int:
        """Forms that are complete or further."""
        return sum(row.state in DONE for row in self.forms)

    def count(self, *statuses: Status) -> int:
        """Targets with one of these verdicts."""
        return sum(row.judgement.status in statuses for row in self.targets)


def read(record: Record, *, period: Period, plan: str | None, today: date) -> Picture:
    """The picture of a period; without a plan named, the newest one that has targets."""
    known = plans.plans_of(record)
    with_targets = {code: each for code, each in known.items() if any(t.year for t in each.targets)}
    chosen = plan if plan in with_targets else next(reversed(with_targets), None)
    targets: tuple[TargetStatus, ...] = ()
    year = None
    if chosen is not None:
        every = plans.status(record, code=chosen, period=period)
        years = sorted({row.target.year for row in every if row.target.year is not None})
        year = next((y for y in years if y >= period.year), years[-1] if years else None)
        numbered = [
            row
            for row in every
            if row.target.year == year
            and row.target.value is not None
            and row.judgement.status is not Status.NOT_MEASURABLE
        ]
        targets = tuple(sorted(numbered, key=lambda row: row.judgement.status in _UNJUDGED))
    findings = tuple(checks.findings(record, period=period))
    from desktop.application.nutrition_regime import soon

    last, office = last_backup(record), office_of(record, on=period.last)
    return Picture(
        period,
        tuple(submissions.rows(record, period=period, checked=findings)),
        chosen,
        with_targets[chosen].symbol if chosen else "",
        tuple((code, f"{each.symbol} · {each.title}") for code, each in with_targets.items()),
        targets,
        year,
        findings,
        _quality(record, period, findings),
        tuple(package_status(record)),
        last.at.date() if last else None,
        office.unit_name if office else "",
        office.ended if office else None,
        tuple(soon(record, level=office.level, today=today)) if office else (),
    )


def _quality(record: Record, period: Period, findings: tuple[Finding, ...]) -> Quality:
    from desktop.application.catalogue import catalogue

    cells = expected = 0
    for code, form in catalogue(record).forms.items():
        if not form.fits(period):
            continue
        for row in matrix(record, form=code, period=period, checked=False).rows:
            wanted = [cell for cell in row.cells if cell.figure.value.state is not State.NOT_APPLICABLE]
            expected += len(wanted)
            cells += sum(cell.figure.value.is_reported for cell in wanted)
    return Quality(
        cells,
        expected,
        sum(f.severity is Severity.ERROR and f.kept is None for f in findings),
        sum(f.severity is Severity.WARNING and f.kept is None for f in findings),
        sum(f.kept is not None for f in findings),
    )
