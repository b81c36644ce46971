"""Zones 1, 2, 3 of QĐ 1300/QĐ-BYT by distance and terrain; they are not the areas I, II, III of hard communes.

The distance is that of the commune's station to the nearest hospital, health centre or regional polyclinic (Báo Vĩnh
Long 03/2023, "tiêu chí phân vùng y tế xã giai đoạn đến năm 2030"). The rule of a station that shares a site with a
regional polyclinic was not found, nor is "hard geography and traffic" measured: both are for a decision to say.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

KM: Final = 1000
NEAR: Final = 3 * KM
HILL: Final = 5 * KM
FAR: Final = 15 * KM


class Terrain(StrEnum):
    """Of which ground a commune is; `mountain` means mountain, remote, border or island."""

    MOUNTAIN = "mountain"
    PLAIN = "plain"


def zone_by_distance(metres: int, terrain: Terrain, *, especially_hard: bool = False) -> int:
    """The zone by metres and terrain. `especially_hard` (mountain only) makes 3 km enough for zone 3.

    Mountain: zone 3 from 5 km (3 km), else 2. Plain and midland: zone 3 from 15 km, zone 2 from 3 km, else 1.
    """
    if terrain is Terrain.MOUNTAIN:
        return 3 if metres >= (NEAR if especially_hard else HILL) else 2
    return 3 if metres >= FAR else 2 if metres >= NEAR else 1
