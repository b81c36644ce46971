"""Mending what the checks found: the figures a finding proposes, written as one change that can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop.application import entry
from desktop.application.changes import Changes
from desktop.application.entry import Typed
from desktop.application.offices import Commune, communes_of
from desktop.application.records import Record
from desktop.domain.findings import Finding, Mend
from desktop.domain.periods import Period
from desktop.domain.values import Kind
from desktop.errors import AppError
from desktop.wording import say


def cells(mend: Sequence[Mend], communes: Iterable[Commune]) -> list[Typed]:
    """The cells a mend writes; AppError `no_mend` where nothing is proposed or a commune is no longer served."""
    uids = {commune.code: commune.uid for commune in communes}
    if not mend or any(one.unit not in uids for one in mend):
        raise AppError("no_mend", say("No mend is clear for this finding."), say("Go to the cell and type the figure."))
    return [Typed(uids[one.unit], one.element, one.value) for one in mend]


def mend(
    record: Record, *, finding: Finding, period: Period, kind: Kind = Kind.ACTUAL, source: str = "window"
) -> Changes:
    """Write what a finding proposes; refused as a whole where a form is checked or locked (see `entry.type_block`)."""
    wanted = cells(finding.mend, communes_of(record, on=period.last))
    what = say("Mend what the checks found")
    return entry.type_block(record, cells=wanted, period=period, kind=kind, source=source, what=what)
