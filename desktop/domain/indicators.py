"""Indicators computed from the figures of units: always from summed parts, never from averaged rates (design 3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Final

from desktop.domain.elements import Indicator
from desktop.domain.values import (
    NO,
    NOT_APPLICABLE,
    NOT_REPORTED,
    SCALE,
    YES,
    NotComputable,
    Ratio,
    State,
    Value,
    number,
    ratio,
)

_TERM: Final = re.compile(
    r"(?P<units>units:)?(?P<code>[a-z][a-z0-9_]*)\s*(?:(?P<sign>>=|<=|>|<|=)\s*(?P<limit>[0-9]+(?:\.[0-9]+)?))?"
)
ONE: Final = number(1)

Cells = Mapping[str, Value]


class BadTerm(ValueError):
    """A numerator or denominator that cannot be read: files with one are refused when they are installed."""


@cache
def _parsed(term: str) -> tuple[bool, str, str | None, int]:
    found = _TERM.fullmatch(term.strip())
    if not found:
        raise BadTerm(term)
    limit = int(Decimal(found["limit"]) * SCALE) if found["limit"] else 0
    return bool(found["units"]), found["code"], found["sign"], limit


def element_of(term: str) -> str:
    """The element a term speaks of; BadTerm for one that cannot be read."""
    return _parsed(term)[1]


def is_plain(term: str) -> bool:
    """Whether a term is the figure of an element itself, without a condition and without counting units."""
    counts_units, _, sign, _ = _parsed(term)
    return not counts_units and sign is None


def term_value(term: str, cells: Cells) -> Value:
    """What a term is for one unit.

    `stunted` is the figure itself; `doctors>=1` is yes or no; `units:doctors` counts 1 where the unit reported.
    """
    counts_units, code, sign, limit = _parsed(term)
    value = cells.get(code, NOT_REPORTED)
    if not value.is_reported:
        return value
    if counts_units:
        return ONE
    if sign is None:
        return value
    if value.amount is None:
        return NOT_REPORTED
    holds = {">=": value.amount >= limit, "<=": value.amount <= limit, ">": value.amount > limit}
    holds |= {"<": value.amount < limit, "=": value.amount == limit}
    return YES if holds[sign] else NO


def compute(indicator: Indicator, units: Iterable[Cells]) -> Ratio | NotComputable:
    """The indicator over some units (or over units of several pooled years: one entry each).

    A typed indicator has no formula (`typed`); one without denominator is the sum of its numerator.
    """
    if indicator.numerator is None:
        return NotComputable("typed", 0, 0)
    top, bottom = indicator.numerator, indicator.denominator
    pairs = [
        (term_value(top, cells), term_value(bottom, cells) if bottom else _whole(term_value(top, cells)))
        for cells in units
    ]
    found = ratio(pairs, indicator.factor)
    if bottom or isinstance(found, NotComputable):
        return found
    return Ratio(found.numerator, found.denominator / found.reported, 1, found.reported, found.expected)


def _whole(value: Value) -> Value:
    return (
        ONE
        if value.is_reported and value.state is not State.TEXT
        else NOT_APPLICABLE
        if (value.state is State.NOT_APPLICABLE)
        else NOT_REPORTED
    )
