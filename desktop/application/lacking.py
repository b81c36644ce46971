"""What the superior office has not received: counted once on a worker, then followed while figures are typed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from db import pending
from db.pending import Counted
from db.tables import partners
from db.tables.partners import Partner
from desktop.application.records import Record


@dataclass(frozen=True, slots=True)
class Lacking:
    """The superior office and the rows it has not received; without its key neither, and nothing was counted."""

    name: str | None
    rows: int
    office: str | None = None
    counted: Counted | None = None


NOBODY = Lacking(None, 0)


def count_lacking(record: Record) -> Lacking:
    """Count anew: time by the rows since the last release, so never on the window's thread."""
    from desktop.application.packages import streams

    with record.reading():
        above = _superior(record)
        if above is None:
            return NOBODY
        counted = pending.count(record, streams.base_of(record, above.office))
    return Lacking(above.name, counted.rows, above.office, counted)


def follow_lacking(record: Record, known: Lacking) -> Lacking | None:
    """The same after a few more figures were written, in well under a millisecond; None: count anew."""
    above = _superior(record)
    if above is None or known.counted is None:
        return known if above is None and known.office is None else None
    if (above.office, above.name) != (known.office, known.name):
        return None
    counted = pending.follow(record, known.counted)
    return None if counted is None else replace(known, rows=counted.rows, counted=counted)


def _superior(record: Record) -> Partner | None:
    """The first office trusted as superior, under its newest key."""
    return record.cached("superior", ("partner",), lambda: _find_superior(record))


def _find_superior(record: Record) -> Partner | None:
    newest: dict[str, Partner] = {}
    for partner in partners.everyone(record):
        held = newest.get(partner.office)
        if held is None or held.replaced_by is not None or partner.replaced_by is None:
            newest[partner.office] = partner
    return next((partner for partner in newest.values() if partner.role == "parent"), None)
