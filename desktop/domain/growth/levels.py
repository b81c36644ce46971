"""How bad a prevalence is for a population: WHO's bands of public-health significance."""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from desktop.wording import Sentence, say


class Form(StrEnum):
    """What the prevalence is of."""

    STUNTING = "stunting"
    UNDERWEIGHT = "underweight"
    WASTING = "wasting"
    OVERWEIGHT = "overweight"


class Level(StrEnum):
    """From best to worst."""

    VERY_LOW = "very_low"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"


# Percent at which the next level begins. Stunting, wasting, overweight: de Onis et al. 2018 (PMC6390397), five levels.
# Underweight has none there; WHO 1995 (Technical Report 854) gives four, from low on.
_FIVE: Final = tuple(Level)
_BANDS: Final[dict[Form, tuple[tuple[Level, ...], tuple[Fraction, ...]]]] = {
    Form.STUNTING: (_FIVE, (Fraction("2.5"), Fraction(10), Fraction(20), Fraction(30))),
    Form.WASTING: (_FIVE, (Fraction("2.5"), Fraction(5), Fraction(10), Fraction(15))),
    Form.OVERWEIGHT: (_FIVE, (Fraction("2.5"), Fraction(5), Fraction(10), Fraction(15))),
    Form.UNDERWEIGHT: (_FIVE[1:], (Fraction(10), Fraction(20), Fraction(30))),
}


def level_of(form: Form, percent: Fraction | Decimal | float) -> Level:
    """The level of a prevalence; a limit belongs to the worse level. ValueError for what is no percentage."""
    share = Fraction(percent)
    if not 0 <= share <= 100:
        raise ValueError(f"{percent} is no percentage")
    levels, limits = _BANDS[form]
    return levels[bisect_right(limits, share)]


def level_words(level: Level) -> Sentence:
    """How a level is called."""
    return _WORDS[level]


_WORDS: Final = {
    Level.VERY_LOW: say("Very low level"),
    Level.LOW: say("Low level"),
    Level.MEDIUM: say("Medium level"),
    Level.HIGH: say("High level"),
    Level.VERY_HIGH: say("Very high level"),
}
