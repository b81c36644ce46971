"""The session in numbers: who is listed, measured, absent, and the rates over those measured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.application import growth
from desktop.application.growth_charts import measured
from desktop.domain.growth.classes import UNDER, Class
from desktop.domain.growth.scores import Index
from desktop.ui.screens.children.weighing.rows import Row, State

INDICES: Final = (Index.HA, Index.WA, Index.WH)


@dataclass(frozen=True, slots=True)
class Share:
    """Children below -2 SD of those with a figure that counts."""

    cases: int
    among: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Of those expected: measured, absent, still waiting; `came` were measured though nobody looked for them."""

    listed: int
    measured: int
    absent: int
    waiting: int
    came: int
    severe: int
    shares: dict[Index, Share]


def count(rows: Sequence[Row]) -> Counts:
    """Count a list. Implausible figures are left out of the rates; oedema counts as below -3 SD (WHO)."""
    expected = [row for row in rows if row.expected]
    states = [row.standing.state for row in expected]
    return Counts(
        listed=len(expected),
        measured=sum(row.is_measured for row in expected),
        absent=states.count(State.ABSENT),
        waiting=states.count(State.WAITING),
        came=sum(row.is_measured for row in rows if not row.expected),
        severe=states.count(State.SEVERE),
        shares={index: _share(index, rows) for index in INDICES},
    )


def limits(rows: Sequence[Row]) -> dict[Index, tuple[float, float]]:
    """The 95 % intervals of the shares, in percent, as WHO's program gives them; none where it cannot tell."""
    visits = [measured(row.child, row.now) for row in rows if row.now is not None and not row.is_absent]
    if not visits:
        return {}
    found = {(one.index, one.cutoff): one for one in growth.rates(visits).estimates if one.group == "All"}
    made = {}
    for index in INDICES:
        one = found.get((index.value, "-2"))
        if one is not None and one.lower is not None and one.upper is not None:
            made[index] = (one.lower, one.upper)
    return made


def _share(index: Index, rows: Iterable[Row]) -> Share:
    found = [one for row in rows for known, one in row.classes if known is index and one is not Class.IMPLAUSIBLE]
    return Share(sum(one in UNDER for one in found), len(found))
