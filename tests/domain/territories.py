"""Invented countries for tests: units are sets of small pieces of land, and acts put the pieces together anew.

Because every piece has its own count, what a territory really holds on any day is known without any lineage.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from desktop.domain.acts import WHOLE, DatedPart
from desktop.domain.units import Register, Unit, UnitKind, UnitVersion

FIRST = date(2000, 1, 1)
PIECES = 12


@dataclass
class Country:
    """Units by uid with their pieces and days; `parts` as acts would tell them."""

    counts: list[int]
    land: dict[str, frozenset[int]] = field(default_factory=dict)
    days: dict[str, tuple[date | None, date | None]] = field(default_factory=dict)
    parts: list[DatedPart] = field(default_factory=list)
    dates: list[date] = field(default_factory=list)

    @property
    def register(self) -> Register:
        return Register.of(
            Unit(uid, UnitKind.COMMUNE, (UnitVersion(begin, end, uid, uid, None),))
            for uid, (begin, end) in self.days.items()
        )

    def on(self, day: date) -> list[str]:
        """The units standing on a day."""
        return [
            uid
            for uid, (begin, end) in self.days.items()
            if (begin is None or begin <= day) and (end is None or day <= end)
        ]

    def count(self, uid: str) -> int:
        """What a unit reports: everything on its land."""
        return sum(self.counts[piece] for piece in self.land[uid])

    def total(self, units: list[str]) -> int:
        return sum(self.count(uid) for uid in units)


def country(seed: int, *, acts: int = 6, shares: bool = False) -> Country:
    """A country with some days of random acts: merges, divisions and everything between, several on one day."""
    random = Random(seed)
    made = Country([random.randrange(0, 50) for _ in range(PIECES)])
    pieces = list(range(PIECES))
    random.shuffle(pieces)
    number = 0
    while pieces:
        size = random.randint(1, 3)
        made.land[f"u{number}"] = frozenset(pieces[:size])
        made.days[f"u{number}"] = (None, None)
        pieces = pieces[size:]
        number += 1
    day = FIRST
    for _ in range(acts):
        day += timedelta(days=random.randint(20, 500))
        made.dates.append(day)
        standing = made.on(day)
        random.shuffle(standing)
        for _ in range(random.randint(1, 2)):
            olds, standing = standing[: random.randint(1, 3)], standing[3:]
            if olds:
                number = _act(made, random, day, olds, number, shares=shares)
    return made


def _act(made: Country, random: Random, day: date, olds: list[str], number: int, *, shares: bool) -> int:
    land = sorted(piece for old in olds for piece in made.land[old])
    random.shuffle(land)
    news: dict[str, frozenset[int]] = {}
    while land:
        size = random.randint(1, len(land))
        news[f"u{number}"], land = frozenset(land[:size]), land[size:]
        number += 1
    for old in olds:
        made.days[old] = (made.days[old][0], day - timedelta(days=1))
        for new, inside in news.items():
            common = made.land[old] & inside
            if common:
                whole = common == made.land[old]
                share = None if whole or not shares else round(WHOLE * len(common) / len(made.land[old]))
                made.parts.append(DatedPart(f"act {day}", day, old, new, whole, share))
    for new, inside in news.items():
        made.land[new], made.days[new] = inside, (day, None)
    return number
