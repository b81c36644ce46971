"""Questions that the tests of the shipped plans ask of one plan."""

from __future__ import annotations

from decimal import Decimal

from desktop.domain.plans.plan import Comparator, Plan, Target, Task


def target(plan: Plan, indicator: str, year: int | None) -> Target:
    found = [one for one in plan.targets if (one.indicator, one.year) == (indicator, year)]
    assert len(found) == 1, f"{len(found)} targets of {indicator} for {year}"
    return found[0]


def aims_at(plan: Plan, indicator: str, year: int | None, said: str, unit: str) -> bool:
    """Whether a plan wants what `said` writes as sense and number (">= 74.5")."""
    found = target(plan, indicator, year)
    comparator, value = said.split(" ")
    return (found.comparator, found.value, found.unit) == (Comparator(comparator), Decimal(value), unit)


def tasks(plan: Plan, words: str) -> list[Task]:
    return [one for one in plan.tasks if words in one.sentence]
