"""Who may be on the follow-up list, of many children at once: the rules of `children_follow` in columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from desktop.domain.children_follow import AGAIN, APART, FALLS, YOUNG
from desktop.domain.growth.ages import DAYS_IN_MONTH
from desktop.domain.growth.classes import ARM_MODERATE, ARM_SEVERE
from desktop.domain.growth.scores import Index
from desktop.domain.growth.zscores import ZScores

Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
NO_AGE: Final = 10_000_000
_FALLS: Final = round(FALLS * 100)


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits with their figures, a row each: days as ordinals, ages in days, `NO_AGE` where it is not known.

    Grams and millimetres of the arm are 0 where they were not measured.
    """

    days: Integers
    ages: Integers
    grams: Integers
    oedema: Booleans
    arms: Integers
    scores: ZScores

    def hundredths(self, index: Index) -> NDArray[np.float64]:
        """A z-score in hundredths; nan where there is none or it is implausible."""
        found: NDArray[np.float64] = np.where(self.scores.flagged(index), np.nan, np.rint(self.scores.of(index) * 100))
        return found


def listed(seen: Visits, *, born: Integers, last: Integers, before: Integers, day: int) -> Booleans:
    """Whether each child is on the list of a day; `last` and `before` are rows of its visits, -1 for none.

    `born` are ordinals, 0 where not known.
    """
    never = (born > 0) & (born + AGAIN["else"] < day)
    if not len(seen.days):
        return never
    severe, moderate = _classes(seen)
    bad = severe[last]
    poor = moderate[last] & ~bad
    falls = (before >= 0) & _falters(seen, last, before)
    again = np.where(bad, AGAIN["severe"], np.where(poor | falls, AGAIN["moderate"], AGAIN["else"]))
    found: Booleans = np.where(last >= 0, bad | poor | falls | (seen.days[last] + again < day), never)
    return found


def _classes(seen: Visits) -> tuple[Booleans, Booleans]:
    """Severe, and moderate or worse, by any figure or the arm."""
    months = seen.ages / DAYS_IN_MONTH
    arm = (seen.arms > 0) & (months >= 6) & (months < 60)
    severe, moderate = seen.oedema | (arm & (seen.arms < ARM_SEVERE)), arm & (seen.arms < ARM_MODERATE)
    for index in (Index.WH, Index.HA, Index.WA):
        z = seen.hundredths(index)
        severe, moderate = severe | (z < -300), moderate | (z < -200)
    return severe, moderate


def _falters(seen: Visits, last: Integers, before: Integers) -> Booleans:
    apart = seen.days[last] - seen.days[before] >= APART
    then, now = seen.grams[before], seen.grams[last]
    weighed = (then > 0) & (now > 0) & ~seen.oedema[before] & ~seen.oedema[last]
    ages = seen.ages[last]
    scores = seen.hundredths(Index.WA)
    lost = (now < then) | ((now == then) & (ages <= YOUNG)) | (scores[before] - scores[last] >= _FALLS)
    found: Booleans = weighed & apart & lost
    return found
