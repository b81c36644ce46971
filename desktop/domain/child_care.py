"""Supplements given to children and the register of acute malnutrition: nouns and what may be said of them.

Thông tư 15/2026/TT-BYT asks for vitamin A, iron, zinc and other supplements of children and for acute malnutrition
under five; the columns of its forms were not found, so words and counts here are the program's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from desktop.domain.growth.classes import Class

LEAST_MONTHS: Final = 6
"""Completed months from which the register takes a child, and an arm says something (WHO)."""


class Supplement(StrEnum):
    """What was given."""

    VITAMIN_A = "vitamin_a"
    IRON = "iron"
    ZINC = "zinc"
    OTHER = "other"


class Degree(StrEnum):
    """How bad an acute malnutrition is."""

    MODERATE = "moderate"
    SEVERE = "severe"
    COMPLICATED = "complicated"


class Care(StrEnum):
    """Where and how a child is treated."""

    OUTPATIENT = "outpatient"
    PREVENTIVE = "preventive"
    INPATIENT = "inpatient"


class Outcome(StrEnum):
    """How a treatment ended."""

    RECOVERED = "recovered"
    REFERRED = "referred"
    STOPPED = "stopped"
    DIED = "died"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Given:
    """A supplement given to a child (uid) on a day: how many doses or tablets; none takes the row away."""

    child: str
    day: date
    what: Supplement
    doses: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class Treatment:
    """A child's (uid) stay on the register of acute malnutrition; `until` and `outcome` come together, at its end."""

    child: str
    since: date
    degree: Degree
    care: Care
    until: date | None = None
    outcome: Outcome | None = None
    note: str = ""

    def is_open(self, day: date) -> bool:
        """Whether the child is under treatment at the end of a day."""
        return self.since <= day and (self.until is None or self.until > day)

    def touches(self, first: date, last: date) -> bool:
        """Whether it lasted on any day between two."""
        return self.since <= last and (self.until is None or self.until >= first)


def degree_of(found: Class | None) -> Degree | None:
    """The degree that a class of acute malnutrition proposes (`growth.classes.acute_class`); complications are seen."""
    # The engine is only loaded where somebody was measured: these nouns are read at every start of a command.
    from desktop.domain.growth.classes import Class

    if found is Class.GRADE_1:
        return Degree.MODERATE
    return Degree.SEVERE if found in (Class.GRADE_2, Class.OEDEMA) else None


@dataclass(frozen=True, slots=True)
class CareCount:
    """What was done for children between two days: children given each supplement, stays begun, open, ended."""

    given: dict[Supplement, int]
    begun: dict[Degree, int]
    open: int
    ended: dict[Outcome, int]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was written."""
        return not (any(self.given.values()) or any(self.begun.values()) or self.open or any(self.ended.values()))


def count(given: Iterable[Given], treatments: Iterable[Treatment], *, first: date, last: date) -> CareCount:
    """Count some children's care between two days, both included: a child once for each supplement it was given."""
    reached = {what: len({one.child for one in some}) for what, some in _by_what(given, first, last).items()}
    held = [one for one in treatments if one.touches(first, last)]
    begun = [one for one in held if first <= one.since]
    ended = [one for one in held if one.until is not None and one.until <= last]
    return CareCount(
        reached,
        {degree: sum(one.degree is degree for one in begun) for degree in Degree},
        sum(one.is_open(last) for one in held),
        {outcome: sum(one.outcome is outcome for one in ended) for outcome in Outcome},
    )


def _by_what(given: Iterable[Given], first: date, last: date) -> dict[Supplement, list[Given]]:
    found: dict[Supplement, list[Given]] = {what: [] for what in Supplement}
    for one in given:
        if first <= one.day <= last:
            found[one.what].append(one)
    return found


# ---- the elements of a form that the record of care can supply ----

GIVEN_CODES: Final = {what: f"children_given_{what}" for what in Supplement}
BEGUN_CODES: Final = {degree: f"acute_malnutrition_{degree}" for degree in Degree}
OPEN_CODE: Final = "acute_malnutrition_in_care"
RECOVERED_CODE: Final = "acute_malnutrition_recovered"
SUPPLIED: Final = (*GIVEN_CODES.values(), *BEGUN_CODES.values(), OPEN_CODE, RECOVERED_CODE)
"""Codes by which a form of the catalogue takes these counts; the shipped catalogue has none of them."""


def supplied(found: CareCount) -> dict[str, int]:
    """What a count says of each element it can supply."""
    return {
        **{code: found.given.get(what, 0) for what, code in GIVEN_CODES.items()},
        **{code: found.begun.get(degree, 0) for degree, code in BEGUN_CODES.items()},
        OPEN_CODE: found.open,
        RECOVERED_CODE: found.ended.get(Outcome.RECOVERED, 0),
    }
