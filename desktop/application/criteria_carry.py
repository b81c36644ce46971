"""Points of a commune carried from the set it was scored with into another: rows that are the same keep them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from db.tables import criteria as tables
from desktop.application.changes import Changes, Subject, changed
from desktop.application.criteria_places import commune_in
from desktop.application.criteria_results import Results
from desktop.application.records import Record
from desktop.wording import say


@dataclass(frozen=True, slots=True)
class Carried:
    """What was carried: how many points, and the rows whose points the other set does not give."""

    points: int
    left: tuple[str, ...]
    changes: Changes


def carry(
    record: Record, *, unit: str, year: int, to: str, from_: str | None = None, source: str = "criteria"
) -> Carried:
    """Write the points, reasons and files of rows with the same code and maximum into the blanks of another set.

    `from_` is the set they were given by (None: the one the commune stands by). What stands there stays, and so does
    everything under the older set. AppErrors: `unknown_unit`, `unit_ended`, `unknown_set`, `set_not_in_force`.
    """
    commune = commune_in(record, unit, year)
    results = Results.of(record, year, unit=commune.uid)
    old, new = results.set_of(commune.uid, from_), results.set_of(commune.uid, to)
    zone = results.of_commune(commune, new.code).zone.number
    rows = {row.code: row for row in new.rows}
    same = {row.code for row in old.rows if row.code in rows and rows[row.code].maximum == row.maximum}
    mine = results.scored(commune.uid)
    held = {(one.line, one.by) for one in mine if one.criteria_set == new.code}
    told = [one for one in mine if one.criteria_set == old.code and (one.line, one.by) not in held]
    fits = [
        one for one in told if one.line in same and one.points is not None and rows[one.line].gives(one.points, zone)
    ]
    files = [
        one for one in tables.evidence_of(record, year=year, unit=commune.uid)
        if one.criteria_set == old.code and one.line in same
    ]  # fmt: skip
    left = tuple(dict.fromkeys(one.line for one in told if one not in fits))
    if old.code == new.code:
        fits, files, left = [], [], ()
    what = say("Carry the points of {commune} into {name}", commune=commune.name, name=new.name)
    with record.change(what, source=source) as change:
        tables.put_scores(record, [replace(one, criteria_set=new.code) for one in fits])
        for one in files:
            tables.put_evidence(record, replace(one, criteria_set=new.code))
    return Carried(len(fits), left, changed(change.rows, Subject.CRITERIA))
