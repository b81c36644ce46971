"""The rules of facts/growth a second time: one child, plain Python, decimals of 40 digits, nothing shared but the tables."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from functools import cache
from math import floor

from desktop.system.paths import resource

EXACT = Context(prec=40, rounding=ROUND_HALF_EVEN)
MONTH = Decimal("30.4375")


@dataclass(frozen=True)
class Child:
    """As a file tells it: kilograms, centimetres, days or months; None is missing."""

    sex: int | None
    days: Decimal | None
    months: Decimal | None
    weight: Decimal | None
    length: Decimal | None
    position: str | None
    oedema: bool


@cache
def rows(name: str) -> dict[tuple[int, Decimal], tuple[Decimal, Decimal, Decimal]]:
    lines = csv.reader(resource("growth", f"{name}.csv").read_text(encoding="utf-8").splitlines())
    next(lines)
    return {(int(sex), Decimal(at)): tuple(map(Decimal, lms)) for sex, at, *lms in ([*line[:5]] for line in lines)}


def half_up(number: Decimal) -> int:
    return floor(number + Decimal("0.5"))


def slow(child: Child) -> dict[str, object]:
    with localcontext(EXACT):
        return _slow(child)


def _slow(child: Child) -> dict[str, object]:
    days = half_up(child.days) if child.days is not None else None
    months = child.days / MONTH if child.days is not None else child.months
    if child.days is None and child.months is not None:
        days = half_up(child.months * MONTH)
    position = child.position
    unlikely = position == "h" and months is not None and months < 9
    if unlikely:
        position = None
    weight = child.weight if child.weight is not None and child.weight > 0 else None
    length = child.length if child.length is not None and child.length > 0 else None
    if length is not None and days is not None:
        if days < 731 and position == "h":
            length += Decimal("0.7")
        if days >= 731 and position == "l":
            length -= Decimal("0.7")
        if length <= 0:
            length = None
    bmi = weight / (length / 100) ** 2 if weight is not None and length is not None else None
    young = months is not None and months < 60
    found: dict[str, object] = {"length": length, "position": position, "unlikely": unlikely, "bmi": bmi}
    for index, table, measure in (("HA", "len", length), ("WA", "wei", weight), ("BMI", "bmi", bmi)):
        lms = rows(f"{table}anthro").get((child.sex or 0, Decimal(days))) if young and days is not None else None
        dry = index == "HA" or not child.oedema
        found[index] = z_of(index, measure, lms) if lms and measure is not None and dry else None
    lms = by_length(child.sex, length, position, days) if (months is None or young) and length is not None else None
    found["WH"] = z_of("WH", weight, lms) if lms and weight is not None and not child.oedema else None
    return found


def by_length(sex, length, position, days):
    if days is not None:
        lying = days < 731
    elif position:
        lying = position == "l"
    else:
        lying = length < 87
    table = rows("wflanthro" if lying else "wfhanthro")
    below = Decimal(floor(length * 10)) / 10
    share = (length - below) * 10
    low = table.get((sex, below.normalize()))
    high = table.get((sex, (below + Decimal("0.1")).normalize()))
    if low is None or (share and high is None):
        return None
    return tuple(a + share * (b - a) for a, b in zip(low, high or low, strict=True))


def z_of(index: str, y: Decimal, lms) -> Decimal:
    """The unrounded z-score; whoever compares knows where two roundings are possible."""
    lam, m, s = lms
    z = ((y / m) ** lam - 1) / (lam * s)
    if index != "HA" and abs(z) > 3:
        side = 1 if z > 0 else -1
        three = m * (1 + lam * s * 3 * side) ** (1 / lam)
        two = m * (1 + lam * s * 2 * side) ** (1 / lam)
        z = side * 3 + (y - three) / abs(three - two)
    return z
