"""The zone (1, 2 or 3) of a commune under Quyết định 1300/QĐ-BYT, from the station's distance and terrain.

Found at Báo Vĩnh Long, 03/2023 ("tiêu chí phân vùng y tế xã giai đoạn đến năm 2030"); d is the distance from the
station to the nearest hospital, health centre or regional polyclinic:

mountain, remote, border, island: zone 3 from 5 km (from 3 km where the terrain is especially hard), else zone 2;
plain, midland: zone 3 from 15 km, zone 2 from 3 km, zone 1 below;
other: zone 3 where terrain and traffic are hard and people reach neither station nor hospital easily, else zone 2.
A station that shares its site with a regional polyclinic has a rule of its own that was not found: no zone is made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from desktop.wording import Sentence, say

SOURCE: Final = "Quyết định 1300/QĐ-BYT (theo Báo Vĩnh Long, 03/2023)"
FAR_MOUNTAIN: Final = Decimal(5)
FAR_HARD: Final = Decimal(3)
FAR_PLAIN: Final = Decimal(15)
NEAR_PLAIN: Final = Decimal(3)


class Terrain(StrEnum):
    """Where a commune lies, as the rule tells it."""

    MOUNTAIN = "mountain"
    PLAIN = "plain"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Ground:
    """What the zone follows from; None where nobody said it. `distance` is in km."""

    distance: Decimal | None = None
    terrain: Terrain | None = None
    is_especially_hard: bool | None = None
    is_hard_to_reach: bool | None = None
    shares_site: bool | None = None


@dataclass(frozen=True, slots=True)
class Zoned:
    """The zone with the rule it follows from, or None with what is missing."""

    zone: int | None
    why: Sentence
    source: str = SOURCE


def zone(ground: Ground) -> Zoned:
    """The zone of a commune, or why none can be said."""
    if ground.shares_site:
        return _unknown(
            say("The station shares its site with a regional polyclinic: that case's distance rule was not found.")
        )
    if ground.terrain is None:
        return _unknown(say("The terrain is not told."))
    if ground.terrain is Terrain.OTHER:
        return _other(ground)
    if ground.distance is None:
        return _unknown(say("The distance to the nearest hospital is not told."))
    return _mountain(ground, ground.distance) if ground.terrain is Terrain.MOUNTAIN else _plain(ground.distance)


def _mountain(ground: Ground, distance: Decimal) -> Zoned:
    if distance >= FAR_MOUNTAIN:
        return _is(3, say("mountain, remote, border or island, {km} km: zone 3 from {least} km", km=distance,
                          least=FAR_MOUNTAIN))  # fmt: skip
    if distance >= FAR_HARD:
        if ground.is_especially_hard is None:
            return _unknown(
                say(
                    "{km} km in the mountains: zone 3 if the terrain is especially hard, else 2; that is not told.",
                    km=distance,
                )
            )
        if ground.is_especially_hard:
            return _is(3, say("especially hard terrain, {km} km: zone 3 from {least} km", km=distance, least=FAR_HARD))
        return _is(2, say("mountain, remote, border or island, {km} km: zone 2 below {most} km", km=distance,
                          most=FAR_MOUNTAIN))  # fmt: skip
    most = FAR_HARD if ground.is_especially_hard else FAR_MOUNTAIN
    return _is(2, say("mountain, remote, border or island, {km} km: zone 2 below {most} km", km=distance, most=most))


def _plain(distance: Decimal) -> Zoned:
    if distance >= FAR_PLAIN:
        return _is(3, say("plain or midland, {km} km: zone 3 from {least} km", km=distance, least=FAR_PLAIN))
    if distance >= NEAR_PLAIN:
        return _is(2, say("plain or midland, {km} km: zone 2 from {least} to under {most} km", km=distance,
                          least=NEAR_PLAIN, most=FAR_PLAIN))  # fmt: skip
    return _is(1, say("plain or midland, {km} km: zone 1 below {most} km", km=distance, most=NEAR_PLAIN))


def _other(ground: Ground) -> Zoned:
    if ground.is_hard_to_reach is None:
        return _unknown(say("Whether people reach station and hospital easily is not told."))
    if ground.is_hard_to_reach:
        return _is(3, say("hard terrain and traffic, people reach neither station nor hospital easily: zone 3"))
    return _is(2, say("ordinary terrain and traffic: zone 2"))


def _is(number: int, why: Sentence) -> Zoned:
    return Zoned(number, why)


def _unknown(why: Sentence) -> Zoned:
    return Zoned(None, why)
