"""What stands on a commune's form from top to bottom: section heads, elements to type, rates computed from them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from desktop.application.commune_form import CommuneForm, Line, RateLine
from desktop.domain.elements import Element, Section, ValueType


class Col(IntEnum):
    """The columns of the form, left to right."""

    NUMBER = 0
    NAME = 1
    UNIT = 2
    NOW = 3
    PAST = 4
    PREVIOUS = 5
    CHANGE = 6
    PLAN = 7
    NOTE = 8


TYPED = (Col.NOW, Col.NOTE)
FIGURES = (Col.NOW, Col.PAST, Col.PREVIOUS, Col.CHANGE, Col.PLAN)


@dataclass(frozen=True, slots=True)
class FormLine:
    """A row of the form: the head of a section, an element (`line`) or a rate below its numerator."""

    section: Section
    line: Line | None = None
    rate: RateLine | None = None

    @property
    def element(self) -> Element | None:
        """The element typed here."""
        return self.line.column.element if self.line else None

    @property
    def code(self) -> str:
        """The element's code; empty for heads and rates."""
        return self.line.column.element.code if self.line else ""

    @property
    def is_head(self) -> bool:
        """Whether a section begins here."""
        return self.line is None and self.rate is None

    @property
    def takes_words(self) -> bool:
        """Whether the figure is a text."""
        return self.element is not None and self.element.type is ValueType.TEXT


def arranged(form: CommuneForm) -> list[FormLine]:
    """Heads, elements and rates in the order they stand on the form."""
    rates: dict[str, list[RateLine]] = {}
    for rate in form.rates:
        rates.setdefault(rate.top, []).append(rate)
    made: list[FormLine] = []
    last: Section | None = None
    for line in form.lines:
        section = line.column.section
        if section is not last:
            made.append(FormLine(section))
            last = section
        made.append(FormLine(section, line))
        made += [FormLine(section, rate=rate) for rate in rates.get(line.column.element.code, ())]
    return made
