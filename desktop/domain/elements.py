"""What is entered (elements, in forms) and what is computed (indicators): the catalogue's nouns.

All of it is dated data installed from files (`exchange/catalogue_file.py`), never code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from desktop.wording import Label

if TYPE_CHECKING:
    from desktop.domain.periods import Period

MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "nine_months": 9, "year": 12}
"""How long the periods of a form are."""


class ValueType(StrEnum):
    """What may be typed into a cell of the element."""

    COUNT = "count"
    DECIMAL = "decimal"
    YES_NO = "yes_no"
    TEXT = "text"


class Behaviour(StrEnum):
    """How a longer period follows from shorter ones (design 3.2)."""

    FLOW = "flow"
    STOCK = "stock"
    AVERAGE = "average"
    YEARLY = "yearly"


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    RANGE = "range"


class Status(StrEnum):
    """How sure we are of a definition: from a regulation, the office's own, or not yet compared with the text."""

    OFFICIAL = "official"
    OFFICE = "office"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Element:
    """A figure that is entered for a unit and a period; `continues` is the element whose series it carries on."""

    code: str
    name_vi: str
    name_en: str
    short_vi: str
    unit: str
    type: ValueType
    behaviour: Behaviour
    level: str
    source: str
    status: Status
    decimals: int = 0
    minimum: str | None = None
    maximum: str | None = None
    synonyms: tuple[str, ...] = ()
    supplied_by: str | None = None
    denominator_kind: str | None = None
    continues: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    short_en: str = ""

    @property
    def short(self) -> Label:
        """The name over a narrow column."""
        return Label(self.short_vi or self.name_vi, self.short_en or self.name_en)


@dataclass(frozen=True, slots=True)
class Section:
    """A named group of a form's elements, in order."""

    number: str
    name_vi: str
    name_en: str
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """What one kind of sender fills in for one kind of period; `continues` is the form whose place it takes."""

    code: str
    name_vi: str
    name_en: str
    level: str
    periods: str
    cumulative: bool
    due_working_days: int | None
    source: str
    status: Status
    sections: tuple[Section, ...]
    continues: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def elements(self) -> tuple[str, ...]:
        """Codes of all elements, in the form's order; their place counted from 1 is the column number."""
        return tuple(code for section in self.sections for code in section.elements)

    def is_in_force(self, period: Period) -> bool:
        """Whether the form is used for a period that ends on its last day: of its first and last day both."""
        begun = self.valid_from is None or self.valid_from <= period.last
        return begun and (self.valid_to is None or period.last <= self.valid_to)

    def fits(self, period: Period) -> bool:
        """Whether the form is filled in for a period while it is in force: of its length, or, where its columns are
        cumulative, from 1 January to the end of one.
        """
        months = period.months
        if months is None or not self.is_in_force(period):
            return False
        length = (months[2] - months[0]) * 12 + months[3] - months[1] + 1
        if self.cumulative:
            return months[0] == months[2] and months[1] == 1 and length % MONTHS[self.periods] == 0
        return length == MONTHS[self.periods]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A rate or figure of a plan: numerator / denominator * factor, or a typed figure.

    `numerator` and `denominator` name an element, optionally with a condition: `doctors>=1` counts units,
    `units:element` counts the units that reported the element.
    """

    code: str
    name_vi: str
    name_en: str
    unit: str
    direction: Direction
    numerator: str | None
    denominator: str | None
    factor: int
    decimals: int
    judged_at: tuple[str, ...]
    pooled_years: int = 1
    typed: bool = False
    source: str = ""
    notes: str = ""
    path: str = "linear"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything installed: by code, in the order of the files."""

    elements: dict[str, Element] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)
