"""What decides a verdict: the cheapest way to pass, and how far a commune stands from the other side.

Cheapest is fewest points, then fewest rows to work on, then the rows that come first. Knock-out rows and criteria
under their floor must be mended; what the total still lacks may come from any row. Exact, by trying every sum of gains
a criterion can make: at most some dozens, since points come in halves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm

from desktop.domain.criteria.scoring import Points, passes
from desktop.domain.criteria.sets import CriteriaSet, Row

NOTHING = Fraction(0)
_Chosen = tuple[tuple[int, int], ...]
"""Places of rows with the parts of a point each is to gain, in the order of the rows."""


class Why(StrEnum):
    """Why a row is named: it is a knock-out, its criterion is under its floor, or the total lacks points."""

    KNOCK_OUT = "knock_out"
    FLOOR = "floor"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Gain:
    """Points a row is to gain, and why it is named."""

    code: str
    points: Fraction
    why: Why


def cheapest(one: CriteriaSet, points: Points, *, zone: int | None = None) -> tuple[Gain, ...] | None:
    """The gains of the cheapest way to pass; none where it passes already, None where no way is left."""
    parts, lacking, unit = _parts(one, points, zone)
    likely = max(lacking, 0) + sum(min(sums, default=0) for sums in parts) + unit
    chosen = _fewest(parts, lacking, likely)
    if chosen is None:
        chosen = _fewest(parts, lacking, None)
    if chosen is None:
        return None
    rows = [row for _, asked in one.asked(zone) for row in asked]
    return tuple(_gain(one, rows[place], Fraction(gained, unit), points, zone) for place, gained in chosen)


def _parts(one: CriteriaSet, points: Points, zone: int | None) -> tuple[list[dict[int, _Chosen]], int, int]:
    """For each criterion the sums of gains that lift it to its floor; what the total lacks; how many parts a point has.

    Sums are whole numbers of the smallest part that all points, steps and limits are made of.
    """
    asked = list(one.asked(zone))
    rows = [row for _, part in asked for row in part]
    maximum = sum((row.maximum for row in rows), NOTHING)
    lacking = one.total_share * maximum - sum((points[row.code] for row in rows), NOTHING)
    gains = {row.code: _gains(row, points[row.code], zone) for row in rows}
    needs = [one.floor_share * sum((row.maximum for row in part), NOTHING) -
             sum((points[row.code] for row in part), NOTHING) for _, part in asked]  # fmt: skip
    told = [lacking, *needs, *(gain for each in gains.values() for gain in each)]
    unit = lcm(*(gain.denominator for gain in told))
    parts, first = [], 0
    for (_, part), need in zip(asked, needs, strict=True):
        sums = _sums([[int(gain * unit) for gain in gains[row.code]] for row in part], first)
        parts.append({gain: chosen for gain, chosen in sums.items() if gain >= need * unit})
        first += len(part)
    return parts, int(lacking * unit), unit


def _gains(row: Row, held: Fraction, zone: int | None) -> list[Fraction]:
    """What a row can gain, nothing too; one under its knock-out limit only what lifts it above."""
    gains = [step - held for step in row.reachable(held, zone) if row.least is None or step >= row.least]
    return gains if row.least is not None and held < row.least else [NOTHING, *gains]


def _fewest(parts: list[dict[int, _Chosen]], lacking: int, most: int | None) -> _Chosen | None:
    """The smallest sum over all criteria that is enough, among sums up to a bound; None where there is none."""
    whole: dict[int, _Chosen] = {0: ()}
    for part in parts:
        whole = _joined(whole, part, most)
    enough = [gain for gain in whole if gain >= lacking]
    return whole[min(enough)] if enough else None


def _sums(rows: list[list[int]], first: int) -> dict[int, _Chosen]:
    """Every sum of gains the rows of a criterion can make, with its best choice; knock-outs are mended in all."""
    found: dict[int, _Chosen] = {0: ()}
    for place, gains in enumerate(rows, first):
        options: dict[int, _Chosen] = {gain: ((place, gain),) if gain else () for gain in gains}
        found = _joined(found, options, None)
    return found


def _joined(some: Mapping[int, _Chosen], others: Mapping[int, _Chosen], most: int | None) -> dict[int, _Chosen]:
    found: dict[int, _Chosen] = {}
    for gain, chosen in some.items():
        for more, beside in others.items():
            both = gain + more
            if most is not None and both > most:
                continue
            held = found.get(both)
            if held is None or len(held) > len(chosen) + len(beside):
                found[both] = chosen + beside
            elif len(held) == len(chosen) + len(beside):
                whole = chosen + beside
                if _dearer(held) > _dearer(whole):
                    found[both] = whole
    return found


def _dearer(chosen: _Chosen) -> tuple[int, tuple[int, ...]]:
    return len(chosen), tuple(place for place, _ in chosen)


def _gain(one: CriteriaSet, row: Row, gained: Fraction, points: Points, zone: int | None) -> Gain:
    if row.least is not None and points[row.code] < row.least:
        return Gain(row.code, gained, Why.KNOCK_OUT)
    for _, asked in one.asked(zone):
        if row in asked:
            floor = one.floor_share * sum((other.maximum for other in asked), NOTHING)
            if sum((points[other.code] for other in asked), NOTHING) < floor:
                return Gain(row.code, gained, Why.FLOOR)
    return Gain(row.code, gained, Why.TOTAL)


@dataclass(frozen=True, slots=True)
class Loss:
    """The fewest points whose loss in a row, or in any rows (None), would lose the standard."""

    code: str | None
    points: Fraction
    why: Why


def weakest(one: CriteriaSet, points: Points, *, zone: int | None = None) -> Loss | None:
    """Where a commune that passes is nearest to failing; None where it does not pass. Losses are in half points."""
    if not passes(one, points, zone):
        return None
    losses = []
    asked = list(one.asked(zone))
    rows = [row for _, part in asked for row in part]
    maximum = sum((row.maximum for row in rows), NOTHING)
    total = sum((points[row.code] for row in rows), NOTHING)
    losses.append(Loss(None, total - one.total_share * maximum, Why.TOTAL))
    for criterion, part in asked:
        held = sum((points[row.code] for row in part), NOTHING)
        floor = one.floor_share * sum((row.maximum for row in part), NOTHING)
        losses.append(Loss(criterion.number, held - floor, Why.FLOOR))
        losses += [Loss(row.code, points[row.code] - row.least, Why.KNOCK_OUT) for row in part if row.least is not None]
    return min(losses, key=lambda loss: loss.points)


def margin(one: CriteriaSet, points: Points, *, zone: int | None = None) -> Fraction | None:
    """Points to spare above those that are needed in all, or minus the fewest that are lacking.

    None where no way to pass is left. A commune with much to spare may still stand near a floor or a knock-out: where
    it is nearest to losing the standard is `weakest`.
    """
    if passes(one, points, zone):
        rows = [row for _, asked in one.asked(zone) for row in asked]
        whole = sum((row.maximum for row in rows), NOTHING)
        return sum((points[row.code] for row in rows), NOTHING) - one.total_share * whole
    way = cheapest(one, points, zone=zone)
    return None if way is None else -sum((gain.points for gain in way), NOTHING)
