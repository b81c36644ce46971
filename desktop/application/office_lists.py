"""Which communes an office serves from a day: lists told by date, each until the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from db.tables import offices, units
from desktop.application.records import Record

DAY: Final = timedelta(days=1)
Times = list[tuple[date, date]]


def serve(record: Record, uid: str, served: Sequence[str], day: date) -> bool:
    """From a day on serve exactly these, until a day on which the list was changed again; whether anything differed."""
    spans, head = offices.spans(record, uid), record.head()
    until = _relisted(record, uid, spans, day)
    asked = (day, until - DAY if until else date.max)
    for unit in dict.fromkeys([*(span.unit for span in spans), *served]):
        if units.register(record).units[unit].on(day) is None:
            continue  # it ended before, or an act makes it later
        held = [span for span in spans if span.unit == unit]
        times = [(span.valid_from or date.min, span.valid_to or date.max) for span in held]
        now = _joined([*_outside(times, asked), *([asked] if unit in served else [])])
        wanted = [offices.Span(unit, None if a == date.min else a, None if b == date.max else b) for a, b in now]
        for span in held:
            if span.valid_from not in {one.valid_from for one in wanted}:
                offices.drop_span(record, uid, span)
        for span in wanted:
            offices.put_communes(record, uid, [unit], valid_from=span.valid_from, valid_to=span.valid_to)
    return record.head() != head


def _outside(times: Times, cut: tuple[date, date]) -> Times:
    """What of some spans of days (ends inclusive) lies outside another."""
    first, last = cut
    before = [(a, min(b, first - DAY)) for a, b in times if a < first]
    return before + [(max(a, last + DAY), b) for a, b in times if last < b]


def _joined(times: Times) -> Times:
    """Spans of days in order, those that touch as one."""
    found: Times = []
    for a, b in sorted(times):
        if found and (found[-1][1] == date.max or a <= found[-1][1] + DAY):
            found[-1] = (found[-1][0], max(b, found[-1][1]))
        else:
            found.append((a, b))
    return found


def _relisted(record: Record, uid: str, spans: Sequence[offices.Span], day: date) -> date | None:
    """The first later day from which another list was told: a version of the office with a change of communes."""
    told = [one.valid_from for one in offices.versions(record, uid) if one.valid_from and one.valid_from > day]

    def served(on: date) -> set[str]:
        return {span.unit for span in spans if span.holds_on(on)}

    return min((one for one in told if served(one) != served(one - DAY)), default=None)
