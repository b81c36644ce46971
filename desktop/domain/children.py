"""Children under five, their weighing sessions and measurements: nouns and the rules of who is expected.

Weights are whole grams, lengths and arm circumferences whole millimetres: nothing is ever rounded on its way to the
growth engine. Ages are exact days; how months are counted is said in `desktop.domain.growth.ages`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.domain.growth.ages import LAST_DAY
from desktop.domain.text import fold

__all__ = [
    "LAST_DAY",
    "Child",
    "Measurement",
    "Origin",
    "Position",
    "Presence",
    "Session",
    "SessionKind",
    "Sex",
    "Status",
    "is_expected",
    "residence",
    "standing_status",
]


class Sex(StrEnum):
    """As WHO's programs write it."""

    MALE = "m"
    FEMALE = "f"


class Position(StrEnum):
    """How a child was measured."""

    LYING = "l"
    STANDING = "h"


class Presence(StrEnum):
    """What became of a child, and so whether it is looked for from that day on."""

    MOVED_IN = "moved_in"
    TEMPORARY = "temporary"
    AWAY = "away"
    MOVED_OUT = "moved_out"
    DIED = "died"
    TURNED_FIVE = "turned_five"

    @property
    def is_here(self) -> bool:
        """Whether the child is on the list from that day on; who is away for a while stays listed, as not measured."""
        return self in (Presence.MOVED_IN, Presence.TEMPORARY, Presence.AWAY)


class SessionKind(StrEnum):
    """What a weighing session is for."""

    CAMPAIGN = "campaign"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    SURVEY = "survey"
    OTHER = "other"


class Origin(StrEnum):
    """Who wrote a measurement: an import replaces only what an import wrote."""

    TYPED = "typed"
    IMPORT = "import"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Child:
    """A child as it was registered; `unit` is the uid of the commune of registration (`residence` knows later ones).

    `struck`: registered by mistake, never shown. Empty texts and None say that it is not known.
    """

    uid: str
    unit: str
    name: str
    sex: Sex | None = None
    birth_date: date | None = None
    village: str = ""
    ethnic_group: str = ""
    mother: str = ""
    personal_id: str = ""
    note: str = ""
    struck: bool = False

    @property
    def folded(self) -> str:
        """The accent-blind name by which it is found."""
        return fold(self.name)

    def age_on(self, day: date) -> int | None:
        """Exact days of life on a day; negative before birth."""
        return None if self.birth_date is None else (day - self.birth_date).days


@dataclass(frozen=True, slots=True)
class Status:
    """What a child is from a day on; `unit` is the commune it lives in from then, None where that does not change."""

    child: str
    valid_from: date
    what: Presence
    unit: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A weighing session of a commune (`unit`; None: of the whole office) on one day or several."""

    uid: str
    unit: str | None
    first: date
    last: date | None = None
    kind: SessionKind = SessionKind.CAMPAIGN
    name: str = ""
    note: str = ""
    struck: bool = False

    def holds(self, day: date) -> bool:
        """Whether a day is one of its days."""
        return self.first <= day <= (self.last or self.first)


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one visit of a child found: grams, millimetres; `absent` says that it was looked for and did not come."""

    child: str
    day: date
    session: str | None = None
    weight: int | None = None
    lenhei: int | None = None
    position: Position | None = None
    oedema: bool = False
    muac: int | None = None
    absent: bool = False
    note: str = ""
    origin: Origin = Origin.TYPED

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found and nothing is said: such a row is not kept."""
        return not (self.weight or self.lenhei or self.muac or self.oedema or self.absent or self.note)

    @property
    def is_measured(self) -> bool:
        """Whether weight or length was taken."""
        return self.weight is not None or self.lenhei is not None


def standing_status(statuses: Iterable[Status], day: date) -> Status | None:
    """The newest word on a child that holds on a day."""
    newest = None
    for status in statuses:
        if status.valid_from <= day and (newest is None or status.valid_from > newest.valid_from):
            newest = status
    return newest


def residence(child: Child, statuses: Iterable[Status], day: date) -> str:
    """The commune (uid) a child lives in on a day: the newest that a status names, else that of its registration."""
    named = [status for status in statuses if status.unit is not None and status.valid_from <= day]
    newest = max(named, key=lambda status: status.valid_from, default=None)
    return child.unit if newest is None or newest.unit is None else newest.unit


def is_expected(child: Child, statuses: Iterable[Status], day: date) -> bool:
    """Whether a child is looked for on a day: born, not older than 1826 days, here; without a birth date too.

    Age decides by dates alone, whatever a status `turned_five` says earlier; whoever moved out or died is not expected.
    """
    if child.struck:
        return False
    age = child.age_on(day)
    if age is not None and not 0 <= age <= LAST_DAY:
        return False
    status = standing_status(statuses, day)
    return status is None or status.what.is_here or (status.what is Presence.TURNED_FIVE and age is not None)
