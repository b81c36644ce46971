"""What an indicator says of a part of a year (design 3.2).

Mortality and birth rates are for whole years or sums of whole years: a part of a year shows the counts. A share of
the year's own group (children to be vaccinated in the year) is what was reached since 1 January over the whole year's
group. Everything else is measured in the period itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from desktop.domain.elements import Behaviour, Element, Indicator
from desktop.domain.indicators import element_of
from desktop.domain.period_parts import is_whole_years
from desktop.domain.periods import Period

RATE_OF_EVENTS = 1000
"""The least factor of rates of events: per 1.000 and more."""


class PartYear(StrEnum):
    """How an indicator is measured in a part of a year."""

    OWN = "own"
    SINCE_JANUARY = "since_january"
    COUNTS = "counts"


def measured_in(indicator: Indicator, elements: Mapping[str, Element], period: Period) -> PartYear:
    """How the indicator is measured in a period: whole years and sums of them are always their own."""
    if is_whole_years(period) or indicator.numerator is None or indicator.denominator is None:
        return PartYear.OWN
    top = elements.get(element_of(indicator.numerator))
    bottom = elements.get(element_of(indicator.denominator))
    if top is None or top.behaviour is not Behaviour.FLOW:
        return PartYear.OWN
    if indicator.factor >= RATE_OF_EVENTS:
        return PartYear.COUNTS
    if bottom is not None and bottom.behaviour is Behaviour.AVERAGE:
        return PartYear.SINCE_JANUARY
    return PartYear.OWN


def since_january(period: Period) -> Period:
    """From the beginning of the period's year, in its calendar, to its last day."""
    made = period.months
    if made is not None:
        return Period.of_months(made[2], 1, made[2], made[3], period.calendar)
    begin = Period.of_months(period.last.year, 1, period.last.year, 1, period.calendar).first
    return Period(min(begin, period.last), period.last, period.calendar)
