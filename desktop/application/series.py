"""Figures of other periods under the codes of today's forms: series run through a change of regime."""

from __future__ import annotations

from collections.abc import Collection

from desktop.application import catalogue
from desktop.application.figures import Figure, figures
from desktop.application.records import Record
from desktop.domain.periods import Period
from desktop.domain.values import Kind


def figures_along(
    record: Record,
    *,
    period: Period,
    uids: Collection[str] | None = None,
    kind: Kind = Kind.ACTUAL,
    only: Collection[str] | None = None,
) -> dict[str, dict[str, Figure]]:
    """What `figures` says, and for an element without a figure that of the one it continues, or that continues it."""
    known = catalogue.lines(record)
    if not known.others:
        return figures(record, period=period, uids=uids, kind=kind, only=only)
    wanted = None if only is None else known.widened(only)
    found = figures(record, period=period, uids=uids, kind=kind, only=wanted)
    carried = {unit: known.carried(cells) for unit, cells in found.items()}
    if only is None:
        return carried
    return {unit: {code: cell for code, cell in cells.items() if code in only} for unit, cells in carried.items()}
