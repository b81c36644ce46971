"""Figures on the boundaries of another day, from those of the units the territory is made of (design 3.1).

Counts are added, rates made anew from added numerators and denominators, yes and no become "so many of those that
reported"; words and averages are not added. A unit divided by shares gives an estimate that says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from desktop.domain.elements import Behaviour, Element, Indicator, ValueType
from desktop.domain.indicators import Cells, compute, is_plain
from desktop.domain.lineage import Reason, Weight
from desktop.domain.values import NotComputable, Ratio, State, Value, amount_value, total

NOT_ADDED_UNITS: Final = frozenset({"%", "‰", "/1.000", "/10.000", "/100.000", "cm", "năm", "tuổi"})
"""Units of count of figures that are rates or averages themselves."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A figure carried onto other boundaries: `value` is None with a `reason` where it cannot be computed."""

    value: Value | None
    reported: int
    expected: int
    estimated: bool = False
    reason: str | None = None


Part = tuple[Value, Weight]


def is_added(element: Element) -> bool:
    """Whether figures of several units add up: counts do, yes/no are counted; words, rates and averages do not."""
    if element.type is ValueType.TEXT or element.unit in NOT_ADDED_UNITS:
        return False
    return not (element.type is ValueType.DECIMAL and element.behaviour is Behaviour.AVERAGE)


def carried(element: Element, parts: Sequence[Part]) -> Carried:
    """One element over the parts of a territory; a territory that is one whole unit keeps its figure as it is."""
    if len(parts) == 1 and parts[0][1].is_whole:
        alone = total([parts[0][0]])
        return Carried(parts[0][0], alone.reported, alone.expected)
    whole = total(value for value, _ in parts)
    said = [(value, weight) for value, weight in parts if value.is_reported]
    if not said:
        return Carried(whole.value, whole.reported, whole.expected)
    estimated = any(not weight.is_whole for _, weight in said)
    if not is_added(element) or (estimated and not all(value.amount is not None for value, _ in said)):
        return Carried(None, whole.reported, whole.expected, reason=Reason.NOT_SUMMED)
    if not estimated:
        return Carried(whole.value, whole.reported, whole.expected)
    amount = sum((Fraction(value.amount or 0) * weight.share for value, weight in said), Fraction(0))
    return Carried(amount_value(_half_up(amount)), whole.reported, whole.expected, estimated=True)


def carried_indicator(
    indicator: Indicator, elements: Mapping[str, Element], units: Sequence[tuple[Cells, Weight]]
) -> Ratio | NotComputable:
    """An indicator over the parts of a territory; what counts units cannot be divided by shares (`not_summed`)."""
    if all(weight.is_whole for _, weight in units):
        return compute(indicator, [cells for cells, _ in units])
    terms = [term for term in (indicator.numerator, indicator.denominator) if term is not None]
    if not all(is_plain(term) and term in elements and is_added(elements[term]) for term in terms):
        return NotComputable(Reason.NOT_SUMMED, 0, len(units))
    return compute(indicator, [_scaled(cells, weight, terms) for cells, weight in units])


def _scaled(cells: Cells, weight: Weight, terms: Sequence[str]) -> Cells:
    return {term: scaled(cells[term], weight) for term in terms if term in cells}


def scaled(value: Value, weight: Weight) -> Value:
    """The part of an amount that belongs to a weight, half up to ten-thousandths; what is no amount stays."""
    if value.amount is None or weight.share == 1:
        return value
    return amount_value(_half_up(Fraction(value.amount) * weight.share))


def _half_up(amount: Fraction) -> int:
    size = (2 * abs(amount.numerator) + amount.denominator) // (2 * amount.denominator)
    return -size if amount < 0 else size


def is_empty(value: Value | None) -> bool:
    """Nobody said anything: no value, or not reported."""
    return value is None or value.state is State.NOT_REPORTED
