"""Acts of units: the decisions that make, end, join, divide, rename or move them, and what went where.

Territory is constant under one uid: a unit that gains or loses area ends, and what follows it is a unit of its own,
even under the same code and name (`contract/record.md` 6 says the same of 2025-07-01). A rename, a new code or another
parent changes no territory and keeps the uid. So figures through time need the parts alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from desktop.domain.units import UnitKind, UnitVersion

WHOLE: Final = 10_000  # a share of one, in ten-thousandths


class ActKind(StrEnum):
    """What an act does."""

    ESTABLISH = "establish"
    RENAME = "rename"
    RECODE = "recode"
    MERGE = "merge"
    SPLIT = "split"
    MOVE = "move"
    DISSOLVE = "dissolve"


@dataclass(frozen=True, slots=True)
class DatedPart:
    """On a date the old unit went, wholly or in part, into the new one.

    `share` is an estimate in ten-thousandths of the old unit's people with its basis, None where nobody gave one;
    of a whole part it is None. `old == new` is never made here, but another program may send it: the unit goes on.
    """

    act: str
    date: date
    old: str
    new: str
    whole: bool
    share: int | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What an act does to one unit: its versions before and after; none before: made by it."""

    uid: str
    kind: UnitKind
    before: tuple[UnitVersion, ...]
    after: tuple[UnitVersion, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """One act on its date; `froms` and `tos` are uids, `basis` the decree's number and date.

    `provisional` acts are an office's own until the one above says its word. An undone act stays, and counts nowhere.
    """

    uid: str
    kind: ActKind
    date: date
    basis: str
    froms: tuple[str, ...] = ()
    tos: tuple[str, ...] = ()
    provisional: bool = False
    undone: bool = False
    parts: tuple[DatedPart, ...] = ()
    changes: tuple[UnitChange, ...] = field(default=(), repr=False)

    @property
    def touched(self) -> frozenset[str]:
        """Every unit the act speaks of or changes."""
        return frozenset((*self.froms, *self.tos, *(change.uid for change in self.changes)))
