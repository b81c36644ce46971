"""Age as WHO computes with it (days, and months of 30,4375 days) and as people here say it (completed months)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.wording import Sentence, say

DAYS_IN_MONTH: Final = 30.4375  # WHO Child Growth Standards: 365.25 / 12
LAST_DAY: Final = 1826  # the last day of the tables, the last below 60 months
LYING_UNTIL: Final = 731  # from this day on children are measured standing
MONTHS_BEFORE_STANDING: Final = 9  # a younger child cannot have stood (WHO anthro 1.1)


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """Months from `first` to below `end`, as WHO groups them; `label` as its program prints it."""

    label: str
    first: int
    end: int

    def sentence(self) -> Sentence:
        """How people say it."""
        return say("{first}–{last} months", first=str(self.first), last=str(self.end - 1))


AGE_GROUPS: Final = tuple(
    AgeGroup(f"{first:02d}-{end - 1:02d}", first, end)
    for first, end in ((0, 6), (6, 12), (12, 24), (24, 36), (36, 48), (48, 60))
)


def age_group(days: int) -> AgeGroup | None:
    """The group of an age in days; None from 60 months on and for what is no age."""
    months = days / DAYS_IN_MONTH
    return next((group for group in AGE_GROUPS if group.first <= months < group.end), None)


def completed_months(birth: date, day: date) -> int:
    """Full months on a day: 0 from birth to the day before the first month is full (Viện Dinh dưỡng, 08/8/2025).

    A birth on a day the last month does not have is full the day after it ends (Bộ luật Dân sự 2015, Article 148.3).
    This is how age is said; z-scores and WHO's age groups count days. ValueError for a day before the birth.
    """
    if day < birth:
        raise ValueError(f"{day} is before the birth on {birth}")
    return (day.year - birth.year) * 12 + day.month - birth.month - (day.day < birth.day)


def turns_five(birth: date) -> date:
    """The first day on which the child is no longer under five; born on 29 February, on 1 March."""
    if (birth.month, birth.day) == (2, 29):
        return date(birth.year + 5, 3, 1)
    return birth.replace(year=birth.year + 5)


def is_under_five(birth: date, day: date) -> bool:
    """Whether a child born is under five on a day: 60 completed months are not reached."""
    return birth <= day < turns_five(birth)
