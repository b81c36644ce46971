"""What moves when the year's denominators are replaced: every rate, its verdicts, documents that used the old."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.application import catalogue
from desktop.application.denominators import Choice
from desktop.application.figures import elements_by_population
from desktop.application.plans import judged, plans_of
from desktop.application.records import Record
from desktop.application.scopes import Scope
from desktop.domain.elements import Indicator
from desktop.domain.indicators import element_of
from desktop.domain.periods import Period
from desktop.domain.plans import Plan, Target
from desktop.domain.plans.status import Status
from desktop.domain.values import NotComputable, Ratio


@dataclass(frozen=True, slots=True)
class MovedVerdict:
    """The verdict on one target before and after."""

    plan: str
    target: Target
    before: Status
    after: Status


@dataclass(frozen=True, slots=True)
class MovedRate:
    """A rate of a unit (official code; None is the whole office) that is another one with the new denominators."""

    indicator: Indicator
    unit: str | None
    name: str
    year: int
    before: Ratio | NotComputable
    after: Ratio | NotComputable
    verdicts: tuple[MovedVerdict, ...]

    @property
    def turned(self) -> tuple[MovedVerdict, ...]:
        """The verdicts that are not what they were."""
        return tuple(verdict for verdict in self.verdicts if verdict.before is not verdict.after)


@dataclass(frozen=True, slots=True)
class Moved:
    """Every rate that moves, the office first; `documents` that used the old figures, where they are recorded."""

    rates: tuple[MovedRate, ...]
    documents: tuple[str, ...] = ()
    documents_recorded: bool = False


def moved(record: Record, *, choice: Choice | None = None, year: int = 0, population: str = "") -> Moved:
    """Every rate that moves if a choice is written; without a choice, if what the forms say counts again.

    Reads only. Years after the chosen one are looked at where an indicator sums several years.
    """
    from db.tables.denominators import of as chosen_rows

    year, population = (choice.year, choice.population) if choice else (year, population)
    codes = set(elements_by_population(record).get(population, ()))
    divided = [
        indicator
        for indicator in catalogue.catalogue(record).indicators.values()
        if indicator.denominator and element_of(indicator.denominator) in codes
    ]
    if not divided:
        return Moved(())
    with record.reading():
        gone = [row for row in chosen_rows(record, [year]) if row.population == population]
        wanted = choice.denominators if choice else ()
        kept = {row.unit for row in wanted}
        without = frozenset((row.unit, row.population, year) for row in gone if row.unit not in kept)
        longest = max(indicator.pooled_years for indicator in divided)
        found: list[MovedRate] = []
        for reach in range(longest):
            period = Period.of_year(year + reach)
            before = Scope.of(record, None, period)
            after = Scope.of(record, None, period)
            after.view.instead, after.view.without = tuple(wanted), without
            pooled = [one for one in divided if one.pooled_years > reach]
            found += _between(record, before, after, pooled, period)
    return Moved(tuple(found))


def _between(
    record: Record, before: Scope, after: Scope, indicators: list[Indicator], period: Period
) -> Iterator[MovedRate]:
    targets = _targets(record, {indicator.code for indicator in indicators})
    pairs: list[tuple[str | None, str, Scope, Scope]] = [(None, "", before, after)]
    pairs += [
        (commune.code, commune.name, before.one(place), after.one(place))
        for place, commune in enumerate(before.communes)
    ]
    for unit, name, old, new in pairs:
        for indicator in indicators:
            was, becomes = old.compute(indicator, period), new.compute(indicator, period)
            if was != becomes:
                verdicts = tuple(_verdicts(old, new, targets.get(indicator.code, []), period))
                yield MovedRate(indicator, unit, name, period.year, was, becomes, verdicts)


def _targets(record: Record, codes: set[str]) -> dict[str, list[tuple[Plan, Target]]]:
    found: dict[str, list[tuple[Plan, Target]]] = {}
    for plan in plans_of(record).values():
        for target in plan.targets:
            if target.indicator in codes:
                found.setdefault(target.indicator, []).append((plan, target))
    return found


def _verdicts(old: Scope, new: Scope, targets: list[tuple[Plan, Target]], period: Period) -> Iterator[MovedVerdict]:
    for plan, target in targets:
        for before, after in zip(judged(old, plan, [target], period), judged(new, plan, [target], period), strict=True):
            yield MovedVerdict(plan.code, target, before.judgement.status, after.judgement.status)
