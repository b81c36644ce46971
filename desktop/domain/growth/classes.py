"""What a z-score says of a child, in the words of the programme; and the arm's girth."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Final

from desktop.domain.growth.ages import DAYS_IN_MONTH
from desktop.domain.growth.scores import Index, Score
from desktop.wording import Sentence, say


class Class(StrEnum):
    """Where a child stands. Grades: I is -3 to below -2 SD, II below -3 SD (facts/criteria 4C)."""

    NORMAL = "normal"
    GRADE_1 = "grade_1"
    GRADE_2 = "grade_2"
    OVERWEIGHT = "overweight"
    OBESE = "obese"
    OEDEMA = "oedema"
    IMPLAUSIBLE = "implausible"


UNDER: Final = frozenset({Class.GRADE_1, Class.GRADE_2, Class.OEDEMA})
OVER: Final = frozenset({Class.OVERWEIGHT, Class.OBESE})
_HEAVY: Final = frozenset({Index.WH, Index.BMI})  # height or weight for age says nothing of overweight
_SEVERE, _MODERATE = Decimal(-3), Decimal(-2)
_OVERWEIGHT, _OBESE = Decimal(2), Decimal(3)
ARM_SEVERE, ARM_MODERATE = 115, 125  # millimetres (WHO and UNICEF 2009, 6-59 months)


def class_of(index: Index, score: Score | None, *, oedema: bool = False) -> Class | None:
    """The class of a z-score; None where there is none. Oedema decides over every weight."""
    if oedema and index is not Index.HA:
        return Class.OEDEMA
    if score is None:
        return None
    if score.flagged:
        return Class.IMPLAUSIBLE
    if score.z < _MODERATE:
        return Class.GRADE_2 if score.z < _SEVERE else Class.GRADE_1
    if index in _HEAVY and score.z > _OVERWEIGHT:
        return Class.OBESE if score.z > _OBESE else Class.OVERWEIGHT
    return Class.NORMAL


def arm_class(millimetres: int | None, days: int | None) -> Class | None:
    """Acute malnutrition by the girth of the upper arm: below 115 mm severe, to below 125 mm moderate, 6-59 months."""
    if millimetres is None or millimetres <= 0 or days is None or not 6 <= days / DAYS_IN_MONTH < 60:
        return None
    if millimetres < ARM_MODERATE:
        return Class.GRADE_2 if millimetres < ARM_SEVERE else Class.GRADE_1
    return Class.NORMAL


def acute_class(wasting: Class | None, arm: Class | None) -> Class | None:
    """Acute malnutrition as a whole: the worse of weight-for-height (with oedema) and arm; None without either."""
    known = {one for one in (wasting, arm) if one not in (None, Class.IMPLAUSIBLE)}
    if not known:
        return None
    if known & {Class.GRADE_2, Class.OEDEMA}:
        return Class.GRADE_2
    return Class.GRADE_1 if Class.GRADE_1 in known else Class.NORMAL


_COMMON: Final = {
    Class.NORMAL: say("Normal"),
    Class.OEDEMA: say("Oedema"),
    Class.IMPLAUSIBLE: say("Implausible"),
    Class.OVERWEIGHT: say("Overweight"),
    Class.OBESE: say("Obese"),
}
_GRADES: Final = {
    Index.HA: {Class.GRADE_1: say("Stunted, grade I"), Class.GRADE_2: say("Stunted, grade II")},
    Index.WA: {Class.GRADE_1: say("Underweight, grade I"), Class.GRADE_2: say("Underweight, grade II")},
    Index.WH: {Class.GRADE_1: say("Wasted, grade I"), Class.GRADE_2: say("Wasted, grade II")},
    Index.BMI: {Class.GRADE_1: say("Thin, grade I"), Class.GRADE_2: say("Thin, grade II")},
}
_ACUTE: Final = {
    Class.NORMAL: say("No acute malnutrition"),
    Class.GRADE_1: say("Moderate acute malnutrition"),
    Class.GRADE_2: say("Severe acute malnutrition"),
}


def class_words(index: Index, found: Class) -> Sentence:
    """How the class of an index is called."""
    return _GRADES[index].get(found) or _COMMON[found]


def acute_words(found: Class) -> Sentence:
    """How a class of acute malnutrition (arm, or as a whole) is called."""
    return _ACUTE[found]


def index_words(index: Index) -> Sentence:
    """How an index is called."""
    return _INDICES[index]


_INDICES: Final = {
    Index.HA: say("Height for age"),
    Index.WA: say("Weight for age"),
    Index.WH: say("Weight for height"),
    Index.BMI: say("BMI for age"),
}
