"""An act as a person enters it: codes, names and shares, before anything is looked up in the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from desktop.domain.acts import Act, ActKind
from desktop.domain.findings import Finding, Severity
from desktop.domain.units import Register, UnitKind
from desktop.wording import Sentence

Day = date  # a field is called date too

EARLIEST: Final = date(1945, 9, 2)
LATEST: Final = date(2100, 1, 1)
"""Acts are dated between these days: what lies outside is a slip of the hand."""
LISTED: Final = date(2025, 3, 1)
"""The day of the older shipped list: of acts up to it, the list shows what came out of them (`resources/units`)."""


@dataclass(frozen=True, slots=True)
class Source:
    """A unit before the act, by the code it bore the day before.

    A name makes one that the register does not know part of it, with an open start (history before the shipped lists);
    `part`: only part of it is concerned.
    """

    code: str
    name: str | None = None
    kind: UnitKind | None = None
    parent: str | None = None
    part: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """A unit after the act; what is left out stays as it was. `parent` is a code on the date of the act."""

    code: str | None = None
    name: str | None = None
    kind: UnitKind | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How much of an old unit went into a new one: ten-thousandths of its people, None: a part nobody has estimated."""

    old: str
    new: str
    share: int | None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An act to be: codes of `froms` are valid the day before, of `tos` on the date."""

    kind: ActKind
    date: date
    basis: str
    froms: tuple[Source, ...] = ()
    tos: tuple[Target, ...] = ()
    shares: tuple[Share, ...] = ()

    @property
    def eve(self) -> Day:
        """The last day before the act."""
        return self.date - timedelta(days=1)

    @property
    def is_history(self) -> bool:
        """Whether the shipped lists already show what came out of it."""
        return self.date <= LISTED


@dataclass(frozen=True, slots=True)
class Planned:
    """What an act would do: the act (None where it is refused or nothing is to be done), the register after it.

    `known` is the uid of the act where it stands in the record already.
    """

    act: Act | None
    register: Register
    findings: tuple[Finding, ...]
    known: str | None = None


def fault(rule: str, message: Sentence, advice: Sentence | None = None, *, unit: str | None = None) -> Finding:
    """A finding that refuses the act."""
    return Finding(rule, Severity.ERROR, message, advice, unit=unit)


def remark(rule: str, message: Sentence, advice: Sentence | None = None, *, unit: str | None = None) -> Finding:
    """A finding that a person should know before confirming."""
    return Finding(rule, Severity.WARNING, message, advice, unit=unit)


def note(rule: str, message: Sentence, advice: Sentence | None = None, *, unit: str | None = None) -> Finding:
    """A finding worth knowing."""
    return Finding(rule, Severity.NOTE, message, advice, unit=unit)
