"""What is known of the official regimes of reports: facts with their source and how sure they are, and the gaps.

A frame, not a catalogue: the columns of the official forms were not found, so nothing here is ever entered or computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Certainty(StrEnum):
    """Read at its source; read in somebody else's notes of it; recollection, which is never a fact."""

    FOUND = "found"
    FOUND_SECOND = "found_second"
    MEMORY = "memory"


class About(StrEnum):
    """What a fact speaks of."""

    TITLE = "title"
    ISSUED = "issued"
    BEGINS = "begins"
    ENDS = "ends"
    PERIODS = "periods"
    FLOW = "flow"
    DEADLINE = "deadline"
    FORMS = "forms"
    FORM = "form"
    REGISTERS = "registers"
    CONTENT = "content"
    RELATION = "relation"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. `day` of a beginning or end; `level` who sends; `working_days` after the period; `count` of forms.

    `number` is a form's, as printed; `source` is where it was read, empty only for a recollection.
    """

    about: About
    text: str
    certainty: Certainty
    source: str = ""
    day: date | None = None
    level: str | None = None
    working_days: int | None = None
    count: int | None = None
    number: str | None = None
    periods: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Regime:
    """A circular with what is known of it; `subject` are our words for what it is about, not its title."""

    code: str
    symbol: str
    subject: str
    facts: tuple[Fact, ...]
    gaps: tuple[str, ...]

    @property
    def title(self) -> str | None:
        """The title as found."""
        return next((fact.text for fact in self._known(About.TITLE)), None)

    @property
    def issued(self) -> date | None:
        """The day it was signed."""
        return self._day(About.ISSUED)

    @property
    def valid_from(self) -> date | None:
        """The first day it is in force."""
        return self._day(About.BEGINS)

    @property
    def valid_to(self) -> date | None:
        """The day it ends by its own terms."""
        return self._day(About.ENDS)

    def _day(self, about: About) -> date | None:
        return next((fact.day for fact in self._known(about)), None)

    def _known(self, about: About) -> list[Fact]:
        """Recollections answer nothing."""
        return [fact for fact in self.facts if fact.about is about and fact.certainty is not Certainty.MEMORY]
