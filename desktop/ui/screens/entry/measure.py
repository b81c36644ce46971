"""The sizes of the table at a zoom: whatever it paints is measured here (look.md 3 to 5)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

LEAST: Final = 50
MOST: Final = 200
STEP: Final = 10


class Measure(NamedTuple):
    """Sizes in device-independent px at so many percent."""

    percent: int = 100
    row: int = 24
    total: int = 23
    group: int = 20
    line: int = 16
    inset: int = 6
    margin: int = 2
    number: int = 30
    name: int = 132
    longest_name: int = 220
    state: int = 105
    sign_only: int = 34
    sign: int = 12
    state_sign: int = 14
    least: int = 54
    wide: int = 92
    digit: int = 9
    text: int = 13
    small: int = 12


PLAIN: Final = Measure()
_SIZES: Final = tuple(name for name in Measure._fields if name != "percent")


@lru_cache(maxsize=32)
def measure(percent: int) -> Measure:
    """Everything larger or smaller by the same part."""
    return Measure(percent, **{name: max(1, round(getattr(PLAIN, name) * percent / 100)) for name in _SIZES})


def fitting(percent: int) -> int:
    """The zoom nearest to a wish that is offered."""
    return max(LEAST, min(MOST, round(percent / STEP) * STEP))
