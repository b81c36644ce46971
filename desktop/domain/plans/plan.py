"""The nouns of a plan: what a province ordered, with the clause and the very sentence it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop.domain.plans.deadlines import Reading, Recurrence


class PlanKind(StrEnum):
    """What sort of document the plan is."""

    PLAN = "plan"
    RESOLUTION = "resolution"
    REVIEW = "review"


class Comparator(StrEnum):
    """The sense of a target; `TEXT` has no number."""

    AT_LEAST = ">="
    AT_MOST = "<="
    ABOVE = ">"
    BELOW = "<"
    ABOUT = "~"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Baseline:
    """A figure printed as the start of the way: its year and its value in the target's unit."""

    year: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Target:
    """One number (or wish) for one year; `year` is None where none is printed.

    `unit` is one of `năm % ‰ /10.000 /100.000 cm đơn vị giường loại` or empty; `value` is as printed.
    `sentence` is a verbatim part of the document, `text` the words of this one target in it.
    """

    indicator: str
    year: int | None
    comparator: Comparator
    value: Decimal | None
    unit: str
    text: str
    clause: str
    sentence: str
    condition: str | None = None
    baseline: Baseline | None = None


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """A second place of the document that orders the same task."""

    clause: str
    sentence: str
    when_text: str | None
    reading: Reading


@dataclass(frozen=True, slots=True)
class Task:
    """A row of an appendix (`number` as printed) or an item of the body (`number` is None).

    `when_text` is the printed deadline and `reading` what is understood from it.
    """

    group: str
    number: str | None
    text: str
    lead: tuple[str, ...]
    partners: tuple[str, ...]
    when_text: str | None
    reading: Reading
    clause: str
    sentence: str
    also: OtherPlace | None = None

    @property
    def clauses(self) -> str:
        """Every place of the document that orders it."""
        return f"{self.clause}; {self.also.clause}" if self.also else self.clause

    @property
    def differs(self) -> OtherPlace | None:
        """The other place, where it prints a different deadline; words that name no time differ from nothing."""
        other = self.also
        if other is None or other.reading.recurrence is Recurrence.UNKNOWN or other.reading.same_time(self.reading):
            return None
        return other


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """A numbered heading of the review report; `level` counts from 1, `points` are what it asks for."""

    number: str
    title: str
    level: int
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """Who must send what by when."""

    who: str
    what: str
    when_text: str
    reading: Reading
    clause: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Place:
    """A clause and the sentence that stands there."""

    clause: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Places of one document that do not agree, kept as they are, and which of them is used."""

    name: str
    text: str
    kept: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """One document. `code` is the symbol with the province's name, `source` the file it was read from."""

    code: str
    symbol: str
    province: str
    title: str
    issuer: str
    date: date
    kind: PlanKind
    source: str
    targets: tuple[Target, ...] = ()
    tasks: tuple[Task, ...] = ()
    sections: tuple[OutlineSection, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


def without_marks(sentence: str) -> str:
    """A sentence as people read it: without its file's emphasis marks and bullet, begun large, no semicolon last."""
    said = " ".join(sentence.replace("*", "").split()).removeprefix("- ").removeprefix("+ ").rstrip(" ;")
    return said[:1].upper() + said[1:]
