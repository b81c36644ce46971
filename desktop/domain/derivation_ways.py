"""Which periods, added and taken away, make up another: the shortest walk over their days; or speak in its place.

Only periods matter here, not figures; so a walk found once serves every unit and element with the same periods.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from heapq import heappop, heappush
from typing import Final

from desktop.domain.period_parts import days_of, named_parts
from desktop.domain.periods import Period

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """A period whose figure is added (sign 1) or taken away (sign -1)."""

    period: Period
    sign: int


@dataclass(frozen=True, slots=True)
class Way:
    """The steps that make up a period, and the periods that would be needed and are not held."""

    steps: tuple[Step, ...]
    missing: tuple[Period, ...] = ()

    @property
    def is_difference(self) -> bool:
        """Whether something is taken away."""
        return any(step.sign < 0 for step in self.steps)


@lru_cache(maxsize=8192)
def way_to(target: Period, held: frozenset[Period]) -> Way:
    """The fewest held periods that make up the target, additions before differences, or what is missing for it.

    Held periods are of the target's calendar; the target itself is not used. Where no walk leads through, the
    missing ones are those between the parts held; where no part is held, those that would make the smallest held
    period around the target a difference; else the target itself.
    """
    others = held - {target}
    steps = _walk(target, others)
    if steps is not None:
        return Way(steps)
    inside = frozenset(one for one in others if target.contains(one))
    if inside:
        return _with_gaps(target, inside)
    around = [one for one in others if one.contains(target)]
    if around:
        return _less_the_rest(target, min(around, key=lambda one: (days_of(one), one.id)), others)
    return Way((), (target,))


@lru_cache(maxsize=4096)
def ends_with(target: Period, held: frozenset[Period]) -> Period | None:
    """The shortest held period that ends on the target's last day."""
    return _shortest([one for one in held if one.last == target.last])


@lru_cache(maxsize=4096)
def of_the_year(target: Period, held: frozenset[Period]) -> Period | None:
    """The held period that speaks for the year the target lies in: the year itself, else its part that ends last."""
    inside = [one for one in held if year_of(one) == year_of(target)]
    latest = max((one.last for one in inside), default=None)
    return _shortest([one for one in inside if one.is_year] or [one for one in inside if one.last == latest])


def _shortest(periods: list[Period]) -> Period | None:
    return max(periods, key=lambda one: (one.first, one.last), default=None)


def year_of(period: Period) -> int | None:
    """The one year a period lies in, by its calendar; None for several."""
    first, last = (period.months or (period.first.year, 0, period.last.year, 0))[::2]
    return last if first == last else None


def _walk(target: Period, held: frozenset[Period]) -> tuple[Step, ...] | None:
    """The walk from the first day to the day after the last: fewest steps, then fewest taken away, then by id."""
    ways: dict[date, list[tuple[date, Step]]] = {}
    for one in sorted(held, key=lambda one: one.id):
        begin, end = one.first, one.last + _DAY
        ways.setdefault(begin, []).append((end, Step(one, 1)))
        ways.setdefault(end, []).append((begin, Step(one, -1)))
    goal = target.last + _DAY
    queue: list[tuple[int, int, int, date, tuple[Step, ...]]] = [(0, 0, 0, target.first, ())]
    seen: set[date] = set()
    order = 0
    while queue:
        length, taken, _, day, steps = heappop(queue)
        if day == goal:
            return steps
        if day in seen:
            continue
        seen.add(day)
        for after, step in ways.get(day, ()):
            if after not in seen:
                order += 1
                heappush(queue, (length + 1, taken + (step.sign < 0), order, after, (*steps, step)))
    return None


def _with_gaps(target: Period, inside: frozenset[Period]) -> Way:
    """The parts held that cover most of the target without overlapping, and the gaps between them."""
    best: dict[date, tuple[int, int, tuple[Period, ...]]] = {target.first: (0, 0, ())}
    days = sorted({target.first, target.last + _DAY} | {d for one in inside for d in (one.first, one.last + _DAY)})
    reach: tuple[int, int, tuple[Period, ...]] = (0, 0, ())
    ending: dict[date, list[Period]] = {}
    for one in sorted(inside, key=lambda one: one.id):
        ending.setdefault(one.last + _DAY, []).append(one)
    for day in days:
        for one in ending.get(day, ()):
            covered, steps, chosen = best[one.first]
            reach = max(reach, (covered + days_of(one), steps - 1, (*chosen, one)), key=lambda told: told[:2])
        best[day] = reach
    chosen = reach[2]
    longest = max(days_of(one) for one in chosen)
    missing: list[Period] = []
    day = target.first
    for one in chosen:
        if day < one.first:
            missing += named_parts(Period(day, one.first - _DAY, target.calendar), longest=longest + 3)
        day = one.last + _DAY
    if day <= target.last:
        missing += named_parts(Period(day, target.last, target.calendar), longest=longest + 3)
    return Way(tuple(Step(one, 1) for one in chosen), tuple(missing))


def _less_the_rest(target: Period, around: Period, held: frozenset[Period]) -> Way:
    """A period around the target, less what lies before and after the target in it."""
    steps: tuple[Step, ...] = (Step(around, 1),)
    missing: tuple[Period, ...] = ()
    rests = [(around.first, target.first - _DAY), (target.last + _DAY, around.last)]
    for first, last in rests:
        if first > last:
            continue
        rest = Period(first, last, target.calendar)
        way = Way((Step(rest, 1),)) if rest in held else way_to(rest, held - {around})
        steps += tuple(Step(step.period, -step.sign) for step in way.steps)
        missing += way.missing
    return Way(steps, missing)
