"""The figure of one unit for a period, made from the figures the same unit has for other periods (design 3.2).

A flow is looked at as a walk over days: a figure for 1 January to 30 June leads from 1 January to 1 July, and back
with the opposite sign. So a year is the sum of its quarters, a quarter the difference of two cumulative figures, and
the months after a boundary the year less those before it, all by one rule; where no walk leads from the first day of
the period to its last, the figure is *not reported*, never part of the amount and never the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from desktop.domain.derivation_ways import Step, Way, ends_with, of_the_year, way_to, year_of
from desktop.domain.elements import Behaviour, Element, ValueType
from desktop.domain.period_parts import is_whole_years, split
from desktop.domain.periods import Period
from desktop.domain.values import (
    LARGEST,
    NOT_APPLICABLE,
    NOT_REPORTED,
    SCALE,
    State,
    Value,
    amount_value,
)
from desktop.wording import Sentence, say

Held = Mapping[Period, Value]
"""The figures of one unit, element, category and kind, by period."""


class Reason(StrEnum):
    """Why a figure cannot be derived."""

    NO_DATA = "no_data"
    MISSING_PART = "missing_part"
    FALLING = "falling"
    NOT_DUE = "not_due"
    NOT_DERIVABLE = "not_derivable"


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived figure: its value, the periods it is made of with their signs, and why it is missing.

    `reported` of `expected` periods that were needed have a figure; `missing` names the others. A yearly figure of a
    shorter period is not expected (0 of 0, `not_due`).
    """

    value: Value
    steps: tuple[Step, ...] = ()
    reported: int = 0
    expected: int = 0
    missing: tuple[Period, ...] = ()
    reason: Reason | None = None

    @property
    def is_known(self) -> bool:
        """Whether the other periods say what the figure is."""
        return self.reason is None


@dataclass(frozen=True, slots=True)
class Told:
    """The figure of a period: the typed one where there is one, else the derived; both where there are both."""

    value: Value
    is_typed: bool
    derived: Derived

    @property
    def differs(self) -> bool:
        """Whether a typed figure and the one the other periods give are not the same."""
        return self.is_typed and self.derived.is_known and self.derived.value != self.value


def told(element: Element, period: Period, held: Held) -> Told:
    """The official figure of a period with the derived one beside it. *Not reported*, even typed, gives way."""
    typed = held.get(period, NOT_REPORTED)
    derived = derive(element, period, held)
    if typed.state is not State.NOT_REPORTED:
        return Told(typed, True, derived)
    return Told(derived.value, False, derived)


def derive(element: Element, period: Period, held: Held) -> Derived:
    """The figure of a period from those of other periods; what is held for the period itself is left aside.

    Flow: sums and differences. Stock: the figure of another period that ends on the same day. Average: the year's one
    figure. Yearly (survey): shorter periods have none. Yes/no and text are never summed.
    """
    others = {one: value for one, value in held.items() if _speaks(one, period, value)}
    if element.behaviour is Behaviour.FLOW:
        if element.type in (ValueType.COUNT, ValueType.DECIMAL):
            return _flow(element, period, others)
        return Derived(NOT_REPORTED, reason=Reason.NOT_DERIVABLE)
    if element.behaviour is Behaviour.STOCK:
        return _same(period, others, ends_with(period, frozenset(others)))
    if element.behaviour is Behaviour.YEARLY:
        return Derived(NOT_REPORTED, reason=Reason.NOT_DUE if is_not_due(element, period) else Reason.NOT_DERIVABLE)
    return _average(period, others)


def is_not_due(element: Element, period: Period) -> bool:
    """Whether the element is counted once a year and the period is a part of one: "chưa đến kỳ"."""
    return element.behaviour is Behaviour.YEARLY and not is_whole_years(period)


def part_before(element: Element, year: Period, day: date, held: Held) -> Told | None:
    """The figure of the part of a period that ends before a day; None where the day is its first."""
    before, _ = split(year, day)
    return told(element, before, held) if before else None


def part_from(element: Element, year: Period, day: date, held: Held) -> Told | None:
    """The figure of the part of a period from a day on; None where the period ends before it."""
    _, after = split(year, day)
    return told(element, after, held) if after else None


def _speaks(one: Period, period: Period, value: Value) -> bool:
    return one != period and one.calendar is period.calendar and value.state is not State.NOT_REPORTED


def _flow(element: Element, period: Period, others: Held) -> Derived:
    way = way_to(period, frozenset(others))
    needed = len(way.steps) + len(way.missing)
    if way.missing:
        reason = Reason.MISSING_PART if way.steps else Reason.NO_DATA
        return Derived(NOT_REPORTED, way.steps, len(way.steps), needed, way.missing, reason)
    return Derived(*_summed(element, way, others))


def _summed(
    element: Element, way: Way, others: Held
) -> tuple[Value, tuple[Step, ...], int, int, tuple[Period, ...], Reason | None]:
    amount = counted = 0
    for step in way.steps:
        found = others[step.period]
        if found.amount is not None:
            amount += step.sign * found.amount
            counted += 1
    needed = len(way.steps)
    if not counted:
        return NOT_APPLICABLE, way.steps, 0, 0, (), None
    if abs(amount) > LARGEST or (way.is_difference and amount < _least(element)):
        return NOT_REPORTED, way.steps, needed, needed, (), Reason.FALLING
    return amount_value(amount), way.steps, needed, needed, (), None


def _least(element: Element) -> int:
    """The least a difference may be: 0, but for elements that may be negative themselves (natural growth)."""
    if element.minimum is None:
        return 0 if element.type is ValueType.COUNT else -LARGEST
    return min(0, int(Decimal(element.minimum) * SCALE))


def _same(period: Period, others: Held, chosen: Period | None) -> Derived:
    """The figure of another period that says the same thing."""
    if chosen is None:
        reason = Reason.MISSING_PART if any(period.contains(one) for one in others) else Reason.NO_DATA
        return Derived(NOT_REPORTED, (), 0, 1, (period,), reason)
    value = others[chosen]
    expected = int(value.state is not State.NOT_APPLICABLE)
    return Derived(value, (Step(chosen, 1),), expected, expected)


def _average(period: Period, others: Held) -> Derived:
    """The one figure of a year: that of the year itself, else of the part of it that ends last."""
    if year_of(period) is None:
        return Derived(NOT_REPORTED, reason=Reason.NOT_DERIVABLE)
    return _same(period, others, of_the_year(period, frozenset(others)))


def reason_sentence(derived: Derived) -> Sentence | None:
    """Why a figure is missing, in words; None where it is known."""
    if derived.reason is None:
        return None
    if derived.reason is Reason.MISSING_PART and derived.missing:
        return say("The figure of {period} is missing.", period=derived.missing[0].sentence())
    return {
        Reason.NOT_DUE: say("Not due yet: counted once a year."),
        Reason.FALLING: say("The cumulative figures fall."),
        Reason.NOT_DERIVABLE: say("It does not follow from other periods."),
    }.get(derived.reason, say("No period gives it."))


_MINUS: Final = "−"


def way_sentence(derived: Derived) -> Sentence | None:
    """How a derived figure was made: "6 tháng đầu năm 2025 − quý I/2025"; None where it was not."""
    if not derived.is_known or not derived.steps:
        return None
    ordered = sorted(derived.steps, key=lambda step: (-step.sign, step.period.first))
    made = ordered[0].period.sentence()
    for step in ordered[1:]:
        sign = _MINUS if step.sign < 0 else "+"
        made = say("{left} {sign} {right}", left=made, sign=sign, right=step.period.sentence())
    return made
