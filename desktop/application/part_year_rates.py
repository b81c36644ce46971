"""Indicators of parts of a year and of several years (design 3.2, `desktop/domain/part_years.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from desktop.application import catalogue
from desktop.application.boundaries import Boundaries, OnGround, Rate
from desktop.domain.elements import Behaviour, Indicator
from desktop.domain.indicators import element_of, is_plain
from desktop.domain.part_years import PartYear, since_january
from desktop.domain.period_parts import parts
from desktop.domain.periods import Period
from desktop.domain.plans.status import pooled
from desktop.domain.values import NOT_REPORTED, NotComputable, Ratio, ratio


def part_of_year(view: Boundaries, indicator: Indicator, units: Sequence[str], period: Period, way: PartYear) -> Rate:
    """An indicator in a part of a year: the counts alone, or what was reached since January over the year's group."""
    if way is PartYear.SINCE_JANUARY and is_plain(indicator.numerator or "") and is_plain(indicator.denominator or ""):
        return _since_january(view, indicator, units, period)
    top, bottom = (_figure(view, term, units, period) for term in (indicator.numerator, indicator.denominator))
    if (unknown := _unknown(top, bottom)) is not None:
        return unknown
    counts = (_count(top), _count(bottom))
    reported, expected = (top.figure.reported, top.figure.expected) if top else (0, 0)
    return Rate(NotComputable("part_of_year", reported, expected, *counts))


def _since_january(view: Boundaries, indicator: Indicator, units: Sequence[str], period: Period) -> Rate:
    """Over the units that reported both, as every ratio; the year's chosen denominator before what a form says."""
    since, year = since_january(period), whole_year(period)
    pairs, estimated = [], False
    whole = _figure(view, indicator.numerator, units, since), _figure(view, indicator.denominator, units, year)
    if (unknown := _unknown(*whole)) is not None:
        return unknown
    each = [
        (_figure(view, indicator.numerator, [unit], since), _figure(view, indicator.denominator, [unit], year))
        for unit in units
    ]
    for top, bottom in [whole] if any(_unknown(*both) for both in each) else each:
        values = [(one.figure.value if one else None) or NOT_REPORTED for one in (top, bottom)]
        estimated |= any(one.figure.estimated for one in (top, bottom) if one)
        pairs.append((values[0], values[1]))
    return Rate(ratio(pairs, indicator.factor), estimated)


def several_years(view: Boundaries, indicator: Indicator, units: Sequence[str], period: Period) -> Rate:
    """An indicator over several whole years: events summed over the years, everything else as the last year ended."""
    elements = catalogue.catalogue(view.record).elements
    top = elements.get(element_of(indicator.numerator)) if indicator.numerator else None
    years = parts(period, 12)
    rates = [view.indicator(indicator, units, year) for year in years]
    if top is None or top.behaviour is not Behaviour.FLOW:
        return rates[-1]
    estimated = any(rate.estimated for rate in rates if isinstance(rate.value, Ratio))
    return Rate(pooled(rate.value for rate in rates), estimated, rates[-1].missing)


def whole_year(period: Period) -> Period:
    """The year of a period, in its calendar."""
    year = since_january(period).months
    number = year[2] if year else period.year
    return Period.of_months(number, 1, number, 12, period.calendar)


def _figure(view: Boundaries, term: str | None, units: Sequence[str], period: Period) -> OnGround | None:
    element = catalogue.catalogue(view.record).elements.get(element_of(term)) if term else None
    return view.figure(element, units, period) if element else None


def _unknown(*figures: OnGround | None) -> Rate | None:
    """Why nothing can be said where a part of the territory cannot be had: never the sum of what is known."""
    for one in figures:
        if one is not None and one.figure.value is None and one.figure.reason is not None:
            reason = one.figure.reason if one.figure.reported else "no_data"
            return Rate(NotComputable(reason, one.figure.reported, one.figure.expected), missing=one.ground.missing)
    return None


def _count(found: OnGround | None) -> Fraction | None:
    return found.figure.value.number if found and found.figure.value else None
