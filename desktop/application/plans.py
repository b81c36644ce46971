"""Plans of a record (or the shipped ones): targets, tasks, outline, and how the targets stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from db.tables import plans as rows
from db.tables.denominators import Denominator
from desktop.application import catalogue, shipped
from desktop.application.changes import Changes, Subject, changed
from desktop.application.figures import figures, meant_communes, official, with_denominators
from desktop.application.offices import Commune, office_of
from desktop.application.records import Record
from desktop.domain.elements import Behaviour, Indicator
from desktop.domain.findings import Finding, has_errors
from desktop.domain.indicators import compute, element_of
from desktop.domain.periods import Period
from desktop.domain.plans import Plan, Target, Task
from desktop.domain.plans.actors import is_mine
from desktop.domain.plans.status import Figure, Judgement, find_start, pooled, status_of
from desktop.domain.values import NotComputable, Ratio, Value
from desktop.exchange.plan_file import load_plan
from desktop.wording import say


@dataclass(frozen=True, slots=True)
class TargetStatus:
    """One target, its figure and the verdict; `reason` says why there is no figure."""

    target: Target
    indicator: Indicator
    figure: Figure
    judgement: Judgement
    reason: str | None


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


def status(record: Record, *, code: str, period: Period, unit: str | None = None) -> list[TargetStatus]:
    """Every target of a plan against the record, judged at the period's last day."""
    plan = plan_of(record, code)
    return judged(Scope.of(record, unit, period), plan, plan.targets, period)


def judged(scope: Scope, plan: Plan, targets: Sequence[Target], period: Period) -> list[TargetStatus]:
    """Some targets of a plan against the figures of a scope."""
    known = catalogue.catalogue(scope.record).indicators
    series: dict[str, dict[int, Fraction]] = {}
    found = []
    for target in targets:
        indicator = known.get(target.indicator)
        if indicator is None:
            continue
        computed = scope.compute(indicator, period)
        if indicator.code not in series:
            series[indicator.code] = scope.series(indicator, plan.date.year, period.year)
        start = find_start(target, plan, record=series[indicator.code])
        figure = _figure(indicator, computed)
        verdict = status_of(target, figure, indicator=indicator, level=scope.level, on=period.last, start=start)
        reason = computed.reason if isinstance(computed, NotComputable) else None
        found.append(TargetStatus(target, indicator, figure, verdict, reason))
    return found


def _figure(indicator: Indicator, computed: Ratio | NotComputable) -> Figure:
    if indicator.typed and isinstance(computed, Ratio):
        return Figure(computed.value, reported=1, expected=1)
    return Figure.of(computed)


@dataclass(slots=True)
class Scope:
    """Whose figures an indicator is computed from: the record's communes below a unit, and the level they make.

    `instead` and `without` try other denominators than the record's; `whole` is the scope of which this is the
    commune at `place`.
    """

    record: Record
    level: str
    communes: list[Commune]
    own_unit: str | None
    cells: dict[str, list[Mapping[str, Value]]]
    sources: set[str]
    instead: tuple[Denominator, ...] = ()
    without: frozenset[tuple[str, str, int]] = frozenset()
    whole: Scope | None = None
    place: int = 0

    @classmethod
    def of(cls, record: Record, unit: str | None, period: Period) -> Scope:
        """The scope of a unit code (None: the whole office) on the period's last day."""
        _, communes, is_sum = meant_communes(record, unit=unit, day=period.last)
        office = office_of(record, on=period.last)
        level = office.level if office and is_sum else "commune"
        return cls(record, level, communes, office.unit_uid if office and is_sum else None, {}, set())

    def one(self, place: int) -> Scope:
        """One commune of this scope, by its place, with the cells already read."""
        return Scope(self.record, "commune", [self.communes[place]], None, {}, set(), whole=self, place=place)

    def units(self, period: Period) -> list[Mapping[str, Value]]:
        """The cells of each commune in a period, with the year's chosen denominators."""
        if self.whole is not None:
            return [self.whole.units(period)[self.place]]
        if period.id not in self.cells:
            uids = [commune.uid for commune in self.communes]
            held = official(self.record, period, figures(self.record, period=period, uids=uids))
            values = {uid: {code: f.value for code, f in held.get(uid, {}).items()} for uid in uids}
            if period.is_year:
                tried = [row for row in self.instead if row.year == period.year]
                self.sources |= with_denominators(self.record, values, period.year, tried, self.without)
            self.cells[period.id] = list(values.values())
        return self.cells[period.id]

    def compute(self, indicator: Indicator, period: Period) -> Ratio | NotComputable:
        """The indicator in a period: typed on the office, computed from communes, over pooled years at an office."""
        if indicator.typed:
            return self._typed(indicator, period)
        if not period.is_year and self._is_rate_of_events(indicator):
            return NotComputable("part_of_year", 0, 0)
        if self.pools(indicator, period):
            years = [period.shifted(-back) for back in reversed(range(indicator.pooled_years))]
            return pooled(compute(indicator, self.units(year)) for year in years)
        return compute(indicator, self.units(period))

    def pools(self, indicator: Indicator, period: Period) -> bool:
        """Whether the figure is made of several years: only of an office, only for whole years."""
        return indicator.pooled_years > 1 and self.level in ("district", "area") and period.is_year

    def _is_rate_of_events(self, indicator: Indicator) -> bool:
        """Mortality and the like are for whole years (design 3.2)."""
        elements = catalogue.catalogue(self.record).elements
        top = elements.get(element_of(indicator.numerator)) if indicator.numerator else None
        return top is not None and top.behaviour is Behaviour.FLOW and indicator.factor >= 1000

    def _typed(self, indicator: Indicator, period: Period) -> Ratio | NotComputable:
        uid = self.own_unit or (self.communes[0].uid if self.communes else "")
        held = figures(self.record, period=period, uids=[uid]).get(uid, {}).get(indicator.code)
        if held is None or held.value.number is None:
            return NotComputable("no_data", 0, 0)
        one = Fraction(1)
        return Ratio(held.value.number, one, 1, 1, 1)

    def series(self, indicator: Indicator, first: int, last: int) -> dict[int, Fraction]:
        """The indicator in each whole year that has a figure, for the start of the way to a target."""
        found = {}
        for year in range(first, last + 1):
            computed = self.compute(indicator, Period.of_year(year))
            if isinstance(computed, Ratio):
                found[year] = computed.value
        return found
