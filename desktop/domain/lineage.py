"""Which units of one day the territory of other units on another day is made of, through every act in between.

One uid is one territory: a unit that gains or loses area ends, and what follows is a unit of its own
(`desktop/domain/acts.py`). So the acts of a record are a graph over units whose edges are the parts, and a question is
a walk through it, from the day whose boundaries are asked for to the day the figures were reported on:

- back in time an old unit belongs wholly to what is asked for when all it went into does; when only some of it does,
  the shares of the act divide it, and the result is an estimate; without shares it cannot be known;
- forward in time a new unit belongs wholly to what is asked for when all it was made of does; a merged figure is never
  divided again.

Whole sets are asked for at once: a unit that was divided within the set is there once and whole, whatever its shares.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from heapq import heappop, heappush
from typing import Final

from desktop.domain.acts import WHOLE, DatedPart
from desktop.domain.units import Register


class Reason(StrEnum):
    """Why a figure cannot be had on the boundaries asked for (`contract/record.md` 4)."""

    OUTSIDE_RECORD = "outside_record"
    SPLIT_WITHOUT_SHARES = "split_without_shares"
    NO_ACT = "no_act"
    NOT_SUMMED = "not_summed"


@dataclass(frozen=True, slots=True)
class Weight:
    """How much of a unit belongs to what is asked for: above 0, at most 1; estimated where shares were used."""

    share: Fraction
    estimated: bool = False

    @property
    def is_whole(self) -> bool:
        """All of the unit, and known to be."""
        return self.share == 1 and not self.estimated


_DAY: Final = timedelta(days=1)
ALL: Final = Weight(Fraction(1))
_NONE: Final = Weight(Fraction(0))


@dataclass(frozen=True, slots=True)
class Gap:
    """A unit at which the walk ends: it would have to be divided, or no act says what became of it."""

    reason: Reason
    unit: str


@dataclass(frozen=True, slots=True)
class Composition:
    """The units of the other day with their weights; with a gap in it nothing can be summed."""

    weights: Mapping[str, Weight]
    gaps: tuple[Gap, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Nothing missing and nothing estimated: the territory is these units, each wholly."""
        return not self.gaps and all(weight.is_whole for weight in self.weights.values())

    @property
    def is_estimated(self) -> bool:
        """Whether shares were used."""
        return any(weight.estimated for weight in self.weights.values())


@dataclass(slots=True)
class Lineage:
    """The parts of all acts of a record, ready to be walked; `register` says what stands when, `places` its order."""

    register: Register
    places: dict[str, int] = field(default_factory=dict)
    _into: dict[str, list[DatedPart]] = field(default_factory=dict)
    _out_of: dict[str, list[DatedPart]] = field(default_factory=dict)
    _days: list[date] = field(default_factory=list)
    _leads: dict[date, dict[str, bool]] = field(default_factory=dict)
    _found: dict[tuple[frozenset[str], int, int], Composition] = field(default_factory=dict)

    @classmethod
    def of(cls, parts: Iterable[DatedPart], register: Register) -> Lineage:
        """The lineage of a record; the order of the parts does not matter, and one said twice counts once."""
        made = cls(register, {uid: place for place, uid in enumerate(register.units)})
        known: dict[tuple[str, str], DatedPart] = {}
        for part in parts:
            if part.old != part.new:
                held = known.get((part.old, part.new))
                known[part.old, part.new] = part if held is None else min(held, part, key=_says_more)
        for part in sorted(known.values(), key=lambda one: (one.date, one.old, one.new)):
            made._into.setdefault(part.new, []).append(part)
            made._out_of.setdefault(part.old, []).append(part)
        made._days = sorted({part.date for part in known.values()})
        return made

    def composed(self, units: Collection[str], *, on: date, of: date) -> Composition:
        """What the territory of `units`, standing on the day `on`, is made of among the units standing on `of`."""
        wanted = frozenset(units)
        if on == of:
            return Composition(dict.fromkeys(wanted, ALL))
        key = (wanted, self._epoch(on), self._epoch(of))
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._back(wanted, on, of) if of < on else self._forward(wanted, on, of)
        lost = [Gap(Reason.NO_ACT, unit) for unit in sorted(found.weights) if not self.stands(unit, of)]
        return Composition(found.weights, (*found.gaps, *lost)) if lost else found

    def stands(self, unit: str, day: date) -> bool:
        """Whether a unit stands on a day."""
        known = self.register.units.get(unit)
        return known is not None and known.on(day) is not None

    def touching(self, units: Iterable[str], day: date) -> tuple[str, ...]:
        """The units standing on a day that have any territory in common with these, as far as acts say."""
        found: dict[str, None] = {}
        seen: set[str] = set()
        ahead = list(units)
        while ahead:
            unit = ahead.pop()
            if unit in seen:
                continue
            seen.add(unit)
            if self.stands(unit, day):
                found[unit] = None
                continue
            known = self.register.units.get(unit)
            if known is None:
                continue
            if known.ended is not None and known.ended < day:
                ahead += [part.new for part in self._out_of.get(unit, ())]
            else:
                ahead += [part.old for part in self._into.get(unit, ())]
        return tuple(sorted(found))

    def lost(self, units: Iterable[str], day: date) -> tuple[str, ...]:
        """Those of the units of which no act says where their territory lies on a day."""
        found = self._leads.setdefault(day, {})
        return tuple(unit for unit in units if not self._does_lead(unit, day, found))

    def _does_lead(self, unit: str, day: date, found: dict[str, bool]) -> bool:
        told = found.get(unit)
        if told is None:
            found[unit] = self.stands(unit, day)  # a circle of parts leads nowhere
            if not found[unit]:
                known = self.register.units.get(unit)
                if known is not None and known.ended is not None and known.ended < day:
                    ahead = [part.new for part in self._out_of.get(unit, ())]
                else:
                    ahead = [part.old for part in self._into.get(unit, ())]
                found[unit] = any(self._does_lead(one, day, found) for one in ahead)
            told = found[unit]
        return told

    def days_of(self, units: Collection[str]) -> list[date]:
        """The days of the acts that touch these units or what they went into or came from, in order."""
        found: set[date] = set()
        seen, ahead = set(), list(units)
        while ahead:
            unit = ahead.pop()
            if unit in seen:
                continue
            seen.add(unit)
            for part in self._out_of.get(unit, ()):
                found.add(part.date)
                ahead.append(part.new)
            for part in self._into.get(unit, ()):
                found.add(part.date)
                ahead.append(part.old)
        return sorted(found)

    def parts_of(self, unit: str) -> tuple[DatedPart, ...]:
        """What a unit was made of, by the act that made it."""
        return tuple(self._into.get(unit, ()))

    def _epoch(self, day: date) -> int:
        return bisect_right(self._days, day)

    def _back(self, units: frozenset[str], on: date, of: date) -> Composition:
        held, gaps = dict.fromkeys(units, ALL), []
        ahead: list[tuple[int, str]] = []
        for unit in units:
            _push(ahead, self._into.get(unit), unit, after=of, until=on, sign=-1)
        while ahead:
            day, together = _together(ahead)
            olds = sorted({part.old for unit in together for part in self._into[unit]})
            found = {old: _divided(self._out_of[old], held) for old in olds}
            for unit in together:
                held.pop(unit, None)
            for old, weight in found.items():
                if weight is None:
                    gaps.append(Gap(Reason.SPLIT_WITHOUT_SHARES, old))
                elif weight.share:
                    held[old] = weight
                    _push(ahead, self._into.get(old), old, after=of, until=day - _DAY, sign=-1)
        return Composition(held, tuple(gaps))

    def _forward(self, units: frozenset[str], on: date, of: date) -> Composition:
        held, gaps = dict.fromkeys(units, ALL), []
        ahead: list[tuple[int, str]] = []
        for unit in units:
            _push(ahead, self._out_of.get(unit), unit, after=on, until=of, sign=1)
        while ahead:
            day, together = _together(ahead)
            news = sorted({part.new for unit in together for part in self._out_of[unit]})
            mixed = [new for new in news if not all(part.old in held for part in self._into[new])]
            gaps += [Gap(Reason.SPLIT_WITHOUT_SHARES, new) for new in mixed]
            gaps += [Gap(Reason.NO_ACT, unit) for unit in together if not _is_complete(self._out_of[unit])]
            for unit in together:
                held.pop(unit, None)
            for new in news:
                if new not in mixed:
                    held[new] = ALL
                    _push(ahead, self._out_of.get(new), new, after=day, until=of, sign=1)
        return Composition(held, tuple(gaps))


def _says_more(part: DatedPart) -> tuple[bool, bool, int, str]:
    return not part.whole, part.share is None, -(part.share or 0), part.act


def _push(
    ahead: list[tuple[int, str]], parts: Sequence[DatedPart] | None, unit: str, *, after: date, until: date, sign: int
) -> None:
    if parts and after < parts[0].date <= until:
        heappush(ahead, (sign * parts[0].date.toordinal(), unit))


def _together(ahead: list[tuple[int, str]]) -> tuple[date, list[str]]:
    """The day that is next and every unit waiting at it: acts of one day are looked at as one."""
    key = ahead[0][0]
    found = set()
    while ahead and ahead[0][0] == key:
        found.add(heappop(ahead)[1])
    return date.fromordinal(abs(key)), sorted(found)


def _is_complete(parts: Sequence[DatedPart]) -> bool:
    """Whether the parts are all of the old unit: one whole, or several whose shares, where all are known, make one."""
    if len(parts) == 1:
        return parts[0].whole
    shares = [part.share for part in parts]
    known = sum(share for share in shares if share is not None)
    return None in shares or known >= WHOLE - len(parts)


def _divided(parts: Sequence[DatedPart], held: Mapping[str, Weight]) -> Weight | None:
    """The weight of an old unit from those of what it went into; None where shares are needed and not known."""
    weights = [held.get(part.new, _NONE) for part in parts]
    complete = _is_complete(parts)
    if complete and len(set(weights)) == 1:
        return weights[0]
    shares = [part.share for part in parts]
    unknown = {weight for weight, share in zip(weights, shares, strict=True) if share is None}
    given = sum(share for share in shares if share is not None)
    if len(unknown) > 1 or (unknown and (not complete or given > WHOLE)):
        return None
    rest = next(iter(unknown), _NONE)
    whole = max(given, WHOLE) if unknown or not complete else given
    amount = rest.share * Fraction(whole - given, whole)
    amount += sum(
        (weight.share * Fraction(share, whole) for weight, share in zip(weights, shares, strict=True) if share),
        Fraction(0),
    )
    return Weight(amount, estimated=True)
