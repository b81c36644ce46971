"""Pairs of children worth comparing among a hundred thousand: those that share something rare, found in columns.

A province has a hundred children of one name, so a name alone is not rare: it must come with the mother, with a birth
date of which one figure differs, or without a date with the commune. A birth date must come with what the child is
called, with the commune or with the mother; a day it may have been mistaken for with both name and commune.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from desktop.domain.children import Child
from desktop.domain.text import fold

Codes = NDArray[np.int64]
SLIPS: Final = 10
"""Days by which a birth date may have slipped."""
_DAYS: Final = 1 << 22  # more than any ordinal of a date
_PLACES: Final = 8  # figures of a date as ddmmyyyy


def near(children: Sequence[Child]) -> Iterator[tuple[int, int]]:
    """Places of two children each that share something rare, every pair once and none with itself."""
    many = len(children)
    found = [_within(places, keys, many) for places, keys in _shared(children)]
    codes = np.unique(np.concatenate([*found, *_slipped(children)]))
    for code in codes.tolist():
        one, other = divmod(code, many)
        if children[one].uid != children[other].uid:
            yield one, other


def _shared(children: Sequence[Child]) -> Iterator[tuple[Codes, Codes]]:
    """Where (places) and what (equal numbers) children have in common, one kind of it after another."""
    mothers = _codes(fold(child.mother) for child in children)
    names = _codes(" ".join(sorted(fold(child.name).split())) for child in children)
    given, units = _given(children), _codes(child.unit for child in children)
    days = _days(children)
    everyone = np.arange(len(children), dtype=np.int64)
    dated, undated, mothered = everyone[days > 0], everyone[days == 0], everyone[mothers > 0]
    numbers = _codes(child.personal_id for child in children)
    yield everyone[numbers > 0], numbers[numbers > 0]
    yield mothered, _joined(names, mothers)[mothered]
    yield undated, _joined(names, units)[undated]
    yield dated, _joined(given, days)[dated]
    yield dated, _joined(units, days)[dated]
    both = dated[mothers[dated] > 0]
    yield both, _joined(mothers, days)[both]
    written = _written(children)
    for place in range(_PLACES):
        less = written - written // 10**place % 10 * 10**place
        yield dated, _joined(names, less)[dated]


def _slipped(children: Sequence[Child]) -> list[Codes]:
    """Children of one commune called the same, born on days of which one may have been mistaken for the other."""
    days = _days(children)
    dated = np.flatnonzero(days > 0)
    called = _joined(_given(children), _codes(child.unit for child in children))[dated] * _DAYS
    own = called + days[dated]
    order = np.argsort(own, kind="stable")
    ranked, places = own[order], dated[order]
    asked = [(dated, own + apart) for apart in range(1, SLIPS + 1)]
    for told in (_exchanged, _year_later):
        meant = np.array([told(children[at].birth_date) for at in dated.tolist()], np.int64)
        real = meant > 0
        asked.append((dated[real], (called + meant)[real]))
    return [_matched(who, keys, ranked, places, len(children)) for who, keys in asked]


def _matched(who: Codes, keys: Codes, ranked: Codes, places: Codes, many: int) -> Codes:
    """Each of some children with all those whose key (in order, with their places) is the one asked for."""
    first, last = np.searchsorted(ranked, keys, "left"), np.searchsorted(ranked, keys, "right")
    counts = last - first
    ones = np.repeat(who, counts)
    within = np.arange(len(ones)) - np.repeat(np.cumsum(counts) - counts, counts)
    return _coded(ones, places[np.repeat(first, counts) + within], many)


def _within(places: Codes, keys: Codes, many: int) -> Codes:
    """All pairs of places with equal keys."""
    order = np.argsort(keys, kind="stable")
    ranked, who = keys[order], places[order]
    found = [np.empty(0, np.int64)]
    apart = 1
    while apart < len(ranked) and (same := ranked[apart:] == ranked[:-apart]).any():
        found.append(_coded(who[:-apart][same], who[apart:][same], many))
        apart += 1
    return np.concatenate(found)


def _coded(ones: Codes, others: Codes, many: int) -> Codes:
    coded: Codes = np.minimum(ones, others) * many + np.maximum(ones, others)
    return coded


def _codes(texts: Iterable[str]) -> Codes:
    """Each text as a number; the empty one is 0."""
    known: dict[str, int] = {"": 0}
    return np.array([known.setdefault(text, len(known)) for text in texts], np.int64)


def _given(children: Sequence[Child]) -> Codes:
    return _codes(fold(child.name).rpartition(" ")[2] for child in children)


def _days(children: Sequence[Child]) -> Codes:
    return np.array([child.birth_date.toordinal() if child.birth_date else 0 for child in children], np.int64)


def _written(children: Sequence[Child]) -> Codes:
    """Birth dates as the number ddmmyyyy."""
    told = ((child.birth_date or date.min) for child in children)
    return np.array([day.day * 1_000_000 + day.month * 10_000 + day.year for day in told], np.int64)


def _joined(one: Codes, other: Codes) -> Codes:
    """Two columns as one, equal where both are."""
    return one * (int(other.max(initial=0)) + 1) + other


def _exchanged(day: date | None) -> int:
    """The ordinal of the date with day and month exchanged; 0 where there is none, or it is the same."""
    if day is None or day.day > 12 or day.day == day.month:
        return 0
    return date(day.year, day.day, day.month).toordinal()


def _year_later(day: date | None) -> int:
    if day is None or (day.month, day.day) == (2, 29):
        return 0
    return day.replace(year=day.year + 1).toordinal()
