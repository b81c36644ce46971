"""Rules by which the record proposes points of a row: a figure it holds, and points by limits, by zone if need be.

Written as offices write them: `stunting_weight_age: <=12 = 2; <=15 = 1; khác = 0 | vùng 3: <=18 = 2; khác = 0`. The
first limit that holds gives its points; `khác` is everything else. Yes counts as 1, no as 0, also as words (có, không).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from operator import eq, ge, gt, le, lt
from typing import Final

from desktop.domain.criteria.sets import ZONES
from desktop.domain.text import fold

STATION: Final = "tram."
"""What begins the code of a fact about the commune's station."""
_OTHERWISE: Final = frozenset({"khac", "con lai", "else", "otherwise"})
_WORDS: Final = {"co": "1", "khong": "0", "yes": "1", "no": "0"}
_COMPARED: Final = {">=": ge, "<=": le, ">": gt, "<": lt, "=": eq}
_BAND: Final = re.compile(r"(>=|<=|>|<|=|≥|≤)?\s*([^=<>≥≤]+?)\s*=\s*([\d.,]+)")
_ZONED: Final = re.compile(r"(?:vung|zone)\s*([123](?:\s*,\s*[123])*)\s*:\s*(.*)", re.DOTALL)
_SOURCE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.]*(?:/[A-Za-z][A-Za-z0-9_.]*)?")


class BadRule(ValueError):
    """A rule nobody can read; the part that is wrong."""


class Fault(StrEnum):
    """What can be wrong with a rule that reads well."""

    POINTS = "points"
    ZONES = "zones"


@dataclass(frozen=True, slots=True)
class Band:
    """Points for figures that hold against a limit: `comparison` is >= <= > < =."""

    comparison: str
    limit: Fraction
    points: Fraction


@dataclass(frozen=True, slots=True)
class Scale:
    """Points by limits, for some zones (empty: the others)."""

    bands: tuple[Band, ...]
    otherwise: Fraction | None = None
    zones: tuple[int, ...] = ()

    def points(self, figure: Fraction) -> Fraction | None:
        """The points of a figure; None where no limit holds and nothing else is said."""
        for band in self.bands:
            if _COMPARED[band.comparison](figure, band.limit):
                return band.points
        return self.otherwise


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """A figure by its code and its scales.

    The code is that of an indicator, an element, or a fact of the station (`tram.…`); two with a stroke between them
    are a share in percent (`tram.drugs_present/tram.drugs_listed`).
    """

    source: str
    scales: tuple[Scale, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of what it rests on: one, or a part and its whole."""
        return tuple(self.source.split("/"))

    @property
    def uses_zones(self) -> bool:
        """Whether the points depend on the zone."""
        return any(scale.zones for scale in self.scales)

    def scale(self, zone: int | None) -> Scale | None:
        """The scale of a zone; None where the zone is not known and matters, or none is given for it."""
        if zone is None and self.uses_zones:
            return None
        told = [scale for scale in self.scales if zone in scale.zones]
        return next(iter(told or [scale for scale in self.scales if not scale.zones]), None)

    def given(self) -> tuple[Fraction, ...]:
        """Every number of points it can give."""
        bands = [band.points for scale in self.scales for band in scale.bands]
        return (*bands, *(scale.otherwise for scale in self.scales if scale.otherwise is not None))

    def text(self) -> str:
        """The rule as offices write it; reading it gives the same rule."""
        return f"{self.source}: " + " | ".join(map(_scale_text, self.scales))


def parse(text: str) -> ScoreRule:
    """Read a rule; BadRule with the part that cannot be read."""
    source, colon, rest = text.partition(":")
    source = re.sub(r"\s*/\s*", "/", source.strip())
    if not colon or not _SOURCE.fullmatch(source):
        raise BadRule(text.strip()[:60])
    scales = tuple(_scale(part) for part in rest.split("|"))
    zones = [zone for scale in scales for zone in scale.zones]
    if len(set(zones)) != len(zones) or sum(not scale.zones for scale in scales) > 1:
        raise BadRule(rest.strip()[:60])
    return ScoreRule(source, scales)


def _scale(text: str) -> Scale:
    told = fold(text).strip()
    zoned = _ZONED.fullmatch(told)
    zones = tuple(sorted(int(zone) for zone in zoned[1].split(","))) if zoned else ()
    bands: list[Band] = []
    otherwise = None
    for part in filter(str.strip, (zoned[2] if zoned else told).split(";")):
        if otherwise is not None:
            raise BadRule(part.strip())
        found = _BAND.fullmatch(part.strip())
        if found is None:
            raise BadRule(part.strip()[:60])
        comparison, limit, points = found.groups()
        if comparison is None and limit.strip() in _OTHERWISE:
            otherwise = _number(points, part)
            continue
        sign = (comparison or "=").replace("≥", ">=").replace("≤", "<=")
        bands.append(Band(sign, _number(_WORDS.get(limit.strip(), limit), part), _number(points, part)))
    if not bands:
        raise BadRule(text.strip()[:60])
    return Scale(tuple(bands), otherwise, zones)


def _number(text: str, part: str) -> Fraction:
    told = text.strip().replace(",", ".")
    try:
        found = Decimal(told)
    except InvalidOperation:
        raise BadRule(part.strip()[:60]) from None
    if not re.fullmatch(r"-?\d+(\.\d+)?", told) or abs(found) >= 10**9:
        raise BadRule(part.strip()[:60])
    return Fraction(found)


def _scale_text(scale: Scale) -> str:
    zones = f"vùng {','.join(map(str, scale.zones))}: " if scale.zones else ""
    bands = [f"{band.comparison}{_plain(band.limit)} = {_plain(band.points)}" for band in scale.bands]
    if scale.otherwise is not None:
        bands.append(f"khác = {_plain(scale.otherwise)}")
    return zones + "; ".join(bands)


def _plain(number: Fraction) -> str:
    told = Decimal(number.numerator) / Decimal(number.denominator)
    return f"{told.normalize() + 0:f}".replace(".", ",")


def faults(rule: ScoreRule, *, maximum: Fraction) -> list[Fault]:
    """What a row cannot take of its rule: points above its maximum, or a zone without a scale."""
    found = []
    if any(not 0 <= points <= maximum for points in rule.given()):
        found.append(Fault.POINTS)
    if rule.uses_zones and any(rule.scale(zone) is None for zone in ZONES):
        found.append(Fault.ZONES)
    return found
