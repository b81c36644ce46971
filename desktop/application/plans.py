"""Plans of a record (or the shipped ones): targets, tasks, outline, and how the targets stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from db.tables import plans as rows
from desktop.application import catalogue, shipped
from desktop.application.changes import Changes, Subject, changed
from desktop.application.lineages import commune_on
from desktop.application.offices import Commune, office_of
from desktop.application.records import Record
from desktop.application.scopes import Scope
from desktop.domain.elements import Indicator
from desktop.domain.findings import Finding, has_errors
from desktop.domain.periods import Period
from desktop.domain.plans import Plan, Target, Task
from desktop.domain.plans.actors import is_mine
from desktop.domain.plans.status import Figure, Judgement, Status, find_start, status_of
from desktop.domain.values import NotComputable, Ratio
from desktop.exchange.plan_file import load_plan
from desktop.wording import say


@dataclass(frozen=True, slots=True)
class TargetStatus:
    """One target, its figure and the verdict; `reason` says why there is no figure, `missing` for want of which units.

    An `estimated` figure rests on shares of divided units: it is shown and never judged.
    """

    target: Target
    indicator: Indicator
    figure: Figure
    judgement: Judgement
    reason: str | None
    estimated: bool = False
    missing: tuple[Commune, ...] = ()

    @property
    def is_over_whole(self) -> bool:
        """Whether a share is more than its whole: what it is divided by is too small, whatever the verdict says."""
        value = self.figure.value
        return is_share(self.indicator) and value is not None and self.figure.denominator is not None and value > 100


def is_share(indicator: Indicator) -> bool:
    """Whether an indicator says how many in a hundred of its denominator."""
    return indicator.unit == "%" and indicator.factor == 100 and indicator.denominator is not None


def plans_of(record: Record | None) -> dict[str, Plan]:
    """The plans by code, by date: the record's, or the shipped ones where no record is named."""
    return shipped.plans() if record is None else {plan.code: plan for plan in rows.load(record)}


def plan_of(record: Record | None, code: str) -> Plan:
    """A plan by its code, or by a symbol that is unique; AppError `unknown_plan` or `ambiguous_plan`.

    A shipped plan that the record has not taken up can be read and measured against it too.
    """
    return shipped.chosen_plan(shipped.plans() | plans_of(record), code)


def targets(record: Record | None, *, code: str, year: int | None = None) -> list[Target]:
    """The targets of a plan, of one year where asked."""
    return [target for target in plan_of(record, code).targets if year in (None, target.year)]


def tasks(record: Record | None, *, code: str, today: date) -> list[tuple[Task, bool | None]]:
    """The tasks of a plan, each with whether it is the office's own; None where no record is named."""
    office = office_of(record, on=today) if record is not None else None
    found = plan_of(record, code).tasks
    return [(task, is_mine(task, office.level, office.unit_name) if office else None) for task in found]


def install_plan(record: Record, *, text: str, name: str) -> tuple[Plan | None, list[Finding], Changes]:
    """Install or renew a plan from a file's text; an error finding installs nothing."""
    plan, findings = load_plan(text, name, indicators=catalogue.catalogue(record).indicators)
    if plan is None or has_errors(findings):
        return None, findings, Changes()
    with record.change(say("Install the plan {plan}", plan=plan.code), source="catalogue") as change:
        rows.put(record, plan)
    return plan, findings, changed(change.rows, Subject.PLANS)


def status(
    record: Record, *, code: str, period: Period, unit: str | None = None, boundaries: date | None = None
) -> list[TargetStatus]:
    """Every target of a plan against the record, judged at the period's last day; on the boundaries of a day."""
    plan = plan_of(record, code)
    with record.reading():
        return judged(Scope.of(record, unit, period, boundaries), plan, plan.targets, period)


def judged(scope: Scope, plan: Plan, targets: Sequence[Target], period: Period) -> list[TargetStatus]:
    """Some targets of a plan against the figures of a scope."""
    known, register = catalogue.catalogue(scope.record).indicators, scope.view.lineage.register
    series: dict[str, dict[int, Fraction]] = {}
    found = []
    for target in targets:
        indicator = known.get(target.indicator)
        if indicator is None:
            continue
        rate = scope.rate(indicator, period)
        computed = rate.value
        if indicator.code not in series:
            series[indicator.code] = scope.series(indicator, plan.date.year, period.year)
        start = find_start(target, plan, record=series[indicator.code])
        figure = _figure(indicator, computed)
        verdict = status_of(target, figure, indicator=indicator, level=scope.level, on=period.last, start=start)
        reason = computed.reason if isinstance(computed, NotComputable) else None
        if rate.estimated and figure.value is not None:
            # What rests on shares is shown and judged nowhere (design 3.1).
            verdict = replace(verdict, status=Status.NOT_MEASURABLE)
        missing = tuple(commune_on(register, uid, period.last) for uid in rate.missing)
        found.append(TargetStatus(target, indicator, figure, verdict, reason, rate.estimated, missing))
    return found


def _figure(indicator: Indicator, computed: Ratio | NotComputable) -> Figure:
    if indicator.typed and isinstance(computed, Ratio):
        return Figure(computed.value, reported=1, expected=1)
    return Figure.of(computed)
