"""Many cells of a commune's score sheet at once: pasted, cleared, filled down; all of them as one change, or none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from db.tables.criteria import Score
from desktop.application.changes import NOTHING, Changes
from desktop.application.criteria_places import commune_in
from desktop.application.criteria_results import Results
from desktop.application.criteria_scores import faults_of, typed, write
from desktop.application.records import Record
from desktop.domain.criteria.scoring import By
from desktop.domain.findings import Severity
from desktop.errors import AppError
from desktop.wording import say


@dataclass(frozen=True, slots=True)
class TypedPoints:
    """Points of a row as typed, in the column of who scores; empty takes them back."""

    code: str
    by: By
    text: str


def put_block(
    record: Record,
    *,
    unit: str,
    year: int,
    cells: Iterable[TypedPoints],
    criteria_set: str | None = None,
    source: str = "criteria",
) -> Changes:
    """Write cells of a set, or of the one the commune stands by; one that cannot be taken refuses all.

    AppErrors: `unknown_unit`, `unknown_set`, `unknown_row`, `criteria_points` (it names the row).
    """
    commune = commune_in(record, unit, year)
    result = Results.of(record, year, unit=commune.uid).of_commune(commune, criteria_set)
    one, zone = result.criteria, result.zone.number
    rows = {row.code: row for row in one.rows}
    scores = []
    for cell in cells:
        row = rows.get(cell.code)
        if row is None:
            raise AppError(
                "unknown_row",
                say("“{code}” is no row of {name}.", code=cell.code, name=one.name),
                say("Its rows: {codes}.", codes=", ".join(rows)),
            )
        points = typed(cell.text)
        for fault in faults_of(one, row, points, zone=zone) if points is not None else ():
            if fault.severity is Severity.ERROR:
                advice = say("Nothing was taken; mend this cell first.")
                raise AppError("criteria_points", fault.message, advice)
        scores.append(Score(commune.uid, year, one.code, cell.code, cell.by.value, points))
    return write(record, commune, year, scores, source) if scores else NOTHING
