"""Malnutrition counted: how many children are listed, measured, and below or above the limits, group by group.

A rate divides by the children whose z-score of that form is plausible, oedema included (WHO 2006; Tổng cục Thống kê
divides by the measured too); the children listed only say how many were reached. Limits are Wilson's, as everywhere
in this program; those of a survey's design are the growth engine's (`growth prevalence`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Final

from desktop.domain.growth.levels import Form, Level, level_of
from desktop.domain.plans.intervals import Interval, interval
from desktop.domain.plans.status import FEW, yearly_reduction
from desktop.domain.text import fold

FORMS: Final = tuple(Form)
MAJORITY: Final = "kinh"
"""The folded name of the ethnic group that is no minority."""
_SAME: Final = {"hmong": "mong", "h mong": "mong", "meo": "mong", "viet": MAJORITY, "kinh (viet)": MAJORITY}
_UNTOLD: Final = frozenset(("-", "?", "khong", "khong ro", "chua ro", "khong biet", "chua biet"))


def ethnic_key(text: str) -> str:
    """What spellings and other names of one ethnic group share; empty where a text only says that it is not known.

    The other names are those of the General Statistics Office's list of 1979 that lists of children use (MEMORY).
    """
    folded = " ".join(fold(text).replace("'", "").replace("\u2019", "").split()).removeprefix("dan toc ")
    return "" if folded in _UNTOLD else _SAME.get(folded, folded)


@dataclass(frozen=True, slots=True)
class Cases:
    """Children of one form: how many have a plausible z-score, grade I (or overweight), grade II (or obese)."""

    counted: int = 0
    first: int = 0
    second: int = 0

    @property
    def found(self) -> int:
        """Both grades."""
        return self.first + self.second

    @property
    def rate(self) -> Fraction | None:
        """Percent of the counted; None where nobody was."""
        return Fraction(self.found * 100, self.counted) if self.counted else None

    @property
    def limits(self) -> Interval | None:
        """95 % limits of the rate in percent (Wilson)."""
        return interval(Fraction(self.found), Fraction(self.counted), 100)

    def keeps(self, wanted: Fraction) -> bool | None:
        """Whether the rate is at most what is wanted (percent); None where too few were counted to say (`too_few`)."""
        rate, limits = self.rate, self.limits
        if rate is None or limits is None:
            return None
        few = min(self.found, self.counted - self.found) < FEW
        return None if few and limits.lower <= wanted <= limits.upper else rate <= wanted

    def overlaps(self, other: Cases) -> bool:
        """Whether the intervals of two rates have a part in common: then it is not sure that the rates differ."""
        one, two = self.limits, other.limits
        return one is None or two is None or (one.lower <= two.upper and two.lower <= one.upper)

    def level(self, form: Form) -> Level | None:
        """How bad the rate is for a population (WHO and UNICEF 2018)."""
        return None if self.rate is None else level_of(form, self.rate)

    def __add__(self, other: Cases) -> Cases:
        """Two groups without a common child as one."""
        return Cases(self.counted + other.counted, self.first + other.first, self.second + other.second)


@dataclass(frozen=True, slots=True)
class Tally:
    """A group of children: on the list (None where there is no list), measured, and the forms."""

    listed: int | None = 0
    measured: int = 0
    forms: Mapping[Form, Cases] = field(default_factory=dict)

    def of(self, form: Form) -> Cases:
        """The cases of one form."""
        return self.forms.get(form, Cases())

    @property
    def coverage(self) -> Fraction | None:
        """Measured of the listed, in percent."""
        return Fraction(self.measured * 100, self.listed) if self.listed else None

    def __add__(self, other: Tally) -> Tally:
        """Two groups without a common child as one."""
        listed = None if self.listed is None or other.listed is None else self.listed + other.listed
        forms = {form: self.of(form) + other.of(form) for form in FORMS}
        return Tally(listed, self.measured + other.measured, forms)


def whole(tallies: Iterable[Tally]) -> Tally:
    """All groups as one."""
    return sum(tallies, Tally(forms={form: Cases() for form in FORMS}))


@dataclass(frozen=True, slots=True)
class Group:
    """A group by its key: a uid, `boy`, `00-05`, a village, an ethnic group; empty for what is not known."""

    key: str
    tally: Tally


class Area(StrEnum):
    """Subtotals the programme asks for."""

    REGION_3 = "region_3"
    DISADVANTAGED = "disadvantaged"
    MINORITIES = "minorities"


@dataclass(frozen=True, slots=True)
class Nutrition:
    """All groupings of the same children; villages stand under the uid of their commune."""

    total: Tally
    communes: tuple[Group, ...]
    ages: tuple[Group, ...]
    sexes: tuple[Group, ...]
    ethnic_groups: tuple[Group, ...]
    villages: Mapping[str, tuple[Group, ...]]
    areas: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """A period of the past and what was found in it."""

    period: str
    year: int
    tally: Tally


def reduction(trend: Sequence[Point], form: Form) -> tuple[Point, Fraction] | None:
    """Average annual rate of reduction in percent to the last point, from the first one whole years before it.

    None where there is no such point or a rate is zero (UNICEF's AARR is a geometric mean).
    """
    now = trend[-1].tally.of(form).rate if trend else None
    if now is None:
        return None
    last = trend[-1]
    for point in trend[:-1]:
        then = point.tally.of(form).rate
        if then is not None and point.year < last.year and _part(point) == _part(last):
            found = yearly_reduction(then, now, last.year - point.year)
            return None if found is None else (point, found)
    return None


def _part(point: Point) -> str:
    """What of its year a period is: halves compare with the same halves."""
    return point.period.removeprefix(str(point.year))


# ---- the elements of a form that a list of children can supply ----

SUPPLIED: Final[Mapping[str, Form | None]] = {
    "measured": None,
    "stunted": Form.STUNTING,
    "underweight": Form.UNDERWEIGHT,
    "wasted": Form.WASTING,
    "overweight": Form.OVERWEIGHT,
}
"""Codes of elements and what they count; None: the children measured."""


def supplied(tally: Tally) -> dict[str, int]:
    """What the list says of each element it can supply."""
    return {code: tally.measured if form is None else tally.of(form).found for code, form in SUPPLIED.items()}
