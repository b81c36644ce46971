"""Figures of a form held against the lists of children: a warning each, with both figures and what to do.

Counting a province's children takes seconds, and a form is checked after every figure typed into it: what the lists say
of a period is held until something of children is written.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.tables import lists_written
from db.tables.listing import CHILDREN
from desktop.application.offices import Commune, communes_of
from desktop.application.records import Record
from desktop.domain.findings import Finding
from desktop.domain.periods import Period
from desktop.domain.values import State

if TYPE_CHECKING:
    from db.tables.child_columns import Step

MOST: Final = 40
"""Periods, or communes, of which is held what their lists say."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What the lists say, by commune (uid) and element, and up to which row of the journal it is so."""

    mark: lists_written.Mark
    said: dict[str, dict[str, int]]


_TOLD: Final[dict[tuple[str, ...], _Told]] = {}


def against_lists(
    record: Record,
    *,
    period: Period,
    units: Collection[str] | None,
    elements: Collection[str],
    step: Step | None = None,
) -> list[Finding]:
    """A finding for each figure of the communes (codes; all where None) that is not what their lists of children say.

    Only what somebody wrote is held against them; a commune in which nobody was measured has no list that speaks.
    """
    if not lists_written.has_lists(record):
        return []
    from desktop.application import nutrition_feeding as feeding  # a record without children has no use for it

    codes = [code for code in feeding.asked(record, period) if code in elements]
    if not codes:
        return []
    communes = [one for one in communes_of(record, on=period.last) if units is None or one.code in units]
    cells = feeding.held(record, communes=communes, period=period, codes=codes)
    written = {unit for (unit, _), cell in cells.items() if cell.value.state is not State.NOT_REPORTED}
    asked = [one for one in communes if one.uid in written]
    if not asked:
        return []
    said = _said(record, asked, period, codes, step)
    differing = feeding.differing(record, said, communes=asked, period=period, codes=codes, cells=cells)
    return feeding.as_findings(differing, period)


def tables(record: Record, period: Period) -> tuple[str, ...]:
    """The tables that decide what the lists say of a period's forms; none where nothing is asked of them."""
    from desktop.application import nutrition_feeding as feeding

    return tuple(sorted(CHILDREN)) if lists_written.has_lists(record) and feeding.asked(record, period) else ()


def _said(
    record: Record, communes: Sequence[Commune], period: Period, codes: Sequence[str], step: Step | None
) -> dict[str, dict[str, int]]:
    from desktop.application import nutrition_feeding as feeding
    from desktop.application.nutrition import results_between

    key = (record.uid, str(record.path), period.id, *codes, *(one.uid for one in communes))
    with record.reading():
        known = _TOLD.get(key)
        mark = lists_written.mark(record, since=known.mark if known is not None else None)
        if known is not None and mark.unchanged:
            _TOLD[key] = _Told(mark, known.said)
            return known.said
        found = results_between(record, communes=communes, first=period.first, last=period.last, step=step)
        said = feeding.told(record, found, period, codes)
    if len(_TOLD) >= MOST:
        _TOLD.clear()
    _TOLD[key] = _Told(mark, said)
    return said
