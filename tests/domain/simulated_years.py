"""Plausible communes over four years, with planted errors: what the checks are measured on beside the sample years.

Communes of 1.000 to 20.000 people. Births are Poisson counts; children are those born in the last years; vaccinated,
measured, stunted, deaths are binomial parts of them; coverage moves by programme and by chance. Nothing here is fitted
to the rules: rates are those of mountain communes in general, and the numbers come from a seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log, sqrt
from random import Random

YEARS = (2021, 2022, 2023, 2024)
BEFORE = 6
SECTIONS = (
    ("population", "insured", "health_managed", "ehr"),
    ("under1", "fully_vaccinated"),
    ("under5", "measured", "stunted", "underweight"),
    ("live_births", "deaths_under1", "deaths_under5", "maternal_deaths"),
    ("doctors",),
)
ELEMENTS = tuple(code for section in SECTIONS for code in section)
PARTS = (
    ("stunted", "measured"),
    ("underweight", "measured"),
    ("deaths_under1", "deaths_under5"),
    ("under1", "under5"),
    ("under5", "population"),
    ("insured", "population"),
    ("fully_vaccinated", "under1"),
)
SLIPS = ("tenfold", "swapped", "copied", "neighbour_cell", "neighbour_row", "impossible")

Row = dict[str, int]


@dataclass(frozen=True)
class Planted:
    """Which cells were spoilt, and how."""

    slip: str
    unit: str
    elements: tuple[str, ...]


@dataclass(frozen=True)
class Office:
    """Figures by year, unit and element; the last year carries the planted errors."""

    years: dict[int, dict[str, Row]]
    planted: tuple[Planted, ...]


def poisson(random: Random, mean: float) -> int:
    """A Poisson count; above 60 by its normal limit."""
    if mean > 60:
        return max(0, round(random.gauss(mean, sqrt(mean))))
    limit, product, count = exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        count += 1
    return count


def binomial(random: Random, size: int, share: float) -> int:
    """How many of so many; above 200 by its normal limit."""
    share = min(1.0, max(0.0, share))
    if size > 200 and 0.02 < share < 0.98:
        return min(size, max(0, round(random.gauss(size * share, sqrt(size * share * (1 - share))))))
    return sum(random.random() < share for _ in range(size))


def commune(random: Random) -> Iterator[Row]:
    """One commune, year after year."""
    people = exp(random.uniform(log(1_000), log(20_000)))
    fertility = random.uniform(0.012, 0.027)
    insured, managed, records = random.uniform(0.86, 0.99), random.uniform(0.5, 0.9), random.uniform(0.3, 0.85)
    stunted, thin = random.uniform(0.14, 0.36), random.uniform(0.08, 0.2)
    measured, vaccinated = random.uniform(0.88, 0.98), random.uniform(0.9, 0.98)
    mortality, doctors = random.uniform(0.005, 0.025), random.choice((0, 1, 1, 1, 2))
    births: list[int] = []
    for year in range(YEARS[0] - BEFORE, YEARS[-1] + 1):
        people *= 1 + random.gauss(0.01, 0.008)
        births.append(poisson(random, people * fertility))
        if year < YEARS[0]:
            continue
        total = round(people)
        under1 = binomial(random, births[-1], 0.97) + poisson(random, 1)
        under5 = under1 + sum(binomial(random, born, 0.95) for born in births[-5:-1])
        weighed = binomial(random, under5, measured + random.gauss(0, 0.015))
        infants = binomial(random, births[-1], mortality)
        yield {
            "population": total,
            "insured": round(total * min(0.999, insured + random.gauss(0, 0.012))),
            "health_managed": round(total * min(0.995, managed + random.gauss(0, 0.02))),
            "ehr": round(total * min(0.99, records + random.gauss(0, 0.02))),
            "under1": under1,
            "fully_vaccinated": binomial(random, under1, vaccinated),
            "under5": under5,
            "measured": weighed,
            "stunted": binomial(random, weighed, stunted),
            "underweight": binomial(random, weighed, thin),
            "live_births": births[-1],
            "deaths_under1": infants,
            "deaths_under5": infants + poisson(random, 0.3),
            "maternal_deaths": binomial(random, births[-1], 0.0005),
            "doctors": doctors,
        }
        managed, records = min(0.98, managed + random.uniform(0, 0.05)), min(0.97, records + random.uniform(0.01, 0.09))
        stunted, thin = stunted - random.uniform(0.002, 0.01), thin - random.uniform(0.001, 0.006)
        if random.random() < 0.05:
            doctors = random.choice((0, 1, 2))


def office(seed: int, size: int = 14) -> Office:
    """An office whose last year has one planted error of each kind, each in a commune of its own."""
    random = Random(seed)
    years: dict[int, dict[str, Row]] = {year: {} for year in YEARS}
    for place in range(size):
        for year, row in zip(YEARS, commune(random), strict=True):
            years[year][f"{place + 1:05d}"] = row
    now, before = years[YEARS[-1]], years[YEARS[-2]]
    units = random.sample(sorted(now), len(SLIPS))
    true = {unit: dict(row) for unit, row in now.items()}
    planted = []
    for slip, unit in zip(SLIPS, units, strict=True):
        elements = PLANT[slip](random, now, true, before, unit)
        if elements:
            planted.append(Planted(slip, unit, elements))
    return Office(years, tuple(planted))


Figures = dict[str, Row]


def _tenfold(random: Random, now: Figures, true: Figures, before: Figures, unit: str) -> tuple[str, ...]:
    element = random.choice([code for code in ELEMENTS if now[unit][code] >= 10])
    figure = now[unit][element]
    now[unit][element] = figure * 10 if random.random() < 0.5 else figure // 10
    return (element,)


def _swapped(random: Random, now: Figures, true: Figures, before: Figures, unit: str) -> tuple[str, ...]:
    row = now[unit]
    pairs = [
        (left, right)
        for section in SECTIONS
        for left, right in pairwise(section)
        if min(row[left], row[right]) >= 20 and abs(row[left] - row[right]) > 0.05 * row[left]
    ]
    if not pairs:
        return ()
    left, right = random.choice(pairs)
    row[left], row[right] = row[right], row[left]
    return left, right


def _copied(random: Random, now: Figures, true: Figures, before: Figures, unit: str) -> tuple[str, ...]:
    sections = [
        section
        for section in (*SECTIONS[:4], ELEMENTS)
        if sum(now[unit][code] >= 20 and now[unit][code] != before[unit][code] for code in section) >= 2
    ]
    section = random.choice(sections)
    changed = tuple(code for code in section if now[unit][code] != before[unit][code])
    for code in section:
        now[unit][code] = before[unit][code]
    return changed


def _neighbour_cell(random: Random, now: Figures, true: Figures, before: Figures, unit: str) -> tuple[str, ...]:
    other = random.choice([name for name in true if name != unit])
    own = true[unit]
    chosen = [code for code in ELEMENTS if own[code] >= 20 and abs(true[other][code] - own[code]) > 0.1 * own[code]]
    if not chosen:
        return ()
    element = random.choice(chosen)
    now[unit][element] = true[other][element]
    return (element,)


def _neighbour_row(random: Random, now: Figures, true: Figures, before: Figures, unit: str) -> tuple[str, ...]:
    other = random.choice([name for name in true if name != unit])
    changed = tuple(code for code in ELEMENTS if true[unit][code] != true[other][code])
    now[unit] = dict(true[other])
    return changed


def _impossible(random: Random, now: Figures, true: Figures, before: Figures, unit: str) -> tuple[str, ...]:
    part, whole = random.choice(PARTS)
    now[unit][part] = now[unit][whole] + random.randint(1, max(1, now[unit][whole] // 10))
    return (part,)


PLANT = {
    "tenfold": _tenfold,
    "swapped": _swapped,
    "copied": _copied,
    "neighbour_cell": _neighbour_cell,
    "neighbour_row": _neighbour_row,
    "impossible": _impossible,
}
