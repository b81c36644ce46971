"""Weighing sessions as rounds: those of several communes within some weeks are one look at all the children.

A round is no longer than six weeks and its sessions no further apart than a month: a campaign goes from commune to
commune in that time. Monthly sessions weigh the youngest and the ill only, so a rate of them is
no rate of the commune: they make no round unless asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from desktop.domain.children import Session, SessionKind

APART: Final = timedelta(days=31)
LONGEST: Final = timedelta(days=45)
WHOLE: Final = frozenset(SessionKind) - {SessionKind.MONTHLY}
"""Kinds of sessions at which all children are looked for."""


@dataclass(frozen=True, slots=True)
class Round:
    """Sessions of some communes that belong together, by their uids, from the first day to the last."""

    first: date
    last: date
    sessions: tuple[str, ...]


def rounds(sessions: Iterable[Session], *, kinds: Collection[SessionKind] = WHOLE) -> list[Round]:
    """The rounds of some sessions, oldest first; struck ones and other kinds are left out."""
    chosen = sorted((one for one in sessions if not one.struck and one.kind in kinds), key=lambda one: one.first)
    found: list[list[Session]] = []
    last = date.min
    for one in chosen:
        ends = one.last or one.first
        if found and one.first - last <= APART and ends - found[-1][0].first <= LONGEST:
            found[-1].append(one)
            last = max(last, ends)
        else:
            found.append([one])
            last = ends
    return [
        Round(group[0].first, max(one.last or one.first for one in group), tuple(one.uid for one in group))
        for group in found
    ]
