"""One child measured once: what goes into the standards and what comes out.

WHO Child Growth Standards (2006), birth to five years. Nothing here needs numpy: screens may import it freely.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum


class Sex(IntEnum):
    """As WHO's files code it; 0 where it is not known."""

    UNKNOWN = 0
    BOY = 1
    GIRL = 2


class Position(IntEnum):
    """How length or height was taken."""

    UNKNOWN = 0
    LYING = 1
    STANDING = 2


class Index(StrEnum):
    """The four figures: length/height-for-age, weight-for-age, weight-for-length/height, BMI-for-age."""

    HA = "HA"
    WA = "WA"
    WH = "WH"
    BMI = "BMI"


@dataclass(frozen=True, slots=True)
class Measurement:
    """One child on one day; None is what was not measured or is not known.

    `days` is visit minus birth. Without it only weight-for-height can be computed; a negative one gives nothing.
    """

    sex: Sex
    days: int | None
    grams: int | None
    millimetres: int | None
    position: Position = Position.UNKNOWN
    oedema: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """A z-score with two decimals; `flagged` where WHO takes it for a mistake of measuring."""

    z: Decimal
    flagged: bool


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of one measurement; None is what cannot be computed.

    `millimetres` is the length corrected to the position of the age (lying under 731 days), `unlikely_position` a
    child under nine months said to have stood; its position is then not used. `bmi` is kg per square metre.
    """

    millimetres: int | None
    unlikely_position: bool
    bmi: float | None
    ha: Score | None
    wa: Score | None
    wh: Score | None
    bmi_age: Score | None

    def of(self, index: Index) -> Score | None:
        """The z-score of one index."""
        if index is Index.HA:
            return self.ha
        if index is Index.WA:
            return self.wa
        return self.wh if index is Index.WH else self.bmi_age
