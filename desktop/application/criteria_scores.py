"""Points of a commune, one cell as typed: what the set gives, in the column of who scores, with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from db.tables import criteria as tables
from db.tables import settings
from db.tables.criteria import Score
from desktop.application.changes import Changes, Subject, changed
from desktop.application.criteria_places import commune_in
from desktop.application.criteria_results import Results
from desktop.application.criteria_sets import used_set
from desktop.application.offices import Commune, office_of
from desktop.application.records import Record, setting
from desktop.domain.criteria.scoring import By, shown
from desktop.domain.criteria.sets import CriteriaSet, Row
from desktop.domain.findings import Finding, Severity
from desktop.domain.text import nfc, squeeze
from desktop.errors import AppError
from desktop.wording import Sentence, say

PARTS: Final = 10_000
LONGEST_NAME: Final = 24
"""Letters over a narrow column."""
_TYPED: Final = re.compile(r"-?\d{1,6}(?:[.,]\d+)?")
_GIVES: Final = {
    "commune": By.SELF,
    "district": By.OFFICE,
    "area": By.OFFICE,
    "province": By.PROVINCE,
}
_NAMES: Final = {By.SELF: say("Commune"), By.OFFICE: say("Official check"), By.PROVINCE: say("Province")}


def column_names(record: Record) -> dict[By, Sentence | str]:
    """How the columns are called: the settings `criteria.by.self|office|province`, else Commune, Check, Province."""
    return {by: setting(record, f"criteria.by.{by.value}") or _NAMES[by] for by in By}


def name_columns(record: Record, names: Mapping[By, str], *, source: str = "criteria") -> Changes:
    """Call the columns as the office does; an empty name gives the usual one back. AppError `bad_name`."""
    told = {by: squeeze(nfc(name)) for by, name in names.items()}
    if any(len(name) > LONGEST_NAME for name in told.values()):
        raise AppError(
            "bad_name",
            say("The name of a column has at most {count} letters.", count=LONGEST_NAME),
            say("It stands over a narrow column: choose a shorter one."),
        )
    whole = {by: told.get(by, setting(record, f"criteria.by.{by.value}")) for by in By}
    given = [name.casefold() for name in whole.values() if name]
    if len(set(given)) < len(given):
        raise AppError("bad_name", say("Two columns have the same name."), say("Give each column a name of its own."))
    with record.change(say("Name the columns of points"), source=source) as change:
        for by, name in told.items():
            settings.put(record, f"criteria.by.{by.value}", name)
    return changed(change.rows, Subject.CRITERIA)


def may_write(record: Record, *, by: By, today: date) -> Sentence | None:
    """None where this office gives the column; else why it usually does not (asked, never refused).

    A centre types what its communes wrote on paper: their own points, and the province's appraisal.
    """
    own = office_of(record, on=today)
    if own is None or _GIVES[own.level] is by:
        return None
    if own.level == "commune":
        return say("This column is given by the office above; it comes with its package.")
    if by is By.SELF:
        return say("The commune gives this column itself; type here what it sent on paper.")
    return say("Another office gives this column; type here what it decided.")


def put(
    record: Record,
    *,
    unit: str,
    year: int,
    code: str,
    by: By,
    points: Fraction | str | None,
    reason: str | None = None,
    criteria_set: str | None = None,
    source: str = "criteria",
) -> Changes:
    """Write one cell: points as typed ("9,5"), empty or None takes them back; a reason left out stays.

    AppErrors: `unknown_unit`, `unknown_set`, `unknown_row`, `criteria_points` for points that cannot be given.
    """
    commune = commune_in(record, unit, year)
    one, row = set_with(record, commune, year, code, criteria_set)
    told = typed(points)
    zone = Results.of(record, year, unit=commune.uid).of_commune(commune, one.code).zone.number
    if told is not None:
        for finding in faults_of(one, row, told, zone=zone):
            if finding.severity is Severity.ERROR:
                raise AppError("criteria_points", finding.message, finding.advice or _gives(row, zone))
    what = say("Score {commune} by the criteria of {year}", commune=commune.name, year=str(year))
    return _write(record, what, [Score(commune.uid, year, one.code, code, by.value, told, _said(reason))], source)


def put_reason(
    record: Record,
    *,
    unit: str,
    year: int,
    code: str,
    by: By,
    reason: str,
    criteria_set: str | None = None,
    source: str = "criteria",
) -> Changes:
    """Say why a cell has its points; an empty one says it no longer."""
    commune = commune_in(record, unit, year)
    one, _ = set_with(record, commune, year, code, criteria_set)
    held = next(
        (
            score
            for score in tables.scores_of(record, year=year, unit=commune.uid)
            if (score.criteria_set, score.line, score.by) == (one.code, code, by.value)
        ),
        Score(commune.uid, year, one.code, code, by.value, None),
    )
    what = say("Give the reason of points of {commune}", commune=commune.name)
    return _write(record, what, [replace(held, reason=_said(reason))], source)


def copy_column(
    record: Record,
    *,
    unit: str,
    year: int,
    from_: By,
    to: By,
    criteria_set: str | None = None,
    source: str = "criteria",
) -> Changes:
    """Copy the points of one column into the blanks of another: what stands there stays."""
    commune = commune_in(record, unit, year)
    result = Results.of(record, year, unit=commune.uid).of_commune(commune, criteria_set)
    held, given = result.columns.get(to, {}), result.columns.get(from_, {})
    scores = [
        Score(commune.uid, year, result.criteria.code, code, to.value, points)
        for code, points in given.items()
        if code not in held
    ]
    what = say("Score {commune} by the criteria of {year}", commune=commune.name, year=str(year))
    return _write(record, what, scores, source)


def write(record: Record, commune: Commune, year: int, scores: Iterable[Score], source: str) -> Changes:
    """Write many cells of a commune as one change."""
    what = say("Score {commune} by the criteria of {year}", commune=commune.name, year=str(year))
    return _write(record, what, scores, source)


def _write(record: Record, what: Sentence, scores: Iterable[Score], source: str) -> Changes:
    with record.change(what, source=source) as change:
        tables.put_scores(record, scores)
    return changed(change.rows, Subject.CRITERIA)


def set_with(
    record: Record, commune: Commune, year: int, code: str, criteria_set: str | None
) -> tuple[CriteriaSet, Row]:
    """The set asked for, or the one the commune stands by, or the year's, that has a row; AppError `unknown_row`."""
    if criteria_set is not None:
        tried = [used_set(record, year=year, code=criteria_set)]
    else:
        tried = [Results.of(record, year, unit=commune.uid).set_of(commune.uid), used_set(record, year=year)]
    for one in tried:
        for row in one.rows:
            if row.code == code:
                return one, row
    raise AppError(
        "unknown_row",
        say("“{code}” is no row of {name}.", code=code, name=tried[0].name),
        say("Its rows: {codes}.", codes=", ".join(row.code for row in tried[0].rows)),
    )


def typed(points: Fraction | str | None) -> Fraction | None:
    """Points as people type them, with a comma or a point; None where nothing is typed. AppError `criteria_points`."""
    if points is None or isinstance(points, Fraction):
        return points
    told = nfc(points).strip()
    if not told:
        return None
    if not _TYPED.fullmatch(told) or not told.isascii():
        raise AppError(
            "criteria_points", say("“{value}” is not a number.", value=told), say("Type points such as 9,5.")
        )
    return Fraction(Decimal(told.replace(",", ".")))


def _said(reason: str | None) -> str | None:
    return None if reason is None else nfc(reason).strip()


def faults_of(one: CriteriaSet, row: Row, points: Fraction, *, zone: int | None = None) -> list[Finding]:
    """Why a row cannot be given these points: out of range, too fine, no step of the table, no half where none is."""
    if points < 0 and not one.is_whole:
        message = say("{points} points for {code}: points are not below 0.", points=shown(points), code=row.code)
        return [Finding("criteria.range", Severity.ERROR, message, say("Correct the points of this row."))]
    if points < 0 or (one.is_whole and points > row.maximum):
        message = say("{points} points for {code}: from 0 to {maximum} can be given.", points=shown(points),
                      code=row.code, maximum=shown(row.maximum))  # fmt: skip
        return [Finding("criteria.range", Severity.ERROR, message, say("Correct the points of this row."))]
    if (points * PARTS).denominator != 1:
        return [Finding("criteria.fine", Severity.ERROR, say("Points have at most four decimals."), _gives(row, zone))]
    if not one.is_whole or row.gives(points, zone):
        return _halves(row, points) if not one.is_whole else []
    steps = row.steps_in(zone)
    if steps:
        message = say("{points} points for {code}: the table gives {steps}.", points=shown(points), code=row.code,
                      steps=_listed(steps))  # fmt: skip
        return [Finding("criteria.step", Severity.ERROR, message, say("Correct the points of this row."))]
    if row.grain == 1:
        message = say("{points} points for {code}: only whole points are given.", points=shown(points), code=row.code)
        return [Finding("criteria.half", Severity.ERROR, message, say("Correct the points of this row."))]
    return _halves(row, points)


def _halves(row: Row, points: Fraction) -> list[Finding]:
    if (points * 2).denominator == 1:
        return []
    message = say("{points} points for {code}: points are whole or half.", points=shown(points), code=row.code)
    return [Finding("criteria.half", Severity.WARNING, message, say("Look whether the points are right."))]


def _gives(row: Row, zone: int | None) -> Sentence:
    steps = row.steps_in(zone)
    if steps:
        return say("The table gives {steps} points.", steps=_listed(steps))
    return say("From 0 to {maximum} points can be given.", maximum=shown(row.maximum))


def _listed(steps: Iterable[Fraction]) -> str:
    return "; ".join(f"{shown(step):f}".replace(".", ",") for step in steps)


@dataclass(frozen=True, slots=True)
class Held:
    """One cell as it stands: points, why, and how they came (typed, import, record)."""

    points: Fraction | None
    reason: str | None
    how: str


def cells(scores: Iterable[Score], criteria_set: str) -> Mapping[tuple[str, By], Held]:
    """The cells of one set by row and by who scored."""
    return {
        (score.line, By(score.by)): Held(score.points, score.reason, score.how)
        for score in scores
        if score.criteria_set == criteria_set
    }
